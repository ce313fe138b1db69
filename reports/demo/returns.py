"""The demo's returns: deadlines of two years; of last month one accepted, one given back, one that waits."""

from datetime import date, timedelta

from accounts.models import Officer
from accounts.roles import Role
from config import thai
from reports.models import Period
from reports.returns import content, life
from reports.returns.board import newest_period
from reports.returns.deadlines import Deadline, periods_of, set_deadlines

DAYS = (5, 15)  # of the month after the period: districts, provinces


def tell_returns(*, today: date) -> None:
    department = Officer.objects.get(role=Role.DEPARTMENT)
    for year in (thai.fiscal_year(today) - 1, thai.fiscal_year(today)):
        set_deadlines(year=year, deadlines=[_usual(each) for each in periods_of(year)], by=department)
    period = newest_period(today)
    _send("kanthararom", period, today)
    given_back, accepted = (_send(name, period, today) for name in ("huaithapthan", "muangburiram"))
    remarks = dict.fromkeys(_first_place(given_back), "ตรวจยอดคงเหลือของศูนย์ฯ นี้กับทะเบียนที่รับรองแล้วอีกครั้ง")
    life.give_back(sheet=given_back, number=1, reason="", remarks=remarks, by=_officer("sisaket"))
    life.accept(sheet=accepted, number=1, by=_officer("buriram"))


def _usual(period: Period) -> Deadline:
    month = period.ends_on + timedelta(days=1)
    return Deadline(period.kind, period.number, *(month.replace(day=day) for day in DAYS))


def _send(username: str, period: Period, today: date):
    by = _officer(username)
    sheet = life.begin(area=by.area, period=period, on=today, by=by)
    return life.send(sheet=sheet, on=today, by=by).sheet


def _officer(username: str) -> Officer:
    return Officer.objects.select_related("area").get(username=username)


def _first_place(sheet) -> list[str]:
    return [line.place for line in content.of_version(sheet.newest).lines[:1]]
