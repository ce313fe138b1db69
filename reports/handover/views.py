"""ส่งมอบงาน: the list, the sheet of one hand-over, beginning, answering and withdrawing it, and its paper."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.forms import OfficerForm
from accounts.models import Officer
from accounts.pages import ActPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from reports.handover import life
from reports.handover.filters import HandoverFilter
from reports.handover.forms import AnswerForm, BeginForm
from reports.handover.portfolio import portfolio
from reports.handover.tables import HandoverTable
from reports.models import Handover, HandoverItem
from reports.paper_views import PaperPage

LIST = ("ส่งมอบงาน", "reports:handovers")
TAGS = {Handover.Status.OPEN: "tag-wait", Handover.Status.DONE: "tag-ok"}


class HandoverList(ListPage):
    permission = Can.VIEW_REPORTS
    section = "home"
    title = "ส่งมอบงาน"
    unit = "ครั้ง"
    empty = "ยังไม่มีการส่งมอบงาน เริ่มส่งมอบงานของท่านเมื่อย้ายหรือพ้นจากหน้าที่"
    queryset = Handover.objects.with_names().annotate(
        item_count=Count("items"),
        accepted_count=Count("items", filter=Q(items__answer=HandoverItem.Answer.ACCEPTED)),
    )
    filter_class = HandoverFilter
    table_class = HandoverTable
    action = ("ส่งมอบงานของฉัน", "reports:handover-own", Can.VIEW_REPORTS)


class _OfHandover:
    section = "home"
    permission = Can.VIEW_REPORTS
    queryset = Handover.objects.with_names()
    context_object_name = "handover"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]


class ShowHandover(_OfHandover, ShowPage):
    template_name = "reports/handover/show.html"

    def get_context_data(self, **context):
        handover, officer = self.object, self.request.user
        items = list(handover.items.all())
        return super().get_context_data(
            items=items,
            accepted=sum(item.is_accepted for item in items),
            tag=TAGS.get(handover.status, ""),
            may_answer=handover.is_open and officer.pk == handover.receiver_id,
            may_withdraw=life.may_withdraw(handover, officer),
            **context,
        )


class _Act(_OfHandover, ActPage):
    refusals = (life.CannotHandOver,)

    def get_crumbs(self):
        address = reverse("reports:handover", args=[self.object.pk])
        return [*super().get_crumbs(), (str(self.object), address)]

    def get_context_data(self, **context):
        return super().get_context_data(handover=self.object, **context)


class AnswerHandover(_Act):
    template_name = "reports/handover/answer.html"
    form_class = AnswerForm
    submit_label = "บันทึกผลการตรวจรับ"

    def get_title(self):
        return f"ตรวจรับงานจาก{self.object.giver.full_name}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "items": list(self.object.items.all())}

    def act(self, form):
        handover = life.answer(handover=self.object, given=form.given, by=self.request.user)
        left = handover.items.exclude(answer=HandoverItem.Answer.ACCEPTED).count()
        done = f"เหลืออีก {left} รายการ" if left else "รับมอบครบทุกรายการ"
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกผลการตรวจรับ {done}")


class WithdrawHandover(_Act):
    form_class = OfficerForm
    submit_label = "ยกเลิกการส่งมอบ"
    lead = "รายการที่รับมอบแล้วยังเป็นงานของผู้รับมอบ รายการที่เหลือส่งมอบใหม่ได้"

    def get_title(self):
        return f"ยกเลิกการ{self.object}"

    def act(self, form):
        life.withdraw(handover=self.object, by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: ยกเลิกการส่งมอบ")


class BeginHandover(FormPage):
    """Hands over what another officer has in hand."""

    permission = Can.MANAGE_OFFICERS
    section = "home"
    template_name = "reports/handover/begin.html"
    form_class = BeginForm
    submit_label = "จัดทำรายการส่งมอบ"
    refusals = (life.CannotHandOver,)

    @cached_property
    def giver(self) -> Officer:
        officers = Officer.objects.for_user(self.request.user).select_related("area__parent__parent")
        return get_object_or_404(officers, pk=self.kwargs["officer_pk"])

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission) and not self._may_begin():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _may_begin(self) -> bool:
        return self.request.user.can(Can.VIEW_REPORTS) and life.may_hand_over(self.giver, self.request.user)

    def get_title(self):
        return f"ส่งมอบงานของ{self.giver.full_name}"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_initial(self):
        return {"on": timezone.localdate()}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "giver": self.giver}

    def get_context_data(self, **context):
        pieces = portfolio(self.giver, on=timezone.localdate()) if self.giver.area else []
        return super().get_context_data(giver=self.giver, pieces=pieces, **context)

    def act(self, form):
        self.handover = life.begin(giver=self.giver, by=self.request.user, **form.cleaned_data)
        count = self.handover.items.count()
        messages.success(self.request, f"ดำเนินการแล้ว: จัดทำรายการส่งมอบ {count} รายการ รอผู้รับมอบตรวจรับ")

    def get_success_url(self):
        return reverse("reports:handover", args=[self.handover.pk])


class BeginOwnHandover(BeginHandover):
    """Hands over what the officer has in hand himself."""

    permission = Can.VIEW_REPORTS
    title = "ส่งมอบงานของฉัน"

    @property
    def giver(self):
        return self.request.user

    def get_title(self):
        return self.title


class HandoverPaper(_OfHandover, PaperPage):
    """บัญชีส่งมอบงาน."""

    template_name = "papers/handover.html"

    def get_paper(self):
        items = list(self.object.items.all())
        accepted = sum(item.is_accepted for item in items)
        return f"บัญชี{self.object}", {
            "handover": self.object,
            "items": items,
            "accepted": accepted,
            "foot": f"ส่งมอบวันที่ {thai.short_date(self.object.on)}",
        }
