"""The debt list as an officer's browser asks for it, beside the bare SQL of what stands on the page."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from bench import seed
from bench.measure import answers, ratio
from bench.run import Row
from config import thai
from tests.factories import make_officer

PAGE = """
SELECT debts_debt.id, title, first_name, last_name, funds_fund.name, lent, principal, outstanding - principal,
  outstanding, households_household.id, house_number, moo, debts_debt.number, lent_on, due_on,
  EXISTS (SELECT 1 FROM debts_mergeddebt WHERE debt_id = debts_debt.id AND NOT is_cancelled),
  EXISTS (SELECT 1 FROM debts_contract WHERE debt_id = debts_debt.id AND ending = 'cancelled')
FROM debts_debt
JOIN households_household ON households_household.id = debts_debt.household_id
JOIN areas_area ON areas_area.code = village_id
JOIN households_person ON households_person.id = borrower_id
JOIN funds_fund ON funds_fund.id = fund_id
WHERE village_id LIKE %s ORDER BY village_id, house_sort, debts_debt.id LIMIT 50
"""
TOTALS = """
SELECT COUNT(*), SUM(lent), SUM(principal), SUM(outstanding - principal), SUM(outstanding)
FROM debts_debt JOIN households_household ON households_household.id = household_id WHERE village_id LIKE %s
"""


def rows() -> Iterator[Row]:
    clients = {}
    for size in (1_000, 100_000):
        seed.grow(size)
        clients = clients or _signed_in()
        for who, (client, prefix) in clients.items():
            bare = partial(answers, [(PAGE, [prefix]), (TOTALS, [prefix])])
            found = ratio(partial(client.get, reverse("debts:debts")), bare, alike=_same)
            yield Row(f"debt list of a {who} / bare SQL", f"{size:,} debts", found)


def _signed_in() -> dict[str, tuple[Client, str]]:
    """Browsers of two officers, with what the codes of their villages begin with."""
    village = seed.first_village()
    heads = {"district": Role.DISTRICT_HEAD, "province": Role.PROVINCIAL_HEAD}
    return {who: _browser(make_officer(role, village, username=who)) for who, role in heads.items()}


def _browser(officer) -> tuple[Client, str]:
    client = Client()
    client.force_login(officer)
    return client, f"{officer.area.prefix}%"


def _same(page: HttpResponse, found: list[list[tuple]]) -> bool:
    """Every row's names and amounts and then the totals stand on the page, in this order."""
    lines, [totals] = found
    wanted = [text for line in lines for text in _texts(line)]
    return _in_order(
        [*wanted, thai.count(totals[0]), *map(_baht, totals[1:])], unescape(page.content.decode())
    )


def _texts(line: tuple) -> list[str]:
    debt_pk, title, first, last, fund, *amounts = line[:9]
    return [f"{title}{first} {last}", fund, reverse("debts:debt", args=[debt_pk]), *map(_baht, amounts)]


def _baht(satang: int | Decimal) -> str:
    return thai.money(Decimal(int(satang)).scaleb(-2))


def _in_order(texts: list[str], page: str) -> bool:
    place = 0
    for text in texts:
        place = page.find(text, place)
        if place < 0:
            return False
    return True
