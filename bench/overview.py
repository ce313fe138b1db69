"""The overview of a province with 10,000 cases in a register of 100,000 debts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from areas.models import Area
from bench import seed
from bench.measure import answers, ratio, statements
from bench.run import Row
from reports import figures

ON = date(2017, 9, 30)
# What one would write by hand: the same ten figures of every district.
BY_HAND = """
WITH chosen AS (
  SELECT debts_case.id, household_id, baseline, substr(village_id, 1, 4) AS place
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


def rows() -> Iterator[Row]:
    seed.grow(100_000)
    seed.restructure()
    area = Area.objects.with_parents().get(code=seed.PROVINCE)

    def page():
        return figures.overview(area, year=seed.YEAR, on=ON)

    sent = statements(page)
    by_hand = [(BY_HAND, (seed.YEAR, ON, f"{seed.PROVINCE}%", ON, ON, ON))]
    yield Row("overview / its own SQL", "10,000 cases", ratio(page, lambda: answers(sent), alike=_same))
    yield Row(
        "overview / one aggregate by hand", "10,000 cases", ratio(page, lambda: answers(by_hand), alike=_same)
    )


def _same(shown: figures.Overview, found: list[list[tuple]]) -> bool:
    """The statement that groups by district gives, row for row, what is shown."""
    by_place = {row[0]: _figures(row[1:]) for rows in found for row in rows if len(row) == 11}
    return len(by_place) == 20 and by_place == {row.area.code: row.figures for row in shown.rows}


def _figures(values) -> figures.Figures:
    return figures.Figures(*values[:4], *(Decimal(int(satang)).scaleb(-2) for satang in values[4:]))
