"""A copy of the database and of the uploaded files, and the proof that it came back whole.

`script/backup` and `script/restore` call this; docs/deploy.md says when.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

DATABASE, MEDIA, MANIFEST = "database", "media.tar", "manifest.json"


class CannotRestore(Exception):
    """The copy is damaged, of another engine, or there is something at the place it should go to."""


def backup(folder: Path) -> Path:
    """Make a new folder in `folder` with the copy; a half-made one keeps the ending `.partial`.

    The database is copied first: a file is stored before the row that names it and never changed.
    """
    whole = folder / f"{timezone.now():%Y%m%dT%H%M%SZ}"
    partial = whole.with_suffix(".partial")
    partial.mkdir(parents=True)
    rows = _copy_postgresql(partial) if connection.vendor == "postgresql" else _copy_sqlite(partial)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    _run("tar", "--create", "--file", partial / MEDIA, "--directory", settings.MEDIA_ROOT, ".")
    hashes = {name: _sha256(partial / name) for name in (DATABASE, MEDIA)}
    manifest = {"engine": connection.vendor, "sha256": hashes, "rows": rows}
    (partial / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return partial.rename(whole)


def restore(copy: Path) -> dict:
    """Bring `copy` into the empty database and folder of the settings, and prove it; return its manifest.

    Proof: the files' hashes, the rows of every table, and the ledger against its own replay.
    """
    manifest = json.loads((copy / MANIFEST).read_text())
    _refuse_unless_fitting(copy, manifest)
    if connection.vendor == "postgresql":
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
             "--dbname", connection.settings_dict["NAME"], copy / DATABASE)  # fmt: skip
    else:
        _restore_sqlite(copy)
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    _run("tar", "--extract", "--file", copy / MEDIA, "--directory", settings.MEDIA_ROOT)
    if _rows() != manifest["rows"]:
        raise CannotRestore("The restored tables do not hold the rows that were copied.")
    call_command("check_ledger")
    return manifest


def _refuse_unless_fitting(copy, manifest):
    if manifest["engine"] != connection.vendor:
        raise CannotRestore(f"The copy is of {manifest['engine']}, the settings name {connection.vendor}.")
    for name, expected in manifest["sha256"].items():
        if _sha256(copy / name) != expected:
            raise CannotRestore(f"{name} is not the file that was written.")
    media = Path(settings.MEDIA_ROOT)
    if connection.introspection.table_names() or (media.exists() and any(media.iterdir())):
        raise CannotRestore("Restore only into an empty database and an empty MEDIA_ROOT.")


def _copy_postgresql(folder) -> dict[str, int]:
    """The rows are counted in the very snapshot that is dumped, while others go on working."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        _run(
            "pg_dump",
            "--format",
            "custom",
            "--no-comments",
            "--snapshot",
            snapshot,
            "--file",
            folder / DATABASE,
        )
        return _rows()


def _copy_sqlite(folder) -> dict[str, int]:
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
        closing(sqlite3.connect(folder / DATABASE)) as target,
    ):
        source.backup(target)
        tables = target.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {name: _count(target, name) for (name,) in tables if not name.startswith("sqlite_")}


def _restore_sqlite(copy):
    with closing(sqlite3.connect(copy / DATABASE)) as source:
        connection.ensure_connection()
        source.backup(connection.connection)


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        return {name: _count(cursor, name) for name in names}


def _count(cursor, table) -> int:
    return cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}").fetchone()[0]  # noqa: S608


def _run(*command):
    """Run a command that finds the database of the settings through libpq's own variables."""
    place = connection.settings_dict
    keys = {
        "PGDATABASE": "NAME",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGHOST": "HOST",
        "PGPORT": "PORT",
    }
    libpq = {variable: str(place[key]) for variable, key in keys.items() if place[key]}
    subprocess.run([str(part) for part in command], check=True, env=os.environ | libpq)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def main(verb: str, folder: str):
    os.umask(0o077)
    if verb == "backup":
        sys.stdout.write(f"{backup(Path(folder))}\n")
    else:
        rows = restore(Path(folder))["rows"]
        sys.stdout.write(f"Restored and proved: {sum(rows.values())} rows in {len(rows)} tables.\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        main(*sys.argv[1:])
    except (CannotRestore, subprocess.CalledProcessError) as refusal:
        sys.exit(f"✗ {refusal}")
