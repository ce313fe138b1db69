"""The form "๑ ครัวเรือน ๑ สัญญา" becomes contracts, all chosen ones or none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from debts import register_files
from debts.form_import import State, Terms, by_lender, merge_form, propose_merges, usual_terms
from debts.models import Debt
from tests.debts.nong_ha import FORM, bring_in, keep_sample, make_nong_ha

pytestmark = pytest.mark.django_db
SIGNED = date(2017, 6, 15)
KEY = uuid4()


@pytest.fixture
def nong_ha():
    centre = make_nong_ha()
    bring_in(keep_sample(centre))
    return centre


@pytest.fixture
def file(nong_ha):
    return keep_sample(nong_ha, FORM)


def terms_of(centre, **changes) -> Terms:
    return replace(usual_terms(centre, on=SIGNED), reason="มติที่ประชุมศูนย์ฯ", **changes)


def proposed(file, **changes):
    form = register_files.reread(file)
    return propose_merges(form=form, centre=file.centre, terms=terms_of(file.centre, **changes))


def confirm(file, rows, key=KEY, **changes):
    return merge_form(
        file=file,
        form=register_files.reread(file),
        terms=terms_of(file.centre, **changes),
        rows=rows,
        by=file.uploaded_by,
        key=key,
    )


def test_the_fifteen_households_of_nong_ha_are_ready(file):
    rows = proposed(file)

    assert {row.state for row in rows} == {State.READY}
    assert [(total.contracts, total.amount) for total in by_lender(rows)] == [
        (11, Decimal("556000.00")),
        (3, Decimal("40200.00")),
        (1, Decimal("11000.00")),
    ]


def test_confirming_makes_fifteen_contracts_with_the_sums_of_the_form(file):
    contracts = confirm(file, range(6, 21))

    assert [contract.sequence for contract in contracts] == list(range(1, 16))
    sums = {}
    for contract in contracts:
        count, amount = sums.get(contract.lender.kind, (0, 0))
        sums[contract.lender.kind] = (count + 1, amount + contract.amount)
    assert sums == {"village_fund": (11, 556000), "savings_group": (3, 40200), "poverty_project": (1, 11000)}
    assert Debt.objects.original().open().count() == 0
