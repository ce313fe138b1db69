"""Seals: made when a paper's subject comes into being, so that anyone who holds the paper can ask about it.

A token has 160 random bits; it is in the QR code of the paper and in no page but the one it opens.
"""

import re
from datetime import date
from secrets import token_urlsafe

from django.db import transaction
from django.urls import reverse

from debts.models import ClauseText, Contract, PaperReturn, PaperSeal
from debts.papers import texts
from debts.papers.content import content_of, paper_of

Kind = PaperSeal.Kind
TOKEN_BYTES = 20
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,43}")
OF_A_CONTRACT = (Kind.CONTRACT, Kind.SCHEDULE, Kind.ACKNOWLEDGEMENT)


@transaction.atomic
def seal_contract(contract: Contract) -> None:
    """Seal the papers of a contract that was just signed, with the words in force in its province."""
    contract = _with_places(contract)
    for kind in OF_A_CONTRACT:
        text = _text(kind, contract)
        content = content_of(kind, paper_of(kind, contract), text)
        _make(kind, contract, contract.signed_on, content, text)


@transaction.atomic
def seal_release(given_back: PaperReturn) -> PaperSeal:
    """Seal the release letter of an old debt; letters for earlier records of the same paper are replaced."""
    contract = _with_places(given_back.merged.contract)
    earlier = PaperSeal.objects.filter(paper_return__merged=given_back.merged_id, replaced_on=None)
    earlier.update(replaced_on=given_back.on)
    text = _text(Kind.RELEASE, contract)
    content = content_of(Kind.RELEASE, paper_of(Kind.RELEASE, contract), text, given_back)
    return _make(Kind.RELEASE, contract, given_back.on, content, text, given_back)


@transaction.atomic
def replace_schedule(*, contract: Contract, on: date) -> PaperSeal | None:
    """Seal what the schedule says from day `on`; the one of before is replaced, and says so to whoever asks.

    None when that changes no word of it, or for a contract of before there were seals.
    """
    contract = _with_places(contract)
    standing = PaperSeal.objects.select_for_update().filter(contract=contract, replaced_on=None)
    former = standing.filter(kind=Kind.SCHEDULE).first()
    content = content_of(Kind.SCHEDULE, paper_of(Kind.SCHEDULE, contract), None)
    if former is None or former.sha256 == content.sha256:
        return None
    former.replaced_on = on
    former.save(update_fields=["replaced_on"])
    return _make(Kind.SCHEDULE, contract, on, content, None)


def find(token: str) -> PaperSeal | None:
    """The seal of a token, for the page that anyone may open."""
    if not TOKEN.fullmatch(token):
        return None
    return PaperSeal.objects.select_related("contract").filter(token=token).first()


def standing(contract: Contract, kind: str) -> PaperSeal | None:
    """The seal that a print of today carries; none for contracts signed before there were seals."""
    return contract.seals.select_related("text__province").filter(kind=kind, replaced_on=None).first()


def path_of(seal: PaperSeal) -> str:
    return reverse("verify", args=[seal.token])


def _with_places(contract: Contract) -> Contract:
    return Contract.objects.with_names().with_places().get(pk=contract.pk)


def _text(kind: str, contract: Contract) -> ClauseText | None:
    """The words in force in the contract's province; a schedule has none."""
    if kind == Kind.SCHEDULE:
        return None
    return texts.in_force(kind, contract.centre.village.above("province"))


def _make(kind, contract, on, content, text, given_back=None) -> PaperSeal:
    return PaperSeal.objects.create(
        kind=kind,
        contract=contract,
        paper_return=given_back,
        text=text,
        token=token_urlsafe(TOKEN_BYTES),
        sha256=content.sha256,
        made_on=on,
    )
