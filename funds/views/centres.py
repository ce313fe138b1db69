"""ศูนย์จัดการกองทุนชุมชน"""

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from accounts.pages import CreatePage, EditPage, ListPage, ShowPage
from accounts.roles import Can
from funds import committee, forms
from funds.filters import CentreFilter
from funds.models import Centre
from funds.tables import CentreTable

CENTRES = "funds:centres"


def to_centre(centre) -> list[tuple[str, str]]:
    """The way to a page below a centre."""
    place = reverse("funds:centre", kwargs={"centre_pk": centre.pk})
    return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES)), (centre.short_name, place)]


class CentreList(ListPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    title = "ศูนย์จัดการกองทุนชุมชน"
    template_name = "funds/centres.html"
    queryset = Centre.objects.with_place().with_funds().order_by("village__sort", "pk")
    filter_class = CentreFilter
    table_class = CentreTable
    action = ("เพิ่มศูนย์ฯ", "funds:centre-new", Can.EDIT_CENTRES)
    unit = "ศูนย์ฯ"
    empty = "ยังไม่มีศูนย์ฯ ในพื้นที่นี้"


class CentreNew(CreatePage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "เพิ่มศูนย์ฯ"
    submit_label = "เพิ่มศูนย์ฯ"
    template_name = "funds/centre_new.html"
    model = Centre
    form_class = forms.CentreForm

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES))]

    def get_success_url(self):
        return reverse("funds:centre", kwargs={"centre_pk": self.object.pk})


class CentrePage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/centre.html"
    queryset = Centre.objects.with_place().with_funds()

    def get_title(self):
        return self.object.short_name

    def get_crumbs(self):
        return to_centre(self.object)[:-1]

    def get_context_data(self, **context):
        today, user = timezone.localdate(), self.request.user
        funds = list(self.object.funds.prefetch_related("rules"))
        return super().get_context_data(
            funds=[(fund, fund.rule_on(today)) for fund in funds],
            members=self.object.funds.active().aggregate(all=Sum("members"))["all"],
            order=committee.newest_order(self.object),
            gaps=committee.gaps(self.object, on=today),
            today=today,
            may_edit=user.can(Can.EDIT_CENTRES),
            may_import=user.can(Can.EDIT_DEBTS),
            may_view_debts=user.can(Can.VIEW_DEBTS),
            may_approve_plans=user.can(Can.APPROVE_PLANS),
            may_view_visits=user.can(Can.VIEW_VISITS),
            **context,
        )


class CentreEdit(EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขข้อมูลศูนย์ฯ"
    queryset = Centre.objects.with_place()
    form_class = forms.CentreEditForm

    def get_crumbs(self):
        return to_centre(self.object)
