"""Making, revoking and recognising the keys of other systems."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area
from reports.api.collections import COLLECTIONS
from reports.models import ApiToken

BEGINNING = "cfmc_"  # so that a secret is recognised wherever it was left lying
LONGEST = timedelta(days=366)


class CannotChange(ValueError):
    """A token is not made or revoked; `str()` is the Thai reason."""


@transaction.atomic
def make_token(
    *, area: Area, name: str, collections: Sequence[str], expires_on: date, on: date, by: Officer
) -> tuple[ApiToken, str]:
    """The token and its secret, which is nowhere else and cannot be shown again. Raises `CannotChange` for an area or
    a collection that the officer may not read, or for more than a year."""
    if not Area.objects.for_user(by).filter(pk=area.pk).exists():
        raise CannotChange("ออกกุญแจได้เฉพาะพื้นที่ของตนและพื้นที่ข้างใต้")
    if not collections or not all(
        name in COLLECTIONS and by.can(COLLECTIONS[name].permission) for name in collections
    ):
        raise CannotChange("เลือกข้อมูลที่ท่านมีสิทธิ์อ่านอย่างน้อย 1 รายการ")
    if not on < expires_on <= on + LONGEST:
        raise CannotChange("วันหมดอายุต้องอยู่หลังวันนี้ และไม่เกิน 1 ปี")
    secret = BEGINNING + token_urlsafe(32)
    token = ApiToken.objects.create(
        area=area,
        name=name,
        collections=list(collections),
        secret_hash=_hash(secret),
        hint=secret[:10],
        expires_on=expires_on,
        made_by=by,
    )
    detail = {"area": area.code, "collections": token.collections, "until": expires_on.isoformat()}
    record(by=by, action="api-token-make", target=f"token {token.pk}", detail=detail)
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, by: Officer) -> ApiToken:
    """From now on nobody gets in with it. Raises `CannotChange` when that was done before."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at:
        raise CannotChange("กุญแจนี้ยกเลิกแล้ว")
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    record(by=by, action="api-token-revoke", target=f"token {token.pk}")
    return token


def token_of(secret: str, *, on: date) -> ApiToken | None:
    """The token of this secret, unless it was revoked or is over. The secret is long and random, so that a plain hash
    tells nothing and a search by it no more than whether it exists."""
    found = ApiToken.objects.valid(on=on).filter(secret_hash=_hash(secret))
    return found.select_related("area__parent__parent__parent").first()


def used(token: ApiToken, *, path: str, query: dict[str, str], request) -> None:
    """Write down that it was used, when and for what."""
    ApiToken.objects.filter(pk=token.pk).update(used_at=timezone.now())
    detail = {"path": path, "query": query}
    record(by=None, action="api-read", target=f"token {token.pk}", detail=detail, request=request)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
