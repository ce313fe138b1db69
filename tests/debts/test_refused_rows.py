"""Rows that stay out can be downloaded as they stood, mended, and brought in again."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from debts.imports import files
from debts.imports.refused import reasons_of, refused_sheet
from debts.imports.register import propose
from debts.models import Debt
from debts.sheets.workbook import open_workbook
from tests.debts.nong_ha import bring_in, keep, make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_xlsx
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ", "ข้อมูล ณ วันที่ 30 เมษายน 2560")
GOOD = make_row()
WRONG = make_row({"เลขที่สัญญา": "02/2558", "เงินต้นคงเหลือ": "มาก", "ชื่อ - สกุล": "=นายดี มีสุข"})
SUM = ("รวม", None, None, None, None, None, None, None, 16975, 525)


def make_file(*rows) -> bytes:
    return make_xlsx((TITLE[0],), (TITLE[1],), HEAD, *rows)


@pytest.fixture
def nong_ha():
    return make_nong_ha()


def download(sign_in, file):
    office = sign_in(make_officer(area=file.centre.village))
    return office.get(reverse("debts:registerfile-refused", args=[file.pk]))


def rows_of(content: bytes) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def test_the_refused_rows_stand_as_in_the_file_with_the_reason_beside_them(sign_in, nong_ha):
    file = keep(nong_ha, make_file(GOOD, WRONG, SUM))

    rows = rows_of(download(sign_in, file).content)

    assert [row[0] for row in rows[:2]] == list(TITLE)
    assert rows[2] == (*HEAD, "เหตุผล")
    assert rows[3][:-1] == WRONG
    assert "เงินต้นคงเหลือ (บาท)" in rows[3][-1]
    assert len(rows) == 4


def test_what_begins_like_a_formula_stays_text(sign_in, nong_ha):
    file = keep(nong_ha, make_file(WRONG))

    sheet = openpyxl.load_workbook(BytesIO(download(sign_in, file).content)).active

    assert sheet["C4"].data_type == "s"


def test_mended_they_are_brought_in(nong_ha):
    file = keep(nong_ha, make_file(GOOD, WRONG))
    register = files.reread(file)
    proposal = propose(register=register, centre=nong_ha, as_of=file.as_of_on)
    refused = refused_sheet(
        open_workbook(files.content_of(file), name=file.name), register, reasons_of(proposal)
    )

    book = openpyxl.load_workbook(BytesIO(refused))
    book.active["C4"], book.active["I4"] = "นายดี มีสุข", 5000
    mended = BytesIO()
    book.save(mended)
    bring_in(keep(nong_ha, mended.getvalue(), name="แก้แล้ว.xlsx"))

    assert Debt.objects.get().principal == 5000


def test_a_row_that_differs_from_what_is_there_is_refused_with_both_amounts(sign_in, nong_ha):
    bring_in(keep(nong_ha, make_file(GOOD)))
    file = keep(nong_ha, make_file(make_row({"เงินต้นคงเหลือ": 16000})))

    rows = rows_of(download(sign_in, file).content)

    assert "ในระบบคงเหลือ 17,500.00 บาท ในไฟล์ 16,525.00 บาท" in rows[3][-1]


def test_after_a_partial_import_the_page_still_offers_them(sign_in, nong_ha):
    file = keep(nong_ha, make_file(GOOD, WRONG))
    office = sign_in(make_officer(area=nong_ha.village))
    page = office.get(reverse("debts:registerfile", args=[file.pk]))
    form = page.context["form"]
    answers = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)
    }
    answers |= {"debts": 1, "total": "17500.00", "skip_errors": "on"}

    done = office.post(reverse("debts:registerfile-import", args=[file.pk]), answers, follow=True)

    assert "ดาวน์โหลดแถวที่ไม่ได้นำเข้า" in done.content.decode()
    assert len(rows_of(download(sign_in, file).content)) == 4


def test_a_file_without_refused_rows_has_no_such_sheet(sign_in, nong_ha):
    file = keep(nong_ha, make_file(GOOD))

    assert download(sign_in, file).status_code == 404


def test_the_download_is_recorded(sign_in, nong_ha):
    download(sign_in, keep(nong_ha, make_file(WRONG)))

    assert AuditEvent.objects.filter(action="export").exists()
