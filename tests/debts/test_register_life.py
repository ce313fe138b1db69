"""The life of a register: begun, sent, returned, certified by somebody else, replaced by the next."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from debts.imports.files import reread
from debts.ledger_proofs import PROOFS
from debts.models import Debt, Entry, Register, RegisterMove
from debts.registers import certify as certifying
from debts.registers import start
from debts.registers.certify import certify
from debts.registers.columns import COLUMNS
from debts.registers.compare import compare
from debts.registers.life import (
    MOVES,
    CannotDecide,
    CannotSend,
    discard,
    move,
    remark,
    return_for_correction,
    send,
)
from debts.registers.rows import TypedRow, save_rows
from debts.registers.start import CannotBegin, begin, begin_from_file, begin_from_ledger
from debts.registers.verdict import Effect, judge
from households.models import Household, Person
from tests.debts.nong_ha import FORM, REGISTER, SAMPLES, keep_sample, make_nong_ha
from tests.factories import (
    AS_OF,
    line_of,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_register,
    make_sent_register,
    make_village,
)
from tests.world import OURS, THEIRS, make_world

pytestmark = pytest.mark.django_db
LATER = date(2018, 4, 30)
Status = Register.Status


@pytest.fixture
def fund():
    return make_fund(name="กองทุนหมู่บ้าน", rate="6")


@pytest.fixture
def head(fund):
    return make_officer(Role.DISTRICT_HEAD, area=fund.centre.village, first_name="ประพันธ์")


def certified(register, by) -> Register:
    return certify(register=register, sequence=register.sequence, by=by).register


def assert_ledger_is_proved():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


def retype(register, line, **values):
    """Type over cells of a stored line."""
    row = TypedRow(line.key, line.version, line.values | values)
    save_rows(register=register, rows=[row], by=register.created_by, at=line.changed_at)
    register.refresh_from_db()
    return register


# --- Beginning ---------------------------------------------------------------------------------------------
def test_a_centre_has_one_register_a_day(fund):
    register = make_register(fund.centre)

    with pytest.raises(CannotBegin, match="มีทะเบียน ณ วันที่ 30 เม.ย. 2560 ของศูนย์ฯ นี้แล้ว"):
        begin(centre=fund.centre, as_of_on=AS_OF, on=AS_OF, by=register.created_by)


def test_the_day_of_a_discarded_draft_is_free_again(fund):
    register = make_register(fund.centre)
    discard(register=register, by=register.created_by)

    assert begin(centre=fund.centre, as_of_on=AS_OF, on=AS_OF, by=register.created_by)


def test_a_register_is_not_of_a_day_to_come(fund):
    with pytest.raises(CannotBegin, match="ต้องไม่หลังวันนี้"):
        begin(centre=fund.centre, as_of_on=LATER, on=AS_OF, by=make_officer())


def test_a_copy_has_every_debt_owed_on_the_day_as_the_ledger_has_it(fund):
    household = make_household(fund.centre.village, house_number="18")
    debt = make_debt(household, fund, principal="20000", interest="525", lent_on=date(2015, 1, 8))
    make_debt(household, fund, principal="0")
    make_debt(household, fund, principal="500", on=LATER)

    register = begin_from_ledger(centre=fund.centre, as_of_on=AS_OF, on=AS_OF, by=make_officer())

    [line] = register.lines.all()
    assert line.debt == debt
    assert line.values["principal"] == "20,000.00"
    assert line.values["interest"] == "525.00"
    assert line.values["lent_on"] == "8 ม.ค. 2558"
    assert (line.errors, line.warnings) == (0, 0)


def test_a_copy_of_a_later_day_has_the_interest_to_that_day(fund):
    make_debt(make_household(fund.centre.village), fund, principal="20000", interest="525")

    register = begin_from_ledger(centre=fund.centre, as_of_on=LATER, on=LATER, by=make_officer())

    assert register.lines.get().values["interest"] == "1,725.00"


def test_a_file_becomes_lines_with_the_text_as_it_stands_also_of_wrong_rows():
    centre = make_nong_ha()
    file = keep_sample(centre, REGISTER)

    register = begin_from_file(file=file, as_of_on=AS_OF, on=AS_OF, by=make_officer())

    assert register.lines.count() > 30
    assert register.source == file
    assert {column for line in register.lines.all() for column in line.values} <= COLUMNS.keys()
    assert all(line.values.get("fund") for line in register.lines.all())


def test_a_form_of_contracts_is_no_register_to_begin_with():
    file = keep_sample(make_nong_ha(), FORM)

    with pytest.raises(CannotBegin, match="ไม่ใช่ทะเบียนลูกหนี้"):
        begin_from_file(file=file, as_of_on=AS_OF, on=AS_OF, by=make_officer())
    assert not Register.objects.exists()


def test_rows_of_a_hidden_sheet_are_left_out():
    centre = make_nong_ha()
    file = keep_sample(centre, REGISTER)
    found = reread(file)
    first, *others = found.sheets
    hidden = replace(found, sheets=(first, *(replace(sheet, hidden=True) for sheet in others)))

    assert len(list(start._rows_of(hidden))) == len(first.rows)


# --- Sending -----------------------------------------------------------------------------------------------
def test_a_register_is_sent_and_says_by_whom(fund):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    assert register.status == Status.SENT
    assert register.sent_by == register.created_by
    assert [(each.old, each.new) for each in register.moves.all()] == [("", "draft"), ("draft", "sent")]


def test_an_empty_register_is_not_sent(fund):
    register = make_register(fund.centre)

    with pytest.raises(CannotSend, match="ยังไม่มีรายการ"):
        send(register=register, by=register.created_by)


def test_a_register_with_errors_is_not_sent(fund):
    register = make_register(
        fund.centre, [line_of(fund=fund), line_of(fund=fund, principal="1,25", interest="x")]
    )

    with pytest.raises(CannotSend, match="มีข้อมูลที่ต้องแก้ไข 2 จุด"):
        send(register=register, by=register.created_by)
    assert str(judge(register).problems[0]) == (
        "แถว 2 เงินต้นคงเหลือ (บาท): ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน"
    )


def test_a_register_with_warnings_is_sent(fund):
    assert make_sent_register(fund.centre, [line_of(fund=fund, house_number="", lent="10")]).is_waiting


def test_the_same_paper_twice_is_not_sent(fund):
    register = make_register(fund.centre, [line_of(fund=fund, number="1/2558")] * 2)

    with pytest.raises(CannotSend, match="1 จุด"):
        send(register=register, by=register.created_by)


def test_a_difference_from_the_paper_must_be_known(fund):
    register = make_register(fund.centre, [line_of(fund=fund)])
    control = {"control_total": Decimal("21000"), "control_rows": 1}

    with pytest.raises(
        CannotSend, match="ผลรวม 20,000.00 บาท ต่างจากยอดในเอกสาร 21,000.00 บาท อยู่ 1,000.00 บาท"
    ):
        send(register=register, by=register.created_by, control=control)
    sent = send(register=register, by=register.created_by, control=control, difference_is_known=True)

    assert (sent.status, sent.control_total) == (Status.SENT, Decimal("21000"))


def test_only_a_draft_is_discarded(fund):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    with pytest.raises(CannotSend, match="รออำเภอตรวจ"):
        discard(register=register, by=register.created_by)


# --- Returning ---------------------------------------------------------------------------------------------
def returned(register, head, reason="แถว 1 ตรวจยอด") -> Register:
    return return_for_correction(register=register, sequence=register.sequence, reason=reason, by=head)


def test_a_returned_register_says_why_and_can_be_typed_in_again(fund, head):
    register = returned(make_sent_register(fund.centre, [line_of(fund=fund)]), head)

    register = retype(register, register.lines.get(), principal="25000")

    assert register.status == Status.RETURNED
    assert register.moves.last().reason == "แถว 1 ตรวจยอด"
    assert send(register=register, by=register.created_by).status == Status.CORRECTED


def test_a_register_is_not_returned_without_a_reason(fund, head):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    with pytest.raises(CannotDecide, match="ระบุเหตุผลที่ส่งคืน"):
        returned(register, head, reason=" ")


def test_remarks_hang_on_lines(fund, head):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    line = register.lines.get()

    remark(register=register, remarks={line.pk: "ตรวจกับสัญญา"}, by=head)

    assert register.lines.get().remark == "ตรวจกับสัญญา"


def test_a_remark_reaches_no_line_of_another_register(fund, head):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    other = make_register(fund.centre, [line_of(fund=fund)], as_of_on=LATER)

    remark(register=register, remarks={other.lines.get().pk: "ไม่ใช่ของแถวนี้"}, by=head)

    assert other.lines.get().remark == ""


def test_who_typed_one_line_does_not_decide(fund, head):
    register = make_register(fund.centre, [line_of(fund=fund)])
    row = TypedRow(register.lines.get().key, 1, line_of(fund=fund, principal="1"))
    save_rows(register=register, rows=[row], by=head, at=register.created_at)
    register = send(register=register, by=register.created_by)

    for decide in (certified, returned):
        with pytest.raises(CannotDecide, match="ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง"):
            decide(register, head)


def test_the_second_to_decide_is_told_who_was_first(fund, head):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    returned(register, head)

    with pytest.raises(CannotDecide, match="รายการนี้ถูกพิจารณาแล้วโดยประพันธ์ เมื่อ"):
        certified(register, make_officer(Role.PROVINCIAL_HEAD, area=fund.centre.village))


def test_a_register_is_decided_as_it_was_read(fund, head):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    with pytest.raises(CannotDecide, match="อ่านอีกครั้งก่อนพิจารณา"):
        certify(register=register, sequence=register.sequence - 1, by=head)


def test_a_draft_is_not_decided(fund, head):
    with pytest.raises(CannotDecide, match="ยังไม่ได้ส่ง"):
        certified(make_register(fund.centre, [line_of(fund=fund)]), head)


@pytest.mark.parametrize("old", Status.values)
@pytest.mark.parametrize("new", Status.values)
def test_a_move_that_the_table_does_not_have_is_refused(old, new, fund, head):
    register = Register(centre=fund.centre, as_of_on=AS_OF, status=old, created_by=head)
    register.certified_by, register.certified_at = (
        (head, "2019-03-15T00:00Z") if old[:2] in ("ce", "su") else (None, None)
    )
    register.save()
    if new in MOVES[old]:
        return

    with pytest.raises(CannotDecide):
        move(register, new, by=head)


def test_moves_are_written_once(fund):
    register = make_register(fund.centre)

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        register.moves.update(reason="อื่น")
    assert RegisterMove.objects.get().reason == ""


# --- Certifying --------------------------------------------------------------------------------------------
def test_new_lines_become_households_people_and_debts(fund, head):
    lines = [
        line_of(
            "นางแก้ว ทองสุข", "20000", fund, number="1/2558", interest="525", lent="30,000", lent_on="8/1/2558"
        ),
        line_of("นายบุญช่วย ทองสุข", "5000", fund, number="2/2558"),
        line_of("นายมี มาก", "700.50", fund, house_number="32/1"),
        line_of("นายหมด หนี้", "0", fund, house_number="9"),
    ]
    register = make_sent_register(fund.centre, lines)

    done = certify(register=register, sequence=register.sequence, by=head)

    assert (done.new, done.changed, done.households) == (3, 0, 2)
    assert done.difference == Decimal("26225.50")
    assert (Household.objects.count(), Person.objects.count()) == (2, 3)
    debt = Debt.objects.get(number="1/2558")
    assert (debt.principal, debt.interest, debt.lent, debt.rate_percent) == (20000, 525, 30000, 6)
    assert (debt.opened_on, debt.entries.get().kind) == (AS_OF, Entry.Kind.OPENING)
    assert [line.debt for line in register.lines.all()][0] == debt
    assert_ledger_is_proved()


def test_a_new_debt_has_the_guarantors_and_the_method_of_its_line(fund, head):
    line = line_of(fund=fund, guarantor="นายมี มาก, นางดี งาม", method="ดอกเบี้ยคงที่")
    register = make_sent_register(fund.centre, [line])

    certified(register, head)

    debt = Debt.objects.get()
    assert [str(each) for each in debt.guarantors.all()] == ["นายมี มาก", "นางดี งาม"]
    assert debt.method == "flat"


def test_a_line_with_other_figures_brings_its_debt_to_them(fund, head):
    household = make_household(fund.centre.village, house_number="18")
    debt = make_debt(household, fund, principal="20000", number="1/2558")
    register = make_sent_register(
        fund.centre, [line_of(principal="18,000", interest="90", fund=fund, number="1/2558")], as_of_on=LATER
    )

    done = certify(register=register, sequence=register.sequence, by=head)

    debt.refresh_from_db()
    entry = debt.entries.last()
    assert (done.new, done.changed) == (0, 1)
    assert (debt.principal, debt.interest) == (18000, 90)
    assert (entry.kind, entry.principal, entry.on) == (Entry.Kind.ADJUSTMENT, -2000, LATER)
    assert entry.note == "ตามทะเบียน ณ วันที่ 30 เม.ย. 2561"
    assert_ledger_is_proved()


def test_equal_lines_change_nothing_and_debts_without_a_line_stay(fund, head):
    household = make_household(fund.centre.village, house_number="18")
    make_debt(household, fund, principal="20000", number="1/2558")
    other = make_debt(household, fund, principal="300", number="2/2558")
    register = make_sent_register(fund.centre, [line_of(fund=fund, number="1/2558")])
    before = Entry.objects.count()

    done = certify(register=register, sequence=register.sequence, by=head)

    assert (done.new, done.changed, done.same, done.unnamed) == (0, 0, 1, 1)
    assert Entry.objects.count() == before
    assert judge(register).unnamed == (other,)


def test_a_copied_line_whose_name_was_put_right_is_still_its_debt(fund, head):
    debt = make_debt(make_household(fund.centre.village), fund)
    maker = make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village)
    register = begin_from_ledger(centre=fund.centre, as_of_on=LATER, on=LATER, by=maker)
    register = retype(register, register.lines.get(), name="นางแก้ว ทองสุขใจ", principal="19000")
    register = send(register=register, by=maker)

    [row] = judge(register).rows
    certified(register, head)

    assert "ในระบบผู้กู้ชื่อ นางแก้ว ทองสุข" in row.warnings[0]
    assert Debt.objects.get().principal == 19000
    assert Debt.objects.get().borrower == debt.borrower


def test_a_copy_certified_as_it_is_writes_nothing(fund, head):
    make_debt(make_household(fund.centre.village), fund, principal="20000")
    maker = make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village)
    register = begin_from_ledger(centre=fund.centre, as_of_on=LATER, on=LATER, by=maker)
    before = Entry.objects.count()

    certified(send(register=register, by=maker), head)

    [row] = judge(register).rows
    assert (row.effect, row.was_owed, Entry.objects.count()) == (Effect.SAME, 21200, before)


def test_a_principal_put_right_in_a_copy_leaves_the_interest_to_the_day_owed(fund, head):
    debt = make_debt(make_household(fund.centre.village), fund, principal="20000")
    maker = make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village)
    register = begin_from_ledger(centre=fund.centre, as_of_on=LATER, on=LATER, by=maker)
    register = retype(register, register.lines.get(), principal="19000")
    register = send(register=register, by=maker)

    [row] = judge(register).rows
    certified(register, head)

    assert row.warnings[-1] == "ในระบบคงเหลือ 21,200.00 บาท ในทะเบียน 20,200.00 บาท"
    debt.refresh_from_db()
    assert (debt.principal, debt.interest, debt.accrued_to) == (19000, 1200, LATER)


def test_two_lines_about_one_debt_are_a_problem(fund):
    make_debt(make_household(fund.centre.village, house_number="18"), fund, number="1/2558")
    maker = make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village)
    register = begin_from_ledger(centre=fund.centre, as_of_on=LATER, on=LATER, by=maker)
    row = TypedRow(uuid4(), 0, line_of(fund=fund, number="1/2558"))
    save_rows(register=register, rows=[row], by=maker, at=register.created_at)

    assert [str(problem) for problem in judge(register).problems] == [
        "แถว 2: เป็นหนี้รายเดียวกับแถว 1 ลบแถวหนึ่งออก"
    ]


def test_a_tenfold_figure_is_pointed_out(fund):
    make_debt(make_household(fund.centre.village, house_number="18"), fund, principal="2000", number="1/2558")
    register = make_register(fund.centre, [line_of(fund=fund, number="1/2558")], as_of_on=LATER)

    [row] = judge(register).rows

    assert row.effect == Effect.CHANGED
    assert row.warnings[-1] == "ยอดต่างจากเดิม 10 เท่าขึ้นไป ตรวจสอบจำนวนหลัก"


def test_a_debt_with_a_later_payment_or_a_contract_is_not_brought_to_older_figures(fund):
    household = make_household(fund.centre.village, house_number="18")
    paid = make_debt(household, fund, number="1/2558")
    make_payment(paid)
    merged = make_debt(make_household(fund.centre.village, house_number="7"), fund, number="2/2558")
    make_contract([merged])
    lines = [
        line_of(fund=fund, number="1/2558", principal="9"),
        line_of(fund=fund, number="2/2558", principal="9", house_number="7"),
    ]
    register = make_register(fund.centre, lines)

    texts = [problem.text for problem in judge(register).problems]

    assert texts == [
        "หนี้นี้มีรายการวันที่ 15 มิ.ย. 2560 แล้ว ระบุวันนั้นหรือหลังจากนั้น",
        "หนี้นี้รวมเข้าสัญญา 1 ครัวเรือน 1 สัญญา แล้ว ปรับยอดตามทะเบียนไม่ได้",
    ]


def test_the_register_before_is_superseded_and_read_only(fund, head):
    first = certified(make_sent_register(fund.centre, [line_of(fund=fund, number="1/2558")]), head)
    second = make_sent_register(
        fund.centre, [line_of(fund=fund, number="1/2558", principal="100")], as_of_on=LATER
    )

    certified(second, head)

    first.refresh_from_db()
    assert first.status == Status.SUPERSEDED
    assert first.moves.last().reason == "ใช้ทะเบียน ณ วันที่ 30 เม.ย. 2561 แทน"


def test_an_older_register_is_not_certified_after_a_newer_one(fund, head):
    certified(make_sent_register(fund.centre, [line_of(fund=fund, number="1/2558")], as_of_on=LATER), head)
    older = make_sent_register(fund.centre, [line_of("นายมี มาก", fund=fund)])

    with pytest.raises(CannotDecide, match="ซึ่งใหม่กว่า"):
        certified(older, head)


def test_certifying_that_breaks_at_the_end_writes_nothing(fund, head, monkeypatch):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    def breaks(*args):
        raise RuntimeError

    monkeypatch.setattr(certifying, "_record", breaks)

    with pytest.raises(RuntimeError):
        certified(register, head)
    assert (Debt.objects.count(), Household.objects.count()) == (0, 0)
    assert Register.objects.get().status == Status.SENT


def test_the_database_refuses_a_sender_who_certifies(fund):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    register.certified_by, register.certified_at = register.sent_by, register.sent_at

    with pytest.raises(ValidationError, match="ต้องให้ผู้อื่นรับรอง"):
        register.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        register.save()


def test_judging_asks_as_many_queries_for_more_lines(fund):
    def queries(register):
        register.centre.funds.all()
        with CaptureQueriesContext(connection) as seen:
            judge(register)
        return len(seen)

    few = make_register(fund.centre, [line_of(fund=fund)])
    lines = [line_of("นายมี มาก", fund=fund, house_number=str(number)) for number in range(1, 31)]
    many = make_register(fund.centre, lines, as_of_on=LATER)

    assert queries(many) == queries(few)


# --- Comparing ---------------------------------------------------------------------------------------------
def test_two_registers_differ_by_lines_added_gone_and_changed(fund):
    older = make_register(
        fund.centre,
        [
            line_of(fund=fund, number="1/2558"),
            line_of("นายมี มาก", "700", fund),
            line_of("นายคง เดิม", "9", fund),
        ],
    )
    newer = make_register(
        fund.centre,
        [
            line_of(fund=fund, number="1/2558", principal="18000", interest="0"),
            line_of("นายคง เดิม", "9", fund),
            line_of("นายมา ใหม่", "50", fund),
        ],
        as_of_on=LATER,
    )

    found = compare(older=older, newer=newer)

    assert [row.read.values["name"] for row in found.added] == ["นายมา ใหม่"]
    assert [row.read.values["name"] for row in found.gone] == ["นายมี มาก"]
    [changed] = found.changed
    assert [(each.label, each.old, each.new) for each in changed.changes] == [
        ("เงินต้นคงเหลือ (บาท)", "20,000.00", "18,000.00")
    ]
    assert (found.same, found.difference) == (1, Decimal("-2650.00"))


def test_a_register_does_not_differ_from_itself_typed_otherwise(fund):
    older = make_register(fund.centre, [line_of(fund=fund, principal="๒๐,๐๐๐")])
    newer = make_register(fund.centre, [line_of(fund=fund, interest="-")], as_of_on=LATER)

    assert compare(older=older, newer=newer).is_same


# --- The pages ---------------------------------------------------------------------------------------------
def page(name, register):
    return reverse(f"debts:register-{name}" if name else "debts:register", args=[register.pk])


def text(response) -> str:
    return response.content.decode()


def test_a_register_is_begun_on_its_page(fund, sign_in):
    client = sign_in(make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village))

    response = client.post(
        reverse("debts:register-new"),
        {"centre": fund.centre.pk, "as_of_on": "๑๕ มี.ค. ๒๕๖๒", "start": "empty"},
    )

    register = Register.objects.get()
    assert register.as_of_on == date(2019, 3, 15)
    assert response["Location"] == page("edit", register)


def test_a_day_that_is_taken_leads_to_the_register_that_has_it(fund, sign_in):
    register = make_register(fund.centre)
    answers = {"centre": fund.centre.pk, "as_of_on": "30/4/2560", "start": "empty"}

    shown = text(sign_in(register.created_by).post(reverse("debts:register-new"), answers))

    assert "มีทะเบียน ณ วันที่ 30 เม.ย. 2560 ของศูนย์ฯ นี้แล้ว" in shown
    assert f'href="{page("", register)}"' in shown


def test_a_register_begins_with_a_file_on_its_page(sign_in):
    centre = make_nong_ha()
    client = sign_in(make_officer(Role.DISTRICT_OFFICER, area=centre.village))
    with (SAMPLES / REGISTER).open("rb") as file:
        answers = {"centre": centre.pk, "as_of_on": "30/4/2560", "start": "file", "file": file}
        response = client.post(reverse("debts:register-new"), answers)

    assert response.status_code == 302
    assert Register.objects.get().start == "file"


def test_beginning_with_a_file_asks_for_the_file(fund, sign_in):
    client = sign_in(make_officer(Role.DISTRICT_OFFICER, area=fund.centre.village))

    response = client.post(
        reverse("debts:register-new"), {"centre": fund.centre.pk, "as_of_on": "30/4/2560", "start": "file"}
    )

    assert "เลือกไฟล์" in text(response)


def test_the_sending_page_lists_what_must_be_put_right(fund, sign_in):
    register = make_register(fund.centre, [line_of(fund=fund, principal="")])
    client = sign_in(register.created_by)

    response = client.get(page("send", register))

    assert "แถว 1 เงินต้นคงเหลือ (บาท): ระบุจำนวนเงินเป็นตัวเลข" in text(response)


def test_a_register_goes_from_its_maker_to_the_head_and_into_the_ledger(fund, head, sign_in):
    register = make_register(fund.centre, [line_of(fund=fund)])
    sign_in(register.created_by).post(page("send", register), {"control_total": "20,000"})
    client = sign_in(head)
    assert "นางแก้ว ทองสุข" in text(client.get(page("review", register)))
    register.refresh_from_db()

    client.post(page("certify", register), {"sequence": register.sequence})

    register.refresh_from_db()
    assert (register.status, register.certified_by) == (Status.CERTIFIED, head)
    assert Debt.objects.get().principal == 20000


def test_a_register_is_returned_with_remarks_from_its_review_page(fund, head, sign_in):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    line = register.lines.get()
    answers = {
        "sequence": register.sequence,
        f"remark-{line.pk}": "ตรวจยอด",
        "return": "1",
        "reason": "ดูแถว 1",
    }

    sign_in(head).post(page("review", register), answers)
    shown = text(sign_in(register.created_by).get(page("", register)))

    assert "ส่งคืนแก้ไข" in shown
    assert "ดูแถว 1" in shown
    assert "ตรวจยอด" in shown


def test_returning_without_a_reason_keeps_the_remarks_and_asks_for_it(fund, head, sign_in):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    line = register.lines.get()

    response = sign_in(head).post(
        page("review", register),
        {"sequence": register.sequence, f"remark-{line.pk}": "ตรวจยอด", "return": "1"},
    )

    assert "ระบุเหตุผลที่ส่งคืน" in text(response)
    assert register.lines.get().remark == "ตรวจยอด"


@pytest.mark.parametrize("name", ["review", "certify"])
def test_a_head_who_typed_the_register_is_told_that_another_must_certify(name, fund, head, sign_in):
    register = make_sent_register(fund.centre, [line_of(fund=fund)], by=head)

    for method in ("get", "post"):
        response = getattr(sign_in(head), method)(
            page(name, register), {"sequence": register.sequence}, follow=True
        )

        assert "ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง" in text(response)
    register.refresh_from_db()
    assert register.status == Status.SENT


EVERYONE = [*Role]
ACTS = {
    "edit": {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD},
    "rows": {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD},
    "send": {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD},
    "discard": {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD},
    "review": {Role.DISTRICT_HEAD, Role.PROVINCIAL_HEAD},
    "certify": {Role.DISTRICT_HEAD, Role.PROVINCIAL_HEAD},
    "compare": {Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_STAFF, Role.PROVINCIAL_HEAD},
}


@pytest.mark.parametrize("role", EVERYONE)
@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_for_its_roles(name, role, fund, sign_in):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])
    client = sign_in(make_officer(role, area=fund.centre.village))

    response = client.get(page(name, register))

    assert (response.status_code != 403) == (role in ACTS[name])


def test_the_review_shows_nothing_of_another_district(sign_in):
    ours, theirs = make_world(OURS), make_world(THEIRS)
    register = Register.objects.get(pk=ours["register_pk"])
    send(register=register, by=register.created_by)
    client = sign_in(make_officer(Role.DISTRICT_HEAD, area=register.centre.village))

    for name in ("review", "certify", ""):
        shown = text(client.get(page(name, register)))
        assert OURS in shown
        assert THEIRS not in shown
    assert client.get(page("compare", register), {"with": theirs["register_pk"]}).status_code == 404


def test_a_certified_register_is_not_typed_in(fund, head, sign_in):
    register = certified(make_sent_register(fund.centre, [line_of(fund=fund)]), head)
    client = sign_in(register.created_by)

    response = client.post(
        page("rows", register),
        {"rows": [{"key": str(register.lines.get().key), "version": 1, "values": {"name": "x"}}]},
        content_type="application/json",
    )

    assert response.status_code == 409


def test_the_list_of_registers_sums_up_each_one(fund, sign_in):
    lines = [line_of(fund=fund, principal="100.25"), line_of("นายมี มาก", "200", fund, house_number="7")]
    register = make_register(fund.centre, [*lines, {}])

    shown = text(sign_in(register.created_by).get(reverse("debts:registers")))

    assert "300.25" in shown
    assert "ร่าง" in shown


def test_a_register_of_another_centre_is_no_register_to_compare_with(fund, sign_in):
    register = make_register(fund.centre)
    other = make_register(make_centre(make_village("33100504", "บ้านใหม่")))
    client = sign_in(register.created_by)

    assert client.get(page("compare", register), {"with": other.pk}).status_code == 404
