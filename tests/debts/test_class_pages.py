"""The pages of classes: what is shown before a change is what the change does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from debts.models import ClassRuleSet, DebtClass
from tests.factories import make_debt, make_officer

pytestmark = pytest.mark.django_db
TYPED = {
    "resolution": "2/2567",
    "watched_to": "5",
    "overdue_to": "20",
    "defaulted_to": "40",
    "due_soon": "15",
}


def make_late_debt(days=10):
    return make_debt(lent_on=None, due_on=timezone.localdate() - timedelta(days=days))


def test_a_preview_names_what_moves_and_changes_nothing(sign_in):
    debt, day = make_late_debt(), timezone.localdate()
    address = reverse("debts:classes-change", args=[debt.fund.centre_id])

    page = sign_in(make_officer()).post(address, {**TYPED, "effective_on": f"{day:%d/%m}/{day.year + 543}"})

    assert "1 สัญญา 20,000.00 บาท" in page.content.decode()
    assert not ClassRuleSet.objects.exists()
    assert not DebtClass.objects.exists()


def test_a_confirmed_change_takes_effect(sign_in):
    debt, day = make_late_debt(), timezone.localdate()
    address = reverse("debts:classes-change", args=[debt.fund.centre_id])
    typed = {**TYPED, "effective_on": f"{day:%d/%m}/{day.year + 543}", "confirm": "1"}
    client = sign_in(make_officer())

    client.post(address, typed)

    page = client.get(reverse("debts:debt", args=[debt.pk])).content.decode()
    assert "เกินกำหนด 10 วัน นับจาก" in page
    assert debt.classes.get().value == "O"


def test_the_list_is_filtered_and_exported_by_class(sign_in):
    make_late_debt()
    client = sign_in(make_officer())

    watched = client.get(reverse("debts:debts"), {"debtor_class": "W", "export": "csv"})
    bad = client.get(reverse("debts:debts"), {"debtor_class": "B", "export": "csv"})

    assert "เฝ้าระวัง" in b"".join(watched).decode()
    assert "เฝ้าระวัง" not in b"".join(bad).decode()


def test_a_class_by_hand_needs_a_reason(sign_in):
    debt = make_late_debt()
    address = reverse("debts:class-decide", args=[debt.pk])
    client = sign_in(make_officer())

    client.post(address, {"value": "B", "reason": ""})
    assert not debt.classes.exists()

    client.post(address, {"value": "B", "reason": "ฟ้องคดีแล้ว"})
    assert debt.classes.manual().get().value == "B"
