"""A report in each of its forms, from its one table: paper, spreadsheet, CSV, feed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from accounts.sheets import write_rows
from config import thai
from reports.pack.feed import feed
from reports.pack.report import Asked, Report, Table, shown
from reports.paper import pdf

KIND_WORDS = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV", "json": "JSON"}


@dataclass(frozen=True)
class Made:
    """A report of an area, a year and a day, made once for whichever form is asked for."""

    report: Report
    asked: Asked

    @cached_property
    def table(self) -> Table:
        return self.report.build(self.asked)

    @property
    def title(self) -> str:
        return f"{self.report.title} {self.asked.area.label}"

    @property
    def file_name(self) -> str:
        return f"{self.title} {self.asked.year} {thai.short_date(self.asked.on)}"

    @property
    def lines(self) -> list[str]:
        """What stands above the table: what, where, of when."""
        on = thai.short_date(self.asked.on)
        area = self.asked.area
        return [
            self.report.title,
            area.full_name or area.label,
            f"ปีงบประมาณ พ.ศ. {self.asked.year} ข้อมูล ณ วันที่ {on}",
        ]

    @property
    def shown(self) -> dict[str, object]:
        """The table in Thai, for pages and papers."""
        table = self.table
        kinds = [column.kind for column in table.columns]
        return {
            "table": table,
            "rows": [list(zip(table.columns, map(shown, row, kinds), strict=True)) for row in table.rows],
            "total": list(zip(table.columns, map(shown, table.total, kinds), strict=True)),
        }

    def writer(self, kind: str) -> Callable:
        """What writes the file of one kind of `KIND_WORDS` into an open file."""
        writers = {"pdf": self._write_paper, "json": self._write_feed}
        return writers.get(kind, partial(self._write_sheet, kind))

    @property
    def feed(self) -> dict[str, object]:
        return feed(self.report, self.table, self.asked)

    @property
    def paper(self) -> dict[str, object]:
        """The context of `PAPER`."""
        return {"title": self.file_name, "lines": self.lines, "foot": " • ".join(self.lines), **self.shown}

    def _write_paper(self, file) -> None:
        file.write(pdf(PAPER, self.paper))

    def _write_feed(self, file) -> None:
        file.write(json.dumps(self.feed, ensure_ascii=False).encode())

    def _write_sheet(self, kind: str, file) -> None:
        table = self.table
        heads = [column.label for column in table.columns]
        write_rows(self.lines, [heads, *table.rows, table.total], kind, file)


PAPER = "papers/report.html"
