"""Step 2 of an import: an officer says which column is what, once for all files with the same head."""

import io

import pytest
import xlsxwriter

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.imports.files import chosen_for
from debts.models import ColumnMapping, Debt, RegisterFile
from tests.debts.nong_ha import make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_xlsx
from tests.debts.test_import_pages import confirm, preview, stored, text_of, upload, url
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้าน ข้อมูล ณ วันที่ 30/4/2560",)
ODD_HEAD = ("ที่", "ชื่อ - สกุล", "เลขที่สัญญา", "โทรศัพท์", "ยอดปีนี้")
ODD = (
    (1, "นางแก้ว ทองสุข", "1/2558", "081-1111111", 16975),
    (2, "นายบุญช่วย อิ่มใจ", "2/2558", "082-2222222", 30000),
)


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def office(sign_in, nong_ha):
    return sign_in(make_officer(Role.DISTRICT_OFFICER, area=nong_ha.village))


def odd_file(*extra) -> bytes:
    return make_xlsx(TITLE, ODD_HEAD, *ODD, *extra)


def make_sheets(sheets: dict) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def columns(office, **query):
    return office.get(url("registerfile-columns", stored().pk), query)


def shown(page) -> dict:
    """What the page's forms would send back as they stand."""
    return {
        form.add_prefix(name): form[name].value()
        for form in page.context["forms"]
        for name in form.fields
        if form[name].value() is not None and form[name].value() is not False
    }


def save(office, answers, **options):
    return office.post(url("registerfile-columns", stored().pk), answers, follow=True, **options)


def test_a_file_that_is_understood_goes_straight_to_the_check(office, nong_ha):
    response = upload(office, nong_ha, make_xlsx(TITLE, HEAD, make_row()), follow=True)

    assert response.redirect_chain == [(url("registerfile", stored().pk), 302)]
    assert "แก้ไขการจับคู่คอลัมน์" in text_of(response)


def test_a_file_with_a_doubt_asks_first_with_its_guess_and_reason(office, nong_ha):
    response = upload(office, nong_ha, odd_file(), follow=True)

    assert response.redirect_chain[-1][0] == url("registerfile-columns", stored().pk)
    page = text_of(response)
    assert "คอลัมน์ “ยอดปีนี้” น่าจะเป็น เงินต้นคงเหลือ (บาท) เพราะข้อมูลเป็นจำนวนเงิน" in page
    assert "081-1111111" in page
    assert shown(response)["table0-column4"] == "principal"
    assert not ColumnMapping.objects.exists()


def test_what_the_officer_said_is_used_and_remembered(office, nong_ha):
    upload(office, nong_ha, odd_file())

    checked = save(office, shown(columns(office)))
    done = confirm(office)

    assert "ใช้การจับคู่คอลัมน์ที่เคยเลือกไว้เมื่อ" in text_of(checked)
    assert "นำเข้าหนี้ 2 รายการ 46,975.00 บาท" in text_of(done)
    assert AuditEvent.objects.filter(action="columns-match").count() == 1


def test_the_next_file_with_the_same_head_is_not_asked_about(office, nong_ha):
    upload(office, nong_ha, odd_file())
    save(office, shown(columns(office)))
    RegisterFile.objects.all().delete()

    response = upload(office, nong_ha, odd_file((3, "นายมั่น อิ่มบุญ", "3/2558", None, 900)), follow=True)

    assert response.redirect_chain == [(url("registerfile", stored().pk), 302)]
    assert len(response.context["proposal"].new) == 3


def test_another_centre_is_asked_for_itself(office, nong_ha):
    upload(office, nong_ha, odd_file())
    save(office, shown(columns(office)))

    assert chosen_for(nong_ha)
    assert not chosen_for(make_nong_ha(code="33100504"))


