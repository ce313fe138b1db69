"""A report for other programs: stable names of columns, money as text of baht, days as in ISO 8601."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reports.pack.report import Asked, Column, Report, Table, Value


def feed(report: Report, table: Table, asked: Asked) -> dict[str, object]:
    """What `?as=json` answers (docs/report-feed.md)."""
    return {
        "report": report.key,
        "title": report.title,
        "area": asked.area.code,
        "fiscal_year": asked.year,
        "as_of": asked.on.isoformat(),
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind} for column in table.columns
        ],
        "rows": [plain(table.columns, row) for row in table.rows],
        "total": plain(table.columns, table.total),
    }


def plain(columns: Sequence[Column], row: Sequence[Value]) -> dict[str, str | int | None]:
    """The cells of a row by the columns' names."""
    return {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}


def _plain(value: Value) -> str | int | None:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
