"""What all tests share: cheap passwords, a cache without a table, databases that can be emptied."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from config.append_only import protect, release
from monitoring.versions.frozen import protect_all, release_all
from tests.world import OURS, THEIRS, make_world

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
    "reports_returnversion",
    "reports_returnmove",
    "reports_returnremark",
    "reports_returntick",
    "monitoring_gradingmove",
    "monitoring_activityreport",
    "monitoring_actionplanmove",
    "funds_sheetmove",
    "monitoring_groupmoney",
)


CHEAP = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
}


@pytest.fixture(autouse=True)
def _cheap(settings, tmp_path):
    for name, value in CHEAP.items():
        setattr(settings, name, value)
    settings.MEDIA_ROOT = str(tmp_path / "media")
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
    release_all(connection)
    protect_all(connection)
    yield
    for table in APPEND_ONLY:
        release(connection, table)
    release_all(connection)


@pytest.fixture(scope="module")
def module_worlds(django_db_setup, django_db_blocker, tmp_path_factory):
    """Our world, theirs, and the folder of their files, made once for all tests of a module, which undo
    what they change. Only for modules whose tests never commit."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media, **CHEAP), transaction.atomic():
        yield make_world(OURS), make_world(THEIRS), media
        transaction.set_rollback(True)


@pytest.fixture
def worlds(module_worlds, settings):
    ours, theirs, settings.MEDIA_ROOT = module_worlds
    return ours, theirs


@pytest.fixture
def ours(worlds):
    return worlds[0]


@pytest.fixture
def theirs(worlds):
    return worlds[1]


@pytest.fixture
def sign_in(client):
    """Signs an officer in: `sign_in(officer)` returns the client."""

    def signed_in(officer):
        client.force_login(officer)
        return client

    return signed_in
