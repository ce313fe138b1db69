"""The guards of the walk (test_access.py), each broken on purpose and seen to fail."""

import pytest
from django.urls import path
from django.views import generic

from accounts import checks
from areas.models import ScopedQuerySet
from tests import test_access as walk
from tests.world import OURS, THEIRS, make_world

pytestmark = pytest.mark.django_db
NAMED = {url.name: url for url in walk.PAGES}


class WithoutPermission(generic.TemplateView):
    template_name = "accounts/home.html"


@pytest.fixture
def worlds():
    return {"ours": make_world(OURS), "theirs": make_world(THEIRS)}


def see_everything(rows, user):
    return rows.all()


@walk.by_name(walk.OF_A_ROW)
def test_rows_without_a_scope_fail_the_walk(url, worlds, client, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "for_user", see_everything)

    with pytest.raises(AssertionError):
        walk.test_their_row_is_not_found(url, **worlds, client=client)


@pytest.mark.parametrize("name", ["households:households", "debts:debts", "debts:contracts"])
def test_lists_without_a_scope_fail_the_walk(name, worlds, client, monkeypatch):
    monkeypatch.setattr(ScopedQuerySet, "for_user", see_everything)

    with pytest.raises(AssertionError):
        walk.test_our_officer_sees_nothing_of_theirs(NAMED[name], **worlds, client=client)
    with pytest.raises(AssertionError):
        walk.test_an_officer_without_an_area_sees_nothing(NAMED[name], worlds["ours"], client)


@pytest.mark.parametrize(
    "name", ["accounts:officer-new", "funds:village-new", "households:household-new", "monitoring:visit-new"]
)
def test_a_drop_down_without_a_scope_fails_the_walk(name, worlds, client, monkeypatch):
    monkeypatch.setattr("accounts.forms.scope_choices", lambda form, user: None)

    with pytest.raises(AssertionError):
        walk.test_our_officer_sees_nothing_of_theirs(NAMED[name], **worlds, client=client)


def test_a_page_without_a_permission_is_reported(monkeypatch):
    pattern = path("new/", WithoutPermission.as_view(), name="new")
    monkeypatch.setattr(checks, "every_url", lambda: [checks.Url("new", pattern, ())])

    errors = checks.every_page_names_its_permission(None)

    assert [error.id for error in errors] == ["accounts.E001"]


def test_a_permission_that_is_not_asked_for_fails_the_walk(worlds, client, monkeypatch):
    monkeypatch.setattr("accounts.models.Officer.can", lambda officer, permission: True)

    with pytest.raises(AssertionError):
        walk.test_a_role_without_the_permission_is_refused(NAMED["debts:debts"], worlds["ours"], client)
