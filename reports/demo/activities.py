"""The demo's other activity: a training a year, a study visit, an occupation whose money goes round, models, awards."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from accounts.models import Officer
from funds.models import Centre
from monitoring.activity import attendance, exemplars, money
from monitoring.models import Activity

Kind = Activity.Kind
DAY = timedelta(days=1)
OCCUPATIONS = ["กลุ่มทอผ้า", "กลุ่มเลี้ยงไก่พื้นเมือง", "กลุ่มจักสาน", "กลุ่มปลูกผักปลอดภัย"]
TRAININGS = [
    ("การจัดทำบัญชีครัวเรือน", "การวางแผนรายรับรายจ่าย\nการจดบัญชีทุกวัน"),
    ("วินัยทางการเงินและการออม", "หนี้ดีและหนี้เสีย\nการออมก่อนใช้"),
]
SHARE = Decimal(5000)


def tell_activities(centre: Centre, *, number: int, by: Officer, today: date) -> None:
    """What a centre did in the last year; every fourth one went to see others, every fifth had an award."""
    random = Random(f"activities {number}")  # noqa: S311 - of its own, so that the other stories stay as they are
    for order, (title, topics) in enumerate(TRAININGS):
        held_on = today - (240 - 150 * order) * DAY
        training = _held(centre, Kind.TRAINING, title, held_on, by, leader="ทีมวิทยากรพัฒนาชุมชน", topics=topics)
        _came(training, random, by)
    if number % 4 == 0:
        _came(_held(centre, Kind.STUDY_VISIT, "การบริหารจัดการหนี้", today - 60 * DAY, by), random, by)
    if number % 5 == 0:
        _held(
            centre,
            Kind.AWARD,
            "ศูนย์จัดการกองทุนชุมชนดีเด่นระดับอำเภอ",
            today - 20 * DAY,
            by,
            leader="ที่ทำการปกครองอำเภอ",
        )
    title = OCCUPATIONS[number % len(OCCUPATIONS)]
    budget = Decimal(40000)
    occupation = _held(
        centre, Kind.OCCUPATION, title, today - 200 * DAY, by, budget=budget, topics="คืนทุนภายใน 10 เดือน"
    )
    _go_round(occupation, random, by, today)


def _held(centre: Centre, kind: str, title: str, on: date, by: Officer, **fields) -> Activity:
    return Activity.objects.create(
        centre=centre,
        kind=kind,
        title=title,
        held_on=on,
        place=f"ศาลาประชาคม{centre.village.name}",
        recorded_by=by,
        **fields,
    )


def _some(activity: Activity, random: Random, most: int):
    known = list(attendance.households_of(activity))
    return random.sample(known, min(most, len(known)))


def _came(activity: Activity, random: Random, by: Officer) -> None:
    there = _some(activity, random, random.randrange(12, 22))
    attendance.tick(activity=activity, households=there, opened=set(), by=by)
    activity.people = len(there) + random.randrange(2, 8)
    activity.save()


def _go_round(activity: Activity, random: Random, by: Officer, today: date) -> None:
    """Seven households were given goods, most brought back a part; the first two are models."""
    holders = _some(activity, random, 7)
    for place, household in enumerate(holders):
        told = {"activity": activity, "household": household, "by": by}
        note = f"วัสดุประกอบอาชีพ ใบเสร็จที่ {place + 1}"
        on = activity.held_on + 3 * DAY
        money.move(**told, kind="given", amount=SHARE, on=on, is_goods=True, note=note, key=_key(random))
        if back := random.choice((0, 1000, 2500, 5000)):
            money.move(**told, kind="returned", amount=Decimal(back), on=today - 30 * DAY, key=_key(random))
    for household in holders[:2]:
        why = "ชำระตามงวดต่อเนื่อง ทำบัญชีครัวเรือน และเป็นวิทยากรให้ครัวเรือนอื่นได้"
        exemplars.name(household=household, named_on=today - 90 * DAY, why=why, by=by)


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128))