def test_a_wrong_guess_is_put_right_later(office, nong_ha):
    content = make_xlsx(TITLE, (*HEAD, "เงินต้น"), (*make_row(), 5))
    upload(office, nong_ha, content)
    answers = shown(columns(office, all=1))

    swapped = answers | {"table0-column8": "", "table0-column10": "principal"}
    page = save(office, swapped, query_params={"all": "1"})

    assert page.context["proposal"].rows[0].read.principal == 5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"table0-column4": ""}, "ยังไม่ได้จับคู่คอลัมน์ เงินต้นคงเหลือ (บาท)"),
        ({"table0-column1": ""}, "ยังไม่ได้จับคู่คอลัมน์ ชื่อ–สกุล ผู้กู้"),
        ({"table0-column2": "principal"}, "เงินต้นคงเหลือ (บาท) เลือกไว้ 2 คอลัมน์ เลือกเพียงคอลัมน์เดียว"),
        ({"table0-column2": "drop table"}, "คอลัมน์ C"),
        ({"table0-is_register": ""}, "เลือกอย่างน้อย 1 แผ่นงานที่จะนำเข้า"),
    ],
)
def test_what_is_missing_or_said_twice_is_refused(office, nong_ha, changes, message):
    upload(office, nong_ha, odd_file())

    page = save(office, shown(columns(office)) | changes)

    assert message in text_of(page)
    assert not ColumnMapping.objects.exists()


def test_another_row_as_the_head_is_shown_before_it_is_saved(office, nong_ha):
    rows = (("ราษฎร", "ยอดปีนี้"), ("บ้านเหนือ", "จ่าย"), ("นางแก้ว ทองสุข", 16975), ("นายบุญช่วย อิ่มใจ", 30000))
    upload(office, nong_ha, make_xlsx(*rows))

    first = save(office, shown(columns(office)) | {"table0-head_row": "1"})
    saved = save(office, shown(first) | {"table0-column0": "name", "table0-column1": "principal"})

    assert [column["words"] for column in first.context["forms"][0].columns()] == ["ราษฎร", "ยอดปีนี้"]
    assert saved.context["register"].sheets[0].matched[0] == ("ราษฎร", "ชื่อ–สกุล ผู้กู้")


def test_a_sheet_without_a_head_may_be_explained(office, nong_ha):
    upload(office, nong_ha, make_xlsx(TITLE, *ODD), name="กองทุนหมู่บ้าน.xlsx")

    page = save(office, shown(columns(office)))

    assert page.context["proposal"].as_of is not None
    assert [row.owed for row in page.context["proposal"].rows] == [16975, 30000]


def test_nothing_is_imported_while_the_columns_of_one_sheet_are_in_doubt(office, nong_ha):
    upload(office, nong_ha, make_sheets({"กองทุนหมู่บ้าน": (HEAD, make_row()), "ออมทรัพย์": (ODD_HEAD, *ODD)}))
    answers = {"as_of_on": "30/4/2560", "sheets": ["กองทุนหมู่บ้าน"], "fund0": nong_ha.funds.first().pk}

    seen = {"debts": 1, "total": "17500.00"}
    response = office.post(url("registerfile-import", stored().pk), answers | seen)

    assert response["Location"] == url("registerfile-columns", stored().pk)
    assert not Debt.objects.exists()


@pytest.mark.parametrize("row", ["9" * 5000, "-1", "๓", "x", ""])
def test_a_head_row_that_is_not_there_changes_nothing(office, nong_ha, row):
    upload(office, nong_ha, odd_file())

    page = save(office, shown(columns(office)) | {"table0-head_row": row, "table0-shown_row": row})

    assert page.status_code == 200
    assert not ColumnMapping.objects.exists()


def test_sheets_with_the_same_head_are_asked_about_once(office, nong_ha):
    sheet = (ODD_HEAD, *ODD)
    upload(office, nong_ha, make_sheets({"กองทุนหมู่บ้าน": sheet, "ออมทรัพย์": sheet}))

    page = columns(office)
    checked = save(office, shown(page))

    assert len(page.context["forms"]) == 1
    assert len(checked.context["proposal"].rows) == 4


def test_an_imported_register_has_no_columns_to_match(office, nong_ha):
    upload(office, nong_ha, make_xlsx(TITLE, HEAD, make_row()))
    confirm(office)

    page = columns(office)

    assert page.status_code == 302
    assert preview(office).status_code == 200
