"""A round of the demo's province: planned, invited by letter, one report certified and one visit still to be made."""

from datetime import date, time, timedelta
from random import Random

from accounts.models import Officer
from config import thai
from debts.models import ClauseText
from debts.papers.texts import approve, begin, owner
from funds.models import Centre
from monitoring import visits
from monitoring.letters.writing import addressee, issue, usual, write
from monitoring.models import Letter, Round, Visit
from monitoring.rounds.planning import CENTRE_STEPS, add_visit, plan_round, write_programme
from monitoring.rounds.readiness import prepare
from reports.demo.visits import record_report

DAY = timedelta(days=1)
OBJECTIVES = """\
เพื่อวางแผนการสนับสนุนศูนย์จัดการกองทุนชุมชนในปีต่อไป
เพื่อศึกษาปัญหา ผลของโครงการ เทคนิค และปัจจัยความสำเร็จ
เพื่อปรับปรุงงานและโครงการในปีปัจจุบัน"""
TEAM = [
    ("นางกัลยา พรหมดี", "นักวิชาการพัฒนาชุมชนชำนาญการ"),
    ("นายสิงหา เดชกล้า", "นักวิชาการพัฒนาชุมชนปฏิบัติการ"),
    ("นางสาวเมษา ยิ้มแย้ม", "นักวิชาการพัฒนาชุมชนปฏิบัติการ"),
]
HOSTS = "นางสาวอรพิน ใจซื่อ พัฒนากร\nนายวิศาล ตั้งตรง พัฒนาการอำเภอ"
OUTSIDE = {
    "urgency": Letter.Urgency.MOST,
    "address": "ศาลากลางจังหวัดศรีสะเกษ อำเภอเมืองศรีสะเกษ 33000",
    "acting_for": "ผู้ว่าราชการจังหวัดศรีสะเกษ",
    "enclosures": "ประเด็นการติดตาม จำนวน 1 ฉบับ\nกำหนดการ จำนวน 1 ฉบับ",
}
"""What stands on a letter to another office only."""
REPORTED, COMING = -26, 12
"""Days from today to the two visits."""


def tell_round(*, today: date, random: Random) -> Round:
    """Two days of a province in two of its districts."""
    by = Officer.objects.get(username="sisaket")
    head = Officer.objects.get(username="sisaket-head")
    _approve_words(by, head)
    round = _plan(today, by)
    done, coming = (
        _appoint(round, centre, today + days * DAY, by)
        for centre, days in zip(_centres(), (REPORTED, COMING), strict=True)
    )
    for visit, on in ((done, today + (REPORTED - 12) * DAY), (coming, today - DAY)):
        issue(letter=_draft(visit, Letter.Kind.LETTER, by), on=on, by=by)
    _draft(coming, Letter.Kind.MEMO, by)
    _report(done, head, today, random)
    return round


def _centres() -> list[Centre]:
    """One of each of two districts of ศรีสะเกษ, neither of them Nong Ha, which has no visit yet."""
    return [
        Centre.objects.filter(village__code__startswith=code).exclude(visits=None).with_place().first()
        for code in ("3312", "3303")
    ]


def _approve_words(by: Officer, head: Officer) -> None:
    for kind in (ClauseText.Kind.VISIT_LETTER, ClauseText.Kind.VISIT_MEMO):
        text = begin(kind=kind, province=owner(by.area), by=by)
        approve(text=text, version=text.version, by=head)


def _plan(today: date, by: Officer) -> Round:
    round = plan_round(
        round=Round(
            name="ติดตามสนับสนุนการบริหารจัดการหนี้ รอบที่ 1",
            fiscal_year=thai.fiscal_year(today),
            starts_on=today - 40 * DAY,
            ends_on=today + 30 * DAY,
            objectives=OBJECTIVES,
            expected="ศูนย์ฯ บริหารจัดการหนี้ไปสู่ 1 ครัวเรือน 1 สัญญาได้ตามแผน",
            centre_steps=CENTRE_STEPS,
        ),
        by=by,
    )
    meeting = {"what": "ประชุมชี้แจงตัวชี้วัดและแลกเปลี่ยนภารกิจ", "place": "ห้องประชุม สพจ. ชั้น 3"}
    agenda = [
        {"on": today + days * DAY, "starts_at": time(9), "ends_at": time(12), **meeting}
        for days in (REPORTED, COMING)
    ]
    return write_programme(round=round, version=round.version, team=_team(), agenda=agenda)


def _team() -> list[dict]:
    return [
        {"name": name, "position": position, "agency": "สพจ.ศรีสะเกษ", "is_lead": number == 0}
        for number, (name, position) in enumerate(TEAM)
    ]


def _appoint(round: Round, centre: Centre, on: date, by: Officer) -> Visit:
    """A visit in the afternoon of the day, or of the next one on which the centre is not visited yet."""
    while centre.visits.filter(planned_on=on).exists():
        on += DAY
    place = f"ที่ทำการศูนย์ฯ {centre.village.name}"
    visit = add_visit(
        round=round, centre=centre, planned_on=on, starts_at=time(13), ends_at=time(16), place=place, by=by
    )
    return prepare(
        visit=visit,
        asked_committee=10,
        asked_households=5,
        hosts=HOSTS,
        ready={"statement": "งบดุลเดือนล่าสุด"},
        by=by,
    )


def _draft(visit: Visit, kind: str, by: Officer) -> Letter:
    written = {
        "book": "ศก 0019",
        "subject": "การติดตามสนับสนุนการบริหารจัดการหนี้ของศูนย์จัดการกองทุนชุมชน",
        "to": addressee(kind=kind, visit=visit, by=by),
        "contact": "กลุ่มงานส่งเสริมการพัฒนาชุมชน\nโทร. 0 4500 0000",
        "signer": "นายธนากร มั่นใจ",
        "signer_position": "พัฒนาการจังหวัดศรีสะเกษ",
    }
    outside = OUTSIDE if kind == Letter.Kind.LETTER else {}
    letter = Letter(**{**usual(kind=kind, by=by), **written, **outside})
    return write(letter=letter, visit=visit, kind=kind, by=by)


def _report(visit: Visit, head: Officer, today: date, random: Random) -> Visit:
    visit = record_report(visit, _team(), Visit.Status.SENT, random)
    visit = visits.send(visit=visit, on=today, by=visit.planned_by)
    return visits.certify(visit=visit, version=visit.version, on=today, by=head)
