"""Officers of the community development offices, the record of sensitive acts, and the long jobs they asked for."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from accounts.roles import PERMISSIONS, Can, Role, allows
from areas.models import Area, ScopedQuerySet


class OfficerQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def active(self):
        return self.filter(is_active=True)


class OfficerManager(BaseUserManager.from_queryset(OfficerQuerySet)):
    def create_user(self, username, *, password=None, **fields):
        officer = self.model(username=username, **fields)
        officer.set_password(password)
        officer.save()
        return officer


class Officer(AbstractBaseUser):
    """Someone who signs in. Sees the rows of `area` and below, and may do what `role` allows."""

    username = models.CharField(
        "ชื่อผู้ใช้",
        max_length=60,
        unique=True,
        error_messages={"unique": "มีชื่อผู้ใช้นี้แล้ว ใช้ชื่ออื่น"},
    )
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    first_name = models.CharField("ชื่อ", max_length=80)
    last_name = models.CharField("นามสกุล", max_length=80, blank=True)
    position = models.CharField("ตำแหน่ง", max_length=120, blank=True)
    email = models.EmailField("อีเมล", blank=True)
    role = models.CharField("บทบาท", max_length=20, choices=Role, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name="พื้นที่รับผิดชอบ"
    )
    is_active = models.BooleanField("ใช้งานได้", default=True)
    wants_digest = models.BooleanField("รับอีเมลสรุปงานที่รอดำเนินการ", default=True)
    digest_on = models.DateField("ส่งอีเมลสรุปล่าสุดของวันที่", null=True, editable=False)
    must_change_password = models.BooleanField("ต้องเปลี่ยนรหัสผ่านก่อนใช้งาน", default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    objects = OfficerManager()

    class Meta:
        ordering = ["username"]
        verbose_name = "ผู้ใช้"

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @property
    def position_or_role(self) -> str:
        return self.position or self.get_role_display()

    def can(self, permission: Can) -> bool:
        return self.is_active and allows(self.role, permission)


class AuditQuerySet(ScopedQuerySet):
    area_path = "officer__area__code"

    def about(self, officer):
        """What was done to the officer's account, and by whom."""
        return self.filter(target=f"officer:{officer.pk}").select_related("officer")


class AuditEvent(models.Model):
    """Who did a sensitive act, when, from where, to what. Append-only; each row seals the one before."""

    at = models.DateTimeField("เมื่อ", db_index=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, verbose_name="โดย")
    address = models.GenericIPAddressField("จากเครื่อง", null=True)
    action = models.CharField("การกระทำ", max_length=60)
    target = models.CharField("กับ", max_length=120)
    detail = models.JSONField("รายละเอียด", default=dict)
    seal = models.CharField(max_length=64, unique=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]


class SavedViewQuerySet(models.QuerySet):
    def for_user(self, user):
        """One's own; nobody sees another officer's."""
        return self.filter(officer=user)


class SavedView(models.Model):
    """How an officer wants to see a list: `query` is what stands behind the "?" of its address, `list` its
    URL name. The view without a name keeps the columns chosen for the list."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="saved_views")
    list = models.CharField("รายการ", max_length=60)
    name = models.CharField("ชื่อมุมมอง", max_length=60, blank=True)
    query = models.TextField()
    is_default = models.BooleanField("ใช้เป็นมุมมองเริ่มต้น", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "list", "name"],
                name="accounts_one_saved_view_per_name",
                violation_error_message="มีมุมมองชื่อนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=["officer", "list"],
                condition=models.Q(is_default=True),
                name="accounts_one_default_view_per_list",
                violation_error_message="รายการนี้มีมุมมองเริ่มต้นแล้ว",
            ),
            models.CheckConstraint(
                name="accounts_only_a_named_view_is_the_default",
                condition=models.Q(is_default=False) | ~models.Q(name=""),
                violation_error_message="ตั้งชื่อมุมมองก่อน",
            ),
        ]

    def __str__(self):
        return self.name


class JobQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def for_user(self, user):
        """Jobs of the officer's area whose subject the officer's role may see."""
        return super().for_user(user).filter(permission__in=PERMISSIONS.get(user.role, ()))

    def open(self):
        return self.filter(state__in=Job.OPEN)

    def with_file_for(self, user):
        """Those whose file the officer may download: of their own jobs, within what `for_user` finds."""
        return self.for_user(user).filter(asked_by=user, state=Job.State.DONE).exclude(result="")

    def about(self, subject: str):
        """All jobs about one thing, the newest first."""
        return self.filter(subject=subject).order_by("-pk")


class Job(models.Model):
    """Something long that an officer asked for and a worker does, as the officer sees it.

    `task` is the path of what is done with `subject` (and `options`); there is one open job for it at a time. `permission`
    is what an officer must be allowed to know of it, while its `result` is for the officer who asked alone. `attempt`
    counts how often a worker took it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "รอดำเนินการ"
        RUNNING = "running", "กำลังจัดทำ"
        DONE = "done", "เสร็จแล้ว"
        FAILED = "failed", "จัดทำไม่สำเร็จ"
        CANCELLED = "cancelled", "ยกเลิกแล้ว"

    OPEN = (State.WAITING, State.RUNNING)
    TAGS = {"waiting": "wait", "running": "info", "done": "ok", "failed": "error"}

    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้สั่งงาน")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="พื้นที่")
    permission = models.CharField(max_length=40)
    task = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    title = models.CharField("งาน", max_length=200)
    link = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=dict)
    state = models.CharField("สถานะ", max_length=10, choices=State, default=State.WAITING)
    doing = models.CharField("ขั้นตอน", max_length=80, blank=True)
    done = models.PositiveIntegerField("ทำแล้ว", default=0)
    total = models.PositiveIntegerField("ทั้งหมด", default=0)
    message = models.CharField("ผล", max_length=500, blank=True)
    result = models.FileField(upload_to="jobs/%Y", blank=True)
    attempt = models.PositiveSmallIntegerField("ครั้งที่", default=1)
    ticket = models.CharField(max_length=64, blank=True)  # the queue's own row of this attempt
    is_to_stop = models.BooleanField(default=False)
    created_at = models.DateTimeField("สั่งเมื่อ", auto_now_add=True)
    started_at = models.DateTimeField("เริ่มเมื่อ", null=True)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField("เสร็จเมื่อ", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="accounts_one_open_job_per_subject",
                violation_error_message="มีงานนี้ที่ยังไม่เสร็จอยู่แล้ว",
            ),
            models.CheckConstraint(
                name="accounts_a_job_that_is_over_says_when",
                condition=models.Q(state__in=["waiting", "running"], finished_at=None)
                | (~models.Q(state__in=["waiting", "running"]) & models.Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def tag(self) -> str:
        return self.TAGS.get(self.state, "neutral")

    @property
    def has_file(self) -> bool:
        """Whether what the job made can be downloaded; until it is done, `result` says where it will be."""
        return self.state == self.State.DONE and bool(self.result)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class Worker(models.Model):
    """A process that does jobs, and when it last said that it lives."""

    name = models.CharField(max_length=64, primary_key=True)
    heartbeat_at = models.DateTimeField()
