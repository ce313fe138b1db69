"""Read an old Excel file (.xls) in a process of its own, with a limit on memory and time.

The old format can not be measured before it is read: two cells in far corners make the reader
fill everything between them. A child process that is stopped costs nothing but a message.
Run as a script with a path and a number of rows; it writes the sheets as JSON on standard output.
"""

import datetime
import json
import resource
import sys

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES = 768 * 1024 * 1024
SECONDS = 20
NEEDS_PASSWORD = 3
"""Exit status for a file with a password."""


def day_of(coded: dict) -> datetime.date:
    """Turn a day back from the JSON written here."""
    return datetime.date.fromisoformat(coded["day"])


def _coded(value) -> dict | str:
    if isinstance(value, datetime.datetime):
        return {"day": value.date().isoformat()}
    return {"day": value.isoformat()} if isinstance(value, datetime.date) else str(value)


def _sheets(path: str, max_rows: int):
    workbook = CalamineWorkbook.from_path(path)
    for sheet in workbook.sheets_metadata:
        rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        yield sheet.name, sheet.visible != SheetVisibleEnum.Visible, _up_to(max_rows + 1, rows)


def _up_to(most: int, rows: list[list]) -> list[list]:
    """Rows until ``most`` of them have something in them: one too many is enough to refuse the file."""
    filled = 0
    for position, row in enumerate(rows, start=1):
        filled += any(value != "" for value in row)
        if filled == most:
            return rows[:position]
    return rows


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = list(_sheets(sys.argv[1], int(sys.argv[2])))
    except PasswordError:
        sys.exit(NEEDS_PASSWORD)
    sys.stdout.write(json.dumps(sheets, default=_coded))


if __name__ == "__main__":
    _main()
