"""Visits, their teams, and what they found on each issue."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet
from config import thai
from funds.models import Centre
from monitoring.models.issues import Issue, IssueTemplate
from monitoring.models.rounds import Round, hours


class VisitQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def with_place(self):
        return self.select_related("centre__village__parent__parent__parent")

    def in_fiscal_year(self, year: int):
        return self.filter(
            planned_on__range=(thai.fiscal_year_start(year), thai.fiscal_year_end(year)),
        )

    def with_lead(self):
        """Adds `lead`, the name of the team's leader."""
        leads = TeamMember.objects.filter(visit=OuterRef("pk"), is_lead=True)
        return self.annotate(lead=Subquery(leads.values("name")[:1]))

    def with_open_recommendations(self):
        """Adds `open_recommendations`, how many of the visit's recommendations are not done."""
        is_open = ~Q(recommendations__status="done") & Q(recommendations__isnull=False)
        return self.annotate(open_recommendations=Count("recommendations", filter=is_open))


class Visit(models.Model):
    """A visit to a centre, from the appointment to the certified report. `version` counts the changes, so
    that nobody overwrites unseen; `figures` are the centre's, as text, frozen when the report is certified."""

    class Status(models.TextChoices):
        PLANNED = "planned", "นัดหมายแล้ว"
        DRAFT = "draft", "บันทึกร่าง"
        SENT = "sent", "ส่งรายงานแล้ว"
        RETURNED = "returned", "ส่งคืนแก้ไข"
        CERTIFIED = "certified", "รับรองแล้ว"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="visits", verbose_name="ศูนย์ฯ")
    template = models.ForeignKey(IssueTemplate, models.PROTECT, related_name="visits")
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="รอบการติดตาม"
    )
    round_name = models.CharField("รอบ/วัตถุประสงค์การติดตาม", max_length=200, blank=True)
    planned_on = models.DateField("วันที่ติดตาม")
    starts_at = models.TimeField("เวลาเริ่ม", null=True, blank=True)
    ends_at = models.TimeField("เวลาสิ้นสุด", null=True, blank=True)
    place = models.CharField("สถานที่", max_length=200, blank=True)
    asked_committee = models.PositiveSmallIntegerField("คณะกรรมการ/สมาชิกที่เชิญ (คน)", default=10)
    asked_households = models.PositiveSmallIntegerField("ครัวเรือนต้นแบบที่เชิญ (คน)", default=5)
    hosts = models.TextField("ผู้ต้อนรับและประสานงาน", max_length=2000, blank=True)
    committee = models.PositiveSmallIntegerField("คณะกรรมการ/สมาชิก (คน)", null=True, blank=True)
    model_households = models.PositiveSmallIntegerField("ครัวเรือนต้นแบบ (คน)", null=True, blank=True)
    officers = models.PositiveSmallIntegerField("เจ้าหน้าที่ (คน)", null=True, blank=True)

    success_factors = models.TextField("ปัจจัยความสำเร็จ", blank=True)
    problems = models.TextField("ปัญหา/อุปสรรค", blank=True)
    suggestions = models.TextField("ข้อเสนอแนะ", blank=True)
    satisfaction = models.TextField("ความพึงพอใจและเรื่องเล่าของครัวเรือนต้นแบบ", blank=True)
    summary = models.TextField("สรุปผลการติดตาม", blank=True)

    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.PLANNED)
    figures = models.JSONField("ข้อมูลศูนย์ฯ ณ วันรับรอง", null=True, editable=False)
    report_office = models.ForeignKey(Area, models.PROTECT, null=True, editable=False, related_name="+")
    report_year = models.PositiveSmallIntegerField("ปีของเลขที่รายงาน", null=True, editable=False)
    report_sequence = models.PositiveIntegerField("ลำดับที่รายงาน", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    recorders = models.ManyToManyField(Officer, related_name="+", verbose_name="ผู้บันทึก")
    planned_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["-planned_on", "-id"], name="monitoring_visits_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "planned_on"],
                name="monitoring_one_visit_per_centre_and_day",
                violation_error_message="ศูนย์ฯ นี้มีการติดตามในวันนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=["report_office", "report_year", "report_sequence"],
                name="monitoring_reports_of_an_office_are_numbered",
                violation_error_message="เลขที่รายงานนี้ใช้แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_a_visit_ends_after_it_starts",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม",
            ),
            models.CheckConstraint(
                name="monitoring_a_certified_visit_keeps_its_figures",
                condition=~Q(status="certified") | Q(figures__isnull=False),
                violation_error_message="รายงานที่รับรองแล้วต้องมีข้อมูลของศูนย์ฯ",
            ),
        ]

    def __str__(self):
        return f"การติดตาม {self.centre.short_name} {thai.short_date(self.planned_on)}"

    @property
    def report_number(self) -> str:
        """12/2562 of the office that certified it; empty before."""
        return f"{self.report_sequence}/{self.report_year}" if self.report_sequence else ""

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def participants(self) -> int:
        """Everybody met, in persons."""
        return sum(filter(None, (self.committee, self.model_households, self.officers)))

    @property
    def asked(self) -> int:
        """Committee, members and model households invited, in persons."""
        return self.asked_committee + self.asked_households

    @property
    def came(self) -> int | None:
        """Those of them who came; None before it was written down."""
        if self.committee is None and self.model_households is None:
            return None
        return (self.committee or 0) + (self.model_households or 0)

    @property
    def hours(self) -> str:
        """13.00–16.00 น., as far as known."""
        return hours(self.starts_at, self.ends_at)


