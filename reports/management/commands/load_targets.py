"""`manage.py load_targets`: the national targets of the department's plan, after the areas. A second run adds nothing."""

from django.core.management.base import BaseCommand

from reports.targets.stated import load_stated


class Command(BaseCommand):
    help = "Writes down the national targets of FY2565 where none was typed."

    def handle(self, **options):
        self.stdout.write(f"{load_stated()} national targets")
