"""The drill: a copy made here comes back whole elsewhere, on the engine the tests run on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections

PROJECT = Path(__file__).parents[2]
OLD, NEW = (f"drill_{age}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}" for age in ("old", "new"))


def settings_for(place, folder):
    """The environment of a machine whose database is called `place`."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{folder}/{place}.sqlite3"
    else:
        url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{place}"
    return os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / place),
        "STATIC_ROOT": str(folder / "static"),
    }


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def places(tmp_path, django_db_blocker):
    """Two machines: an old one with a database and a file, a new one with neither."""
    with django_db_blocker.unblock():
        _recreate_databases()
        old, new = (settings_for(place, tmp_path) for place in (OLD, NEW))
        assert run(old, "manage.py", "migrate", "--verbosity", "0") == (0, "")
        (tmp_path / OLD).mkdir()
        (tmp_path / OLD / "photo.jpg").write_bytes(b"photo")
        yield old, new
        _recreate_databases(again=False)


def _recreate_databases(again=True):
    if connection.vendor == "postgresql":
        with connections["default"]._nodb_cursor() as cursor:
            for place in (OLD, NEW):
                cursor.execute(f"DROP DATABASE IF EXISTS {place} WITH (FORCE)")
                if again:
                    cursor.execute(f"CREATE DATABASE {place}")


def backed_up(old, tmp_path):
    status, said = run(old, "script/snapshot.py", "backup", str(tmp_path / "copies"))
    assert status == 0, said
    return Path(said.strip())


def test_a_copy_comes_back_whole_elsewhere(places, tmp_path):
    old, new = places

    status, said = run(new, "script/snapshot.py", "restore", str(backed_up(old, tmp_path)))

    assert (status, "Restored and proved" in said) == (0, True), said
    assert (tmp_path / NEW / "photo.jpg").read_bytes() == b"photo"


def test_a_copy_is_not_restored_over_anything(places, tmp_path):
    old, _ = places

    status, said = run(old, "script/snapshot.py", "restore", str(backed_up(old, tmp_path)))

    assert (status, "empty database" in said) == (1, True), said


def test_a_damaged_copy_is_refused(places, tmp_path):
    old, new = places
    copy = backed_up(old, tmp_path)
    with (copy / "database").open("ab") as stream:
        stream.write(b"x")

    status, said = run(new, "script/snapshot.py", "restore", str(copy))

    assert (status, "is not the file that was written" in said) == (1, True), said
