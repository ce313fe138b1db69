"""Tables whose rows are written once: the database itself refuses updates and deletes."""

from django.db import migrations

POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table %%', TG_TABLE_NAME; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END;
"""


def protect(connection, table: str) -> None:
    """Make `table` append-only on this connection's database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL.format(table=table), [])
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(SQLITE.format(table=table, verb=verb))


def release(connection, table: str) -> None:
    """Let `table` be changed again: for migrations that must, and for emptying a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


def append_only(table: str) -> migrations.RunPython:
    """The migration step that protects `table`."""
    return migrations.RunPython(
        lambda apps, editor: protect(editor.connection, table),
        lambda apps, editor: release(editor.connection, table),
    )


def append_only_again(table: str) -> migrations.RunPython:
    """The migration step that protects `table` after its columns changed: SQLite makes a new table, without what
    protected the old one."""

    def protect_anew(apps, editor):
        release(editor.connection, table)
        protect(editor.connection, table)

    return migrations.RunPython(protect_anew, migrations.RunPython.noop)
