"""What the law asks of a contract and how far that is done: for the contract's own page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debts.models import Contract, FamilyConsent, GuarantorAnswer, SignedScan, StampDuty
from debts.papers.duty import duty_of
from debts.papers.returns import OldPaper, Progress, old_papers, progress_of
from debts.papers.scans import is_overdue


@dataclass(frozen=True)
class Law:
    """`has_no_scan` when the signed paper should have been attached by now; amounts in baht."""

    answers: list[GuarantorAnswer]
    family: FamilyConsent | None
    old_papers: list[OldPaper]
    progress: Progress
    duty: Decimal
    paid: StampDuty | None
    scans: list[SignedScan]
    has_no_scan: bool
    must_write_anew: bool


def law_of(contract: Contract, *, on: date) -> Law:
    papers = old_papers(contract)
    scans = list(contract.scans.select_related("document__added_by"))
    is_cancelled = contract.ending == Contract.Ending.CANCELLED
    progress = progress_of(papers)
    return Law(
        answers=list(contract.guarantor_answers.select_related("debt__fund")),
        family=FamilyConsent.objects.filter(contract=contract).first(),
        old_papers=papers,
        progress=progress,
        duty=duty_of(contract),
        paid=StampDuty.objects.filter(contract=contract).select_related("by").first(),
        scans=scans,
        has_no_scan=is_overdue(contract, has_scan=bool(scans), on=on),
        must_write_anew=is_cancelled and progress.told > 0,
    )
