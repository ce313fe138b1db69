"""The demo's centres with their funds, lending rules and committees."""

from datetime import date
from decimal import Decimal
from random import Random

from areas.models import Area, Level
from config import thai
from debts.schedule import Method
from funds.models import Centre, CommitteeMember, CommitteeOrder, Fund, LendingRule
from reports.demo.people import invent
from reports.demo.places import Place

Kind, Position = Fund.Kind, CommitteeMember.Position
# kind, name before the village's, percent a year, method, largest loan, longest months
FUNDS = [
    (Kind.VILLAGE_FUND, "กองทุนหมู่บ้าน{bare}", "6", Method.EQUAL_PRINCIPAL, 75000, 60),
    (Kind.SAVINGS_GROUP, "กลุ่มออมทรัพย์เพื่อการผลิต{village}", "12", Method.EQUAL_PRINCIPAL, 60000, 60),
    (Kind.POVERTY_PROJECT, "โครงการ กข.คจ. {village}", "0", Method.NO_INTEREST, 30000, 36),
    (Kind.OCCUPATION_GROUP, "กลุ่มอาชีพ{village}", "8", Method.ANNUITY, 20000, 24),
]
POSITIONS = [Position.CHAIR, Position.DEPUTY, Position.SECRETARY, Position.TREASURER, Position.MEMBER]


def make_centre(place: Place, *, number: int, random: Random, today: date) -> Centre:
    """A centre with three or four funds and a committee that represents them."""
    founded = thai.fiscal_year(today) - 3 - number % 9
    centre = Centre.objects.create(
        village=_make_village(place),
        founded_year=founded,
        budget_year=founded if number % 2 == 0 else None,
        kind=[Centre.Kind.EXISTING, Centre.Kind.NEW, Centre.Kind.MODEL][number % 3],
        opened_on=date(founded - 543, 3, 20),
    )
    kinds = FUNDS[: 4 if number % 4 == 3 else 3]
    funds = [_make_fund(centre, *kind, random=random) for kind in kinds]
    _make_committee(centre, funds, random=random, today=today)
    return centre


def _make_village(place: Place) -> Area:
    values = {
        "level": Level.VILLAGE,
        "name": place.village,
        "moo": place.moo,
        "parent_id": place.subdistrict,
    }
    return Area.objects.get_or_create(code=place.code, defaults=values)[0]


def _make_fund(centre, kind, name, rate, method, largest, longest, *, random) -> Fund:
    fund = Fund.objects.create(
        centre=centre,
        kind=kind,
        name=name.format(village=centre.village.name, bare=centre.village.name.removeprefix("บ้าน")),
        capital=Decimal(random.randrange(280, 2400) * 1000),
        members=random.randrange(40, 180),
        counts_in_capital=kind != Kind.OCCUPATION_GROUP,
    )
    LendingRule.objects.create(
        fund=fund,
        effective_on=date(2014, 10, 1),
        rate_percent=Decimal(rate),
        method=method,
        largest_loan=Decimal(largest),
        longest_months=longest,
        guarantors=0 if kind == Kind.POVERTY_PROJECT else 2,
        may_be_single_lender=kind != Kind.OCCUPATION_GROUP,
    )
    return fund


def _make_committee(centre, funds, *, random, today) -> None:
    order = CommitteeOrder.objects.create(
        centre=centre,
        number=f"{random.randrange(10, 400)}/{thai.buddhist_year(today) - 1}",
        signed_on=date(today.year - 1, 1, random.randrange(5, 28)),
        signer="นายอำเภอ",
        expires_on=date(today.year + 1, 1, 31),
    )
    seats = [*funds, None, None]
    for number, fund in enumerate(seats):
        title, first, last = invent(random)
        CommitteeMember.objects.create(
            order=order,
            title=title,
            first_name=first,
            last_name=last,
            position=POSITIONS[min(number, len(POSITIONS) - 1)],
            fund=fund,
        )
