"""The list of FY2562 as the province's letter prints it."""

from datetime import date

import pytest

from monitoring.issue_lists import load
from monitoring.models import IssueTemplate

pytestmark = pytest.mark.django_db


def test_the_first_issue_has_eleven_items_numbered_as_printed():
    items = load().items.filter(section="ประเด็นที่ 1")

    assert [item.number for item in items] == [
        "1)",
        "2)",
        "3)",
        "4)",
        "5)",
        "6.",
        "7.",
        "8.",
        "9.",
        "10.",
        "11.",
    ]
    assert all(item.criterion for item in items)


def test_there_is_no_issue_4():
    sections = load().items.values_list("section", flat=True)

    assert list(dict.fromkeys(sections)) == ["ประเด็นที่ 1", "ประเด็นที่ 2", "ประเด็นที่ 3", "ประเด็นที่ 5"]


def test_loading_twice_changes_nothing():
    first = load()

    assert load() == first
    assert IssueTemplate.objects.get().items.count() == 14


@pytest.mark.parametrize("slip", ["ครั้วเรือน", "คริวเรือน", "ครีวเรือน", "ปังจัย", "กลมมีส่วนร่วม"])
def test_the_letters_spelling_slips_are_corrected(slip):
    words = " ".join(f"{item.question} {item.criterion}" for item in load().items.all())

    assert slip not in words


def make_list(year, version=1, approved_on=date(2019, 1, 1)):
    return IssueTemplate.objects.create(
        name="แบบประเด็น", fiscal_year=year, version=version, approved_on=approved_on
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 3, 27), (2562, 2)),
        (date(2019, 10, 1), (2562, 2)),
        (date(2021, 3, 22), (2564, 1)),
        (date(2017, 1, 1), (2562, 1)),
    ],
)
def test_the_newest_approved_list_up_to_the_year_is_in_force(day, expected):
    make_list(2562)
    make_list(2562, 2)
    make_list(2563, approved_on=None)
    make_list(2564)

    found = IssueTemplate.objects.in_force(on=day)

    assert (found.fiscal_year, found.version) == expected
