"""Two officers at one return at once: it is begun once, sent once, decided once."""

from functools import partial

import pytest
from django.db import connection

from accounts.roles import Role
from reports.models import AreaReturn, ReturnMove
from reports.returns import life
from tests.debts.test_races import at_once, refused
from tests.factories import SENT_ON, make_area_return, make_officer, make_period, make_village

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.race,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]


def test_two_officers_of_a_district_send_one_version():
    one, other = make_officer(), make_officer()
    sheet = make_area_return(one, on=None)

    results = at_once(*(partial(life.send, sheet=sheet, on=SENT_ON, by=by) for by in (one, other)))

    assert len(refused(results)) == 1
    assert sheet.versions.count() == 1


def test_two_officers_begin_one_return():
    one, other = make_officer(), make_officer()
    period = make_period(by=one)

    begin = partial(life.begin, area=one.area, period=period, on=SENT_ON)
    results = at_once(partial(begin, by=one), partial(begin, by=other))

    assert refused(results) == []
    assert (AreaReturn.objects.count(), ReturnMove.objects.count()) == (1, 1)


def test_a_return_is_accepted_once():
    sheet = make_area_return(make_officer())
    one, other = (make_officer(Role.PROVINCIAL_HEAD, area=make_village()) for _ in range(2))

    results = at_once(
        partial(life.accept, sheet=sheet, number=1, by=one),
        partial(life.give_back, sheet=sheet, number=1, reason="แก้", remarks={}, by=other),
        partial(life.accept, sheet=sheet, number=1, by=other),
    )

    assert refused(results)
    assert sheet.moves.filter(new="accepted").count() <= 1
