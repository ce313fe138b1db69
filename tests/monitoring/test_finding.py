"""Visits in the search box: by centre, day and month; of the officer's area only."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from monitoring.finding import find
from tests.factories import make_centre, make_officer, make_village, make_visit

pytestmark = pytest.mark.django_db
TODAY = date(2020, 1, 1)


@pytest.fixture
def centre():
    return make_centre(make_village("33100503", "บ้านหนองฮะ"))


@pytest.fixture
def visits(centre):
    make_visit(centre, planned_on=date(2019, 3, 28), round_name="รอบที่ 1/2562")
    make_visit(centre, planned_on=date(2019, 8, 5), round_name="รอบที่ 2/2562")
    make_visit(make_centre(make_village("63010503", "บ้านหนองฮะ")), planned_on=date(2019, 3, 28))


@pytest.fixture
def head(centre):
    return make_officer(area=centre.village)


def labels(text, by):
    groups = find(text, by=by, today=TODAY)
    return [hit.label for group in groups if group.title == "การติดตาม" for hit in group.hits]


MARCH = "การติดตาม ศูนย์ฯ บ้านหนองฮะ 28 มี.ค. 2562 นัดหมายแล้ว"
AUGUST = "การติดตาม ศูนย์ฯ บ้านหนองฮะ 5 ส.ค. 2562 นัดหมายแล้ว"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("หนองฮะ", [AUGUST, MARCH]),
        ("ศูนย์ฯ หนองฮะ", [AUGUST, MARCH]),
        ("การติดตาม หน่องฮะ", [AUGUST, MARCH]),
        ("28 มี.ค. 2562", [MARCH]),
        ("๒๘/๓/๒๕๖๒", [MARCH]),
        ("ติดตาม 28/3/62", [MARCH]),
        ("28 มีนาคม 2562", [MARCH]),
        ("มี.ค. 2562", [MARCH]),
        ("8/2562", [AUGUST]),
        ("รอบที่ 2", [AUGUST]),
        ("29 มี.ค. 2562", []),
        ("ทองสุข", []),
    ],
)
def test_visits_are_found_by_centre_day_month_and_round(visits, head, typed, found):
    assert labels(typed, head) == found


def test_the_box_leads_to_the_visit(visits, head, sign_in):
    page = sign_in(head).get(reverse("search"), {"q": "28/3/2562"}, headers={"HX-Request": "true"})

    assert page.content.decode().count("/monitoring/visits/") == 1


def test_an_administrator_finds_no_visit(visits):
    assert labels("หนองฮะ", make_officer(Role.ADMINISTRATOR)) == []
