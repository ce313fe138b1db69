"""ทะเบียนลูกหนี้"""

from accounts.pages import ListPage
from accounts.roles import Can
from debts.filters import ContractFilter, DebtFilter
from debts.models import Contract, Debt
from debts.tables import ContractTable, DebtTable


class DebtList(ListPage):
    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "ทะเบียนลูกหนี้"
    queryset = Debt.objects.all()
    filter_class = DebtFilter
    table_class = DebtTable


class ContractList(ListPage):
    permission = Can.VIEW_DEBTS
    section = "debts:contracts"
    title = "สัญญา 1 ครัวเรือน 1 สัญญา"
    queryset = Contract.objects.all()
    filter_class = ContractFilter
    table_class = ContractTable
