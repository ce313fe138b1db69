"""A paper register becomes households, people and debts: all of it or nothing, and once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from debts import register_files
from debts.register_import import import_register
from households.models import Household
from tests.factories import make_centre, make_fund, make_officer

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "samples"
REGISTER = "debtor-register-nong-ha-2560.xlsx"
TODAY = date(2026, 11, 1)
AS_OF = date(2017, 4, 30)


@pytest.fixture
def nong_ha():
    centre = make_centre()
    for kind, rate in (("village_fund", "6"), ("savings_group", "12"), ("poverty_project", "0")):
        make_fund(centre, kind, rate)
    return centre


def keep(centre, content=None, name=REGISTER, as_of=AS_OF):
    content = content or (SAMPLES / REGISTER).read_bytes()
    return register_files.keep(
        centre=centre, name=name, content=content, as_of=as_of, on=TODAY, by=make_officer(area=centre.village)
    )


def bring_in(file, **options):
    return import_register(
        file=file,
        register=register_files.reread(file),
        as_of=file.as_of_on,
        on=TODAY,
        by=file.uploaded_by,
        **options,
    )


def test_the_register_of_nong_ha_becomes_15_households_and_36_debts(nong_ha):
    imported = bring_in(keep(nong_ha))

    assert (imported.households, imported.people, imported.debts) == (15, 15, 36)
    assert imported.total == Decimal("607200.00")
    assert Household.objects.filter(village=nong_ha.village).count() == 15
