"""The page behind the QR code of a paper: open to anyone, and silent about everybody."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.checks import PUBLIC
from debts.consolidation import cancel
from debts.models import Contract, FamilyConsent, PaperSeal
from debts.papers.content import content_now
from debts.papers.seals import TOKEN_BYTES, replace_schedule, seal_contract
from tests.accounts.test_headers import assert_private, assert_protected
from tests.factories import SIGNED, make_contract, make_debt, make_fund, make_officer, make_return
from tests.test_guards import refuse_writes
from tests.world import OURS, make_world

pytestmark = pytest.mark.django_db
LATER = SIGNED + timedelta(days=40)
UNKNOWN = "A" * 27


def ask(token, client=None):
    return (client or Client()).get(reverse("verify", args=[token]))


def text_of(response):
    return response.content.decode()


def seal_of(contract, kind="contract") -> PaperSeal:
    return contract.seals.get(kind=kind, replaced_on=None)


def test_only_sign_in_health_and_this_page_are_open_to_strangers():
    assert {"account_login", "account_logout", "healthz", "readyz", "workerz", "verify"} == PUBLIC


def test_a_genuine_paper_says_so_with_its_day_and_code():
    seal = seal_of(make_contract())

    page = ask(seal.token)

    assert page.status_code == 200
    assert "ฉบับจริง ใช้ได้" in text_of(page)
    assert "15 มิถุนายน 2560" in text_of(page)
    assert seal.code in text_of(page)


def test_a_cancelled_contract_cancels_all_its_papers():
    contract = make_contract()
    release = make_return(contract.merged_debts.get()).seal
    cancel(contract=contract, reason="ลงยอดผิด", on=LATER, by=contract.signed_by)

    for seal in (seal_of(contract), seal_of(contract, "schedule"), release):
        page = text_of(ask(seal.token))
        assert "ยกเลิกแล้ว" in page
        assert "25 กรกฎาคม 2560" in page
        assert "ลงยอดผิด" not in page


def test_a_paper_that_has_a_newer_one_is_replaced_and_the_newer_one_is_genuine():
    contract = make_contract()
    former = seal_of(contract, "schedule")
    contract.instalments.filter(number=1).update(due_on=LATER)

    newer = replace_schedule(contract=contract, on=LATER)

    assert "มีฉบับใหม่แทนแล้ว" in text_of(ask(former.token))
    assert "ฉบับจริง ใช้ได้" in text_of(ask(newer.token))
    assert (newer.token != former.token, newer.sha256 != former.sha256) == (True, True)


def test_a_corrected_return_replaces_the_letter_of_before():
    merged = make_contract().merged_debts.get()
    former = make_return(merged, fate="lost", received_by="").seal

    newer = make_return(merged, on=LATER).seal

    assert "มีฉบับใหม่แทนแล้ว" in text_of(ask(former.token))
    assert "ฉบับจริง ใช้ได้" in text_of(ask(newer.token))


@pytest.mark.parametrize(
    "token", [UNKNOWN, "x", "1", "a" * 400, "%00", "..%2f..", "<script>", "ก" * 30, "' OR 1=1"]
)
def test_whatever_does_not_exist_gets_one_and_the_same_neutral_page(token):
    known = Client().get(f"/verify/{UNKNOWN}/")

    page = Client().get(f"/verify/{token}/")

    assert page.status_code == 404
    if "verify.html" in [each.name for each in page.templates]:
        assert text_of(page) == text_of(known)
    assert "ไม่พบ" in text_of(page)
    assert "<script>alert" not in text_of(page)


def test_nothing_of_the_case_is_on_the_page():
    make_world(OURS)
    for seal in PaperSeal.objects.select_related("contract__debt__borrower"):
        page, contract = text_of(ask(seal.token)), seal.contract
        told = (
            OURS,
            contract.number,
            f"{contract.amount:,.2f}",
            f"{contract.amount}",
            seal.get_kind_display(),
            str(contract.pk) + "/",
            contract.debt.borrower.first_name,
        )
        assert [words for words in told if words in page] == []


def test_the_page_is_the_same_for_officers_and_strangers_and_leads_nowhere():
    contract = make_contract()
    officer = Client()
    officer.force_login(make_officer(area=contract.household.village))
    token = seal_of(contract).token

    assert text_of(ask(token)) == text_of(ask(token, officer))
    assert re.findall(r'(?:href|src|action)="(?!/static/)', text_of(ask(token))) == []
    assert "<script" not in text_of(ask(token))


@pytest.mark.parametrize("is_known", [True, False])
def test_the_page_protects_itself_stays_in_no_cache_and_tells_no_other_site(is_known):
    token = seal_of(make_contract()).token if is_known else UNKNOWN

    page = ask(token)

    assert {name: page[name] for name in ("Referrer-Policy", "X-Robots-Tag")} == {
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    assert_private(page)
    page["Referrer-Policy"] = "same-origin"  # stricter than the other pages
    assert_protected(page)
    assert not page.cookies


def test_asking_writes_nothing_and_cannot_be_posted():
    token = seal_of(make_contract()).token

    with connection.execute_wrapper(refuse_writes):
        ask(token)

    assert Client().post(reverse("verify", args=[token])).status_code == 405


def test_known_and_unknown_cost_the_same(django_assert_num_queries):
    token = seal_of(make_contract()).token

    for asked in (token, UNKNOWN):
        with django_assert_num_queries(1):
            ask(asked)


def test_an_address_that_asks_too_often_waits_whatever_it_asks():
    token = seal_of(make_contract()).token
    for _ in range(30):
        assert ask(UNKNOWN).status_code == 404

    refused = ask(token)

    assert refused.status_code == 429
    assert "รอ 1 นาที" in text_of(refused)
    assert "ฉบับจริง" not in text_of(refused)
    assert Client(REMOTE_ADDR="203.0.113.9").get(reverse("verify", args=[token])).status_code == 200


def test_tokens_cannot_be_guessed_and_never_repeat():
    fund = make_fund()
    for _ in range(5):
        make_contract([make_debt(fund=fund)])
    tokens = PaperSeal.objects.values_list("token", flat=True)

    assert TOKEN_BYTES * 8 >= 128
    assert len(set(tokens)) == len(tokens) == 15
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{27}", token) for token in tokens)


def test_the_code_covers_what_the_paper_says_and_not_the_national_id():
    contract = make_contract()
    borrower = contract.debt.borrower
    seal = PaperSeal.objects.get(contract=contract, kind="contract")

    borrower.set_national_id("1101700230708")
    borrower.save()
    with_an_id = content_now(_fresh(seal)).sha256
    contract.instalments.filter(number=24).update(due_on=LATER)
    with_another_day = content_now(_fresh(seal)).sha256
    contract.instalments.filter(number=24).update(due_on=contract.instalments.get(number=24).due_on)
    Contract.objects.update(resolution="มติอื่น")
    with_other_words = content_now(_fresh(seal)).sha256

    assert with_an_id == seal.sha256
    assert len({seal.sha256, with_another_day, with_other_words}) == 3


def _fresh(seal):
    return PaperSeal.objects.select_related("text").get(pk=seal.pk)


def test_contracts_of_before_are_sealed_by_a_command_once():
    contract = make_contract()
    contract.seals.all().delete()
    FamilyConsent.objects.all().delete()

    call_command("seal_papers")
    call_command("seal_papers")

    assert contract.seals.count() == 3


def test_a_contract_is_sealed_once():
    contract = make_contract()

    with pytest.raises(Exception, match=r"(?i)unique"):
        seal_contract(contract)


def test_the_qr_code_leads_to_where_the_public_reaches_us():
    assert settings.PUBLIC_URL == "http://testserver"
