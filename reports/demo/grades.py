"""The demo's levels: last year's certified, this year's on their way, and one savings group."""

from datetime import date
from random import Random

from accounts.models import Officer
from config import thai
from funds.models import Centre, Fund
from monitoring.grading import life
from monitoring.models import Grading

Status = Grading.Status
NEWEST = [Status.SENT, Status.DRAFT, Status.RETURNED, Status.CERTIFIED]  # by the number of the centre
REMARK = "ตรวจเอกสารและสอบถามคณะกรรมการแล้ว"


def tell_grades(centre: Centre, *, number: int, by: Officer, certifier: Officer | None, today: date) -> None:
    """A centre is graded for two years, mostly better in the second; every third one's savings group too."""
    random = Random(number)  # noqa: S311 - of its own, so that the other stories stay as they are
    told = {"by": by, "certifier": certifier, "random": random, "today": today}
    year = thai.fiscal_year(today)
    _grade(centre, None, year - 1, Status.CERTIFIED, (0, 1, 2, 2), **told)
    _grade(centre, None, year, NEWEST[number % len(NEWEST)], (1, 2, 2, 3, 3), **told)
    if number % 3 == 1:
        fund = centre.funds.filter(kind=Fund.Kind.SAVINGS_GROUP).first()
        _grade(centre, fund, year, Status.SENT, (1, 2, 3), **told)


def _grade(centre, fund, year, status, usual, *, by, certifier, random, today) -> None:
    grading = life.begin(centre=centre, fund=fund, year=year, on=today, by=by)
    if status == Status.DRAFT:
        return
    given = {row.pk: _given(row, usual, random) for row in grading.items.all()}
    grading = life.give(grading=grading, version=grading.version, given=given, note="", by=by)
    grading = life.send(grading=grading, by=by)
    if certifier and status == Status.CERTIFIED:
        life.certify(grading=grading, version=grading.version, on=today, by=certifier)
    elif certifier and status == Status.RETURNED:
        reason = "ข้อ 4 แนบแผนปฏิบัติการและผลการดำเนินงานรายกิจกรรม"
        life.return_for_correction(grading=grading, version=grading.version, reason=reason, by=certifier)


def _given(row, usual, random: Random) -> life.Given:
    if row.is_left_out:
        return life.Given(None, True)
    return life.Given(random.choice(usual), remark=REMARK)
