"""Versions of clause texts: one officer drafts, another approves, contracts keep what they were signed with."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import PERMISSIONS, Can, Role
from debts.models import ClauseText, PaperSeal
from debts.papers import texts
from debts.papers.texts import CannotChange, approve, begin, in_force, rewrite
from tests.factories import make_clause, make_contract, make_debt, make_fund, make_officer, make_village

pytestmark = pytest.mark.django_db
ADDED = "ข้อ ๑๑ เรื่องอื่น | ตามมติของหมู่บ้าน"


@pytest.fixture
def province():
    return make_village().above("province")


@pytest.fixture
def drafter():
    return make_officer(Role.PROVINCIAL_STAFF)


@pytest.fixture
def head():
    return make_officer(Role.PROVINCIAL_HEAD)


def approved(text, by):
    return approve(text=text, version=text.version, by=by)


def text_of_contract(contract):
    return PaperSeal.objects.get(contract=contract, kind="contract").text


def test_the_words_shipped_are_a_draft_of_the_system(province):
    text = in_force("contract", province)

    assert (text.number, text.province, text.is_draft) == (2, None, True)
    assert "ข้อ ๗ หลักประกันและผู้ค้ำประกัน" in text.body


def test_shipped_texts_are_written_once(province):
    texts.load()
    texts.load()

    assert ClauseText.objects.filter(province=None).count() == 8


def test_a_province_drafts_from_the_text_in_force_and_has_one_draft(province, drafter):
    draft = begin(kind="contract", province=province, by=drafter)
    again = begin(kind="contract", province=province, by=drafter)

    assert draft == again
    assert draft.body == in_force("contract", province).body
    assert in_force("contract", province).province is None


def test_a_contract_is_signed_with_the_approved_text_and_keeps_it(province, drafter, head):
    fund = make_fund()
    before = make_contract([make_debt(fund=fund)])
    text = approved(make_clause(province, by=drafter, word=ADDED), head)
    after = make_contract([make_debt(fund=fund)])
    approved(make_clause(province, by=drafter, word="ข้อ ๑๒"), head)

    assert text_of_contract(before).province is None
    assert text_of_contract(after) == text
    assert text_of_contract(make_contract([make_debt(fund=fund)])).number == 2


def test_another_province_goes_on_with_its_own(province, drafter, head):
    approved(make_clause(province, by=drafter), head)

    assert in_force("contract", make_village("63010503").above("province")).province is None


def test_who_wrote_a_draft_does_not_approve_it(province, head):
    text = make_clause(province, by=head)

    with pytest.raises(CannotChange, match="ผู้ร่างข้อความอนุมัติเองไม่ได้"):
        approved(text, head)

    assert approved(text, make_officer(Role.PROVINCIAL_HEAD)).is_draft is False


def test_what_was_approved_is_the_version_that_was_read(province, drafter, head):
    seen = make_clause(province, by=drafter)
    rewrite(text=seen, body=f"{seen.body}\nเพิ่ม", version=seen.version, by=drafter)

    with pytest.raises(CannotChange, match="อ่านข้อความล่าสุดก่อนอนุมัติ"):
        approved(seen, head)


def test_a_draft_changed_by_somebody_else_is_not_overwritten_unseen(province, drafter, head):
    seen = make_clause(province, by=drafter)
    rewrite(text=seen, body=seen.body, version=seen.version, by=head)

    with pytest.raises(CannotChange, match="แก้ไขร่างนี้หลังจากท่านเปิดหน้านี้"):
        rewrite(text=seen, body=seen.body, version=seen.version, by=drafter)


def test_an_approved_or_shipped_text_is_never_changed(province, drafter, head):
    text = approved(make_clause(province, by=drafter), head)

    for fixed in (text, in_force("release", province)):
        with pytest.raises(CannotChange, match="เริ่มร่างฉบับใหม่"):
            rewrite(text=fixed, body=fixed.body, version=fixed.version, by=drafter)


def test_drafting_and_approving_are_on_the_record(province, drafter, head):
    approved(make_clause(province, by=drafter), head)

    acts = AuditEvent.objects.order_by("pk").values_list("action", "officer")
    assert list(acts) == [
        ("clause-draft", drafter.pk),
        ("clause-draft", drafter.pk),
        ("clause-approve", head.pk),
    ]


def test_districts_neither_write_nor_approve_the_words_of_contracts():
    may = {role for role in Role if {Can.EDIT_CLAUSES, Can.APPROVE_CLAUSES} & PERMISSIONS[role]}

    assert may == {Role.PROVINCIAL_STAFF, Role.PROVINCIAL_HEAD, Role.DEPARTMENT}


# --- Pages -----------------------------------------------------------------------------------------


def test_a_place_that_is_unknown_is_said_beside_the_box_and_nothing_typed_is_lost(province, drafter, client):
    text = make_clause(province, by=drafter)
    client.force_login(drafter)
    typed = f"{text.body}\nเป็นเงิน {{จำนวนเงน}} บาท"

    page = client.post(reverse("debts:clause-edit", args=[text.pk]), {"body": typed, "version": text.version})

    assert "ไม่รู้จัก {จำนวนเงน} หมายถึง {จำนวนเงิน} หรือไม่" in page.context["form"].errors["body"][0]
    assert "{จำนวนเงน}" in page.context["form"]["body"].value()
    assert "{จำนวนเงน}" not in ClauseText.objects.get(pk=text.pk).body


def test_from_drafting_to_approval(province, drafter, head, client):
    client.force_login(drafter)
    edit = client.post(reverse("debts:clause-new"), {"kind": "contract"})["Location"]
    form = client.get(edit).context["form"]
    client.post(edit, {"body": f"{form['body'].value()}\n{ADDED}", "version": form["version"].value()})
    text = ClauseText.objects.get(province=province)
    own = client.get(reverse("debts:clause", args=[text.pk]))

    client.force_login(head)
    page = client.get(reverse("debts:clause", args=[text.pk]))
    client.post(reverse("debts:clause-approve", args=[text.pk]), {"version": text.version})

    text.refresh_from_db()
    assert "ให้ผู้มีอำนาจอีกคนตรวจและอนุมัติ" in own.content.decode()
    assert "ตามมติของหมู่บ้าน" in page.content.decode()
    assert (text.is_draft, text.approved_by) == (False, head)
