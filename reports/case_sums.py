"""The sums of the cases of each area in one pass, however many cases and areas there are.

What a household owed on a past day is what it owes now without what was posted after that day: the stored
balances, which `check_ledger` proves equal to the ledger, save the replay of all that came before. Plain SQL that
runs the same on both databases, because the ORM would ask the ledger anew in each of ten sums; the cases are
the ORM's own query, so no text from outside enters it.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Substr

from debts.models import Case

_SUMS = """
WITH chosen AS MATERIALIZED (
  {cases}
), owed_now AS (
  SELECT household_id, SUM(outstanding) AS amount FROM debts_debt
  WHERE household_id IN (SELECT household_id FROM chosen) GROUP BY household_id
), posted_since AS (
  SELECT debt.household_id, SUM(entry.principal + entry.interest + entry.apart + entry.penalty) AS amount
  FROM debts_entry entry JOIN debts_debt debt ON debt.id = entry.debt_id
  WHERE entry."on" > %s AND debt.household_id IN (SELECT household_id FROM chosen) GROUP BY debt.household_id
), signed AS (
  SELECT MAX(id) AS id FROM debts_contract
  WHERE case_id IN (SELECT id FROM chosen) AND signed_on <= %s AND NOT (ending = 'cancelled' AND ended_on <= %s)
  GROUP BY case_id
), merged AS (
  SELECT case_id, amount, waived FROM debts_contract WHERE id IN (SELECT id FROM signed)
), known AS (
  SELECT place, baseline, COALESCE(owed_now.amount, 0) - COALESCE(posted_since.amount, 0) AS owed,
    merged.amount AS contracted, COALESCE(waived, 0) AS waived
  FROM chosen
  LEFT JOIN owed_now ON owed_now.household_id = chosen.household_id
  LEFT JOIN posted_since ON posted_since.household_id = chosen.household_id
  LEFT JOIN merged ON merged.case_id = chosen.id
)
SELECT place, COUNT(*), COUNT(contracted),
  SUM(CASE WHEN owed <> 0 AND owed < baseline THEN 1 ELSE 0 END), SUM(CASE WHEN owed = 0 THEN 1 ELSE 0 END),
  SUM(baseline), SUM(owed), COALESCE(SUM(contracted), 0),
  SUM(CASE WHEN owed <> 0 AND owed < baseline THEN baseline - owed ELSE 0 END),
  SUM(CASE WHEN owed = 0 THEN baseline ELSE 0 END),
  SUM(CASE WHEN owed >= baseline THEN 0 WHEN waived > baseline - owed THEN baseline - owed ELSE waived END)
FROM known GROUP BY place
"""


def sums_by_place(cases: QuerySet[Case], *, digits: int, on: date) -> Iterator[tuple[str, list[int]]]:
    """For each area, by the first `digits` of its villages' codes: households joined, merged, reduced and cleared,
    then satang of the baselines, owed on day `on`, contracted, reduced, cleared and, of the reduction, waived."""
    place = Substr("household__village", 1, digits)
    chosen = cases.order_by().values("id", "household_id", "baseline", place=place)
    sql, parameters = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(cases=sql), [*parameters, on, on, on])
        for code, *counts_and_satang in cursor.fetchall():
            yield code, counts_and_satang
