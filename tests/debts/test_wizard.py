"""The four steps from a household's debts to one contract, as officers walk them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from debts.models import Contract, Debt, Entry, MergeDraft
from funds.models import Fund
from tests.factories import (
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_officer,
    make_payment,
)

pytestmark = pytest.mark.django_db
TERMS = {
    "rate_percent": "6",
    "method": "equal_principal",
    "day_count": "equal_months",
    "periods": "24",
    "months_per_period": "1",
    "signed_on": "15 มิ.ย. 2560",
    "first_due_on": "15/7/2560",
}
CHECKED = {
    "agreed": "on",
    "resolved": "on",
    "checked": "on",
    "resolved_on": "10/6/2560",
    "family_reason": "โสด ไม่มีทายาท",
}


class Officer:
    """An officer at a browser, preparing the merge of one household."""

    def __init__(self, household):
        self.household, self.client = household, Client()
        self.officer = make_officer(area=household.village)
        self.client.force_login(self.officer)

    def address(self, step):
        return reverse(f"debts:{step}", args=[self.household.pk])

    def open(self, step):
        return self.client.get(self.address(step))

    def send(self, step, typed, **options):
        return self.client.post(self.address(step), typed, **options)

    def choose(self, debts, **typed):
        chosen = {"debts": [debt.pk for debt in debts], "interest_to": "30/4/2560", **typed}
        return self.send("merge-debts", {"version": self.version, **chosen})

    def offer(self, lender, **typed):
        return self.send("merge-terms", {"version": self.version, "lender": lender.pk, **TERMS, **typed})

    def look(self):
        """What the check page would send when it is confirmed."""
        page = self.open("merge-check")
        seen = {"key": page.context["key"], "expected_amount": page.context["plan"].amount}
        return {**CHECKED, **seen, "version": page.context["draft"].version}

    def confirm(self, seen):
        return self.send("merge-check", seen)

    @property
    def version(self):
        draft = MergeDraft.objects.filter(household=self.household).first()
        return draft.version if draft else 0


@pytest.fixture
def debts():
    """A household that owes two funds 47,500 baht on 30 April 2560, interest-free for plain figures."""
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP, rate="12")
    household = make_household(village_fund.centre.village)
    return [
        make_debt(household, village_fund, principal="30000", rate_percent=Decimal(0)),
        make_debt(household, savings, principal="17000", interest="500", rate_percent=Decimal(0)),
    ]


@pytest.fixture
def officer(debts):
    return Officer(debts[0].household)


def text_of(response):
    return response.content.decode()


def ready(officer, debts, **typed):
    """The officer has walked the first two steps."""
    officer.choose(debts)
    officer.offer(debts[0].fund, **typed)
    return officer.look()


def test_four_steps_lead_to_one_contract(officer, debts):
    officer.choose(debts)
    officer.offer(debts[0].fund, relief=["extend"], reason="มติที่ประชุม")
    response = officer.confirm(officer.look())

    contract = Contract.objects.get()
    assert response["Location"] == reverse("debts:contract", args=[contract.pk])
    assert (contract.amount, contract.lender, contract.periods) == (47500, debts[0].fund, 24)
    assert (contract.relief_labels, contract.reason) == (["ยืดระยะเวลา"], "มติที่ประชุม")
    assert contract.resolution == "มติคณะกรรมการเมื่อวันที่ 10 มิถุนายน 2560"
    assert not MergeDraft.objects.exists()


def test_all_open_debts_are_proposed_with_interest_to_the_latest_day_of_the_register(officer, debts):
    page = officer.open("merge-debts")

    choice = page.context["choice"]
    assert [old.debt for old in choice.chosen] == debts
    assert (choice.principal, choice.interest, choice.total) == (47000, 500, 47500)
    assert "30 เม.ย. 2560" in text_of(page)
    assert "สี่หมื่นเจ็ดพันห้าร้อยบาทถ้วน" in text_of(page)


def test_the_totals_follow_the_ticks_and_warn_of_what_is_left_out(officer, debts):
    page = officer.choose(debts[:1], preview="1")

    assert page.context["choice"].total == 30000
    assert "เหลือหนี้ 1 สัญญาที่ไม่รวม" in text_of(page)
    assert not MergeDraft.objects.exists()


def test_no_debt_chosen_is_refused(officer, debts):
    page = officer.choose([])

    assert "เลือกหนี้อย่างน้อย 1 สัญญา" in text_of(page)


def test_interest_cannot_be_counted_to_a_day_before_the_register(officer, debts):
    page = officer.choose(debts, interest_to="1/4/2560")

    assert "คิดดอกเบี้ยถึงวันที่ 30 เม.ย. 2560 แล้ว" in text_of(page)
    assert not MergeDraft.objects.exists()


def test_the_terms_begin_with_the_rule_of_the_fund_that_is_owed_most(officer, debts):
    officer.choose(debts)

    form = officer.open("merge-terms").context["form"]

    assert form["lender"].value() == debts[0].fund.pk
    assert form["rate_percent"].value() == "6"


def test_choosing_another_lender_brings_its_rule(officer, debts):
    officer.choose(debts)

    page = officer.offer(debts[1].fund, use_rule="1")

    assert page.context["form"]["rate_percent"].value() == "12"
    assert page.context["plan"].offer.rate_percent == 12


def test_the_preview_shows_the_schedule_without_keeping_anything(officer, debts):
    officer.choose(debts)
    typed = {"lender": debts[0].fund.pk, **TERMS, "periods": "12"}

    page = officer.send("merge-preview", typed, headers={"HX-Request": "true"})

    assert len(page.context["plan"].instalments) == 12
    assert "<html" not in text_of(page)
    assert "terms" not in MergeDraft.objects.get().answers


def test_the_preview_says_what_is_still_missing(officer, debts):
    officer.choose(debts)

    page = officer.send("merge-preview", {"lender": debts[0].fund.pk, **TERMS, "periods": "121"})

    assert "จำนวนงวด: ระบุจำนวนระหว่าง 1 ถึง 120" in text_of(page)


def test_the_same_code_previews_and_signs(officer, debts):
    seen = ready(officer, debts, method="annuity", round_up_to="1", months_per_period="3")
    plan = officer.open("merge-check").context["plan"]

    officer.confirm(seen)

    lines = Contract.objects.get().instalments.values_list("due_on", "principal", "interest", "balance")
    assert list(lines) == [
        (line.due_on, line.principal, line.interest, line.balance) for line in plan.instalments
    ]


def test_a_rate_above_the_law_is_refused_and_nothing_typed_is_lost(officer, debts):
    officer.choose(debts)

    page = officer.offer(debts[0].fund, rate_percent="16", reason="เหตุผลที่พิมพ์ไว้")

    assert "เกินที่กฎหมายกำหนด" in text_of(page)
    assert "เหตุผลที่พิมพ์ไว้" in text_of(page)


def test_what_is_waived_is_split_off_on_screen_and_in_the_contract(officer, debts):
    seen = ready(officer, debts, **{f"waived_interest_{debts[1].pk}": "250"})

    officer.confirm(seen)

    contract = Contract.objects.get()
    assert (contract.waived, contract.amount) == (250, 47250)


def test_more_cannot_be_waived_than_is_owed(officer, debts):
    officer.choose(debts)

    page = officer.offer(debts[0].fund, **{f"waived_interest_{debts[1].pk}": "500.01"})

    assert "ได้ไม่เกินยอดที่ค้าง 500.00 บาท" in text_of(page)


def test_leaving_and_coming_back_finds_everything_as_it_was_typed(officer, debts):
    officer.choose(debts[:1])
    officer.offer(debts[0].fund, periods="๓๖", reason="ขยายเวลา", agreed_in_writing="on")

    terms = officer.open("merge-terms").context["form"]
    choice = officer.open("merge-debts").context["choice"]

    assert (terms["periods"].value(), terms["reason"].value()) == ("๓๖", "ขยายเวลา")
    assert terms["agreed_in_writing"].value() is True
    assert [old.debt for old in choice.chosen] == debts[:1]


def test_going_back_to_the_first_step_keeps_the_terms(officer, debts):
    ready(officer, debts, periods="36")

    officer.choose(debts[:1])

    assert officer.open("merge-terms").context["form"]["periods"].value() == "36"
    assert officer.look()["expected_amount"] == 30000


def test_a_later_step_leads_to_the_first_one_that_is_missing(officer, debts):
    before = officer.open("merge-check")
    officer.choose(debts)
    after = officer.open("merge-check")

    assert before["Location"] == officer.address("merge-debts")
    assert after["Location"] == officer.address("merge-terms")


def test_opening_the_steps_writes_nothing(officer, debts):
    for step in ("merge-debts", "merge-terms", "merge-check"):
        officer.open(step)

    assert not MergeDraft.objects.exists()


def test_a_contract_is_made_only_with_all_three_ticks(officer, debts):
    seen = ready(officer, debts)

    page = officer.confirm({**seen, "checked": ""})

    assert "ตรวจสอบยอดกับสมุดบัญชี" in text_of(page)
    assert not Contract.objects.exists()


def test_a_double_click_makes_one_contract(officer, debts):
    seen = ready(officer, debts)

    first, second = officer.confirm(seen), officer.confirm(seen)

    assert first["Location"] == second["Location"]
    assert Contract.objects.count() == 1
    assert "มีผลใช้บังคับแล้ว" not in text_of(officer.client.get(second["Location"]))


def test_of_two_officers_who_confirm_the_second_reads_why_not(officer, debts):
    other = Officer(officer.household)
    seen = ready(officer, debts)
    also_seen = other.look()

    officer.confirm(seen)
    answer = other.client.post(other.address("merge-check"), also_seen, follow=True)

    contract = Contract.objects.get()
    assert f"ครัวเรือนนี้มีสัญญาเลขที่ {contract.number} ที่มีผลใช้บังคับแล้ว ทำโดย {officer.officer}" in text_of(answer)


def test_a_balance_that_changed_since_it_was_seen_is_not_signed_for(officer, debts):
    officer.choose(debts, interest_to="1/5/2560")
    officer.offer(debts[0].fund)
    seen = officer.look()
    make_payment(debts[0], amount="500", on=date(2017, 5, 1))

    page = officer.confirm(seen)

    assert "ยอดหนี้เปลี่ยนหลังจากกำหนดเงื่อนไข (ลด 500.00 บาท) ตรวจสอบตารางผ่อนชำระอีกครั้ง" in text_of(page)
    assert page.context["plan"].amount == 47000
    assert not Contract.objects.exists()


def test_after_a_refusal_the_new_figures_can_be_confirmed(officer, debts):
    seen = ready(officer, debts)
    make_payment(debts[0], amount="500", on=date(2017, 5, 1))
    officer.choose(debts, interest_to="1/5/2560")
    officer.confirm(seen)

    officer.confirm(officer.look())

    assert Contract.objects.get().amount == 47000


def test_a_debt_paid_off_meanwhile_sends_the_officer_back_to_the_first_step(officer, debts):
    seen = ready(officer, debts)
    make_payment(debts[0], amount="30000", on=date(2017, 5, 1))

    answer = officer.client.post(officer.address("merge-check"), seen, follow=True)

    assert answer.redirect_chain[-1][0] == officer.address("merge-debts")
    assert "หนี้ที่เลือกไว้เปลี่ยนแปลง เลือกหนี้อีกครั้ง" in text_of(answer)


def test_an_officer_is_told_when_another_one_changed_the_draft(officer, debts):
    other, version = Officer(officer.household), officer.version
    other.choose(debts)

    page = officer.send(
        "merge-debts", {"version": version, "debts": [debts[0].pk], "interest_to": "30/4/2560"}
    )
    again = officer.choose(debts[:1])

    assert f"{other.officer} แก้ไขรายการนี้เมื่อ" in text_of(page)
    assert again.status_code == 302
    assert MergeDraft.objects.get().answers["debts"]["debts"] == [str(debts[0].pk)]


def test_terms_changed_behind_the_check_page_are_looked_at_again(officer, debts):
    seen = ready(officer, debts)
    Officer(officer.household).offer(debts[0].fund, periods="36")

    page = officer.confirm(seen)

    assert "แก้ไขเงื่อนไขหลังจากท่านเปิดหน้านี้" in text_of(page)
    assert page.context["plan"].offer.periods == 36
    assert not Contract.objects.exists()


def test_breaking_a_cap_of_the_fund_needs_a_reason(officer, debts):
    debts[0].fund.rules.update(largest_loan=Decimal(30000))
    seen = ready(officer, debts)

    refused = officer.confirm(seen)
    officer.offer(debts[0].fund, reason="มติที่ประชุมศูนย์ฯ ครั้งที่ 2/2560")
    officer.confirm(officer.look())

    assert "ระบุเหตุผล: เกินวงเงินกู้ต่อรายของกองทุน (30,000.00 บาท) ต้องมีมติคณะกรรมการ" in text_of(refused)
    assert Contract.objects.get().amount == 47500


def test_only_funds_of_the_households_centre_are_offered_as_lender(officer, debts):
    elsewhere = make_contract([make_debt(fund=debts[0].fund)]).lender
    officer.choose(debts)

    lenders = officer.open("merge-terms").context["form"].fields["lender"].queryset
    refused = officer.send("merge-terms", {"lender": "999999", **TERMS})

    assert set(lenders) == {debts[0].fund, debts[1].fund} | {elsewhere}
    assert refused.status_code == 200
    assert "terms" not in MergeDraft.objects.get().answers


def test_the_check_page_sent_without_its_key_makes_nothing(officer, debts):
    seen = ready(officer, debts)

    officer.confirm({**seen, "key": ""})
    officer.confirm({**seen, "key": "x"})

    assert not Contract.objects.exists()


def test_the_old_debts_come_back_when_the_contract_is_cancelled_and_can_be_merged_again(officer, debts):
    officer.confirm(ready(officer, debts))
    contract = Contract.objects.get()
    officer.client.post(reverse("debts:contract-cancel", args=[contract.pk]), {"reason": "ทำผิด"})

    officer.choose(debts)
    # The signing day must not lie before the entries of the cancellation.
    today = Entry.objects.order_by("-on").first().on
    officer.offer(
        debts[0].fund, signed_on=today.strftime("%d/%m/%Y"), first_due_on=today.strftime("%d/%m/%Y")
    )
    officer.confirm({**officer.look(), "key": str(uuid4())})

    assert Contract.objects.standing().count() == 1
    assert Debt.objects.original().open().count() == 0


def guarantor_box(guarantor):
    return f"guarantor_{guarantor.pk}"


def test_a_contract_waits_until_every_guarantor_of_an_old_debt_has_answered(officer, debts):
    first, second = make_guarantor(debts[0]), make_guarantor(debts[1], "นางสี ใจงาม")
    seen = ready(officer, debts)

    refused = officer.confirm({**seen, guarantor_box(first): "consents"})

    assert "ระบุการดำเนินการกับผู้ค้ำประกันคนนี้ก่อนทำสัญญา" in text_of(refused)
    assert not Contract.objects.exists()

    officer.confirm({**officer.look(), guarantor_box(first): "consents", guarantor_box(second): "released"})

    answers = Contract.objects.get().guarantor_answers
    assert set(answers.values_list("debt", "name", "answer")) == {
        (debts[0].pk, "นายบุญมา ใจดี", "consents"),
        (debts[1].pk, "นางสี ใจงาม", "released"),
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"family_reason": ""}, "ระบุคู่สมรสหรือทายาทที่ให้ความยินยอม หรือเหตุที่ไม่มี"),
        ({"family_relation": "spouse"}, "ระบุชื่อ–สกุลผู้ให้ความยินยอม"),
        ({"family_name": "นายมี ใจดี"}, "เลือกความเกี่ยวข้องกับลูกหนี้"),
    ],
)
def test_the_family_is_asked_or_a_reason_is_given(officer, debts, typed, message):
    seen = ready(officer, debts)

    page = officer.confirm({**seen, **typed})

    assert message in text_of(page)
    assert not Contract.objects.exists()


def test_the_spouse_who_agrees_is_kept_with_the_contract(officer, debts):
    seen = ready(officer, debts)

    officer.confirm({**seen, "family_relation": "spouse", "family_name": "นายมี  ใจดี", "family_reason": ""})

    assert str(Contract.objects.get().family_consent) == "นายมี ใจดี (คู่สมรส)"


def test_what_was_typed_about_consents_is_there_again_but_no_tick(officer, debts):
    guarantor = make_guarantor(debts[0])
    seen = ready(officer, debts)

    officer.send("merge-check", {**seen, guarantor_box(guarantor): "new", "save": "1"})
    form = officer.open("merge-check").context["form"]

    assert not Contract.objects.exists()
    assert form[guarantor_box(guarantor)].value() == "new"
    assert form["family_reason"].value() == "โสด ไม่มีทายาท"
    assert not form["agreed"].value()
