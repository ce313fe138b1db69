"""Plans with activities: proposed, approved by somebody else, reported; what is odd keeps a plan out of the bundle."""

from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from config import thai
from debts.registers.certify import certify
from funds.books import sheets
from funds.books.months import month_before
from monitoring.grading.evidence import evidence_of
from monitoring.models import ActionPlan, ActivityReport, PlannedActivity
from monitoring.plans import life
from monitoring.plans.progress import Progress, progress_of
from monitoring.plans.results import CannotReport, report
from monitoring.plans.warnings import warnings_of
from monitoring.rounds.readiness import readiness
from reports.inbox import awaited_by, waiting_for
from tests.factories import (
    PLANNED,
    line_of,
    make_action_plan,
    make_approved_plan,
    make_centre,
    make_fund,
    make_grading,
    make_member,
    make_officer,
    make_order,
    make_sent_plan,
    make_sent_register,
    make_village,
    make_visit,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = thai.fiscal_year(TODAY)
Status = ActionPlan.Status


def province(role=Role.PROVINCIAL_HEAD, **fields):
    return make_officer(role, **fields)


def told(plan, *, on=PLANNED):
    return [
        each.text for each in warnings_of([ActionPlan.objects.with_names().get(pk=plan.pk)], on=on)[plan.pk]
    ]


def done(activity, on=date(2019, 3, 1), **fields):
    fields = {"status": "done", "done_on": on, "spent": Decimal(9500), "reached": 5, "note": "", **fields}
    return report(activity=activity, on=on, by=make_officer(), **fields)


def whole_centre(code="33100503"):
    """A centre about whose plan nothing is odd."""
    centre = make_centre(make_village(code, name=f"บ้าน{code}"))
    officer = make_officer(area=centre.village)
    fund = make_fund(centre)
    make_member(make_order(centre, signed_on=date(2017, 1, 5)), fund=fund)
    register = make_sent_register(centre, [line_of(fund=fund)])
    certify(register=register, sequence=register.sequence, by=officer)
    sheet = sheets.begin(centre=centre, fund=None, month=month_before(TODAY), on=TODAY, by=officer)
    typed = [
        sheets.TypedLine(line.side, line.code, line.label, line.is_deducted, Decimal(0))
        for line in sheet.lines.all()
    ]
    sheet = sheets.keep(sheet=sheet, version=1, lines=typed, members=None, note="", by=officer)
    sheets.close(sheet=sheet, version=sheet.version, on=TODAY, by=officer)
    return centre


def sent_this_year(centre, **fields):
    plan = make_action_plan(centre, year=YEAR, on=TODAY, **fields)
    ahead = min(TODAY + timedelta(days=1), thai.fiscal_year_end(YEAR))
    plan.activities.update(starts_on=ahead, ends_on=ahead)
    return life.send(plan=plan, by=plan.begun_by)


def test_a_plan_goes_to_the_province_and_comes_back_with_a_reason():
    plan = make_sent_plan()
    plan = life.return_for_correction(plan=plan, version=plan.version, reason="ระบุตลาด", by=province())
    plan = life.send(plan=plan, by=plan.begun_by)

    plan = life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())

    assert (plan.status, plan.approved_on) == (Status.APPROVED, PLANNED)
    moves = list(plan.moves.values_list("new", "reason"))
    assert moves == [("draft", ""), ("sent", ""), ("returned", "ระบุตลาด"), ("sent", ""), ("approved", "")]


def test_the_reason_stands_on_the_page_of_a_returned_plan(sign_in):
    plan = make_sent_plan()
    life.return_for_correction(plan=plan, version=plan.version, reason="ระบุตลาดรองรับ", by=province())

    page = sign_in(plan.begun_by).get(reverse("monitoring:action-plan", args=[plan.pk])).content.decode()

    assert "<p>ระบุตลาดรองรับ</p>" in page


def test_what_is_missing_is_named_before_a_plan_is_sent():
    plan = make_action_plan(households=None, resolution="")
    plan.activities.update(budget=None, who="")

    with pytest.raises(life.CannotPlan) as refusal:
        life.send(plan=plan, by=plan.begun_by)

    said = str(refusal.value)
    assert "ครัวเรือนเป้าหมาย" in said
    assert "มติที่ประชุม" in said
    assert "กิจกรรมที่ 1 ยังไม่ได้ระบุงบประมาณ, ผู้รับผิดชอบ" in said


def test_whoever_wrote_a_plan_does_not_decide_on_it():
    head = province()
    plan = make_sent_plan(by=head)

    with pytest.raises(life.CannotPlan, match="ต้องให้ผู้อื่น"):
        life.approve(plan=plan, version=plan.version, on=PLANNED, by=head)


def test_the_database_itself_refuses_a_plan_decided_by_its_sender():
    plan = make_sent_plan()

    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlan.objects.filter(pk=plan.pk).update(decided_by=plan.sent_by)


def test_two_who_decide_at_once_decide_once():
    plan = make_sent_plan()
    life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())

    with pytest.raises(life.CannotPlan):
        life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())


