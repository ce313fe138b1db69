"""ณ วันที่: a page that is shown as it was on a past day (`?on=`)."""

from datetime import date

from django.utils import timezone
from django.utils.functional import cached_property

from config import thai


class AsOf:
    """Gives a page the day asked for: `self.on`, today when none is asked or it cannot be read."""

    @property
    def on(self) -> date:
        return self._asked[0]

    @cached_property
    def _asked(self) -> tuple[date, str]:
        """The day, and why what was typed cannot be it."""
        today = timezone.localdate()
        try:
            day = thai.read_date(self.request.GET.get("on", ""), today=today).value or today
        except thai.CannotRead as refusal:
            return today, str(refusal)
        return day, ""

    def get_context_data(self, **context):
        typed, (on, refusal) = self.request.GET.get("on"), self._asked
        context = {"on": on, "refusal": refusal, "is_today": on == timezone.localdate(), **context}
        return super().get_context_data(typed=typed or thai.short_date(on), **context)
