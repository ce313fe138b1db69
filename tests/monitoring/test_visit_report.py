"""What the report says, and what its paper is given."""

from datetime import date

import pytest

from monitoring import visits
from monitoring.models import IssueAnswer
from monitoring.visit_report import gather, paper_context, pictures
from tests.factories import (
    VISITED,
    make_officer,
    make_photo,
    make_recommendation,
    make_recorded_visit,
    make_sent_visit,
    make_visit,
)

pytestmark = pytest.mark.django_db


def test_items_with_nothing_to_tell_are_named_in_one_line():
    visit = make_recorded_visit(text="ดี")
    visit.answers.exclude(number="4)").update(finding="")
    visit.answers.filter(number="6.").update(result=IssueAnswer.Result.NOT_YET)

    first = gather(visit, on=VISITED).sections[0]

    assert [answer.bare_number for answer in first.told] == ["4", "6"]
    assert [answer.bare_number for answer in first.untold] == "1 2 3 5 7 8 9 10 11".split()


def test_the_issues_keep_their_printed_order():
    report = gather(make_visit(), on=VISITED)

    assert [section.number[-1] for section in report.sections] == ["1", "2", "3", "5"]
    assert [len(section.answers) for section in report.sections] == [11, 1, 1, 1]


def test_a_report_is_a_draft_until_somebody_certified_it():
    visit = make_sent_visit()
    by = make_officer(area=visit.centre.village)

    before = gather(visit, on=VISITED)
    visits.certify(visit=visit, version=visit.version, on=VISITED, by=by)
    after = gather(visit, on=VISITED)

    assert (before.is_draft, after.is_draft) == (True, False)
    assert (after.sent.by, after.certified.by) == (visit.planned_by, by)


def test_what_is_late_says_so_on_the_day_of_reading():
    visit = make_sent_visit()
    make_recommendation(visit, due_on=date(2019, 4, 30))

    stands = [gather(visit, on=day).todos[0].status for day in (date(2019, 4, 30), date(2019, 5, 1))]

    assert stands == ["ยังไม่เริ่ม", "เกินกำหนด"]


def test_the_paper_gets_its_pictures_by_name():
    photo = make_photo()

    given = pictures(photo.visit)

    assert list(given) == [f"photo{photo.pk}"]
    assert given[f"photo{photo.pk}"].startswith(b"\xff\xd8")


def test_the_paper_writes_the_day_with_its_weekday():
    assert paper_context(make_visit(), on=VISITED)["day"] == "วันพุธที่ 27 มีนาคม 2562"
