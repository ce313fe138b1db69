"""What the system itself can tell about an item of a scorecard, in words without anybody's name."""

from datetime import date
from functools import cached_property

from config import thai
from config.money import total
from debts.classification import rules_on
from debts.models import Case, Debt, Meeting, Register
from funds.books import year as books
from monitoring.centre_figures import figures_of
from monitoring.models import Grading
from monitoring.plans import progress as plans

NOTHING = "ระบบไม่มีข้อมูลข้อนี้ ตรวจจากเอกสารและการสอบถาม"


def evidence_of(grading: Grading, *, on: date) -> dict[str, str]:
    """Order of the item → what is known of it: as frozen at certifying, else as of day `on` or the year's end."""
    if grading.evidence is not None:
        return grading.evidence
    known = Known(grading, min(on, thai.fiscal_year_end(grading.fiscal_year)))
    items = grading.scorecard.items.all()
    return {str(item.order): getattr(known, item.evidence, NOTHING) for item in items}


class Known:
    """Each property is the evidence of that name."""

    def __init__(self, grading: Grading, on: date):
        self._centre, self._fund, self._on = grading.centre, grading.fund, on
        self._year = grading.fiscal_year

    @cached_property
    def _figures(self):
        return figures_of(self._centre, on=self._on)

    @property
    def committee(self) -> str:
        order = self._order
        if order is None:
            return "ไม่มีคำสั่งแต่งตั้งคณะกรรมการที่มีผลในวันนี้"
        seats = {member.fund_id for member in order.serving if member.fund_id}
        until = f" ถึง {thai.short_date(order.expires_on)}" if order.expires_on else ""
        return (
            f"{order} ลงวันที่ {thai.short_date(order.signed_on)}{until} ลงนามโดย{order.signer_position}"
            f" • กรรมการ {len(order.serving)} คน • มีผู้แทน {len(seats)} จาก {self._figures.funds} กองทุน"
        )

    @property
    def register(self) -> str:
        certified = Register.objects.filter(
            centre=self._centre, certified_at__isnull=False, as_of_on__lte=self._on
        ).first()
        rules = rules_on(self._centre, on=self._on)
        by = "เกณฑ์ที่ศูนย์ฯ กำหนด" if rules else "เกณฑ์เริ่มต้นของระบบ"
        kept = f"รับรองล่าสุด ณ {thai.short_date(certified.as_of_on)}" if certified else "ยังไม่มีที่รับรอง"
        return f"ทะเบียนลูกหนี้{kept} • ลูกหนี้ {thai.count(self._figures.debtors)} คน จัดประเภทตาม{by}"

    @property
    def talks(self) -> str:
        cases = Case.objects.counted().filter(centre=self._centre, opened_on__lte=self._on)
        talked = cases.exclude(stage=Case.Stage.SELECTED).count()
        start = thai.fiscal_year_start(self._year)
        held = Meeting.objects.filter(centre=self._centre, held_on__range=(start, self._on)).count()
        return (
            f"เปิดกระบวนการ {thai.count(cases.count())} ครัวเรือน เจรจาหรือมีมติแล้ว {thai.count(talked)} ครัวเรือน"
            f" • ประชุมคณะกรรมการในปีงบประมาณ {thai.count(held)} ครั้ง"
        )

    @property
    def contracts(self) -> str:
        figures = self._figures
        return (
            f"เข้าร่วม {thai.count(figures.joined)} ครัวเรือน"
            f" • ทำ 1 ครัวเรือน 1 สัญญา {thai.count(figures.merged)} ครัวเรือน"
        )

    @property
    def funds(self) -> str:
        return f"{self.contracts} • กองทุนสมาชิก {self._figures.funds} กองทุน"

    @property
    def reduced(self) -> str:
        figures = self._figures
        return (
            f"ลดหนี้ได้ {thai.count(figures.reduced)} ครัวเรือน {thai.money(figures.baht_reduced)} บาท"
            f" • ปลดหนี้ได้ {thai.count(figures.cleared)} ครัวเรือน {thai.money(figures.baht_cleared)} บาท"
        )

    @property
    def kind(self) -> str:
        return f"ประเภทศูนย์ฯ: {self._centre.get_kind_display()}"

    @property
    def seat(self) -> str:
        seats = [each for each in self._order.serving if each.fund_id == self._fund.pk] if self._order else []
        return f"มีผู้แทนในคณะกรรมการศูนย์ฯ {len(seats)} คน"

    @property
    def rules(self) -> str:
        rule = self._fund.rule_on(self._on)
        if rule is None:
            return "ยังไม่ได้บันทึกระเบียบการให้กู้"
        return f"ระเบียบการให้กู้มีผลตั้งแต่ {thai.short_date(rule.effective_on)}"

    @property
    def members(self) -> str:
        members = thai.count(self._fund.members) if self._fund.members is not None else "ไม่ทราบ"
        capital = f"{thai.money(self._fund.capital)} บาท" if self._fund.capital is not None else "ไม่ทราบ"
        return f"สมาชิก {members} คน • เงินทุน {capital} (ข้อมูลปัจจุบัน)"

    @property
    def books(self) -> str:
        return books.told_of(self._centre, self._fund, year=self._year, on=self._on)

    @property
    def plan(self) -> str:
        return plans.told_of(self._centre, year=self._year, on=self._on)

    @property
    def lending(self) -> str:
        owed = Debt.objects.filter(fund=self._fund).with_balance(on=self._on).filter(outstanding_on__gt=0)
        late = owed.filter(due_on__lt=self._on)
        sums = [rows.aggregate(sum=total("outstanding_on"))["sum"] for rows in (owed, late)]
        return (
            f"ลูกหนี้คงเหลือ {thai.count(owed.count())} สัญญา {thai.money(sums[0])} บาท"
            f" • พ้นวันครบกำหนด {thai.count(late.count())} สัญญา {thai.money(sums[1])} บาท"
        )

    @cached_property
    def _order(self):
        orders = self._centre.committee_orders.prefetch_related("members")
        return next((order for order in orders if order.is_current(self._on)), None)
