"""Every page of the walk in a real browser: accessible, no wider than the screen, nothing from outside."""

import pytest
from django.test import Client

from accounts.roles import Role
from tests.browser.conftest import WIDTHS
from tests.factories import make_officer, make_village
from tests.test_access import PAGES, address
from tests.world import CODES, OURS, make_world


def shown_to(officer, world) -> list[str]:
    """The addresses of the pages this officer can look at: papers, photos and mere buttons are none."""
    client = Client()
    client.force_login(officer)
    addresses = sorted({address(url, world) for url in PAGES if officer.can(url.permission)})
    return [path for path in addresses if _is_a_page(client.get(path))]


def _is_a_page(response) -> bool:
    response.close()
    return response.status_code == 200 and not response.streaming and b"<html" in response.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "role", [Role.DISTRICT_HEAD, Role.PROVINCIAL_STAFF, Role.DEPARTMENT, Role.ADMINISTRATOR]
)
def test_every_page_is_accessible_and_fits_the_screen(role, axe_browser):
    world = make_world(OURS)
    officer = make_officer(role, area=make_village(CODES[OURS]))
    axe_browser.sign_in(officer)

    found = []
    for path in shown_to(officer, world):
        for width in WIDTHS:
            axe_browser.open(path, width=width)
            found += [f"{path} {width}: {each}" for each in axe_browser.axe()]
            if axe_browser.wider_than_the_screen():
                found.append(f"{path} {width}: wider than the screen")

    assert found == []
