"""Prove the ledger. Run it every night: it fails when one satang of it is wrong."""

from django.core.management.base import BaseCommand, CommandError

from config import thai
from debts.ledger_proofs import PROOFS, Proof

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "ตรวจว่ายอดที่เก็บไว้ตรงกับรายการบัญชีทุกสตางค์"

    def handle(self, *args, **options):
        differing = sum(self.prove(proof) for proof in PROOFS)
        if differing:
            raise CommandError(f"พบรายการที่ไม่ตรงกัน {thai.count(differing)} รายการ", returncode=1)

    def prove(self, proof: Proof) -> int:
        """Print one proof and the keys of the rows that differ; how many they are."""
        failures = proof.failures()
        counted = f"{thai.count(proof.count())} แถว {proof.rows}"
        self.stdout.write(f"{'ไม่ตรง' if failures else 'ตรงกัน'}: {proof.promise} ({counted})")
        for row in failures[:MOST_SHOWN]:
            self.stdout.write(f"  {proof.rows} {'/'.join(map(str, row))}")
        return len(failures)
