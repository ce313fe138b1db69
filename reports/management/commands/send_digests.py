"""`manage.py send_digests`: tells officers by e-mail what waits for them; run once a morning of a working day."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.digest import send_digests


class Command(BaseCommand):
    help = "Sends each officer who wants it one letter a day about work that waits. A second run sends nothing twice."

    def handle(self, **options):
        sent, failed = send_digests(on=timezone.localdate(), tell=self.stderr.write)
        self.stdout.write(f"{sent} letters sent")
        if failed:
            raise CommandError(f"{failed} letters could not be sent; run again")
