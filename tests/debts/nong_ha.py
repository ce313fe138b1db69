"""The centre of Nong Ha before its register is brought in, and the two sample workbooks."""

from datetime import date
from pathlib import Path

from debts.imports import files
from debts.imports.register import Imported, import_register
from debts.models import RegisterFile
from funds.models import Centre, Fund
from tests.factories import make_centre, make_fund, make_officer, make_village

SAMPLES = Path(__file__).parent.parent / "samples"
REGISTER, FORM = "debtor-register-nong-ha-2560.xlsx", "one-contract-form-nong-ha-2560.xlsx"
TODAY = date(2026, 11, 1)
FUNDS = [
    (Fund.Kind.VILLAGE_FUND, "กองทุนหมู่บ้านหนองฮะ", "6"),
    (Fund.Kind.SAVINGS_GROUP, "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองฮะ", "12"),
    (Fund.Kind.POVERTY_PROJECT, "โครงการ กข.คจ. บ้านหนองฮะ", "0"),
]


def make_nong_ha(*, funds=FUNDS, code="33100503") -> Centre:
    centre = make_centre(make_village(code, "บ้านหนองฮะ"))
    for kind, name, rate in funds:
        make_fund(centre, kind, rate, name=name)
    return centre


def keep(centre, content: bytes, *, name="ทะเบียน.xlsx", as_of=None, by=None) -> RegisterFile:
    by = by or make_officer(area=centre.village)
    return files.keep(centre=centre, name=name, content=content, as_of=as_of, on=TODAY, by=by)


def keep_sample(centre, name=REGISTER, **options) -> RegisterFile:
    return keep(centre, (SAMPLES / name).read_bytes(), name=name, **options)


def bring_in(file: RegisterFile, *, by=None, **options) -> Imported:
    return import_register(
        file=file,
        register=files.reread(file),
        as_of=file.as_of_on,
        on=TODAY,
        by=by or file.uploaded_by,
        **options,
    )
