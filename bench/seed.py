"""An invented province of many debts, the same at every run: 20 villages with a centre to a district, 100
households and 250 debts to a centre. The overviews are measured in the country of `reports/country/`."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import Officer
from areas.models import Area
from debts.ledger import open_debts
from debts.models import Debt
from funds.models import Centre, Fund
from households.models import Household, Person
from reports.demo.people import invent
from tests.factories import AS_OF, make_centre, make_fund, make_officer, make_village

PROVINCE, NEIGHBOUR = "33", "34"
HOMES = f"SELECT id FROM households_household WHERE village_id LIKE '{PROVINCE}%'"
CENTRES_OF_A_DISTRICT = 20
HOUSEHOLDS_OF_A_CENTRE = 100
DEBTS_OF_A_CENTRE = 250
KINDS = (Fund.Kind.VILLAGE_FUND, Fund.Kind.SAVINGS_GROUP, Fund.Kind.POVERTY_PROJECT)
YEAR = 2560


def grow(debts: int) -> None:
    """Bring the province to this many debts; those that are there stay."""
    there = Centre.objects.filter(village__code__startswith=PROVINCE).count()
    for number in range(there, debts // DEBTS_OF_A_CENTRE):
        with transaction.atomic():
            _make_centre(number)
    count_rows()


def multiply(debts: int) -> None:
    """Bring the province to this many debts by copying its households with all they have; the ledger is not
    copied, for no list reads it."""
    copies = debts // Debt.objects.filter(household__village__code__startswith=PROVINCE).count()
    neighbour()
    with transaction.atomic():
        home, person = _step(Household), _step(Person)
        ours, theirs = f"household_id + n * {home}", f"household_id <= {home} AND household_id IN ({HOMES})"
        homes = {"id": f"id + n * {home}", "head_id": f"head_id + n * {person}"}
        _copy(Household, copies, f"id IN ({HOMES})", **homes)
        _copy(Person, copies, theirs, id=f"id + n * {person}", household_id=ours)
        debts = {"id": f"id + n * {_step(Debt)}", "borrower_id": f"borrower_id + n * {person}"}
        _copy(Debt, copies, theirs, household_id=ours, **debts)
        _continue_keys(Household, Person, Debt)
    count_rows()


def _step(model) -> int:
    """How far apart the keys of the copies lie."""
    return model.objects.latest("pk").pk


def _continue_keys(*models) -> None:
    """New rows get keys behind those of the copies."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _copy(model, copies: int, chosen: str, **changed: str) -> None:
    """`copies` - 1 more of every chosen row of the table, made by the database itself."""
    table = model._meta.db_table
    names = [f'"{field.column}"' for field in model._meta.concrete_fields]
    values = [changed.get(field.column, f'"{field.column}"') for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {copies - 1})"
            f" INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}, copies"
            f" WHERE {chosen}"
        )


def neighbour() -> Area:
    """A village of another province, which has 1,000 debts in four centres."""
    if not Area.objects.filter(code=f"{NEIGHBOUR}010101").exists():
        for number in range(4):
            with transaction.atomic():
                _make_centre(number, NEIGHBOUR)
    return Area.objects.get(code=f"{NEIGHBOUR}010101")


def spread_due_days(today: date) -> None:
    """Due days from 700 days ago to 300 ahead, so that every class is there."""
    last, days = today + timedelta(days=300), "(id * 13 %% 1000)"
    day = f"date(%s, '-' || {days} || ' days')" if connection.vendor == "sqlite" else f"%s - {days}::int"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE debts_debt SET lent_on = NULL, due_on = {day}", [last])
    count_rows()


def first_village() -> Area:
    return Area.objects.get(code=_code(0))


def count_rows() -> None:
    """Let the database know its tables, as its own clock would do in a day."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _code(number: int, province: str = PROVINCE) -> str:
    of_province, of_district = divmod(number, CENTRES_OF_A_DISTRICT)
    return f"{province}{of_province + 1:02}01{of_district + 1:02}"


def _make_centre(number: int, province: str = PROVINCE) -> None:
    centre = make_centre(make_village(_code(number, province), f"บ้านที่ {number + 1}"))
    funds = [make_fund(centre, kind, name=f"{kind.label}บ้านที่ {number + 1}") for kind in KINDS]
    households = make_households(centre.village, HOUSEHOLDS_OF_A_CENTRE, Random(number))
    owed = [_debt(household, fund) for household in households for fund in funds[: 2 + household.pk % 2]]
    open_debts(owed, on=AS_OF, by=_officer(centre.village))


def _officer(village: Area) -> Officer:
    """Who wrote it all down; made once, for a password takes its time."""
    return Officer.objects.filter(username="seed").first() or make_officer(area=village, username="seed")


def make_households(village: Area, count: int, random: Random) -> list[Household]:
    """Households of one person, their head."""
    households = Household.objects.bulk_create(
        Household(village=village, house_number=str(number + 1)).set_keys() for number in range(count)
    )
    people = Person.objects.bulk_create(_person(household, random) for household in households)
    for household, head in zip(households, people, strict=True):
        household.head = head
    first = Person.objects.filter(household=OuterRef("pk")).values("pk")[:1]
    Household.objects.filter(village=village).update(head=Subquery(first))
    return households


def _person(household: Household, random: Random) -> Person:
    title, first, last = invent(random)
    return Person(household=household, title=title, first_name=first, last_name=last).set_keys()


def _debt(household: Household, fund: Fund) -> Debt:
    number = household.pk * len(KINDS) + fund.pk
    lent_on = date(2014, 1, 1) + timedelta(days=number * 7 % 1000)
    return Debt(
        household=household,
        borrower=household.head,
        fund=fund,
        number=f"{number}/2558",
        lent_on=lent_on,
        due_on=lent_on + timedelta(days=365),
        lent=Decimal(number * 37 % 400 * 100 + 5000),
        rate_percent=Decimal(6),
        principal=Decimal(number * 37 % 400 * 100 + 2000),
        interest=Decimal(number * 13 % 50000).scaleb(-2),
    )
