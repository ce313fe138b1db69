"""The database itself refuses to change an approved list of issues or scorecard, or an item of one."""

from typing import NamedTuple

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN IF {old} THEN RAISE EXCEPTION 'approved version in %%', TG_TABLE_NAME; END IF; END IF;
  IF TG_OP <> 'DELETE' THEN IF {new} THEN RAISE EXCEPTION 'approved version in %%', TG_TABLE_NAME; END IF; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_frozen();
"""
SQLITE = """
CREATE TRIGGER {table}_frozen_{verb} BEFORE {verb} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, 'approved version in {table}'); END;
"""
NEVER = "1 = 0"


class Guard(NamedTuple):
    """`old` tells whether the row as it was may not be changed, `new` whether the row as it would be may not be
    written: SQL of OLD and NEW, constants of ours alone."""

    table: str
    old: str
    new: str = NEVER

    def protect(self, connection) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL.format(**self._asdict()), [])
                return
            for verb, when in self._verbs():
                cursor.execute(SQLITE.format(table=self.table, verb=verb, when=when))

    def release(self, connection) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_frozen ON {self.table}")
                return
            for verb, _ in self._verbs():
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_frozen_{verb}")

    def _verbs(self):
        return ("INSERT", self.new), ("UPDATE", f"({self.old}) OR ({self.new})"), ("DELETE", self.old)


def _with_items(table: str, items: str, key: str) -> tuple[Guard, Guard]:
    approved = (
        f"EXISTS (SELECT 1 FROM {table} head WHERE head.id = {{row}}.{key} AND head.approved_on IS NOT NULL)"  # noqa: S608 - constants
    )
    head = Guard(table, "OLD.approved_on IS NOT NULL")
    return head, Guard(items, approved.format(row="OLD"), approved.format(row="NEW"))


GUARDS = (
    *_with_items("monitoring_issuetemplate", "monitoring_issueitem", "template_id"),
    *_with_items("monitoring_scorecard", "monitoring_scorecarditem", "scorecard_id"),
)


def protect_all(connection) -> None:
    for guard in GUARDS:
        guard.protect(connection)


def release_all(connection) -> None:
    """For migrations that change these tables, and for emptying a test database."""
    for guard in GUARDS:
        guard.release(connection)
