"""The demo's visits: appointments, drafts, reports that wait, reports that are certified, and what was asked for."""

import io
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import Officer
from funds.models import Centre
from monitoring import follow_up, visits
from monitoring.models import IssueAnswer, Recommendation, Visit
from monitoring.photos import attach

DAY = timedelta(days=1)
Status, Result = Visit.Status, IssueAnswer.Result
NEWEST = [Status.RETURNED, Status.PLANNED, Status.DRAFT, Status.SENT]  # by the number of the centre
FINDINGS = {
    Result.FOLLOWS: "คณะกรรมการดำเนินการแล้ว มีเอกสารให้ตรวจครบ",
    Result.PARTLY: "ดำเนินการแล้วบางส่วน เอกสารยังไม่เป็นปัจจุบัน",
    Result.NOT_YET: "ยังไม่ได้ดำเนินการ คณะกรรมการรับไปกำหนดแผนในการประชุมครั้งหน้า",
}
USUAL = [Result.FOLLOWS, Result.FOLLOWS, Result.FOLLOWS, Result.PARTLY, Result.NOT_YET]
# what, of whom, days from the visit until it is due, what became of it
ASKED = [
    ("จัดทำบัญชีงบดุลรายเดือนให้เป็นปัจจุบัน", "เหรัญญิก", 30, Recommendation.Status.DONE),
    ("ติดตามครัวเรือนที่ค้างชำระ 2 งวดขึ้นไปเป็นรายครัวเรือน", "คณะกรรมการศูนย์ฯ", 60, Recommendation.Status.UNDER_WAY),
    ("แต่งตั้งคณะกรรมการแทนตำแหน่งที่ว่าง", "ประธานศูนย์ฯ", 45, Recommendation.Status.CLAIMED),
    ("ทำบัญชีครัวเรือนต้นแบบเป็นตัวอย่าง", "พัฒนากร", 90, Recommendation.Status.RETURNED),
    ("ประชุมคณะกรรมการและจัดทำรายงานการประชุมทุกเดือน", "เลขานุการ", 400, Recommendation.Status.OPEN),
]
PHOTOS = ["ประชุมคณะกรรมการศูนย์ฯ ที่ศาลาประชาคม", "ตรวจเอกสารและทะเบียนลูกหนี้"]


def tell_visits(
    centre: Centre, *, number: int, by: Officer, certifier: Officer | None, random: Random, today: date
) -> None:
    """Last season's visit as far as it could go, and this season's on its way."""
    finished = Status.CERTIFIED if certifier else Status.SENT
    earlier = today - random.randrange(130, 180) * DAY
    newest = NEWEST[number % len(NEWEST)]
    later = today + (random.randrange(4, 25) if newest == Status.PLANNED else -random.randrange(2, 12)) * DAY
    told = {"by": by, "certifier": certifier, "random": random, "today": today}
    _report_on(_visit(centre, earlier, "ครั้งที่ 1", finished, **told), by, certifier)
    _visit(centre, later, "ครั้งที่ 2", newest, **told)


def _visit(centre, on: date, round_name: str, status, *, by, certifier, random, today) -> Visit:
    team = [
        {"name": by.full_name, "position": by.position, "agency": by.area.label, "is_lead": True},
        {"name": "นางสาวดวงใจ บัวขาว", "position": "นักวิชาการพัฒนาชุมชน", "agency": "สพจ.", "is_lead": False},
    ]
    visit = visits.plan(
        centre=centre,
        planned_on=on,
        by=by,
        team=team,
        round_name=f"ติดตามสนับสนุนการบริหารจัดการหนี้ {round_name}",
        starts_at=time(13),
        ends_at=time(16),
        place=f"ศาลาประชาคม{centre.village.name}",
    )
    if status == Status.PLANNED:
        return visit
    visit = record_report(visit, team, status, random)
    if status == Status.DRAFT:
        return visit
    visit = visits.send(visit=visit, on=today, by=by)
    return _decide(visit, status, certifier, today)


