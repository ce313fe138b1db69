"""A household's debts become one contract, to the satang, and come back from it."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from config.rounding import to_satang
from debts.consolidation import (
    CannotCancel,
    CannotConsolidate,
    Waiver,
    cancel,
    consolidate,
    plan_merge,
    settlements,
)
from debts.ledger_proofs import PROOFS
from debts.models import Case, Contract, Debt, Entry
from funds.models import Centre, Fund
from households.models import Household
from tests.factories import (
    SIGNED,
    make_centre,
    make_consents,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_offer,
    make_officer,
    make_person,
    make_village,
)

pytestmark = pytest.mark.django_db
READINGS = [("strict", "38115.07", "1989.04"), ("lenient", "39315.07", "789.04")]


def make_example(reading="strict"):
    """The household of money.md: three debts, 400 and 200 days of interest at signing, one interest-free."""
    centre = make_centre(interest_reading=reading)
    village_fund = make_fund(centre)
    savings = make_fund(centre, Fund.Kind.SAVINGS_GROUP)
    poverty = make_fund(centre, Fund.Kind.POVERTY_PROJECT)
    household = make_household(centre.village)
    return [
        make_debt(household, village_fund, "20000", on=SIGNED - timedelta(400)),
        make_debt(household, savings, "12000", on=SIGNED - timedelta(200), rate_percent=Decimal(12)),
        make_debt(household, poverty, "6000", rate_percent=Decimal(0)),
    ]


def plan(debts, **terms):
    lender = terms.pop("lender", debts[0].fund)
    return plan_merge(household=debts[0].household, debts=debts, offer=make_offer(lender, **terms))


def sign(debts, by=None, key=None, reason="", expected_amount=None, **terms):
    return consolidate(
        household=debts[0].household,
        debts=debts,
        offer=make_offer(terms.pop("lender", debts[0].fund), **terms),
        by=by or make_officer(area=debts[0].household.village),
        key=key or uuid4(),
        reason=reason,
        expected_amount=expected_amount,
        consents=make_consents(debts),
    )


def balances(household):
    columns = ("pk", "principal", "interest", "apart", "penalty", "outstanding", "accrued_to", "closed_on")
    return list(Debt.objects.filter(household=household).original().order_by("pk").values_list(*columns))


@pytest.mark.parametrize(("reading", "bears_interest", "kept_apart"), READINGS)
def test_the_two_readings_of_section_655(reading, bears_interest, kept_apart):
    debts = make_example(reading)

    contract = sign(debts, agreed_in_writing=True)

    new = Debt.objects.get(contract=contract)
    assert (new.principal, new.apart) == (Decimal(bears_interest), Decimal(kept_apart))
    assert (contract.amount, new.outstanding) == (Decimal("40104.11"), Decimal("40104.11"))


def test_without_a_written_agreement_no_interest_bears_interest():
    contract = sign(make_example("lenient"))

    assert (contract.bears_interest, contract.kept_apart) == (38000, Decimal("2104.11"))


def test_half_of_the_savings_groups_interest_is_waived():
    debts = make_example()

    contract = sign(debts, waivers={debts[1].pk: Waiver(interest=Decimal("394.52"))})

    line = contract.merged_debts.get(debt=debts[1])
    assert (line.waived_interest, line.kept_apart) == (Decimal("394.52"), Decimal("394.52"))
    assert (contract.waived, contract.amount) == (Decimal("394.52"), Decimal("39709.59"))


def test_the_plan_that_is_shown_is_the_contract_that_is_made():
    debts = make_example()
    shown = plan(debts, agreed_in_writing=True)

    contract = sign(debts, agreed_in_writing=True, expected_amount=shown.amount)

    made = contract.instalments.values_list("number", "due_on", "principal", "interest", "apart", "balance")
    assert list(made) == [
        (line.number, line.due_on, line.principal, line.interest, line.apart, line.balance)
        for line in shown.instalments
    ]
    assert (contract.debt.due_on, contract.debt.lent) == (shown.ends_on, shown.amount)


def test_a_plan_writes_nothing():
    debts = make_example()
    before = balances(debts[0].household), Entry.objects.count()

    plan(debts)

    assert (balances(debts[0].household), Entry.objects.count()) == before
    assert not Case.objects.exists()


def test_old_debts_are_closed_and_the_ledgers_of_both_funds_show_the_same_amount():
    debts = make_example()

    contract = sign(debts, waivers={debts[1].pk: Waiver(interest=Decimal("394.52"))})

    closed = Debt.objects.filter(pk__in=[debt.pk for debt in debts])
    assert {(debt.outstanding, debt.closed_on) for debt in closed} == {(Decimal(0), SIGNED)}
    out = Entry.objects.filter(debt=debts[1], kind=Entry.Kind.TRANSFER_OUT, on=SIGNED).get()
    assert settlements(contract)[0] == (debts[1].fund, -out.total) == (debts[1].fund, Decimal("12394.52"))
    assert settlements(contract)[1:] == [(debts[2].fund, Decimal(6000))]


def test_the_ledger_shows_what_was_capitalised_and_what_was_kept_apart():
    debts = make_example()

    contract = sign(debts, agreed_in_writing=True)

    entries = Entry.objects.filter(debt=debts[0], contract=contract).values_list(
        "kind", "principal", "interest", "apart"
    )
    assert list(entries) == [
        ("accrual", 0, Decimal("1315.07"), 0),
        ("capitalised", Decimal("115.07"), Decimal("-1315.07"), 1200),
        ("transfer_out", Decimal("-20115.07"), 0, -1200),
    ]


def test_penalties_and_new_money_keep_the_invariant():
    debt = make_debt(principal="10000", interest="300", penalty=Decimal(200), rate_percent=Decimal(0))

    contract = sign(
        [debt], new_money=Decimal(5000), waivers={debt.pk: Waiver(Decimal(1000), Decimal(100), Decimal(50))}
    )

    assert (contract.bears_interest, contract.kept_apart) == (14000, 350)
    assert (contract.amount, contract.waived, contract.new_money) == (14350, 1150, 5000)


def test_a_debt_forgiven_entirely_is_closed_by_the_waiver():
    debts = make_example()

    sign(debts, waivers={debts[2].pk: Waiver(principal=Decimal(6000))})

    kinds = Entry.objects.filter(debt=debts[2]).values_list("kind", flat=True)
    assert (list(kinds), Debt.objects.get(pk=debts[2].pk).closed_on) == (["opening", "waiver"], SIGNED)


def test_the_contract_opens_the_households_case_with_the_balance_before_waivers():
    debts = make_example()

    contract = sign(debts, waivers={debts[0].pk: Waiver(principal=Decimal(5000))})

    assert (contract.case.baseline, contract.case.opened_on) == (38000, SIGNED)


def test_contracts_are_numbered_by_centre_and_buddhist_year():
    fund = make_fund()
    first, second = (make_contract([make_debt(fund=fund)]) for _ in range(2))
    other = make_contract([make_debt(fund=make_fund(make_centre(make_village("33100504"))))])
    next_year = make_contract(
        [make_debt(fund=fund)],
        signed_on=date(2018, 1, 5),
        interest_to=SIGNED,
        first_due_on=date(2018, 2, 5),
    )

    numbers = [contract.number for contract in (first, second, other, next_year)]

    assert numbers == ["1/2560", "2/2560", "1/2560", "1/2561"]
    assert first.debt.number == "1/2560"


def test_the_only_borrower_signs_and_the_head_signs_for_several():
    debt = make_debt()
    wife = make_person(debt.household, "นางมาลี ทองสุข")
    alone = make_contract([make_debt(fund=debt.fund, household=debt.household, borrower=wife)])
    cancel(contract=alone, reason="ลงชื่อผิดคน", on=SIGNED, by=make_officer())

    both = make_contract(list(debt.household.debts.original()))

    assert (alone.debt.borrower, both.debt.borrower) == (wife, debt.household.head)


def test_several_borrowers_without_a_head_are_refused():
    debt = make_debt()
    other = make_debt(debt.household, debt.fund, borrower=make_person(debt.household))
    debt.household.head = None
    debt.household.save()

    with pytest.raises(CannotConsolidate, match="หัวหน้าครัวเรือน"):
        sign([debt, other])


def test_the_same_key_again_is_the_same_contract():
    debts, key = make_example(), uuid4()
    first = sign(debts, key=key)
    entries = Entry.objects.count()

    again = sign(debts, key=key)

    assert (again, Entry.objects.count(), Contract.objects.count()) == (first, entries, 1)


def test_the_key_of_another_household_is_refused():
    key = make_contract().key

    with pytest.raises(CannotConsolidate, match="ครัวเรือนอื่น"):
        sign([make_debt(fund=Fund.objects.get())], key=key)


def test_a_debt_cannot_be_merged_twice():
    debts = make_example()
    sign(debts[:2])

    with pytest.raises(CannotConsolidate, match="มีผลใช้บังคับแล้ว"):
        sign(debts[1:])


def test_a_changed_balance_is_refused_by_how_much():
    debts = make_example()

    with pytest.raises(CannotConsolidate, match=r"เพิ่ม 500\.00 บาท"):
        sign(debts, expected_amount=Decimal("39604.11"))
    with pytest.raises(CannotConsolidate, match=r"ลด 0\.01 บาท"):
        sign(debts, expected_amount=Decimal("40104.12"))


def test_nothing_chosen_is_refused():
    household = make_debt().household

    with pytest.raises(CannotConsolidate, match="เลือกหนี้อย่างน้อย 1 สัญญา"):
        plan_merge(household=household, debts=[], offer=make_offer(Fund.objects.get()))


def test_another_households_debt_is_refused():
    ours = make_debt()
    theirs = make_debt(fund=ours.fund)

    with pytest.raises(CannotConsolidate, match="ไม่ใช่หนี้ของครัวเรือนนี้"):
        plan([ours, theirs])


def test_a_closed_debt_is_refused():
    with pytest.raises(CannotConsolidate, match="ปิดบัญชีแล้ว"):
        plan([make_debt(principal="0")])


REFUSED_TERMS = [
    ({"rate_percent": Decimal("15.01")}, "15"),
    ({"periods": 0}, "ระบุจำนวนงวดระหว่าง 1 ถึง 120"),
    ({"first_due_on": date(2017, 6, 14)}, "วันชำระงวดแรกต้องไม่ก่อนวันทำสัญญา"),
    ({"interest_to": date(2017, 4, 29)}, "คิดดอกเบี้ยถึงวันที่ 30 เม.ย. 2560"),
    ({"interest_to": date(2017, 6, 16)}, "ไม่หลังวันทำสัญญา"),
    ({"signed_on": date(2017, 4, 29), "interest_to": date(2017, 4, 29)}, "มีรายการบัญชีวันที่ 30 เม.ย. 2560"),
    ({"new_money": Decimal("-1")}, "เงินกู้เพิ่ม"),
    ({"new_money": Decimal("0.001")}, "เงินกู้เพิ่ม"),
    ({"waivers": {0: Waiver(Decimal(1))}}, "หนี้ที่เลือกรวม"),
]


@pytest.mark.parametrize(("terms", "message"), REFUSED_TERMS)
def test_unlawful_terms_are_refused(terms, message):
    with pytest.raises(CannotConsolidate, match=message):
        plan([make_debt()], **terms)


@pytest.mark.parametrize(
    "waiver",
    [Waiver(Decimal("20000.01")), Waiver(interest=Decimal("151.24")), Waiver(penalty=Decimal("0.01"))],
)
def test_more_than_is_owed_cannot_be_waived(waiver):
    debt = make_debt(principal="20000")

    with pytest.raises(CannotConsolidate, match="ไม่เกินยอดที่ค้าง"):
        plan([debt], waivers={debt.pk: waiver})


def test_the_lender_is_a_member_fund_of_the_same_centre():
    debt = make_debt()
    stranger = make_fund(make_centre(make_village("33100504")))
    gone = make_fund(debt.fund.centre, closed_on=SIGNED)

    for lender in (stranger, gone):
        with pytest.raises(CannotConsolidate, match="กองทุนสมาชิกของศูนย์ฯ"):
            plan([debt], lender=lender)


def test_a_debt_left_out_is_said():
    assert "เหลือหนี้ 2 สัญญาที่ไม่รวม" in plan(make_example()[:1]).warnings[0]


def test_a_lender_that_was_no_creditor_is_said():
    debt = make_debt()
    lender = make_fund(debt.fund.centre)

    assert "แหล่งกู้ยืมใหม่ไม่อยู่ในกองทุนเดิมของครัวเรือน" in plan([debt], lender=lender).warnings


def test_a_dearer_rate_is_said():
    shown = plan([make_debt()], rate_percent=Decimal(8))

    assert shown.warnings == ("ดอกเบี้ยใหม่สูงกว่าเดิม (ร้อยละ 6 → 8 ต่อปี)",)


def test_moving_an_interest_free_debt_shows_what_it_costs():
    shown = plan(make_example())

    assert shown.added_cost == Decimal("375.00")
    assert any("375.00 บาท" in warning for warning in shown.warnings)


def test_an_effective_rate_above_the_ceiling_is_said():
    debt = make_debt(rate_percent=Decimal(15), on=SIGNED)

    shown = plan([debt], method="flat", rate_percent=Decimal("8.2"))

    assert any("15.03" in warning for warning in shown.warnings)
    assert not shown.to_justify


def test_a_missing_house_number_is_said():
    household = make_household(make_centre().village, house_number="")

    shown = plan([make_debt(household, make_fund(Centre.objects.get()))])

    assert shown.warnings == (Household.NO_NUMBER,)


@pytest.mark.parametrize(
    ("kind", "rule", "terms", "message"),
    [
        ("village_fund", {"largest_loan": Decimal(19000)}, {}, r"19,000\.00 บาท"),
        ("village_fund", {"longest_months": 23}, {}, "23 เดือน"),
        ("village_fund", {"may_be_single_lender": False}, {}, "ไม่ให้เป็นแหล่งกู้ยืมใหม่"),
        ("poverty_project", {}, {}, r"กข\.คจ\."),
        ("poverty_project", {}, {"periods": 37}, r"กข\.คจ\."),
    ],
)
def test_beyond_the_funds_rules_a_reason_is_needed_and_suffices(kind, rule, terms, message):
    debt = make_debt(fund=make_fund(kind=kind), principal="20000")
    debt.fund.rules.update(**rule)

    with pytest.raises(CannotConsolidate, match=f"ระบุเหตุผล: .*{message}"):
        sign([debt], **terms)

    assert sign([debt], reason="มติประชาคม 1/2560", **terms).reason == "มติประชาคม 1/2560"


@pytest.mark.parametrize(("periods", "said"), [(36, False), (37, True)])
def test_the_poverty_fund_lends_for_three_years_at_most(periods, said):
    shown = plan([make_debt(fund=make_fund(kind="poverty_project"))], periods=periods)

    assert any("36 เดือน" in warning for warning in shown.to_justify) == said


def test_the_rules_are_kept_to_without_a_warning():
    debt = make_debt()
    debt.fund.rules.update(largest_loan=Decimal("20151.23"), longest_months=24)

    assert plan([debt]).warnings == ()


def test_days_typed_by_hand_are_kept_and_counted_in_days():
    harvests = (date(2018, 1, 31), date(2019, 1, 31))

    contract = sign([make_debt()], periods=2, first_due_on=harvests[0], due_dates=harvests)

    assert tuple(contract.instalments.values_list("due_on", flat=True)) == harvests
    assert (contract.day_count, contract.first_due_on) == ("actual_365", harvests[0])


def test_a_cancelled_contract_brings_the_old_debts_back_as_they_were():
    debts = make_example()
    before = balances(debts[0].household)
    contract = sign(debts, agreed_in_writing=True, waivers={debts[0].pk: Waiver(Decimal(1), Decimal(2))})

    cancel(contract=contract, reason="ลูกหนี้ขอยกเลิก", on=date(2017, 6, 20), by=make_officer())

    contract.refresh_from_db()
    assert balances(debts[0].household) == before
    assert (contract.ending, contract.ended_on, contract.debt.outstanding) == (
        "cancelled",
        date(2017, 6, 20),
        0,
    )
    assert all(contract.merged_debts.values_list("is_cancelled", flat=True))
    assert AuditEvent.objects.get().target == f"สัญญาเลขที่ {contract.number}"


def test_the_debts_of_a_cancelled_contract_can_be_merged_again():
    debts = make_example()
    cancel(contract=sign(debts), reason="ผิดเงื่อนไข", on=SIGNED, by=make_officer())

    again = sign(Debt.objects.filter(household=debts[0].household).original())

    assert (again.number, again.amount) == ("2/2560", Decimal("40104.11"))
    assert list(Contract.objects.counted()) == [again]


def test_a_contract_is_cancelled_once_with_a_reason_and_not_before_it_was_signed():
    contract, officer = make_contract(), make_officer()

    with pytest.raises(CannotCancel, match="ระบุเหตุผล"):
        cancel(contract=contract, reason=" ", on=SIGNED, by=officer)
    with pytest.raises(CannotCancel, match="15 มิ.ย. 2560"):
        cancel(contract=contract, reason="ผิด", on=date(2017, 6, 14), by=officer)
    cancel(contract=contract, reason="ผิด", on=SIGNED, by=officer)
    with pytest.raises(CannotCancel, match="สิ้นสุดแล้ว"):
        cancel(contract=contract, reason="ผิด", on=SIGNED, by=officer)


SATANG = st.integers(0, 5_000_000).map(lambda satang: Decimal(satang).scaleb(-2))
OLD_DEBTS = st.lists(
    st.tuples(
        SATANG,
        SATANG,
        SATANG,
        st.integers(0, 1500).map(lambda rate: Decimal(rate).scaleb(-2)),
        st.integers(0, 800),
        st.tuples(*[st.integers(0, 100)] * 3),
    ),
    min_size=1,
    max_size=4,
)


def share_of(amount, percent):
    return to_satang(amount * percent / 100)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=OLD_DEBTS, reading=st.sampled_from(Centre.Reading.values), written=st.booleans(), new_money=SATANG)
def test_any_merge_keeps_every_satang_and_can_be_undone(old, reading, written, new_money):
    with transaction.atomic():
        fund = make_fund(make_centre(interest_reading=reading))
        household = make_household(fund.centre.village)
        make_debt(household, fund, "10000")
        for principal, interest, penalty, rate, age, _ in old:
            opened = SIGNED - timedelta(age)
            owed = {"principal": principal + 1, "interest": interest, "penalty": penalty}
            make_debt(household, fund, on=opened, rate_percent=rate, **owed)
        debts = list(household.debts.order_by("pk"))
        percents = [(0, 0, 0), *(shares for *_, shares in old)]
        waivers = {
            debt.pk: Waiver(*map(share_of, (debt.principal, debt.interest, debt.penalty), shares))
            for debt, shares in zip(debts, percents, strict=True)
        }
        before = balances(household)
        shown = plan(debts, waivers=waivers, agreed_in_writing=written, new_money=new_money)

        contract = sign(debts, waivers=waivers, agreed_in_writing=written, new_money=new_money)

        lines = contract.merged_debts.all()
        whole = sum(line.owed - line.waived for line in lines) + new_money
        assert whole == contract.bears_interest + contract.kept_apart == contract.debt.outstanding
        assert (
            shown.amount
            == contract.amount
            == sum(line.total for line in shown.instalments) - shown.total_interest
        )
        assert not any(proof.failures() for proof in PROOFS)

        cancel(contract=contract, reason="ผิด", on=SIGNED, by=contract.signed_by)

        assert balances(household) == before
        assert not any(proof.failures() for proof in PROOFS)
        transaction.set_rollback(True)
