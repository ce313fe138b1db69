"""What becomes of the papers of the old debts: given back, cancelled and kept, or lost (s.340, s.653)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.ledger import lock_household
from debts.models import Contract, MergedDebt, PaperReturn
from debts.papers.seals import seal_release


class CannotRecord(ValueError):
    """Nothing is written down; `str()` is the Thai reason."""


class Progress(NamedTuple):
    """How many of a contract's old papers are accounted for, and how many of these were given back."""

    papers: int
    told: int
    returned: int

    @property
    def is_done(self) -> bool:
        return self.told == self.papers


class OldPaper(NamedTuple):
    """An old debt of a contract, and what became of its paper, if that is known."""

    merged: MergedDebt
    given_back: PaperReturn | None


@transaction.atomic
def give_back(
    *, merged: MergedDebt, fate: str, on: date, received_by: str, note: str, by: Officer
) -> PaperReturn:
    """Write down what became of an old paper; a later record corrects the earlier one.

    Makes the seal of the release letter. Raises `CannotRecord`.
    """
    lock_household(merged.contract.household_id, CannotRecord)
    merged = MergedDebt.objects.select_related("contract").get(pk=merged.pk)
    _refuse(merged, fate, on, received_by)
    PaperReturn.objects.filter(merged=merged).standing().update(is_replaced=True)
    given_back = PaperReturn.objects.create(
        merged=merged, fate=fate, on=on, received_by=received_by, note=note, by=by
    )
    seal_release(given_back)
    detail = {"contract": merged.contract_id, "fate": fate}
    record(by=by, action="paper-return", target=f"debt {merged.debt_id}", detail=detail)
    return given_back


def old_papers(contract: Contract) -> list[OldPaper]:
    merged = list(contract.merged_debts.select_related("debt__fund", "debt__borrower"))
    standing = PaperReturn.objects.filter(merged__contract=contract).standing().select_related("by")
    told = {each.merged_id: each for each in standing}
    return [OldPaper(line, told.get(line.pk)) for line in merged]


def progress_of(papers: list[OldPaper]) -> Progress:
    fates = [paper.given_back.fate for paper in papers if paper.given_back]
    return Progress(len(papers), len(fates), fates.count(PaperReturn.Fate.RETURNED))


def _refuse(merged: MergedDebt, fate: str, on: date, received_by: str) -> None:
    contract = merged.contract
    if contract.ending == Contract.Ending.CANCELLED:
        raise CannotRecord("สัญญานี้ยกเลิกแล้ว หนี้เดิมยังค้างอยู่ จึงไม่คืนสัญญาเดิม")
    if on < contract.signed_on:
        raise CannotRecord(f"ระบุวันที่ตั้งแต่วันทำสัญญา {thai.short_date(contract.signed_on)} เป็นต้นไป")
    if fate == PaperReturn.Fate.RETURNED and not received_by:
        raise CannotRecord("ระบุผู้รับสัญญาเดิม")
