"""What the law asks of a contract besides money: who agreed, what became of the old papers, stamp duty, the
wording it was signed with, the signed paper itself, and the seals by which a paper is known as genuine."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet
from config.money import MoneyField
from debts.models.debts import Contract, Debt, MergedDebt
from households.models import Document


class OfContractQuerySet(ScopedQuerySet):
    area_path = "contract__household__village__code"


class GuarantorAnswer(models.Model):
    """What a guarantor of an old debt said before the signing: giving time without consent frees (s.700)."""

    class Answer(models.TextChoices):
        CONSENTS = "consents", "ยินยอมและค้ำประกันต่อ"
        NEW = "new", "ทำสัญญาค้ำประกันใหม่"
        RELEASED = "released", "หลุดพ้นจากการค้ำประกัน"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="guarantor_answers")
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="guarantor_answers")
    name = models.CharField("ผู้ค้ำประกัน", max_length=210)
    answer = models.CharField("การดำเนินการ", max_length=10, choices=Answer)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "debt", "name"],
                name="debts_a_guarantor_answers_once",
                violation_error_message="บันทึกการดำเนินการกับผู้ค้ำประกันคนนี้แล้ว",
            )
        ]

    @property
    def signs(self) -> bool:
        """Whether the guarantor signs the new contract."""
        return self.answer != self.Answer.RELEASED


class FamilyConsent(models.Model):
    """The spouse or heir who agrees to the contract, or why there is none."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", "คู่สมรส"
        CHILD = "child", "บุตร"
        PARENT = "parent", "บิดาหรือมารดา"
        SIBLING = "sibling", "พี่หรือน้อง"
        OTHER = "other", "ทายาทอื่น"

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="family_consent")
    relation = models.CharField("ความเกี่ยวข้องกับลูกหนี้", max_length=10, choices=Relation, blank=True)
    name = models.CharField("ชื่อ–สกุล", max_length=160, blank=True)
    reason = models.CharField("เหตุที่ไม่มีผู้ให้ความยินยอม", max_length=200, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="debts_a_consent_names_somebody_or_says_why_not",
                condition=(~Q(relation="") & ~Q(name="") & Q(reason=""))
                | (Q(relation="") & Q(name="") & ~Q(reason="")),
                violation_error_message="ระบุชื่อและความเกี่ยวข้อง หรือเหตุที่ไม่มีผู้ให้ความยินยอม",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_relation_display()})" if self.name else f"ไม่มี: {self.reason}"


class PaperReturnQuerySet(ScopedQuerySet):
    area_path = "merged__contract__household__village__code"

    def standing(self):
        """Records that no later one corrects."""
        return self.filter(is_replaced=False)


class PaperReturn(models.Model):
    """What became of the paper of an old debt (s.340, s.653). A correction is a new row."""

    class Fate(models.TextChoices):
        RETURNED = "returned", "คืนสัญญาเดิมให้ลูกหนี้แล้ว"
        KEPT = "kept", "ขีดฆ่ายกเลิก กองทุนเดิมเก็บไว้"
        LOST = "lost", "สัญญาเดิมสูญหาย"

    merged = models.ForeignKey(MergedDebt, models.PROTECT, related_name="paper_returns")
    fate = models.CharField("ผลการคืนเอกสาร", max_length=10, choices=Fate)
    on = models.DateField("วันที่")
    received_by = models.CharField("ผู้รับเอกสาร", max_length=160, blank=True)
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_replaced = models.BooleanField(default=False)

    objects = PaperReturnQuerySet.as_manager()

    class Meta:
        ordering = ["merged", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(is_replaced=False),
                name="debts_an_old_paper_has_one_fate",
                violation_error_message="บันทึกการคืนสัญญาเดิมฉบับนี้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_returned_paper_was_received_by_somebody",
                condition=~Q(fate="returned") | ~Q(received_by=""),
                violation_error_message="ระบุผู้รับสัญญาเดิม",
            ),
        ]


class StampDuty(models.Model):
    """The stamp duty of a contract as it was paid, in baht (Revenue Code, item 5)."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="stamp_duty")
    amount = MoneyField("อากรแสตมป์ที่ปิด (บาท)")
    on = models.DateField("วันที่ปิดอากร")
    note = models.CharField("หมายเหตุ", max_length=200, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="debts_stamp_duty_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="ระบุจำนวนอากรมากกว่าศูนย์",
            )
        ]


class ClauseTextQuerySet(models.QuerySet):
    def for_user(self, user):
        """The shipped texts and those of the officer's province; all of them for the whole country."""
        if not user.area_id:
            return self.none()
        prefix = user.area.prefix
        return self.filter(Q(province=None) | Q(province=prefix[:2])) if prefix else self.all()

    def of_office(self, user):
        """Those the officer may write: the own province's, or the department's; a shipped text is nobody's."""
        if not user.area_id:
            return self.none()
        return self.filter(province=user.area.prefix[:2] or user.area_id)

    def approved(self):
        return self.exclude(approved_at=None)

    def drafts(self):
        """Texts a province is working on; a shipped text is never worked on."""
        return self.filter(approved_at=None).exclude(province=None)


