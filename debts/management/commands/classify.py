"""Write down the classes that changed. Run it every night; pages reckon the class of the day by themselves."""

from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone

from config import thai
from debts.classification import classify
from funds.models import Centre


class Command(BaseCommand):
    help = "บันทึกประเภทลูกหนี้ที่เปลี่ยนไปของทุกศูนย์ฯ"

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="ค.ศ.-เดือน-วัน ถ้าไม่ระบุคือวันนี้")

    def handle(self, *args, on, **options):
        on = on or timezone.localdate()
        written = sum(classify(centre=centre, on=on, by=None) for centre in Centre.objects.order_by("pk"))
        self.stdout.write(f"จัดประเภท ณ วันที่ {thai.short_date(on)} เปลี่ยน {thai.count(written)} สัญญา")
