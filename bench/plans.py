"""The preview of four plans × 60 instalments, beside the bare arithmetic of the four schedules."""

from collections.abc import Iterator
from random import Random

from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse

from bench import seed
from bench.measure import ratio
from bench.run import Row
from config import thai
from debts.offer import terms_of
from debts.schedule import instalments
from tests.factories import make_centre, make_debt, make_draft, make_fund, make_officer, make_village

SIZES = (1, 2_000)  # households in the village's register
WAYS = (
    {"method": "equal_principal"},
    {"method": "annuity", "round_up_to": "10"},
    {"method": "flat", "rate_percent": "4"},
    {"method": "annuity", "principal_grace": "6", "full_grace": "3", "agreed_in_writing": "on"},
)


def rows() -> Iterator[Row]:
    for number, households in enumerate(SIZES, 1):
        ask, terms = _make_register(f"310102{number:02}", households)
        found = ratio(ask, lambda: [instalments(each) for each in terms], alike=_same)  # noqa: B023 - called here
        yield Row("preview of 4 plans × 60 rows / 4 schedules", f"{households:,} households", found)


def _make_register(code: str, count: int):
    """A way to ask for the preview of one household of so many, and the terms of what it shows."""
    centre = make_centre(make_village(code, f"บ้าน {count} ครัวเรือน"))
    funds, by = (
        [make_fund(centre, kind, name=kind.label) for kind in seed.KINDS],
        make_officer(area=centre.village),
    )
    households = seed.make_households(centre.village, count, Random(count))
    debts = [make_debt(each, fund, by=by) for each in households for fund in funds[:3]]
    client, typed = Client(), _typed(funds[0])
    make_draft(households[0], debts[:3], lender=funds[0], by=by)
    client.force_login(by)
    address = reverse("debts:plans-preview", args=[households[0].pk])

    def ask():
        return client.post(address, typed, headers={"HX-Request": "true"})

    setup_test_environment()  # so that the answer says what it was made from
    try:
        plans = [option.plan for option in ask().context["options"]]
    finally:
        teardown_test_environment()
    return ask, [terms_of(plan.offer, plan.bears_interest, plan.kept_apart) for plan in plans]


def _typed(lender) -> dict[str, str]:
    usual = {
        "lender": lender.pk,
        "rate_percent": "6",
        "day_count": "equal_months",
        "periods": "60",
        "months_per_period": "1",
        "signed_on": "15/6/2560",
        "first_due_on": "15/7/2560",
    }
    return {"plans": "4"} | {
        f"plan{number}-{name}": value
        for number, way in enumerate(WAYS, start=1)
        for name, value in {**usual, **way}.items()
    }


def _same(page, schedules) -> bool:
    """The page shows the first and the last instalment of each."""
    shown = page.content.decode()
    firsts = (next(line for line in lines if line.total) for lines in schedules)
    lasts = (lines[-1] for lines in schedules)
    return all(thai.money(line.total) in shown for line in (*firsts, *lasts))