def test_a_plan_changed_meanwhile_is_read_again():
    plan = make_action_plan()
    life.send(plan=plan, by=plan.begun_by)

    with pytest.raises(life.CannotPlan, match="ข้อมูลล่าสุด"):
        life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())


def test_a_maker_takes_back_what_nobody_decided_on():
    plan = make_sent_plan()

    with pytest.raises(life.CannotPlan, match="เฉพาะผู้จัดทำ"):
        life.take_back(plan=plan, by=province())
    assert life.take_back(plan=plan, by=plan.begun_by).status == Status.DRAFT


def test_an_approval_is_undone_until_a_result_is_reported():
    plan = make_approved_plan(activities=2)
    plan = life.undo_approval(plan=plan, reason="งบเปลี่ยน", by=plan.decided_by)
    assert (plan.status, plan.approved_on) == (Status.SENT, None)
    plan = life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())
    done(plan.activities.first())

    with pytest.raises(life.CannotPlan, match="รายงานผล"):
        life.undo_approval(plan=plan, reason="งบเปลี่ยน", by=plan.decided_by)


@pytest.mark.parametrize(
    ("done", "total", "is_enough"),
    [(0, 0, False), (3, 10, False), (4, 13, True), (1, 3, True), (1, 4, False)],
)
def test_more_than_thirty_percent_is_enough_and_thirty_is_not(done, total, is_enough):
    assert Progress(done, total).is_enough is is_enough


def test_results_are_counted_by_the_day_they_were_reached():
    plan = make_approved_plan(activities=3)
    done(plan.activities.first(), on=date(2019, 3, 1))
    done(plan.activities.last(), status="under_way", done_on=None, on=date(2019, 4, 1))

    assert progress_of(plan, on=date(2019, 2, 28)) == (0, 3)
    assert (
        progress_of(plan, on=date(2019, 3, 1)).words == "ดำเนินการแล้ว 1 จาก 3 กิจกรรม ร้อยละ 33.33 (เกินร้อยละ 30)"
    )
    assert ActivityReport.objects.count() == 2


def test_results_are_reported_of_approved_plans_on_days_that_have_been():
    draft = make_action_plan().activities.get()
    with pytest.raises(CannotReport, match="อนุมัติ"):
        done(draft)
    activity = make_approved_plan(make_centre(make_village("33100504"))).activities.get()

    with pytest.raises(CannotReport, match="ไม่เกินวันนี้"):
        done(activity, done_on=date(2019, 3, 2))
    with pytest.raises(CannotReport, match="ระบุวันที่"):
        done(activity, done_on=None)


def test_the_progress_of_the_plan_is_the_evidence_of_item_four():
    plan = make_approved_plan(activities=2)
    done(plan.activities.first())

    known = evidence_of(make_grading(plan.centre), on=date(2019, 4, 1))

    assert known["4"].endswith("ดำเนินการแล้ว 1 จาก 2 กิจกรรม ร้อยละ 50 (เกินร้อยละ 30)")


def test_an_approved_plan_and_a_closed_month_are_ready_for_a_visit():
    centre = whole_centre()
    visit = make_visit(centre, make_officer())
    before = [item.is_ready for item in readiness(visit, on=TODAY)][-2:]
    plan = sent_this_year(centre)
    life.approve(plan=plan, version=plan.version, on=TODAY, by=province())

    after = [item.is_ready for item in readiness(visit, on=TODAY)][-2:]

    assert (before, after) == ([False, True], [True, True])


def test_what_is_odd_about_a_plan_is_said():
    centre = make_centre()
    last = make_approved_plan(centre, year=2561, on=date(2017, 10, 5), activities=4)
    done(last.activities.first(), on=date(2018, 3, 1))
    plan = make_action_plan(centre, activities=5)
    plan.activities.filter(order=1).update(ends_on=date(2020, 1, 1))
    plan.activities.filter(order=2).update(starts_on=date(2018, 10, 3))

    said = told(plan)

    assert said == [
        "กิจกรรมที่ 1 อยู่นอกปีงบประมาณของแผน",
        "กิจกรรมที่ 2 เริ่ม 3 ต.ค. 2561 ก่อนวันที่พิจารณา",
        "งบประมาณ 50,000.00 บาท เกิน 40,000.00 บาทต่อแห่ง (หนังสือปี 2562)",
        "ปีก่อนดำเนินการแล้ว 1 จาก 4 กิจกรรม ร้อยละ 25 (ไม่เกินร้อยละ 30)",
        "ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ",
        "ยังไม่มีทะเบียนลูกหนี้ที่รับรองแล้ว",
        "ศูนย์ฯ ยังไม่ปิดงบดุลเดือนกันยายน 2561",
    ]


