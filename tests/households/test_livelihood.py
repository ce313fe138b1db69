"""What a household told about its living and its debts elsewhere."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from households.models import Livelihood, OtherDebt
from tests.factories import AS_OF, make_household, make_livelihood, make_officer, make_other_debt

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


def typed_survey(**changes):
    return {"surveyed_on": "๒๗ มี.ค. ๒๕๖๕", "income_main": "๖๐,๐๐๐", "expense_needed": "72000", **changes}


def typed_debt(**changes):
    columns = {"source": "informal", "creditor": "ร้านค้าในหมู่บ้าน", "outstanding": "12,000", "rate_percent": "5"}
    return {**columns, "rate_per": "month", "every": "1", "as_of_on": "27/3/2565", **changes}


def test_an_empty_box_of_a_survey_is_zero_baht(head):
    household = make_household()

    response = head.post(reverse("households:livelihood-new", args=[household.pk]), typed_survey())

    survey = household.livelihoods.get()
    assert response.status_code == 302
    assert (survey.surveyed_on, survey.income, survey.expense, survey.left) == (
        date(2022, 3, 27),
        Decimal(60000),
        Decimal(72000),
        Decimal(-12000),
    )


def test_a_second_survey_of_the_same_day_is_refused_beside_the_day(head):
    survey = make_livelihood()

    response = head.post(
        reverse("households:livelihood-new", args=[survey.household_id]),
        typed_survey(surveyed_on="30/4/2560"),
    )

    assert "surveyed_on" in response.context["form"].errors
    assert Livelihood.objects.count() == 1


def test_a_new_survey_begins_with_the_figures_of_the_last_one(head):
    survey = make_livelihood(income="75000")

    response = head.get(reverse("households:livelihood-new", args=[survey.household_id]))

    assert response.context["form"].initial["income_main"] == Decimal(75000)


def test_a_wrong_amount_is_said_beside_its_box_and_loses_nothing(head):
    household = make_household()

    response = head.post(
        reverse("households:livelihood-new", args=[household.pk]), typed_survey(income_second="1,25")
    )

    assert response.context["form"].errors["income_second"] == ["ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน"]
    assert "๖๐,๐๐๐" in response.content.decode()


def test_a_correction_is_recorded_with_what_it_changed(head):
    survey = make_livelihood()

    head.post(
        reverse("households:livelihood-edit", args=[survey.pk]),
        typed_survey(surveyed_on="30/4/2560", income_main="65000"),
    )

    event = AuditEvent.objects.filter(action="livelihood-edit").get()
    assert event.detail["income_main"] == ["60000.00", "65000.00"]


def test_a_debt_elsewhere_is_written_down(head):
    household = make_household()

    head.post(reverse("households:otherdebt-new", args=[household.pk]), typed_debt())

    debt = household.other_debts.get()
    assert debt.is_informal
    assert (debt.outstanding, debt.rate_percent, debt.rate_per) == (Decimal(12000), Decimal(5), "month")


def test_an_instalment_above_what_is_owed_is_refused(head):
    household = make_household()

    response = head.post(
        reverse("households:otherdebt-new", args=[household.pk]), typed_debt(instalment="13000")
    )

    assert "ยอดชำระต่อครั้งต้องไม่เกินยอดคงเหลือ" in response.content.decode()
    assert not OtherDebt.objects.exists()


def test_a_debt_elsewhere_that_is_paid_is_shown_no_more(head):
    debt = make_other_debt(outstanding="0")

    assert not debt.household.other_debts.open().exists()


def test_the_borrower_is_one_of_the_household(head):
    debt, stranger = make_other_debt(), make_household(head="นายอื่น ไกลบ้าน").head

    response = head.get(reverse("households:otherdebt-edit", args=[debt.pk]))

    assert stranger.full_name not in response.content.decode()


def test_the_database_keeps_amounts_from_falling_below_zero():
    survey = make_livelihood(surveyed_on=AS_OF)

    with pytest.raises(IntegrityError), transaction.atomic():
        Livelihood.objects.filter(pk=survey.pk).update(income_main=Decimal(-1))
