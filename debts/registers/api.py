"""แถวของทะเบียน: what the page sends while an officer types, and what others typed meanwhile (JSON).

`POST {"rows": [{"key", "version", "position", "values", "deleted"}], "editing": key or null, "page": uuid}` saves
at most 50 lines. Each comes back in `rows` with its new version, its tidy text and what there is to say about it,
or in `conflicts` as somebody else saved it. `page` names the open page, so that it does not conflict with itself.
`"control": {"total": "607,200", "rows": "15"}` notes what the paper adds up to.
`GET ?since=n` gives what changed after `sequence` n, deleted lines too. Both say who else is in which line.

Refused with a `message`: 400 cannot be read, 401 the session ended, 409 no draft any more, 413 too many lines.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from accounts.pages import Page, ScopedRows
from accounts.roles import Can
from config import thai
from config.forms import number_in
from debts.models import Register
from debts.registers import wire
from debts.registers.rows import NotADraft, changed_since, others_editing, save_rows, totals_of


class RegisterRows(Page, ScopedRows, SingleObjectMixin, View):
    """The lines of one register, saved in batches and read by those who type beside."""

    permission = Can.EDIT_DEBTS
    queryset = Register.objects.with_names()
    http_method_names = ["get", "post"]

    def get(self, request, *args, **kwargs):
        register = self.get_object()
        rows = changed_since(register, since=self._since())
        return JsonResponse(
            {
                "sequence": register.sequence,
                "rows": [wire.theirs_out(row) for row in rows],
                "editable": register.is_editable,
                "status": register.get_status_display(),
                "csrf": get_token(request),
                **self._around(register, timezone.now()),
            }
        )

    def post(self, request, *args, **kwargs):
        register, now = self.get_object(), timezone.now()
        try:
            saved = save_rows(register=register, by=request.user, at=now, **wire.batch_in(request.body))
        except NotADraft as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        except (wire.TooManyRows, RequestDataTooBig):
            return JsonResponse({"message": "ส่งข้อมูลมากเกินไปในครั้งเดียว"}, status=413)
        except wire.Malformed as refusal:
            return JsonResponse({"message": str(refusal)}, status=400)
        return JsonResponse(
            {
                "saved_at": thai.clock(timezone.localtime(now)),
                "sequence": saved.sequence,
                "rows": [wire.row_out(row) for row in saved.rows],
                "conflicts": [wire.theirs_out(row) for row in saved.conflicts],
                **self._around(register, now),
            }
        )

    def _since(self) -> int:
        return number_in(self.request.GET.get("since", "")) or 0

    def _around(self, register: Register, now) -> dict:
        others = others_editing(register, by=self.request.user, at=now)
        return {
            "others": [wire.editor_out(editor) for editor in others],
            "totals": wire.totals_out(totals_of(register)),
            "control": wire.control_out(register),
        }
