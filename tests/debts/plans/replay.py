"""An independent replay of a household's contract, in plain integers of satang.

It knows nothing of the application's arithmetic: it is told the terms and the stored instalments of each plan and the
events, and works out what is owed. A different way to the same satang is the proof.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


def half_up(amount: Fraction) -> int:
    return int((2 * amount + 1) // 2)


@dataclass
class Row:
    due_on: date
    principal: int
    interest: int
    apart: int


@dataclass
class Plan:
    """A plan of monthly periods: `rate` in percent a year, `first_days` of a first period that is no whole month."""

    starts_on: date
    rate: Fraction
    full_grace: int
    first_days: int | None
    rows: list[Row]

    def interest(self, number: int, principal: int) -> int:
        """Of a whole period, counted from 0."""
        if number == 0 and self.first_days is not None:
            return half_up(principal * self.rate * self.first_days / 36500)
        return half_up(principal * self.rate / 1200)

    def prove(self, principal: int, apart: int) -> None:
        """The schedule pays exactly what is owed, with the interest of each balance."""
        balance, set_apart = principal, apart
        for number, row in enumerate(self.rows):
            interest = self.interest(number, balance)
            set_apart += interest if number < self.full_grace else 0
            assert row.interest == (0 if number < self.full_grace else interest)
            balance -= row.principal
        assert (balance, sum(row.apart for row in self.rows)) == (0, set_apart)


@dataclass
class Owed:
    principal: int
    interest: int = 0
    apart: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.apart


@dataclass
class Replay:
    """What is owed after each event; `past` are the states of before, newest last, for taking an event back."""

    owed: Owed
    plan: Plan
    accrued_to: date
    lost: int = 0
    covered: int = 0
    ended: str = ""
    past: list = field(default_factory=list)
    days: list = field(default_factory=list)

    def remember(self) -> None:
        state = (self.owed, self.plan, self.accrued_to, self.lost, self.covered, self.ended)
        self.past.append(deepcopy(state))

    def take_back(self, on: date) -> None:
        """The newest event that was not taken back."""
        self.owed, self.plan, self.accrued_to, self.lost, self.covered, self.ended = self.past.pop()
        self.note(on)

    def note(self, on: date) -> None:
        self.days.append((on, deepcopy(self.owed)))

    def on(self, day: date) -> Owed:
        return [owed for on, owed in self.days if on <= day][-1]

    def charged(self, on: date, *, to_the_day: bool) -> tuple[Owed, date]:
        """What is owed on a day with its interest, and the day up to which it is then counted."""
        owed, accrued_to, start, plan = deepcopy(self.owed), self.accrued_to, self.plan.starts_on, self.plan
        if self.ended == "default":
            owed.interest += self._simple(owed.principal, accrued_to, on)
            return owed, max(accrued_to, on)
        for number, row in enumerate(plan.rows):
            end = row.due_on if row.due_on <= on else on
            is_running = row.due_on > on
            if accrued_to < end and (not is_running or (to_the_day and start < on)):
                interest = self._of_period(
                    owed.principal, number, start, max(accrued_to, start), end, is_running
                )
                part = "apart" if number < plan.full_grace else "interest"
                setattr(owed, part, getattr(owed, part) + interest)
                accrued_to = end
            if is_running:
                return owed, accrued_to
            start = row.due_on
        owed.interest += self._simple(owed.principal, max(accrued_to, start), on)
        return owed, max(accrued_to, on)

    def _of_period(self, principal, number, start, since, end, is_running) -> int:
        whole = self.plan.interest(number, principal)
        is_whole = since == start and not is_running
        return whole if is_whole else min(whole, self._simple(principal, since, end))

    def _simple(self, principal: int, since: date, until: date) -> int:
        return half_up(principal * self.plan.rate * max((until - since).days, 0) / 36500)

    def most(self, on: date) -> int:
        return self.charged(on, to_the_day=True)[0].total

    def pay(self, amount: int, on: date) -> None:
        self.remember()
        due, counted_to = self.charged(on, to_the_day=False)
        every = self.charged(on, to_the_day=True)
        self.owed, self.accrued_to = every if amount >= due.total else (due, counted_to)
        later = [] if self.ended == "default" else [row for row in self.plan.rows if row.due_on > on]
        due_apart = max(self.owed.apart - sum(row.apart for row in later), 0)
        due_principal = max(self.owed.principal - sum(row.principal for row in later), 0)
        left = amount
        for part, most in (
            ("apart", due_apart),
            ("interest", self.owed.interest),
            ("principal", due_principal),
        ):
            left -= self._take(part, min(left, most))
        for part in ("apart", "interest", "principal"):
            left -= self._take(part, min(left, getattr(self.owed, part)))
        assert left == 0
        self.covered += amount
        if self.owed.total == 0 and not self.ended:
            self.ended = "paid"
        self.note(on)

    def _take(self, part: str, amount: int) -> int:
        setattr(self.owed, part, getattr(self.owed, part) - amount)
        return amount

    def count_to(self, on: date) -> None:
        self.owed, self.accrued_to = self.charged(on, to_the_day=True)
        self.accrued_to = on

    def waive(self, principal: int, interest: int, apart: int, on: date) -> None:
        self.remember()
        self.count_to(on)
        self._take("principal", principal)
        self._take("interest", interest)
        self._take("apart", apart)
        self.covered += principal + interest + apart
        self.ended = "" if self.owed.total else "waived"
        self.note(on)

    def replan(self, plan: Plan) -> None:
        self.remember()
        self.count_to(plan.starts_on)
        self.owed.apart, self.owed.interest = self.owed.apart + self.owed.interest, 0
        plan.prove(self.owed.principal, self.owed.apart)
        self.plan, self.covered = plan, 0
        self.note(plan.starts_on)

    def write_off(self, on: date) -> None:
        self.remember()
        self.count_to(on)
        self.lost, self.owed, self.ended = self.owed.total, Owed(0), "written off"
        self.note(on)

    def recover(self, amount: int, on: date) -> None:
        self.remember()
        self.lost -= amount
        self.note(on)

    def default(self, on: date) -> None:
        self.remember()
        self.count_to(on)
        self.ended = "default"
        self.note(on)