class ClauseText(models.Model):
    """One version of the words of a paper: shipped with the system (`province` is None, a draft for ever), or
    a province's own, a draft until somebody else approves it. An approved version is never changed."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", "สัญญาปรับโครงสร้างหนี้"
        ACKNOWLEDGEMENT = "acknowledgement", "หนังสือรับสภาพหนี้"
        RELEASE = "release", "หนังสือปลดภาระสัญญาเดิม"
        VISIT_LETTER = "visit_letter", "หนังสือแจ้งการติดตาม"
        VISIT_MEMO = "visit_memo", "บันทึกข้อความแจ้งการติดตาม"

    kind = models.CharField("เอกสาร", max_length=16, choices=Kind)
    province = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="clause_texts", verbose_name="จังหวัด"
    )
    number = models.PositiveSmallIntegerField("ฉบับที่")
    body = models.TextField("ข้อความ", max_length=20000)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="ร่างโดย"
    )
    written_at = models.DateTimeField("แก้ไขเมื่อ", auto_now=True)
    approved_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="อนุมัติโดย"
    )
    approved_at = models.DateTimeField("อนุมัติเมื่อ", null=True)

    objects = ClauseTextQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "province", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "province", "number"],
                name="debts_clause_texts_are_numbered",
                violation_error_message="ข้อความฉบับนี้มีแล้ว",
            ),
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=Q(province=None),
                name="debts_shipped_texts_are_numbered",
                violation_error_message="ข้อความฉบับนี้มีแล้ว",
            ),
            models.UniqueConstraint(
                fields=["kind", "province"],
                condition=Q(approved_at=None, province__isnull=False),
                name="debts_one_draft_of_a_text_at_a_time",
                violation_error_message="จังหวัดมีร่างข้อความของเอกสารนี้อยู่แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_text_is_approved_by_somebody_else",
                condition=Q(approved_at=None, approved_by=None)
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("written_by"))),
                violation_error_message="ผู้ร่างข้อความอนุมัติเองไม่ได้",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ฉบับที่ {self.number} ({self.owner})"

    @property
    def owner(self) -> str:
        return self.province.label if self.province else "ข้อความเริ่มต้นของระบบ"

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None


class SignedScan(models.Model):
    """A scan or photo of the contract as signed: one of the household's documents."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="scans")
    document = models.OneToOneField(Document, models.PROTECT, related_name="signed_scan")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "pk"]


class PaperSeal(models.Model):
    """What a paper said when it came into being: its words' version and the hash of its content. Whoever has
    the paper finds the seal by its `token`, which is in the paper's QR code and nowhere else."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", "สัญญาปรับโครงสร้างหนี้"
        SCHEDULE = "schedule", "ตารางผ่อนชำระ"
        ACKNOWLEDGEMENT = "acknowledgement", "หนังสือรับสภาพหนี้"
        RELEASE = "release", "หนังสือปลดภาระสัญญาเดิม"

    class State(models.TextChoices):
        GENUINE = "genuine", "ฉบับจริง ใช้ได้"
        REPLACED = "replaced", "มีฉบับใหม่แทนแล้ว"
        CANCELLED = "cancelled", "ยกเลิกแล้ว"

    kind = models.CharField("เอกสาร", max_length=16, choices=Kind)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="seals")
    paper_return = models.OneToOneField(PaperReturn, models.PROTECT, null=True, related_name="seal")
    text = models.ForeignKey(ClauseText, models.PROTECT, null=True, related_name="seals")
    token = models.CharField(max_length=43, unique=True, editable=False)
    sha256 = models.CharField("รหัสเนื้อหา", max_length=64)
    made_on = models.DateField("วันที่ของเอกสาร")
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_on = models.DateField("มีฉบับใหม่แทนเมื่อ", null=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "kind"],
                condition=Q(replaced_on=None) & ~Q(kind="release"),
                name="debts_one_genuine_paper_of_a_kind",
                violation_error_message="เอกสารชนิดนี้ของสัญญามีฉบับที่ใช้อยู่แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_release_is_of_an_old_paper",
                condition=Q(kind="release", paper_return__isnull=False)
                | (~Q(kind="release") & Q(paper_return=None)),
                violation_error_message="หนังสือปลดภาระต้องมีผลการคืนสัญญาเดิม",
            ),
        ]

    @property
    def state(self) -> State:
        if self.contract.ending == Contract.Ending.CANCELLED:
            return self.State.CANCELLED
        return self.State.REPLACED if self.replaced_on else self.State.GENUINE

    @property
    def tag(self) -> str:
        return {"genuine": "ok", "replaced": "warn"}.get(self.state, "error")

    @property
    def state_since(self):
        """The day it stopped being genuine; None while it is."""
        is_cancelled = self.state == self.State.CANCELLED
        return self.contract.ended_on if is_cancelled else self.replaced_on

    @property
    def code(self) -> str:
        return code_of(self.sha256)


def code_of(sha256: str) -> str:
    """The part of a content hash that is printed and compared: 4F2A-91C0-0B7D-E155."""
    digits = sha256[:16].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))
