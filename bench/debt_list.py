"""The debt list as an officer's browser asks for it, beside the bare SQL of what stands on the page."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from bench import seed
from bench.measure import answers, ratio, statements
from bench.run import Row
from config import thai
from households.models import Household
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
WHERE village_id LIKE %s ORDER BY village_id, house_sort, households_household.id, debts_debt.id LIMIT 50
"""
TOTALS = """
SELECT COUNT(*), SUM(lent), SUM(principal), SUM(outstanding - principal), SUM(outstanding)
FROM debts_debt JOIN households_household ON households_household.id = household_id WHERE village_id LIKE %s
"""


SEARCHED = "ทองสุก"  # a slip: the search looks twice


def rows() -> Iterator[Row]:
    clients = {}
    for size, grow in {1_000: seed.grow, 100_000: seed.grow, 1_000_000: seed.multiply}.items():
        grow(size)
        clients = clients or _signed_in()
        yield from _beside_bare_sql(clients, size)
        if size > 1_000:
            yield from _beside_a_short_list(clients["province"][0], size)
            yield from _searches(clients["province"][0])


def _beside_bare_sql(clients, size: int) -> Iterator[Row]:
    """The page with its totals, which a long list is asked for in a second request."""
    for who, (client, prefix) in clients.items():
        bare = partial(answers, [(PAGE, [prefix]), (TOTALS, [prefix])])
        found = ratio(partial(client.get, reverse("debts:debts"), {"totals": "1"}), bare, alike=_same)
        yield Row(f"debt list with totals of a {who} / bare SQL", f"{size:,} debts", found)


# Of what a list of debts is asked: a class alone, all by severity, both at once.
BY_CLASS = {
    "of a class": {"debtor_class": "O"},
    "worst first": {"sort": "-debtor_class"},
    "of a class, worst first": {"debtor_class": "O", "sort": "-debtor_class"},
}


def _beside_a_short_list(client: Client, size: int) -> Iterator[Row]:
    """The first page of the long list beside that of a province with 1,000 debts, in the same database; by classes
    also beside the long list without them."""
    neighbour, _ = _browser(make_officer(Role.PROVINCIAL_HEAD, seed.neighbour()))
    seed.spread_due_days(timezone.localdate())
    for name, query in {"": {}, **BY_CLASS}.items():
        ours, plain = partial(_first_page, client, query), partial(_first_page, client, {})
        found = ratio(ours, partial(_first_page, neighbour, query), alike=_same_work)
        yield Row(f"first page {name} / of 1,000 debts", f"{size:,} debts", found)
        if query:
            yield Row(f"first page {name} / without", f"{size:,} debts", ratio(ours, plain, alike=_same_work))


def _first_page(client: Client, query: dict) -> HttpResponse:
    return client.get(reverse("debts:debts"), query)


def _same_work(one: HttpResponse, other: HttpResponse) -> bool:
    """Fifty rows each between head and foot, by as many statements."""
    queries = [dict(each.wsgi_request.GET.items()) for each in (one, other)]
    counts = {
        len(statements(partial(_first_page, each.client, query)))
        for each, query in zip((one, other), queries, strict=True)
    }
    return len(counts) == 1 and all(each.content.count(b'<tr role="row">') == 52 for each in (one, other))


def _searches(client: Client) -> Iterator[Row]:
    """What appears under the search box, beside the answer to one letter, which looks for nothing."""
    households = f"{Household.objects.count():,} homes"
    for typed in (SEARCHED, "แก้ว", "18 ม.3", "7/2558", "1234"):
        ours, bare = (partial(_type, client, text) for text in (typed, "ก"))
        yield Row(f"search box {typed} / without a search", households, ratio(ours, bare, alike=_answered))


def _type(client: Client, text: str) -> HttpResponse:
    return client.get(reverse("search"), {"q": text}, headers={"HX-Request": "true"})


def _answered(*responses: HttpResponse) -> bool:
    return all(response.status_code == 200 for response in responses)


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
