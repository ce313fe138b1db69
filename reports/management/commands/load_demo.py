"""`manage.py load_demo`: an invented country to try the system in. Only where DEMO is switched on."""

from collections import Counter
from random import Random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from accounts.roles import Role
from config import thai
from funds.models import Centre
from monitoring import issue_lists, issue_starters
from monitoring.grading import starters
from reports.country.generation import count_rows
from reports.demo.action_plans import tell_action_plans, tell_district_plan
from reports.demo.activities import tell_activities
from reports.demo.books import tell_books
from reports.demo.centres import make_centre
from reports.demo.classes import tell_classes
from reports.demo.grades import tell_grades
from reports.demo.lives import Story
from reports.demo.officers import make_officers, sign_ins
from reports.demo.places import places
from reports.demo.returns import tell_returns
from reports.demo.rounds import tell_round
from reports.demo.talks import tell_talks
from reports.demo.tokens import tell_tokens
from reports.demo.visits import tell_visits
from reports.models import HOUSEHOLDS
from reports.targets.life import set_targets

SEED = 2560


class Command(BaseCommand):
    help = "Loads the demo once: three provinces, 32 centres, about 1,100 households, officers to sign in as."

    def add_arguments(self, parser):
        parser.add_argument("--households", type=int, default=36, help="households a centre")
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")

    def handle(self, *, households, **options):
        if not settings.DEMO:
            raise CommandError("The demo has known passwords. Set DEMO=on where nobody's real data will be.")
        if not options["sign_ins"] and not Centre.objects.exists():
            self._load(households)
        self.stdout.write("ชื่อผู้ใช้สำหรับทดลอง")
        self.stdout.write(sign_ins())

    @transaction.atomic
    def _load(self, households: int) -> None:
        make_officers()
        issue_lists.load()
        issue_starters.load()
        starters.load()
        random, today = Random(SEED), timezone.localdate()  # noqa: S311 - the same story every time
        for number, place in enumerate(places()):
            centre = make_centre(place, number=number, random=random, today=today)
            if number:  # Nong Ha's register is brought in by hand
                by = _keyer(centre)
                Story(centre, by=by, random=random, today=today).tell(households)
                if number == 1:  # the database plans the rest by what it knows of the first
                    count_rows()
                tell_talks(centre, by=by, today=today)
                tell_visits(
                    centre, number=number, by=by, certifier=_certifier(centre, by), random=random, today=today
                )
                province = _near(centre, Role.PROVINCIAL_HEAD).exclude(pk=by.pk).first()
                tell_grades(
                    centre,
                    number=number,
                    by=by,
                    certifier=province,
                    today=today,
                )
                tell_activities(centre, number=number, by=by, today=today)
                tell_books(centre, number=number, by=by, today=today)
                tell_action_plans(centre, number=number, by=by, approver=province, today=today)
                if number == 1:
                    tell_classes(centre, by=by, today=today)
            self.stdout.write(f"  {centre}")
        _set_targets(today)
        tell_district_plan("huaithapthan", today=today)
        tell_returns(today=today)
        tell_round(today=today, random=random)
        tell_tokens(today=today)


def _set_targets(today) -> None:
    """Two fiscal years of targets: what the centres are asked for adds up to the district's and province's."""
    by = Officer.objects.get(role=Role.DEPARTMENT)
    for year in (thai.fiscal_year(today) - 1, thai.fiscal_year(today)):
        asked = Counter()
        for centre in Centre.objects.with_place():
            for area in (centre.village, centre.village.above("district"), centre.village.above("province")):
                asked[area.code, HOUSEHOLDS] += 15 if centre.budget_year else 5
        set_targets(year=year, numbers=dict(asked), by=by)


def _keyer(centre) -> Officer:
    """The officer who keyed this centre's data: the district's, or else the province's."""
    return _near(centre, Role.DISTRICT_OFFICER, Role.PROVINCIAL_STAFF).first()


def _certifier(centre, keyer: Officer) -> Officer | None:
    """Who certifies a report that the keyer has sent, if there is somebody else."""
    heads = _near(centre, Role.DISTRICT_HEAD, Role.PROVINCIAL_STAFF, Role.PROVINCIAL_HEAD)
    return heads.exclude(pk=keyer.pk).first()


def _near(centre, *roles: Role):
    """The officers of these roles for the centre's district, then those for its province."""
    areas = [area.code for area in centre.village.lineage]
    return (
        Officer.objects.filter(role__in=roles, area__in=areas).select_related("area").order_by("-area", "pk")
    )
