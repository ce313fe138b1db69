"""The table: every subject measured on one throw-away database, made as tests make theirs."""

import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.db import connection

from bench.measure import ROUNDS, Ratio

HEAD = (
    f"{'what':<44} {'size':>14} {'ours ms':>10} {'bare ms':>10} {'ratio':>8} {'least':>8}  half of the rounds"
)


class Row(NamedTuple):
    """One measurement: what was done, on how much, and how it compares."""

    name: str
    size: str
    ratio: Ratio


def measure(subjects) -> None:
    """Print the rows of the subjects, each as soon as it is known."""
    with TemporaryDirectory() as folder:
        connection.settings_dict["TEST"]["NAME"] = _database(Path(folder))
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            _print(subjects)
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _database(folder: Path) -> str:
    """A file for SQLite: in memory it would be quicker than any office's."""
    return str(folder / "bench.sqlite3") if connection.vendor == "sqlite" else "bench"


def _print(subjects) -> None:
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    engine = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    print(f"\n{engine} · Python {platform.python_version()} · {os.cpu_count()} processors · load {load}")
    print(f"medians of {ROUNDS} rounds, of fewer where one is long (docs/bench.md)\n{HEAD}")
    for subject in subjects:
        for row in subject.rows():
            print(_line(row), flush=True)
    print(f"load at the end {' '.join(f'{each:.2f}' for each in os.getloadavg())}")


def _line(row: Row) -> str:
    found = row.ratio
    spread = f"{found.low:,.2f}–{found.high:,.2f}"
    times = f"{found.ours:>10,.2f} {found.bare:>10,.2f} {found.times:>8,.2f} {found.least:>8,.2f}"
    return f"{row.name:<44} {row.size:>14} {times}  {spread}"
