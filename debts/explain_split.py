"""Why so much of an old debt's interest bears interest again and so much does not (Civil and Commercial Code s.655)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config import thai
from debts.explain import Explanation, Step, interest_step, sum_of
from debts.interest import YEAR, ZERO, Reading, SplitInterest, split_interest

KEPT = "ดอกเบี้ยที่ไม่รวมเป็นเงินต้น และค่าปรับ แยกไว้และไม่คิดดอกเบี้ย"


@dataclass(frozen=True)
class OldInterest:
    """An old debt's interest when it is merged, in baht; `left` and `penalty` after what was waived."""

    name: str
    principal: Decimal
    rate_percent: Decimal
    left: Decimal
    penalty: Decimal
    interest_to: date
    signed_on: date
    agreed_in_writing: bool
    reading: str

    @property
    def _days(self) -> int:
        return max(0, YEAR - (self.signed_on - self.interest_to).days)

    @property
    def split(self) -> SplitInterest:
        return split_interest(
            principal=self.principal,
            rate_percent=self.rate_percent,
            interest=self.left,
            interest_to=self.interest_to,
            signed_on=self.signed_on,
            agreed_in_writing=self.agreed_in_writing,
            reading=self.reading,
        )

    def why_capitalised(self) -> Explanation:
        rule, steps = self._capitalised()
        return Explanation(f"ดอกเบี้ยที่รวมเป็นเงินต้น {self.name}", self.split.capitalised, rule, steps)

    def why_kept_apart(self) -> Explanation:
        capitalised = self.split.capitalised
        amounts = (self.left, -capitalised, self.penalty)
        step = Step("แยกไว้", sum_of(amounts), sum(amounts, ZERO))
        return Explanation(f"แยกไว้ ไม่คิดดอกเบี้ย {self.name}", step.result, KEPT, (step,))

    def _capitalised(self) -> tuple[str, tuple[Step, ...]]:
        if not self.agreed_in_writing:
            return "ไม่ได้ตกลงเป็นหนังสือให้รวมดอกเบี้ยเป็นเงินต้น (ป.พ.พ. มาตรา 655)", ()
        if not self.principal * self.rate_percent:
            return "หนี้นี้ไม่มีอัตราดอกเบี้ย จึงไม่รู้ว่าดอกเบี้ยค้างมานานเท่าใด", ()
        young = interest_step(
            self.principal,
            self.rate_percent,
            self._days,
            year=YEAR,
            of=f"ดอกเบี้ยที่ค้างยังไม่ถึง 1 ปี {self._days} วัน",
        )
        if self.left < young.result:
            return f"ดอกเบี้ยที่ค้าง {thai.money(self.left)} บาท ค้างยังไม่ถึง 1 ปี (ป.พ.พ. มาตรา 655)", ()
        if Reading(self.reading) is Reading.LENIENT:
            rule = "ตกลงเป็นหนังสือ และดอกเบี้ยที่เก่าที่สุดค้างเกิน 1 ปี จึงรวมได้ทั้งหมด (ป.พ.พ. มาตรา 655)"
            return rule, (Step("รวมเป็นเงินต้น", thai.money(self.left), self.left),)
        rule = "ตกลงเป็นหนังสือ รวมเฉพาะดอกเบี้ยที่ค้างเกิน 1 ปี (ป.พ.พ. มาตรา 655)"
        rest = Step("รวมเป็นเงินต้น", sum_of((self.left, -young.result)), self.left - young.result)
        return rule, (young, rest)
