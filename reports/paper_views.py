"""The papers an officer opens: table of contracts, register, visit report; those of a contract are next door."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from accounts.pages import Page, ScopedRows
from accounts.roles import Can
from config import thai
from debts.models import Contract, Debt, Meeting, Register
from funds.models import Centre
from monitoring import visit_report
from monitoring.models import Visit
from reports.contracts_table import contracts_table, newest_year
from reports.minutes_paper import minutes
from reports.paper import pdf
from reports.register_paper import register, register_as_kept


def paper_answer(template_name: str, name: str, context: dict, pictures=None, code=None) -> HttpResponse:
    """The paper, to be looked at under its name. `code` stands in the foot; None for that of all that is printed."""
    content = pdf(template_name, {"title": name, **context}, pictures, code)
    headers = {"Content-Disposition": content_disposition_header(False, f"{name}.pdf")}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


class PaperPage(Page, ScopedRows, SingleObjectMixin, View):
    """One row's paper as PDF. `?on=30/4/2560` shows it as of that day where the paper has one, today otherwise."""

    section = "reports:overview"
    template_name = ""

    def get(self, request, **keywords):
        self.object = self.get_object()
        return self.print()

    def print(self):
        name, context = self.get_paper()
        return paper_answer(self.template_name, name, context, self.get_pictures(), self.get_code())

    def get_pictures(self) -> dict[str, bytes]:
        return {}

    def get_code(self) -> str | None:
        """The code in the foot; that of all that is printed when it is None."""

    def get_day(self) -> date:
        """Raises `BadRequest` when what was asked for is no day."""
        try:
            return thai.read_date(self.request.GET.get("on", ""), today=localdate()).value or localdate()
        except thai.CannotRead as refusal:
            raise BadRequest(str(refusal)) from refusal

    def get_year(self, default: int) -> int:
        """The Buddhist year asked for. Raises `BadRequest` when it is none."""
        try:
            year = thai.read_count(self.request.GET.get("year", "")) or default
        except thai.CannotRead as refusal:
            raise BadRequest(str(refusal)) from refusal
        if not 2484 <= year <= 2700:
            raise BadRequest("ระบุปี พ.ศ. 4 หลัก")
        return year


def place_of(centre: Centre) -> str:
    """Where the centre is, to stand behind its name: หมู่ที่ 3 ตำบลปราสาท อำเภอห้วยทับทัน จังหวัดศรีสะเกษ."""
    return centre.village.full_name.removeprefix(centre.village.name).strip()


class ContractsPaper(PaperPage):
    """`?year=2560` is the fiscal year, that of the newest contract otherwise."""

    permission = Can.VIEW_DEBTS
    queryset = Centre.objects.with_place()
    template_name = "papers/contracts_table.html"

    def get_paper(self):
        centre, on = self.object, self.get_day()
        contracts = Contract.objects.for_user(self.request.user).filter(centre=centre)
        year = self.get_year(default=newest_year(contracts, on=on))
        return f"ตาราง 1 ครัวเรือน 1 สัญญา {centre.village.name} {year}", {
            "table": contracts_table(centre=centre, contracts=contracts, year=year, on=on),
            "place": place_of(centre),
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(on)}",
        }


class RegisterPaper(PaperPage):
    permission = Can.VIEW_DEBTS
    queryset = Centre.objects.with_place()
    template_name = "papers/register.html"

    def get_paper(self):
        centre, on = self.object, self.get_day()
        return f"ทะเบียนลูกหนี้ {centre.village.name} {thai.short_date(on)}", {
            "register": register(centre=centre, debts=Debt.objects.for_user(self.request.user), on=on),
            "place": place_of(centre),
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(on)}",
        }


class KeptRegisterPaper(PaperPage):
    """One register as its lines say it; ฉบับร่าง until it is certified."""

    permission = Can.VIEW_DEBTS
    queryset = Register.objects.with_names().select_related("certified_by", "sent_by")
    template_name = "papers/register.html"

    def get_paper(self):
        kept = self.object
        return f"ทะเบียนลูกหนี้ {kept.centre.village.name} {kept.of_day}", {
            "register": register_as_kept(kept),
            "place": place_of(kept.centre),
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(kept.as_of_on)}",
        }


class VisitPaper(PaperPage):
    """The report of a visit; ฉบับร่าง until it is certified."""

    permission = Can.VIEW_VISITS
    queryset = Visit.objects.with_place()
    template_name = "papers/visit_report.html"

    def get_paper(self):
        context = visit_report.paper_context(self.object, on=localdate())
        return f"{context['title']} {thai.short_date(self.object.planned_on)}", context

    def get_pictures(self):
        return visit_report.pictures(self.object)


class MinutesPaper(PaperPage):
    """รายงานการประชุม; a draft while the meeting is open."""

    permission = Can.VIEW_DEBTS
    queryset = Meeting.objects.with_names()
    template_name = "papers/minutes.html"

    def get_paper(self):
        meeting = self.object
        name = f"รายงานการประชุม {meeting.number.replace('/', '-')} {meeting.centre.village.name}"
        return name, minutes(meeting)
