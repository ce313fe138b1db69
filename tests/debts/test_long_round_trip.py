"""An edited register too long to wait for: a worker compares it with the debts and carries it out; the pages follow."""

from decimal import Decimal

import pytest

from accounts.models import Job, Officer
from accounts.roles import Role
from debts.imports import long
from debts.models import Debt, Entry, RegisterFile
from tests.debts.nong_ha import make_nong_ha
from tests.debts.test_import_pages import text_of, upload, url
from tests.debts.test_round_trip import edit, export, make_old_debt
from tests.factories import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def office(sign_in, nong_ha):
    return sign_in(make_officer(Role.DISTRICT_OFFICER, area=nong_ha.village))


@pytest.fixture
def debts(nong_ha):
    return [make_old_debt(nong_ha, f"นายมั่น{letter} อิ่มบุญ") for letter in "กขคง"]


@pytest.fixture(autouse=True)
def _long_from_one_row(monkeypatch):
    monkeypatch.setattr("debts.imports.files.AT_ONCE", 1)


def bring_back(office, centre, *cells, **changes):
    content = edit(export(centre), *cells, **changes)
    return upload(office, centre, content, name="แก้ที่บ้าน.xlsx", follow=True)


def confirm(office, certain, **answers):
    file = RegisterFile.objects.get()
    return office.post(url("registerfile-import", file.pk), {"certain": certain, **answers}, follow=True)


def test_a_worker_compares_the_file_and_the_page_shows_the_differences(office, nong_ha, debts):
    page = text_of(bring_back(office, nong_ha, (0, "principal", 33500), (1, "principal", 3500), removed=[3]))

    assert "<s>35,000.00</s>" in page
    assert "<b>33,500.00</b>" in page
    assert "10 เท่า" in page
    assert "หายไปจากไฟล์ 1 รายการ" in page
    assert "ยอดรวมเปลี่ยน -1,500.00 บาท" in page
    assert RegisterFile.objects.get().kind == RegisterFile.Kind.EDITED
    assert Job.objects.first().message == "เทียบแล้ว ต่างจากข้อมูลในระบบ 2 แถว"


def test_a_worker_carries_out_what_the_officer_saw_and_confirmed(office, nong_ha, debts):
    new = {"name": "นายใหม่ อิ่มบุญ", "fund": debts[0].fund.name, "number": "5/2559", "principal": 1200}
    bring_back(office, nong_ha, (0, "principal", 33500), (1, "principal", 3500), added=[new])

    page = confirm(office, certain=2, row=[7])

    assert Job.objects.first().message == "แก้ไขหนี้ 2 รายการ เพิ่มหนี้ 1 รายการ ยอดรวมเปลี่ยน -31,800.00 บาท"
    assert sorted(Debt.objects.values_list("principal", flat=True)) == [1200, 3500, 33500, 35000, 35000]
    assert "รายการหนี้ที่แก้ไข" in text_of(page)


def test_what_changed_since_it_was_seen_is_not_carried_out(office, nong_ha, debts):
    bring_back(office, nong_ha, (0, "principal", 33500))

    page = confirm(office, certain=2)

    assert "ผลเปลี่ยนจากที่แสดงไว้ เป็น 1 แถว" in text_of(page)
    assert not Entry.objects.filter(kind=Entry.Kind.ADJUSTMENT).exists()


def test_a_change_cancelled_between_rows_leaves_nothing(office, nong_ha, debts, monkeypatch):
    monkeypatch.setattr("debts.imports.differences.TOLD", 1)
    bring_back(office, nong_ha, *[(row, "principal", 33500) for row in range(3)])
    report = long.Run.report_progress

    def cancel_after_two(run, doing, done=0, total=0):
        Job.objects.filter(pk=run.job.pk).update(is_to_stop=done >= 2)
        report(run, doing, done, total)

    monkeypatch.setattr(long.Run, "report_progress", cancel_after_two)
    page = confirm(office, certain=3)

    assert Job.objects.first().state == "cancelled"
    assert set(Debt.objects.values_list("principal", flat=True)) == {Decimal(35000)}
    assert "ไม่มีข้อมูลใดถูกบันทึก" in text_of(page)


def test_a_file_of_another_centre_is_refused_by_the_worker(office, nong_ha, debts):
    content = export(make_nong_ha(code="33100504"))
    upload(office, nong_ha, edit(content, added=[{"name": "ก ข", "principal": 1}] * 3), name="อื่น.xlsx")

    assert "ไม่ได้ส่งออกจากศูนย์ฯ ที่เลือก" in Job.objects.first().message


def test_an_officer_who_lost_the_right_changes_nothing(office, nong_ha, debts):
    bring_back(office, nong_ha, (0, "principal", 33500))
    officer = Officer.objects.get(pk=Job.objects.first().asked_by_id)
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    officer.refresh_from_db()
    file = RegisterFile.objects.get()

    long.ask(long.change, file=file, title="บันทึก", by=officer, accepted=[], skip_errors=False, certain=1)

    assert Job.objects.first().message == long.NOT_YOURS
    assert not Entry.objects.filter(kind=Entry.Kind.ADJUSTMENT).exists()
