"""`manage.py import_register`: bring a debtor register in from the shell, with the same rules as the page."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Officer
from accounts.roles import Role
from config import thai
from debts.imports import files
from debts.imports.proposal import Outcome, Proposal
from debts.imports.register import CannotImport, import_register, propose
from debts.models import RegisterFile
from debts.sheets.form import ContractForm, NothingToImport
from debts.sheets.limits import CannotOpen
from funds.models import Centre

REFUSALS = (CannotOpen, NothingToImport, CannotImport, thai.CannotRead)


class Command(BaseCommand):
    help = "นำเข้าทะเบียนลูกหนี้ของศูนย์ฯ จากไฟล์ .xlsx .xls .ods หรือ .csv"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="ไฟล์ทะเบียนลูกหนี้")
        parser.add_argument("--centre", required=True, metavar="CODE", help="รหัสหมู่บ้าน 8 หลักของศูนย์ฯ")
        parser.add_argument(
            "--on", required=True, metavar="DATE", help="ข้อมูล ณ วันที่ เช่น 30/4/2560 หรือ 2017-04-30"
        )
        parser.add_argument("--by", metavar="USERNAME", help="ชื่อผู้ใช้ของผู้นำเข้า (ปกติคือผู้ดูแลระบบ)")
        parser.add_argument("--dry-run", action="store_true", help="แสดงผลที่จะเกิดขึ้น โดยไม่บันทึก")

    def handle(self, *, file, centre, on, by, dry_run, **options):
        try:
            self._bring_in(file, _centre(centre), _day(on), _officer(by, centre), dry_run)
        except OSError as error:
            raise CommandError(f"เปิดไฟล์ {file} ไม่ได้ ตรวจสอบที่อยู่ของไฟล์") from error
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring_in(self, path: Path, centre: Centre, as_of, by: Officer, dry_run: bool) -> None:
        content, today = path.read_bytes(), timezone.localdate()
        register = files.read(content, name=path.name, on=today)
        if isinstance(register, ContractForm):
            raise CannotImport("ไฟล์นี้คือตาราง 1 ครัวเรือน 1 สัญญา นำเข้าที่หน้าเว็บ")
        proposal = propose(register=register, centre=centre, as_of=as_of)
        self._tell(proposal)
        if dry_run:
            self.stdout.write("ทดลองเท่านั้น ไม่มีข้อมูลใดถูกบันทึก")
            return
        file = files.keep(centre=centre, name=path.name, content=content, as_of=as_of, on=today, by=by)
        self._import(file, register, proposal, as_of, today, by)

    def _import(self, file: RegisterFile, register, proposal: Proposal, as_of, today, by) -> None:
        if file.imported_at:
            self.stdout.write(files.imported_before(file))
        elif not proposal.undecided and not proposal.new and not proposal.of(Outcome.ERROR):
            self.stdout.write("ไม่มีรายการใหม่ให้นำเข้า ไม่มีการเปลี่ยนแปลง")
        else:
            done = import_register(file=file, register=register, as_of=as_of, on=today, by=by)
            self.stdout.write(f"นำเข้าแล้ว {thai.count(done.debts)} รายการ {thai.money(done.total)} บาท")

    def _tell(self, proposal: Proposal) -> None:
        houses, rows = len(proposal.houses), len(proposal.rows)
        self.stdout.write(
            f"{thai.count(houses)} ครัวเรือน {thai.count(rows)} รายการ {thai.money(proposal.total)} บาท"
        )
        for line in proposal.by_fund:
            name = line.choice.fund.name if line.choice.fund else f"{line.choice.words} (ยังไม่เลือก)"
            self.stdout.write(f"  {name}: {thai.count(line.debts)} รายการ {thai.money(line.owed)} บาท")
        for outcome in Outcome:
            if found := proposal.of(outcome):
                self.stdout.write(f"  {outcome.label}: {thai.count(len(found))} แถว")
        for words in (*proposal.warnings, *proposal.undecided):
            self.stdout.write(f"  ! {words}")
        for row in proposal.of(Outcome.ERROR):
            self.stdout.write(f"  {row.sheet} แถว {row.read.row}: {' '.join(row.errors)}")


def _centre(code: str) -> Centre:
    centre = Centre.objects.select_related("village").filter(village=code).first()
    if centre is None:
        raise CannotImport(f"ไม่พบศูนย์ฯ ของหมู่บ้านรหัส {code}")
    return centre


def _day(typed: str):
    return thai.read_date(typed, today=timezone.localdate()).value


def _officer(username: str | None, code: str) -> Officer:
    """The officer who answers for the import: the one named, whose area must hold the centre, or an
    administrator."""
    officers = Officer.objects.active()
    if not username:
        officer = officers.filter(role=Role.ADMINISTRATOR).order_by("pk").first()
        if officer is None:
            raise CannotImport("ยังไม่มีผู้ดูแลระบบ ระบุผู้นำเข้าด้วย --by ชื่อผู้ใช้")
        return officer
    officer = officers.filter(username=username).first()
    if officer is None or not Centre.objects.for_user(officer).filter(village=code).exists():
        raise CannotImport(f"ไม่พบผู้ใช้ {username} ที่รับผิดชอบพื้นที่ของศูนย์ฯ นี้")
    return officer
