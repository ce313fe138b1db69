"""The papers of a contract: the contract, its schedule, the acknowledgement of debt, the release of old debts.

Each carries the seal made when it came into being: a QR code that anyone may ask about, and in its foot the code
of what it says now. Code and seal agree as long as nothing the paper says was changed.
"""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property

from accounts.audit import record
from accounts.roles import Can
from config import thai
from debts.models import ClauseText, Contract, PaperReturn, PaperSeal
from debts.papers import texts
from debts.papers.content import Content, content_of, paper_of
from debts.papers.seals import path_of, standing
from debts.papers.words import sample_words
from reports.paper_views import PaperPage
from reports.qr import qr_of

Kind = PaperSeal.Kind
IN_BOLD = ("เจ้าหนี้", "ลูกหนี้", "จำนวนเงิน", "จำนวนเงินตัวอักษร", "กองทุนเดิม", "ผู้กู้เดิม")


class SealedPaper(PaperPage):
    """A paper of one contract. `kind` is that of its seal; contracts of before there were seals print without."""

    permission = Can.VIEW_DEBTS
    queryset = Contract.objects.with_names().with_places()
    kind: str
    with_national_id = False

    @property
    def contract(self) -> Contract:
        return self.object

    @cached_property
    def seal(self) -> PaperSeal | None:
        return standing(self.contract, self.kind)

    @property
    def text(self) -> ClauseText | None:
        if self.seal:
            return self.seal.text
        return None if self.kind == Kind.SCHEDULE else texts.shipped(self.kind)

    @cached_property
    def paper(self):
        return paper_of(self.kind, self.contract, with_national_id=self.with_national_id)

    @cached_property
    def content(self) -> Content:
        return content_of(self.kind, self.paper, self.text, self.given_back)

    given_back: PaperReturn | None = None

    def get_code(self) -> str:
        return self.content.code

    def get_pictures(self) -> dict[str, bytes]:
        return {"qr": qr_of(path_of(self.seal))} if self.seal else {}

    def get_name(self) -> str:
        return f"{Kind(self.kind).label} {self._file_number}"

    @property
    def _file_number(self) -> str:
        return f"{self.contract.number.replace('/', '-')} {self.contract.centre.village.name}"

    def get_paper(self):
        contract = self.contract
        return self.get_name(), {
            "contract": contract,
            "paper": self.paper,
            "paragraphs": self.content.paragraphs,
            "bold": IN_BOLD,
            "text": self.text,
            "seal": self.seal,
            "code": self.content.code,
            "has_changed": bool(self.seal) and self.seal.sha256 != self.content.sha256,
            "borrower": self.paper.borrower,
            "signed": thai.thai_digits(thai.full_date(contract.signed_on)),
            "foot": f"สัญญาเลขที่ {contract.number} วันที่ {thai.short_date(contract.signed_on)}",
        }


class IdentifyingPaper(SealedPaper):
    """A copy with the national ID masked; posting gives the paper to sign, ID in full, and is recorded."""

    def post(self, request, **keywords):
        self.object = self.get_object()
        if not request.user.can(Can.REVEAL_NATIONAL_ID):
            raise PermissionDenied
        self.keep_record()
        self.with_national_id = True
        return self.print()

    def keep_record(self) -> None:
        raise NotImplementedError

    def get_name(self):
        return super().get_name() if self.with_national_id else f"สำเนา{super().get_name()}"

    def get_paper(self):
        name, context = super().get_paper()
        return name, {**context, "is_copy": not self.with_national_id}


class ContractPaper(IdentifyingPaper):
    kind = Kind.CONTRACT
    template_name = "papers/contract.html"

    def keep_record(self):
        record(
            by=self.request.user,
            action="print_contract",
            target=str(self.object),
            detail={"contract": self.object.pk},
            request=self.request,
        )


class AcknowledgementPaper(IdentifyingPaper):
    kind = Kind.ACKNOWLEDGEMENT
    template_name = "papers/acknowledgement.html"

    def keep_record(self):
        record(
            by=self.request.user,
            action="print_acknowledgement",
            target=str(self.object),
            detail={"contract": self.object.pk},
            request=self.request,
        )


class SchedulePaper(SealedPaper):
    kind = Kind.SCHEDULE
    template_name = "papers/schedule.html"


class ReleasePaper(SealedPaper):
    """The letter for one old paper, as its return was written down; a corrected record has a letter of its own."""

    kind = Kind.RELEASE
    queryset = PaperReturn.objects.select_related("merged")
    template_name = "papers/release.html"

    @cached_property
    def contract(self):
        return Contract.objects.with_names().with_places().get(pk=self.object.merged.contract_id)

    @cached_property
    def seal(self):
        return PaperSeal.objects.select_related("text__province").filter(paper_return=self.object).first()

    @property
    def given_back(self):
        return self.object

    def get_paper(self):
        name, context = super().get_paper()
        old = next(old for old in self.paper.old_debts if old.pk == self.object.merged_id)
        day = thai.thai_digits(thai.full_date(self.object.on))
        return f"{name} {old.number.replace('/', '-')}".strip(), {**context, "old": old, "told_on": day}


class ClausePreview(PaperPage):
    """A text with invented values in its places, every part shown."""

    permission = Can.VIEW_CLAUSES
    queryset = ClauseText.objects.select_related("province")
    template_name = "papers/clause_preview.html"

    def get_paper(self):
        text = self.object
        return f"ตัวอย่าง {text}", {
            "text": text,
            "paragraphs": sample_words(text.kind).of(text),
            "bold": IN_BOLD,
            "foot": f"ตัวอย่าง {text.get_kind_display()}",
        }
