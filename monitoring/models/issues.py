"""Lists of issues a visit asks about, in versions."""

from django.db import models

from config import thai
from monitoring.models.versions import Subject, Version, VersionQuerySet


class IssueTemplateQuerySet(VersionQuerySet):
    def in_force(self, *, on) -> "IssueTemplate | None":
        """The newest approved list about centres of the fiscal year of `on` or of one before it; else the oldest."""
        lists = self.approved().filter(subject=Subject.CENTRE).order_by("-fiscal_year", "-version")
        return lists.filter(fiscal_year__lte=thai.fiscal_year(on)).first() or lists.last()


class IssueTemplate(Version):
    """One version of the list of issues a visit asks about. Usable once approved; never changed after."""

    SERIES, YEAR, COPIED = ("name",), "fiscal_year", ("name", "subject")

    name = models.CharField("ชื่อแบบประเด็น", max_length=200)
    subject = models.CharField("ใช้กับ", max_length=20, choices=Subject, default=Subject.CENTRE)
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")

    objects = IssueTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "fiscal_year", "version"],
                name="monitoring_versions_of_a_list_differ",
                violation_error_message="มีแบบประเด็นชื่อนี้ฉบับนี้แล้ว",
            )
        ]

    def __str__(self):
        return f"{self.name} ปีงบประมาณ พ.ศ. {self.fiscal_year} ฉบับที่ {self.version}"


class Issue(models.Model):
    """The printed words of one issue. Numbers are text as printed, because official lists skip some."""

    order = models.PositiveSmallIntegerField("ลำดับ")
    section = models.CharField("ประเด็นที่", max_length=40)
    section_title = models.CharField("ชื่อประเด็น", max_length=300)
    number = models.CharField("ข้อ", max_length=10, blank=True)
    question = models.TextField("ประเด็นย่อย")
    criterion = models.TextField("แนวทาง", blank=True)
    is_rated = models.BooleanField("ให้ผลการประเมิน", default=True)
    lines = models.PositiveSmallIntegerField("บรรทัดว่างในแบบพิมพ์", default=4)

    class Meta:
        abstract = True

    @property
    def blank_lines(self) -> range:
        """One for each line left to write on."""
        return range(self.lines)

    PRINTED = ("order", "section", "section_title", "number", "question", "criterion", "is_rated", "lines")


class IssueItem(Issue):
    """One issue of a list."""

    template = models.ForeignKey(IssueTemplate, models.CASCADE, related_name="items")
    for_models_only = models.BooleanField("เฉพาะศูนย์ฯ ต้นแบบ", default=False)

    class Meta:
        ordering = ["template", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "order"], name="monitoring_items_of_a_list_have_an_order"
            )
        ]

    def __str__(self):
        return f"{self.section} {self.number}".strip()


IssueTemplate.ITEM_COLUMNS = (*Issue.PRINTED, "for_models_only")
