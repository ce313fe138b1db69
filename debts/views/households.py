"""ครัวเรือน: the list of households, and whether some may be twins."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from accounts.pages import ListPage
from accounts.roles import Can
from households import search, twins
from households.filters import HouseholdFilter
from households.models import Household
from households.tables import HouseholdTable


class HouseholdList(ListPage):
    permission = Can.VIEW_DEBTS
    section = "households"
    title = "ครัวเรือน"
    template_name = "households/households.html"
    queryset = Household.objects.standing().with_place().with_people().order_by("head__sort", "pk")
    filter_class = HouseholdFilter
    table_class = HouseholdTable
    action = ("เพิ่มครัวเรือน", "households:household-new", Can.EDIT_HOUSEHOLDS)
    unit = "ครัวเรือน"
    empty = "ยังไม่มีครัวเรือน ครัวเรือนจะถูกสร้างเองเมื่อบันทึกทะเบียนลูกหนี้"

    def get(self, request, *args, **kwargs):
        if search.holds_national_id(request.GET.get("q", "")):
            messages.error(request, search.WHOLE_ID)
            return HttpResponseRedirect(request.path)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        user = self.request.user
        may_be_twins = twins.count_pairs(user) if user.can(Can.EDIT_HOUSEHOLDS) else 0
        return super().get_context_data(may_be_twins=may_be_twins, **context)
