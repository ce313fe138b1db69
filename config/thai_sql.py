"""Thai text in SQL, ordered and compared alike on both databases.

PostgreSQL brings the collation (ICU) and the likeness (pg_trgm); SQLite is given the same two by Python.
"""

from django.db.backends.signals import connection_created
from django.db.models import F, FloatField, Func
from django.db.models.functions import Collate
from django.dispatch import receiver

from config import thai

COLLATION = "th-x-icu"


def dictionary_order(path: str) -> Collate:
    """The text at `path`, to be ordered as in the Thai dictionary."""
    return Collate(F(path), COLLATION)


class Likeness(Func):
    """From 0 to 1: the share of trigrams that two sound keys have in common."""

    function = "similarity"
    arity = 2
    output_field = FloatField()


@receiver(connection_created)
def _teach_sqlite(connection, **signal) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)
        connection.connection.create_function("similarity", 2, thai.likeness, deterministic=True)


def _compare(one: str, other: str) -> int:
    ours, theirs = thai.sort_key(one), thai.sort_key(other)
    return (ours > theirs) - (ours < theirs)
