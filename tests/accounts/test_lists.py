"""Lists as an officer wants them: columns, saved views, totals of all rows, and the same as a spreadsheet."""

import csv
import io
from datetime import date, datetime
from urllib.parse import unquote

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.encoding import force_str

from accounts import pages, sheets
from accounts.cells import reader
from accounts.models import SavedView
from accounts.roles import Role
from tests.factories import (
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_person,
    make_village,
)

pytestmark = pytest.mark.django_db
DEBTS = "/debts/"
HOMES = "/households/"
VIEWS, COLUMNS = reverse("accounts:list-views"), reverse("accounts:list-columns")
HEADS = ["ที่", "บ้านเลขที่", "ชื่อ–สกุล ผู้กู้", "กลุ่ม/กองทุน", "เลขที่สัญญา"]


@pytest.fixture
def officer():
    return make_officer(area=make_village(district="ห้วยทับทัน"))


@pytest.fixture
def office(officer, sign_in):
    return sign_in(officer)


def heads(response) -> list[str]:
    return [str(column.header) for column in response.context["table"].columns]


def about(page, address):
    """The address of a page about the list at `address`."""
    return f"{page}?list={address.replace('&', '%26')}"


def workbook(response):
    return openpyxl.load_workbook(io.BytesIO(response.getvalue())).active


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


# Columns


def test_the_address_says_which_columns_are_shown_and_in_which_order(office):
    assert heads(office.get(DEBTS))[:5] == HEADS
    assert heads(office.get(f"{DEBTS}?columns=borrower,house,principal")) == [
        "ชื่อ–สกุล ผู้กู้",
        "บ้านเลขที่",
        "เงินต้นคงเหลือ (บาท)",
    ]


def test_a_column_the_list_does_not_have_is_refused(office):
    page = office.get(f"{DEBTS}?columns=house,password").content.decode()

    assert "รายการนี้ไม่มีตัวกรองหรือคอลัมน์ชื่อ “password”" in page


def test_the_first_column_is_never_an_amount(office):
    assert heads(office.get(f"{DEBTS}?columns=principal,borrower")) == [
        "ชื่อ–สกุล ผู้กู้",
        "เงินต้นคงเหลือ (บาท)",
    ]
    assert heads(office.get(f"{DEBTS}?columns=principal")) == ["ที่", "เงินต้นคงเหลือ (บาท)"]


def test_chosen_columns_stay_with_the_officer_and_stand_in_the_address(office):
    response = office.post(about(COLUMNS, f"{DEBTS}?state=open"), {"columns": ["house", "borrower"]})

    assert response["Location"] == f"{DEBTS}?state=open&columns=house%2Cborrower"
    again = office.get(DEBTS, {"kind": "other"})
    assert again["Location"] == f"{DEBTS}?kind=other&columns=house%2Cborrower"
    assert heads(office.get(again["Location"])) == ["บ้านเลขที่", "ชื่อ–สกุล ผู้กู้"]


def test_a_link_that_names_its_columns_shows_them_to_an_officer_who_chose_others(office):
    office.post(about(COLUMNS, DEBTS), {"columns": ["house"]})

    assert heads(office.get(f"{DEBTS}?columns=borrower")) == ["ชื่อ–สกุล ผู้กู้"]


def test_the_columns_of_the_house_come_back(office):
    office.post(about(COLUMNS, DEBTS), {"columns": ["house"]})
    office.post(about(COLUMNS, f"{DEBTS}?columns=house"), {"reset": "1"})

    assert heads(office.get(DEBTS))[:5] == HEADS


def test_a_column_moves_without_script_by_its_arrow(office):
    sent = {"columns": ["place", "house"], "order": ["place", "house", "borrower"]}

    for arrow, order in (
        ({"down": "place"}, ["house", "place", "borrower"]),
        ({"up": "borrower"}, ["place", "borrower", "house"]),
        ({"up": "place"}, ["place", "house", "borrower"]),
    ):
        choices = office.post(about(COLUMNS, DEBTS), {**sent, **arrow}).context["choices"]
        assert [name for name, _, _ in choices][:3] == order
        assert [name for name, _, shown in choices if shown] == [name for name in order if name != "borrower"]
    assert not SavedView.objects.exists()


def test_no_column_is_not_a_list(office):
    page = office.post(about(COLUMNS, DEBTS), {"order": ["place"]}).content.decode()

    assert "เลือกอย่างน้อย 1 คอลัมน์" in page


def test_a_chosen_column_that_is_no_longer_there_is_forgotten(office, officer):
    officer.saved_views.create(list="debts:debts", query="columns=gone,house")

    assert office.get(DEBTS)["Location"] == f"{DEBTS}?columns=house"


# Saved views


@pytest.fixture
def overdue(office, officer):
    office.post(about(VIEWS, f"{DEBTS}?state=overdue&sort=borrower&page=3&q="), {"name": "เกินกำหนด"})
    return officer.saved_views.get()


