"""One invented centre: 400 households with 880 old debts, and 160 cases of four years, 120 of them merged."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from accounts.models import Officer
from areas.models import Area, Level
from config import thai
from debts.models import Case, CaseMove, Debt, Entry, RunningNumber
from funds.models import Centre, Fund, LendingRule
from households.models import Household, Person
from reports.country.books import Books
from reports.country.contracts import accrued, merge
from reports.country.places import Place
from reports.country.rows import Rows
from reports.demo.people import invent
from reports.models import Target

HOUSEHOLDS = 400
YEARS = range(2560, 2564)
CASES_OF_A_YEAR, CONTRACTS_OF_A_YEAR = 40, 30
AS_OF = date(2017, 4, 30)
KINDS = (Fund.Kind.VILLAGE_FUND, Fund.Kind.SAVINGS_GROUP, Fund.Kind.POVERTY_PROJECT)
RULES_SINCE = date(2000, 1, 1)


def make_centre(place: Place, rows: Rows, by: Officer) -> None:
    """All rows of the centre, ready to be written."""
    books, random = Books(rows, by), Random(place.number)  # noqa: S311 - the same country every time
    centre = rows.add(Centre(village=rows.add(_village(place)), founded_year=2559, budget_year=2560))
    funds = list(_funds(centre, rows))
    households = [_household(centre, number, random, rows) for number in range(HOUSEHOLDS)]
    debts = [_debts(household, number, funds, books) for number, household in enumerate(households)]
    for year in YEARS:
        first = (year - YEARS[0]) * CASES_OF_A_YEAR
        _tell_year(centre, year, debts[first : first + CASES_OF_A_YEAR], books)
    books.close()


def _village(place: Place) -> Area:
    return Area(
        code=place.code,
        level=Level.VILLAGE,
        name=place.name,
        moo=place.moo,
        parent_id=place.subdistrict,
        sort=thai.sort_key(place.name),
    )


def _funds(centre: Centre, rows: Rows) -> Iterator[Fund]:
    """Two that lend at six percent, and กข.คจ., which lends free of interest."""
    for kind in KINDS:
        free = kind == Fund.Kind.POVERTY_PROJECT
        fund = rows.add(Fund(centre=centre, kind=kind, name=kind.label, capital=Decimal(1_000_000)))
        method = LendingRule.Method.NO_INTEREST if free else LendingRule.Method.EQUAL_PRINCIPAL
        rate = Decimal(0 if free else 6)
        rows.add(LendingRule(fund=fund, effective_on=RULES_SINCE, rate_percent=rate, method=method))
        yield fund


def _household(centre: Centre, number: int, random: Random, rows: Rows) -> Household:
    """A household of one person, its head."""
    household = rows.add(Household(village=centre.village, house_number=str(number + 1)).set_keys())
    household.head = rows.add(Person(household=household, **_names(*invent(random))))
    return household


@cache
def _names(title: str, first: str, last: str) -> dict[str, str]:
    """The columns of a name, with those it is found by."""
    person = Person(title=title, first_name=first, last_name=last).set_keys()
    keys = ("match_key", "first_spelling", "last_spelling", "name_spelling", "sound_key", "sort")
    names = {"title": title, "first_name": first, "last_name": last}
    return names | {key: getattr(person, key) for key in keys}


def _debts(household: Household, number: int, funds: list[Fund], books: Books) -> list[Debt]:
    """Two debts, every fifth time three, as the register has them."""
    return [_debt(household, number * len(funds) + place, funds[place], books) for place in _owed(number)]


def _owed(number: int) -> tuple[int, ...]:
    return (0, 1, 2) if number % 5 == 4 else (0, 1 + number % 2)


def _debt(household: Household, number: int, fund: Fund, books: Books) -> Debt:
    free = fund.kind == Fund.Kind.POVERTY_PROJECT
    due_on = date(2015 + number % 3, 1 + number % 12, 15)
    debt = Debt(
        household=household,
        borrower=household.head,
        fund=fund,
        number=f"{number + 1}/2557",
        lent_on=due_on.replace(year=due_on.year - 1),
        due_on=due_on,
        lent=Decimal(number * 37 % 40 * 1000 + 5000),
        rate_percent=Decimal(0 if free else 6),
        method=LendingRule.Method.NO_INTEREST if free else LendingRule.Method.EQUAL_PRINCIPAL,
        opened_on=AS_OF,
        accrued_to=AS_OF,
        created_by=books.by,
    )
    interest = Decimal(0 if free else number * 13 % 50000).scaleb(-2)
    books.rows.add(debt)
    books.post(debt, Entry.Kind.OPENING, AS_OF, principal=debt.lent - 3000, interest=interest)
    return debt


def _tell_year(centre: Centre, year: int, households: list[list[Debt]], books: Books) -> None:
    """Forty households are selected; thirty sign a contract, and of the others some pay without one."""
    selected_on, signed_on = date(year - 543, 5, 2), date(year - 543, 6, 15)
    target = CASES_OF_A_YEAR + 5 * (centre.pk % 3)
    books.rows.add(Target(area=centre.village, fiscal_year=year, number=target, set_by=books.by))
    for number, debts in enumerate(households, 1):
        case = books.rows.add(_case(centre, debts, year, selected_on, books.by))
        books.rows.add(CaseMove(case=case, new=case.stage, on=selected_on, by=books.by))
        if number <= CONTRACTS_OF_A_YEAR:
            contract = merge(books, case, debts, sequence=number, signed_on=signed_on)
            _move(case, Case.Stage.CONTRACTED, signed_on, books)
            if contract.ended_on:
                case.closed_on = contract.ended_on
                _move(case, Case.Stage.FINISHED, contract.ended_on, books)
        elif number % 3 == 0:
            _pay(debts[: 1 + number % 2], date(year - 543, 8, 1), books)
    series = f"contract/{centre.pk}/{year}"
    books.rows.add(RunningNumber(series=series, last=CONTRACTS_OF_A_YEAR))


def _move(case: Case, stage: str, on: date, books: Books) -> None:
    books.rows.add(CaseMove(case=case, old=case.stage, new=stage, on=on, by=books.by))
    case.stage = stage


def _case(centre: Centre, debts: list[Debt], year: int, selected_on: date, by: Officer) -> Case:
    return Case(
        household=debts[0].household,
        centre=centre,
        fiscal_year=year,
        opened_on=selected_on,
        opened_by=by,
        baseline=sum(debt.outstanding for debt in debts),
    )


def _pay(debts: list[Debt], on: date, books: Books) -> None:
    """The debts in full, with interest to the day."""
    for debt in debts:
        charged = accrued(debt, on)
        interest = debt.interest + charged
        books.receive(debt, on, charged=charged, principal=debt.principal, interest=interest)
