"""What may never be false: the database itself refuses it, whoever asks."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, F
from django.utils import timezone

from config.money import baht
from debts.classes import Limits
from debts.classification import change_rules, forbear
from debts.models import (
    AgendaItem,
    Ask,
    Case,
    CaseMove,
    ClassRuleSet,
    ClauseText,
    ColumnMapping,
    Contract,
    Debt,
    DebtClass,
    Entry,
    FamilyConsent,
    Forbearance,
    Guarantor,
    GuarantorAnswer,
    HouseholdMerge,
    Instalment,
    Meeting,
    MergedDebt,
    PaperReturn,
    PaperSeal,
    Payment,
    PlanApproval,
    PlanChange,
    PlanMove,
    Promise,
    Register,
    RegisterEditor,
    RegisterFile,
    RegisterLine,
    RegisterMove,
    ScheduleVersion,
    Settlement,
    StampDuty,
    Transfer,
    TransferPart,
)
from debts.papers.duty import pay_duty
from tests.factories import (
    SIGNED,
    apply_plan_change,
    line_of,
    make_ask,
    make_case,
    make_clause,
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_meeting,
    make_officer,
    make_payment,
    make_promise,
    make_return,
    make_sent_register,
    make_transfer,
)

pytestmark = pytest.mark.django_db
ONE = Decimal(1)
CONSTRAINTS = {
    constraint.name: constraint
    for model in apps.get_app_config("debts").get_models()
    for constraint in model._meta.constraints
}


def change(model, **columns):
    """Change every row of a model that `make_rows` left."""
    return lambda: model.objects.update(**columns)


def change_open_debt(**columns):
    return lambda: Debt.objects.open().original().update(**columns)


def copy(model, **columns):
    """Write the first row of a model once more."""

    def write():
        row = model.objects.order_by("pk").first()
        row.pk, row._state.adding = None, True
        for name, value in columns.items():
            setattr(row, name, value() if callable(value) else value)
        row.save(force_insert=True)

    return write


def another_debt():
    return make_debt(fund=Contract.objects.get().lender)


def import_twice():
    row = RegisterFile(
        centre=Contract.objects.get().centre,
        kind="register",
        name="ทะเบียน.xlsx",
        sha256="a" * 64,
        uploaded_by=make_officer(),
    )
    for _ in range(2):
        row.pk, row.imported_at = None, "2017-06-15T00:00:00Z"
        row.save(force_insert=True)


def reverse_nothing():
    Entry.objects.create(debt=Debt.objects.first(), on=SIGNED, kind="reversal", by=make_officer())


def map_twice():
    officer = make_officer()
    for _ in range(2):
        ColumnMapping.objects.create(centre=Contract.objects.first().centre, signature="a", by=officer)


def merge_households(**columns):
    """Write the merge of two new households down; `columns` are those that should be refused."""

    def write():
        kept, emptied, by = make_household(), make_household(), make_officer()
        row = {"kept": kept, "emptied": emptied, "on": SIGNED, "by": by, "reason": "บ้านเดียวกัน", **columns}
        for _ in range(2):
            HouseholdMerge.objects.create(**row)

    return write


def merge_with_itself():
    household = make_household()
    HouseholdMerge.objects.create(kept=household, emptied=household, on=SIGNED, by=make_officer())


def certify_two():
    register, head = Register.objects.get(), make_officer()
    columns = {"status": "certified", "certified_by": head, "certified_at": timezone.now()}
    Register.objects.update(**columns)
    copy(Register, as_of_on=date(2018, 4, 30))()
    assert register.centre.registers.count() == 2


def certify_own():
    Register.objects.update(certified_by=F("sent_by"), certified_at=timezone.now())


def return_without_a_word():
    RegisterMove.objects.create(register=Register.objects.get(), new="returned", by=make_officer())


def type_in_two_lines():
    line, officer = RegisterLine.objects.get(), make_officer()
    for _ in range(2):
        RegisterEditor.objects.create(
            register=line.register, officer=officer, key=line.key, at=timezone.now()
        )


def classify_by_hand(**columns):
    row = {
        "value": "B",
        "on": SIGNED,
        "is_manual": True,
        "reason": "ถูกดำเนินคดี",
        "by": make_officer,
        **columns,
    }

    def write():
        values = {name: value() if callable(value) else value for name, value in row.items()}
        DebtClass.objects.create(debt=Debt.objects.first(), **values)

    return write


def leave_without_a_word():
    CaseMove.objects.create(case=Case.objects.first(), new="withdrawn", on=SIGNED, by=make_officer())


def copy_a_text(**columns):
    def write():
        text = ClauseText.objects.exclude(province=None).get()
        row = {"kind": text.kind, "province": text.province, "body": text.body, **columns}
        ClauseText.objects.create(**row)

    return write


def change_of_plan(**columns):
    """Write a change of plan down, with the columns that should be refused."""

    def write():
        copy(PlanChange, **{"status": "withdrawn", "applied_on": None, **columns})()

    return write


def approve_own():
    drafts = ClauseText.objects.exclude(province=None)
    drafts.update(approved_by=F("written_by"), approved_at=timezone.now())


def change_release():
    PaperSeal.objects.filter(kind="release").update(paper_return=None)


def propose_twice():
    for _ in range(2):
        change_of_plan(status="proposed")()


def approve_own_change():
    change = PlanChange.objects.get()
    PlanApproval.objects.create(change=change, maker=change.proposed_by, by=change.proposed_by, on=SIGNED)


def undo_without_a_word():
    PlanMove.objects.create(change=PlanChange.objects.get(), new="undone", on=SIGNED, by=make_officer())


def write_off_without_a_decision():
    Entry.objects.create(debt=Debt.objects.first(), on=SIGNED, kind="write_off", by=make_officer())


def recover_without_a_receipt():
    Entry.objects.create(debt=Debt.objects.first(), on=SIGNED, kind="recovery", by=make_officer())


def number_an_instalment_twice():
    line = Instalment.everything.filter(version=None).first()
    line.pk, line.is_current = None, False
    line.save(force_insert=True)


def two_current_schedules():
    Instalment.everything.update(is_current=True)


def another_version(**columns):
    """The next version of the schedule; a change has one version, so that the copy names another change."""

    def another_change():
        change_of_plan(status="withdrawn")()
        return PlanChange.objects.first()

    return copy(ScheduleVersion, change=another_change, **columns)


REFUSED = {
    "debts_one_waiting_plan_change_per_contract": propose_twice,
    "debts_a_plan_change_says_why": change(PlanChange, resolution=""),
    "debts_a_new_rate_within_the_law": change(PlanChange, rate_percent=Decimal("15.01")),
    "debts_nothing_negative_is_waived": change(PlanChange, waived_apart=-ONE),
    "debts_whoever_takes_a_debt_over_agreed": change(PlanChange, kind="takeover"),
    "debts_a_plan_change_has_its_days": change(PlanChange, applied_on=None),
    "debts_a_plan_change_needs_an_approval": change(PlanChange, needed=0),
    "debts_nobody_approves_twice": copy(PlanApproval),
    "debts_the_maker_does_not_approve": approve_own_change,
    "debts_a_plan_refused_or_undone_says_why": undo_without_a_word,
    "debts_versions_of_a_schedule_are_numbered_once": another_version(),
    "debts_a_version_rates_within_the_law": change(ScheduleVersion, rate_percent=Decimal("15.01")),
    "debts_a_version_has_something_to_pay": change(ScheduleVersion, bears_interest=0, kept_apart=0),
    "debts_a_version_has_1_to_120_periods": change(ScheduleVersion, periods=121),
    "debts_a_version_begins_before_it_is_due": change(ScheduleVersion, first_due_on=SIGNED),
    "debts_instalments_of_a_version_are_numbered_once": copy(Instalment, is_current=False),
    "debts_one_schedule_is_current": two_current_schedules,
    "debts_what_is_written_off_was_decided": write_off_without_a_decision,
    "debts_a_recovery_is_received": recover_without_a_receipt,
    "debts_a_case_that_ended_is_closed": change(Case, stage="withdrawn"),
    "debts_leaving_the_process_says_why": leave_without_a_word,
    "debts_one_thing_is_asked_once_for_a_debt": copy(Ask),
    "debts_one_thing_is_asked_once_of_a_fund": lambda: [copy(Ask, debt=None)() for _ in range(2)],
    "debts_an_ask_says_how_much": change(Ask, kind="waive_interest"),
    "debts_an_answer_says_when_and_by_whom": change(Ask, answer="accepted"),
    "debts_a_condition_is_written_down": change(
        Ask, answer="conditions", answered_on=SIGNED, recorded_by=F("by")
    ),
    "debts_meeting_numbers_do_not_repeat": copy(Meeting),
    "debts_a_quorum_is_at_least_one": change(Meeting, quorum=0),
    "debts_a_closed_meeting_says_by_whom": change(Meeting, closed_at=timezone.now()),
    "debts_a_case_is_on_an_agenda_once": copy(AgendaItem),
    "debts_an_approval_says_of_what": lambda: AgendaItem.objects.update(
        decision="approved", decided_by=make_officer()
    ),
    "debts_a_decision_says_by_whom": change(AgendaItem, decision="postponed"),
    "debts_one_register_a_day": copy(Register),
    "debts_one_certified_register_a_centre": certify_two,
    "debts_a_certified_register_says_by_whom": change(Register, status="certified"),
    "debts_a_register_is_not_certified_by_its_sender": certify_own,
    "debts_a_returned_register_says_why": return_without_a_word,
    "debts_a_line_is_kept_once": copy(RegisterLine),
    "debts_line_amounts_are_not_negative": change(RegisterLine, principal=-ONE),
    "debts_an_officer_types_in_one_line": type_in_two_lines,
    "debts_one_class_rule_set_per_day": copy(ClassRuleSet),
    "debts_class_limits_grow": change(ClassRuleSet, overdue_to=F("watched_to")),
    "debts_class_rules_name_their_resolution": change(ClassRuleSet, resolution=""),
    "debts_a_manual_class_says_who_and_why": classify_by_hand(reason=""),
    "debts_only_a_decision_returns_to_the_rules": classify_by_hand(value="", is_manual=False),
    "debts_a_manual_class_ends_after_it_begins": classify_by_hand(until_on=date(2017, 6, 14)),
    "debts_forbearance_ends_after_it_begins": change(Forbearance, until_on=date(2000, 1, 1)),
    "debts_forbearance_is_resolved_and_explained": change(Forbearance, reason=""),
    "debts_one_mapping_per_head": map_twice,
    "debts_a_household_is_merged_once": merge_households(),
    "debts_two_households_are_merged": merge_with_itself,
    "debts_an_undone_merge_says_why": merge_households(undone_on=SIGNED),
    "debts_nothing_is_owed_on_what_was_taken_back": change_open_debt(withdrawn_at=timezone.now()),
    "debts_an_import_taken_back_says_why": lambda: RegisterFile.objects.create(
        centre=Contract.objects.get().centre,
        uploaded_by=make_officer(),
        imported_at=timezone.now(),
        withdrawn_at=timezone.now(),
    ),
    "debts_a_file_is_imported_once": import_twice,
    "debts_one_debt_per_paper": copy(Debt),
    "debts_principal_is_not_negative": change_open_debt(principal=-ONE, outstanding=-ONE),
    "debts_interest_is_not_negative": change_open_debt(interest=-ONE, outstanding=F("outstanding") - baht(1)),
    "debts_apart_is_not_negative": change_open_debt(apart=-ONE, outstanding=F("outstanding") - baht(1)),
    "debts_penalty_is_not_negative": change_open_debt(penalty=-ONE, outstanding=F("outstanding") - baht(1)),
    "debts_outstanding_is_the_sum_of_its_parts": change_open_debt(outstanding=ONE),
    "debts_no_more_comes_back_than_was_written_off": change(Debt, written_off=-ONE),
    "debts_closed_only_when_nothing_is_owed": change_open_debt(closed_on=SIGNED),
    "debts_due_after_lent": change(Debt, lent_on=date(2018, 1, 2), due_on=date(2018, 1, 1)),
    "debts_rate_is_a_percentage": change(Debt, rate_percent=Decimal("100.0001")),
    "debts_method_is_known_and_fits_the_rate": change(Debt, rate_percent=6, method="no_interest"),
    "debts_a_guarantor_is_named_once": copy(Guarantor),
    "debts_a_household_counts_once_a_year": copy(Case, closed_on=SIGNED),
    "debts_one_open_case_per_household": copy(Case, fiscal_year=2561),
    "debts_baseline_is_positive": change(Case, baseline=0),
    "debts_one_contract_per_household": copy(Contract, debt=another_debt, key=uuid4, sequence=2),
    "debts_contract_numbers_do_not_repeat": copy(
        Contract,
        debt=another_debt,
        key=uuid4,
        ended_on=SIGNED,
        ending="cancelled",
        ended_reason="ผิด",
        ended_by=make_officer,
    ),
    "debts_contract_rate_within_the_law": change(Contract, rate_percent=Decimal("15.0001")),
    "debts_contract_amount_is_the_sum_of_its_parts": change(Contract, amount=F("amount") + baht(1)),
    "debts_contract_parts_are_not_negative": change(
        Contract, kept_apart=-ONE, amount=F("bears_interest") - baht(1)
    ),
    "debts_contract_has_1_to_120_periods": change(Contract, periods=121),
    "debts_first_due_after_signing": change(Contract, first_due_on=date(2017, 6, 14)),
    "debts_an_ended_contract_says_why": change(Contract, ended_on=SIGNED),
    "debts_a_debt_is_closed_by_one_contract": copy(MergedDebt),
    "debts_merge_keeps_every_satang": change(MergedDebt, kept_apart=F("kept_apart") + baht(1)),
    "debts_waived_at_most_what_was_owed": change(MergedDebt, waived_principal=F("principal") + baht(1)),
    "debts_instalments_are_numbered_once": number_an_instalment_twice,
    "debts_instalment_parts_are_not_negative": change(Instalment, apart=-ONE),
    "debts_receipt_numbers_do_not_repeat": copy(Payment, key=uuid4),
    "debts_a_payment_is_positive": change(Payment, amount=0),
    "debts_a_reversal_names_what_it_reverses": reverse_nothing,
    "debts_one_settlement_per_contract_and_fund": copy(Settlement),
    "debts_a_fund_does_not_settle_with_itself": change(Settlement, payee=F("payer")),
    "debts_settled_at_most_what_is_owed": change(Settlement, paid=F("amount") + baht(1)),
    "debts_nothing_is_settled_of_a_cancelled_contract": change(Settlement, cancelled_on=SIGNED),
    "debts_a_transfer_is_between_two_funds": lambda: transfer_again(payee=Settlement.objects.get().payer),
    "debts_a_transfer_is_positive_and_its_reversal_says_why": lambda: transfer_again(amount=-ONE),
    "debts_a_transfer_pays_a_settlement_once": copy(TransferPart),
    "debts_a_part_of_a_transfer_is_not_nothing": copy(
        TransferPart, amount=0, transfer=lambda: transfer_again()
    ),
    "debts_a_promise_is_of_a_later_day_and_a_sum": change(Promise, due_on=F("made_on")),
    "debts_a_promise_taken_back_says_why": change(Promise, withdrawn_on=SIGNED),
    "debts_a_guarantor_answers_once": copy(GuarantorAnswer),
    "debts_a_consent_names_somebody_or_says_why_not": change(FamilyConsent, name="นายมี ใจดี"),
    "debts_an_old_paper_has_one_fate": copy(PaperReturn),
    "debts_a_returned_paper_was_received_by_somebody": change(PaperReturn, received_by=""),
    "debts_stamp_duty_is_positive": change(StampDuty, amount=0),
    "debts_clause_texts_are_numbered": copy_a_text(number=1),
    "debts_shipped_texts_are_numbered": copy(ClauseText),
    "debts_one_draft_of_a_text_at_a_time": copy_a_text(number=2),
    "debts_a_text_is_approved_by_somebody_else": approve_own,
    "debts_one_genuine_paper_of_a_kind": copy(PaperSeal, token="another"),
    "debts_a_release_is_of_an_old_paper": change_release,
}


def transfer_again(**columns):
    """Write the first transfer once more, with other columns and another key."""
    row = Transfer.objects.first()
    row.pk, row._state.adding, row.key = None, True, uuid4()
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def make_rows():
    """One open old debt, one contract with its household's case, schedule and papers, one payment."""
    guaranteed = make_debt(principal="35000", rate_percent=Decimal(0))
    make_guarantor(guaranteed)
    contract = make_contract([guaranteed])
    make_return(contract.merged_debts.get())
    pay_duty(contract=contract, amount=Decimal(18), on=SIGNED, note="", by=contract.signed_by)
    make_clause()
    payment = make_payment(contract.debt)
    debt = make_debt(fund=contract.lender)
    apply_plan_change(contract)
    make_guarantor(debt)
    case = make_case(debt.household, by=payment.by)
    make_ask(case)
    make_meeting(case.centre, payment.by, [case])
    make_sent_register(contract.centre, [line_of(fund=contract.lender)])
    terms = {"resolution": "ครั้งที่ 1/2560", "on": SIGNED, "by": payment.by}
    change_rules(centre=contract.centre, effective_on=SIGNED, limits=Limits(), **terms)
    forbear(debt=debt, until_on=date(2018, 1, 1), reason="น้ำท่วม", **terms)
    make_promise(debt)
    owed = Settlement.objects.create(
        contract=contract,
        payer=contract.lender,
        payee=make_fund(contract.centre),
        amount=ONE,
        since_on=SIGNED,
    )
    make_transfer(owed.contract, "1")


def test_every_constraint_is_seen_to_refuse():
    assert set(REFUSED) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    make_rows()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        REFUSED[name]()

    is_check = isinstance(CONSTRAINTS[name], CheckConstraint)
    assert (name if is_check or connection.vendor == "postgresql" else "UNIQUE") in str(refusal.value)


@pytest.mark.parametrize(
    "name", [name for name in CONSTRAINTS if "instalment" not in name and "receipt" not in name]
)
def test_the_refusal_is_in_thai(name):
    if name != "debts_a_reversal_names_what_it_reverses":
        assert any("ก" <= letter <= "๛" for letter in str(CONSTRAINTS[name].violation_error_message))


def test_a_payment_and_a_contract_have_their_own_key():
    make_rows()

    for write in (copy(Payment, sequence=2), copy(Contract, debt=another_debt, sequence=2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_an_entry_is_reversed_once():
    make_rows()
    entry = Entry.objects.first()
    opposite = {"debt": entry.debt, "on": SIGNED, "kind": "reversal", "reverses": entry, "by": entry.by}
    Entry.objects.create(**opposite)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**opposite)