def test_a_view_keeps_filter_columns_and_order_and_not_the_page(overdue):
    assert (overdue.list, overdue.name, overdue.query) == (
        "debts:debts",
        "เกินกำหนด",
        "state=overdue&sort=borrower",
    )


def test_the_views_of_a_list_stand_above_it_and_the_one_shown_says_so(overdue, office):
    page = office.get(f"{DEBTS}?{overdue.query}&page=1").content.decode()

    assert 'href="?state=overdue&amp;sort=borrower" aria-current="true">เกินกำหนด</a>' in page
    assert "เกินกำหนด</a>" not in office.get(HOMES).content.decode()


def test_the_default_view_opens_the_list_and_can_be_left(overdue, office):
    office.post(about(VIEWS, DEBTS), {"view": overdue.pk, "act": "default"})

    assert office.get(DEBTS)["Location"] == f"{DEBTS}?state=overdue&sort=borrower"
    assert office.get(f"{DEBTS}?view=all").status_code == 200
    office.post(about(VIEWS, DEBTS), {"view": overdue.pk, "act": "no-default"})
    assert office.get(DEBTS).status_code == 200


def test_a_list_has_one_default_view(overdue, office, officer):
    for name in ("ก", "ข"):
        office.post(about(VIEWS, f"{DEBTS}?state=open"), {"name": name, "is_default": "on"})

    assert [view.name for view in officer.saved_views.filter(is_default=True)] == ["ข"]
    with pytest.raises(IntegrityError), transaction.atomic():
        officer.saved_views.update(is_default=True)


def test_a_view_saved_again_under_its_name_is_kept_anew(overdue, office, officer):
    office.post(about(VIEWS, f"{DEBTS}?state=open"), {"name": "เกินกำหนด"})

    assert officer.saved_views.get().query == "state=open"


def test_a_view_is_deleted(overdue, office, officer):
    office.post(about(VIEWS, DEBTS), {"view": overdue.pk, "act": "delete"})

    assert not officer.saved_views.exists()


def test_nobody_sees_or_changes_the_view_of_another_officer(overdue, sign_in):
    client = sign_in(make_officer())

    assert "เกินกำหนด</a>" not in client.get(DEBTS).content.decode()
    assert client.post(about(VIEWS, DEBTS), {"view": overdue.pk, "act": "delete"}).status_code == 404
    for view in ("x", "9" * 30, "9" * 5000):
        assert client.post(about(VIEWS, DEBTS), {"view": view, "act": "delete"}).status_code == 404
    assert SavedView.objects.get() == overdue


@pytest.mark.parametrize(
    "address", ["", "/nowhere/", "//other.example/", "https://other.example/debts/", "/manage/audit/", "/"]
)
def test_only_a_list_the_officer_may_open_has_views(address, office):
    for page in (VIEWS, COLUMNS):
        response = office.get(page, {"list": address})

        if response.status_code == 200:  # of another host only the path is read, which is ours
            assert "other.example" not in response.content.decode()
        else:
            assert response["Location"] == "/"


# Totals of all rows


@pytest.fixture
def many(officer, monkeypatch):
    monkeypatch.setattr(pages, "COUNTED_AT_ONCE", 5)
    fund = make_fund()
    for number in range(30):
        make_debt(fund=fund, principal="1000", number=f"{number}/2558", by=officer)


def test_a_list_too_long_to_count_shows_no_number_it_does_not_know(many, office):
    response = office.get(DEBTS, {"per_page": 25})
    page = response.content.decode()

    assert "พบมากกว่า 5 สัญญา" in page
    assert "6,000.00" not in page
    assert "รวม … สัญญา" in page
    assert "หน้า 1 (1–25)" in page
    assert "แสดงหน้าละ" in page
    assert len(list(response.context["table"].paginated_rows)) == 25
    assert response.context["count"] is None


def test_its_totals_come_when_they_are_asked_for(many, office):
    page = office.get(DEBTS, {"per_page": 25, "totals": 1}).content.decode()

    assert "พบ 30 สัญญา" in page
    assert "30,000.00" in page
    assert "หน้า 1 จาก 2 (1–25)" in page


def test_its_last_page_and_pages_behind_it_are_no_error(many, office):
    last = office.get(DEBTS, {"per_page": 25, "page": 2})

    assert "หน้า 2 (26–30)" in last.content.decode()
    assert not last.context["table"].page.has_next()
    for page in ("3", "99999999999999999999", "-1", "x"):
        assert "หน้า 1 (1–25)" in office.get(DEBTS, {"per_page": 25, "page": page}).content.decode()


def test_a_long_list_is_exported_with_all_rows_and_true_totals(many, office):
    rows = lines(office.get(DEBTS, {"export": "csv", "columns": "borrower,principal"}))

    assert len(rows) == 32
    assert rows[-1] == ["รวม 30 สัญญา (ทั้งหมดตามตัวกรอง)", "30000.00"]


# Spreadsheets


