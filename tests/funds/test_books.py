"""The centre's books: sheets that balance to the satang, what is missing, how capital grows, levels and components."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config import thai
from funds.books import sheets
from funds.books.fund_year import CannotTell, tell
from funds.books.months import Month, due_months, month_before, month_of
from funds.books.year import books_of, told_of
from funds.models import BalanceSheet, Centre, Fund, FundYear, SheetLine
from tests.factories import make_centre, make_closed_sheet, make_fund, make_officer, make_sheet, make_village

pytestmark = pytest.mark.django_db
AFTER = date(2017, 10, 1)
APRIL = Month(2560, 7)


def again(sheet, **amounts):
    """Keep the sheet with these amounts by code, as text."""
    lines = [
        sheets.TypedLine(
            line.side,
            line.code,
            line.label,
            line.is_deducted,
            Decimal(amounts[line.code]) if line.code in amounts else line.amount,
        )
        for line in sheet.lines.all()
    ]
    fields = {"members": sheet.members, "note": "", "by": sheet.changed_by}
    return sheets.keep(sheet=sheet, version=sheet.version, lines=lines, **fields)


def typed(form, **amounts):
    """What the page's form sends: the lines as they are, and these amounts by code."""
    sent = {"version": form["version"].value(), "members": "", "note": ""}
    for line in form.lines:
        code = line.line.code if line.line else ""
        sent[line["amount"].html_name] = amounts.get(code, line["amount"].value() or "")
        if line.is_own:
            sent[line["label"].html_name] = line["label"].value() or ""
            sent[line["side"].html_name] = line["side"].value() or ""
    return sent


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2016, 10, 1), 1), (date(2016, 12, 31), 3), (date(2017, 1, 1), 4), (date(2017, 9, 30), 12)],
)
def test_a_fiscal_year_has_twelve_months_from_october(day, month):
    found = month_of(day)

    assert found == Month(2560, month)
    assert found.starts_on <= day <= found.ends_on
    assert month_before(date(2016, 10, 5)) == Month(2559, 12)


def test_a_month_is_due_when_it_is_over_and_the_centre_was_open():
    due = due_months(2560, on=date(2017, 2, 1), since=date(2016, 11, 20))

    assert [month.number for month in due] == [2, 3, 4]


def test_a_month_begins_with_the_lines_and_figures_of_the_month_before():
    centre = make_centre()
    march = make_sheet(centre, month=6, capital="2500.25")
    own = sheets.TypedLine("liability", "", "เงินประกันซอง", False, Decimal(0))
    lines = [
        *(sheets.TypedLine(x.side, x.code, x.label, x.is_deducted, x.amount) for x in march.lines.all()),
        own,
    ]
    sheets.keep(sheet=march, version=march.version, lines=lines, members=90, note="", by=march.changed_by)

    april = sheets.begin(centre=centre, fund=None, month=APRIL, on=AFTER, by=march.changed_by)

    assert (april.assets, april.equity, april.members) == (Decimal("2500.25"), Decimal("2500.25"), 90)
    assert april.lines.filter(label="เงินประกันซอง").exists()
    assert sheets.begin(centre=centre, fund=None, month=APRIL, on=AFTER, by=march.changed_by) == april


def test_a_sheet_one_satang_out_of_balance_is_kept_and_not_closed():
    sheet = again(make_sheet(), bank="1000.01")

    with pytest.raises(sheets.OutOfBalance, match=r"สินทรัพย์มากกว่า.* 0\.01 บาท"):
        sheets.close(sheet=sheet, version=sheet.version, on=AFTER, by=sheet.changed_by)

    sheet.refresh_from_db()
    assert (sheet.status, sheet.assets) == ("draft", Decimal("1000.01"))


def test_the_database_itself_closes_no_sheet_that_differs():
    again(make_sheet(), bank="1000.01")

    with pytest.raises(IntegrityError), transaction.atomic():
        BalanceSheet.objects.update(status="closed")


