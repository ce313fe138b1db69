"""The pages on which officers make and revoke the keys of other systems."""

from django.contrib import messages
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FormPage, Page, ScreenPage
from accounts.roles import Can
from reports.api.collections import COLLECTIONS
from reports.api.document import document
from reports.api.forms import TokenForm
from reports.api.tokens import CannotChange, make_token, revoke
from reports.models import ApiToken


class OfTokens:
    permission = Can.MANAGE_TOKENS
    section = "reports:overview"


class Tokens(OfTokens, ScreenPage):
    title = "การเชื่อมต่อระบบอื่น"
    template_name = "reports/api/tokens.html"

    def get_context_data(self, **context):
        today = timezone.localdate()
        tokens = ApiToken.objects.for_user(self.request.user).with_names()
        rows = [(token, token.status_on(today), _titles(token)) for token in tokens]
        return super().get_context_data(rows=rows, collections=COLLECTIONS.values(), **context)


def _titles(token: ApiToken) -> list[str]:
    return [each.title for each in COLLECTIONS.values() if each.name in token.collections]


class ApiDocument(OfTokens, Page, View):
    """The OpenAPI document, for whoever writes the other system."""

    def get(self, request):
        return JsonResponse(document())


class MakeToken(OfTokens, FormPage):
    title = "ออกกุญแจใหม่"
    lead = "กุญแจนี้อ่านข้อมูลได้อย่างเดียว เฉพาะพื้นที่และข้อมูลที่เลือก ระบบแสดงกุญแจครั้งเดียวและไม่เก็บตัวกุญแจไว้"
    form_class = TokenForm
    submit_label = "ออกกุญแจ"
    refusals = (CannotChange,)

    def get_crumbs(self):
        return [(Tokens.title, reverse("reports:tokens"))]

    def act(self, form):
        token, secret = make_token(**form.cleaned_data, on=timezone.localdate(), by=self.request.user)
        self.template_name = "reports/api/token.html"
        return self.render_to_response(
            self.get_context_data(title="กุญแจใหม่", token=token, secret=secret, titles=_titles(token))
        )


class RevokeToken(OfTokens, ActPage):
    queryset = ApiToken.objects.with_names()
    form_class = OfficerForm
    submit_label = "ยกเลิกกุญแจ"
    refusals = (CannotChange,)

    def get_title(self):
        return f"ยกเลิก{self.object}"

    @property
    def lead(self):
        token = self.object
        return f"ระบบที่ใช้กุญแจ {token.hint}… ของ{token.area.label} จะอ่านข้อมูลไม่ได้ทันที การยกเลิกแก้คืนไม่ได้"

    def get_crumbs(self):
        return [(Tokens.title, reverse("reports:tokens"))]

    def act(self, form):
        revoke(token=self.object, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ยกเลิก{self.object}")
