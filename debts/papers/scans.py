"""The contract as it was signed: scans or photos, kept among the household's documents by their rules."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import Officer
from config.pictures import CannotAttach
from debts.models import Contract, SignedScan
from households.documents import attach
from households.models import Document

UNSIGNED_AFTER = timedelta(days=30)


@transaction.atomic
def attach_signed(*, contract: Contract, upload, by: Officer) -> SignedScan:
    """Keep a scan of the signed contract; the same one again is the same scan. Raises `CannotAttach`."""
    name = f"สัญญาเลขที่ {contract.number} ที่ลงนามแล้ว"
    document = attach(
        household=contract.household, upload=upload, kind=Document.Kind.SIGNED, name=name, by=by
    )
    scan, _ = SignedScan.objects.get_or_create(document=document, defaults={"contract": contract})
    if scan.contract_id != contract.pk:
        raise CannotAttach(f"ไฟล์นี้แนบไว้กับ{scan.contract} แล้ว เลือกไฟล์ของสัญญานี้")
    return scan


def is_overdue(contract: Contract, *, has_scan: bool, on: date) -> bool:
    """Whether the signed paper should have been here by now."""
    is_cancelled = contract.ending == Contract.Ending.CANCELLED
    return not has_scan and not is_cancelled and on > contract.signed_on + UNSIGNED_AFTER
