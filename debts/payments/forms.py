"""What officers type about payments of a meeting, transfers between funds, promises and periods."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.forms import OfficerForm
from config.forms import DayBox, MoneyBox, TidyText
from debts.models import Settlement
from debts.payments.collection import Sheet
from funds.models import Centre

AMOUNT = "amount-"
IN_THE_FUTURE = "ระบุวันที่ไม่เกินวันนี้"


class PastDayBox(DayBox):
    """A day up to today: money that was received or paid."""

    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(IN_THE_FUTURE)
        return day


class CentreChoiceForm(OfficerForm):
    """Where the meeting is."""

    centre = forms.ModelChoiceField(Centre.objects.select_related("village"), label="ศูนย์ฯ")
    on = PastDayBox(label="วันที่รับเงิน")


class SheetForm(OfficerForm):
    """One box of baht for each row of the sheet, named by its debt."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, sheet: Sheet, **options):
        super().__init__(*args, **options)
        for row in sheet.rows:
            label = f"{row.debt.borrower} {row.debt}"
            self.fields[f"{AMOUNT}{row.debt.pk}"] = MoneyBox(label=label, required=False)
        self.lines = [(row, self[f"{AMOUNT}{row.debt.pk}"]) for row in sheet.rows]

    @property
    def amounts(self) -> dict[int, Decimal]:
        """Baht by the key of the debt, of the boxes that were filled."""
        typed = self.cleaned_data.items()
        return {
            int(name.removeprefix(AMOUNT)): amount
            for name, amount in typed
            if name.startswith(AMOUNT) and amount is not None
        }

    def clean(self):
        gone = [name for name in self.data if name.startswith(AMOUNT) and name not in self.fields]
        if any(self.data[name].strip() for name in gone):
            raise forms.ValidationError("มีหนี้ที่ปิดบัญชีแล้วหลังจากเปิดใบนี้ ตรวจสอบจำนวนเงินแล้วบันทึกอีกครั้ง")
        return super().clean()


class TransferForm(OfficerForm):
    """Money one fund paid another: for the oldest contracts first, or for the contract the page is about."""

    OLDEST, THIS = "oldest", "this"

    amount = MoneyBox(label="จำนวนเงินที่โอน (บาท)")
    on = PastDayBox(label="วันที่โอน")
    reference = TidyText(label="เลขที่อ้างอิง", max_length=100, required=False, help_text="เช่น เลขที่ใบนำฝาก")
    pays = forms.ChoiceField(label="ชำระยอดของ", choices=[], widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, settlement: Settlement, **options):
        super().__init__(*args, **options)
        self.settlement = settlement
        self.fields["pays"].choices = [
            (self.THIS, f"{settlement.contract}"),
            (self.OLDEST, "สัญญาที่ค้างจ่ายนานที่สุดก่อน"),
        ]


class PromiseForm(OfficerForm):
    amount = MoneyBox(label="จำนวนเงินที่รับปาก (บาท)")
    due_on = DayBox(label="จะชำระภายในวันที่")
    made_on = PastDayBox(label="วันที่รับปาก")
    note = TidyText(label="หมายเหตุ", max_length=300, required=False)
