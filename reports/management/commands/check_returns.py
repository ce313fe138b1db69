"""Prove that every return still is what was sent. Run it every night, and after a restore."""

from django.core.management.base import BaseCommand, CommandError

from config import thai
from reports.models import ReturnVersion
from reports.returns.content import faults


class Command(BaseCommand):
    help = "ตรวจว่ารายงานผลทุกฉบับตรงกับรหัสตรวจสอบ และตัวเลขตรงกับรายการเบื้องหลัง"

    def handle(self, *args, **options):
        versions = ReturnVersion.objects.select_related("sheet__area", "sheet__period").order_by("pk")
        checked = broken = 0
        for version in versions.iterator(chunk_size=100):
            found = faults(version)
            checked, broken = checked + 1, broken + bool(found)
            for fault in found:
                self.stdout.write(f"{version.sheet} ฉบับที่ {version.number}: {fault}")
        self.stdout.write(f"ตรวจแล้ว {thai.count(checked)} ฉบับ")
        if broken:
            raise CommandError(f"พบรายงานที่ไม่ตรง {thai.count(broken)} ฉบับ", returncode=1)
