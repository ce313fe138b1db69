"""Thai text in SQL, ordered and compared alike on both databases.

PostgreSQL brings the collation (ICU) and the likeness (pg_trgm); SQLite is given the same two by Python.
"""

from django.db.backends.signals import connection_created
from django.db.models import BooleanField, F, FloatField, Func, Q, Value
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThanOrEqual
from django.dispatch import receiver

from config import thai

COLLATION = "th-x-icu"
ENOUGH = 0.4  # of the trigrams: one wrong letter in a word of five


def dictionary_order(path: str) -> Collate:
    """The text at `path`, to be ordered as in the Thai dictionary."""
    return Collate(F(path), COLLATION)


class Likeness(Func):
    """From 0 to 1: the share of trigrams that two spelling keys have in common."""

    function = "similarity"
    arity = 2
    output_field = FloatField()


class _MayBeLike(Func):
    """What PostgreSQL's trigram index answers: all that is like it, and more (above 0.3)."""

    arity = 2
    output_field = BooleanField()
    template = "similarity(%(expressions)s) > 0.3"

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template="%(expressions)s", arg_joiner=" %% ")


def is_like(path: str, key: str) -> Q:
    """The spelling key at `path` is `key`, give or take a slip."""
    pair = F(path), Value(key)
    return Q(_MayBeLike(*pair)) & Q(GreaterThanOrEqual(Likeness(*pair), ENOUGH))


@receiver(connection_created)
def _teach_sqlite(connection, **signal) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)
        connection.connection.create_function("similarity", 2, thai.likeness, deterministic=True)


def _compare(one: str, other: str) -> int:
    ours, theirs = thai.sort_key(one), thai.sort_key(other)
    return (ours > theirs) - (ours < theirs)
