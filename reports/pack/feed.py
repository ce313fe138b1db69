"""A report for other programs: stable names of columns, money as text of baht, days as in ISO 8601."""

from datetime import date
from decimal import Decimal

from areas.models import Area
from reports.pack.report import Report, Table, Value


def feed(report: Report, table: Table, *, area: Area, year: int, on: date) -> dict[str, object]:
    """What `?as=json` answers (docs/report-feed.md)."""
    names = [column.name for column in table.columns]
    return {
        "report": report.key,
        "title": report.title,
        "area": area.code,
        "fiscal_year": year,
        "as_of": on.isoformat(),
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind} for column in table.columns
        ],
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows],
        "total": dict(zip(names, map(_plain, table.total), strict=True)),
    }


def _plain(value: Value) -> str | int | None:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
