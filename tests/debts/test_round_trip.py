"""A register goes out to Excel, is edited at home, and only the differences come back."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.imports.codes import debt_code
from debts.imports.differences import State, apply, compare, register_to_edit
from debts.imports.files import CannotImport, reread
from debts.models import Debt, Entry, RegisterFile
from debts.repayment import owed_on
from debts.sheets.edited import TO_EDIT
from debts.sheets.limits import CannotOpen
from tests.debts.nong_ha import keep, make_nong_ha
from tests.debts.test_import_pages import text_of, upload, url
from tests.factories import make_contract, make_debt, make_household, make_officer, make_payment

pytestmark = pytest.mark.django_db
COLUMNS = TO_EDIT
FIRST_ROW = 6


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def office(sign_in, nong_ha):
    return sign_in(make_officer(Role.DISTRICT_OFFICER, area=nong_ha.village))


@pytest.fixture
def debt(nong_ha):
    """A debt of 35,000 baht lent of 40,000, without interest."""
    return make_old_debt(nong_ha)


def make_old_debt(centre, head="นางแก้ว ทองสุข", **fields) -> Debt:
    household = make_household(centre.village, head=head)
    fields = {"lent": Decimal(40000), "rate_percent": Decimal(0), **fields}
    return make_debt(household, centre.funds.first(), principal="35000", **fields)


def export(centre, at=None) -> bytes:
    return register_to_edit(centre=centre, at=at or timezone.now(), by=make_officer(area=centre.village))


def edit(content: bytes, *cells, added=(), removed=()) -> bytes:
    """The workbook with cells (row counted from the first debt, our key, value) changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    for row, key, value in cells:
        sheet.cell(FIRST_ROW + row, COLUMNS.index(key) + 1).value = value
    for row in added:
        sheet.append([row.get(key) for key in COLUMNS])
    for row in removed:
        sheet.delete_rows(FIRST_ROW + row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bring_back(centre, content: bytes) -> RegisterFile:
    return keep(centre, content, name="แก้ที่บ้าน.xlsx")


def compared(centre, *cells, at=None, **changes):
    file = bring_back(centre, edit(export(centre, at), *cells, **changes))
    return compare(edited=reread(file), centre=centre)


def carry_out(file, **options):
    options = {"on": timezone.localdate(), "by": file.uploaded_by, **options}
    return apply(file=file, edited=reread(file), **options)


def one(found):
    [row] = found.rows
    return row


def texts(row) -> list[str]:
    return [str(change) for change in row.changes]


def test_a_file_that_nobody_edited_has_no_differences(nong_ha, debt):
    make_old_debt(nong_ha, "นายมั่น อิ่มบุญ", rate_percent=Decimal("6.5"), due_on=None, lent=None)

    found = compared(nong_ha)

    assert [row.state for row in found.rows] == [State.SAME, State.SAME]
    assert (found.shown, found.gone) == ([], ())


def test_the_file_holds_the_open_old_debts_of_the_centre_alone(nong_ha, debt):
    make_contract([make_old_debt(nong_ha, "นายมั่น อิ่มบุญ")])
    make_old_debt(make_nong_ha(code="33100504"), "นายไกล อยู่ดี")

    sheet = openpyxl.load_workbook(io.BytesIO(export(nong_ha))).active

    names = [sheet.cell(row, COLUMNS.index("name") + 1).value for row in range(FIRST_ROW, sheet.max_row + 1)]
    assert names == ["นางแก้ว ทองสุข"]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("principal", 33500, "เงินต้นคงเหลือ (บาท) 35,000.00 → 33,500.00"),
        ("principal", "๓๓,๕๐๐", "เงินต้นคงเหลือ (บาท) 35,000.00 → 33,500.00"),
        ("interest", 120.5, "ดอกเบี้ยค้างชำระ (บาท) 0.00 → 120.50"),
        ("number", "99/2558", "เลขที่สัญญา {number} → 99/2558"),
        ("due_on", "1/4/2560", "วันครบกำหนด 8 มี.ค. 2559 → 1 เม.ย. 2560"),
        ("lent", 41000, "วงเงินกู้ (บาท) 40,000.00 → 41,000.00"),
        ("rate_percent", "6", "ดอกเบี้ย (ร้อยละต่อปี) 0 → 6"),
        ("note", "ย้ายบ้าน", "หมายเหตุ ว่าง → ย้ายบ้าน"),
        ("name", "นางสาวแก้ว ทองศุข", "ชื่อ–สกุล ผู้กู้ นางแก้ว ทองสุข → นางสาวแก้ว ทองศุข"),
    ],
)
def test_a_changed_cell_is_told_as_before_and_after(nong_ha, debt, key, value, text):
    row = one(compared(nong_ha, (0, key, value)))

    assert texts(row) == [text.format(number=debt.number)]
    assert row.state == State.CHANGED


