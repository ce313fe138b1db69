"""The summary of levels of an area: page, paper and spreadsheet, from one function (monitoring/grading/summary.py)."""

from functools import cached_property, partial

import xlsxwriter
from django import forms
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from accounts.forms import OfficerForm
from accounts.pages import Page, ScreenPage
from accounts.roles import Can
from accounts.sheets import AS_TEXT, file_answer, record_export
from config import thai
from monitoring.grading.starters import STARTER
from monitoring.grading.summary import Summary, summary
from monitoring.models import Scorecard
from reports.figures import years
from reports.paper_views import paper_answer
from reports.views import InArea

MOVEMENT_HEADS = (
    *("ทั้งหมด", "ระดับ 1", "ระดับ 2", "ระดับ 3", "ยังไม่รับรอง"),
    *("1 เป็น 2", "1 เป็น 3", "2 เป็น 3", "คงเดิม", "ลดลง"),
)
HEADS = ("ลำดับ", "อำเภอ", "ตำบล", "ศูนย์ฯ/กองทุน", "ปีที่จัดตั้ง")
ENDS = ("คะแนน (ร้อยละ)", "ระดับ", "ระดับปีก่อน", "เปลี่ยนแปลง", "หมายเหตุ", "ผู้ประเมิน")


class ChoiceForm(OfficerForm):
    """Of which year, and of what."""

    year = forms.TypedChoiceField(label="ปีงบประมาณ", choices=years, coerce=int, required=False)
    subject = forms.ChoiceField(label="ประเภท", choices=Scorecard.Subject, required=False)

    def clean(self):
        cleaned = super().clean()
        cleaned["year"] = cleaned.get("year") or thai.fiscal_year(timezone.localdate())
        cleaned["subject"] = cleaned.get("subject") or Scorecard.Subject.CENTRE.value
        return cleaned


class OfLevels(InArea):
    """What page, paper and spreadsheet share. Raises `BadRequest` for a year or a kind that there is not."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"

    @cached_property
    def choice(self) -> ChoiceForm:
        query = self.request.GET
        typed = {"year": thai.fiscal_year(timezone.localdate()), "subject": "centre", **query.dict()}
        form = ChoiceForm(typed, user=self.request.user)
        if not form.is_valid():
            raise BadRequest("ระบุปีงบประมาณและประเภทที่มี")
        return form

    def get_summary(self) -> Summary:
        return summary(area=self.area, user=self.request.user, **self.choice.cleaned_data)

    def get_name(self, found: Summary) -> str:
        return f"{found.title} {self.area.label} ปีงบประมาณ พ.ศ. {found.year}"


class GradeSummary(OfLevels, ScreenPage):
    template_name = "reports/grade_summary.html"

    def get_title(self):
        return f"สรุปการจัดระดับการพัฒนา {self.area.label}"

    def get_crumbs(self):
        return [("จัดระดับการพัฒนา", reverse("monitoring:gradings"))]

    def get_context_data(self, **context):
        chosen = self.choice.cleaned_data
        return super().get_context_data(
            summary=self.get_summary(),
            choice=self.choice,
            heads=MOVEMENT_HEADS,
            query=f"year={chosen['year']}&subject={chosen['subject']}",
            **context,
        )


class GradeSummaryPaper(OfLevels, Page, View):
    def get(self, request, **keywords):
        found = self.get_summary()
        context = {
            "summary": found,
            "heads": MOVEMENT_HEADS,
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(timezone.localdate())}",
        }
        return paper_answer("papers/grade_summary.html", self.get_name(found), context)


class GradeSummarySheet(OfLevels, Page, View):
    def get(self, request, **keywords):
        found = self.get_summary()
        name = self.get_name(found)
        record_export(name, "xlsx", request)
        return file_answer(name, "xlsx", partial(write_summary, found, name))


def write_summary(found: Summary, name: str, file) -> None:
    """Two worksheets: every centre or fund, and the movements by area."""
    with xlsxwriter.Workbook(file, AS_TEXT) as book:
        items = [f"ข้อ {item.order}" for item in found.items]
        rows = [_cells(number, row, len(items)) for number, row in enumerate(found.rows, 1)]
        if found.scorecard and found.scorecard.is_starter:
            name = f"{name} ({STARTER})"
        _write(book, "รายแห่ง", [[name], [*HEADS, *items, *ENDS], *rows])
        areas = [[each.label, *each.numbers] for each in (*found.movements, found.total)]
        _write(book, "การเปลี่ยนระดับ", [[name], ["พื้นที่", *MOVEMENT_HEADS], *areas])


def _cells(number: int, row, items: int) -> list:
    village = row.centre.village
    places = [village.parent.parent.label, village.parent.label]
    points = [*map(_number, row.points), *[None] * (items - len(row.points))]
    ends = [row.percent, row.level, row.last_level, row.change, row.remark, row.assessor]
    return [number, *places, row.name, row.centre.founded_year, *points, *ends]


def _number(points: str) -> int | str:
    return int(points) if points.isdecimal() else points


def _write(book, title: str, lines) -> None:
    page = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "text_wrap": True})
    page.freeze_panes(2, 1)
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            page.write(number, column, value, bold if number < 2 else None)
