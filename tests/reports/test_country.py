"""The invented country: every rule of the ledger holds in it, and it is the same at every run."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum

from areas.models import COUNTRY, Area
from debts.ledger_proofs import PROOFS
from debts.models import Contract, Debt, Entry, Instalment
from funds.models import Centre
from households.models import Person
from reports.country import generation
from reports.country.places import load_areas, places
from reports.figures import overview
from tests.factories import make_debt
from tests.reports.test_replay import replayed

pytestmark = pytest.mark.django_db
ONE_CENTRE, TWO_CENTRES = 0.0008, 0.0016


@pytest.fixture
def country(settings):
    settings.DEMO = True
    generate(ONE_CENTRE)
    return Area.objects.get(code=COUNTRY)


def generate(scale):
    call_command("generate_country", scale=scale, verbosity=0)


def test_the_whole_country_has_76_provinces_878_districts_and_1250_centres(db):
    load_areas()

    codes = [place.code for place in places(1)]

    assert len(set(codes)) == 1250
    assert len({code[:4] for code in codes}) == 878
    assert len({code[:2] for code in codes}) == 76


def test_a_thousandth_and_more_of_the_debts_contracts_and_instalments_are_in_each_centre(country):
    debts, contracts = Debt.objects.count(), Contract.objects.count()

    assert (debts * 1250, contracts * 1250) == (1_250_000, 150_000)
    assert 4_900_000 < Instalment.objects.count() * 1250 < 5_100_000


def test_the_ledger_of_the_invented_country_is_proved(country):
    failures = {proof.promise: proof.failures() for proof in PROOFS}

    assert {promise: rows[:3] for promise, rows in failures.items() if rows} == {}


def test_the_figures_of_the_invented_country_are_those_of_a_replay(country):
    for year in (2560, 2561):
        on = date(year - 543, 9, 30)
        assert overview(country, year=year, on=on).total.figures == replayed(country, on, year), year


def test_a_broken_run_is_taken_up_where_it_stopped(country):
    before = set(Debt.objects.values_list("pk", flat=True))

    generate(TWO_CENTRES)
    generate(TWO_CENTRES)

    assert Centre.objects.count() == 2
    assert before < set(Debt.objects.values_list("pk", flat=True))
    assert Contract.objects.values("centre").annotate(signed=Count("pk")).count() == 2


def test_the_country_is_the_same_at_every_run(country):
    """Sums and a name that a single changed row would change."""
    sums = Entry.objects.aggregate(Count("pk"), Sum("interest"), Sum("apart"))

    assert list(sums.values()) == [3368, Decimal("43518.28"), Decimal("86400.35")]
    assert Person.objects.order_by("pk")[7].full_name == "นายศักดา ลุนทอง"


def test_nothing_is_generated_beside_somebodys_own_centres(settings):
    settings.DEMO = True
    make_debt()

    with pytest.raises(CommandError, match="not generated"):
        generate(ONE_CENTRE)

    assert Centre.objects.count() == 1


def test_nothing_is_generated_where_the_demo_is_switched_off(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO"):
        generate(ONE_CENTRE)

    assert generation.Officer.objects.count() == 0