def record_report(visit: Visit, team, status, random: Random) -> Visit:
    """Everything but the last issues and the summary where it is still a draft."""
    answers = list(visit.answers.all())
    answered = answers[: len(answers) // 2] if status == Status.DRAFT else answers
    draft = visits.Draft(
        fields=_fields(visit, random) if status != Status.DRAFT else {"committee": random.randrange(8, 16)},
        team=team,
        answers={answer.pk: _answer(answer, random) for answer in answered},
        recommendations={
            UUID(int=random.getrandbits(128)): {
                "what": what,
                "who": who,
                "due_on": visit.planned_on + days * DAY,
            }
            for what, who, days, _ in ASKED
        },
    )
    by = visit.planned_by
    visit = visits.record(visit=visit, version=visit.version, draft=draft, on=visit.planned_on, by=by)
    for caption in PHOTOS:
        attach(visit=visit, upload=_picture(random), caption=caption, by=by)
    return visit


def _fields(visit: Visit, random: Random) -> dict:
    return {
        "committee": random.randrange(8, 16),
        "model_households": random.randrange(2, 6),
        "officers": 2,
        "success_factors": "คณะกรรมการเสียสละ และกองทุนสมาชิกตกลงหลักเกณฑ์การพักชำระหนี้ร่วมกัน",
        "problems": "ครัวเรือนมีรายได้ตามฤดูกาล ชำระได้หลังเก็บเกี่ยว",
        "suggestions": "กำหนดวันชำระให้ตรงกับรายได้ และประชุมติดตามทุกเดือน",
        "satisfaction": "ครัวเรือนต้นแบบพอใจที่ชำระที่เดียวและรู้ยอดหนี้ของตน",
        "summary": f"ศูนย์ฯ {visit.centre.village.name} ดำเนินงานต่อเนื่อง ครัวเรือนที่ทำสัญญาส่วนใหญ่ชำระตามงวด",
    }


def _answer(answer: IssueAnswer, random: Random) -> dict[str, str]:
    result = answer.result or (random.choice(USUAL) if answer.is_rated else "")
    finding = "ไม่ใช่ศูนย์ฯ ต้นแบบ" if answer.result else FINDINGS.get(result, FINDINGS[Result.FOLLOWS])
    return {"result": result, "finding": finding}


def _decide(visit: Visit, status, certifier: Officer | None, today: date) -> Visit:
    if certifier and status == Status.CERTIFIED:
        return visits.certify(visit=visit, version=visit.version, on=today, by=certifier)
    if certifier and status == Status.RETURNED:
        reason = "ประเด็นที่ 1 ข้อ 3) ระบุจำนวนครัวเรือนที่ค้างชำระให้ตรงกับทะเบียน"
        return visits.return_for_correction(visit=visit, version=visit.version, reason=reason, by=certifier)
    return visit


def _report_on(visit: Visit, by: Officer, certifier: Officer | None) -> None:
    """What became of the things asked for; those not begun have no report. Another officer verifies the proof."""
    became = {what: status for what, _, _, status in ASKED}
    for asked in visit.recommendations.all():
        status = became[asked.what]
        if status == Recommendation.Status.UNDER_WAY:
            follow_up.follow_up(recommendation=asked, status=status, note="ติดตามแล้วบางครัวเรือน", by=by)
        elif status != Recommendation.Status.OPEN:
            _claim(asked, status, by, certifier)


def _claim(asked: Recommendation, status: str, by: Officer, certifier: Officer | None) -> None:
    proof = _picture(Random(asked.pk))  # noqa: S311 - of its own, so that the other pictures stay as they are
    told = {"status": Recommendation.Status.CLAIMED, "note": "ดำเนินการแล้ว ภาพเอกสารแนบ", "proof": proof}
    version = follow_up.follow_up(recommendation=asked, by=by, **told).pk
    decision = {"recommendation": asked, "version": version, "by": certifier}
    if certifier and status == Recommendation.Status.DONE:
        follow_up.verify(**decision, note="ตรวจเอกสารแล้ว")
    elif certifier and status == Recommendation.Status.RETURNED:
        follow_up.send_back(**decision, reason="ภาพไม่ชัด แนบบัญชีของเดือนล่าสุดเพิ่ม")


def _picture(random: Random) -> SimpleUploadedFile:
    """A small drawing of a village hall under a sky, no two alike."""
    image = Image.new("RGB", (480, 320), (random.randrange(120, 190), 205, 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 220, 480, 320), fill=(120, random.randrange(140, 190), 90))
    for left in range(random.randrange(20, 60), 460, 130):
        draw.rectangle((left, 160, left + 90, 240), fill=(random.randrange(150, 230), 170, 130))
        draw.polygon([(left - 12, 160), (left + 45, 110), (left + 102, 160)], fill=(140, 60, 50))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return SimpleUploadedFile("ภาพกิจกรรม.jpg", buffer.getvalue())
