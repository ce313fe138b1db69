"""What the demo's households live on, and what some of them owe elsewhere."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accounts.models import Officer
from households.livelihood import write_down
from households.models import Household, Livelihood, OtherDebt

CREDITORS = [
    (OtherDebt.Source.BANK, "ธ.ก.ส. สาขาในอำเภอ", "6.5", OtherDebt.RatePer.YEAR, OtherDebt.Every.YEAR),
    (OtherDebt.Source.COMPANY, "บริษัทเช่าซื้อรถจักรยานยนต์", "1.2", OtherDebt.RatePer.MONTH, OtherDebt.Every.MONTH),
    (OtherDebt.Source.INFORMAL, "ร้านค้าในหมู่บ้าน", "5", OtherDebt.RatePer.MONTH, OtherDebt.Every.MONTH),
]


def tell_living(household: Household, *, on: date, random: Random, by: Officer) -> None:
    """A survey of the household's year, and for one in three a debt outside the member funds."""
    write_down(_survey(household, on, random), changed={}, by=by)
    if random.random() < 0.33:
        write_down(_debt_elsewhere(household, on, random), changed={}, by=by)


def _survey(household: Household, on: date, random: Random) -> Livelihood:
    income = random.randrange(48, 150)
    return Livelihood(
        household=household,
        surveyed_on=on,
        income_main=_thousands(income),
        income_second=_thousands(random.randrange(0, 24)),
        income_own_produce=_thousands(random.randrange(3, 12)),
        expense_production=_thousands(income // 4),
        expense_needed=_thousands(income // 2),
        expense_other=_thousands(random.randrange(0, 10)),
        expense_debt=_thousands(random.randrange(2, 20)),
        savings=_thousands(random.randrange(0, 8)),
    )


def _debt_elsewhere(household: Household, on: date, random: Random) -> OtherDebt:
    source, creditor, rate, rate_per, every = random.choice(CREDITORS)
    owed = random.randrange(4, 40)
    return OtherDebt(
        household=household,
        source=source,
        creditor=creditor,
        borrower=household.head,
        outstanding=_thousands(owed),
        rate_percent=Decimal(rate),
        rate_per=rate_per,
        instalment=_thousands(max(owed // 6, 1)),
        every=every,
        due_on=on + timedelta(days=random.randrange(20, 400)),
        as_of_on=on,
    )


def _thousands(baht: int) -> Decimal:
    return Decimal(baht) * 1000