def test_a_loss_makes_the_capital_smaller():
    fund = make_fund()
    sheet = again(make_sheet(fund=fund), capital="1200", loss="200")

    closed = sheets.close(sheet=sheet, version=sheet.version, on=AFTER, by=sheet.changed_by)

    assert (closed.assets, closed.equity) == (Decimal(1000), Decimal(1000))


def test_a_month_that_is_not_over_or_an_empty_sheet_is_not_closed():
    centre = make_centre()
    by = make_officer()
    empty = sheets.begin(centre=centre, fund=None, month=APRIL, on=AFTER, by=by)

    with pytest.raises(sheets.CannotKeep, match="ยังไม่ได้กรอก"):
        sheets.close(sheet=empty, version=empty.version, on=AFTER, by=by)
    with pytest.raises(sheets.CannotKeep, match="หลังสิ้นเดือน"):
        sheets.close(sheet=empty, version=empty.version, on=date(2017, 4, 30), by=by)
    with pytest.raises(sheets.CannotKeep, match="ยังไม่ถึง"):
        sheets.begin(centre=centre, fund=None, month=Month(2560, 8), on=date(2017, 4, 30), by=by)


def test_what_is_closed_changes_only_after_it_was_opened_with_a_reason():
    sheet = make_closed_sheet()

    with pytest.raises(sheets.CannotKeep, match="ปิดแล้ว"):
        again(sheet, bank="5")
    with pytest.raises(sheets.CannotKeep, match="เหตุผล"):
        sheets.reopen(sheet=sheet, version=sheet.version, reason=" ", by=sheet.changed_by)
    opened = sheets.reopen(sheet=sheet, version=sheet.version, reason="ยอดธนาคารผิด", by=sheet.changed_by)

    assert opened.status == "draft"
    assert [(move.old, move.new) for move in opened.moves.all()] == [
        ("", "draft"),
        ("draft", "closed"),
        ("closed", "draft"),
    ]


def test_whoever_changed_it_meanwhile_is_not_overwritten():
    sheet = make_sheet()
    again(BalanceSheet.objects.get(), bank="7")

    with pytest.raises(sheets.CannotKeep, match="ข้อมูลล่าสุด"):
        again(sheet, bank="8")


def test_the_page_keeps_what_was_typed_and_shows_the_difference_when_it_cannot_close(head):
    sheet = make_sheet()
    address = reverse("funds:sheet-edit", args=[sheet.pk])
    form = head.get(address).context["form"]

    page = head.post(address, {**typed(form, bank="1,250.50"), "close": "1"}, follow=True)

    content = page.content.decode()
    assert "สินทรัพย์มากกว่าหนี้สินรวมกับทุนอยู่ 250.50 บาท" in content
    assert 'value="1,250.50"' in content
    assert head.post(address, {**typed(page.context["form"], bank="1000"), "close": "1"}).status_code == 302
    assert BalanceSheet.objects.get().is_closed


def test_what_is_typed_wrong_is_said_beside_its_box_and_nothing_is_lost(head):
    sheet = make_sheet()
    address = reverse("funds:sheet-edit", args=[sheet.pk])
    sent = typed(head.get(address).context["form"], bank="12.345", cash="๕๐")

    content = head.post(address, sent).content.decode()

    assert 'value="12.345"' in content
    assert 'value="๕๐"' in content
    assert "มีข้อมูลที่ต้องแก้ไข 1 จุด" in content


def test_a_line_of_ones_own_is_added_on_its_side(head):
    sheet = make_sheet()
    address = reverse("funds:sheet-edit", args=[sheet.pk])
    form = head.get(address).context["form"]
    spare = form.spare[0]
    own = {"side": "liability", "label": "เงินค้ำประกัน", "amount": "100"}
    named = {spare[name].html_name: value for name, value in own.items()}

    head.post(address, {**typed(form, bank="1100"), **named})

    sheet.refresh_from_db()
    assert SheetLine.objects.get(label="เงินค้ำประกัน").side == "liability"
    assert (sheet.liabilities, sheet.difference) == (Decimal(100), Decimal(0))


