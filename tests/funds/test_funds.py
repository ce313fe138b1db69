"""Member funds and the versions of their lending rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from funds.models import Fund, LendingRule
from tests.factories import make_centre, make_fund, make_officer, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


def rule(**changes):
    return {
        "effective_on": "27/3/2565",
        "rate_percent": "6",
        "method": "equal_principal",
        "day_count": "equal_months",
        "guarantors": "๒",
        "payment_order": "penalty,apart,interest,principal",
        "may_be_single_lender": "on",
        **changes,
    }


def test_a_fund_without_a_name_is_called_after_its_kind(head):
    centre = make_centre()

    head.post(
        reverse("funds:fund-new", args=[centre.pk]),
        {"kind": "poverty_project", "capital": "๒๘๐,๐๐๐ บาท", "counts_in_capital": "on"},
    )

    fund = centre.funds.get()
    assert (fund.name, fund.capital) == ("กองทุน กข.คจ.", Decimal(280000))


def test_a_fund_sent_twice_is_one_fund_and_the_second_answer_says_so(head):
    address, typed = reverse("funds:fund-new", args=[make_centre().pk]), {"kind": "village_fund"}
    head.post(address, typed)

    response = head.post(address, typed)

    assert response.context["form"].errors == {"name": ["ศูนย์ฯ นี้มีกลุ่ม/กองทุนชื่อนี้แล้ว"]}
    assert Fund.objects.count() == 1


def test_the_same_fund_name_may_stand_in_two_centres(head):
    make_fund(name="กองทุนหมู่บ้าน")
    centre = make_centre(make_village("33100504"))

    head.post(reverse("funds:fund-new", args=[centre.pk]), {"kind": "village_fund"})

    assert centre.funds.get().name == "กองทุนหมู่บ้าน"


def test_a_rate_above_the_law_is_refused_beside_its_box_and_by_the_database(head):
    fund = make_fund()

    response = head.post(reverse("funds:lendingrule-new", args=[fund.pk]), rule(rate_percent="15.01"))

    message = "อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)"
    assert response.context["form"].errors == {"rate_percent": [message]}
    with pytest.raises(IntegrityError), transaction.atomic():
        LendingRule.objects.create(fund=fund, effective_on=date(2022, 1, 1), rate_percent=Decimal("15.01"))


def test_a_new_version_leaves_the_earlier_one_and_is_in_force_from_its_day(head):
    fund = make_fund(rate="6")

    head.post(
        reverse("funds:lendingrule-new", args=[fund.pk]), rule(rate_percent="๕.๕", largest_loan="30,000")
    )

    days = (date(2022, 3, 26), date(2022, 3, 27))
    assert [fund.rule_on(day).rate_percent for day in days] == [Decimal(6), Decimal("5.5")]


def test_two_versions_cannot_begin_on_one_day(head):
    address = reverse("funds:lendingrule-new", args=[make_fund().pk])
    head.post(address, rule())

    response = head.post(address, rule(rate_percent="7"))

    assert response.context["form"].errors == {"effective_on": ["กองทุนนี้มีระเบียบที่มีผลในวันนี้แล้ว"]}


def test_lending_free_of_interest_has_the_rate_nought(head):
    address = reverse("funds:lendingrule-new", args=[make_fund().pk])

    response = head.post(address, rule(method="no_interest", rate_percent="1"))

    assert list(response.context["form"].errors) == ["rate_percent"]


def test_the_poverty_project_begins_free_of_interest_for_three_years():
    fund = Fund(kind=Fund.Kind.POVERTY_PROJECT, centre=make_centre(), name="กข.คจ.")
    fund.save()

    begun = fund.rule_to_begin_with(date(2017, 6, 15))

    assert begun == {"rate_percent": 0, "method": "no_interest", "longest_months": 36}


def test_the_rate_of_other_funds_is_typed_anew(head):
    fund = make_fund(rate="12")

    form = head.get(reverse("funds:lendingrule-new", args=[fund.pk])).context["form"]

    assert form["rate_percent"].value() is None
    assert fund.rule_on(timezone.localdate()).method == form["method"].value()


def test_the_page_marks_the_version_in_force_newest_first(head):
    fund = make_fund(rate="6")
    LendingRule.objects.create(fund=fund, effective_on=date(2017, 1, 1), rate_percent=5)
    LendingRule.objects.create(fund=fund, effective_on=date(2099, 1, 1), rate_percent=4)

    response = head.get(reverse("funds:fund", args=[fund.pk]))

    assert [rule.rate_percent for rule in response.context["rules"]] == [4, 5, 6]
    assert response.context["in_force"].rate_percent == 5


def test_a_fund_leaves_the_centre_on_a_day(head):
    fund = make_fund()
    typed = {"kind": fund.kind, "name": fund.name, "closed_on": "27 มี.ค. 2565"}

    head.post(reverse("funds:fund-edit", args=[fund.pk]), typed)

    fund.refresh_from_db()
    assert fund.closed_on == date(2022, 3, 27)
