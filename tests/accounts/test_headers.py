"""What browsers are told on every answer, whatever it answers."""

import os
import runpy
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.checks import OWN_ACCOUNT, PUBLIC
from accounts.roles import Can, Role
from reports.home_views import Home
from tests.factories import PASSWORD, make_officer
from tests.test_access import PAGES, address, by_name, officers_who
from tests.world import OURS, make_world

pytestmark = pytest.mark.django_db
SETTINGS = Path(__file__).parents[2] / "config" / "settings.py"
FROM_THE_ENVIRONMENT = ("SESSION_", "CSRF_", "SECURE_", "ALLAUTH_")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def settings_of(settings, monkeypatch):
    """Puts the settings in force that `config/settings.py` makes of this environment."""

    def put_in_force(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        fresh = runpy.run_path(str(SETTINGS))
        for name in filter(lambda name: name.startswith(FROM_THE_ENVIRONMENT), fresh):
            setattr(settings, name, fresh[name])

    return put_in_force


@pytest.fixture
def over_https(settings_of):
    settings_of(HTTPS="on")


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts if name}


def assert_protected(response, **stricter):
    """The headers every answer has (or stricter ones), and a content policy without a hole."""
    policy, fixed = policy_of(response), {**FIXED, **stricter}
    assert {name: response.get(name) for name in fixed} == fixed
    assert {name: policy.get(name) for name in POLICY} == POLICY
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)


def assert_private(response):
    assert "no-store" in response.get("Cache-Control", "")


def raise_an_error(*args, **kwargs):
    raise RuntimeError("secret detail of /srv/app and SELECT * FROM person")


@by_name(PAGES)
def test_every_page_protects_itself_and_stays_in_no_cache(url, client):
    world = make_world(OURS)

    for officer in officers_who(url.permission)[:1]:
        client.force_login(officer)
        for method in (client.get, client.post):
            response = method(address(url, world))

            assert_protected(response)
            assert_private(response)
            b"".join(response)  # read to its end, a photo closes its file


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT))
def test_the_pages_of_the_own_account_do_too(name, client):
    client.force_login(make_officer(Role.DISTRICT_HEAD))

    response = client.get(reverse(name))

    assert_protected(response)
    assert_private(response)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_the_pages_before_sign_in_do_too(name, client):
    is_open_to_all = name == "verify"
    response = client.get(reverse(name, args=["no-such-paper"] if is_open_to_all else []))

    assert_protected(response, **({"Referrer-Policy": "no-referrer"} if is_open_to_all else {}))


def test_a_page_that_is_not_there_is_protected(client):
    client.force_login(make_officer())

    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert_protected(response)
    assert_private(response)


def test_a_refused_page_is_protected(client):
    client.force_login(make_officer(Role.ADMINISTRATOR))

    response = client.get(reverse("debts:debts"))

    assert response.status_code == 403
    assert_protected(response)
    assert_private(response)


def test_an_error_is_protected_and_tells_nothing(client, monkeypatch, caplog):
    monkeypatch.setattr(Home, "get", raise_an_error, raising=False)
    client.raise_request_exception = False
    client.force_login(make_officer())

    response = client.get("/")

    assert response.status_code == 500
    assert_protected(response)
    assert_private(response)
    assert "secret detail" not in response.content.decode()


def test_a_change_from_another_site_is_refused_and_protected():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_officer())

    response = client.post("/accounts/logout/")

    assert response.status_code == 403
    assert_protected(response)


@pytest.mark.usefixtures("over_https")
def test_cookies_stay_on_this_host_over_https_and_away_from_scripts(client):
    officer = make_officer(Role.DISTRICT_HEAD)

    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD}, secure=True)

    assert set(client.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.usefixtures("over_https")
def test_plain_http_is_sent_to_https_for_good(client):
    response = client.get(reverse("account_login"))
    assert response.status_code == 301
    assert response["Location"] == "https://testserver/accounts/login/"

    response = client.get(reverse("account_login"), secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.usefixtures("over_https")
@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_the_proxy_asks_for_health_without_tls(name, client):
    response = client.get(reverse(name))

    assert response.status_code == 200


@pytest.mark.usefixtures("over_https")
def test_only_the_two_health_addresses_are_open_without_tls(client):
    for path in ("/healthz/", "/healthz2", "/x/healthz", "/readyz/x"):
        assert client.get(path).status_code == 301, path


def test_behind_a_proxy_the_browsers_address_counts_failures(client, settings_of):
    settings_of(BEHIND_PROXY="on")
    wrong = {"login": "nobody", "password": "wrong"}

    def fail(spoofed, browser, login):
        addresses = f"{spoofed}, {browser}"
        return client.post(
            reverse("account_login"), {**wrong, "login": login}, HTTP_X_FORWARDED_FOR=addresses
        )

    for number in range(10):
        fail(f"198.51.100.{number}", "203.0.113.7", f"guess{number}")

    assert "ไม่สำเร็จหลายครั้ง" in fail("198.51.100.99", "203.0.113.7", "guess99").content.decode()
    assert "ไม่ถูกต้อง" in fail("198.51.100.99", "203.0.113.8", "guess99").content.decode()


def test_without_a_proxy_a_forwarded_address_is_not_believed(client, settings_of):
    settings_of(BEHIND_PROXY="off")

    def fail(number):
        credentials = {"login": f"guess{number}", "password": "wrong"}
        return client.post(reverse("account_login"), credentials, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    for number in range(10):
        fail(number)

    assert "ไม่สำเร็จหลายครั้ง" in fail(99).content.decode()


@pytest.mark.usefixtures("over_https")
def test_the_deployment_check_finds_nothing(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.SECRET_KEY = "k7" + os.urandom(40).hex()

    call_command("check", deploy=True, fail_level="WARNING")


def test_signing_in_is_the_only_right_a_page_needs_for_oneself():
    own = {url.name for url in PAGES if url.permission == Can.SIGN_IN}

    assert own == {
        "home",
        "accounts:profile",
        "accounts:profile-edit",
        "accounts:stay",
        "accounts:list-views",
        "accounts:list-columns",
    }
