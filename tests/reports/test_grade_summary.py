"""The summary of levels: page, paper and spreadsheet say the same."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from areas.models import Area
from funds.models import Fund
from monitoring.grading.summary import summary
from tests.factories import (
    make_centre,
    make_certified_grading,
    make_fund,
    make_grading,
    make_officer,
    make_village,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db
DISTRICT = "3310"


def centre_in(code):
    return make_centre(make_village(code, f"บ้าน{code}", subdistrict=code[:6]))


def went(centre, before, now):
    """Certified levels of both years: points 1, 2 and 3 are levels 1, 2 and 3."""
    make_certified_grading(centre, year=2561, points=before)
    return make_certified_grading(centre, year=2562, points=now)


def found(user=None, year=2562, subject="centre"):
    area = Area.objects.with_parents().get(code=DISTRICT)
    user = user or make_officer(Role.PROVINCIAL_HEAD, area=area.parent)
    return summary(area=area, year=year, subject=subject, user=user)


def test_movements_are_counted_by_subdistrict_and_add_up():
    went(centre_in("33100501"), 1, 2)
    went(centre_in("33100502"), 1, 3)
    went(centre_in("33100601"), 2, 3)
    went(centre_in("33100602"), 3, 3)
    went(centre_in("33100603"), 3, 1)
    centre_in("33100604")

    told = found()

    assert [each.numbers for each in told.movements] == [
        (2, 0, 1, 1, 0, 1, 1, 0, 0, 0),
        (4, 1, 0, 2, 1, 0, 0, 1, 1, 1),
    ]
    assert told.total.numbers == (6, 1, 1, 3, 1, 1, 1, 1, 1, 1)


def test_a_level_that_nobody_certified_is_not_counted():
    centre = centre_in("33100501")
    make_certified_grading(centre, year=2561, points=1)
    make_grading(centre, year=2562, points=3)

    [row] = found().rows

    assert (row.level, row.last_level, row.change, row.remark) == (None, 1, "", "ร่าง")
    assert found().total.numbers == (1, 0, 0, 0, 1, 0, 0, 0, 0, 0)


def test_centres_without_a_grading_are_named_and_those_founded_later_are_not():
    centre_in("33100501")
    make_centre(make_village("33100502", "บ้านใหม่"), founded_year=2563)

    assert [row.remark for row in found().rows] == ["ยังไม่ได้ประเมิน"]


def test_savings_groups_have_a_summary_of_their_own():
    fund = make_fund(centre_in("33100501"), kind=Fund.Kind.SAVINGS_GROUP)
    make_certified_grading(fund=fund, points=2)

    told = found(subject="savings_group")

    assert [(row.name, row.level) for row in told.rows] == [(fund.name, 2)]
    assert found().total.numbers[:4] == (1, 0, 0, 0)


def test_rows_outside_the_officers_area_are_not_counted():
    went(centre_in("33100501"), 1, 2)
    user = make_officer(Role.DISTRICT_HEAD, area=make_village("33110101"))

    assert found(user).rows == ()


def test_page_paper_and_spreadsheet_say_the_same(sign_in):
    graded = went(centre_in("33100501"), 1, 3)
    client = sign_in(make_officer(Role.PROVINCIAL_HEAD, area=graded.centre.village.above("province")))
    chosen = {"year": "2562", "subject": "centre"}
    answers = {
        name: client.get(reverse(f"reports:{name}", args=[DISTRICT]), chosen)
        for name in ("grades", "grades-paper", "grades-sheet")
    }

    page = answers["grades"].content.decode()
    paper = text_of(answers["grades-paper"].content)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answers["grades-sheet"])))
    assert "1 เป็น 3" in page
    assert "ไม่ใช่เกณฑ์ทางการ" in page
    assert "1 เป็น 3" in paper
    assert "ไม่ใช่เกณฑ์ทางการ" in paper
    row = [cell.value for cell in book["รายแห่ง"][3]]
    assert row[-6:-2] == ["100.00", 3, 1, "1 เป็น 3"]
    assert [cell.value for cell in book["การเปลี่ยนระดับ"][4]] == ["รวม", 1, 0, 0, 1, 0, 0, 1, 0, 0, 0]


def test_a_year_that_is_none_is_refused(sign_in):
    centre = centre_in("33100501")
    client = sign_in(make_officer(Role.PROVINCIAL_HEAD, area=centre.village.above("province")))

    assert client.get(reverse("reports:grades", args=[DISTRICT]), {"year": "abc"}).status_code == 400


def test_the_summary_asks_as_many_questions_for_many_centres_as_for_one():
    went(centre_in("33100501"), 1, 2)
    user = make_officer(Role.PROVINCIAL_HEAD, area=Area.objects.get(code="33"))
    with CaptureQueriesContext(connection) as one:
        found(user)
    for number in range(2, 6):
        went(centre_in(f"3310050{number}"), 1, 2)

    with CaptureQueriesContext(connection) as many:
        found(user)

    assert len(many) == len(one)
