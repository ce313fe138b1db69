"""Two officers at once: one household, and the other reads that it may be a twin."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection, connections

from config.thai import Name
from households.models import Household
from households.registration import MayBeTwin, register
from tests.factories import make_officer, make_village

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="writers of SQLite already wait for each other")
@pytest.mark.parametrize("same_form", [True, False])
def test_two_officers_at_once_register_one_household(same_form):
    village, officer, start, refused = make_village(), make_officer(), Barrier(2), []
    head = Name("นาง", "แก้ว", "ทองสุข")

    def press(key):
        start.wait()
        try:
            register(village=village, house_number="18", head=head, by=officer, key=key)
        except MayBeTwin as refusal:
            refused.append(str(refusal))
        finally:
            connections.close_all()

    pressed = [Thread(target=press, args=[UUID(int=1 if same_form else number)]) for number in (1, 2)]
    [thread.start() for thread in pressed]
    [thread.join() for thread in pressed]

    assert Household.objects.count() == 1
    assert refused == ([] if same_form else ["อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข"])
