"""Signing in and out: throttled, silent about who exists, ended when idle, a second step where required."""

import base64
import hmac
import struct
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from tests.factories import PASSWORD, make_officer

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "แม่น้ำ-สีเขียว-ตอนเช้า-๙"
SIGN_IN = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": username, "password": password, **more})


def code_for(secret) -> str:
    """What the app in the telephone shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def test_an_officer_signs_in_and_the_sign_in_is_recorded(client):
    officer = make_officer()

    response = sign_in(client, officer.username)

    assert response["Location"] == "/"
    assert AuditEvent.objects.get().action == "sign_in"


@pytest.mark.parametrize("password", ["wrong-password-123", ""])
def test_unknown_and_known_officers_get_the_same_answer(client, password):
    known = make_officer()

    answers = [
        sign_in(client, username, password).content.decode().replace(username, "*")
        for username in (known.username, "nobody1")
    ]

    tokens = [answer.split('csrfmiddlewaretoken" value="')[1][:64] for answer in answers]
    assert answers[0].replace(tokens[0], "") == answers[1].replace(tokens[1], "")


def test_unknown_and_known_officers_cost_the_same_hashing(client, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    officer = make_officer()

    costs = []
    for username in (officer.username, "nobody1"):
        hashed.clear()
        sign_in(client, username, "wrong-password-123")
        costs.append(len(hashed))

    assert costs == [1, 1]


def test_a_dismissed_officer_is_told_what_a_stranger_is_told(client):
    officer = make_officer(is_active=False)

    response = sign_in(client, officer.username)

    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in response.content.decode()


def test_after_five_failures_even_the_right_password_waits(client):
    officer = make_officer()
    for _ in range(5):
        sign_in(client, officer.username, "wrong-password-123")

    response = sign_in(client, officer.username)

    assert "ลองใหม่ได้ในอีก 15 นาที" in response.content.decode()
    assert client.get("/").status_code == 302


def test_failures_are_recorded_without_what_was_typed(client):
    sign_in(client, "my-secret-typed-as-name", "wrong-password-123")

    event = AuditEvent.objects.get()
    assert (event.action, event.target, event.detail) == ("sign_in_failed", "unknown", {})


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, next_page):
    response = sign_in(client, make_officer().username, next=next_page)

    assert response["Location"] == "/"


def test_signing_in_returns_to_the_page_that_was_asked_for(client):
    asked = client.get("/debts/?q=18")["Location"]
    query = parse_qs(urlsplit(asked).query)

    response = sign_in(client, make_officer().username, next=query["next"][0])

    assert response["Location"] == "/debts/?q=18"


def test_an_idle_session_ends_and_the_page_says_so(client, settings):
    sign_in(client, make_officer().username)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    response = client.get("/debts/", follow=True)

    assert response.redirect_chain[0][0] == "/accounts/login/?next=/debts/&ended=1"
    assert "หมดเวลาการใช้งาน" in response.content.decode()


def test_a_session_is_kept_for_half_an_hour_after_the_last_page(client):
    sign_in(client, make_officer().username)

    left = Session.objects.get().expire_date - timezone.now()

    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    assert client.cookies["session"]["max-age"] == ""  # gone when the browser closes


def test_a_stranger_is_not_told_that_time_is_over(client):
    assert "ended" not in client.get("/")["Location"]


def test_a_busy_session_ends_after_twelve_hours(client):
    sign_in(client, make_officer().username)
    session = client.session
    session["began_at"] = (timezone.now() - timedelta(hours=12, seconds=1)).timestamp()
    session.save()

    assert client.get("/")["Location"] == "/accounts/login/?next=/&ended=1"


def test_a_part_of_a_page_asked_for_too_late_sends_the_whole_page_to_sign_in(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/debts/?q=1"}

    response = client.get("/reports/", headers=headers)

    assert response["HX-Redirect"] == "/accounts/login/?next=/debts/%3Fq%3D1"


def test_signing_out_ends_the_session_on_the_server_and_empties_the_cache(client):
    sign_in(client, make_officer().username)
    key = client.session.session_key

    response = client.post("/accounts/logout/")

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(pk=key).exists()


def test_asking_for_the_sign_out_page_signs_nobody_out(client):
    sign_in(client, make_officer().username)

    client.get("/accounts/logout/")

    assert client.get("/").status_code == 200


def test_changing_the_password_ends_the_sessions_of_all_devices(client):
    officer = make_officer(must_change_password=True)
    other_device = Client()
    for device in (client, other_device):
        sign_in(device, officer.username)
    posted = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    client.post("/accounts/password/", posted)

    assert client.get("/").status_code == other_device.get("/").status_code == 302
    assert sign_in(client, officer.username, NEW_PASSWORD)["Location"] == "/"
    assert client.get("/").status_code == 200  # the duty to change it is done


@pytest.mark.parametrize("path", ["/", "/debts/", "/accounts/profile/", "/accounts/2fa/", "/no-such-page"])
def test_with_a_first_password_no_page_opens_but_its_change(client, path):
    sign_in(client, make_officer(must_change_password=True).username)

    response = client.get(path)

    assert response.status_code == 404 or response["Location"] == "/accounts/password/"
    assert client.get("/accounts/password/").status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        "short-one-1",
        "123456789012",
        "password12345",
        "พัฒนาชุมชนศรีสะเกษ",
        "cddsisaket2565",
        "สพช.จังหวัดตาก2565",
        "officer-somjai",
    ],
)
def test_weak_passwords_are_refused(password):
    officer = make_officer(username="officer-somjai")

    with pytest.raises(ValidationError):
        validate_password(password, officer)


@pytest.mark.parametrize("password", [NEW_PASSWORD, "correct horse battery staple", "ข้าวเหนียวปิ้งตอนหกโมงเช้า"])
def test_long_passwords_of_ones_own_are_taken(password):
    validate_password(password, make_officer())


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", ["/", "/reports/", "/manage/officers/", "/accounts/profile/"])
def test_without_a_second_step_the_department_and_administrators_open_nothing(client, role, path):
    officer = make_officer(role)
    Authenticator.objects.filter(user=officer).delete()
    sign_in(client, officer.username)

    assert client.get(path)["Location"] == "/accounts/2fa/activate/"


def test_a_demonstration_may_do_without_the_second_step(client, settings):
    settings.SECOND_STEP_REQUIRED = False
    officer = make_officer(Role.ADMINISTRATOR)
    Authenticator.objects.filter(user=officer).delete()
    sign_in(client, officer.username)

    assert client.get("/").status_code == 200


def test_the_second_step_is_set_up_asked_for_and_cannot_be_switched_off(client):
    officer = make_officer(Role.ADMINISTRATOR)
    Authenticator.objects.filter(user=officer).delete()
    sign_in(client, officer.username)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/activate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/activate/").context["form"].secret

    codes = client.post("/accounts/2fa/activate/", {"code": code_for(secret)}, follow=True).context[
        "unused_codes"
    ]

    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(stored.data)  # sealed at rest
    assert len(codes) == 10
    client.post("/accounts/2fa/deactivate/")
    assert Authenticator.objects.filter(pk=stored.pk).exists()

    other = Client()
    assert sign_in(other, officer.username)["Location"].startswith("/accounts/2fa/authenticate/")
    assert other.get("/").status_code == 302
    assert other.post("/accounts/2fa/authenticate/", {"code": codes[0]})["Location"] == "/"
    assert other.get("/").status_code == 200


def test_a_recovery_code_works_once(client):
    officer = make_officer(Role.ADMINISTRATOR)
    Authenticator.objects.filter(user=officer).delete()
    sign_in(client, officer.username)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/activate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/activate/").context["form"].secret
    codes = client.post("/accounts/2fa/activate/", {"code": code_for(secret)}, follow=True).context[
        "unused_codes"
    ]

    signed_in = []
    for _ in range(2):
        device = Client()
        sign_in(device, officer.username)
        device.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        signed_in.append(device.get("/").status_code == 200)

    assert signed_in == [True, False]


def test_nobody_signs_up_or_resets_a_password_by_mail(client):
    paths = ["signup/", "password/reset/", "email/", "2fa/webauthn/", "2fa/codes/download/", "inactive/"]

    assert {client.get(f"/accounts/{path}").status_code for path in paths} == {404}


def test_going_on_begins_the_half_hour_anew(client):
    sign_in(client, make_officer().username)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))

    response = client.post("/accounts/stay/")

    assert response.status_code == 204
    assert Session.objects.get().expire_date - timezone.now() > timedelta(minutes=29)
    assert client.get("/accounts/stay/").status_code == 405


def test_a_page_knows_how_long_the_session_lasts_in_all(client):
    sign_in(client, make_officer().username)
    session = client.session
    session["began_at"] = (timezone.now() - timedelta(hours=11, minutes=50)).timestamp()
    session.save()

    context = client.get("/").context

    assert context["session_idle"] == 30 * 60
    assert 590 <= context["session_left"] <= 600
