"""What became of the things a visit asked for: reported, proved, verified by somebody else, or returned."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from monitoring import follow_up
from monitoring.follow_up import CannotFollowUp
from monitoring.models import FollowUp, Recommendation
from reports.inbox import awaited_by, waiting_for
from tests.factories import (
    make_centre,
    make_officer,
    make_picture,
    make_recommendation,
    make_sent_visit,
    make_village,
)

pytestmark = pytest.mark.django_db
Status = Recommendation.Status
TODAY = date(2019, 5, 1)


@pytest.fixture
def asked():
    return make_recommendation(due_on=date(2019, 4, 30))


@pytest.fixture
def maker(asked):
    return asked.visit.planned_by


@pytest.fixture
def checker():
    return make_officer(Role.PROVINCIAL_HEAD)


def report(asked, by, status=Status.CLAIMED, note="ทำงบดุลถึง เม.ย.", **proof):
    return follow_up.follow_up(recommendation=asked, status=status, note=note, by=by, **proof)


def verify(asked, by, note=""):
    return follow_up.verify(recommendation=asked, version=follow_up.newest(asked), note=note, by=by)


def send_back(asked, by, reason="ภาพไม่ชัด"):
    return follow_up.send_back(recommendation=asked, version=follow_up.newest(asked), reason=reason, by=by)


def now(asked):
    return Recommendation.objects.get(pk=asked.pk).status


def test_done_is_what_another_officer_verified(asked, maker, checker):
    report(asked, maker)
    with pytest.raises(CannotFollowUp, match="ต้องให้ผู้อื่น"):
        verify(asked, maker)

    verify(asked, checker)

    assert now(asked) == Status.DONE
    assert not Recommendation.objects.late(on=TODAY).exists()


def test_who_worked_on_it_before_somebody_else_claimed_it_does_not_verify_it(asked, maker, checker):
    report(asked, checker, Status.UNDER_WAY)
    report(asked, maker)

    with pytest.raises(CannotFollowUp, match="ต้องให้ผู้อื่น"):
        verify(asked, checker)


def test_a_claim_shows_words_or_a_file(asked, maker):
    with pytest.raises(CannotFollowUp, match="หลักฐาน"):
        report(asked, maker, note="")

    assert report(asked, maker, note="", proof=make_picture()).sha256


def test_nobody_reports_that_it_is_done_by_himself(asked, maker):
    with pytest.raises(CannotFollowUp):
        report(asked, maker, Status.DONE)


def test_a_proof_that_does_not_hold_goes_back_with_a_remark_and_comes_again(asked, maker, checker):
    report(asked, maker)
    with pytest.raises(CannotFollowUp, match="ระบุเหตุผล"):
        send_back(asked, checker, " ")
    send_back(asked, checker)
    assert now(asked) == Status.RETURNED

    report(asked, maker)
    verify(asked, checker)

    assert [each.status for each in asked.follow_ups.all()] == ["done", "claimed", "returned", "claimed"]


def test_what_was_verified_by_mistake_is_opened_again_with_a_reason(asked, maker, checker):
    report(asked, maker)
    verify(asked, checker)
    with pytest.raises(CannotFollowUp, match="แล้วเสร็จ"):
        report(asked, maker)

    send_back(asked, checker, "ตรวจผิดข้อ")

    assert now(asked) == Status.RETURNED


def test_a_decision_on_an_older_report_is_refused(asked, maker, checker):
    read = report(asked, maker).pk
    report(asked, maker, Status.UNDER_WAY)
    report(asked, maker, note="แนบใหม่")

    with pytest.raises(CannotFollowUp, match="รายงานใหม่"):
        follow_up.verify(recommendation=asked, version=read, note="", by=checker)


def test_the_database_refuses_that_maker_and_checker_are_one(asked, maker):
    for wrong in ({"verified_by": None}, {"claimed_by": maker, "verified_by": maker}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=asked.pk).update(status="done", **wrong)


def test_the_database_refuses_a_claim_without_proof_and_a_changed_report(asked, maker):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(recommendation=asked, status="claimed", by=maker)
    report(asked, maker)
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUp.objects.update(note="อื่น")


def test_a_claim_waits_for_the_checker_and_is_awaited_by_its_maker(asked, maker, checker):
    report(asked, maker, proof=make_picture())

    assert [item.what for item in waiting_for(checker, on=TODAY).items if item.what.startswith("ตรวจหลักฐาน")]
    assert "รอตรวจหลักฐานข้อที่ต้องดำเนินการ" in [item.what for item in awaited_by(maker, on=TODAY).items]
    assert not [item for item in waiting_for(maker, on=TODAY).items if "ข้อที่ต้องดำเนินการ" in item.what]


def test_a_proof_is_sent_seen_and_verified_on_the_pages(asked, maker, checker, client):
    client.force_login(maker)
    address = reverse("monitoring:recommendation-report", args=[asked.pk])
    pdf = SimpleUploadedFile("งบดุล.pdf", b"%PDF-1.7 balance")
    client.post(address, {"status": "claimed", "note": "ส่งงบดุล", "proof": pdf})
    proof = asked.follow_ups.get()

    client.force_login(checker)
    page = client.get(reverse("monitoring:recommendation", args=[asked.pk])).content.decode()
    kept = client.get(reverse("monitoring:proof", args=[proof.pk]))

    assert reverse("monitoring:recommendation-verify", args=[asked.pk]) in page
    assert b"".join(kept) == b"%PDF-1.7 balance"
    assert "attachment" in kept["Content-Disposition"]
    client.post(reverse("monitoring:recommendation-verify", args=[asked.pk]), {"version": proof.pk})
    assert now(asked) == Status.DONE


def test_the_overdue_list_of_the_province_shows_each_district(asked, client, checker):
    other = make_sent_visit(make_centre(make_village("33110101")))
    make_recommendation(other, what="เรื่องของอำเภออื่น", due_on=date(2019, 4, 1))
    make_recommendation(other, what="ยังไม่ถึงกำหนด", due_on=date(2100, 1, 1))
    client.force_login(checker)

    late = client.get(reverse("monitoring:recommendations"), {"due": "late"}).content.decode()
    one = client.get(
        reverse("monitoring:recommendations"), {"due": "late", "district": "3311"}
    ).content.decode()

    assert asked.what in late
    assert "เรื่องของอำเภออื่น" in late
    assert "ยังไม่ถึงกำหนด" not in late
    assert asked.what not in one
    assert "เรื่องของอำเภออื่น" in one
