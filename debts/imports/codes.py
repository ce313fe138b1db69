"""The codes in a register sent out to be edited: whose debt a row is, and when the file was made. Signed, so that a
code of another centre, or one that was changed, is seen."""

from datetime import datetime

from django.core.signing import BadSignature, Signer

from funds.models import Centre

NOT_OURS = "ไฟล์นี้ไม่ได้ส่งออกจากศูนย์ฯ ที่เลือก หรือรหัสการส่งออกถูกแก้ไข ส่งออกใหม่แล้วแก้ในไฟล์นั้น"


def debt_code(debt_pk: int, centre: Centre) -> str:
    """The code of a debt, always the same."""
    return _signer("debt", centre).sign(str(debt_pk))


def debt_of(code: str, centre: Centre) -> int | None:
    """The key of the debt with this code; None when the code is not one of this centre's."""
    try:
        return int(_signer("debt", centre).unsign(code))
    except BadSignature:
        return None


def file_code(at: datetime, centre: Centre) -> str:
    """The code of a file made at this moment."""
    return _signer("file", centre).sign(at.isoformat())


def made_at(code: str, centre: Centre) -> datetime | None:
    """When the file with this code was made; None when it was not made for this centre."""
    try:
        return datetime.fromisoformat(_signer("file", centre).unsign(code))
    except BadSignature:
        return None


def _signer(of: str, centre: Centre) -> Signer:
    return Signer(sep="~", salt=f"debts.edited.{of}.{centre.pk}")
