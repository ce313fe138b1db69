"""Papers of payments: receipts, sheets of a meeting, pay-off quotes, statements, what funds owe each other."""

from django.core.exceptions import BadRequest

from accounts.roles import Can
from config import thai
from debts.models import Collection, Debt, Payment
from debts.payments.collection import receipts_of, row_of, sheet_of
from debts.payments.settlement import fund_statement
from debts.payments.statement_views import period_asked
from debts.payments.statements import CannotState, statement
from debts.payments.views import fund_asked
from debts.repayment import owed_on
from funds.models import Centre, Fund
from households.models import Household
from reports.paper_views import PaperPage, place_of
from reports.receipt_paper import COPIES, receipt_of


class ReceiptPaper(PaperPage):
    """The receipt twice on a page, to be cut; a payment taken back says so."""

    permission = Can.VIEW_DEBTS
    queryset = Payment.objects.select_related(
        "debt__borrower",
        "debt__household__village__parent__parent__parent",
        "debt__fund",
        "debt__contract",
        "fund__centre__village__parent__parent__parent",
        "by",
        "reversal",
    )
    template_name = "papers/receipt.html"

    def get_paper(self):
        payment = self.object
        return f"ใบเสร็จรับเงิน {payment.number.replace('/', '-')} {payment.fund}", {
            "receipt": receipt_of(payment),
            "copies": COPIES,
            "place": place_of(payment.fund.centre),
            "foot": f"ใบเสร็จเลขที่ {payment.number} วันที่ {thai.short_date(payment.on)}",
        }


class CollectionSheetPaper(PaperPage):
    """The sheet to take to a meeting, with empty boxes: `?on=` its day, `?fund=` one fund."""

    permission = Can.VIEW_DEBTS
    queryset = Centre.objects.with_place()
    template_name = "papers/collection_sheet.html"

    def get_paper(self):
        centre, on, fund = self.object, self.get_day(), fund_asked(self.request, self.object)
        debts = Debt.objects.for_user(self.request.user).filter(fund__centre=centre)
        return f"ใบรับชำระ {fund or centre.village.name} {thai.short_date(on)}", {
            "sheet": sheet_of(debts.filter(fund=fund) if fund else debts, on=on),
            "centre": centre,
            "fund": fund,
            "on": on,
            "place": place_of(centre),
            "foot": f"ยอด ณ วันที่ {thai.short_date(on)}",
        }


class CollectionPaper(PaperPage):
    """The receipts of a meeting."""

    permission = Can.VIEW_DEBTS
    queryset = Collection.objects.with_names().select_related("centre__village__parent__parent__parent")
    template_name = "papers/collection.html"

    def get_paper(self):
        made = self.object
        receipts = list(receipts_of(made))
        standing = [each for each in receipts if not hasattr(each, "reversal")]
        return f"รายการรับชำระ {made.centre.village.name} {thai.short_date(made.on)}", {
            "made": made,
            "receipts": receipts,
            "standing": len(standing),
            "sum": sum(each.amount for each in standing),
            "place": place_of(made.centre),
            "foot": f"รับเงินวันที่ {thai.short_date(made.on)}",
        }


class PayOffPaper(PaperPage):
    """What pays a debt off on a day (`?on=`), today otherwise."""

    permission = Can.VIEW_DEBTS
    queryset = Debt.objects.with_names().select_related(
        "contract", "fund__centre__village__parent__parent__parent"
    )
    template_name = "papers/pay_off.html"

    def get_paper(self):
        debt, on = self.object, self.get_day()
        if on < debt.accrued_to:
            raise BadRequest(f"ระบุวันที่ตั้งแต่ {thai.short_date(debt.accrued_to)}")
        return f"ยอดปิดบัญชี {debt} {thai.short_date(on)}", {
            "debt": debt,
            "owed": owed_on(debt, on=on),
            "row": row_of(debt, on=on),
            "on": on,
            "place": place_of(debt.fund.centre),
            "foot": f"ยอด ณ วันที่ {thai.short_date(on)}",
        }


class _StatementPaper(PaperPage):
    """The ledger of a period (`?first=`, `?last=`)."""

    permission = Can.VIEW_DEBTS
    template_name = "papers/statement.html"

    def get_paper(self):
        try:
            first, last = period_asked(self.request)
            found = statement(self.get_debts(), first=first, last=last)
        except (thai.CannotRead, CannotState) as refusal:
            raise BadRequest(str(refusal)) from refusal
        name = f"รายการเดินบัญชี {self.get_name()} {thai.short_date(first)} ถึง {thai.short_date(last)}"
        return name.replace("/", "-"), {
            "statement": found,
            "of": self.get_name(),
            "is_household": not isinstance(self.object, Debt),
            "foot": f"{thai.short_date(first)} ถึง {thai.short_date(last)}",
            **self.get_names(),
        }


class DebtStatementPaper(_StatementPaper):
    queryset = Debt.objects.with_names().select_related("household__village__parent__parent__parent")

    def get_debts(self):
        return [self.object]

    def get_name(self):
        return f"{self.object} {self.object.borrower}"

    def get_names(self):
        return {"household": self.object.household}


class HouseholdStatementPaper(_StatementPaper):
    queryset = Household.objects.with_place()

    def get_debts(self):
        return Debt.objects.for_user(self.request.user).filter(household=self.object)

    def get_name(self):
        head = self.object.head
        return f"{head} {self.object.house}" if head else self.object.house

    def get_names(self):
        return {"household": self.object}


class FundSettlementsPaper(PaperPage):
    """What a fund owes the others and is owed by them on a day (`?on=`)."""

    permission = Can.VIEW_DEBTS
    queryset = Fund.objects.select_related("centre__village__parent__parent__parent")
    template_name = "papers/fund_settlements.html"

    def get_paper(self):
        fund, on = self.object, self.get_day()
        return f"ยอดระหว่างกองทุน {fund} {thai.short_date(on)}", {
            "statement": fund_statement(fund, on=on),
            "place": place_of(fund.centre),
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(on)}",
        }
