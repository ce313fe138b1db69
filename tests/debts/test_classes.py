"""Classes by days late: a table of examples, for debts of their due day alone and for all others."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from debts.classes import CHOICES, SHIPPED, DebtorClass, Limits, worst
from debts.classification import (
    CannotClassify,
    change_rules,
    classify,
    decide,
    due_soon,
    end_forbearance,
    forbear,
    in_class,
    severity,
    summary,
    with_class,
)
from debts.models import ClassRuleSet, Debt, DebtClass
from debts.repayment import reverse_payment
from tests.factories import (
    SIGNED,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_village,
)

TODAY = date(2024, 3, 1)
DAY = timedelta(days=1)
EXAMPLES = [
    (None, DebtorClass.UNKNOWN),
    (0, DebtorClass.NORMAL),
    (1, DebtorClass.WATCHED),
    (30, DebtorClass.WATCHED),
    (31, DebtorClass.OVERDUE),
    (90, DebtorClass.OVERDUE),
    (91, DebtorClass.DEFAULTED),
    (365, DebtorClass.DEFAULTED),
    (366, DebtorClass.BAD),
]


def seen(debt, on=TODAY, **options) -> Debt:
    return with_class(Debt.objects.filter(pk=debt.pk), on=on, **options).get()


def class_on(debt, on=TODAY, **options) -> DebtorClass:
    return DebtorClass(seen(debt, on, **options).debtor_class)


def due(days, **fields) -> Debt:
    """A debt that was due so many days before TODAY; None when the day is not known."""
    due_on = None if days is None else TODAY - days * DAY
    return make_debt(lent_on=None, due_on=due_on, **fields)


def make_rules(centre, effective_on=date(2024, 1, 1), **limits) -> ClassRuleSet:
    limits = {"watched_to": 10, "overdue_to": 20, "defaulted_to": 40, **limits}
    return ClassRuleSet.objects.create(
        centre=centre, effective_on=effective_on, resolution="1/2567", by=make_officer(), **limits
    )


def test_a_household_is_as_bad_as_its_worst_open_debt():
    assert worst(["N", "D", "W", "C"]) == DebtorClass.DEFAULTED
    assert worst(["C", "R"]) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "expected"), EXAMPLES)
def test_the_database_says_the_same(late, expected):
    debt = due(late)

    found = seen(debt)

    assert (found.days_late, found.debtor_class) == (late, expected)


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "expected"), EXAMPLES)
def test_a_centre_with_rules_of_its_own_reckons_alike(late, expected):
    debt = due(late)
    make_rules(debt.fund.centre, watched_to=30, overdue_to=90, defaulted_to=365)

    assert class_on(debt) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "expected"), [(0, "N"), (1, "F"), (365, "F"), (366, "B"), (None, "U")])
def test_forbearance_covers_late_debts_up_to_the_bad_ones(late, expected):
    debt = due(late)
    forbear(debt=debt, until_on=TODAY, resolution="2/2567", reason="น้ำท่วม", on=TODAY, by=make_officer())

    assert class_on(debt) == expected


@pytest.mark.django_db
def test_each_class_is_found_and_no_debt_in_two():
    contract, officer = make_contract(), make_officer()
    fund, ruled = contract.lender, make_fund(make_centre(make_village("33100504")))
    make_rules(ruled.centre)
    for late, _ in EXAMPLES:
        due(late, fund=fund)
        due(late, fund=ruled)
    decide(debt=due(5, fund=fund), value="B", reason="ฟ้องคดี", until_on=None, on=TODAY, by=officer)
    forbear(
        debt=due(50, fund=fund), until_on=TODAY, resolution="2/2567", reason="น้ำท่วม", on=TODAY, by=officer
    )
    debts = with_class(Debt.objects.all(), on=TODAY)

    found = {value: set(in_class(debts, value, on=TODAY)) for value, _ in CHOICES}

    assert found == {value: {debt for debt in debts if debt.debtor_class == value} for value, _ in CHOICES}


@pytest.mark.django_db
def test_debts_are_ordered_from_the_worst_to_the_closed():
    contract = make_contract()
    for late, _ in EXAMPLES:
        due(late, fund=contract.lender)

    debts = with_class(Debt.objects.all(), on=TODAY).order_by(severity().desc())

    classes = list(dict.fromkeys(debt.debtor_class for debt in debts))
    assert classes == ["B", "D", "O", "W", "U", "N", "R"]


@pytest.mark.django_db
def test_the_database_counts_a_leap_day():
    debt = make_debt(lent_on=None, due_on=date(2023, 3, 1))

    assert seen(debt).days_late == 366


@pytest.mark.django_db
def test_a_contract_is_late_from_its_oldest_unpaid_instalment():
    contract = make_contract()
    first, second = contract.instalments.all()[:2]
    on = second.due_on + 5 * DAY

    assert seen(contract.debt, on).late_from == first.due_on

    payment = make_payment(contract.debt, amount=first.total, on=first.due_on)
    assert seen(contract.debt, on).late_from == second.due_on
    assert seen(contract.debt, on).days_late == 5

    reverse_payment(payment=payment, reason="ผิดราย", on=on, by=make_officer())
    assert seen(contract.debt, on).late_from == first.due_on


@pytest.mark.django_db
def test_an_instalment_paid_in_part_is_still_unpaid():
    contract = make_contract()
    first = contract.instalments.first()
    make_payment(contract.debt, amount=first.total - Decimal("0.01"), on=first.due_on)

    assert seen(contract.debt, first.due_on + DAY).late_from == first.due_on


@pytest.mark.django_db
def test_a_payment_counts_from_its_day_on():
    contract = make_contract()
    first, second = contract.instalments.all()[:2]
    make_payment(contract.debt, amount=first.total, on=first.due_on + 10 * DAY)

    assert seen(contract.debt, first.due_on + 9 * DAY).days_late == 9
    assert seen(contract.debt, first.due_on + 10 * DAY).late_from == second.due_on


@pytest.mark.django_db
def test_merged_debts_keep_the_class_of_what_became_of_them():
    contract = make_contract()

    assert class_on(contract.merged_debts.get().debt, SIGNED) == DebtorClass.MERGED


@pytest.mark.django_db
def test_the_rules_in_force_on_the_day_decide():
    debt = due(15)
    make_rules(debt.fund.centre, effective_on=TODAY)

    assert class_on(debt, TODAY - DAY) == DebtorClass.WATCHED
    assert class_on(debt, TODAY) == DebtorClass.OVERDUE


@pytest.mark.django_db
def test_a_debt_close_to_its_due_day_is_said_to_be_so_and_stays_normal():
    debt = due(-15)
    later = due(-16, fund=debt.fund)

    assert due_soon(seen(debt), SHIPPED, on=TODAY)
    assert not due_soon(seen(later), SHIPPED, on=TODAY)
    assert class_on(debt) == DebtorClass.NORMAL


@pytest.mark.django_db
@pytest.mark.parametrize("limits", [(0, 20, 40), (20, 20, 40), (10, 40, 40)])
def test_limits_that_do_not_grow_are_refused_by_the_database(limits):
    centre = make_fund().centre
    watched, overdue, defaulted = limits

    with pytest.raises(IntegrityError), transaction.atomic():
        make_rules(centre, watched_to=watched, overdue_to=overdue, defaulted_to=defaulted)


@pytest.mark.django_db
def test_forbearance_holds_until_its_last_day_and_can_end_early():
    debt, officer = due(50), make_officer()
    until_on = TODAY + 10 * DAY
    forbearance = forbear(
        debt=debt, until_on=until_on, resolution="2/2567", reason="น้ำท่วม", on=TODAY, by=officer
    )

    assert class_on(debt, until_on) == DebtorClass.FORBORNE
    assert class_on(debt, until_on + DAY) == DebtorClass.OVERDUE
    with pytest.raises(CannotClassify):
        forbear(debt=debt, until_on=until_on, resolution="3/2567", reason="ซ้ำ", on=TODAY, by=officer)

    end_forbearance(forbearance=forbearance, on=TODAY + DAY, by=officer)
    assert class_on(debt, TODAY) == DebtorClass.FORBORNE
    assert class_on(debt, TODAY + DAY) == DebtorClass.OVERDUE


@pytest.mark.django_db
def test_a_class_decided_by_hand_holds_until_its_last_day_or_the_next_decision():
    debt, officer = due(5), make_officer()
    decide(debt=debt, value="B", reason="ฟ้องคดีแล้ว", until_on=TODAY + DAY, on=TODAY, by=officer)

    assert class_on(debt, TODAY - DAY) == DebtorClass.WATCHED
    assert class_on(debt, TODAY + DAY) == DebtorClass.BAD
    assert class_on(debt, TODAY + 2 * DAY) == DebtorClass.WATCHED

    decide(debt=debt, value="", reason="ถอนฟ้อง", until_on=None, on=TODAY + DAY, by=officer)
    assert class_on(debt, TODAY + DAY) == DebtorClass.WATCHED


@pytest.mark.django_db
def test_only_a_changed_class_is_written_down():
    debt = due(29)
    centre = debt.fund.centre
    days = [TODAY, TODAY + DAY, TODAY + 2 * DAY]

    assert [classify(centre=centre, on=day, by=None) for day in days] == [1, 0, 1]
    assert list(debt.classes.values_list("value", "days_late").order_by("pk")) == [("W", 29), ("O", 31)]


@pytest.mark.django_db
def test_history_of_classes_is_never_rewritten():
    debt = due(29)
    classify(centre=debt.fund.centre, on=TODAY, by=None)

    for change in (lambda: debt.classes.update(value="N"), lambda: debt.classes.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_new_rules_write_down_what_moves_and_leave_the_past():
    debt, officer = due(15), make_officer()
    centre = debt.fund.centre
    classify(centre=centre, on=TODAY - DAY, by=None)
    terms = {"centre": centre, "resolution": "4/2567", "limits": Limits(10, 20, 40), "by": officer}

    change_rules(effective_on=TODAY, on=TODAY, **terms)

    assert class_on(debt, TODAY - DAY) == DebtorClass.WATCHED
    assert list(DebtClass.objects.order_by("pk").values_list("value", flat=True)) == ["W", "O"]
    with pytest.raises(CannotClassify):
        change_rules(effective_on=TODAY - DAY, on=TODAY, **terms)
    with pytest.raises(CannotClassify):
        change_rules(effective_on=TODAY, on=TODAY, **terms)


@pytest.mark.django_db
def test_the_summary_names_every_class_with_debts_and_baht():
    debt = due(40, principal="20000")
    due(45, principal="5000", fund=debt.fund)

    rows = {each: (number, baht) for each, number, baht in summary(with_class(Debt.objects.all(), on=TODAY))}

    assert rows[DebtorClass.OVERDUE] == (2, Decimal("25000.00"))
    assert rows[DebtorClass.BAD] == (0, Decimal("0.00"))


@pytest.mark.django_db
def test_classifying_asks_the_same_number_of_questions_for_any_number_of_debts(django_assert_num_queries):
    debt = due(40)
    with django_assert_num_queries(6) as few:
        classify(centre=debt.fund.centre, on=TODAY, by=None)
    for _ in range(5):
        due(100, fund=debt.fund)

    with django_assert_num_queries(len(few)):
        assert classify(centre=debt.fund.centre, on=TODAY, by=None) == 5