@pytest.mark.parametrize(
    ("key", "value", "doubt"),
    [
        ("principal", 350000, "10 เท่า"),
        ("principal", 3500, "10 เท่า"),
        ("principal", 40001, "มากกว่าวงเงินกู้"),
        ("principal", 0, "หนี้จะปิดบัญชี"),
        ("name", "นายสมชาย ใจดี", "ของคนอื่น"),
    ],
)
def test_what_looks_like_a_slip_stands_first_and_waits_for_a_yes(nong_ha, debt, key, value, doubt):
    make_old_debt(nong_ha, "นายมั่น อิ่มบุญ")

    found = compared(nong_ha, (1, "note", "ก"), (0, key, value))

    assert found.shown[0].state == State.DOUBTFUL
    assert doubt in found.shown[0].doubts[0]
    assert [row.state for row in found.to_apply()] == [State.CHANGED]
    assert len(found.to_apply([found.shown[0].read.row])) == 2


def test_a_changed_balance_becomes_one_entry_that_names_the_file(nong_ha, debt):
    file = bring_back(nong_ha, edit(export(nong_ha), (0, "principal", 33500), (0, "interest", 100)))

    done = carry_out(file)

    entry = Entry.objects.get(debt=debt, kind=Entry.Kind.ADJUSTMENT)
    assert (entry.principal, entry.interest, entry.note) == (-1500, 100, "ไฟล์ แก้ที่บ้าน.xlsx แถว 6")
    assert (done.changed, done.new, done.balance) == (1, 0, -1400)


def test_interest_up_to_the_day_of_the_file_is_kept_when_only_the_principal_changes(nong_ha):
    debt = make_old_debt(nong_ha, rate_percent=Decimal(6))
    content = export(nong_ha)
    owed = one(compare(edited=reread(bring_back(nong_ha, content)), centre=nong_ha)).debt.owed["interest"]
    assert owed > 0

    carry_out(bring_back(nong_ha, edit(content, (0, "principal", 34000))))

    debt.refresh_from_db()
    assert (debt.principal, debt.interest, debt.accrued_to) == (34000, owed, timezone.localdate())


def test_another_rate_holds_from_the_day_of_the_file_on(nong_ha):
    debt = make_old_debt(nong_ha, rate_percent=Decimal(6))
    today = timezone.localdate()
    owed = owed_on(debt, on=today).total

    carry_out(bring_back(nong_ha, edit(export(nong_ha), (0, "rate_percent", "3"))))

    debt.refresh_from_db()
    assert debt.rate_percent == 3
    assert owed_on(debt, on=today).total == owed
    assert owed_on(debt, on=today + timedelta(365)).total == owed + 1050


def test_facts_are_corrected_with_a_record_of_before_and_after(nong_ha, debt):
    changes = [(0, "number", "99/2558"), (0, "lent_on", "1/3/2558"), (0, "name", "นางแก้ว ทองศุข")]
    file = bring_back(nong_ha, edit(export(nong_ha), *changes))

    carry_out(file)

    debt.refresh_from_db()
    assert (debt.number, debt.lent_on, str(debt.borrower)) == ("99/2558", date(2015, 3, 1), "นางแก้ว ทองศุข")
    assert not Entry.objects.filter(kind=Entry.Kind.ADJUSTMENT).exists()
    recorded = AuditEvent.objects.filter(action__in=["debt-edit", "person-rename", "register-edit"])
    assert recorded.count() == 3


