"""One return: its page, the households behind it, what changed, its files and its paper."""

from functools import cached_property, partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ScopedRows, ShowPage
from accounts.roles import Can
from accounts.sheets import file_answer, record_export
from areas.models import Level
from config import thai
from config.forms import number_in
from households.models import Household
from reports import figures
from reports.models import AreaReturn, ReturnTick, ReturnVersion
from reports.paper_views import PaperPage
from reports.returns import changes, content, exports, life
from reports.returns.board import TAGS

LIST = ("รายงานผล", "reports:returns")
Status = AreaReturn.Status
ROWS_A_PAGE = 100


class OfReturn(ScopedRows):
    """Pages about one return: `?version=` what was sent once, else what its makers have in hand, for others what was
    sent last."""

    queryset = AreaReturn.objects.with_names().select_related("newest__sent_by")
    section = "reports:overview"

    @cached_property
    def version(self) -> ReturnVersion | None:
        sheet, asked = self.object, self.request.GET.get("version")
        if asked:
            return get_object_or_404(sheet.versions.select_related("sent_by"), number=number_in(asked))
        in_hand = sheet.is_editable and (life.is_own(sheet, self.request.user) or not sheet.newest)
        return None if in_hand else sheet.newest

    @cached_property
    def said(self) -> content.Content:
        if self.version:
            return content.of_version(self.version)
        return content.now_of(self.object, on=timezone.localdate())

    def get_crumbs(self):
        return [(LIST[0], f"{reverse(LIST[1])}?period={self.object.period_id}")]

    def to_return(self, message: str, level=messages.SUCCESS):
        messages.add_message(self.request, level, message)
        return HttpResponseRedirect(reverse("reports:return", args=[self.object.pk]))


class ShowReturn(OfReturn, ShowPage):
    permission = Can.VIEW_REPORTS
    template_name = "reports/returns/return.html"

    def get_context_data(self, **context):
        sheet, user, version = self.object, self.request.user, self.version
        own, above = life.is_own(sheet, user), life.is_above(sheet, user)
        may_check = above and user.can(Can.CHECK_RETURNS) and not life.is_own_work(sheet, user)
        is_newest = version is None or version == sheet.newest
        return super().get_context_data(
            sheet=sheet,
            tag=TAGS[sheet.status],
            version=version,
            versions=sheet.versions.select_related("sent_by").defer("text"),
            said=self.said,
            rows=self._rows(),
            faults=content.faults(version) if version else [],
            changes=changes.since_last(sheet, self.said, version=version),
            moves=sheet.moves.select_related("by", "version").prefetch_related("remarks"),
            ticks=_ticks(version) if version else [],
            given_back=self._given_back,
            due_on=sheet.period.due_on(sheet.area.level),
            may_send=own and is_newest and sheet.is_editable and user.can(Can.SEND_RETURNS),
            may_accept=may_check and is_newest and sheet.status == Status.SENT,
            may_give_back=may_check and is_newest and sheet.status in (Status.SENT, Status.ACCEPTED),
            may_tick=(own or above) and is_newest and version and user.can(Can.SEND_RETURNS),
            may_open_households=user.can(Can.VIEW_HOUSEHOLDS) and sheet.area.level == Level.DISTRICT,
            kinds=list(exports.KINDS),
            query=f"version={version.number}&" if version else "",
            **context,
        )

    def _rows(self) -> list[tuple]:
        """Each line, the return it was taken from, the remark it was given back with, and whether that return was
        sent anew since."""
        remarks = self._remarks()
        below = content.returns_below(self.object) if self.object.is_compiled else {}
        return [
            (
                line,
                below.get(line.place),
                remarks.get(line.place, ""),
                _is_outdated(line, below.get(line.place)),
            )
            for line in self.said.lines
        ]

    @cached_property
    def _given_back(self):
        """The move that gave it back, while its makers have it in hand."""
        moves = self.object.moves.filter(new=Status.RETURNED).select_related("by")
        return moves.last() if self.object.status == Status.RETURNED else None

    def _remarks(self) -> dict[str, str]:
        return dict(self._given_back.remarks.values_list("place", "text")) if self._given_back else {}


