"""Which columns of a list are shown, and in which order."""

from functools import cached_property


class Columns:
    """The columns of a table: `names` in the order of the house, and what an officer chose of them."""

    def __init__(self, table_class):
        self.table_class = table_class

    @cached_property
    def _table(self):
        return self.table_class([])

    @property
    def names(self) -> list[str]:
        return list(self._table.sequence)

    @property
    def labels(self) -> dict[str, str]:
        return {column.name: str(column.header) for column in self._table.columns}

    def unknown(self, chosen: str) -> list[str]:
        """What in `house,borrower` is no column here."""
        return [name for name in filter(None, chosen.split(",")) if name not in self.names]

    def shown(self, chosen: str) -> dict:
        """The arguments of the table that shows just these, `house,borrower`; all of them for nothing."""
        wanted = self.arranged([name for name in dict.fromkeys(chosen.split(",")) if name])
        if not wanted:
            return {}
        return {"sequence": [*wanted, "..."], "exclude": [name for name in self.names if name not in wanted]}

    def ordered(self, wanted: list[str], *, up: str | None = None, down: str | None = None) -> list[str]:
        """All columns, the wanted ones first; the one named `up` or `down` has moved by one place."""
        order = [name for name in dict.fromkeys([*wanted, *self.names]) if name in self.names]
        for name, step in ((up, -1), (down, 1)):
            if name in order and 0 <= order.index(name) + step < len(order):
                place = order.index(name)
                order.insert(place + step, order.pop(place))
        return order

    def arranged(self, chosen: list[str]) -> list[str]:
        """The row of totals counts its rows in the first column, so an amount never stands there."""
        if not chosen or not self._is_summed(chosen[0]):
            return chosen
        first = next(name for name in [*chosen, *self.names] if not self._is_summed(name))
        return list(dict.fromkeys([first, *chosen]))

    def _is_summed(self, name: str) -> bool:
        return getattr(self._table.base_columns[name], "summed", False)
