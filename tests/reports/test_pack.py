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
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEvent
from accounts.roles import Role
from areas.models import COUNTRY, Area
from debts.plans.life import undo
from reports import figures
from reports.pack.catalogue import REPORTS
from reports.pack.report import Column, Kind, Table, shown
from tests.factories import (
    REPLANNED,
    apply_plan_change,
    make_case,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_person,
    make_recommendation,
    make_sent_visit,
    make_village,
)
from tests.reading import text_of

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
    other = make_fund(make_centre(make_village("33100504")), "savings_group")
    make_case(make_debt(fund=other).household)
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

    paper = re.sub(r"\s", "", text_of(open_report(reader, key, "pdf").content))
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
        total = json.loads(open_report(reader, key, "json").content)["total"]
        assert any(value for value in list(total.values())[1:]), key


def test_the_figures_are_those_of_the_overview(reader):
    overview = figures.overview(Area.objects.get(code=DISTRICT), year=2560, on=date(2017, 8, 31))

    answer = json.loads(open_report(reader, "results", "json").content)

    assert answer["total"]["merged_baht"] == str(overview.total.figures.merged_baht) == "35000.00"
    assert [row["joined"] for row in answer["rows"]] == [row.figures.joined for row in overview.rows]


@pytest.mark.parametrize("key", ["results", "contracts"])
def test_a_report_of_a_past_day_prints_the_same_bytes_after_later_entries(reader, key):
    before = [open_report(reader, key, form).content for form in ("pdf", "json")]
    contract = figures.Contract.objects.get()
    make_payment(contract.debt, "500", on=date(2017, 9, 15))
    heir = make_person(contract.household, "นายสืบ ทองสุข")
    apply_plan_change(contract, kind="takeover", heir=heir)
    change = apply_plan_change(contract, kind="waive", waived_principal=Decimal(400))
    undo(change=change, reason="ทำผิดราย", on=REPLANNED + timedelta(days=1), by=make_officer())

    assert [open_report(reader, key, form).content for form in ("pdf", "json")] == before


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


@EVERY
def test_a_report_asks_no_more_queries_for_more_rows(reader, key):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            open_report(reader, key, "json")
        return len(seen)

    few = queries()
    for code in ("33100505", "33100506", "33110401"):
        fund = make_fund(make_centre(make_village(code)))
        make_contract([make_debt(fund=fund, principal="35000", rate_percent=Decimal(0))])
        make_sent_visit(fund.centre)

    assert queries() == few


def test_only_numbers_are_summed():
    columns = (Column("a", "ก"), Column("b", "ข", Kind.COUNT), Column("c", "ค", Kind.PERCENT))

    assert Table(columns, [("x", 1, Decimal("5")), ("y", None, None)]).total == ("รวม 2 แห่ง", 1, None)
