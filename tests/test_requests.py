"""Nothing is changed for another site: every URL of the walk."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.checks import OWN_ACCOUNT
from tests.factories import make_officer
from tests.test_access import PAGES, address, by_name, officers_who

pytestmark = pytest.mark.django_db


@by_name(PAGES)
def test_a_change_without_our_token_is_refused(url, ours):
    checked, unchecked = Client(enforce_csrf_checks=True), Client()

    for officer in officers_who(url.permission)[:1]:
        checked.force_login(officer)
        unchecked.force_login(officer)

        assert checked.post(address(url, ours)).status_code == 403
        assert unchecked.post(address(url, ours)).status_code != 403


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT | {"account_login", "account_logout"}))
def test_a_change_of_ones_own_account_without_our_token_is_refused(name):
    client = Client(enforce_csrf_checks=True)
    if name != "account_login":
        client.force_login(make_officer())

    assert client.post(reverse(name)).status_code == 403
