"""The demo: small, believable, and showing what the system can do."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from areas.models import Area
from debts.models import Debt, Guarantor
from households.models import Livelihood, OtherDebt
from monitoring.models import Grading, Letter, Photo, Recommendation, Round, Visit
from reports.models import AreaReturn, ReturnVersion
from reports.returns.content import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    call_command("load_areas", verbosity=0)
    call_command("load_demo", households=4)


def test_the_demo_shows_visits_and_guarantors_and_leaves_nong_ha_to_whoever_tries_it(demo):
    today = timezone.localdate()
    district = Visit.objects.filter(centre__village__code__startswith="3312")

    assert set(Visit.objects.values_list("status", flat=True)) == set(Visit.Status.values)
    assert {"planned", "draft", "sent", "certified"} <= set(district.values_list("status", flat=True))
    assert Photo.objects.count() > 40
    assert set(Recommendation.objects.values_list("status", flat=True)) == set(Recommendation.Status.values)
    assert Recommendation.objects.issued().open().filter(due_on__lt=today - timedelta(days=30)).exists()
    assert 0 < Guarantor.objects.values("debt").distinct().count() < Debt.objects.count()
    nong_ha = Area.objects.get(code="33120603").centre
    assert not nong_ha.visits.exists()
    assert not Debt.objects.filter(fund__centre=nong_ha).exists()


def test_the_demo_knows_what_households_live_on_and_owe_elsewhere(demo):
    assert Livelihood.objects.exists()
    assert OtherDebt.objects.filter(source=OtherDebt.Source.INFORMAL).exists()
    assert not Livelihood.objects.filter(surveyed_on__gt=timezone.localdate()).exists()


def test_the_demo_has_a_return_that_waits_one_given_back_and_one_accepted(demo):
    assert sorted(AreaReturn.objects.values_list("status", flat=True)) == ["accepted", "returned", "sent"]
    assert [fault for version in ReturnVersion.objects.all() for fault in faults(version)] == []


def test_the_demo_grades_centres_for_two_years(demo):
    assert set(Grading.objects.values_list("status", flat=True)) == set(Grading.Status.values)
    assert Grading.objects.filter(fund__isnull=False).exists()
    assert Grading.objects.with_last_year().exclude(last_level=None).exists()


def test_the_demo_has_a_round_with_a_letter_sent_a_report_certified_and_a_visit_to_come(demo):
    round = Round.objects.get()

    assert [visit.status for visit in round.visits.order_by("planned_on")] == ["certified", "planned"]
    assert round.team.count() == 3
    assert sorted(letter.sequence for letter in Letter.objects.filter(kind="visit_letter")) == [1, 2]
    assert Letter.objects.get(kind="visit_memo").is_draft
