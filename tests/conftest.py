"""What all tests share: cheap passwords, a cache without a table, databases that can be emptied."""

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from config.append_only import protect, release

hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.load_profile("same")
APPEND_ONLY = (
    "debts_entry",
    "debts_casemove",
    "debts_debtclass",
    "debts_registermove",
    "debts_transfer",
    "debts_transferpart",
    "debts_planmove",
    "debts_planapproval",
    "accounts_auditevent",
    "monitoring_visitmove",
    "monitoring_followup",
)


@pytest.fixture(autouse=True)
def _cheap(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()


@pytest.fixture(autouse=True)
def _can_be_emptied(request):
    """Tests that commit leave rows in append-only tables, which only a test may empty again."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction")) or "live_server" in request.fixturenames
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    for table in APPEND_ONLY:
        release(connection, table)
        protect(connection, table)
    yield
    for table in APPEND_ONLY:
        release(connection, table)


@pytest.fixture
def sign_in(client):
    """Signs an officer in: `sign_in(officer)` returns the client."""

    def signed_in(officer):
        client.force_login(officer)
        return client

    return signed_in