def _ticks(version: ReturnVersion) -> list[tuple]:
    """Each system by its name, with the tick that counts."""
    found = life.ticked(version)
    return [(system.label, found.get(system)) for system in ReturnTick.System]


def _is_outdated(line: content.Line, sheet: AreaReturn | None) -> bool:
    return bool(sheet and line.version) and (
        sheet.newest_id != line.version or sheet.status not in content.COUNTED
    )


class ReturnHouseholds(OfReturn, ShowPage):
    """The list behind the figures as it was frozen: `?place=` of one centre, `?figure=` of one figure."""

    permission = Can.VIEW_HOUSEHOLDS
    template_name = "reports/returns/households.html"

    def get_title(self):
        figure = figures.NAMES.get(self.request.GET.get("figure"), figures.NAMES[figures.JOINED])
        return f"ครัวเรือนที่{figure} {self.object.period.label}"

    def get_crumbs(self):
        address = reverse("reports:return", args=[self.object.pk])
        return [*super().get_crumbs(), (str(self.object), address)]

    def get_context_data(self, **context):
        if self.object.is_compiled:
            raise Http404
        found = [each for each in self.said.households if self._is_asked(each)]
        page = Paginator(found, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        names = named(page.object_list, self.request.user)
        return super().get_context_data(
            sheet=self.object,
            version=self.version,
            said=self.said,
            page=page,
            rows=[(each, names.get(each.household)) for each in page],
            total=sum((each.figures for each in found), figures.Figures()),
            outcomes=figures.NAMES,
            **context,
        )

    def _is_asked(self, each: content.Household) -> bool:
        place, figure = self.request.GET.get("place"), self.request.GET.get("figure", figures.JOINED)
        return (not place or each.place == place) and getattr(each.figures, figure, 0) == 1


def named(found: list[content.Household], user) -> dict[int, Household]:
    """The households as they are called today, of those the officer may see."""
    rows = Household.objects.for_user(user).select_related("head", "village")
    return rows.in_bulk([each.household for each in found])


class ReturnChanges(OfReturn, ShowPage):
    """What changed since the version before or the period before: figures, and households gone, new or different."""

    permission = Can.VIEW_HOUSEHOLDS
    template_name = "reports/returns/changes.html"

    def get_title(self):
        return f"สิ่งที่เปลี่ยนจากครั้งก่อน {self.object.area.label} {self.object.period.label}"

    def get_crumbs(self):
        address = reverse("reports:return", args=[self.object.pk])
        return [*super().get_crumbs(), (str(self.object), address)]

    def get_context_data(self, **context):
        found = changes.since_last(self.object, self.said, version=self.version)
        page = Paginator(found.households if found else [], ROWS_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        names = named([now or before for before, now in page], self.request.user)
        rows = [(before, now, names.get((now or before).household)) for before, now in page]
        return super().get_context_data(
            sheet=self.object,
            changes=found,
            page=page,
            new=[(now, name) for before, now, name in rows if not before],
            gone=[(before, name) for before, now, name in rows if not now],
            differing=[row for row in rows if row[0] and row[1]],
            **context,
        )


class ReturnFile(OfReturn, ShowPage):
    """`?export=xlsx|csv|json`: what was sent, for re-keying. Figures only."""

    permission = Can.VIEW_REPORTS
    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        kind, version = request.GET.get("export"), self.version
        if kind not in exports.KINDS or not version:
            return self.to_return("ส่งออกได้เมื่อรายงานส่งแล้ว เป็น xlsx, csv หรือ json", messages.WARNING)
        record_export(str(self.object), kind, request)
        write = partial(exports.write_file, version, kind)
        return file_answer(f"{self.object} ฉบับที่ {version.number}", kind, write)


class ReturnPaper(OfReturn, PaperPage):
    """A4 landscape; ฉบับร่าง while it is in hand."""

    permission = Can.VIEW_REPORTS
    template_name = "papers/area_return.html"

    def get_paper(self):
        sheet, version = self.object, self.version
        on = thai.short_date(self.said.on)
        return f"{sheet}".replace("/", "-"), {
            "sheet": sheet,
            "version": version,
            "said": self.said,
            "states": Status,
            "foot": f"ข้อมูล ณ วันที่ {on}"
            + (f" • ฉบับที่ {version.number} {version.sha256[:16]}" if version else ""),
        }
