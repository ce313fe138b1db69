"""Load the lists of issues that visits ask about, and the scorecards that gradings begin with."""

from django.core.management.base import BaseCommand

from monitoring import issue_lists, issue_starters
from monitoring.grading import starters


class Command(BaseCommand):
    help = "Load the issue lists of visits and the starter scorecards; running it again changes nothing."

    def handle(self, **options):
        for each in (issue_lists.load(), *issue_starters.load(), *starters.load()):
            self.stdout.write(f"{each}: {each.items.count()} ข้อ")
