"""A sent return as a file for re-keying, in columns that never change their names (docs/returns.md)."""

import json
from decimal import Decimal

import xlsxwriter

from accounts import sheets
from accounts.sheets import AS_TEXT, write_rows
from reports.figures import Figures
from reports.models import ReturnVersion
from reports.returns.content import AMOUNTS, COUNTS, Line, of_version

COLUMNS = {
    "fiscal_year": "ปีงบประมาณ",
    "period_kind": "รอบ",
    "period_number": "ลำดับรอบ",
    "area_code": "รหัสพื้นที่ที่ส่ง",
    "area_name": "พื้นที่ที่ส่ง",
    "version": "ฉบับที่",
    "as_of": "ข้อมูล ณ วันที่",
    "place_code": "รหัสพื้นที่",
    "place_name": "พื้นที่",
    "state": "สถานะของพื้นที่",
    "late": "ล่าช้า",
    "target": "เป้าหมาย (ครัวเรือน)",
    "joined": "เข้าร่วม (ครัวเรือน)",
    "merged": "ทำ 1 ครัวเรือน 1 สัญญา (ครัวเรือน)",
    "reduced": "ลดหนี้ได้ (ครัวเรือน)",
    "cleared": "ปลดหนี้ได้ (ครัวเรือน)",
    "baseline": "หนี้ ณ วันคัดเลือก (บาท)",
    "owed": "คงเหลือ (บาท)",
    "merged_baht": "ยอดหนี้ที่ปรับโครงสร้าง (บาท)",
    "reduced_baht": "หนี้ที่ลดได้ (บาท)",
    "cleared_baht": "หนี้ที่ปลดได้ (บาท)",
    "waived_baht": "ส่วนที่ยกเว้นให้ (บาท)",
    "sha256": "รหัสตรวจสอบของรายงาน",
}
KINDS = (*sheets.KINDS, "json")


def rows_of(version: ReturnVersion) -> list[dict]:
    """One row a place, then one for the whole whose place is the area that sent. Amounts are text of two decimals."""
    said, sheet = of_version(version), version.sheet
    period = sheet.period
    common = {
        "fiscal_year": period.fiscal_year,
        "period_kind": period.kind,
        "period_number": period.number,
        "area_code": sheet.area_id,
        "area_name": sheet.area.label,
        "version": version.number,
        "as_of": version.on.isoformat(),
        "sha256": version.sha256,
    }
    whole = Line(sheet.area_id, sheet.area.label, said.target, said.total, "", version.is_late)
    return [_in_order({**common, **_of_line(line)}) for line in [*said.lines, whole]]


def write_file(version: ReturnVersion, kind: str, file) -> None:
    """Write the rows into the open file; `kind` is one of `KINDS`."""
    {"xlsx": _xlsx, "csv": _csv, "json": _json}[kind](rows_of(version), file)


def _of_line(line: Line) -> dict:
    return {
        "place_code": line.place,
        "place_name": line.name,
        "state": line.state,
        "late": int(line.is_late),
        "target": line.target,
        **_of_figures(line.figures),
    }


def _of_figures(figures: Figures) -> dict:
    amounts = {name: f"{getattr(figures, name):.2f}" for name in AMOUNTS}
    return {**{name: getattr(figures, name) for name in COUNTS}, **amounts}


def _in_order(row: dict) -> dict:
    return {name: row[name] for name in COLUMNS}


def _json(rows: list[dict], file) -> None:
    whole = {"columns": list(COLUMNS), "rows": rows}
    file.write(json.dumps(whole, ensure_ascii=False, indent=1).encode())


def _csv(rows: list[dict], file) -> None:
    write_rows([], [list(COLUMNS), *(list(row.values()) for row in rows)], "csv", file)


def _xlsx(rows: list[dict], file) -> None:
    """The names of the columns in the first row, what they mean in the second."""
    with xlsxwriter.Workbook(file, {"in_memory": True, **AS_TEXT}) as book:
        page = book.add_worksheet()
        money, head = book.add_format({"num_format": "#,##0.00"}), book.add_format({"bold": True})
        page.write_row(0, 0, list(COLUMNS))
        page.write_row(1, 0, list(COLUMNS.values()), head)
        page.freeze_panes(2, 0)
        for number, row in enumerate(rows, 2):
            for column, (name, value) in enumerate(row.items()):
                if name in AMOUNTS:
                    page.write_number(number, column, Decimal(value), money)
                elif isinstance(value, int):
                    page.write_number(number, column, value)
                elif value is not None:
                    page.write_string(number, column, value)
