"""A stored file as an officer reviews it: the answers given so far, and what would come of them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID, uuid4

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from accounts.models import Officer
from config import thai
from config.forms import number_in
from debts.imports.differences import apply, compare
from debts.imports.edited_preview import preview_of
from debts.imports.files import CannotImport, answer, reread
from debts.imports.form import ProposedMerge, State, by_lender, merge_form, propose_merges, usual_terms
from debts.imports.forms import EditedAnswers, MergeAnswers, RegisterAnswers
from debts.imports.matching import about_the_place, fund_choices, propose
from debts.imports.proposal import Decisions, FundChoice, Outcome, Proposal, ProposedRow
from debts.imports.register import import_register
from debts.ledger import ZERO
from debts.models import RegisterFile
from debts.sheets.edited import EditedRegister
from debts.sheets.form import ContractForm
from debts.sheets.register import ReadRegister, ReadSheet

ROWS_A_PAGE = 100


class Seen(forms.Form):
    """What stood on the page when the officer pressed the button."""

    debts = forms.IntegerField()
    total = forms.DecimalField()

    @classmethod
    def read(cls, typed) -> tuple[int, Decimal]:
        """How many debts of how many baht were shown. Raises `CannotImport`."""
        seen = cls(typed)
        if not seen.is_valid():
            raise CannotImport("ตรวจข้อมูลก่อนนำเข้า แล้วกดนำเข้าอีกครั้ง")
        return seen.cleaned_data["debts"], seen.cleaned_data["total"]


@dataclass(frozen=True)
class SheetView:
    """How one sheet was read, and how many of its rows are in the preview."""

    read: ReadSheet
    count: int

    @property
    def tidied(self):
        return [(row.row, cell) for row in self.read.rows for cell in row.tidied]


def page_of(rows: list, asked) -> Page:
    """The page of rows that the address asks for; the last one when there are not so many."""
    return Paginator(rows, ROWS_A_PAGE).get_page(asked.get("page"))


def register_answers(
    file: RegisterFile,
    officer: Officer,
    typed,
    *,
    choices: list[FundChoice],
    sheets: list[str],
    visible: list[str],
    as_of_on: date | None,
) -> RegisterAnswers:
    """The form with what was just typed, or decided before, or is usual."""
    return RegisterAnswers(
        typed or file.decisions or None,
        user=officer,
        centre=file.centre,
        choices=choices,
        sheets=sheets,
        initial={"as_of_on": as_of_on, "sheets": visible},
    )


def kept_answers(form: RegisterAnswers, typed) -> dict:
    return {name: typed.getlist(name) if name == "sheets" else typed.get(name, "") for name in form.fields}


class RegisterReview:
    """A register: which sheets, which funds, as of which day, and what its rows become."""

    template_name = "debts/registerfile.html"

    def __init__(self, file: RegisterFile, register: ReadRegister, officer: Officer, typed=None):
        self.file, self.register = file, register
        choices = list(fund_choices(register, file.centre, {}).values())
        names = [sheet.name for sheet in register.sheets]
        self.form = register_answers(
            file,
            officer,
            typed,
            choices=choices,
            sheets=names,
            visible=self._visible(),
            as_of_on=self._day_told(),
        )

    @cached_property
    def proposal(self) -> Proposal:
        return propose(
            register=self.register,
            centre=self.file.centre,
            as_of=self._as_of(),
            decisions=self._decisions(),
        )

    def _visible(self) -> list[str]:
        names = [sheet.name for sheet in self.register.sheets if not sheet.hidden]
        return names or [sheet.name for sheet in self.register.sheets]

    def _as_of(self):
        return (
            self.form.cleaned_data.get("as_of_on")
            if self.form.is_bound and self.form.is_valid()
            else self._day_told()
        )

    def _day_told(self):
        return self.file.as_of_on or self.register.as_of_on

    def _decisions(self) -> Decisions:
        if self.form.is_bound and self.form.is_valid():
            return self.form.decisions()
        names = frozenset(sheet.name for sheet in self.register.sheets)
        return Decisions(left_out=names.difference(self._visible()))

    @property
    def must_ask(self) -> bool:
        """Whether an officer has to say first which column is what."""
        return bool(self.register.to_ask)

    def is_ready(self) -> bool:
        return self.form.is_valid()

    def answers(self, typed) -> dict:
        """The typed answers as they are remembered."""
        return kept_answers(self.form, typed)

    def carry_out(self, typed, by: Officer) -> str:
        """Import, and say what was done. Raises `CannotImport`."""
        seen = Seen.read(typed)
        answer(self.file, self.answers(typed))
        done = import_register(
            file=self.file,
            register=self.register,
            as_of=self.form.cleaned_data["as_of_on"],
            on=timezone.localdate(),
            by=by,
            decisions=self.form.decisions(),
            expected=seen,
        )
        return (
            f"ดำเนินการแล้ว: นำเข้าหนี้ {thai.count(done.debts)} รายการ {thai.money(done.total)} บาท"
            f" ครัวเรือนใหม่ {thai.count(done.households)} ครัวเรือน"
        )

    def context(self, asked) -> dict:
        proposal = self.proposal
        return {
            "register": self.register,
            "proposal": proposal,
            "sheets": [self._view(sheet) for sheet in self.register.sheets],
            "page": page_of(self._rows(asked), asked),
            "only_to_check": "check" in asked,
            "outcome": asked.get("outcome", ""),
            "counts": [(outcome, len(rows)) for outcome in Outcome if (rows := proposal.of(outcome))],
            "to_check": sum(row.needs_a_look for row in proposal.rows),
            "errors": len(proposal.of(Outcome.ERROR)),
            "guessed": sum("ระบบอ่าน" in note for row in proposal.rows for note in row.read.warnings),
            "tidied": sum(len(row.read.tidied) for row in proposal.rows),
            "new_houses": sum(house.known is None for house in proposal.houses),
        }

    def _rows(self, asked) -> list[ProposedRow]:
        """The rows asked for, those to look at first."""
        rows = self.proposal.of(asked["outcome"]) if asked.get("outcome") else self.proposal.rows
        rows = [row for row in rows if row.needs_a_look] if "check" in asked else rows
        return sorted(rows, key=_urgency)

    def _view(self, sheet: ReadSheet) -> SheetView:
        return SheetView(sheet, sum(row.sheet == sheet.name for row in self.proposal.rows))


URGENT = (Outcome.ERROR, Outcome.DIFFERS, Outcome.WAITS)


def _urgency(row: ProposedRow) -> int:
    return URGENT.index(row.outcome) if row.outcome in URGENT else len(URGENT) + (not row.needs_a_look)


class FormReview:
    """The form "๑ ครัวเรือน ๑ สัญญา": the common terms, and the contracts that its rows become."""

    template_name = "debts/registerfile_form.html"
    must_ask = False

    def __init__(self, file: RegisterFile, form: ContractForm, officer: Officer, typed=None):
        self.file, self.sheet = file, form
        terms = usual_terms(file.centre, on=timezone.localdate())
        self.form = MergeAnswers(typed or file.decisions or None, user=officer, initial=asdict(terms))
        if self.form.is_bound and self.form.is_valid():
            terms = self.form.terms()
        self.rows = propose_merges(form=form, centre=file.centre, terms=terms)
        self.left_out = self._left_out(typed)

    def _left_out(self, typed) -> set[int]:
        if typed is None:
            return set(self.file.decisions.get("left_out", []))
        return {row.read.row for row in self.ready} - _numbers(typed.getlist("row"))

    @property
    def ready(self) -> list[ProposedMerge]:
        return [row for row in self.rows if row.state == State.READY]

    @property
    def chosen(self) -> list[ProposedMerge]:
        return [row for row in self.ready if row.read.row not in self.left_out]

    def is_ready(self) -> bool:
        """Whether the terms are whole: a contract beyond its fund's rules needs the common reason."""
        if not self.form.is_valid():
            return False
        unjustified = next((row for row in self.chosen if row.plan.to_justify), None)
        if unjustified and not self.form.cleaned_data["reason"]:
            self.form.add_error("reason", f"แถว {unjustified.read.row}: {unjustified.plan.to_justify[0]}")
        return self.form.is_valid()

    def answers(self, typed) -> dict:
        """The typed answers as they are remembered."""
        return {name: typed.get(name, "") for name in self.form.fields} | {"left_out": sorted(self.left_out)}

    def carry_out(self, typed, by: Officer) -> str:
        """Sign the chosen contracts, and say what was done. Raises `CannotImport`."""
        answer(self.file, self.answers(typed))
        contracts = merge_form(
            file=self.file,
            form=self.sheet,
            terms=self.form.terms(),
            rows=_numbers(typed.getlist("row")),
            by=by,
            key=_key(typed.get("key", "")),
        )
        amount = sum((contract.amount for contract in contracts), ZERO)
        return f"ดำเนินการแล้ว: สร้างสัญญา {thai.count(len(contracts))} สัญญา {thai.money(amount)} บาท"

    def context(self, asked) -> dict:
        only_to_check = "check" in asked
        rows = (
            [row for row in self.rows if row.state not in (State.READY, State.DONE)]
            if only_to_check
            else self.rows
        )
        done = [row for row in self.rows if row.state == State.DONE]
        return {
            "sheet": self.sheet,
            "rows": rows,
            "chosen": {row.read.row for row in self.chosen},
            "totals": by_lender(self.chosen),
            "lenders": sorted({row.lender for row in self.ready}, key=lambda fund: fund.pk),
            "amount": sum((row.read.amount for row in self.chosen), ZERO),
            "done": done,
            "counts": [
                (state, count) for state in State if (count := sum(row.state == state for row in self.rows))
            ],
            "to_justify": any(row.plan.to_justify for row in self.chosen),
            "warnings": (
                *self.sheet.warnings,
                *about_the_place(self.sheet.place, self.file.centre.village),
            ),
            "only_to_check": only_to_check,
            "key": uuid4(),
        }


