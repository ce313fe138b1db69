"""Lists as an officer wants to see them again: filter, columns and order under a name, and one's own columns."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction
from django.http import QueryDict
from django.urls import Resolver404, resolve

from accounts.models import Officer, SavedView

NOT_KEPT = ("page", "export", "totals", "view")  # what is asked for once


class KnownList(NamedTuple):
    """A list of the house at an address; `name` is its URL name, `page` its class."""

    name: str
    page: type
    path: str
    query: QueryDict

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query.urlencode()}" if self.query else self.path

    def shown_with(self, columns: list[str] | None) -> str:
        """The address of the list with these columns, or with its own."""
        query = self.query.copy()
        query.pop("columns", None)
        if columns:
            query["columns"] = ",".join(columns)
        return self._replace(query=query).address if query else f"{self.path}?view=all"


def list_at(address: str) -> KnownList | None:
    """The list at this address of ours, without what is asked for once; None when there is none."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    page = getattr(found.func, "view_class", None)
    return KnownList(found.view_name, page, parts.path, kept_query(parts.query)) if page else None


def kept_query(query: str) -> QueryDict:
    kept = QueryDict(query, mutable=True)
    for name in [name for name in kept if name in NOT_KEPT or not any(kept.getlist(name))]:
        del kept[name]
    return kept


@transaction.atomic
def save(*, of: str, name: str, query: QueryDict, is_default: bool, by: Officer) -> SavedView:
    """Keep the list under this name; the same name is kept anew. At most one is the default of a list."""
    if is_default:
        by.saved_views.filter(list=of).update(is_default=False)
    values = {"query": query.urlencode(), "is_default": is_default}
    return by.saved_views.update_or_create(list=of, name=name, defaults=values)[0]


@transaction.atomic
def make_default(view: SavedView, *, is_default: bool) -> None:
    view.officer.saved_views.filter(list=view.list).update(is_default=False)
    view.is_default = is_default
    view.save(update_fields=["is_default"])


def keep_columns(*, of: str, columns: list[str] | None, by: Officer) -> None:
    """The columns the officer wants to see in this list from now on; None for those of the house."""
    if columns is None:
        by.saved_views.filter(list=of, name="").delete()
        return
    query = QueryDict(mutable=True)
    query["columns"] = ",".join(columns)
    by.saved_views.update_or_create(list=of, name="", defaults={"query": query.urlencode()})


def wanted_query(views: list[SavedView], query: QueryDict, *, known: list[str]) -> QueryDict | None:
    """The address of a list as the officer wants it: the default view where nothing is asked for, and the
    chosen columns, of those the list still has. None when `query` says it all."""
    default = next((view.query for view in views if view.is_default), "")
    wanted = query.copy() if query else QueryDict(default, mutable=True)
    chosen = next((QueryDict(view.query)["columns"].split(",") for view in views if not view.name), [])
    if kept := [name for name in chosen if name in known]:
        wanted.setdefault("columns", ",".join(kept))
    return wanted if wanted != query else None
