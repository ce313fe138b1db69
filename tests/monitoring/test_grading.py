"""Levels of centres and funds: points, scores, who may do what, and what is kept."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from funds.models import Centre, Fund
from monitoring.grading import life, scores, starters
from monitoring.grading.evidence import evidence_of
from monitoring.grading.life import CannotGrade
from monitoring.models import Grading, GradingMove, Scorecard
from tests.factories import (
    GRADED,
    make_centre,
    make_certified_grading,
    make_fund,
    make_grading,
    make_member,
    make_officer,
    make_order,
)

pytestmark = pytest.mark.django_db
Status = Grading.Status


def province(grading, role=Role.PROVINCIAL_HEAD):
    return make_officer(role, area=grading.centre.village)


def sent(**fields):
    grading = make_grading(points=2, **fields)
    return life.send(grading=grading, by=grading.begun_by)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([(1, 3), (1, 3)], 10000),
        ([(1, 0), (1, 0)], 0),
        ([(1, 1), (1, 1), (1, 0)], 2222),
        ([(2, 3), (1, 0)], 6667),  # 66.666… is rounded half up
        ([(1, 2)], 6667),
        ([], None),
    ],
)
def test_a_score_is_the_share_of_the_points_that_can_be_had(given, expected):
    assert scores.score(given, most=3) == expected


@pytest.mark.parametrize(("score", "level"), [(0, 1), (4999, 1), (5000, 2), (7999, 2), (8000, 3), (10000, 3)])
def test_a_level_begins_at_its_percentage(score, level):
    assert scores.level(score, level2_from=50, level3_from=80) == level


def test_the_starters_are_loaded_once_and_say_that_they_are_not_official():
    starters.load()
    cards = starters.load()

    assert [card.items.count() for card in cards] == [11, 6, 5]
    assert Scorecard.objects.filter(is_starter=True).count() == 3


def test_what_only_model_centres_are_asked_is_left_out_for_others():
    ordinary = make_grading(make_centre(kind=Centre.Kind.NEW))

    assert [row.item.order for row in ordinary.items.all() if row.is_left_out] == [11]


def test_an_item_left_out_makes_the_others_weigh_more():
    grading = make_grading(points=3)

    assert (grading.score, grading.level) == (10000, 3)


def test_there_is_no_score_while_an_item_is_open():
    grading = make_grading(points=3)
    given = {row.pk: life.Given(3) for row in grading.items.all()}
    given[min(given)] = life.Given(None)
    grading = life.give(grading=grading, version=grading.version, given=given, note="", by=grading.begun_by)

    assert (grading.score, grading.level) == (None, None)
    with pytest.raises(CannotGrade, match="1 ข้อ"):
        life.send(grading=grading, by=grading.begun_by)


def test_points_above_the_scale_are_refused():
    grading = make_grading()
    given = {row.pk: life.Given(4) for row in grading.items.all()}

    with pytest.raises(CannotGrade, match="ไม่เกิน 3"):
        life.give(grading=grading, version=grading.version, given=given, note="", by=grading.begun_by)


def test_whoever_changed_it_meanwhile_is_not_overwritten():
    grading = make_grading(points=2)
    given = {row.pk: life.Given(3) for row in grading.items.all()}

    with pytest.raises(CannotGrade, match="ข้อมูลล่าสุด"):
        life.give(grading=grading, version=grading.version - 1, given=given, note="", by=grading.begun_by)


def test_a_centre_is_graded_once_a_year():
    grading = make_grading()

    with pytest.raises(CannotGrade, match="แล้ว"):
        make_grading(grading.centre)


@pytest.mark.parametrize(("year", "reason"), [(2563, "ยังไม่ถึง"), (2555, "จัดตั้งปี")])
def test_a_year_that_cannot_be_graded_is_refused(year, reason):
    centre = make_centre(founded_year=2556)

    with pytest.raises(CannotGrade, match=reason):
        make_grading(centre, year=year)


@pytest.mark.parametrize("kind", [Fund.Kind.SAVINGS_GROUP, Fund.Kind.POVERTY_PROJECT])
def test_savings_groups_and_poverty_projects_have_scorecards_of_their_own(kind):
    fund = make_fund(kind=kind)
    grading = make_grading(fund=fund, points=2)

    assert grading.scorecard.subject == kind
    assert grading.level == 2
    assert all(evidence_of(grading, on=GRADED).values())


def test_other_funds_are_not_graded():
    with pytest.raises(CannotGrade, match="ยังไม่มีแบบประเมิน"):
        make_grading(fund=make_fund(kind=Fund.Kind.VILLAGE_FUND))


def test_whoever_assessed_does_not_certify():
    grading = sent()

    with pytest.raises(CannotGrade, match="ต้องให้ผู้อื่นรับรอง"):
        life.certify(grading=grading, version=grading.version, on=GRADED, by=grading.begun_by)


def test_somebody_else_certifies_and_what_the_system_told_is_frozen():
    grading = sent()
    grading = life.certify(grading=grading, version=grading.version, on=GRADED, by=province(grading))
    make_order(grading.centre, number="9/2562", signed_on=date(2019, 1, 1))

    assert grading.status == Status.CERTIFIED
    assert evidence_of(grading, on=GRADED)["1"] == "ไม่มีคำสั่งแต่งตั้งคณะกรรมการที่มีผลในวันนี้"
    assert [move.new for move in grading.moves.all()] == ["draft", "sent", "certified"]


def test_a_certified_grading_is_not_changed_any_more():
    grading = make_certified_grading()
    given = {row.pk: life.Given(3) for row in grading.items.all()}

    with pytest.raises(CannotGrade, match="รับรองแล้ว"):
        life.give(grading=grading, version=grading.version, given=given, note="", by=grading.begun_by)
    with pytest.raises(CannotGrade, match="รับรองแล้ว"):
        life.return_for_correction(
            grading=grading, version=grading.version, reason="ผิด", by=province(grading)
        )


def test_a_grading_goes_back_with_a_reason_and_is_sent_again():
    grading = sent()
    checker = province(grading)
    with pytest.raises(CannotGrade, match="ระบุเหตุผล"):
        life.return_for_correction(grading=grading, version=grading.version, reason=" ", by=checker)
    grading = life.return_for_correction(
        grading=grading, version=grading.version, reason="ขาดหลักฐานข้อ 4", by=checker
    )

    assert life.send(grading=grading, by=grading.begun_by).status == Status.SENT


def test_moves_are_never_changed():
    make_grading()

    with pytest.raises(DatabaseError), transaction.atomic():
        GradingMove.objects.update(new="certified")


def test_the_evidence_counts_seats_and_names_nobody():
    centre = make_centre()
    fund = make_fund(centre)
    order = make_order(centre, number="1/2561", signed_on=date(2018, 10, 1), signer="นายลงนาม")
    make_member(order, first_name="มานะ", fund=fund)
    grading = make_grading(centre)

    told = evidence_of(grading, on=GRADED)

    assert "กรรมการ 1 คน • มีผู้แทน 1 จาก 1 กองทุน" in told["1"]
    assert "นายลงนาม" not in "".join(told.values())
    assert "ระบบไม่มีข้อมูลข้อนี้" in told["6"]
    assert told["4"] == "ยังไม่มีแผนปีงบประมาณ พ.ศ. 2562 ในระบบ"


def test_the_level_of_last_year_stands_beside_this_years():
    first = make_certified_grading(year=2561, points=1)
    make_grading(first.centre, year=2562, points=3)

    newest = Grading.objects.with_last_year().get(fiscal_year=2562)

    assert (newest.last_level, newest.level) == (1, 3)


def test_a_grading_is_made_on_its_pages_and_certified_by_the_province(sign_in):
    starters.load()
    centre = make_centre()
    maker = make_officer(Role.DISTRICT_OFFICER, area=centre.village)
    client = sign_in(maker)
    client.post(reverse("monitoring:grading-new"), {"centre": centre.pk, "year": "2562"})
    grading = Grading.objects.get()
    rows = grading.items.select_related("item")
    typed = {f"item{row.item.order}-points": "2" for row in rows} | {"item11-points": "left-out"}
    edit = reverse("monitoring:grading-edit", args=[grading.pk])
    page = client.get(edit).content.decode()
    client.post(edit, {**typed, "version": grading.version, "note": "ประเมินร่วมกับคณะกรรมการ"})
    client.post(reverse("monitoring:grading-send", args=[grading.pk]))
    grading.refresh_from_db()

    assert "ไม่ใช่เกณฑ์ทางการ" in page
    assert (grading.status, grading.score, grading.level) == (Status.SENT, 6667, 2)

    certify = reverse("monitoring:grading-certify", args=[grading.pk])
    assert client.post(certify, {"version": grading.version}).status_code == 403
    sign_in(province(grading)).post(certify, {"version": grading.version})
    grading.refresh_from_db()

    assert grading.status == Status.CERTIFIED


def test_the_list_asks_as_many_questions_for_many_gradings_as_for_one(sign_in):
    first = make_grading(points=2)
    client = sign_in(province(first))
    address = reverse("monitoring:gradings")
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for year in (2558, 2559, 2560, 2561):
        make_grading(first.centre, first.begun_by, year=year, points=1)

    with CaptureQueriesContext(connection) as many:
        response = client.get(address)

    assert response.content.decode().count("ระดับ 1") >= 4
    assert len(many) == len(one)


def test_the_reason_stands_on_the_page_of_a_returned_grading(sign_in):
    grading = sent()
    reason = "แนบหลักฐานข้อ 4"
    life.return_for_correction(grading=grading, version=grading.version, reason=reason, by=province(grading))

    page = sign_in(grading.begun_by).get(reverse("monitoring:grading", args=[grading.pk])).content.decode()

    assert f"<p>{reason}</p>" in page
