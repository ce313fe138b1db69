"""The trigram index of PostgreSQL, made by a migration; SQLite does without."""

from django.db import DatabaseError, ProgrammingError, migrations

NOT_ALLOWED = (
    "PostgreSQL lacks the extension pg_trgm and this role may not create it. Let an administrator of the database"
    " run CREATE EXTENSION pg_trgm; in it, then migrate again."
)


class NoTrigrams(ProgrammingError):
    """The search of names needs pg_trgm; `str()` says who has to do what."""


def make_extension(connection) -> None:
    """pg_trgm is there afterwards, whoever made it. Raises `NoTrigrams`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            cursor.execute("CREATE EXTENSION pg_trgm")
        except DatabaseError as refusal:
            raise NoTrigrams(NOT_ALLOWED) from refusal


def trigram_index(name: str, table: str, *columns: str) -> migrations.RunPython:
    """The migration step that makes one index of the columns, each of which it answers for by itself."""
    keys = ", ".join(f"{column} gin_trgm_ops" for column in columns)

    def make(apps, editor):
        if editor.connection.vendor == "postgresql":
            make_extension(editor.connection)
            editor.execute(f"CREATE INDEX {name} ON {table} USING gin ({keys})")

    def remove(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX IF EXISTS {name}")

    return migrations.RunPython(make, remove)
