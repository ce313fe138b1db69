"""Rounds of monitoring: why, where and when an office visits centres, with whom, in what order."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet
from config import thai


class RoundQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def for_user(self, user):
        """Rounds of the officer's area, and those that visit a centre in it."""
        if not user.area_id:
            return self.none()
        visited = self.model.visits.rel.related_model.objects.filter(round=OuterRef("pk"))
        return self.filter(Q(pk__in=self.within(user.area).values("pk")) | Exists(visited.within(user.area)))

    def of_office(self, user):
        """Rounds that the officer's own office may change."""
        return self.within(user.area) if user.area_id else self.none()


class Round(models.Model):
    """A round of visits by one office. `fiscal_year` is Buddhist; `version` counts changes of the programme."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="หน่วยงานที่จัด")
    name = models.CharField("ชื่อรอบการติดตาม", max_length=200)
    fiscal_year = models.PositiveSmallIntegerField(
        "ปีงบประมาณ พ.ศ.", validators=[MinValueValidator(2540), MaxValueValidator(2700)]
    )
    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่")
    objectives = models.TextField("วัตถุประสงค์", max_length=4000)
    expected = models.TextField("ผลที่คาดว่าจะได้รับ", max_length=4000, blank=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name="พื้นที่เป้าหมาย", blank=True)
    centre_steps = models.TextField("ลำดับกิจกรรมที่ศูนย์ฯ", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    planned_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    planned_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_a_round_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม",
            ),
            models.UniqueConstraint(
                fields=["area", "fiscal_year", "name"],
                name="monitoring_rounds_of_a_year_differ",
                violation_error_message="หน่วยงานนี้มีรอบชื่อนี้ในปีงบประมาณนี้แล้ว",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def period(self) -> str:
        return thai.date_range(self.starts_on, self.ends_on)


class RoundMember(models.Model):
    """Somebody of the team that goes on the round; copied to each of its visits when they are planned."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="team")
    name = models.CharField("ชื่อ–สกุล", max_length=160)
    position = models.CharField("ตำแหน่ง", max_length=160, blank=True)
    agency = models.CharField("สังกัด", max_length=160, blank=True)
    is_lead = models.BooleanField("หัวหน้าคณะ", default=False)

    class Meta:
        ordering = ["round", "-is_lead", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(is_lead=True),
                name="monitoring_one_leader_per_round",
                violation_error_message="เลือกหัวหน้าคณะ 1 คน",
            )
        ]


class AgendaRow(models.Model):
    """A row of the programme that is not a visit to a centre: a meeting, a meal, lodging."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="agenda")
    on = models.DateField("วันที่")
    starts_at = models.TimeField("เวลาเริ่ม")
    ends_at = models.TimeField("เวลาสิ้นสุด", null=True, blank=True)
    what = models.CharField("กิจกรรม", max_length=400)
    place = models.CharField("สถานที่", max_length=200, blank=True)

    class Meta:
        ordering = ["round", "on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_an_agenda_row_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม",
            )
        ]

    @property
    def hours(self) -> str:
        return hours(self.starts_at, self.ends_at)


def hours(starts_at, ends_at) -> str:
    """13.00–16.00 น., as far as known."""
    if not starts_at:
        return ""
    end = f"–{thai.clock(ends_at)}" if ends_at else " น."
    return f"{thai.clock(starts_at).removesuffix(' น.')}{end}"
