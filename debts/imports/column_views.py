"""จับคู่คอลัมน์: say which column of a file is what, where the file does not say it beyond doubt."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from debts.imports.columns import remember
from debts.imports.files import is_long, reread
from debts.imports.forms import ColumnsForm, head_choices
from debts.imports.long import ask_to_look
from debts.imports.views import RegisterFilePage
from debts.sheets.form import NothingToImport
from debts.sheets.layout import layout_under
from debts.sheets.limits import CannotOpen
from debts.sheets.register import RULES, FoundTable, ReadRegister


class MatchColumns(RegisterFilePage):
    """Step 2, where it is needed: which column is what. POST with another row as the head shows that head."""

    template_name = "debts/registerfile_columns.html"

    def get_title(self):
        return "จับคู่คอลัมน์"

    def get(self, request, *args, **kwargs):
        return self._answered(self._show)

    def post(self, request, *args, **kwargs):
        return self._answered(self._save)

    def _answered(self, respond) -> HttpResponse:
        if self.object.imported_at:
            return self.back()
        try:
            register = reread(self.object)
        except (CannotOpen, NothingToImport) as refusal:
            return self.show_broken(refusal)
        if not isinstance(register, ReadRegister):
            return self.back()
        self.tables = register.tables
        return respond(register)

    def _tables(self, register: ReadRegister) -> tuple[FoundTable, ...]:
        """Those to be asked about, or all; of tables with the same head the first speaks for all."""
        every = "all" in self.request.GET or not register.to_ask
        first: dict[str, FoundTable] = {}
        for table in register.tables if every else register.to_ask:
            first.setdefault(table.layout.signature, table)
        return tuple(first.values())

    def _show(self, register: ReadRegister) -> HttpResponse:
        tables = self._tables(register)
        return self._page([self._form(place, table, table.layout) for place, table in enumerate(tables)])

    def _save(self, register: ReadRegister) -> HttpResponse:
        forms = [self._typed(place, table) for place, table in enumerate(self._tables(register))]
        if not self._is_whole(forms, register):
            return self._page([self._shown_again(form, place) for place, form in enumerate(forms)])
        chosen = {form.table.layout.signature: form.chosen() for form in forms}
        remember(centre=self.object.centre, chosen=chosen, by=self.request.user)
        if is_long(self.object):
            ask_to_look(self.object, self.request.user)
        messages.success(self.request, "จับคู่คอลัมน์แล้ว ไฟล์ที่มีหัวตารางเหมือนกันของศูนย์ฯ นี้จะใช้การจับคู่นี้ต่อไป")
        return self.back()

    def _is_whole(self, forms: list[ColumnsForm], register: ReadRegister) -> bool:
        """Whether all columns were said for the heads that were shown, of one register at least."""
        if not all(form.is_valid() for form in forms) or any(form.has_another_head for form in forms):
            return False
        shown = [form.table for form in forms]
        others = any(table.layout.is_read and table not in shown for table in register.tables)
        if not others and not any(form.cleaned_data["is_register"] for form in forms):
            forms[0].add_error("is_register", "เลือกอย่างน้อย 1 แผ่นงานที่จะนำเข้า")
        return forms[0].is_valid()

    def _typed(self, place: int, table: FoundTable) -> ColumnsForm:
        """The form as it was shown: its columns are those under the row that was the head then."""
        row = self.request.POST.get(f"table{place}-shown_row", "")
        return self._form(place, table, self._under(table, row), self.request.POST)

    def _shown_again(self, form: ColumnsForm, place: int) -> ColumnsForm:
        if form.is_valid() and form.has_another_head:
            layout = self._under(form.table, str(form.cleaned_data["head_row"]))
            kept = {"is_register": form.cleaned_data["is_register"]}
            return self._form(place, form.table, layout, initial=kept)
        return form

    def _under(self, table: FoundTable, row: str):
        head = table.layout.head
        shown = str(head.row if head.lines else 0)
        if row == shown or row not in dict(head_choices(table.sheet.rows)):
            return table.layout
        today = timezone.localdate(self.object.uploaded_at)
        return layout_under(table.sheet.rows, int(row), table.layout, RULES, today=today)

    def _form(self, place: int, table: FoundTable, layout, typed=None, **options) -> ColumnsForm:
        names = [each.sheet.name for each in self.tables if each.layout.signature == table.layout.signature]
        named = {"user": self.request.user, "prefix": f"table{place}", "table": table, "layout": layout}
        return ColumnsForm(typed, **named, names=names, **options)

    def _page(self, forms: list[ColumnsForm]) -> HttpResponse:
        return self.render_to_response(self.get_context_data(forms=forms, steps=self.steps("จับคู่คอลัมน์")))
