"""manage.py load_areas [FILE] [--check]: bring the official list of areas into the system."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from areas import official_list
from areas.models import Level


class Command(BaseCommand):
    help = "นำเข้ารายชื่อจังหวัด อำเภอ ตำบล (และหมู่บ้าน ถ้ามีในไฟล์) ตามรหัสของกรมการปกครอง"

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help=".csv .xlsx .xls .ods .json: code, name, moo")
        parser.add_argument("--check", action="store_true", help="ตรวจอย่างเดียว ไม่บันทึก")

    def handle(self, *args, file, check, **options):
        try:
            listed = official_list.read_file(file) if file else official_list.packaged()
            difference = official_list.compare(listed) if check else official_list.load(listed)
        except official_list.CannotLoadAreas as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(difference, check)

    def _tell(self, difference, check):
        say = self.stdout.write
        for level in (Level.PROVINCE, Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE):
            if difference.counts[level]:
                say(f"{level.label} {difference.counts[level]:,} แห่ง (ไม่รวมกรุงเทพมหานคร)")
        for words in official_list.shortfalls(difference):
            say(self.style.WARNING(words))
        for area in difference.unlisted:
            say(self.style.WARNING(f"{area.code} {area.name} ไม่อยู่ในรายการแล้ว คงไว้เพราะอาจมีข้อมูล"))
        verb = "จะ" if check else ""
        if difference.new or difference.changed:
            say(f"{verb}เพิ่ม {len(difference.new):,} แห่ง {verb}เปลี่ยนชื่อ {len(difference.changed):,} แห่ง")
        else:
            say("ตรงกับรายการอยู่แล้ว ไม่มีอะไรเปลี่ยน")