def test_the_year_at_a_glance_says_what_is_missing_and_how_capital_grew():
    centre = make_centre()
    fund = make_fund(centre)
    make_closed_sheet(fund=fund, year=2559, month=12, capital="1000", members=100)
    make_closed_sheet(fund=fund, year=2560, month=2, capital="1100", members=112)
    make_sheet(fund=fund, month=3, capital="1")

    own, of_fund = books_of(centre, year=2560, on=date(2017, 1, 15))

    assert [month.number for month in own.missing] == [1, 2, 3]
    assert [month.number for month in of_fund.missing] == [1, 3]
    assert (of_fund.growth.capital, of_fund.growth.capital_percent) == (Decimal(100), Decimal(10))
    assert (of_fund.growth.members, of_fund.growth.members_percent) == (12, Decimal(12))
    assert told_of(centre, fund, year=2560, on=date(2017, 1, 15)) == (
        "งบดุลปิดแล้ว 1 จาก 3 เดือนของปีงบประมาณ พ.ศ. 2560 • ล่าสุดเดือนพฤศจิกายน 2559 ทุน 1,100.00 บาท"
        " • สมาชิก 112 คน • ทุนเปลี่ยนจากสิ้นปีก่อนร้อยละ 10 • สมาชิกเปลี่ยนร้อยละ 12"
    )


def test_the_list_says_which_centre_misses_which_month_with_the_same_number_of_queries(head):
    whole, lacking = make_centre(), make_centre(make_village("33100504"))
    newest = month_before(timezone.localdate())
    by = make_officer()
    sheet = sheets.begin(centre=whole, fund=None, month=newest, on=timezone.localdate(), by=by)
    sheet = again(sheet, bank="0")
    sheets.close(sheet=sheet, version=sheet.version, on=timezone.localdate(), by=by)
    address = reverse("funds:all-books")
    with CaptureQueriesContext(
        connection,
    ) as few:
        head.get(address)
    Centre.objects.bulk_create(
        Centre(village=make_village(code, name=code)) for code in ("33100505", "33100506", "33100507")
    )
    make_fund(lacking)

    with CaptureQueriesContext(connection) as many:
        head.get(address, {"year": newest.year})
    found = head.get(address, {"year": newest.year, "month": newest.number}).context["object_list"]

    assert len(many) == len(few)
    assert whole not in found
    assert lacking in found


def test_the_page_of_the_books_shows_what_is_known_of_a_first_year(head):
    newest = month_before(timezone.localdate())
    fund = make_fund(members=None)
    on, by = timezone.localdate(), make_officer()
    sheet = sheets.begin(centre=fund.centre, fund=fund, month=newest, on=on, by=by)
    sheet = again(sheet, bank="2500.25", capital="2500.25")
    sheets.close(sheet=sheet, version=sheet.version, on=on, by=by)

    page = head.get(reverse("funds:books", args=[fund.centre.pk]), {"year": newest.year})

    assert page.content.decode().count("2,500.25") == 1


def test_a_funds_level_and_components_are_told_for_a_year_and_recorded(head):
    fund = make_fund(kind=Fund.Kind.SAVINGS_GROUP)
    this = thai.fiscal_year(timezone.localdate())
    known = {"level": "2", "has_members": "True", "has_rules": "False"}

    head.post(reverse("funds:fund-year", args=[fund.pk]) + f"?year={this}", known)

    row = FundYear.objects.get()
    assert (row.fiscal_year, row.level, row.component_count) == (this, "2", 1)
    assert row.lacking == ["คณะกรรมการ", "กฎระเบียบ/กติกา", "กิจกรรม", "กองทุน"]
    nothing = dict.fromkeys(FundYear.COMPONENTS) | {"level": "", "level_source": "", "note": ""}
    with pytest.raises(CannotTell):
        tell(fund=fund, year=this + 1, told=nothing, on=timezone.localdate(), by=row.told_by)


def test_a_gap_of_the_committee_leads_to_where_it_is_mended(head):
    fund = make_fund()

    page = head.get(reverse("funds:books", args=[fund.centre.pk])).content.decode()

    assert reverse("funds:committeeorder-new", args=[fund.centre.pk]) in page
