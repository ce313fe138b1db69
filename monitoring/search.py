"""ค้นหา: the page behind the box in the top bar, and what appears under the box while one types. It stands in the
highest app whose rows it finds."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone

from accounts.pages import ScreenPage
from accounts.roles import Can
from config import thai
from debts.finding import SHORTEST
from households.search import WHOLE_ID, holds_national_id
from monitoring.finding import find


class Search(ScreenPage):
    """Open to whoever may see the least of what is found; the rest is found for those who may see it."""

    permission = Can.VIEW_CENTRES

    @property
    def typed(self) -> str:
        return thai.tidy(self.request.GET.get("q", ""))[:100]

    def get(self, request, *args, **kwargs):
        if holds_national_id(self.typed) and not request.htmx:
            messages.error(request, WHOLE_ID)
            return HttpResponseRedirect(request.path)
        return super().get(request, *args, **kwargs)

    def get_template_names(self):
        return ["monitoring/_found.html"] if self.request.htmx else ["monitoring/search.html"]

    def get_title(self):
        return f"ผลการค้นหา “{self.typed}”" if self.typed else "ค้นหา"

    def get_context_data(self, **context):
        refusal = self._refusal()
        groups = (
            []
            if refusal or not self.typed
            else find(self.typed, by=self.request.user, today=timezone.localdate())
        )
        return super().get_context_data(groups=groups, refusal=refusal, searched=self.typed, **context)

    def _refusal(self) -> str:
        if holds_national_id(self.typed):
            return WHOLE_ID
        return f"ค้นหาอย่างน้อย {SHORTEST} ตัวอักษร" if 0 < len(self.typed) < SHORTEST else ""
