"""ครัวเรือนต้นแบบ: a household is named, since when and why, and ended."""

from datetime import date

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config import thai
from households.models import Household
from monitoring.activity.attendance import CannotChange
from monitoring.models import ModelHousehold


@transaction.atomic
def name(*, household: Household, named_on: date, why: str, by: Officer) -> ModelHousehold:
    """Name a model household. Raises `CannotChange` for one that is one already, or was on that day."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if household.merged_into_id:
        raise CannotChange("ครัวเรือนนี้รวมเข้ากับครัวเรือนอื่นแล้ว เลือกครัวเรือนที่เก็บไว้")
    for earlier in ModelHousehold.objects.of_household(household):
        if earlier.ended_on is None:
            raise CannotChange(f"ครัวเรือนนี้เป็นครัวเรือนต้นแบบตั้งแต่ {thai.short_date(earlier.named_on)} แล้ว")
        if named_on < earlier.ended_on:
            raise CannotChange(f"ครัวเรือนนี้เป็นครัวเรือนต้นแบบถึง {thai.short_date(earlier.ended_on)} แล้ว")
    named = ModelHousehold.objects.create(household=household, named_on=named_on, why=why, named_by=by)
    record(by=by, action="model-household", target=f"household {household.pk}", detail={"on": str(named_on)})
    return named


@transaction.atomic
def end(*, named: ModelHousehold, ended_on: date, reason: str, by: Officer) -> ModelHousehold:
    """It is a model no more from `ended_on`; ended on its first day it never counted. Raises `CannotChange`."""
    named = ModelHousehold.objects.select_for_update(of=("self",)).get(pk=named.pk)
    if named.ended_on:
        raise CannotChange("บันทึกการสิ้นสุดแล้ว")
    if ended_on < named.named_on:
        raise CannotChange(f"วันที่สิ้นสุดต้องไม่ก่อน {thai.short_date(named.named_on)}")
    named.ended_on, named.ended_reason, named.ended_by = ended_on, reason, by
    named.save()
    record(
        by=by,
        action="model-household-end",
        target=f"household {named.household_id}",
        detail={"reason": reason},
    )
    return named
