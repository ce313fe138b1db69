"""The overviews from the department down to a centre, in a hundredth, a tenth and all of the invented country."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from areas.models import Area
from bench.measure import answers, ratio, statements
from bench.run import Row
from config import thai
from funds.models import Centre
from reports import figures
from reports.country.generation import generate
from reports.country.places import places
from tests.factories import make_officer

SCALES = (0.01, 0.1)  # `whole` measures all of it
# A day with years of payments behind it, and one with hardly any.
PERIODS = {"past year": (2560, date(2017, 9, 30)), "newest year": (2563, date(2026, 9, 30))}
# What one would write by hand: the ledger replayed to the day, and the same ten figures of every area.
BY_HAND = """
WITH chosen AS (
  SELECT debts_case.id, household_id, baseline, substr(village_id, 1, %s) AS place
  FROM debts_case JOIN households_household ON households_household.id = household_id
  WHERE fiscal_year = %s AND opened_on <= %s AND village_id LIKE %s
), balances AS (
  SELECT chosen.id, SUM(e.principal + e.interest + e.apart + e.penalty) AS owed
  FROM chosen JOIN debts_debt ON debts_debt.household_id = chosen.household_id
  JOIN debts_entry e ON e.debt_id = debts_debt.id AND e."on" <= %s GROUP BY chosen.id
), known AS (
  SELECT place, baseline, COALESCE(owed, 0) AS owed, amount, waived
  FROM chosen LEFT JOIN balances ON balances.id = chosen.id
  LEFT JOIN debts_contract ON case_id = chosen.id AND signed_on <= %s
    AND NOT (ending = 'cancelled' AND ended_on IS NOT NULL AND ended_on <= %s)
)
SELECT place, COUNT(*), COUNT(amount),
  SUM(CASE WHEN owed > 0 AND owed < baseline THEN 1 ELSE 0 END), SUM(CASE WHEN owed = 0 THEN 1 ELSE 0 END),
  SUM(baseline), SUM(owed), COALESCE(SUM(amount), 0),
  SUM(CASE WHEN owed > 0 AND owed < baseline THEN baseline - owed ELSE 0 END),
  SUM(CASE WHEN owed = 0 THEN baseline ELSE 0 END),
  SUM(CASE WHEN owed < baseline AND waived < baseline - owed THEN waived
           WHEN owed < baseline AND waived IS NOT NULL THEN baseline - owed ELSE 0 END)
FROM known GROUP BY place
"""
HOUSEHOLDS = """
SELECT title, first_name, last_name, baseline, debts_contract.amount,
  (SELECT SUM(e.principal + e.interest + e.apart + e.penalty) FROM debts_debt JOIN debts_entry e ON e.debt_id = debts_debt.id
   WHERE debts_debt.household_id = households_household.id AND e."on" <= %s)
