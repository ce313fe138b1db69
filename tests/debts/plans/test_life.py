"""A change of plan is proposed by one officer, approved by others, and can be taken back."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.roles import Role
from debts.arrears import lines_of
from debts.consolidation import CannotCancel, cancel
from debts.ledger_proofs import PROOFS
from debts.models import Case, Contract, Debt, Entry, Instalment, PlanChange
from debts.papers.content import content_now, paper_of
from debts.plans import notes
from debts.plans.life import MOVES, approve, preview, refuse, undo, withdraw
from debts.plans.notes import warnings_of
from debts.plans.outcome import CannotChangePlan
from debts.plans.recovery import recover, written_off
from debts.plans.versions import schedule_of, terms_now, terms_on
from debts.progress import HouseholdState, standing_of
from debts.repayment import CannotPay, owed_on, reverse_payment
from tests.factories import (
    REPLANNED,
    apply_plan_change,
    approve_plan_change,
    make_contract,
    make_debt,
    make_guarantor,
    make_officer,
    make_payment,
    make_person,
    make_plan_change,
)

pytestmark = pytest.mark.django_db
Status = PlanChange.Status
LATER = date(2018, 3, 15)


def proved():
    return {proof.promise: proof.failures() for proof in PROOFS if proof.failures()}


def balance(contract):
    debt = Debt.objects.get(pk=contract.debt_id)
    return (debt.principal, debt.interest, debt.apart, debt.penalty)


def seals_of(contract) -> dict[str, int]:
    return dict(contract.seals.filter(replaced_on=None).values_list("kind", "pk"))


def fresh(contract):
    return Contract.objects.get(pk=contract.pk)


def test_a_proposal_changes_nothing_of_the_contract():
    contract = make_contract()
    before = balance(contract), list(contract.instalments.values_list("due_on", "principal"))

    make_plan_change(contract)

    assert (balance(contract), list(contract.instalments.values_list("due_on", "principal"))) == before


def test_what_is_approved_is_what_was_shown():
    change = make_plan_change()
    shown = preview(PlanChange.objects.get(pk=change.pk), on=REPLANNED)

    approve_plan_change(change)

    lines = change.contract.instalments.all()
    columns = ("number", "due_on", "principal", "interest", "apart", "balance")
    stored = [tuple(getattr(line, column) for column in columns) for line in lines]
    assert stored == [tuple(getattr(line, column) for column in columns) for line in shown.instalments]
    assert owed_on(Debt.objects.get(pk=change.contract.debt_id), on=REPLANNED).total == shown.left.total
    assert proved() == {}


def test_a_new_plan_starts_from_the_balance_and_interest_to_the_day_bears_none():
    contract = make_contract()

    apply_plan_change(contract)

    # 35,000 at 6 %: six months of 175.00, and 5 days to 20 December of 28.77
    version = terms_now(fresh(contract))
    assert balance(contract) == (35000, 0, Decimal("1078.77"), 0)
    assert (version.bears_interest, version.kept_apart, version.starts_on) == (
        35000,
        Decimal("1078.77"),
        REPLANNED,
    )
    assert sum(line.principal for line in contract.instalments.all()) == 35000
    assert sum(line.apart for line in contract.instalments.all()) == Decimal("1078.77")


def test_the_first_period_of_a_plan_that_begins_between_two_due_dates_is_counted_by_days():
    contract = make_contract()

    apply_plan_change(contract)

    first, second = contract.instalments.all()[:2]
    assert first.interest == Decimal("149.59")  # 35,000 at 6 % for 26 days
    assert second.interest == Decimal("170.14")  # a month on 34,027.78


def test_who_pays_a_new_plan_on_its_days_pays_exactly_its_parts():
    contract = make_contract()
    apply_plan_change(contract, periods=6, first_due_on=date(2018, 1, 15))
    lines = list(contract.instalments.all())

    for line in lines:
        make_payment(contract.debt, line.total, on=line.due_on)
        entry = contract.debt.entries.filter(kind=Entry.Kind.PAYMENT).last()
        assert (-entry.principal, -entry.interest, -entry.apart) == (
            line.principal,
            line.interest,
            line.apart,
        )

    assert fresh(contract).ending == Contract.Ending.PAID
    assert proved() == {}


@pytest.mark.parametrize(
    "terms",
    [
        {"method": "annuity"},
        {"method": "flat"},
        {"method": "bullet", "periods": 1, "first_due_on": date(2018, 6, 15)},
        {"method": "no_interest", "rate_percent": Decimal(0)},
        {"day_count": "actual_365"},
        {"method": "annuity", "full_grace": 6},
        {"principal_grace": 12},
        {"method": "flat", "full_grace": 8},
    ],
)
def test_every_way_of_counting_interest_can_be_replanned_and_is_paid_as_printed(terms):
    contract = make_contract(**terms)
    apply_plan_change(contract, periods=8, first_due_on=date(2018, 2, 28), months_per_period=3)

    for line in contract.instalments.all():
        make_payment(contract.debt, line.total, on=line.due_on)

    assert balance(contract) == (0, 0, 0, 0)
    assert proved() == {}


def test_the_old_schedule_stays_readable_and_is_the_one_of_days_before():
    contract = make_contract()
    signed = list(contract.instalments.values_list("due_on", "principal"))

    apply_plan_change(contract)

    contract = fresh(contract)
    before = [(line.due_on, line.principal) for line in schedule_of(contract)]
    assert before == signed
    assert terms_on(contract, on=date(2017, 12, 19)) == contract
    assert [line.instalment.due_on for line in lines_of(contract, on=date(2017, 12, 19))] == [
        on for on, _ in signed
    ]
    assert len(lines_of(contract, on=REPLANNED)) == 36


def test_payments_of_before_do_not_cover_the_new_plan():
    contract = make_contract()
    make_payment(contract.debt, "5000", on=date(2017, 9, 15))

    apply_plan_change(contract)

    assert not any(line.paid for line in lines_of(fresh(contract), on=REPLANNED))
    make_payment(contract.debt, "1000", on=date(2018, 1, 15))
    assert lines_of(fresh(contract), on=date(2018, 1, 15))[0].paid == Decimal("991.80")


def test_a_due_day_on_the_31st_is_found_again_after_a_short_month():
    contract = make_contract(first_due_on=date(2017, 7, 31))

    apply_plan_change(contract, kind="rate", rate_percent=Decimal(3), on=date(2018, 2, 20))

    days = [line.due_on for line in contract.instalments.all()[:3]]
    assert days == [date(2018, 2, 28), date(2018, 3, 31), date(2018, 4, 30)]


def test_a_lower_rate_keeps_the_due_days():
    contract = make_contract()
    days = [line.due_on for line in contract.instalments.all() if line.due_on > REPLANNED]

    apply_plan_change(contract, kind="rate", rate_percent=Decimal(3))

    assert [line.due_on for line in contract.instalments.all()] == days
    assert Debt.objects.get(pk=contract.debt_id).rate_percent == 3


def test_a_rate_above_the_law_is_refused():
    with pytest.raises(CannotChangePlan, match="15"):
        make_plan_change(kind="rate", rate_percent=Decimal("15.01"))


def test_grace_moves_the_days_that_remain():
    contract = make_contract()

    apply_plan_change(contract, kind="grace", full_grace=3)

    lines = list(contract.instalments.all())
    assert (len(lines), lines[0].total, lines[2].total) == (18 + 3, 0, 0)
    assert Debt.objects.get(pk=contract.debt_id).due_on == date(2019, 9, 15)
    make_payment(contract.debt, "100", on=date(2018, 3, 15))
    assert balance(contract)[1] == 0  # the interest of the grace is kept apart


def test_waived_interest_covers_the_oldest_instalments():
    contract = make_contract()

    apply_plan_change(contract, kind="waive", waived_interest=Decimal("1078.77"))

    assert balance(contract) == (35000, 0, 0, 0)
    assert lines_of(fresh(contract), on=REPLANNED)[0].paid == Decimal("1078.77")
    assert terms_now(fresh(contract)) == contract


def test_more_than_is_owed_is_not_waived():
    with pytest.raises(CannotChangePlan, match=r"1,078\.77"):
        make_plan_change(kind="waive", waived_interest=Decimal("1078.78"))


def test_who_waives_everything_ends_the_contract():
    contract = make_contract()
    parts = {"waived_principal": Decimal(35000), "waived_interest": Decimal("1078.77")}

    apply_plan_change(contract, kind="waive", **parts)

    assert (fresh(contract).ending, balance(contract)) == (Contract.Ending.WAIVED, (0, 0, 0, 0))
    standing = standing_of(contract.household, on=REPLANNED)
    assert (standing.state, standing.waived, standing.paid) == ("cleared", 35000, 0)


def test_waived_principal_may_begin_a_new_schedule():
    contract = make_contract()

    apply_plan_change(contract, kind="waive", waived_principal=Decimal(15000), periods=12)

    assert sum(line.principal for line in contract.instalments.all()) == 20000
    assert proved() == {}


def test_what_is_written_off_is_owed_still_and_may_come_back():
    contract = make_contract()
    make_payment(contract.debt, "5000", on=date(2017, 9, 15))
    officer = make_officer()
    apply_plan_change(contract, kind="write_off")

    standing = standing_of(contract.household, on=REPLANNED)
    assert (standing.owed, standing.waived, standing.open) == (standing.lost, 0, [])
    assert standing.state != HouseholdState.CLEARED
    assert Case.objects.with_owed().cleared().count() == 0
    payment = recover(contract=contract, amount=Decimal(2000), on=LATER, by=officer, key="0" * 31 + "1")

    assert sum(written_off(contract.debt).values()) == standing.lost - 2000
    assert (fresh(contract).ending, balance(contract)) == (Contract.Ending.WRITTEN_OFF, (0, 0, 0, 0))
    assert standing_of(contract.household, on=LATER).paid > standing.paid
    reverse_payment(payment=payment, reason="ผิด", on=LATER, by=officer)
    assert sum(written_off(contract.debt).values()) == standing.lost
    assert fresh(contract).ending == Contract.Ending.WRITTEN_OFF
    assert proved() == {}


def test_no_more_than_was_written_off_comes_back():
    contract = make_contract()
    lost = apply_plan_change(contract, kind="write_off").relieved

    with pytest.raises(CannotPay, match="ไม่เกินยอดที่ตัดหนี้สูญไว้"):
        recover(contract=contract, amount=lost + 1, on=LATER, by=make_officer(), key="0" * 31 + "1")


def test_an_heir_who_agrees_becomes_the_debtor():
    contract = make_contract()
    dead = contract.debt.borrower
    heir = make_person(contract.household, "นายสืบ ทองสุข")

    change = apply_plan_change(contract, kind="takeover", heir=heir)

    assert Debt.objects.get(pk=contract.debt_id).borrower == heir
    [was] = standing_of(contract.household, on=date(2017, 12, 19)).open
    [now] = standing_of(contract.household, on=REPLANNED).open
    assert (was.borrower, now.borrower) == (dead, heir)
    undo(change=change, reason="ทายาทถอนความยินยอม", on=LATER, by=make_officer())
    assert Debt.objects.get(pk=contract.debt_id).borrower == dead
    [then] = standing_of(contract.household, on=REPLANNED).open
    assert then.borrower == heir


def test_the_schedule_on_paper_is_that_of_the_plan_in_force_and_the_contract_stays_as_signed():
    contract = make_contract()
    signed = seals_of(contract)

    change = apply_plan_change(contract)
    replanned = seals_of(contract)
    undo(change=change, reason="เสนอผิดสัญญา", on=LATER, by=make_officer())
    undone = seals_of(contract)

    assert (replanned["contract"], replanned["acknowledgement"]) == (
        signed["contract"],
        signed["acknowledgement"],
    )
    assert len({signed["schedule"], replanned["schedule"], undone["schedule"]}) == 3
    assert contract.seals.get(pk=signed["schedule"]).replaced_on == REPLANNED
    assert contract.seals.get(pk=replanned["schedule"]).replaced_on == LATER
    assert (
        contract.seals.get(pk=undone["schedule"]).sha256 == contract.seals.get(pk=signed["schedule"]).sha256
    )


def test_the_contract_on_paper_names_who_signed_it_and_the_schedule_names_the_heir():
    contract = make_contract()
    dead = contract.debt.borrower
    heir = make_person(contract.household, "นายสืบ ทองสุข")

    apply_plan_change(contract, kind="takeover", heir=heir)

    assert paper_of("contract", fresh(contract)).borrower == dead
    assert paper_of("schedule", fresh(contract)).borrower == heir
    for seal in fresh(contract).seals.filter(replaced_on=None):
        assert content_now(seal).sha256 == seal.sha256, seal.kind


def test_a_household_that_defaulted_is_reviewed_until_that_is_undone():
    contract = make_contract()

    change = apply_plan_change(contract, kind="default", on=date(2018, 6, 20))
    reviewed = Case.objects.get(pk=contract.case_id)
    why = reviewed.moves.last().reason
    undo(change=change, reason="ชำระแล้วก่อนวันนั้น", on=date(2018, 6, 21), by=make_officer())

    assert reviewed.stage == Case.Stage.REVIEW
    assert "ผลผลิตเสียหาย" in why
    assert Case.objects.get(pk=contract.case_id).stage == Case.Stage.CONTRACTED


def test_after_a_default_everything_is_due_and_a_new_contract_may_be_made():
    contract = make_contract()
    apply_plan_change(contract, kind="grace", full_grace=2)
    apply_plan_change(contract, kind="default", on=date(2018, 6, 20))
    [debt] = standing_of(contract.household, on=date(2018, 6, 20)).to_merge
    owed = owed_on(debt, on=date(2018, 7, 20))

    day = date(2018, 7, 20)
    made = make_contract([debt], signed_on=day, interest_to=day, first_due_on=date(2018, 8, 20))

    assert (made.amount, made.kept_apart) == (owed.total, owed.apart + owed.interest)
    assert balance(contract) == (0, 0, 0, 0)
    assert proved() == {}
    cancel(contract=made, reason="ผิด", on=day, by=make_officer())
    assert sum(balance(contract)) > 0
    assert proved() == {}


def test_nobody_defaults_who_owes_nothing_that_is_due():
    with pytest.raises(CannotChangePlan, match="ไม่มียอดครบกำหนด"):
        make_plan_change(kind="default", on=date(2017, 6, 20))


def told(**asked):
    change = make_plan_change(**asked)
    return " ".join(warnings_of(preview(change, on=REPLANNED)))


def test_a_guarantor_is_named_when_the_debtor_is_given_time_and_not_otherwise():
    contract = make_contract()
    make_guarantor(contract.merged_debts.get().debt, name="นายค้ำ มั่นคง")

    more_time = told(contract=contract)
    withdraw(change=PlanChange.objects.get(), on=REPLANNED, by=PlanChange.objects.get().proposed_by)
    same_days = told(contract=contract, kind="rate", rate_percent=Decimal(1))

    assert "นายค้ำ มั่นคง" in more_time
    assert "มาตรา 700" in more_time
    assert "มาตรา 700" not in same_days


def test_a_plan_that_really_costs_more_than_the_law_allows_says_so(monkeypatch):
    monkeypatch.setattr(notes, "CEILING_PERCENT", Decimal("0.5"))

    assert "เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)" in told()


def test_the_maker_does_not_approve():
    head = make_officer()
    change = make_plan_change(by=head)

    with pytest.raises(CannotChangePlan, match="ผู้อื่น"):
        approve_plan_change(change, by=head)


def test_above_the_limit_two_approve_and_nobody_twice():
    contract = make_contract([make_debt(principal="150000", rate_percent=Decimal(0))])
    change = make_plan_change(contract, kind="write_off")
    first, second = make_officer(), make_officer(Role.PROVINCIAL_HEAD)

    approve_plan_change(change, by=first)

    assert PlanChange.objects.get().status == Status.PROPOSED
    with pytest.raises(CannotChangePlan, match="อนุมัติรายการนี้แล้ว"):
        approve_plan_change(change, by=first)
    assert approve_plan_change(change, by=second).status == Status.APPLIED
    assert proved() == {}


def test_the_limit_is_the_centres():
    contract = make_contract()
    contract.centre.two_approve_above = Decimal(500)
    contract.centre.save()

    assert make_plan_change(contract, kind="waive", waived_interest=Decimal("500.01")).needed == 2


def test_an_approval_of_figures_that_have_changed_is_refused():
    change = make_plan_change()
    seen = preview(change, on=REPLANNED).owed.total
    make_payment(change.contract.debt, "1000", on=REPLANNED)

    with pytest.raises(CannotChangePlan, match="ยอดหนี้เปลี่ยน"):
        approve(change=change, sequence=change.sequence, seen=seen, on=REPLANNED, by=make_officer())


def test_a_refused_change_says_why_and_another_may_be_proposed():
    change = make_plan_change()

    refuse(change=change, sequence=change.sequence, reason="งวดสุดท้ายเกินอายุ", on=REPLANNED, by=make_officer())

    assert make_plan_change(change.contract).status == Status.PROPOSED
    with pytest.raises(CannotChangePlan, match="พิจารณาแล้วโดย"):
        approve_plan_change(change)


def test_one_change_waits_at_a_time():
    change = make_plan_change()

    with pytest.raises(CannotChangePlan, match="รอพิจารณาอยู่แล้ว"):
        make_plan_change(change.contract)


def test_only_its_maker_withdraws_a_change():
    change = make_plan_change()

    with pytest.raises(CannotChangePlan, match="ผู้เสนอเท่านั้น"):
        withdraw(change=change, on=REPLANNED, by=make_officer())

    assert withdraw(change=change, on=REPLANNED, by=change.proposed_by).status == Status.WITHDRAWN


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "rate", "rate_percent": Decimal(3)},
        {"kind": "grace", "full_grace": 3},
        {"kind": "waive", "waived_interest": Decimal(100), "waived_principal": Decimal(500)},
        {"kind": "waive", "waived_principal": Decimal(500), "periods": 12},
        {"kind": "write_off"},
        {"kind": "default"},
    ],
)
def test_an_undone_change_leaves_the_contract_as_it_was(asked):
    contract = make_contract()
    make_payment(contract.debt, "3000", on=date(2017, 10, 15))
    before = (
        balance(contract),
        owed_on(Debt.objects.get(pk=contract.debt_id), on=LATER),
        lines_of(contract, on=LATER),
    )
    change = apply_plan_change(contract, **asked)

    undo(change=change, reason="มติใหม่", on=date(2018, 1, 10), by=make_officer())

    debt, contract = Debt.objects.get(pk=contract.debt_id), fresh(contract)
    assert (balance(contract), owed_on(debt, on=LATER), lines_of(contract, on=LATER)) == before
    assert (contract.ended_on, debt.due_on) == (None, date(2019, 6, 15))
    assert proved() == {}


def test_a_change_with_a_payment_after_it_is_not_undone():
    change = apply_plan_change()
    payment = make_payment(change.contract.debt, "1000", on=LATER)

    with pytest.raises(CannotChangePlan, match="กลับรายการใบเสร็จ"):
        undo(change=change, reason="มติใหม่", on=LATER, by=make_officer())

    reverse_payment(payment=payment, reason="ผิด", on=LATER, by=make_officer())
    assert undo(change=change, reason="มติใหม่", on=LATER, by=make_officer()).status == Status.UNDONE
    assert proved() == {}


def test_a_change_with_a_later_one_is_not_undone():
    first = apply_plan_change()
    apply_plan_change(first.contract, kind="rate", rate_percent=Decimal(3), on=LATER)

    with pytest.raises(CannotChangePlan, match="เลิกทำเปลี่ยนอัตราดอกเบี้ย"):
        undo(change=first, reason="มติใหม่", on=LATER, by=make_officer())


def test_a_payment_before_a_change_is_not_taken_back():
    contract = make_contract()
    payment = make_payment(contract.debt, "1000", on=date(2017, 7, 15))
    apply_plan_change(contract)

    with pytest.raises(CannotPay, match="เปลี่ยนแผน"):
        reverse_payment(payment=payment, reason="ผิด", on=LATER, by=make_officer())


def test_a_contract_whose_plan_was_changed_is_not_cancelled():
    change = apply_plan_change()

    with pytest.raises(CannotCancel, match="เปลี่ยนแผนแล้ว"):
        cancel(contract=change.contract, reason="ผิด", on=LATER, by=make_officer())


def test_a_contract_that_has_ended_is_not_changed():
    contract = make_contract()
    apply_plan_change(contract, kind="write_off")

    with pytest.raises(CannotChangePlan, match="สิ้นสุดแล้ว"):
        make_plan_change(contract)


def test_a_plan_does_not_change_before_the_newest_entry():
    contract = make_contract()
    make_payment(contract.debt, "1000", on=LATER)

    with pytest.raises(CannotChangePlan, match="มีรายการวันที่"):
        make_plan_change(contract)


def test_every_status_has_its_moves():
    assert set(MOVES) == set(Status)


def test_every_decision_says_who_when_and_why():
    head = make_officer()
    change = apply_plan_change(by=head)

    undo(change=change, reason="มติใหม่", on=LATER, by=head)

    told = [(move.old, move.new, move.by, move.on, move.reason) for move in change.moves.all()]
    assert told == [
        ("", "proposed", change.proposed_by, REPLANNED, "ผลผลิตเสียหาย"),
        ("proposed", "applied", head, REPLANNED, ""),
        ("applied", "undone", head, LATER, "มติใหม่"),
    ]


def test_the_schedule_of_the_days_between_stays_that_of_the_undone_plan():
    change = apply_plan_change()
    undo(change=change, reason="มติใหม่", on=LATER, by=make_officer())

    contract = fresh(change.contract)
    lengths = [len(lines_of(contract, on=day)) for day in (date(2017, 12, 19), REPLANNED, LATER)]

    assert lengths == [24, 36, 24]
    assert Instalment.objects.filter(contract=contract).count() == 24


def test_after_a_default_a_payment_pays_everything_as_due():
    contract = make_contract()
    apply_plan_change(contract, kind="default")

    make_payment(contract.debt, "1100", on=REPLANNED)

    assert balance(contract) == (Decimal("34978.77"), 0, 0, 0)
