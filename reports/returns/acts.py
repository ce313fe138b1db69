"""What is done with a return: sent, accepted, given back, ticked."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage
from accounts.roles import Can
from areas.models import Level
from config import thai
from reports.models import AreaReturn
from reports.returns import content, life
from reports.returns.forms import DecisionForm, GiveBackForm, SendForm, TickForm
from reports.returns.sheet_views import OfReturn

Status = AreaReturn.Status


class _Act(OfReturn, ActPage):
    def get_crumbs(self):
        address = reverse("reports:return", args=[self.object.pk])
        return [*super().get_crumbs(), (str(self.object), address)]

    def get_context_data(self, **context):
        return super().get_context_data(sheet=self.object, **context)


class SendReturn(_Act):
    permission = Can.SEND_RETURNS
    template_name = "reports/returns/send.html"
    form_class = SendForm
    refusals = (life.CannotSend,)

    def get_title(self):
        return f"ส่ง{self.object}"

    @property
    def submit_label(self):
        return "ปิดและเก็บรายงาน" if self.object.area.level == Level.COUNTRY else "ส่งรายงาน"

    def get_context_data(self, **context):
        today, due_on = timezone.localdate(), self.object.period.due_on(self.object.area.level)
        said = content.now_of(self.object, on=today)
        return super().get_context_data(
            said=said, due_on=due_on, is_over=due_on is not None and today > due_on, **context
        )

    def act(self, form):
        version = life.send(
            sheet=self.object,
            on=timezone.localdate(),
            by=self.request.user,
            note=form.cleaned_data["note"],
        )
        return self.to_return(f"ดำเนินการแล้ว: ส่งรายงานฉบับที่ {version.number}")


class _Decision(_Act):
    permission = Can.CHECK_RETURNS
    refusals = (life.CannotDecide,)
    of = {Status.SENT}

    def get(self, request, *args, **kwargs):
        try:
            life.refuse_decision(self.object, by=request.user, of=self.of)
        except life.CannotDecide as refusal:
            return self.to_return(str(refusal), messages.WARNING)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"number": self.object.newest.number if self.object.newest else None}


class AcceptReturn(_Decision):
    form_class = DecisionForm
    submit_label = "รับรองรายงาน"

    def get_title(self):
        return f"รับรอง{self.object}"

    @property
    def lead(self):
        total = content.of_version(self.object.newest).total
        number, joined = self.object.newest.number, thai.count(total.joined)
        return (
            f"รับรองฉบับที่ {number}: เข้าร่วม {joined} ครัวเรือน ลดหนี้ได้ {thai.count(total.reduced)} "
            f"ปลดหนี้ได้ {thai.count(total.cleared)} ครัวเรือน หนี้ที่ลดและปลดได้ "
            f"{thai.money(total.reduced_baht + total.cleared_baht)} บาท"
        )

    def act(self, form):
        life.accept(sheet=self.object, number=form.cleaned_data["number"], by=self.request.user)
        return self.to_return("ดำเนินการแล้ว: รับรองรายงาน")


class GiveBackReturn(_Decision):
    template_name = "reports/returns/give_back.html"
    form_class = GiveBackForm
    submit_label = "ส่งคืนแก้ไข"
    of = {Status.SENT, Status.ACCEPTED}

    def get_title(self):
        return f"ส่งคืน{self.object}"

    def get_form_kwargs(self):
        newest = self.object.newest
        lines = content.of_version(newest).lines if newest else []
        return {**super().get_form_kwargs(), "lines": lines}

    def act(self, form):
        typed = form.cleaned_data
        life.give_back(
            sheet=self.object,
            number=typed["number"],
            reason=typed["reason"],
            remarks=form.remarks,
            by=self.request.user,
        )
        return self.to_return("ดำเนินการแล้ว: ส่งคืนแก้ไข")


class TickReturn(_Act):
    """คีย์ BPM แล้ว / ปรับปรุง Big DATA แล้ว."""

    permission = Can.SEND_RETURNS
    form_class = TickForm
    refusals = (life.CannotTick,)

    def get_title(self):
        return f"บันทึกการคีย์ระบบอื่น {self.object}"

    def get_initial(self):
        return {"system": self.request.GET.get("system"), "on": timezone.localdate()}

    def act(self, form):
        life.tick(sheet=self.object, by=self.request.user, **form.cleaned_data)
        return self.to_return("ดำเนินการแล้ว: บันทึกการคีย์ระบบอื่น")
