"""A province's report of the pack as page, beside the bare SQL that fetches the same figures, and page after page of
the feed of contracts beside the bare SQL of its rows."""

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
from bench.measure import answers, ratio
from bench.overview import BY_HAND
from bench.run import Row
from config import thai
from reports.country.generation import generate
from reports.country.places import places
from reports.pack.catalogue import REPORTS
from reports.pack.report import Asked
from tests.factories import make_officer, make_secret

SCALES = (0.01,)
YEAR, ON = 2560, date(2017, 9, 30)
# Of each district: debts and satang by class, with the shipped limits, on the ledger of the day.
CLASSES_BY_HAND = """
WITH owed AS (
  SELECT substr(village_id, 1, 4) AS place, %s - due_on AS late,
    (SELECT SUM(e.principal + e.interest + e.apart + e.penalty) FROM debts_entry e
     WHERE e.debt_id = debts_debt.id AND e."on" <= %s) AS baht
  FROM debts_debt JOIN households_household ON households_household.id = household_id
  WHERE village_id LIKE %s AND opened_on <= %s AND (closed_on IS NULL OR closed_on > %s)
)
SELECT place, COUNT(*), SUM(baht), COUNT(CASE WHEN late <= 0 THEN 1 END), COUNT(CASE WHEN late BETWEEN 1 AND 30 THEN 1 END),
  COUNT(CASE WHEN late BETWEEN 31 AND 90 THEN 1 END), COUNT(CASE WHEN late BETWEEN 91 AND 365 THEN 1 END),
  COUNT(CASE WHEN late > 365 THEN 1 END)
FROM owed WHERE baht > 0 GROUP BY place
"""
CONTRACTS = """
SELECT debts_contract.id, sequence, debts_contract.year, debts_contract.centre_id, village_id, signed_on, name, kind, amount, waived,
  (SELECT SUM(e.principal + e.interest + e.apart + e.penalty) FROM debts_entry e
   WHERE e.debt_id = debts_contract.debt_id AND e."on" <= %s)
FROM debts_contract JOIN debts_case ON debts_case.id = case_id JOIN funds_fund ON funds_fund.id = lender_id
JOIN households_household ON households_household.id = debts_contract.household_id
WHERE fiscal_year = %s AND village_id LIKE %s AND signed_on <= %s
  AND NOT (ending = 'cancelled' AND ended_on IS NOT NULL AND ended_on <= %s)
ORDER BY debts_contract.id LIMIT 101
"""


def rows() -> Iterator[Row]:
    for scale in SCALES:
        generate(scale=scale, tell=lambda line: None)
        yield from _measured(f"scale {scale}")


def _measured(size: str) -> Iterator[Row]:
    village = Area.objects.with_parents().get(code=places(0.001)[0].code)
    head = make_officer(Role.PROVINCIAL_HEAD, village)
    client = Client()
    client.force_login(head)
    prefix = f"{head.area.prefix}%"
    asked = Asked(head.area, YEAR, ON, head)
    results = answers_of(BY_HAND, [4, YEAR, ON, prefix, ON, ON, ON])
    classes = answers_of(CLASSES_BY_HAND, [ON, ON, prefix, ON, ON])
    for key, bare, same in (("results", results, _same_results), ("classes", classes, _same_classes)):
        table = partial(REPORTS[key].build, asked)
        yield Row(
            f"{key} of a province, table / by hand", size, ratio(table, bare, alike=lambda one, _: one.rows)
        )
        yield Row(f"{key} of a province, page / by hand", size, ratio(_page(client, key), bare, alike=same))
    _, secret = make_secret(head)
    contracts = answers_of(CONTRACTS, [ON, YEAR, prefix, ON, ON])
    yield Row("feed of 100 contracts / by hand", size, ratio(_feed(secret), contracts, alike=_same_contracts))


def answers_of(sql: str, parameters: list):
    return lambda: answers([(sql, parameters)])[0]


def _page(client: Client, key: str):
    on = f"{ON.day}/{ON.month}/{thai.buddhist_year(ON)}"
    address = reverse("reports:report", args=[places(0.001)[0].code[:2], key])
    return lambda: client.get(address, {"year": YEAR, "on": on})


def _feed(secret: str):
    asked = {"year": YEAR, "on": ON.isoformat(), "limit": 100}
    return lambda: Client().get("/api/v1/contracts/", asked, headers={"Authorization": f"Bearer {secret}"})


def _same_results(page: HttpResponse, found: list[tuple]) -> bool:
    """The baht of the baselines of each district stand on the page."""
    return _all_on(page, (row[5] for row in found))


def _same_classes(page: HttpResponse, found: list[tuple]) -> bool:
    return _all_on(page, (row[2] for row in found))


def _all_on(page: HttpResponse, satang: Iterator[int]) -> bool:
    text = unescape(page.content.decode())
    return all(thai.money(Decimal(int(each)).scaleb(-2)) in text for each in satang)


def _same_contracts(answer: HttpResponse, found: list[tuple]) -> bool:
    told = [(row["id"], row["amount_baht"], row["owed_baht"]) for row in answer.json()["rows"]]
    return told == [(row[0], _text(row[8]), _text(row[10])) for row in found[:100]]


def _text(satang: int) -> str:
    return str(Decimal(int(satang)).scaleb(-2))
