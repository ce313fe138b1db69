"""The sums of the cases of each area in one pass, however many cases and areas there are.

What a household owed on a past day is what it owes now without what was posted after that day: stored balances,
which `check_ledger` proves equal to the ledger, so that only the entries after the day are read. What is written
off leaves the books and is owed as before, so such entries are left out; what an entry reverses is looked up row by row,
as a join would read the whole ledger for the few that reverse something. Each case is the sum of its `lines`. Plain SQL
that runs the same on both databases, because the ORM would ask the ledger anew in each of ten sums; the cases are the
ORM's own query, so no text from outside enters it.
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
), debts AS MATERIALIZED (
  SELECT chosen.id, place, baseline, chosen.opened_on, debt.id AS debt_id, outstanding + written_off AS owed
  FROM chosen JOIN debts_debt debt ON debt.household_id = chosen.household_id
), lines AS (
  SELECT chosen.id, place, chosen.baseline, 0 AS owed, 0 AS waived, contract.id AS contract_id
  FROM chosen LEFT JOIN debts_contract contract ON contract.case_id = chosen.id
    AND signed_on <= %s AND NOT (ending = 'cancelled' AND ended_on <= %s)
  UNION ALL
  SELECT id, place, baseline, owed, 0, NULL FROM debts
  UNION ALL
  SELECT debts.id, place, baseline, -(entry.principal + entry.interest + entry.apart + entry.penalty), 0, NULL
  FROM debts JOIN debts_entry entry ON entry.debt_id = debts.debt_id
  WHERE entry."on" > %s AND CASE WHEN entry.reverses_id IS NULL THEN entry.kind ELSE (
    SELECT reversed.kind FROM debts_entry reversed WHERE reversed.id = entry.reverses_id
  ) END NOT IN ('write_off', 'recovery')
  UNION ALL
  SELECT debts.id, place, baseline, 0, -(entry.principal + entry.interest + entry.apart + entry.penalty), NULL
  FROM debts JOIN debts_entry entry ON entry.debt_id = debts.debt_id AND entry.kind = 'waiver'
  LEFT JOIN debts_entry reversal ON reversal.reverses_id = entry.id AND reversal."on" <= %s
  WHERE entry."on" BETWEEN debts.opened_on AND %s AND reversal.id IS NULL
), cases AS (
  SELECT place, baseline, SUM(owed) AS owed, SUM(waived) AS waived, MAX(contract_id) AS contract_id
  FROM lines GROUP BY id, place, baseline
), known AS (
  SELECT place, baseline, owed, cases.waived, amount AS contracted
  FROM cases LEFT JOIN debts_contract ON debts_contract.id = contract_id
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
    chosen = cases.order_by().values("id", "household_id", "baseline", "opened_on", place=place)
    sql, parameters = chosen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(cases=sql), [*parameters, *[on] * 5])
        for code, *counts_and_satang in cursor.fetchall():
            yield code, counts_and_satang
