"""Papers around a visit: letter and memo, programme, issue form, the short report, all reports of a round."""

from django.utils.timezone import localdate

from accounts.roles import Can
from config import thai
from monitoring import visit_report
from monitoring.letters.writing import paragraphs
from monitoring.models import Emblem, Letter, Round, Visit
from monitoring.rounds.agenda import programme
from reports.paper_views import PaperPage

PRINTED = Visit.objects.with_place()


class LetterPaper(PaperPage):
    """หนังสือภายนอก or บันทึกข้อความ; ฉบับร่าง until it is issued."""

    permission = Can.VIEW_VISITS
    queryset = Letter.objects.select_related(
        "visit__centre__village__parent__parent__parent", "visit__round", "office", "text"
    )

    def print(self):
        self.template_name = f"papers/{self.object.kind}.html"
        return super().print()

    def get_paper(self):
        letter = self.object
        name = f"{letter.get_kind_display()} {letter.number.replace('/', '-') or 'ร่าง'} {letter.subject}"
        return name[:120], {
            "letter": letter,
            "paragraphs": paragraphs(letter),
            "enclosures": letter.enclosures.splitlines(),
            "contact": letter.contact.splitlines(),
            "copies": letter.copies.splitlines(),
            "has_emblem": bool(self.get_pictures()),
            "foot": letter.subject,
        }

    def get_pictures(self):
        emblem = Emblem.objects.filter(office=self.object.office).first()
        if emblem is None:
            return {}
        with emblem.picture.open() as file:
            return {"emblem": file.read()}


class AgendaPaper(PaperPage):
    """กำหนดการ of a round, with the visits the officer may see."""

    permission = Can.VIEW_VISITS
    queryset = Round.objects.select_related("area")
    template_name = "papers/agenda.html"

    def get_paper(self):
        round = self.object
        visits = PRINTED.for_user(self.request.user).filter(round=round)
        return f"กำหนดการ {round}", {
            "round": round,
            "team": round.team.all(),
            "days": programme(round, visits),
            "foot": f"กำหนดการ {round}",
        }


class IssueFormPaper(PaperPage):
    """แบบประเด็น of a visit with what was written down; `?blank=1` leaves room to write by hand."""

    permission = Can.VIEW_VISITS
    queryset = PRINTED
    template_name = "papers/issue_form.html"

    def get_paper(self):
        visit = self.object
        return f"แบบประเด็น {visit}", {
            "visit": visit,
            "sections": visit_report.sections_of(visit.answers.all()),
            "is_blank": bool(self.request.GET.get("blank")),
            "foot": f"{visit.template}",
        }


class ShortVisitPaper(PaperPage):
    """รายงานผลการติดตาม แบบย่อ 1 หน้า: no photos, only what was found."""

    permission = Can.VIEW_VISITS
    queryset = PRINTED
    template_name = "papers/visit_short.html"

    def get_paper(self):
        context = visit_report.paper_context(self.object, on=localdate())
        return f"{context['title']} แบบย่อ {thai.short_date(self.object.planned_on)}", context


class RoundPaper(PaperPage):
    """รายงานรวมของรอบ: the figures and findings of the visits the officer may see, reported or not."""

    permission = Can.VIEW_VISITS
    queryset = Round.objects.select_related("area")
    template_name = "papers/round_report.html"

    def get_paper(self):
        round, on = self.object, localdate()
        visits = PRINTED.for_user(self.request.user).filter(round=round).order_by("planned_on", "starts_at")
        reports = [visit_report.gather(visit, on=on) for visit in visits]
        return f"รายงานรวม {round}", {
            "round": round,
            "reports": reports,
            "is_draft": any(report.is_draft for report in reports) or not reports,
            "foot": f"รายงานรวม {round}",
        }
