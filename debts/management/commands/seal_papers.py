"""`manage.py seal_papers`: seals for the papers of contracts that were signed before there were seals."""

from django.core.management.base import BaseCommand

from debts.models import Contract
from debts.papers.seals import seal_contract


class Command(BaseCommand):
    help = (
        "Seals the papers of contracts that have none, so that they print with a QR code. Run again at will."
    )

    def handle(self, **options):
        unsealed = Contract.objects.filter(seals=None).order_by("pk")
        count = 0
        for contract in unsealed.iterator():
            seal_contract(contract)
            count += 1
        self.stdout.write(f"ทำรหัสตรวจสอบเอกสารของสัญญา {count} สัญญา")
