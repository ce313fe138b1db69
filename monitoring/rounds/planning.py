"""Planning a round: its programme, and the visits that belong to it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts.models import Officer
from funds.models import Centre
from monitoring import visits
from monitoring.models import AgendaRow, Round, RoundMember, Visit

CENTRE_STEPS = """\
คณะกรรมการศูนย์ฯ นำเสนอผลการดำเนินงาน ประมาณ 10 นาที
ครัวเรือนต้นแบบนำเสนอขั้นตอน กระบวนการ และวิธีการ ประมาณ 10 นาที
คณะติดตามชี้แจงและทบทวนบทบาทหน้าที่
สนทนากลุ่มตามประเด็นที่กำหนด"""


class CannotChange(ValueError):
    """The programme stays as it is; `str()` is the Thai reason."""


@transaction.atomic
def plan_round(*, round: Round, areas: Iterable = (), by: Officer) -> Round:
    """Keep a new round of the officer's office. The database refuses two of one name in a year."""
    round.area, round.planned_by = by.area, by
    round.save()
    round.areas.set(areas)
    return round


@transaction.atomic
def write_programme(
    *, round: Round, version: int, team: Iterable[Mapping], agenda: Iterable[Mapping]
) -> Round:
    """Team and agenda, given whole. Raises `CannotChange` when somebody else changed them since `version`."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if round.version != version:
        raise CannotChange("ผู้อื่นแก้ไขคณะหรือกำหนดการหลังจากท่านเปิดหน้านี้ ตรวจสอบค่าล่าสุดแล้วแก้ไขอีกครั้ง")
    round.team.all().delete()
    RoundMember.objects.bulk_create(RoundMember(round=round, **member) for member in team)
    round.agenda.all().delete()
    AgendaRow.objects.bulk_create(AgendaRow(round=round, **row) for row in agenda)
    round.version += 1
    round.save(update_fields=["version"])
    return round


@transaction.atomic
def add_visit(*, round: Round, centre: Centre, planned_on: date, by: Officer, **fields) -> Visit:
    """Plan a visit of the round with the round's team. Raises `visits.CannotPlan`."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if not round.starts_on <= planned_on <= round.ends_on:
        raise visits.CannotPlan(f"วันที่ติดตามต้องอยู่ในช่วงของรอบ {round.period}")
    team = round.team.values("name", "position", "agency", "is_lead")
    return visits.plan(
        centre=centre,
        planned_on=planned_on,
        by=by,
        team=list(team),
        round=round,
        round_name=round.name,
        **fields,
    )
