"""A household's whole way in a browser: selected, talked over, resolved, signed, paid, one payment taken back, cleared."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from debts.models import Case, Contract, Payment
from funds.models import Fund
from tests.factories import make_debt, make_fund, make_household, make_member, make_officer, make_order
from tests.reading import one_line, text_of

SURVEYED = date(2025, 5, 1)
MONTHS = 12


@pytest.fixture
def household():
    """47,500 baht owed to two funds of a centre whose committee has three members."""
    village_fund = make_fund(name="กองทุนหมู่บ้านหนองฮะ", rate="0")
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP, name="กลุ่มออมทรัพย์หนองฮะ")
    order = make_order(village_fund.centre, signed_on=date(2025, 1, 6))
    for first_name, position in (("มา", "chair"), ("มี", "secretary"), ("ดี", "member")):
        make_member(order, first_name=first_name, last_name="ขยัน", position=position)
    household = make_household(village_fund.centre.village, house_number="18")
    free = {"on": SURVEYED, "rate_percent": Decimal(0)}
    make_debt(household, village_fund, principal="30000", number="11/2565", **free)
    make_debt(household, savings, principal="17000", interest="500", number="12/2565", **free)
    return household


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [(1366, 768), (360, 740)], ids=["desktop", "phone"])
def test_a_household_goes_from_selection_to_cleared(browser, household, size):
    officer = make_officer(Role.DISTRICT_OFFICER, area=household.village)
    browser.sign_in(officer)
    way = Way(browser, household, size)

    way.select()
    way.talk_with_both_funds()
    way.draft_the_terms()
    way.resolve_in_a_meeting()
    way.sign()
    way.read_the_contract()
    way.pay_twelve_instalments_and_take_one_back()
    way.see_it_cleared()


class Way:
    """An officer who takes one household all the way, in a window of one size."""

    def __init__(self, browser, household, size):
        self.browser, self.household, self.page = browser, household, browser.page
        self.size = dict(zip(("width", "height"), size, strict=True))
        self.centre = household.village.centre

    def open(self, name, *keys):
        self.browser.open(reverse(name, args=keys), **self.size)
        assert not self.browser.wider_than_the_screen()

    def follow(self, name):
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, **typed):
        """Type into boxes; what is empty is left as the page has it."""
        for name, value in typed.items():
            if value:
                self.page.locator(f"[name={name}]").fill(value)

    def see(self, text):
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible()

    @property
    def case(self) -> Case:
        return self.household.cases.get()

    def select(self):
        self.open("debts:cases")
        self.follow("คัดเลือกครัวเรือนเป้าหมาย")
        self.follow(self.centre.short_name)
        self.fill(on="2 พ.ค. 2568")
        self.page.get_by_label("บ้านเลขที่ 18").check()
        self.see("1 ครัวเรือน 47,500.00 บาท")
        self.press("คัดเลือกครัวเรือนเป้าหมาย")
        self.see("ดำเนินการแล้ว: คัดเลือก 1 ครัวเรือน หนี้ ณ วันคัดเลือกรวม 47,500.00 บาท")

    def talk_with_both_funds(self):
        self.open("debts:case", self.case.pk)
        for debt in self.household.debts.original().order_by("pk"):
            self.follow("เพิ่มข้อเสนอ")
            self.page.locator("[name=target]").select_option(f"debt-{debt.pk}")
            if debt.interest:
                self.page.locator("[name=kind]").select_option("waive_interest")
                self.fill(amount="๕๐๐")
            self.fill(on="9/5/2568")
            self.press("บันทึก")
            self.page.get_by_role("link", name="บันทึกคำตอบ").click()
            self.page.get_by_label("ยินยอม", exact=True).check()
            self.fill(on="10/5/2568", answered_by="นายมา ขยัน ประธาน")
            self.press("บันทึก")
        self.see("ตกลงครบทุกกองทุน")

    def draft_the_terms(self):
        self.open("debts:merge-debts", self.household.pk)
        self.press("ถัดไป: กำหนดเงื่อนไข")
        self.page.get_by_role("radio", name="กองทุนหมู่บ้านหนองฮะ").check()
        self.page.locator("[name=method]").select_option("no_interest")
        self.fill(rate_percent="0", periods=str(MONTHS), signed_on="20/5/2568", first_due_on="20/6/2568")
        self.press("ถัดไป: ตรวจสอบ")
        self.see("47,000.00 บาท")

    def resolve_in_a_meeting(self):
        self.open("debts:meeting-new", self.centre.pk)
        self.fill(held_on="15 พ.ค. 2568", starts_at="๙.๓๐", place="ศาลากลางบ้าน")
        self.press("เรียกประชุม")
        self.press("บันทึก")
        self.follow("บันทึกผู้มาประชุม")
        self.press("บันทึก")
        self.follow("โหมดประชุม")
        self.see("47,000.00 บาท")
        assert not self.browser.wider_than_the_screen()
        self.follow("บันทึกมติ")
        self.page.get_by_label("เห็นชอบ", exact=True).check()
        self.fill(votes_for="3")
        self.press("บันทึกมติ")
        self.follow("ปิดการประชุม")
        self.press("ปิดการประชุม")
        self.see("ปิดการประชุมแล้ว")
        minutes = reverse("reports:minutes-paper", args=[self.case.agenda_items.get().meeting_id])
        text = one_line(text_of(self.page.request.get(self.browser.address + minutes).body()))
        assert "๔๗,๐๐๐.๐๐ บาท" in text
        assert "ฉบับร่าง" not in text

    def sign(self):
        self.open("debts:merge-check", self.household.pk)
        for name in ("agreed", "resolved", "checked"):
            self.page.locator(f"[name={name}]").check()
        self.fill(family_reason="โสด ไม่มีทายาท")
        self.press("ยืนยันและสร้างสัญญา")
        self.see("47,000.00")
        self.contract = Contract.objects.get()
        assert self.case.stage == Case.Stage.CONTRACTED

    def read_the_contract(self):
        paper = reverse("reports:contract-paper", args=[self.contract.pk])
        text = one_line(text_of(self.page.request.get(self.browser.address + paper).body()))
        assert "สี่หมื่นเจ็ดพันบาทถ้วน" in text

    def pay(self, amount, day):
        self.open("debts:payment-new", self.contract.debt_id)
        self.fill(amount=amount, on=day)
        self.press("บันทึกการชำระ")
        self.see("ดำเนินการแล้ว: รับชำระ")

    def pay_twelve_instalments_and_take_one_back(self):
        lines = list(self.contract.instalments.all())
        for line in lines[:-1]:
            self.pay(f"{line.total:.2f}", f"{line.due_on:%d/%m}/{line.due_on.year + 543}")
        self.follow("ยกเลิกการรับชำระ")
        self.fill(reason="ลงยอดซ้ำ")
        self.press("ยกเลิกการรับชำระ")
        self.see("ดำเนินการแล้ว: ยกเลิกการรับชำระ")
        self.pay(f"{lines[-2].total:.2f}", "")
        self.pay(f"{lines[-1].total:.2f}", "")
        assert Payment.objects.standing().count() == MONTHS

    def see_it_cleared(self):
        self.contract.refresh_from_db()
        assert self.contract.ending == Contract.Ending.PAID
        self.open("debts:case", self.case.pk)
        self.see("ปลดหนี้ได้")
        self.open("debts:household", self.household.pk)
        self.see("ปลดหนี้ได้แล้ว")
        self.browser.open(reverse("debts:cases") + "?outcome=cleared", **self.size)
        self.see("พบ 1 ครัวเรือน")
