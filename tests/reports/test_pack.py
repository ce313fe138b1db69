"""The report pack: page, paper, spreadsheet and feed of a report are one table."""

import csv
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.exports import NOT_YOURS
from accounts.models import AuditEvent, Job
from accounts.roles import Role
from areas.models import COUNTRY, Area
from debts.models import Debt
from debts.plans.life import undo
from reports import figures
from reports.pack import long
from reports.pack.catalogue import REPORTS
from reports.pack.files import Made
from reports.pack.progress import RESULTS
from reports.pack.report import Asked, Column, Kind, Table, shown
from tests.factories import (
    REPLANNED,
    apply_plan_change,
    make_activity,
    make_case,
    make_centre,
    make_certified_grading,
    make_contract,
    make_debt,
    make_fund,
    make_livelihood,
    make_member,
    make_officer,
    make_order,
    make_other_debt,
    make_payment,
    make_person,
    make_recommendation,
    make_secret,
    make_sent_visit,
    make_village,
)
from tests.reading import one_line, text_of

pytestmark = pytest.mark.django_db
DISTRICT = "3310"
ON = "31 ส.ค. 2560"
EVERY = pytest.mark.parametrize("key", REPORTS)


@pytest.fixture
def province():
    """Two centres of one district: a contract and a visit in one, a household selected in the other."""
    fund = make_fund(make_centre(), capital=Decimal("250000.50"), members=40)
    make_contract([make_debt(fund=fund, principal="35000", rate_percent=Decimal(0))])
    make_recommendation(make_sent_visit(fund.centre), due_on=date(2019, 4, 1))
    make_member(make_order(fund.centre), fund=fund)
    make_activity(fund.centre, held_on=date(2017, 5, 2))
    other = make_fund(make_centre(make_village("33100504")), "savings_group", members=60)
    household = make_debt(fund=other).household
    make_case(household)
    make_livelihood(household)
    make_other_debt(household, source="informal", outstanding="7000")
    project = make_fund(other.centre, "poverty_project", rate="0", capital=Decimal(280000))
    loan = {"rate_percent": Decimal(0), "lent": Decimal(6000)}
    make_debt(household, project, principal="4000", **loan)
    make_debt(fund=project, principal="3000.50", due_on=date(2018, 3, 8), **loan)
    for each in ({"centre": fund.centre}, {"fund": other}, {"fund": project}):
        make_certified_grading(year=2560, **each)
    return Area.objects.get(code="33")


@pytest.fixture
def reader(client, province):
    client.force_login(make_officer(Role.PROVINCIAL_HEAD, area=province))
    return client


def open_report(reader, key, form="", area=DISTRICT, **asked):
    year = "2562" if key == "visits" else "2560"
    on = {} if key == "visits" else {"on": ON}
    return reader.get(f"/reports/areas/{area}/pack/{key}/", {"year": year, **on, **asked, "as": form})