@pytest.fixture
def harmful(officer):
    """Somebody whose village committee had a strange idea of contract numbers."""
    fund = make_fund(name="-กองทุน")
    home = make_household(head="นางแก้ว ทองสุข", house_number="18", note="=1+1")
    return make_debt(home, fund, number="=1+1", principal="16975", lent_on=date(2015, 3, 8), by=officer)


def test_a_workbook_holds_just_what_is_shown(harmful, office):
    sheet = workbook(office.get(f"{DEBTS}?columns=borrower,lent_on,principal&state=open&export=xlsx"))

    rows = list(sheet.values)
    assert rows[0][0] == "ทะเบียนลูกหนี้"
    assert rows[1][0].startswith("อำเภอห้วยทับทัน ข้อมูล ณ ")
    assert rows[2][0] == "สถานะ: ยังมียอดค้าง"
    assert rows[3:] == [
        ("ชื่อ–สกุล ผู้กู้", "วันที่ทำสัญญา", "วันที่ทำสัญญา (พ.ศ.)", "เงินต้นคงเหลือ (บาท)"),
        ("นางแก้ว ทองสุข", datetime(2015, 3, 8), "8 มี.ค. 2558", 16975),
        ("รวม 1 สัญญา (ทั้งหมดตามตัวกรอง)", None, None, 16975),
    ]
    assert sheet.freeze_panes == "B5"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_stays_text(text, harmful, office):
    type(harmful).objects.filter(pk=harmful.pk).update(number=text)

    fund = lines(office.get(f"{DEBTS}?columns=fund&export=csv"))[1]
    cell = workbook(office.get(f"{DEBTS}?columns=number&export=xlsx"))["A5"]
    row = lines(office.get(f"{DEBTS}?columns=number&export=csv"))[1]

    assert cell.data_type == "s"
    assert cell.value.endswith(text.strip())
    assert row == [f"'{text}"]
    assert fund == ["'-กองทุน"]


@pytest.mark.parametrize(
    ("query", "place"), [("export=csv", "อำเภอห้วยทับทัน"), ("centre={}&export=csv", "บ้านหนองฮะ")]
)
def test_the_file_says_what_where_and_when(query, place, harmful, office):
    response = office.get(f"{DEBTS}?{query.format(harmful.fund.centre_id)}")
    response.close()

    today = date.today()
    name = f"ทะเบียนลูกหนี้_{place}_{today.year + 543}-{today:%m-%d}.csv"
    assert name in unquote(response.headers["Content-Disposition"])


def test_more_rows_than_a_worksheet_has_are_refused(harmful, office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 0)

    response = office.get(f"{DEBTS}?export=xlsx")

    assert response.status_code == 400


def test_one_centre_whose_debts_are_open_has_its_register_as_a_paper(harmful, office):
    centre = harmful.fund.centre_id
    link = f'href="{reverse("reports:register-paper", args=[centre])}"'

    assert link in office.get(f"{DEBTS}?centre={centre}&state=open").content.decode()
    for other in (f"centre={centre}", "state=open", f"centre={centre}&state=open&q=18"):
        assert link not in office.get(f"{DEBTS}?{other}").content.decode()


def test_a_file_holds_what_the_table_library_finds_in_each_cell(harmful, office):
    make_contract([make_debt(fund=harmful.fund)])

    for address in (DEBTS, "/debts/contracts/", HOMES, "/funds/", "/funds/villages/"):
        table = office.get(address).context["table"]
        for bound in table.rows:
            for column in table.columns:
                if column.name != "place":  # a running number
                    found, expected = reader(column)(bound.record), bound.get_cell_value(column.name)
                    assert found == force_str(expected, strings_only=True), column.name


# Order


@pytest.mark.parametrize(
    ("sort", "names"), [("fund", ["เกษม", "เฉลย", "ถวิล"]), ("-fund", ["ถวิล", "เฉลย", "เกษม"])]
)
def test_names_of_funds_stand_in_the_order_of_the_dictionary(sort, names, office, officer):
    centre = make_fund(name="ถวิล").centre
    for name in ("เฉลย", "เกษม"):
        make_fund(centre, name=name)
    for fund in centre.funds.all():
        make_debt(fund=fund, by=officer)

    table = office.get(DEBTS, {"sort": sort}).context["table"]

    assert [row.record.fund.name for row in table.rows] == names


def test_officers_stand_in_the_order_of_the_dictionary(sign_in):
    for name in ("ถวิล", "เฉลย", "เกษม"):
        make_officer(Role.DISTRICT_OFFICER, first_name=name)
    client = sign_in(make_officer(Role.PROVINCIAL_STAFF))

    table = client.get("/manage/officers/?sort=full_name&role=district_officer").context["table"]

    assert [row.record.first_name for row in table.rows] == ["เกษม", "เฉลย", "ถวิล"]


def test_counts_are_summed_over_all_rows(office):
    make_person(make_household())
    make_household()

    assert "สมาชิก (คน)" in heads(office.get(HOMES))
    assert office.get(HOMES, {"per_page": 25}).context["table"].sums == {"people_count": 3}