class EditedReview:
    """A register that was edited in Excel: only what differs from the debts as they are."""

    template_name = "debts/registerfile_differences.html"
    must_ask = False

    def __init__(self, file: RegisterFile, edited: EditedRegister, officer: Officer, typed=None):
        self.file, self.edited = file, edited
        self.form = EditedAnswers(typed, user=officer)
        self.preview = preview_of(compare(edited=edited, centre=file.centre))
        self.accepted = rows_chosen(typed)

    def is_ready(self) -> bool:
        return self.form.is_valid()

    def answers(self, typed) -> dict:
        return {}

    def carry_out(self, typed, by: Officer) -> str:
        """Write the differences down, and say what was done. Raises `CannotImport`."""
        done = apply(
            file=self.file,
            edited=self.edited,
            on=timezone.localdate(),
            by=by,
            accepted=self.accepted,
            skip_errors=self.form.cleaned_data["skip_errors"],
            expected=certain_seen(typed),
        )
        return f"ดำเนินการแล้ว: {done}"

    def context(self, asked) -> dict:
        return {"found": self.preview, "page": page_of(self.preview.rows, asked), "accepted": self.accepted}


def certain_seen(typed) -> int:
    """How many rows the officer saw would change without a further word. Raises `CannotImport`."""
    seen = number_in(typed.get("certain", ""))
    if seen is None:
        raise CannotImport("ตรวจข้อมูลก่อนบันทึก แล้วกดบันทึกอีกครั้ง")
    return seen


def rows_chosen(typed) -> set[int]:
    """The doubtful rows (as in Excel) that the officer says are right."""
    return _numbers(typed.getlist("row")) if typed else set()


REVIEWS = {ReadRegister: RegisterReview, ContractForm: FormReview, EditedRegister: EditedReview}


def review_of(file: RegisterFile, officer: Officer, typed=None) -> RegisterReview | FormReview | EditedReview:
    """The file's review, with what was just `typed`. Raises `CannotOpen`, `NothingToImport` and `CannotImport`."""
    found = reread(file)
    return REVIEWS[type(found)](file, found, officer, typed)


def _numbers(typed: list[str]) -> set[int]:
    return {number for each in typed if (number := number_in(each)) is not None}


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as wrong:
        raise CannotImport("ตรวจข้อมูลแล้วกดยืนยันอีกครั้ง") from wrong
