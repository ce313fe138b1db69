"""What a paper says, as lines of text, and the hash of it.

The hash covers everything that binds: the filled clauses, both annexes, who consented. It leaves out the national
ID, so that a copy and the paper to sign carry the same code, and nothing of it can be guessed from the hash.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from config import thai
from debts.models import ClauseText, Contract, PaperReturn, PaperSeal, code_of
from debts.papers.clauses import Paragraph
from debts.papers.contract import ANNEX_COLUMNS, ContractPaper, OldDebt, contract_paper
from debts.papers.words import ID, Words, contract_words, release_words

Kind = PaperSeal.Kind


@dataclass(frozen=True)
class Content:
    """The paragraphs as they are printed, and the hash of all the paper says."""

    paragraphs: list[Paragraph]
    sha256: str

    @property
    def code(self) -> str:
        return code_of(self.sha256)


def paper_of(kind: str, contract: Contract, *, with_national_id: bool = False) -> ContractPaper:
    """What a paper is made from: a schedule says what holds now, every other paper what was signed."""
    return contract_paper(contract, as_signed=kind != Kind.SCHEDULE, with_national_id=with_national_id)


def content_of(
    kind: str, paper: ContractPaper, text: ClauseText | None, given_back: PaperReturn | None = None
) -> Content:
    """What the paper says today. `given_back` is what became of the old paper a release letter is about."""
    words = _words(kind, paper, given_back)
    lines = [kind, paper.contract.number, *_sealed(words, text), *_annexes(kind, paper)]
    return Content(words.of(text) if text else [], sha256("\n".join(lines).encode()).hexdigest())


def content_now(seal: PaperSeal) -> Content:
    """What the paper of the seal would say if it were printed now."""
    return content_of(seal.kind, paper_of(seal.kind, seal.contract), seal.text, seal.paper_return)


def old_debt_of(paper: ContractPaper, given_back: PaperReturn) -> OldDebt:
    return next(old for old in paper.old_debts if old.pk == given_back.merged_id)


def _words(kind: str, paper: ContractPaper, given_back: PaperReturn | None) -> Words:
    if kind == Kind.RELEASE:
        return release_words(paper, old_debt_of(paper, given_back), given_back)
    return contract_words(paper)


def _sealed(words: Words, text: ClauseText | None) -> list[str]:
    """The filled text without the national ID."""
    if text is None:
        return []
    unnamed = replace(words, values={**words.values, ID: ""})
    return [paragraph.text for paragraph in unnamed.of(text)]


def _annexes(kind: str, paper: ContractPaper) -> Iterator[str]:
    if kind in (Kind.CONTRACT, Kind.ACKNOWLEDGEMENT):
        yield from (_old_line(old) for old in paper.old_debts)
    if kind == Kind.CONTRACT:
        yield from _consents(paper)
    if kind in (Kind.CONTRACT, Kind.SCHEDULE):
        yield from _terms(paper)
        yield from (_schedule_line(line) for line in paper.schedule)


def _old_line(old: OldDebt) -> str:
    amounts = (thai.money(getattr(old, column)) for column in ANNEX_COLUMNS)
    return " | ".join((old.fund, old.number, old.method, *amounts))


def _consents(paper: ContractPaper) -> Iterator[str]:
    for old in paper.old_debts:
        yield from (f"{old.number} | {surety.name} | {surety.answer}" for surety in old.sureties)
    yield str(paper.family or "")


def _terms(paper: ContractPaper) -> Iterator[str]:
    contract = paper.contract
    yield f"{paper.borrower.full_name} | {contract.lender.name} | {thai.money(contract.amount)}"
    if paper.terms is not contract:
        yield f"{paper.terms.number} | {paper.terms.starts_on.isoformat()}"


def _schedule_line(line) -> str:
    amounts = (line.principal, line.interest, line.apart, line.total, line.balance)
    return " | ".join((str(line.number), line.due_on.isoformat(), *map(thai.money, amounts)))