def test_a_new_row_becomes_a_debt_of_the_village(nong_ha, debt):
    new = {"name": "นายมั่น อิ่มบุญ", "fund": debt.fund.name, "number": "5/2559", "principal": 1200}
    file = bring_back(nong_ha, edit(export(nong_ha), added=[new]))

    done = carry_out(file)

    added = Debt.objects.get(number="5/2559")
    assert (done.new, added.principal, str(added.borrower)) == (1, 1200, "นายมั่น อิ่มบุญ")
    assert (added.source, added.source_row) == (file, 7)


def test_a_new_row_of_a_fund_that_is_not_there_is_an_error(nong_ha, debt):
    new = {"name": "นายมั่น อิ่มบุญ", "fund": "กองทุนข้าว", "principal": 1200}

    found = compared(nong_ha, added=[new])

    assert "ศูนย์ฯ ไม่มีกลุ่ม/กองทุนชื่อ “กองทุนข้าว”" in found.of(State.ERROR)[0].errors[0]


def test_a_row_taken_out_is_named_and_nothing_happens_to_its_debt(nong_ha, debt):
    found = compared(nong_ha, removed=[0], added=[{"name": "นายมั่น อิ่มบุญ", "fund": "ก", "principal": 1}])

    assert found.gone == (debt,)


def test_a_code_of_another_centre_or_a_changed_one_is_refused(nong_ha, debt):
    others = make_old_debt(make_nong_ha(code="33100504"), "นายไกล อยู่ดี")
    theirs = debt_code(others.pk, others.fund.centre)
    ours = debt_code(others.pk, nong_ha)
    forged = debt_code(debt.pk, nong_ha).replace(f"{debt.pk}~", f"{others.pk}~")

    for code in (theirs, ours, forged, "1", "x~y"):
        row = one(compared(nong_ha, (0, "code", code)))
        assert "รหัสรายการไม่ใช่ของศูนย์ฯ นี้" in row.errors[0], code


def test_a_code_used_twice_is_an_error(nong_ha, debt):
    make_old_debt(nong_ha, "นายมั่น อิ่มบุญ")

    found = compared(nong_ha, (1, "code", debt_code(debt.pk, nong_ha)))

    assert found.of(State.ERROR)[0].errors == ["รหัสรายการซ้ำกับแถว 6"]


@pytest.mark.parametrize("code", ["", "2026-01-01T00:00:00+00:00~forged"])
def test_a_file_whose_own_code_is_missing_or_forged_is_refused(nong_ha, debt, code):
    book = openpyxl.load_workbook(io.BytesIO(export(nong_ha)))
    book.active["A3"] = f"รหัสการส่งออก {code}"
    made = io.BytesIO()
    book.save(made)

    with pytest.raises(CannotOpen, match="ไม่ได้ส่งออกจากศูนย์ฯ ที่เลือก"):
        bring_back(nong_ha, made.getvalue())


def test_a_file_of_another_centre_is_refused(nong_ha, debt):
    with pytest.raises(CannotOpen, match="ไม่ได้ส่งออกจากศูนย์ฯ ที่เลือก"):
        bring_back(make_nong_ha(code="33100504"), export(nong_ha))


def test_a_payment_after_the_export_is_not_undone_by_the_file(nong_ha, debt):
    content = export(nong_ha)
    make_payment(debt, "1000", on=timezone.localdate())

    row = one(compare(edited=reread(bring_back(nong_ha, content)), centre=nong_ha))

    assert row.state == State.KEPT
    assert "มีรายการบัญชีหลังส่งออก" in row.notes[0]


def test_the_same_file_twice_changes_nothing_the_second_time(nong_ha, debt):
    content = edit(export(nong_ha), (0, "principal", 33500), (0, "number", "99/2558"))
    carry_out(bring_back(nong_ha, content))

    again = bring_back(nong_ha, content)
    resaved = bring_back(nong_ha, edit(content, (0, "sequence", 7)))

    assert again.imported_at is not None
    with pytest.raises(CannotImport, match="เคยนำเข้าแล้ว"):
        carry_out(again)
    with pytest.raises(CannotImport, match="ไม่มีการเปลี่ยนแปลง"):
        carry_out(resaved)
    assert Entry.objects.filter(kind=Entry.Kind.ADJUSTMENT).count() == 1


