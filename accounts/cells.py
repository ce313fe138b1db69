"""What the cells of a list hold, for files of many rows.

As `BoundRow.get_cell_value` of django-tables2 finds it; but what does not depend on the row is found out once,
for 100,000 rows have a million cells.
"""

from collections.abc import Callable

from django.utils.encoding import force_str
from django_tables2.utils import signature


def reader(column) -> Callable:
    """Takes a row of the database to the value of this column: a number, a day, text or None."""
    write, empty, get = _writer(column), column.column.empty_values, _getter(column.accessor)

    def read(record):
        value = get(record)
        return None if value in empty else force_str(write(value, record), strings_only=True)

    return read


def _writer(column) -> Callable:
    """Calls the column's `value`, or its `render` where the column has no other, with what it asks for."""
    names, takes_all = signature(column.value)
    function = column.column.render if takes_all else column.value
    wanted = set(signature(function)[0])
    fixed = {"bound_column": column, "column": column.column}
    fixed = {name: value for name, value in fixed.items() if name in wanted}

    def write(value, record):
        of_the_row = {"value": value, "record": record}
        return function(**fixed, **{name: of_the_row[name] for name in of_the_row if name in wanted})

    return write


def _getter(accessor: str) -> Callable:
    *path, last = accessor.split("__")
    display = f"get_{last}_display"

    def get(record):
        for name in path:
            record = getattr(record, name, None)
        in_words = getattr(record, display, None)
        value = in_words() if in_words else getattr(record, last, None)
        return value() if callable(value) else value

    return get
