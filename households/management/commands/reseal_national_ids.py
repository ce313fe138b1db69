"""`manage.py reseal_national_ids`: after a new key was put first in NATIONAL_ID_KEYS."""

from django.core.management.base import BaseCommand

from households.disclosure import reseal


class Command(BaseCommand):
    help = "Seals national IDs again with the newest key. May be stopped and started again at any time."

    def add_arguments(self, parser):
        parser.add_argument("--batch", type=int, default=500, help="people per transaction")

    def handle(self, *args, batch, **options):
        seen = resealed = 0
        for seen, resealed in reseal(batch=batch):
            self.stdout.write(f"{seen} looked at, {resealed} sealed again")
        self.stdout.write(self.style.SUCCESS(f"Done: {resealed} of {seen} national IDs sealed again."))
