"""The walk: every URL of the project, opened by those who may and those who may not.

Two worlds, ours and theirs, every text marked. Our officer sees ours and nothing of theirs; their object is
not found, by GET and by POST; without an area nothing is seen; without the permission the answer is 403.
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.checks import OWN_ACCOUNT, PUBLIC, every_page_names_its_permission, every_url
from accounts.models import Officer
from accounts.roles import PERMISSIONS, Can, Role, allows
from accounts.sheets import XLSX
from reports.api.collections import COLLECTIONS
from reports.api.tokens import _hash, revoke
from reports.models import ApiToken
from tests.factories import make_officer, make_secret, make_village
from tests.reading import cells_of, text_of
from tests.world import CODES, OURS, THEIRS

pytestmark = pytest.mark.django_db
PAGES = [url for url in every_url() if url.name not in PUBLIC | OWN_ACCOUNT and not url.by_token]
BY_TOKEN = [url for url in every_url() if url.by_token]
# Found by the officer who asked for it alone: nobody else of the office may have it.
OF_WHO_ASKED = {"accounts:job-result"}
OF_A_ROW = [url for url in PAGES if url.keywords]
# Below the country, so that there is a world the officer must not see.
LOCAL_ROLES = [Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD, Role.PROVINCIAL_STAFF, Role.PROVINCIAL_HEAD]


def by_name(urls):
    return pytest.mark.parametrize("url", urls, ids=[url.name for url in urls])


def address(url, world) -> str:
    missing = set(url.keywords) - set(world)
    assert not missing, f"tests/world.py has no sample for {missing} of {url.name}"
    return reverse(url.name, kwargs={keyword: world[keyword] for keyword in url.keywords})


def officers_who(permission, **fields) -> list[Officer]:
    village = make_village(CODES[OURS])
    roles = [role for role in LOCAL_ROLES if allows(role, permission)]
    return [make_officer(role, area=village, first_name="ผู้ใช้", **fields) for role in roles]


def texts(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if kind == "application/pdf":
        return text_of(content)
    return cells_of(content) if kind == XLSX else content.decode(errors="ignore")


def without_what_was_typed(page: str) -> str:
    """The page less the search boxes, the chips and the heading, which repeat what was searched for."""
    page = re.sub(r'<ul class="chips".*?</ul>', "", page, flags=re.DOTALL)
    return page.replace(f'value="{THEIRS}"', "").replace(f"“{THEIRS}”", "")


def test_every_page_names_its_permission():
    assert every_page_names_its_permission(None) == []


def test_no_role_means_no_permission():
    assert not any(allows("", permission) for permission in Can)


def test_administrators_see_no_case():
    seen = {Can.SIGN_IN, Can.MANAGE_OFFICERS, Can.VIEW_AUDIT, Can.VIEW_JOBS}
    assert PERMISSIONS[Role.ADMINISTRATOR] == seen


@by_name(PAGES)
def test_a_stranger_is_sent_to_sign_in(url, ours, client):
    for method in (client.get, client.post):
        response = method(address(url, ours))

        assert response.status_code == 302, url.name
        assert response["Location"].startswith("/accounts/login/")


@by_name(PAGES)
def test_our_officer_sees_nothing_of_theirs(url, ours, theirs, client):
    for officer in officers_who(url.permission):
        client.force_login(officer)
        response = client.get(address(url, ours))

        found = (404,) if url.name in OF_WHO_ASKED else (200, 302, 405)
        assert response.status_code in found, (url.name, officer.role)
        assert THEIRS not in texts(response), (url.name, officer.role)


@by_name(OF_A_ROW)
def test_their_row_is_not_found(url, ours, theirs, client):
    for officer in officers_who(url.permission):
        client.force_login(officer)
        for method in (client.get, client.post):
            response = method(address(url, theirs))

            assert response.status_code in (404, 405), (url.name, officer.role, method)


@by_name(PAGES)
def test_a_list_searched_or_exported_shows_nothing_of_theirs(url, ours, theirs, client):
    for officer in officers_who(url.permission):
        client.force_login(officer)
        for query in ({"export": "csv"}, {"q": THEIRS}, {"export": "csv", "q": THEIRS}):
            response = client.get(address(url, ours), query)

            shown = without_what_was_typed(texts(response))
            assert THEIRS not in shown, (url.name, query)


@by_name(PAGES)
def test_an_officer_without_an_area_sees_nothing(url, ours, client):
    for officer in officers_who(url.permission):
        Officer.objects.filter(pk=officer.pk).update(area=None)
        client.force_login(officer)
        response = client.get(address(url, ours))

        assert response.status_code == (404 if url.keywords else response.status_code)
        assert OURS not in texts(response), (url.name, officer.role)


@by_name(PAGES)
def test_a_role_without_the_permission_is_refused(url, ours, client):
    for role in [role for role in [*Role, ""] if not allows(role, url.permission)]:
        officer = make_officer(role or Role.DISTRICT_HEAD, area=make_village(CODES[OURS]))
        Officer.objects.filter(pk=officer.pk).update(role=role)
        client.force_login(officer)
        for method in (client.get, client.post):
            assert method(address(url, ours)).status_code == 403, (url.name, role)


def _head(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_the_walk_knows_every_page_that_a_token_opens():
    names = {url.name for url in BY_TOKEN}

    assert names == {"api:document", *(f"api:{name}" for name in COLLECTIONS)}


@by_name(BY_TOKEN)
def test_a_token_reads_nothing_of_theirs(url, ours, theirs, client):
    area = make_village(CODES[OURS]).above("district")
    _, secret = make_secret(make_officer(Role.PROVINCIAL_HEAD, area=area), area=area)
    years = [{"year": year} for year in ("2560", "2562", "2563")] if url.name != "api:document" else [{}]

    for asked in years:
        answer = client.get(reverse(url.name), asked, headers=_head(secret))
        assert answer.status_code == 200, url.name
        assert THEIRS not in answer.content.decode()
        assert f'"{theirs["village_code"]}"' not in answer.content.decode()
    their_area = client.get(reverse(url.name), {"area": theirs["area_code"]}, headers=_head(secret))
    assert their_area.status_code == (200 if url.name == "api:document" else 404)


@by_name(BY_TOKEN)
def test_what_a_token_opens_is_closed_to_everybody_else(url, ours, client):
    officer = make_officer(Role.PROVINCIAL_HEAD, area=make_village(CODES[OURS]))
    _, secret = make_secret(officer)
    token, revoked = make_secret(officer)
    revoke(token=token, by=officer)
    _, over = make_secret(officer)
    ApiToken.objects.filter(secret_hash=_hash(over)).update(expires_on=date(2020, 1, 1))
    client.force_login(officer)

    for said in ({}, _head("cfmc_wrong"), _head(revoked), _head(over), {"Authorization": f"Basic {secret}"}):
        answer = client.get(reverse(url.name), headers=said)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer"), (url.name, said)
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method(reverse(url.name), headers=_head(secret))
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
