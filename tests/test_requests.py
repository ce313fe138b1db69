"""Reading never writes, and nothing is changed for another site: every URL of the walk."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.checks import OWN_ACCOUNT
from accounts.models import Officer
from accounts.roles import Role
from tests.factories import make_officer
from tests.test_access import PAGES, address, by_name, officers_who
from tests.world import OURS, make_world

pytestmark = pytest.mark.django_db
CHANGE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)
OF_THE_SESSION = {"django_session", "usersessions_usersession"}


class Written(AssertionError):
    """A table was written to where nothing may be written."""


@contextmanager
def nothing_is_written():
    """Refuses every change of the database but those of sessions, which last by being used."""

    def refuse(execute, sql, params, many, context):
        change = CHANGE.match(sql)
        if change and change[1] not in OF_THE_SESSION:
            raise Written(f"{change[0]} while reading")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@by_name(PAGES)
def test_looking_at_a_page_changes_nothing(url, client):
    world = make_world(OURS)

    for officer in officers_who(url.permission):
        client.force_login(officer)
        with nothing_is_written():
            client.get(address(url, world))


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT | {"account_login", "account_logout", "readyz"}))
def test_looking_at_ones_own_account_changes_nothing(name, client):
    client.force_login(make_officer(Role.PROVINCIAL_HEAD))

    with nothing_is_written():
        client.get(reverse(name))


def test_a_write_would_be_seen():
    officer = make_officer()

    with nothing_is_written(), pytest.raises(Written):
        Officer.objects.filter(pk=officer.pk).update(position="เปลี่ยน")
    with nothing_is_written(), pytest.raises(Written):
        make_officer()


@by_name(PAGES)
def test_a_change_without_our_token_is_refused(url):
    world = make_world(OURS)
    checked, unchecked = Client(enforce_csrf_checks=True), Client()

    for officer in officers_who(url.permission)[:1]:
        checked.force_login(officer)
        unchecked.force_login(officer)

        assert checked.post(address(url, world)).status_code == 403
        assert unchecked.post(address(url, world)).status_code != 403


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT | {"account_login", "account_logout"}))
def test_a_change_of_ones_own_account_without_our_token_is_refused(name):
    client = Client(enforce_csrf_checks=True)
    if name != "account_login":
        client.force_login(make_officer())

    assert client.post(reverse(name)).status_code == 403
