"""Returns: frozen when sent, checked by their hash, decided by somebody else, marked when late and never locked."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from areas.models import Area
from config.append_only import protect, release
from debts.ledger import post
from debts.models import Entry
from reports.figures import overview
from reports.inbox import awaited_by, waiting_for
from reports.models import AreaReturn, Period, ReturnMove, ReturnVersion
from reports.returns import content, life, sheet_views
from reports.returns.board import board
from reports.returns.changes import changes, since_last
from reports.returns.exports import COLUMNS, write_file
from tests.factories import (
    SENT_ON,
    make_area_return,
    make_case,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_period,
    make_village,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db
SELECTED, PAID = date(2017, 5, 2), date(2017, 6, 20)
Status = AreaReturn.Status


def household_of(district: str, by, number=1, paid=None):
    """A household of a centre in the district, selected in fiscal year 2560; `paid` in baht in June 2560."""
    village = make_village(f"{district}05{number:02}", f"บ้าน {district} {number}")
    centre = getattr(village, "centre", None) or make_centre(village)
    debt = make_debt(fund=make_fund(centre), by=by, principal="20000")
    make_case(debt.household, on=SELECTED, by=by)
    if paid:
        post(debt, kind=Entry.Kind.PAYMENT, on=PAID, by=by, principal=-Decimal(paid))
    return debt


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def checker(officer):
    return make_officer(Role.PROVINCIAL_HEAD, area=make_village())


def sent(officer, **options):
    return make_area_return(officer, **options).newest


def test_what_is_sent_is_what_the_overview_shows(officer):
    household_of("3310", officer)
    household_of("3310", officer, 2, paid="5000.50")
    household_of("3310", officer, 3, paid="20000")
    make_contract([household_of("3310", officer, 4)], by=officer)

    version = sent(officer)

    shown = overview(officer.area, year=2560, on=date(2017, 6, 30))
    said = content.of_version(version)
    assert said.total == shown.total.figures
    assert {line.place: line.figures for line in said.lines} == {
        row.area.code: row.figures for row in shown.rows
    }
    assert (said.total.joined, said.total.merged, said.total.reduced, said.total.cleared) == (4, 1, 1, 1)
    assert content.faults(version) == []


def test_what_was_sent_does_not_follow_what_is_posted_later(officer):
    debt = household_of("3310", officer)
    version = sent(officer)

    post(debt, kind=Entry.Kind.PAYMENT, on=PAID, by=officer, principal=-Decimal(5000))

    assert content.of_version(ReturnVersion.objects.get()).total.reduced == 0
    assert content.now_of(version.sheet, on=SENT_ON).total.reduced == 1


def test_a_return_sent_before_the_end_of_its_period_is_of_that_day(officer):
    period = make_period(by=officer)

    version = sent(officer, period=period, on=date(2017, 6, 15))

    assert version.on == date(2017, 6, 15)
    assert sent(make_officer(area=make_village("33110101")), period=period).on == date(2017, 6, 30)


def test_a_changed_text_or_figure_is_found_by_page_and_command(officer, sign_in):
    household_of("3310", officer)
    version = sent(officer)
    call_command("check_returns")
    forged = version.text.replace('"joined":1', '"joined":2')
    rewrite(text=forged)

    page = sign_in(officer).get(reverse("reports:return", args=[version.sheet_id])).content.decode()
    with pytest.raises(CommandError):
        call_command("check_returns")
    rewrite(sha256=content.hash_of(forged))

    assert "รหัสตรวจสอบไม่ตรงกับเนื้อหา" in page
    assert content.faults(ReturnVersion.objects.get()) == ["ตัวเลขไม่ตรงกับผลรวมของรายการเบื้องหลัง"]


def rewrite(**values):
    """As only who owns the database could."""
    release(connection, "reports_returnversion")
    ReturnVersion.objects.update(**values)
    protect(connection, "reports_returnversion")


def test_what_was_sent_and_moved_is_never_changed_or_deleted(officer):
    sent(officer)

    for change in (
        lambda: ReturnVersion.objects.update(note="อื่น"),
        lambda: ReturnVersion.objects.all().delete(),
        lambda: ReturnMove.objects.update(reason="อื่น"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_return_goes_back_with_reasons_per_line_and_is_sent_again(officer, checker, sign_in):
    place = household_of("3310", officer).household.village_id
    sheet = make_area_return(officer)

    life.give_back(sheet=sheet, number=1, reason="", remarks={place: "ยอดไม่ตรง"}, by=checker)
    page = sign_in(officer).get(reverse("reports:return", args=[sheet.pk])).content.decode()
    again = life.send(sheet=sheet, on=SENT_ON, by=officer)
    life.accept(sheet=sheet, number=2, by=checker)

    assert "ยอดไม่ตรง" in page
    assert again.number == 2
    assert [move.new for move in sheet.moves.all()] == ["draft", "sent", "returned", "sent", "accepted"]


@pytest.mark.parametrize("remarks", [{}, {"33100503": "  "}])
def test_giving_back_without_any_reason_is_refused(officer, checker, remarks):
    sheet = make_area_return(officer)

    with pytest.raises(life.CannotDecide, match="ระบุเหตุผล"):
        life.give_back(sheet=sheet, number=1, reason=" ", remarks=remarks, by=checker)


def test_whoever_sent_a_return_does_not_accept_it_from_a_later_post(officer, checker):
    sheet = make_area_return(officer)
    officer.role, officer.area = Role.PROVINCIAL_HEAD, checker.area
    officer.save()

    with pytest.raises(life.CannotDecide, match="ผู้จัดทำ"):
        life.accept(sheet=sheet, number=1, by=officer)


def test_a_return_is_decided_by_the_office_just_above_alone(officer, checker):
    sheet = make_area_return(officer)
    department = make_officer(Role.DEPARTMENT)
    foreign = make_officer(Role.PROVINCIAL_HEAD, area=make_village("63010101"))

    for other in (department, foreign, make_officer()):
        with pytest.raises(life.CannotDecide, match="เหนือขึ้นไป"):
            life.accept(sheet=sheet, number=1, by=other)


def test_a_decision_is_upon_the_version_that_was_read(officer, checker):
    sheet = make_area_return(officer)
    life.give_back(sheet=sheet, number=1, reason="แก้", remarks={}, by=checker)
    life.send(sheet=sheet, on=SENT_ON, by=officer)

    with pytest.raises(life.CannotDecide, match="มีฉบับที่ 2 แล้ว"):
        life.accept(sheet=sheet, number=1, by=checker)


def test_a_return_that_was_sent_is_not_sent_again(officer):
    sheet = make_area_return(officer)

    with pytest.raises(life.CannotSend, match="ส่งแล้ว"):
        life.send(sheet=sheet, on=SENT_ON, by=officer)


def test_nobody_sends_for_another_area(officer, checker):
    sheet = make_area_return(officer, on=None)

    with pytest.raises(life.CannotSend):
        life.send(sheet=sheet, on=SENT_ON, by=checker)
    with pytest.raises(life.CannotSend):
        life.begin(area=officer.area, period=make_period(), on=SENT_ON, by=checker)


def test_a_late_return_is_marked_and_not_locked_and_keeps_its_deadline(officer):
    late = sent(officer)  # the deadline is in 2560 and it is sent today
    period = late.sheet.period
    period.district_due_on = period.province_due_on = timezone.localdate()
    period.save()
    in_time = sent(make_officer(area=make_village("33110101")), period=period)

    assert late.is_late
    assert not in_time.is_late
    assert ReturnVersion.objects.get(pk=late.pk).is_late


def test_a_correction_sent_after_the_deadline_is_as_timely_as_the_first_version_everywhere(
    officer, checker, sign_in
):
    period = make_period(by=officer, due=(timezone.localdate(), timezone.localdate()))
    sheet = make_area_return(officer, period=period)
    Period.objects.update(district_due_on=date(2017, 7, 5))
    life.give_back(sheet=sheet, number=1, reason="แก้", remarks={}, by=checker)

    second = life.send(sheet=sheet, on=SENT_ON, by=officer)

    page = sign_in(checker).get(reverse("reports:return", args=[sheet.pk])).content.decode()
    assert second.due_on == date(2017, 7, 5)
    assert not second.is_late
    assert "ส่งล่าช้า" not in page
    assert [row.is_late for row in board(checker.area, period, on=SENT_ON).below] == [False]
    assert [row["late"] for row in json.loads(written(second, "json"))["rows"]] == [0]


def test_households_and_changes_of_a_return_are_shown_page_by_page(officer, sign_in, monkeypatch):
    monkeypatch.setattr(sheet_views, "ROWS_A_PAGE", 2)
    for number in (1, 2, 3):
        household_of("3310", officer, number)
    sheet = make_area_return(officer)
    household_of("3310", officer, 4)
    life.give_back(sheet=sheet, number=1, reason="แก้", remarks={}, by=make_officer(Role.PROVINCIAL_HEAD))

    client = sign_in(officer)
    first, last = (
        client.get(reverse("reports:return-households", args=[sheet.pk]), {"page": page}) for page in (1, 2)
    )
    changed = client.get(reverse("reports:return-changes", args=[sheet.pk]))

    assert [len(answer.context["rows"]) for answer in (first, last)] == [2, 2]
    assert "รวม 4 ครัวเรือน" in first.content.decode()
    assert (len(changed.context["new"]), changed.context["page"].paginator.count) == (1, 1)


def test_a_province_adds_up_what_was_sent_and_names_who_is_missing(officer, checker):
    other = make_officer(area=make_village("33110501"))
    household_of("3310", officer, paid="20000")
    household_of("3311", other, paid="500")
    household_of("3312", make_officer(area=make_village("33120501")))
    period = make_period(by=officer, due=(date(2099, 1, 1), date(2099, 1, 1)))
    make_area_return(officer, period=period)
    refused = make_area_return(other, period=period)
    compiled = make_area_return(checker, period=period, on=None)
    assert content.now_of(compiled, on=SENT_ON).total.joined == 2

    life.give_back(sheet=refused, number=1, reason="แก้", remarks={}, by=checker)
    version = life.send(sheet=compiled, on=SENT_ON, by=checker)

    said = content.of_version(version)
    assert (said.total.joined, said.total.cleared, said.total.cleared_baht) == (1, 1, 20000)
    assert [line.place for line in said.missing] == ["3311", "3312"]
    assert said.late == []
    assert content.faults(version) == []


def test_a_province_is_told_that_a_district_changed_after_it_was_added_up(officer, checker, sign_in):
    household_of("3310", officer)
    below = make_area_return(officer)
    compiled = make_area_return(checker, period=below.period)
    address = reverse("reports:return", args=[compiled.pk])
    before = sign_in(checker).get(address).content.decode()

    life.give_back(sheet=below, number=1, reason="แก้", remarks={}, by=checker)

    assert "มีการแก้ไขหลังรวบรวม" not in before
    assert "มีการแก้ไขหลังรวบรวม" in sign_in(checker).get(address).content.decode()


def test_what_changed_is_told_figure_by_figure_and_household_by_household(officer, checker):
    stays = household_of("3310", officer)
    sheet = make_area_return(officer)
    life.give_back(sheet=sheet, number=1, reason="แก้", remarks={}, by=checker)
    post(stays, kind=Entry.Kind.PAYMENT, on=PAID, by=officer, principal=-Decimal(500))
    added = household_of("3310", officer, 2)
    life.send(sheet=sheet, on=SENT_ON, by=officer)
    first, second = sheet.versions.all()

    found = since_last(sheet, content.of_version(second), version=second)
    back = changes(second, content.of_version(first))

    differences = {each.name: each.difference for each in found.figures if each.difference}
    assert differences == {
        "joined": 1,
        "reduced": 1,
        "baseline": 20000,
        "owed": Decimal(19500),
        "reduced_baht": 500,
    }
    assert [each.household for each in found.new] == [added.household_id]
    assert [now.household for _, now in found.differing] == [stays.household_id]
    assert [each.household for each in back.gone] == [added.household_id]


def test_the_first_return_of_a_month_is_compared_with_the_month_before(officer):
    june = sent(officer)

    july = make_area_return(officer, period=make_period(10, by=officer), on=None)

    assert since_last(july, content.now_of(july, on=SENT_ON), version=None).since == june


def test_a_tick_names_the_day_and_the_officer_and_can_be_taken_back(officer):
    sheet = make_area_return(officer)
    today = timezone.localdate()

    life.tick(sheet=sheet, system="bpm", is_done=True, on=today, by=officer)
    with pytest.raises(life.CannotTick):
        life.tick(sheet=sheet, system="bpm", is_done=True, on=today, by=officer)
    kept = life.ticked(sheet.newest)
    life.tick(sheet=sheet, system="bpm", is_done=False, on=today, by=officer)

    assert (kept["bpm"].on, kept["bpm"].by) == (today, officer)
    assert life.ticked(sheet.newest) == {}


def written(version, kind) -> bytes:
    file = io.BytesIO()
    write_file(version, kind, file)
    return file.getvalue()


def test_all_files_have_the_same_columns_and_figures(officer):
    household_of("3310", officer, paid="5000.50")
    version = sent(officer)

    rows = json.loads(written(version, "json"))["rows"]
    read = list(csv.DictReader(io.StringIO(written(version, "csv").decode("utf-8-sig"))))
    page = openpyxl.load_workbook(io.BytesIO(written(version, "xlsx"))).active

    assert list(rows[0]) == list(read[0]) == [cell.value for cell in page[1]] == list(COLUMNS)
    assert [row["reduced_baht"] for row in rows] == ["5000.50", "5000.50"]
    assert [row["reduced_baht"] for row in read] == ["5000.50", "5000.50"]
    column = list(COLUMNS).index("reduced_baht")
    assert [row[column].value for row in page.iter_rows(min_row=3)] == [5000.5, 5000.5]


def test_every_column_of_the_files_is_documented():
    text = (Path(__file__).parents[3] / "docs" / "returns.md").read_text()

    assert [name for name in COLUMNS if f"`{name}`" not in text] == []


def test_the_department_sees_figures_and_no_household(officer, checker, sign_in):
    debt = household_of("3310", officer)
    sheet = make_area_return(officer)
    client = sign_in(make_officer(Role.DEPARTMENT))

    page = client.get(reverse("reports:return", args=[sheet.pk])).content.decode()
    answers = [
        client.get(reverse(f"reports:return-{name}", args=[sheet.pk])) for name in ("households", "changes")
    ]
    file = client.get(reverse("reports:return-file", args=[sheet.pk]), {"export": "json"})

    assert "households/" not in page
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "household" not in file.getvalue().decode()
    assert debt.borrower.first_name not in page


def test_a_figure_is_followed_to_the_households_of_that_moment(officer, sign_in):
    debt = household_of("3310", officer)
    sheet = make_area_return(officer)
    post(debt, kind=Entry.Kind.PAYMENT, on=PAID, by=officer, principal=-Decimal(5000))
    address = reverse("reports:return-households", args=[sheet.pk])

    page = sign_in(officer).get(address, {"place": debt.household.village_id}).content.decode()

    assert "20,000.00" in page
    assert "15,000.00" not in page
    assert reverse("debts:household", args=[debt.household_id]) in page


def test_a_return_waits_for_the_province_and_given_back_for_the_district(officer, checker):
    sheet = make_area_return(officer)
    waits = [(item.what, item.about) for item in waiting_for(checker, on=SENT_ON).items]
    awaited = [item.what for item in awaited_by(officer, on=SENT_ON).items]

    life.give_back(sheet=sheet, number=1, reason="แก้", remarks={}, by=checker)

    assert waits == [("ตรวจรายงานผล", str(sheet))]
    assert awaited == ["รอรับรองรายงานผล"]
    assert [item.what for item in waiting_for(officer, on=SENT_ON).items] == ["แก้ไขรายงานผลที่ส่งคืน"]
    assert waiting_for(make_officer(Role.DEPARTMENT), on=SENT_ON).items == []


def test_the_paper_says_draft_until_it_is_sent_and_then_its_code(officer, sign_in):
    household_of("3310", officer)
    sheet = make_area_return(officer, on=None)
    address = reverse("reports:return-paper", args=[sheet.pk])
    draft = text_of(sign_in(officer).get(address).content)

    version = life.send(sheet=sheet, on=SENT_ON, by=officer)
    paper = sign_in(officer).get(address)

    assert "ฉบับร่าง" in draft
    assert version.sha256 in text_of(paper.content).replace("\n", "")
    assert paper.content == sign_in(officer).get(address).content


def test_the_department_sets_deadlines_and_is_told_what_is_wrong_beside_the_box(sign_in):
    client, address = (
        sign_in(make_officer(Role.DEPARTMENT)),
        f"{reverse('reports:return-deadlines')}?year=2566",
    )

    wrong = client.post(address, {"month1_district": "5 พ.ย. 2565", "month1_province": "1 พ.ย. 2565"})
    client.post(address, {"month1_district": "5 พ.ย. 2565", "month1_province": "15 พ.ย. 2565"})

    assert "กำหนดส่งของจังหวัดต้องไม่ก่อนของอำเภอ" in wrong.content.decode()
    assert 'value="5 พ.ย. 2565"' in wrong.content.decode()
    period = Period.objects.get()
    assert (period.label, period.district_due_on) == ("เดือนตุลาคม 2565", date(2022, 11, 5))
    assert period.ends_on == date(2022, 10, 31)


def test_the_last_quarter_ends_with_the_year():
    period = Period(fiscal_year=2566, kind="quarter", number=4)

    assert (period.starts_on, period.ends_on) == (date(2023, 7, 1), date(2023, 9, 30))


def test_the_board_asks_no_more_for_many_districts(officer, checker, django_assert_num_queries):
    period = make_period(by=officer)
    make_area_return(officer, period=period)
    province = Area.objects.get(code="33")
    queries = 3

    with django_assert_num_queries(queries):
        board(province, period, on=SENT_ON)
    for number in range(11, 16):
        make_area_return(make_officer(area=make_village(f"33{number}0501")), period=period)
    with django_assert_num_queries(queries):
        found = board(province, period, on=SENT_ON)

    assert found.counted(Status.SENT) == 6


def test_the_board_shows_who_has_not_begun_and_who_has_not_sent(officer, checker, sign_in):
    period = make_period(by=officer)
    make_area_return(officer, period=period, on=None)
    make_village("33110501")

    page = sign_in(checker).get(f"/reports/returns/?period={period.pk}").content.decode()

    rows = page.partition("ตารางรายงานจาก")[2]
    assert (rows.count("ร่าง"), rows.count("ยังไม่จัดทำ")) == (1, 1)
    assert rows.count("–") >= 12
