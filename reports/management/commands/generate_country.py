"""`manage.py generate_country --scale 0.01`: an invented country to measure in. Only where DEMO is switched on."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports.country.generation import CannotGenerate, generate


def scale(text: str) -> float:
    """A part of the country, above 0 up to 1."""
    part = float(text)
    if not 0 < part <= 1:
        raise ValueError
    return part


class Command(BaseCommand):
    help = (
        "Makes an invented country: at scale 1 it has 1,250 centres in 878 districts, 1.25 million debts,"
        " 150,000 contracts and 5 million instalments. A broken run is taken up where it stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=scale, default=0.01, help="part of the 1,250 centres, up to 1")

    def handle(self, *, scale, **options):
        if not settings.DEMO:
            raise CommandError("Set DEMO=on where nobody's real data will ever be.")
        try:
            generate(scale=scale, tell=self.stdout.write)
        except CannotGenerate as refusal:
            raise CommandError(str(refusal)) from refusal
