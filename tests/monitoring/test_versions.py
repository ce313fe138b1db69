"""Lists of issues and scorecards in versions: drafted from an old one, approved, fixed; what stands on them stays."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.roles import Role
from monitoring import issue_lists, issue_starters
from monitoring.grading import starters
from monitoring.grading.evidence import Known
from monitoring.models import IssueTemplate, Scorecard
from monitoring.versions import life
from monitoring.versions.forms import EVIDENCE
from monitoring.versions.life import CannotWrite
from tests.factories import make_centre, make_grading, make_officer, make_village, make_visit

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 1)
ITEM = {"section": "ประเด็นที่ 5", "section_title": "แลกเปลี่ยน", "number": "6.", "question": "เล่าให้ฟัง"}


@pytest.fixture
def by():
    return make_officer(Role.DEPARTMENT)


@pytest.fixture
def shipped():
    return issue_lists.load()


@pytest.fixture
def card():
    return starters.load()[0]


def begin(old, by, year=2563):
    return life.begin(old=old, year=year, by=by)


def approve(draft, by):
    return life.approve(draft=draft, revision=draft.revision, on=ON, by=by)


@pytest.mark.parametrize("which", ["shipped", "card"])
def test_a_new_version_begins_with_all_that_the_old_one_says(which, by, request):
    old = request.getfixturevalue(which)
    draft = begin(old, by)

    assert list(draft.items.values(*draft.ITEM_COLUMNS)) == list(old.items.values(*old.ITEM_COLUMNS))
    assert (draft.year, draft.version, draft.approved_on, draft.is_starter) == (2563, 1, None, False)
    assert begin(approve(draft, by), by).version == 2


def test_there_is_one_draft_of_a_list_at_a_time(shipped, by):
    begin(shipped, by)

    with pytest.raises(CannotWrite, match="มีร่าง"):
        begin(shipped, by, year=2564)


def test_a_draft_asks_nobody_until_it_is_approved(shipped, by):
    draft = begin(shipped, by)
    assert IssueTemplate.objects.in_force(on=ON) == shipped

    approve(draft, by)

    assert IssueTemplate.objects.in_force(on=ON) == draft


def test_numbers_are_kept_as_they_were_typed_and_items_in_their_order(shipped, by):
    draft = begin(shipped, by)
    items = [{**ITEM, "number": "๒.๑)"}, {**ITEM, "number": ""}, ITEM]

    life.rewrite(draft=draft, revision=1, head={"source": "กรมฯ"}, items=items, by=by)

    assert list(draft.items.values_list("order", "number")) == [(1, "๒.๑)"), (2, ""), (3, "6.")]


def test_what_another_officer_wrote_meanwhile_is_not_overwritten(shipped, by):
    draft = begin(shipped, by)
    life.rewrite(draft=draft, revision=1, head={}, items=[ITEM], by=by)

    with pytest.raises(CannotWrite, match="ร่างล่าสุด"):
        life.rewrite(draft=draft, revision=1, head={}, items=[], by=by)


def test_a_draft_without_items_is_not_approved_and_can_be_discarded(shipped, by):
    draft = life.rewrite(draft=begin(shipped, by), revision=1, head={}, items=[], by=by)
    with pytest.raises(CannotWrite, match="ยังไม่มีข้อ"):
        approve(draft, by)

    life.discard(draft=draft, revision=draft.revision, by=by)

    assert list(IssueTemplate.objects.all()) == [shipped]


@pytest.mark.parametrize("which", ["shipped", "card"])
def test_an_approved_version_is_not_written_by_anybody(which, by, request):
    version = request.getfixturevalue(which)

    for act in (
        lambda: life.rewrite(draft=version, revision=1, head={}, items=[], by=by),
        lambda: life.discard(draft=version, revision=1, by=by),
    ):
        with pytest.raises(CannotWrite, match="ประกาศใช้แล้ว"):
            act()


CHANGES = {
    "its head": lambda row: type(row).objects.filter(pk=row.pk).update(name="อื่น"),
    "an item": lambda row: row.items.update(criterion="อื่น"),
    "a removed item": lambda row: row.items.first().delete(),
    "an added item": lambda row: life._write_items(
        row, [{**row.items.values(*row.ITEM_COLUMNS)[0], "order": 99}]
    ),
    "itself": lambda row: type(row).objects.filter(pk=row.pk)._raw_delete("default"),
}


@pytest.mark.parametrize("which", ["shipped", "card"])
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_an_approved_version(which, change, request):
    version = request.getfixturevalue(which)

    with pytest.raises(DatabaseError, match="approved version"), transaction.atomic():
        CHANGES[change](version)


def test_a_draft_may_be_changed_in_the_database(card, by):
    draft = begin(card, by)

    assert draft.items.update(weight=2) == 11


def test_a_grading_keeps_the_scorecard_it_was_begun_with(by):
    grading = make_grading()
    newer = begin(grading.scorecard, by, year=2562)
    items = [{"title": "ข้อเดียว", "criterion": "", "weight": 1, "evidence": "", "for_models_only": False}]
    approve(life.rewrite(draft=newer, revision=1, head={"level2_from": 60}, items=items, by=by), by)

    later = make_grading(make_centre(make_village("33100504")))

    assert (grading.items.count(), later.items.count()) == (11, 1)


def test_the_starters_say_that_they_are_not_official():
    lists = issue_starters.load()

    assert [each.subject for each in lists] == ["savings_group", "poverty_project"]
    assert all(each.is_starter and "ไม่ใช่แบบทางการ" in each.source for each in lists)
    assert issue_starters.load() == lists


def test_a_visit_may_ask_the_list_of_a_savings_group(shipped):
    savings, _ = issue_starters.load()

    visit = make_visit(template=savings)

    assert visit.answers.count() == savings.items.count()
    assert IssueTemplate.objects.in_force(on=ON) == shipped


def test_every_evidence_that_can_be_chosen_is_known_to_the_system():
    assert all(hasattr(Known, name) for name in EVIDENCE if name)


def test_the_department_makes_a_new_list_on_the_pages(shipped, by, client):
    client.force_login(by)
    client.post(reverse("monitoring:issues-new", args=[shipped.pk]), {"year": "2563"})
    draft = IssueTemplate.objects.get(approved_on=None)
    address = reverse("monitoring:issues-edit", args=[draft.pk])
    typed = filled_in(client.get(address).context["sheet"])
    typed.update({"item-0-place": "999", "item-0-number": "12.", "item-13-question": ""})

    saved = client.post(address, typed)
    again = client.post(address, typed)

    assert (saved.status_code, again.status_code) == (302, 409)
    assert draft.items.count() == 13
    assert list(draft.items.values_list("number", flat=True))[-1] == "12."
    client.post(reverse("monitoring:issues-approve", args=[draft.pk]), {"revision": 2})
    assert IssueTemplate.objects.get(pk=draft.pk).approved_on


def filled_in(sheet) -> dict[str, str]:
    """What the page sends when nothing is typed."""
    boxes = [box for form in [sheet.head, sheet.rows.management_form, *sheet.rows.forms] for box in form]
    values = {box.html_name: box.value() for box in boxes if box.value() not in (None, False)}
    return {name: "on" if value is True else str(value) for name, value in values.items()}


def test_a_scorecard_page_refuses_levels_in_the_wrong_order(card, by, client):
    client.force_login(by)
    draft = begin(card, by)
    address = reverse("monitoring:card-edit", args=[draft.pk])
    typed = {**filled_in(client.get(address).context["sheet"]), "head": "", "level2_from": "90"}

    page = client.post(address, typed)

    assert "ระดับ 3 ต้องเริ่มสูงกว่าระดับ 2" in page.content.decode()
    assert Scorecard.objects.get(pk=draft.pk).level2_from == 50


def test_districts_read_every_approved_version_and_write_none(shipped, card, by, client):
    begin(card, by)
    client.force_login(make_officer(Role.DISTRICT_OFFICER))

    page = client.get(reverse("monitoring:forms"))

    assert "ที่มาของคณะกรรมการศูนย์จัดการกองทุนชุมชน" in page.content.decode()
    assert "ทำฉบับใหม่" not in page.content.decode()
    assert client.get(reverse("monitoring:issues-new", args=[shipped.pk])).status_code == 403
