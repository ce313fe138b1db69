"""New rows of many tables, given their keys before they are written, so that they can name each other."""

from itertools import count

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import AutoField, Max, Model


class Rows:
    """Collects rows and writes them table by table. One writer at a time: keys go on from the highest."""

    def __init__(self):
        self._keys, self._new = {}, {}

    def add(self, row: Model) -> Model:
        """Keep the row for `write`; it has its key from now on."""
        model = type(row)
        if row.pk is None:
            row.pk = next(self._keys.get(model) or self._keys_of(model))
        self._new.setdefault(model, []).append(row)
        return row

    def _keys_of(self, model) -> count:
        highest = model._base_manager.aggregate(key=Max("pk"))["key"] or 0
        return self._keys.setdefault(model, count(highest + 1))

    @transaction.atomic
    def write(self) -> int:
        """All or nothing; returns how many rows there were."""
        for model, rows in self._new.items():
            _insert(model, rows)
        _continue_keys([model for model in self._new if isinstance(model._meta.pk, AutoField)])
        written = sum(map(len, self._new.values()))
        self._new.clear()
        return written


def _insert(model, rows: list[Model]) -> None:
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        model._base_manager.bulk_create(rows)


def _copy(model, rows: list[Model]) -> None:
    """The same rows as `bulk_create` writes, by COPY: several times quicker."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            )


def _continue_keys(models) -> None:
    """Rows of later get keys behind these."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