FROM debts_case JOIN households_household ON households_household.id = debts_case.household_id
JOIN households_person ON households_person.id = head_id
LEFT JOIN debts_contract ON case_id = debts_case.id AND signed_on <= %s
WHERE fiscal_year = %s AND village_id LIKE %s ORDER BY households_person.sort, debts_case.id
"""
FUNDS = "SELECT name, capital, members, closed_on FROM funds_fund WHERE centre_id = %s ORDER BY id"


def rows() -> Iterator[Row]:
    for scale in SCALES:
        generate(scale=scale, tell=lambda line: None)
        yield from measured(f"scale {scale}")


def measured(size: str) -> Iterator[Row]:
    """What the database holds now: figures alone, then whole pages as a browser asks for them."""
    village = Area.objects.with_parents().get(code=places(0.001)[0].code)
    heads = {"department": Role.DEPARTMENT, "province": Role.PROVINCIAL_HEAD, "district": Role.DISTRICT_HEAD}
    officers = {who: make_officer(role, village) for who, role in heads.items()}
    for when, (year, on) in PERIODS.items():
        for who, officer in officers.items():
            bare = partial(_by_hand, officer.area, year, on)
            ours = partial(figures.overview, officer.area, year=year, on=on)
            yield Row(f"figures of a {who}, {when} / by hand", size, ratio(ours, bare, alike=_same))
            page = partial(_page(officer), reverse("reports:overview"), _asked(year, on))
            yield Row(f"page of a {who}, {when} / by hand", size, ratio(page, bare, alike=_shown))
            yield _own_statements(f"page of a {who}, {when}", size, page)
    yield from _district(officers["district"], size)


def _district(officer, size: str) -> Iterator[Row]:
    """The households behind a figure, and a centre's own page."""
    year, on = PERIODS["past year"]
    page, area = _page(officer), officer.area
    listed = partial(page, reverse("reports:area-households", args=[area.code]), _asked(year, on))
    bare = partial(answers, [(HOUSEHOLDS, (on, on, year, f"{area.prefix}%"))])
    yield Row("households of a district / bare SQL", size, ratio(listed, bare, alike=_listed))
    yield _own_statements("households of a district", size, listed)
    centre = Centre.objects.for_user(officer).earliest("pk")
    opened = partial(page, reverse("funds:centre", args=[centre.pk]))
    yield Row(
        "page of a centre / its funds",
        size,
        ratio(opened, partial(answers, [(FUNDS, [centre.pk])]), alike=_opened),
    )
    yield _own_statements("page of a centre", size, opened)


def _own_statements(name: str, size: str, page) -> Row:
    """The page beside everything it asks of the database, sent alone: the rest is Python and its templates."""
    page()
    alone = partial(answers, statements(page))
    return Row(f"{name} / its own SQL", size, ratio(page, alone, alike=lambda shown, found: bool(found)))


def _page(officer):
    client = Client()
    client.force_login(officer)
    return client.get


def _asked(year: int, on: date) -> dict[str, str]:
    return {"year": str(year), "on": thai.short_date(on), "figure": figures.JOINED}


def _by_hand(area: Area, year: int, on: date) -> list[tuple]:
    digits = {0: 2, 2: 4, 4: 8}[len(area.prefix)]
    [found] = answers([(BY_HAND, (digits, year, on, f"{area.prefix}%", on, on, on))])
    return found


def _same(shown: figures.Overview, found: list[tuple]) -> bool:
    """The figures are the same, area by area; an area without cases has none by hand."""
    by_place = {place: _figures(values) for place, *values in found}
    return (
        bool(found)
        and all(row.figures == by_place.pop(row.area.code, figures.Figures()) for row in shown.rows)
        and not by_place
    )


def _figures(values) -> figures.Figures:
    return figures.Figures(*values[:4], *(Decimal(int(satang)).scaleb(-2) for satang in values[4:]))


def _shown(page: HttpResponse, found: list[tuple]) -> bool:
    """What every area was contracted for, reduced and cleared by stands on the page."""
    text = page.content.decode()
    each = [_figures(values) for _, *values in found]
    return bool(each) and all(
        thai.money(amount) in text
        for one in each
        for amount in (one.merged_baht, one.reduced_baht + one.cleared_baht)
    )


def _listed(page: HttpResponse, found: list[list[tuple]]) -> bool:
    """The first fifty households in order, with their amounts."""
    text, place = unescape(page.content.decode()), 0
    for title, first, last, *amounts in found[0][:50]:
        wanted = [f"{title}{first} {last}", *(_baht(amount) for amount in amounts if amount is not None)]
        for each in wanted:
            place = text.find(each, place)
            if place < 0:
                return False
    return bool(found[0])


def _baht(satang) -> str:
    return thai.money(Decimal(int(satang)).scaleb(-2))


def _opened(page: HttpResponse, found: list[list[tuple]]) -> bool:
    return bool(found[0]) and all(name in page.content.decode() for name, *_ in found[0])
