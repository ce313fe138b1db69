"""บันทึกทะเบียนลูกหนี้: the page on which lines are typed."""

from accounts.pages import ShowPage
from accounts.roles import Can
from debts.models import Register
from debts.registers.columns import COLUMNS
from debts.registers.rows import changed_since, totals_of


class EditRegister(ShowPage):
    """The lines of a draft."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    queryset = Register.objects.with_names()
    template_name = "debts/registers/edit.html"

    def get_title(self):
        return "บันทึกทะเบียนลูกหนี้"

    def get_context_data(self, **context):
        rows = changed_since(self.object, since=0)
        return super().get_context_data(columns=COLUMNS, rows=rows, totals=totals_of(self.object), **context)
