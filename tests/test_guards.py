"""The guards themselves: each one broken on purpose, to see that the walk notices."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import forms, middleware, pages
from accounts.audit import ACTIONS
from accounts.checks import every_page_names_its_permission
from accounts.pages import ListPage, Page
from accounts.roles import Role
from areas.models import ScopedQuerySet
from reports.home_views import Home
from tests import test_access as walk
from tests.factories import make_officer
from tests.test_access import PAGES, address, by_name
from tests.world import OURS, make_world

pytestmark = pytest.mark.django_db
URLS = {url.name: url for url in PAGES}
LISTS = [url for url in PAGES if issubclass(getattr(url.pattern.callback, "view_class", object), ListPage)]
# What reading may write: the session, the devices one is signed in on, and the record of the reading.
WRITTEN_BY_READING = re.compile(r'"(django_session|usersessions_usersession|accounts_auditevent)"')
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def everything(rows, user):
    return rows.all()


def forgotten(form, user):
    return None


@pytest.mark.parametrize("name", ["households", "debts:debts", "funds:centres", "accounts:officers"])
def test_the_walk_sees_a_list_that_forgets_the_area(name, worlds, client, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "for_user", everything)

    with pytest.raises(AssertionError):
        walk.test_our_officer_sees_nothing_of_theirs(URLS[name], *worlds, client)


@pytest.mark.parametrize(
    "name", ["households:household", "debts:household", "funds:centre", "accounts:officer"]
)
def test_the_walk_sees_a_row_found_outside_the_area(name, worlds, client, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "for_user", everything)

    with pytest.raises(AssertionError):
        walk.test_their_row_is_not_found(URLS[name], *worlds, client)


def test_the_walk_sees_a_form_with_a_drop_down_of_all_areas(worlds, client, monkeypatch):
    monkeypatch.setattr(forms, "scope_choices", forgotten)

    with pytest.raises(AssertionError):
        walk.test_our_officer_sees_nothing_of_theirs(URLS["accounts:officer-new"], *worlds, client)


def test_the_walk_sees_a_filter_with_a_drop_down_of_all_areas(worlds, client, monkeypatch):
    monkeypatch.setattr(pages, "scope_choices", forgotten)

    with pytest.raises(AssertionError):
        walk.test_our_officer_sees_nothing_of_theirs(URLS["accounts:officers"], *worlds, client)


def test_the_walk_sees_a_page_that_asks_for_no_permission(worlds, client, monkeypatch):
    monkeypatch.delattr(Page, "dispatch")

    with pytest.raises(AssertionError):
        walk.test_a_role_without_the_permission_is_refused(URLS["accounts:officers"], worlds[0], client)


def test_the_walk_sees_a_door_without_a_lock(worlds, client, monkeypatch):
    monkeypatch.setattr(middleware.SignInRequired, "process_view", lambda *args: None)

    with pytest.raises((AssertionError, AttributeError)):
        walk.test_a_stranger_is_sent_to_sign_in(URLS["home"], worlds[0], client)


def test_the_check_names_a_page_without_a_permission(monkeypatch):
    monkeypatch.delattr(Home, "permission")

    assert [error.msg for error in every_page_names_its_permission(None)] == [
        "The page home names no permission."
    ]


def refuse_writes(execute, sql, params, many, context):
    assert not WRITES.match(sql) or WRITTEN_BY_READING.search(sql), sql
    return execute(sql, params, many, context)


@by_name(PAGES)
def test_reading_never_writes(url, ours, client):
    for officer in walk.officers_who(url.permission)[:1]:
        client.force_login(officer)

        with connection.execute_wrapper(refuse_writes):
            list(client.get(address(url, ours)))  # read to its end, so that a file is closed


def test_a_write_while_reading_is_seen():
    officer = make_officer()

    with connection.execute_wrapper(refuse_writes), pytest.raises(AssertionError):
        officer.save()


def queries_of(path, client) -> int:
    client.get(path)  # what is read once is not counted
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@by_name([url for url in LISTS if not url.keywords])
def test_a_list_asks_no_more_queries_for_more_rows(url, ours, client):
    officer = next(iter(walk.officers_who(url.permission)), None) or make_officer(Role.ADMINISTRATOR)
    client.force_login(officer)
    few = queries_of(reverse(url.name), client)
    for number in (4, 5, 6):
        make_world(f"{OURS}{number}", f"3310050{number}")

    assert queries_of(reverse(url.name), client) == few


def test_every_recorded_act_has_a_thai_name():
    root = Path(__file__).parent.parent
    apps = ("accounts", "households", "funds", "debts", "monitoring", "reports")
    source = "".join(file.read_text("utf-8") for app in apps for file in (root / app).rglob("*.py"))

    recorded = set(re.findall(r'record\([^)]*?action="([\w-]+)"', source, re.DOTALL))

    assert recorded
    assert recorded <= ACTIONS.keys()
