"""Load the lists of issues that visits ask about."""

from django.core.management.base import BaseCommand

from monitoring.issue_lists import load


class Command(BaseCommand):
    help = "Load the issue lists of monitoring visits; running it again changes nothing."

    def handle(self, **options):
        template = load()
        self.stdout.write(f"{template}: {template.items.count()} ข้อ")
