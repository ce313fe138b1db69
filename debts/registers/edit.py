"""บันทึกทะเบียนลูกหนี้: the page officers live in.

Without script it is a form of 25 lines a page. The script makes of it one grid of the whole register, which saves
itself through `debts.registers.api`.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from accounts.pages import Page, ScopedRows, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from debts.models import Register, RegisterLine
from debts.registers.columns import COLUMNS, read_line, typed_values
from debts.registers.grid import KEYS, ROW_ACTS, blank_line, choices_of, columns_of, grid_of, numbered
from debts.registers.rows import CannotSave, SavedRow, TypedRow, read_all, save_rows
from debts.registers.views import RegisterScreen
from households.models import Person

LINES_A_PAGE = 25  # of 13 boxes: far below the 1,000 fields Django takes
SUGGESTED = 8


class EditRegister(RegisterScreen, ShowPage):
    """The lines of a draft. What cannot be saved is shown again as it was typed."""

    permission = Can.EDIT_DEBTS
    template_name = "debts/registers/edit.html"

    def get_title(self):
        return "บันทึกทะเบียนลูกหนี้"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.object.is_editable:
            sentence = f"แก้ไขไม่ได้ ทะเบียนนี้อยู่ในสถานะ{self.object.get_status_display()}"
            return self.to_register(sentence, messages.WARNING)
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        typed, now = list(_typed_rows(request.POST)), timezone.now()
        rows = [row for row in typed if row.values or row.version]
        try:
            saved = save_rows(register=self.object, rows=rows, by=request.user, at=now)
        except CannotSave as refusal:
            return self._again(typed, refusal=str(refusal))
        if saved.conflicts:
            return self._again(typed, conflicts=saved.conflicts)
        messages.success(request, f"บันทึกร่างแล้ว {thai.clock(timezone.localtime(now))}")
        return HttpResponseRedirect(f"{request.path}?page={self._page_number()}")

    def get_context_data(self, *, typed=(), conflicts=(), **context):
        register = self.object
        lines = _with_blank(register.lines.kept())
        page = Paginator(lines, LINES_A_PAGE).get_page(self._page_number(lines))
        columns, funds = columns_of(self.totals), choices_of(register)
        shown = self._as_typed(typed, funds, conflicts) if typed else read_all(register, page.object_list)
        how = {"columns": columns, "funds": {fund.name for fund in funds}}
        return super().get_context_data(
            page_obj=page,
            columns=columns,
            funds=funds,
            lines=numbered(shown, first=page.start_index(), **how),
            blank_line=blank_line(columns),
            row_acts=ROW_ACTS,
            keys=KEYS,
            conflicts=conflicts,
            grid=grid_of(register, self.request.user),
            **context,
        )

    def _page_number(self, lines=()) -> int | str:
        """The page asked for, or the one with the line that a link names (`?row=`)."""
        row = self.request.GET.get("row")
        places = [place for place, line in enumerate(lines) if str(line.key) == row]
        return places[0] // LINES_A_PAGE + 1 if places else self.request.GET.get("page", "1")

    def _again(self, typed: list[TypedRow], **told):
        return self.render_to_response(self.get_context_data(typed=typed, **told), status=409)

    def _as_typed(self, typed: list[TypedRow], funds, conflicts) -> list[SavedRow]:
        """The form as it was sent; a line that somebody changed meanwhile goes on from theirs."""
        theirs = {row.line.key: row.line.version for row in conflicts}
        today = timezone.localdate()
        return [
            SavedRow(
                RegisterLine(key=row.key, version=theirs.get(row.key, row.version)),
                read_line(row.values, funds=funds, today=today),
            )
            for row in typed
        ]


class RegisterNames(Page, ScopedRows, SingleObjectMixin, View):
    """People of the register's village whose name goes on as typed (JSON)."""

    permission = Can.EDIT_DEBTS
    queryset = Register.objects.with_names()

    def get(self, request, *args, **kwargs):
        people = Person.objects.for_user(request.user).filter(
            household__village=self.get_object().centre.village
        )
        key = _name_key(request.GET.get("q", ""))
        found = (
            people.filter(match_key__startswith=key).select_related("household")[:SUGGESTED] if key else []
        )
        return JsonResponse(
            {"people": [{"name": str(each), "house_number": each.household.house_number} for each in found]}
        )


def _name_key(typed: str) -> str:
    """What the key of such a name begins with; "" for what is no name yet."""
    try:
        name = thai.read_name(typed)
    except thai.CannotRead:
        return ""
    return thai.name_key(name.first, name.last).strip()


def _with_blank(lines) -> list[RegisterLine]:
    """The stored lines, and empty ones up to the end of the last page."""
    stored = list(lines)
    missing = LINES_A_PAGE - len(stored) % LINES_A_PAGE
    return [*stored, *(RegisterLine(key=uuid4(), version=0) for _ in range(missing))]


def _typed_rows(post):
    """The lines of the form: `key`, and for each `<key>-version` and a box for every column."""
    for typed_key in post.getlist("key")[:LINES_A_PAGE]:
        values = typed_values({column: post.get(f"{typed_key}-{column}", "").strip() for column in COLUMNS})
        if key := _key(typed_key):
            yield TypedRow(
                key, number_in(post.get(f"{typed_key}-version", "")) or 0, values, deleted=not values
            )


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
