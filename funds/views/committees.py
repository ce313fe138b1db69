"""Orders that appoint a committee, and its members."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, CreateBelowPage, EditPage, ShowPage
from accounts.roles import Can
from funds import committee, forms
from funds.models import Centre, CommitteeMember, CommitteeOrder
from funds.views.centres import CENTRES, to_centre


def to_order(order) -> list[tuple[str, str]]:
    """The way to a page below an order."""
    place = reverse("funds:committeeorder", kwargs={"committeeorder_pk": order.pk})
    return [*to_centre(order.centre), (str(order), place)]


class CommitteeOrderNew(CreateBelowPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "เพิ่มคำสั่งแต่งตั้งคณะกรรมการ"
    submit_label = "บันทึกคำสั่ง"
    model = CommitteeOrder
    form_class = forms.CommitteeOrderForm
    above, column = Centre.objects.with_place(), "centre"

    def get_crumbs(self):
        return to_centre(self.parent)

    def get_success_url(self):
        return reverse("funds:committeeorder", kwargs={"committeeorder_pk": self.object.pk})


class CommitteeOrderPage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/committeeorder.html"
    queryset = CommitteeOrder.objects.select_related("centre__village").prefetch_related("members__fund")

    def get_crumbs(self):
        return to_centre(self.object.centre)

    def get_context_data(self, **context):
        today = timezone.localdate()
        return super().get_context_data(
            gaps=committee.gaps_of(self.object, on=today),
            current=self.object.is_current(today),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            **context,
        )


class CommitteeOrderEdit(EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขคำสั่งแต่งตั้งคณะกรรมการ"
    queryset = CommitteeOrder.objects.select_related("centre__village")
    form_class = forms.CommitteeOrderForm

    def get_crumbs(self):
        return to_order(self.object)


class CommitteeMemberNew(CreateBelowPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "เพิ่มกรรมการ"
    submit_label = "เพิ่มกรรมการ"
    model = CommitteeMember
    form_class = forms.CommitteeMemberForm
    above, column = CommitteeOrder.objects.select_related("centre__village"), "order"

    def get_crumbs(self):
        return to_order(self.parent)


class CommitteeMemberEdit(EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขกรรมการ"
    queryset = CommitteeMember.objects.select_related("order__centre__village")
    form_class = forms.CommitteeMemberForm

    def get_crumbs(self):
        return to_order(self.object.order)


class CommitteeMemberLeave(ActPage):
    """A member leaves; the name stays on the order among the former ones."""

    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "บันทึกการพ้นจากตำแหน่ง"
    submit_label = "บันทึกการพ้นจากตำแหน่ง"
    queryset = CommitteeMember.objects.select_related("order__centre__village")
    form_class = forms.LeaveForm
    refusals = (committee.CannotLeave,)

    def get_crumbs(self):
        return to_order(self.object.order)

    def get_initial(self):
        return {"left_on": timezone.localdate()}

    def get_context_data(self, **context):
        return super().get_context_data(lead=f"{self.object} ใน{self.object.order}", **context)

    def act(self, form):
        committee.leave(member=self.object, on=form.cleaned_data["left_on"], by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.object} พ้นจากตำแหน่ง")
