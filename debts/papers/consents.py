"""Who has to agree before a contract is signed: every guarantor of an old debt, and the debtor's family.

Time given to the debtor frees the guarantor who did not agree to it (s.700), and a new contract ends the old debt
with its guarantee (s.349): so nothing is signed before each guarantor's part is written down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from debts.models import Contract, Debt, FamilyConsent, GuarantorAnswer

LONGEST_NAMED = 3  # guarantors named in a refusal, the others are counted


@dataclass(frozen=True)
class Family:
    """The spouse or heir who agrees, or the reason why there is none."""

    name: str = ""
    relation: str = ""
    reason: str = ""

    @property
    def is_told(self) -> bool:
        return bool(self.name and self.relation) != bool(self.reason)


@dataclass(frozen=True)
class Consents:
    """What was answered before the signing; `guarantors` by the key of the `Guarantor`."""

    guarantors: Mapping[int, str] = field(default_factory=dict)
    family: Family = Family()


def missing(debts: Iterable[Debt], consents: Consents) -> str:
    """What has to be written down before these debts can be merged, in Thai; nothing when all is there."""
    return " ".join(_missing(debts, consents))


def keep(contract: Contract, debts: Iterable[Debt], consents: Consents) -> None:
    """Write the answers down with the contract, with the names as they are on the papers today."""
    GuarantorAnswer.objects.bulk_create(
        GuarantorAnswer(
            contract=contract, debt=debt, name=str(guarantor), answer=consents.guarantors[guarantor.pk]
        )
        for debt in debts
        for guarantor in debt.guarantors.all()
    )
    family = consents.family
    FamilyConsent.objects.create(
        contract=contract,
        name=family.name,
        relation=family.relation if family.name else "",
        reason=family.reason,
    )


def _missing(debts: Iterable[Debt], consents: Consents) -> Iterator[str]:
    known = set(GuarantorAnswer.Answer.values)
    unasked = [
        f"{guarantor} ({debt})"
        for debt in debts
        for guarantor in debt.guarantors.all()
        if consents.guarantors.get(guarantor.pk) not in known
    ]
    if unasked:
        more = len(unasked) - LONGEST_NAMED
        others = f" และอีก {more} คน" if more > 0 else ""
        yield f"ระบุการดำเนินการกับผู้ค้ำประกันของหนี้เดิม: {', '.join(unasked[:LONGEST_NAMED])}{others}"
    if not consents.family.is_told:
        yield "ระบุคู่สมรสหรือทายาทที่ให้ความยินยอม หรือเหตุที่ไม่มี"
