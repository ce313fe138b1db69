"""Plans of a fiscal year (พ.ศ.) with their activities: proposed by the district, approved by the province."""

from django.db import models
from django.db.models import Count, F, Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet
from config.money import MoneyField, total
from funds.models import Centre

# More than this share of the activities has to be done (letter of Buri Ram province, 16 March 2562, item 4).
PERCENT_TO_DO = 30


class ActionPlanQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def with_names(self):
        return self.select_related("area__parent__parent__parent", "centre__village", "begun_by")

    def with_sums(self):
        """Adds `activity_count`, `done_count`, `budget` and `spent` (baht)."""
        done = Q(activities__status=PlannedActivity.Status.DONE)
        return self.annotate(
            activity_count=Count("activities"),
            done_count=Count("activities", filter=done),
            budget=total("activities__budget"),
            spent=total("activities__spent"),
        )

    def waiting(self):
        return self.filter(status=ActionPlan.Status.SENT)


class ActionPlan(models.Model):
    """What a centre, or a district, will do in a fiscal year. `households` are those it is meant for.

    Who proposed it does not decide on it: the database says so of the sender, the verbs of all who wrote it.
    """

    class Kind(models.TextChoices):
        CENTRE = "centre", "แผนการบริหารจัดการหนี้"
        DISTRICT = "district", "แผนปฏิบัติการประจำปี"

    class Status(models.TextChoices):
        DRAFT = "draft", "ร่าง"
        SENT = "sent", "รอจังหวัดพิจารณา"
        RETURNED = "returned", "ส่งคืนแก้ไข"
        APPROVED = "approved", "อนุมัติแล้ว"

    EDITABLE = (Status.DRAFT, Status.RETURNED)

    kind = models.CharField("ประเภท", max_length=10, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="action_plans", verbose_name="พื้นที่")
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, related_name="action_plans", verbose_name="ศูนย์ฯ"
    )
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    objective = models.TextField("วัตถุประสงค์", blank=True)
    resolution = models.CharField("มติที่ประชุม", max_length=200, blank=True)
    households = models.PositiveIntegerField("ครัวเรือนเป้าหมาย", null=True, blank=True)
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    makers = models.ManyToManyField(Officer, related_name="+", verbose_name="ผู้จัดทำ")
    begun_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้เริ่มจัดทำ")
    sent_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name="ผู้เสนอ")
    decided_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="ผู้พิจารณา"
    )
    approved_on = models.DateField("วันที่อนุมัติ", null=True)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "fiscal_year"],
                name="monitoring_one_plan_a_year",
                violation_error_message="มีแผนของปีงบประมาณนี้แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_a_plan_of_a_centre_names_it",
                condition=Q(kind="centre", centre__isnull=False) | Q(kind="district", centre=None),
            ),
            models.CheckConstraint(
                name="monitoring_a_plan_is_decided_by_another_than_its_sender",
                condition=Q(decided_by=None) | Q(sent_by__isnull=False) & ~Q(decided_by=F("sent_by")),
                violation_error_message="ท่านเป็นผู้เสนอแผนนี้ ต้องให้ผู้อื่นพิจารณา",
            ),
            models.CheckConstraint(
                name="monitoring_an_approved_plan_says_by_whom_and_when",
                condition=Q(status="approved", approved_on__isnull=False, decided_by__isnull=False)
                | ~Q(status="approved") & Q(approved_on=None),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def name(self) -> str:
        """Of whom it is."""
        return self.centre.short_name if self.centre else self.area.label

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.APPROVED


class ActivityQuerySet(ScopedQuerySet):
    area_path = "plan__area__code"


class PlannedActivity(models.Model):
    """One thing to be done: for how many households, with what budget (baht), when, by whom; and how it went."""

    class Kind(models.TextChoices):
        TRAINING = "training", "อบรมวินัยทางการเงิน"
        ACCOUNTS = "accounts", "บัญชีครัวเรือน"
        OCCUPATION = "occupation", "ส่งเสริมอาชีพและเพิ่มรายได้"
        REVOLVING = "revolving", "เงินทุนคืนกลุ่ม"
        CONTRACTS = "contracts", "1 ครัวเรือน 1 สัญญา"
        WELFARE = "welfare", "สวัสดิการชุมชน"
        OTHER = "other", "อื่น ๆ"

    class Status(models.TextChoices):
        PLANNED = "planned", "ยังไม่เริ่ม"
        UNDER_WAY = "under_way", "กำลังดำเนินการ"
        DONE = "done", "ดำเนินการแล้ว"
        DROPPED = "dropped", "ไม่ได้ดำเนินการ"

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="activities")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("ประเภท", max_length=12, choices=Kind, default=Kind.OTHER)
    what = models.CharField("กิจกรรม", max_length=300)
    households = models.PositiveIntegerField("ครัวเรือน", null=True, blank=True)
    budget = MoneyField("งบประมาณ (บาท)", null=True, blank=True)
    starts_on = models.DateField("เริ่ม", null=True, blank=True)
    ends_on = models.DateField("สิ้นสุด", null=True, blank=True)
    who = models.CharField("ผู้รับผิดชอบ", max_length=160, blank=True)
    status = models.CharField("ผล", max_length=10, choices=Status, default=Status.PLANNED)
    done_on = models.DateField("แล้วเสร็จวันที่", null=True, blank=True)
    spent = MoneyField("ใช้ไป (บาท)", null=True, blank=True)
    reached = models.PositiveIntegerField("ครัวเรือนที่เข้าร่วม", null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="monitoring_activities_of_a_plan_differ"),
            models.CheckConstraint(
                name="monitoring_an_activity_costs_nothing_or_more",
                condition=(Q(budget=None) | Q(budget__gte=0)) & (Q(spent=None) | Q(spent__gte=0)),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
            models.CheckConstraint(
                name="monitoring_an_activity_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
            models.CheckConstraint(
                name="monitoring_what_was_done_has_its_day",
                condition=Q(status="done", done_on__isnull=False) | ~Q(status="done") & Q(done_on=None),
                violation_error_message="ระบุวันที่แล้วเสร็จ",
            ),
        ]

    def __str__(self):
        return f"{self.order}. {self.what}"


class ActivityReport(models.Model):
    """One report on how an activity went. Append-only."""

    activity = models.ForeignKey(PlannedActivity, models.PROTECT, related_name="reports")
    status = models.CharField("ผล", max_length=10, choices=PlannedActivity.Status)
    done_on = models.DateField("แล้วเสร็จวันที่", null=True)
    spent = MoneyField("ใช้ไป (บาท)", null=True)
    reached = models.PositiveIntegerField("ครัวเรือนที่เข้าร่วม", null=True)
    note = models.CharField("สิ่งที่เกิดขึ้น", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]


class ActionPlanMove(models.Model):
    """Who moved a plan from one status to the next, when and why. Append-only."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=10, choices=ActionPlan.Status, blank=True)
    new = models.CharField("เป็น", max_length=10, choices=ActionPlan.Status)
    reason = models.CharField("เหตุผล", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_a_returned_plan_says_why",
                condition=~Q(new="returned") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            )
        ]
