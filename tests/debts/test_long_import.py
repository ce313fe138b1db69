"""A file too long to wait for: a worker looks at it, imports it and takes it back; the pages follow."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Job, Officer
from accounts.roles import Role
from debts.imports import long
from debts.imports.files import CannotImport, discard
from debts.imports.register import import_register
from debts.models import Contract, Debt, RegisterFile
from households.models import Household
from tests.debts.nong_ha import FORM, REGISTER, SAMPLES, make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_xlsx
from tests.factories import make_job, make_officer

pytestmark = pytest.mark.django_db
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ", "ข้อมูล ณ วันที่ 30 เมษายน 2560")


@pytest.fixture(autouse=True)
def _long_from_ten_rows(monkeypatch):
    monkeypatch.setattr("debts.imports.files.AT_ONCE", 10)


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def office(sign_in, nong_ha):
    return sign_in(make_officer(Role.DISTRICT_HEAD, area=nong_ha.village))


def url(name, *args):
    return reverse(f"debts:{name}", args=args)


def upload(office, centre, content=None, name=REGISTER):
    content = content or (SAMPLES / name).read_bytes()
    answers = {"centre": centre.pk, "file": SimpleUploadedFile(name, content)}
    return office.post(url("register-import"), answers, follow=True)


def stored() -> RegisterFile:
    return RegisterFile.objects.get()


def shown(page) -> dict:
    form, preview = page.context["form"], page.context["preview"]
    answers = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)
    }
    return answers | {"debts": preview.new, "total": str(preview.new_total)}


def preview(office):
    return office.get(url("registerfile", stored().pk))


def confirm(office, **changes):
    answers = shown(preview(office)) | changes
    return office.post(url("registerfile-import", stored().pk), answers, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def newest_job() -> Job:
    return Job.objects.first()


def make_long(*rows) -> bytes:
    good = [make_row({"เลขที่สัญญา": f"{number}/2558"}) for number in range(1, 13)]
    return make_xlsx((TITLE[0],), (TITLE[1],), HEAD, *good, *rows)


def test_a_worker_looks_at_the_file_and_the_page_shows_what_it_found(office, nong_ha):
    page = upload(office, nong_ha)

    for words in ("607,200.00", "นำเข้า 36 รายการ", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองฮะ", "จัดทำเบื้องหลัง"):
        assert words in text_of(page)
    assert page.context["preview"].by_fund[0]["debts"] == 13
    assert stored().as_of_on == date(2017, 4, 30)
    assert not Debt.objects.exists()


def test_a_worker_imports_what_the_officer_saw(office, nong_ha):
    upload(office, nong_ha)

    page = confirm(office)

    assert "ผลการนำเข้า" in text_of(page)
    assert (Debt.objects.count(), Household.objects.count()) == (36, 15)
    assert newest_job().message == "นำเข้าหนี้ 36 รายการ 607,200.00 บาท"
    assert stored().imported_by == Officer.objects.get(pk=newest_job().asked_by_id)


def test_answers_are_remembered_and_looked_at_again(office, nong_ha):
    upload(office, nong_ha)

    answers = shown(preview(office)) | {"sheets": ["กองทุนหมู่บ้าน"], "control_total": "๒๐๐,๐๐๐"}
    page = office.post(url("registerfile", stored().pk), answers, follow=True)

    assert page.context["preview"].new == 13
    assert "ต่างจากยอดในเอกสาร 200,000.00 บาท อยู่ 10,000.00 บาท" in text_of(page)


def test_what_changed_since_it_was_seen_is_not_imported(office, nong_ha):
    upload(office, nong_ha)

    page = confirm(office, sheets=["กองทุนหมู่บ้าน"])

    assert "ผลเปลี่ยนจากที่แสดงไว้ เป็น 13 รายการ" in text_of(page)
    assert not Debt.objects.exists()


def test_refused_rows_are_kept_for_download_before_and_after(office, nong_ha):
    wrong = make_row({"เลขที่สัญญา": "99/2558", "เงินต้นคงเหลือ": "มาก"})
    upload(office, nong_ha, make_long(wrong))
    address = url("registerfile-refused", stored().pk)

    before = office.get(address)
    confirm(office, skip_errors="on")
    after = office.get(address)

    assert Debt.objects.count() == 12
    for response in (before, after):
        rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
        assert (rows[3][1], rows[3][-2]) == ("99/2558", 525)
        assert "เงินต้นคงเหลือ (บาท)" in rows[3][-1]


def test_a_long_file_is_taken_back_by_a_worker(office, nong_ha):
    upload(office, nong_ha)
    confirm(office)

    page = office.post(url("registerfile-withdraw", stored().pk), {"reason": "ผิดไฟล์"}, follow=True)

    assert "ถูกยกเลิกทั้งชุดแล้ว เหตุผล: ผิดไฟล์" in text_of(page)
    assert not Debt.objects.exists()
    assert newest_job().message == "ยกเลิกการนำเข้าหนี้ 36 รายการแล้ว"


def test_a_file_whose_columns_are_in_doubt_is_said_and_can_be_put_aside(office, nong_ha):
    page = upload(office, nong_ha, make_xlsx(*[("ชื่อ", "โทรศัพท์")] * 12), name="โทร.xlsx")

    assert "จับคู่คอลัมน์ก่อน" in text_of(page)
    assert "ยกเลิกไฟล์นี้" in text_of(page)
    assert "ลองใหม่" in text_of(page)


def test_a_long_form_is_refused(office, nong_ha):
    page = upload(office, nong_ha, name=FORM)

    assert "แบ่งเป็นหลายไฟล์" in text_of(page)
    assert not Contract.objects.exists()


def test_while_a_worker_is_at_it_the_page_shows_how_far(office, nong_ha):
    upload(office, nong_ha)
    make_job(
        Officer.objects.get(pk=newest_job().asked_by_id),
        subject=f"register-file {stored().pk}",
        state="running",
        doing="บันทึกรายการ",
        done=12_000,
        total=36_000,
    )

    page = text_of(preview(office))

    assert "บันทึกรายการ 12,000 จาก 36,000" in page
    assert "ยกเลิกงานนี้" in page


def test_while_a_worker_is_at_it_nothing_else_is_begun(office, nong_ha):
    upload(office, nong_ha)
    answers = shown(preview(office))
    make_job(subject=f"register-file {stored().pk}", state="running", title="ตรวจไฟล์")

    response = office.post(url("registerfile-import", stored().pk), answers)

    assert "ระบบกำลังจัดทำงานอื่นของไฟล์นี้" in text_of(response)
    with pytest.raises(CannotImport, match="ยกเลิกงานก่อน"):
        discard(file=stored(), by=stored().uploaded_by)


def test_an_officer_who_lost_the_right_imports_nothing(office, nong_ha, monkeypatch):
    upload(office, nong_ha)
    officer = Officer.objects.get(pk=newest_job().asked_by_id)
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    officer.refresh_from_db()

    long.ask(long.bring_in, file=stored(), title="นำเข้า", by=officer, debts=36, total="607200.00")

    assert newest_job().message == long.NOT_YOURS
    assert not Debt.objects.exists()


def test_a_job_cancelled_between_batches_leaves_nothing(office, nong_ha, monkeypatch):
    monkeypatch.setattr("debts.imports.register.BATCH", 10)
    upload(office, nong_ha)

    def import_and_cancel(*, report, **options):
        def told(doing, done=0, total=0):
            Job.objects.filter(state="running").update(is_to_stop=done >= 10)
            report(doing, done, total)

        return import_register(report=told, **options)

    monkeypatch.setattr("debts.imports.long.import_register", import_and_cancel)
    page = confirm(office)

    assert newest_job().state == "cancelled"
    assert newest_job().done >= 10
    assert (Debt.objects.count(), Household.objects.count()) == (0, 0)
    assert "ไม่มีข้อมูลใดถูกบันทึก" in text_of(page)
    assert "นำเข้า 36 รายการ" in text_of(page)
