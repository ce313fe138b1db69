"""Whatever officers do with a contract, in whatever order: an independent replay comes to the same satang."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from debts.arrears import lines_of
from debts.consolidation import CannotCancel, cancel
from debts.ledger_proofs import PROOFS
from debts.models import Contract, Debt, PlanChange
from debts.plans.life import undo
from debts.plans.outcome import CannotChangePlan
from debts.plans.recovery import recover
from debts.repayment import CannotPay, reverse_payment
from tests.debts.plans.replay import Owed, Plan, Replay, Row
from tests.factories import (
    SIGNED,
    apply_plan_change,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
)

pytestmark = pytest.mark.django_db
ENDS = {"paid": "paid", "waived": "waived", "written off": "writtenoff", "default": "defaulted", "": ""}
ACTS = (
    "pay",
    "pay",
    "pay",
    "pay all",
    "reverse",
    "waive",
    "reschedule",
    "rate",
    "grace",
    "undo",
    "write off",
)
ACTS = (*ACTS, "default", "recover", "cancel")
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 75), st.integers(1, 100)), min_size=3, max_size=12
)


def satang(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def baht(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def rows_of(contract) -> list[Row]:
    lines = contract.instalments.order_by("number")
    return [Row(each.due_on, *map(satang, (each.principal, each.interest, each.apart))) for each in lines]


class Story:
    """The same acts done to the application and to the replay. `done` are the acts that may be taken back."""

    def __init__(self, terms):
        self.officer, self.other = make_officer(), make_officer()
        centre = make_centre()
        village, savings = make_fund(centre), make_fund(centre, rate="12")
        household = make_household(centre.village)
        self.old = [
            make_debt(household, village, principal="20000.37", interest="500.11", by=self.officer),
            make_debt(household, savings, principal="7000", rate_percent=Decimal(12), by=self.officer),
        ]
        self.terms = terms
        self.day = SIGNED
        self.merge()

    def merge(self):
        debts = [Debt.objects.get(pk=debt.pk) for debt in self.old]
        day, first = self.day, self.day + timedelta(days=25)
        interest = sum(satang(debt.interest) + self._since(debt, day) for debt in debts)
        principal = sum(satang(debt.principal) for debt in debts)
        days = {"signed_on": day, "interest_to": day, "first_due_on": first}
        self.contract = make_contract(debts, by=self.officer, **days, **self.terms)
        plan = Plan(day, Fraction(6), self.terms.get("full_grace", 0), None, rows_of(self.contract))
        plan.prove(principal, interest)
        self.replay = Replay(Owed(principal, 0, interest), plan, accrued_to=day)
        self.replay.note(day)
        self.done = []

    @staticmethod
    def _since(debt, day) -> int:
        whole = (
            Fraction(satang(debt.principal)) * Fraction(str(debt.rate_percent)) * (day - debt.accrued_to).days
        )
        return int((2 * whole / 36500 + 1) // 2)

    @property
    def debt(self) -> Debt:
        return Debt.objects.get(pk=self.contract.debt_id)

    def do(self, act: str, gap: int, share: int) -> None:
        self.day += timedelta(days=gap)
        getattr(self, act.replace(" ", "_"))(share)

    def pay(self, share):
        most = self.replay.most(self.day)
        amount = max(most * share // 400, 1)
        if most and self.replay.ended in ("", "default"):
            self._receive(min(amount, most))

    def pay_all(self, share):
        most = self.replay.most(self.day)
        if most and self.replay.ended in ("", "default") and share > 60:
            with pytest.raises(CannotPay, match="ไม่เกิน"):
                make_payment(self.contract.debt, baht(most + 1), on=self.day, by=self.officer)
            self._receive(most)

    def _receive(self, amount):
        payment = make_payment(self.contract.debt, baht(amount), on=self.day, by=self.officer)
        self.replay.pay(amount, self.day)
        self.done.append(payment)

    def reverse(self, share):
        if self.done and not isinstance(self.done[-1], PlanChange):
            reverse_payment(payment=self.done.pop(), reason="ผิด", on=self.day, by=self.officer)
            self.replay.take_back(self.day)

    def undo(self, share):
        if self.done and isinstance(self.done[-1], PlanChange):
            undo(change=self.done.pop(), reason="มติใหม่", on=self.day, by=self.other)
            self.replay.take_back(self.day)

    def waive(self, share):
        if self.replay.ended:
            return
        owed = self.replay.charged(self.day, to_the_day=True)[0]
        parts = [getattr(owed, part) * (share - 1) // 99 for part in ("principal", "interest", "apart")]
        if sum(parts):
            names = ("waived_principal", "waived_interest", "waived_apart")
            asked = dict(zip(names, map(baht, parts), strict=True))
            self._change("waive", **asked)
            self.replay.waive(*parts, self.day)

    def reschedule(self, share):
        asked = {"periods": 1 + share // 3, "first_due_on": self.day + timedelta(days=share % 45)}
        self._replan("reschedule", **asked)

    def rate(self, share):
        self._replan("rate", rate_percent=Decimal(share) / 8)

    def grace(self, share):
        self._replan("grace", full_grace=share % 4, principal_grace=1 + share % 3)

    def _replan(self, kind, **asked):
        if self.replay.ended:
            return
        with suppress(CannotChangePlan):
            change = self._change(kind, **asked)
            version = change.version
            rate = Fraction(str(version.rate_percent))
            plan = Plan(
                version.starts_on, rate, version.full_grace, version.first_days, rows_of(self.contract)
            )
            assert version.first_days in (None, (plan.rows[0].due_on - self.day).days)
            self.replay.replan(plan)

    def write_off(self, share):
        if not self.replay.ended and share > 70:
            self._change("write_off")
            self.replay.write_off(self.day)

    def default(self, share):
        if not self.replay.ended and share > 70:
            with suppress(CannotChangePlan):
                self._change("default")
                self.replay.default(self.day)

    def recover(self, share):
        if self.replay.lost:
            amount = max(self.replay.lost * share // 100, 1)
            key = f"{len(self.replay.days):032}"
            payment = recover(
                contract=self.contract, amount=baht(amount), on=self.day, by=self.officer, key=key
            )
            self.replay.recover(amount, self.day)
            self.done.append(payment)

    def cancel(self, share):
        """Taken back, and made again on the same day; refused as long as anything stands on the contract."""
        contract = Contract.objects.get(pk=self.contract.pk)
        if self.done or self.replay.ended:
            with pytest.raises(CannotCancel):
                cancel(contract=contract, reason="ผิด", on=self.day, by=self.officer)
            return
        cancel(contract=contract, reason="ผิด", on=self.day, by=self.officer)
        assert satang(self.debt.outstanding) == 0
        self.merge()

    def _change(self, kind, **asked):
        self.contract.refresh_from_db()
        with transaction.atomic():
            change = apply_plan_change(self.contract, on=self.day, kind=kind, **asked)
        self.done.append(change)
        return change

    def agrees(self) -> None:
        debt, owed = self.debt, self.replay.owed
        assert (debt.principal, debt.interest, debt.apart) == tuple(
            map(baht, (owed.principal, owed.interest, owed.apart))
        )
        contract = Contract.objects.get(pk=self.contract.pk)
        assert contract.ending == ENDS[self.replay.ended]
        if not self.replay.ended:
            covered = min(
                self.replay.covered,
                sum(row.principal + row.interest + row.apart for row in rows_of(contract)),
            )
            assert sum(satang(line.paid) for line in lines_of(contract, on=self.day)) == covered

    def agrees_on_every_day(self) -> None:
        for day in {on for on, _ in self.replay.days}:
            shown = Debt.objects.with_balance(on=day).get(pk=self.contract.debt_id)
            owed = self.replay.on(day)
            assert (shown.principal_on, shown.interest_on, shown.apart_on) == tuple(
                map(baht, (owed.principal, owed.interest, owed.apart))
            )


@pytest.mark.parametrize("terms", [{}, {"full_grace": 3}])
@settings(max_examples=15, phases=[Phase.generate])
@given(steps=STEPS)
def test_whatever_is_done_to_a_contract_a_replay_comes_to_the_same_satang(terms, steps):
    with transaction.atomic():
        story = Story(terms)
        for step in steps:
            story.do(*step)
            story.agrees()

        story.agrees_on_every_day()
        assert [(proof.promise, proof.failures()) for proof in PROOFS if proof.failures()] == []
        transaction.set_rollback(True)


def test_the_replay_sees_a_satang_too_much():
    story = Story({})
    story.do("pay", 60, 40)
    story.replay.owed.interest += 1

    with pytest.raises(AssertionError):
        story.agrees()


def test_the_replay_knows_a_figure_computed_by_hand():
    plan = Plan(SIGNED, Fraction(6), 0, None, [Row(date(2017, 7, 15), 3500000, 17500, 0)])

    assert plan.interest(0, 3500000) == 17500