def cells_on_screen(page: str) -> list[list[str]]:
    table = page.partition('<div class="sheet whole"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
    return [
        [unescape(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows
    ]


def in_thai(answer: dict) -> list[list[str]]:
    """The feed's rows and total as a page shows them."""
    columns = answer["columns"]
    lines = [*answer["rows"], answer["total"]]
    return [[_thai(line[column["name"]], column["kind"]) for column in columns] for line in lines]


def _thai(value, kind):
    read = {"money": Decimal, "percent": Decimal, "day": date.fromisoformat}.get(kind, lambda same: same)
    return shown(None if value is None else read(value), Kind(kind))


@EVERY
def test_page_paper_spreadsheet_and_feed_show_the_same_table(reader, key):
    answer = json.loads(open_report(reader, key, "json").content)
    expected = in_thai(answer)
    heads = [column["label"] for column in answer["columns"]]
    numbers = [column["kind"] in ("count", "money", "percent") for column in answer["columns"]][1:]

    screen = cells_on_screen(open_report(reader, key).content.decode())
    assert screen[0] == heads
    assert screen[1:-1] == expected[:-1]
    assert _numbers(screen[-1], numbers) == _numbers(expected[-1], numbers)

    paper = re.sub(r"\s", "", text_of(open_report(reader, key, "pdf").content, "-raw"))
    for row in expected[:-1]:
        for cell in row:
            assert re.sub(r"\s", "", cell) in paper, (key, cell)

    book = load_workbook(io.BytesIO(open_report(reader, key, "xlsx").getvalue())).active
    sheet = [list(row) for row in book.iter_rows(values_only=True)][3:]
    assert sheet[0] == heads
    kinds = [Kind(column["kind"]) for column in answer["columns"]]
    assert [_of_sheet(row, kinds) for row in sheet[1:]] == expected

    table = list(csv.reader(io.StringIO(open_report(reader, key, "csv").getvalue().decode("utf-8-sig"))))
    assert len(table) == len(sheet)
    assert [row[0] for row in table] == [row[0] for row in sheet]


def test_other_systems_read_the_figures_of_page_paper_and_spreadsheet(reader, province):
    _, secret = make_secret(make_officer(Role.PROVINCIAL_HEAD, area=province))
    asked = {"area": DISTRICT, "year": 2560, "on": "2017-08-31"}
    answer = Client().get("/api/v1/figures/", asked, headers={"Authorization": f"Bearer {secret}"})
    columns = [Column("name", ""), *RESULTS]
    told = [
        [_thai(row[each.name], each.kind) for each in columns] for row in json.loads(answer.content)["rows"]
    ]

    screen = cells_on_screen(open_report(reader, "results").content.decode())[1:-1]
    paper = re.sub(r"\s", "", text_of(open_report(reader, "results", "pdf").content, "-raw"))
    book = load_workbook(io.BytesIO(open_report(reader, "results", "xlsx").getvalue())).active
    sheet = [
        _of_sheet(row, [each.kind for each in columns]) for row in book.iter_rows(min_row=5, values_only=True)
    ]

    assert len(told) == 2
    assert sorted(told) == sorted(screen) == sorted(sheet[:-1])
    assert all(re.sub(r"\s", "", cell) in paper for row in told for cell in row)


def _numbers(row, are_numbers):
    return [cell for cell, is_number in zip(row[1:], are_numbers, strict=True) if is_number]


def _of_sheet(row, kinds):
    return [_cell(value, kind) for value, kind in zip(row, kinds, strict=True)]


def _cell(value, kind):
    if value is None or kind == Kind.TEXT:
        return shown(value, kind)
    if kind in (Kind.MONEY, Kind.PERCENT):
        return shown(Decimal(str(value)), kind)
    return shown(value.date() if kind == Kind.DAY else value, kind)


def test_every_report_says_something_in_this_province(reader):
    """The comparison above proves little of empty tables."""
    for key in REPORTS:
        answer = json.loads(open_report(reader, key, "json").content)
        counted = [value for value in list(answer["total"].values())[1:] if value not in (None, 0, "0.00")]
        known = [row for row in answer["rows"] if row.get("known")]
        assert counted or known or key == "lessons", key


def test_the_figures_are_those_of_the_overview(reader):
    overview = figures.overview(Area.objects.get(code=DISTRICT), year=2560, on=date(2017, 8, 31))

    answer = json.loads(open_report(reader, "results", "json").content)

    assert answer["total"]["merged_baht"] == str(overview.total.figures.merged_baht) == "35000.00"
    assert [row["joined"] for row in answer["rows"]] == [row.figures.joined for row in overview.rows]


def test_a_report_of_a_past_day_prints_the_same_bytes_after_later_entries(reader):
    def printed():
        return {
            (key, form): open_report(reader, key, form).content
            for key in REPORTS
            if key != "visits"
            for form in ("pdf", "json")
        }

    contract = figures.Contract.objects.get()
    heir = make_person(contract.household, "นายสืบ ทองสุข")
    before = printed()
    make_payment(contract.debt, "500", on=date(2017, 9, 15))
    make_payment(Debt.objects.get(fund__kind="savings_group"), "500", on=date(2017, 9, 15))
    make_payment(Debt.objects.get(principal=Decimal(4000)), "4000", on=date(2017, 9, 15))
    apply_plan_change(contract, kind="takeover", heir=heir)
    change = apply_plan_change(contract, kind="waive", waived_principal=Decimal(400))
    undo(change=change, reason="ทำผิดราย", on=REPLANNED + timedelta(days=1), by=make_officer())
    after = printed()

    assert [name for name in before if after[name] != before[name]] == []


def test_the_department_reads_figures_and_no_names(client, province):
    officer = make_officer(Role.DEPARTMENT, area=Area.objects.get(code=COUNTRY))
    client.force_login(officer)

    assert open_report(client, "results", area=COUNTRY).status_code == 200
    assert open_report(client, "contracts", "json", area=COUNTRY).status_code == 403
    assert "1 ครัวเรือน 1 สัญญา</a>" not in client.get(f"/reports/areas/{COUNTRY}/pack/").content.decode()


def test_there_is_no_report_of_another_name(reader):
    assert open_report(reader, "secrets").status_code == 404


def test_a_spreadsheet_that_is_taken_away_is_recorded(reader):
    open_report(reader, "contracts", "xlsx").getvalue()

    assert AuditEvent.objects.filter(action="export", target="1 ครัวเรือน 1 สัญญา").count() == 1


def test_a_report_asks_no_more_queries_for_more_rows(reader):
    def queries():
        return {key: _queries(reader, key) for key in REPORTS}

    few = queries()
    for code in ("33100505", "33100506", "33110401"):
        fund = make_fund(make_centre(make_village(code)))
        make_contract([make_debt(fund=fund, principal="35000", rate_percent=Decimal(0))])
        make_sent_visit(fund.centre)
        project = make_fund(fund.centre, "poverty_project", rate="0")
        make_livelihood(make_debt(fund=project, rate_percent=Decimal(0)).household)
        make_certified_grading(centre=fund.centre, year=2560)
        make_member(make_order(fund.centre), fund=fund)

    assert queries() == few


def _queries(reader, key) -> int:
    with CaptureQueriesContext(connection) as seen:
        open_report(reader, key, "json")
    return len(seen)


def rows_of(reader, key, **asked):
    return json.loads(open_report(reader, key, "json", **asked).content)["rows"]


def test_the_debtor_register_says_what_each_owed_on_the_day(reader):
    by_amount = {row["outstanding_baht"]: row for row in rows_of(reader, "debtors")}

    loan = by_amount["4000.00"]
    assert (loan["due_on"], loan["days_overdue"], loan["lent_baht"]) == ("2016-03-08", 541, "6000.00")
    assert set(by_amount) == {"35000.00", "20000.00", "4000.00", "3000.50"}


def test_a_household_is_shown_with_all_that_it_owes_and_lives_on(reader):
    [row] = [row for row in rows_of(reader, "households") if row["income_baht"]]

    told = (row["income_baht"], row["funds_baht"], row["informal_baht"], row["debt_baht"])
    assert told == ("60000.00", "24000.00", "7000.00", "31000.00")


def test_the_poverty_project_forms_agree_with_each_other(reader):
    make_payment(Debt.objects.get(principal=Decimal(4000)), "1000", on=date(2017, 8, 1))

    [village] = rows_of(reader, "poverty-villages")
    [data] = rows_of(reader, "poverty-data")
    places = json.loads(open_report(reader, "poverty-places", "json", area="33").content)

    assert (village["borrowers"], village["owed_baht"], village["received_baht"]) == (2, "6000.50", "1000.00")
    assert (data["good_baht"], data["late_baht"], data["level"]) == ("3000.50", "3000.00", 2)
    assert (data["good_homes"], data["late_homes"]) == (1, 1)
    [district] = places["rows"]
    assert (district["subdistricts"], district["villages"]) == (1, 1)
    assert (district["owed_baht"], district["received_baht"]) == ("6000.50", "1000.00")
    assert village["in_bank"] is None


def test_the_classes_add_up_to_the_register(reader):
    total = json.loads(open_report(reader, "classes", "json").content)["total"]
    register = json.loads(open_report(reader, "debtors", "json").content)["total"]

    assert total["baht"] == register["outstanding_baht"] == "62000.50"
    parts = sum(Decimal(value) for name, value in total.items() if name.startswith("baht_"))
    assert parts == Decimal(total["baht"])


def test_what_the_system_does_not_know_is_left_to_be_written_and_said_so(reader):
    page = open_report(reader, "poverty-problems").content.decode()
    paper = text_of(open_report(reader, "poverty-problems", "pdf").content, "-raw")

    for said in (page, paper):
        assert "จึงเว้นไว้ให้เขียน: เงินทุนที่ขาดหายไป (บาท), สาเหตุ, การแก้ไข" in one_line(said)


def test_the_catalogue_is_searched_by_the_question(reader):
    page = reader.get(f"/reports/areas/{DISTRICT}/pack/", {"q": "ส่งคืน คงค้าง"}).content.decode()

    assert "แบบ 26(1) ระดับหมู่บ้าน</a>" in page
    assert "การติดตามศูนย์ฯ</a>" not in page


def test_a_long_report_is_made_by_a_worker_and_is_the_same_file(reader, monkeypatch):
    at_once = open_report(reader, "debtors", "csv").getvalue()
    monkeypatch.setattr(long, "AT_ONCE", 1)
    monkeypatch.setattr(long, "FEWER", {})
    address = f"/reports/areas/{DISTRICT}/pack/debtors/?year=2560&on={ON}"

    page = reader.get(address).content.decode()
    link = reader.get(f"{address}&as=csv")
    told = reader.post(address, {"as": "csv"}, follow=True).content.decode()
    made = reader.get(reverse("accounts:job-result", args=[Job.objects.get().pk]))

    assert "สั่งจัดทำ CSV" in page
    assert "ทองสุข" not in page
    assert link.status_code == 302
    assert "4 สัญญา ดาวน์โหลดได้ถึง" in told
    assert b"".join(made) == at_once


def test_a_report_that_goes_through_many_debts_is_made_by_a_worker_however_few_its_rows(reader, monkeypatch):
    at_once = open_report(reader, "classes", "csv").getvalue()
    monkeypatch.setattr(long, "DEBTS_AT_ONCE", 3)
    address = f"/reports/areas/{DISTRICT}/pack/classes/?year=2560&on={ON}"

    page = reader.get(address).content.decode()
    reader.post(address, {"as": "csv"})
    made = reader.get(reverse("accounts:job-result", args=[Job.objects.get().pk]))

    assert "รายงานนี้คำนวณจากหนี้จำนวนมาก" in page
    assert b"".join(made) == at_once


def test_a_long_report_is_not_made_of_an_area_that_is_no_longer_ones_own(province):
    moved = make_officer(Role.DISTRICT_HEAD, area=make_village("63010503"))
    asked = Asked(Area.objects.with_parents().get(code=DISTRICT), 2560, date(2017, 8, 31), moved)

    job = long.ask(Made(REPORTS["debtors"], asked), "xlsx", by=moved)
    job.refresh_from_db()

    assert (job.state, job.message, bool(job.result)) == ("failed", NOT_YOURS, False)


def test_only_numbers_are_summed():
    columns = (Column("a", "ก"), Column("b", "ข", Kind.COUNT), Column("c", "ค", Kind.PERCENT))

    assert Table(columns, [("x", 1, Decimal("5")), ("y", None, None)]).total == ("รวม 2 แห่ง", 1, None)