EDITABLE = {Visit.Status.PLANNED, Visit.Status.DRAFT, Visit.Status.RETURNED}


REPORTED = {Visit.Status.SENT, Visit.Status.RETURNED, Visit.Status.CERTIFIED}


class TeamMember(models.Model):
    """Somebody who visits; the leader signs first."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="team")
    name = models.CharField("ชื่อ–สกุล", max_length=160)
    position = models.CharField("ตำแหน่ง", max_length=160, blank=True)
    agency = models.CharField("สังกัด", max_length=160, blank=True)
    is_lead = models.BooleanField("หัวหน้าคณะ", default=False)

    class Meta:
        ordering = ["visit", "-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(is_lead=True),
                name="monitoring_one_leader_per_visit",
                violation_error_message="เลือกหัวหน้าคณะ 1 คน",
            )
        ]

    def __str__(self):
        return self.name


class ReadyMark(models.Model):
    """Something the district says it has ready for a visit that the system cannot see: who said so, and when."""

    class Item(models.TextChoices):
        PLAN = "plan", "แผนการบริหารจัดการหนี้ของศูนย์ฯ"
        STATEMENT = "statement", "งบดุล/รายงานฐานะการเงินของศูนย์ฯ"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="ready_marks")
    item = models.CharField("เอกสาร", max_length=10, choices=Item)
    note = models.CharField("รายละเอียด", max_length=200, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="monitoring_a_thing_is_marked_ready_once")
        ]


class IssueAnswer(Issue):
    """What a visit found on one issue, with the issue's words as they were when the visit was planned."""

    class Result(models.TextChoices):
        FOLLOWS = "follows", "เป็นไปตามแนวทาง"
        PARTLY = "partly", "เป็นบางส่วน"
        NOT_YET = "not_yet", "ยังไม่เป็นไปตามแนวทาง"
        NOT_APPLICABLE = "not_applicable", "ไม่เกี่ยวข้อง"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers")
    result = models.CharField("ผล", max_length=16, choices=Result, blank=True)
    finding = models.TextField("ข้อค้นพบ", blank=True)

    class Meta:
        ordering = ["visit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "order"], name="monitoring_an_issue_is_answered_once")
        ]

    def __str__(self):
        return f"{self.section} {self.number}".strip()

    @property
    def bare_number(self) -> str:
        """6 of «6.», for a list of numbers."""
        return self.number.strip(".)")

    @property
    def is_done(self) -> bool:
        return bool(self.result if self.is_rated else self.finding)


class VisitMove(models.Model):
    """Who moved a visit from one status to the next, when and why. Append-only."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=10, choices=Visit.Status, blank=True)
    new = models.CharField("เป็น", max_length=10, choices=Visit.Status)
    reason = models.CharField("เหตุผล", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_a_returned_visit_says_why",
                condition=~Q(new="returned") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            )
        ]
