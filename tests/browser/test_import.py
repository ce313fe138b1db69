"""The steps of an import in a real browser: columns to be matched, the check, and what was edited in Excel."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.browser.conftest import WIDTHS
from tests.debts.nong_ha import keep, make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_xlsx
from tests.debts.test_columns import odd_file
from tests.debts.test_round_trip import edit, export, make_old_debt
from tests.factories import make_officer


def make_pages() -> list[str]:
    """The pages of an odd file, of one to be checked with a wrong row, and of one that was edited."""
    centre = make_nong_ha()
    make_old_debt(centre)
    wrong = make_row({"เงินต้นคงเหลือ": "มาก", "เลขที่สัญญา": "9/2558"})
    edited = edit(export(centre), (0, "principal", 3500), (0, "name", "นายสมชาย ใจดี"), added=[{"name": "-"}])
    odd, plain, changed = (
        keep(centre, content) for content in (odd_file(), make_xlsx(HEAD, make_row(), wrong), edited)
    )
    return [
        reverse("debts:registerfile-columns", args=[odd.pk]),
        reverse("debts:registerfile", args=[plain.pk]),
        reverse("debts:registerfile", args=[changed.pk]),
    ]


@pytest.mark.django_db(transaction=True)
def test_every_step_is_accessible_and_fits_the_screen(axe_browser):
    pages = make_pages()
    axe_browser.sign_in(make_officer(Role.DISTRICT_OFFICER))

    found = []
    for path in pages:
        for width in WIDTHS:
            axe_browser.open(path, width=width)
            found += [f"{path} {width}: {each}" for each in axe_browser.axe()]
            if axe_browser.wider_than_the_screen():
                found.append(f"{path} {width}: wider than the screen")

    assert found == []