def test_one_row_that_cannot_be_leaves_everything_as_it_was(nong_ha, debt):
    other = make_debt(debt.household, debt.fund, principal="100", rate_percent=Decimal(0))
    content = edit(export(nong_ha), (0, "principal", 33500), (1, "number", debt.number))

    with pytest.raises(CannotImport, match="มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว ไม่มีข้อมูลใดถูกบันทึก"):
        carry_out(bring_back(nong_ha, content))

    debt.refresh_from_db()
    assert debt.principal == 35000
    assert Debt.objects.get(pk=other.pk).number == other.number


def test_rows_with_errors_are_left_out_only_when_the_officer_says_so(nong_ha, debt):
    make_old_debt(nong_ha, "นายมั่น อิ่มบุญ")
    file = bring_back(nong_ha, edit(export(nong_ha), (0, "principal", "มาก"), (1, "note", "ก")))

    with pytest.raises(CannotImport, match="1 แถวมีข้อมูลที่ต้องแก้ไข"):
        carry_out(file)
    done = carry_out(file, skip_errors=True)

    assert (done.changed, debt.principal) == (1, 35000)


def test_a_result_the_officer_did_not_see_is_shown_first(nong_ha, debt):
    file = bring_back(nong_ha, edit(export(nong_ha), (0, "note", "ก")))

    with pytest.raises(CannotImport, match="ผลเปลี่ยนจากที่แสดงไว้"):
        carry_out(file, expected=2)


def test_house_and_fund_are_changed_elsewhere(nong_ha, debt):
    row = one(compared(nong_ha, (0, "house_number", "999"), (0, "fund", "กข.คจ.")))

    assert row.state == State.KEPT
    assert len(row.notes) == 2


def test_a_column_taken_out_of_the_file_changes_nothing(nong_ha, debt):
    book = openpyxl.load_workbook(io.BytesIO(export(nong_ha)))
    book.active.delete_cols(COLUMNS.index("number") + 1)
    made = io.BytesIO()
    book.save(made)

    row = one(compare(edited=reread(bring_back(nong_ha, made.getvalue())), centre=nong_ha))

    assert row.state == State.SAME


def test_the_path_from_the_list_to_excel_and_back(office, nong_ha, debt):
    listed = office.get(url("debts"), {"centre": nong_ha.pk})
    content = office.get(url("register-to-edit", nong_ha.pk)).content
    page = upload(office, nong_ha, edit(content, (0, "principal", 33500)), name="แก้ที่บ้าน.xlsx", follow=True)
    file = RegisterFile.objects.get()
    done = office.post(url("registerfile-import", file.pk), {"certain": 1}, follow=True)

    assert url("register-to-edit", nong_ha.pk) in text_of(listed)
    assert "<s>35,000.00</s>" in text_of(page)
    assert "<b>33,500.00</b>" in text_of(page)
    assert "แก้ไขหนี้ 1 รายการ เพิ่มหนี้ 0 รายการ ยอดรวมเปลี่ยน -1,500.00 บาท" in text_of(done)
    assert AuditEvent.objects.filter(action="register-export").count() == 1


def test_a_doubtful_row_is_changed_when_it_is_confirmed(office, nong_ha, debt):
    content = edit(export(nong_ha), (0, "principal", 3500))
    upload(office, nong_ha, content, name="แก้ที่บ้าน.xlsx")
    file = RegisterFile.objects.get()

    refused = office.post(url("registerfile-import", file.pk), {"certain": 0})
    done = office.post(url("registerfile-import", file.pk), {"certain": 0, "row": [6]}, follow=True)

    assert "ไม่มีการเปลี่ยนแปลงให้บันทึก" in text_of(refused)
    assert "แก้ไขหนี้ 1 รายการ" in text_of(done)
    debt.refresh_from_db()
    assert debt.principal == 3500


def test_the_number_of_queries_does_not_grow_with_the_rows(nong_ha):
    def queries(debts):
        for number in range(debts):
            make_old_debt(nong_ha, f"นายมั่น{'กขคงจฉชซ'[number]} อิ่มบุญ")
        edited = reread(bring_back(nong_ha, export(nong_ha)))
        with CaptureQueriesContext(connection) as caught:
            compare(edited=edited, centre=nong_ha)
        return len(caught)

    assert queries(1) == queries(7)