def test_only_plans_without_warnings_are_approved_together(sign_in):
    whole, odd = sent_this_year(whole_centre()), sent_this_year(make_centre(make_village("33100504")))
    head = province()
    client = sign_in(head)
    page = client.get(reverse("monitoring:action-plans-waiting")).content.decode()
    ticks = [f"{plan.pk}-{plan.version}" for plan in (whole, odd)]
    assert [f'value="{tick}"' in page for tick in ticks] == [True, False]
    address = reverse("monitoring:action-plans-approve")

    first = client.get(address, {"plan": ticks[0]}).content.decode()
    refused = client.post(address, {"plan": ticks}).content.decode()
    client.post(address, {"plan": ticks[0]})

    assert "งบประมาณรวม <b>10,000.00 บาท</b>" in first
    assert "แผนที่เลือกเปลี่ยนไปแล้ว" in refused
    assert [ActionPlan.objects.get(pk=plan.pk).status for plan in (whole, odd)] == [
        Status.APPROVED,
        Status.SENT,
    ]
    assert life.approve_together(plans={odd: odd.version}, on=TODAY, by=head)[1][0][1].startswith("มีข้อสังเกต")


def test_the_screen_of_waiting_plans_asks_as_much_of_the_database_for_many_as_for_one(sign_in):
    sent_this_year(make_centre())
    client = sign_in(province())
    address = reverse("monitoring:action-plans-waiting")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for code in ("33100504", "33100505", "33100506"):
        make_fund(sent_this_year(make_centre(make_village(code))).centre)

    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_the_plan_stands_in_the_inboxes_of_who_decides_and_of_who_waits():
    plan = make_sent_plan()
    head = province()

    assert [item.what for item in waiting_for(head, on=TODAY).items] == ["พิจารณาแผนและกิจกรรม"]
    assert [item.what for item in awaited_by(plan.begun_by, on=TODAY).items] == ["รออนุมัติแผนและกิจกรรม"]
    life.return_for_correction(plan=plan, version=plan.version, reason="แก้", by=head)
    assert [item.what for item in waiting_for(plan.begun_by, on=TODAY).items] == ["แก้ไขแผนที่ส่งคืน"]


def test_a_district_writes_its_annual_plan_by_form_and_incomplete_rows_are_kept(sign_in):
    client = sign_in(make_officer())
    edit = client.post(reverse("monitoring:action-plan-new"), {"year": YEAR}, follow=True)
    plan = ActionPlan.objects.get()
    address = reverse("monitoring:action-plan-edit", args=[plan.pk])
    rows = {
        "activity-TOTAL_FORMS": 2,
        "activity-INITIAL_FORMS": 0,
        "activity-0-kind": "other",
        "activity-1-kind": "other",
    }
    typed = {**rows, "version": plan.version, "activity-0-what": "ติดตามศูนย์ฯ", "activity-1-budget": "500"}

    wrong = client.post(address, typed)
    client.post(address, {**typed, "activity-1-what": "ประชุม"})

    assert edit.status_code == 200
    assert (plan.kind, plan.area.level) == ("district", "district")
    assert "กิจกรรมที่ 2 กิจกรรม: ระบุกิจกรรม" in wrong.content.decode()
    assert list(plan.activities.values_list("what", flat=True)) == ["ติดตามศูนย์ฯ", "ประชุม"]


def test_one_plan_a_year_for_this_year_and_the_next():
    plan = make_action_plan()

    with pytest.raises(life.CannotPlan, match="แล้ว"):
        make_action_plan(plan.centre)
    with pytest.raises(life.CannotPlan, match="จัดทำแผนได้"):
        make_action_plan(plan.centre, year=2564)


def test_the_paper_says_what_is_planned_and_that_it_is_a_draft(sign_in):
    plan = make_action_plan(activities=2, what="ทอผ้าไหม")
    client = sign_in(make_officer())
    address = reverse("reports:action-plan-paper", args=[plan.pk])

    drafted = text_of(client.get(address).content)
    life.send(plan=plan, by=plan.begun_by)
    plan.refresh_from_db()
    life.approve(plan=plan, version=plan.version, on=PLANNED, by=province())
    approved = text_of(client.get(address).content)

    assert "ทอผ้าไหม 2" in drafted
    assert "20,000.00" in drafted
    assert "ฉบับร่าง" in drafted
    assert "ฉบับร่าง" not in approved
    assert "สองหมื่นบาทถ้วน" in approved


def test_a_plan_is_read_on_one_screen_with_what_is_odd(sign_in):
    plan = make_sent_plan()
    client = sign_in(province())

    page = unescape(client.get(reverse("monitoring:action-plan-approve", args=[plan.pk])).content.decode())

    assert "งบประมาณ 10,000.00 บาท" in page
    assert "ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ" in page
    assert PlannedActivity.objects.get().status == "planned"


def test_an_approved_plan_is_not_sent_again():
    plan = make_approved_plan()

    with pytest.raises(life.CannotPlan, match="เสนอไม่ได้ แผนนี้อยู่ในสถานะอนุมัติแล้ว"):
        life.send(plan=plan, by=plan.begun_by)

    plan.refresh_from_db()
    assert plan.is_approved
