"""One table of moves: what a case may do, who did it, and why."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from debts.cases.moves import MOVES, CannotMove, move
from debts.cases.selection import CannotSelect, come_back, leave, select, select_many
from debts.consolidation import cancel
from debts.models import Case, CaseMove
from tests.factories import (
    SIGNED,
    make_case,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
)

pytestmark = pytest.mark.django_db
Stage = Case.Stage
LATER = SIGNED + timedelta(days=30)


def stages_of(case) -> list[str]:
    return list(case.moves.values_list("new", flat=True))


def test_selecting_writes_the_first_move_down():
    case = make_case()

    [first] = case.moves.all()

    assert (first.old, first.new, first.on, first.by) == ("", "selected", SIGNED, case.opened_by)


@pytest.mark.parametrize("old", list(Stage))
@pytest.mark.parametrize("new", list(Stage))
def test_no_move_is_made_that_is_not_in_the_table(old, new):
    case = make_case()
    closed_on = SIGNED if old in Case.ENDS else None
    Case.objects.filter(pk=case.pk).update(stage=old, closed_on=closed_on)
    options = {"case": case, "to": new, "on": LATER, "by": case.opened_by, "reason": "ตามที่ตกลง"}

    if new in MOVES[old]:
        assert move(**options).stage == new
        return
    with pytest.raises(CannotMove, match="ไม่ได้"):
        move(**options)


def test_a_household_leaves_with_a_reason_and_comes_back_with_its_baseline():
    case = make_case()
    by = case.opened_by
    with pytest.raises(CannotMove, match="เหตุผล"):
        leave(case=case, to=Stage.WITHDRAWN, reason=" ", on=LATER, by=by)

    left = leave(case=case, to=Stage.WITHDRAWN, reason="ย้ายไปทำงานต่างจังหวัด", on=LATER, by=by)
    back = come_back(case=left, on=LATER, by=by)

    assert (left.closed_on, left.closed_reason) == (LATER, "ย้ายไปทำงานต่างจังหวัด")
    assert (back.pk, back.baseline, back.closed_on, back.closed_reason) == (case.pk, case.baseline, None, "")
    assert stages_of(case) == ["selected", "withdrawn", "selected"]


def test_nothing_happens_to_a_case_before_it_was_opened():
    case = make_case()

    with pytest.raises(CannotMove, match="วันที่คัดเลือก"):
        leave(
            case=case,
            to=Stage.INELIGIBLE,
            reason="หนี้นอกระบบ",
            on=SIGNED - timedelta(days=1),
            by=case.opened_by,
        )


def test_a_contract_moves_the_case_and_its_cancelling_opens_the_talks_again():
    contract = make_contract()
    case = contract.case

    assert stages_of(case) == ["selected", "contracted"]
    cancel(contract=contract, reason="ลงยอดผิด", on=LATER, by=contract.signed_by)

    case.refresh_from_db()
    assert (case.stage, case.moves.last().reason) == ("negotiating", f"ยกเลิก{contract}")


def test_a_case_whose_contract_is_paid_ends_when_the_household_is_selected_again():
    fund = make_fund()
    contract = make_contract(lender=fund, rate_percent=Decimal(0), method="no_interest", periods=1)
    make_payment(contract.debt, amount=str(contract.amount), on=date(2017, 7, 15))
    new_debt = make_debt(contract.household, fund, on=date(2018, 1, 5))

    case = select(household=contract.household, on=date(2018, 1, 5), by=contract.signed_by)

    contract.case.refresh_from_db()
    assert (contract.case.stage, contract.case.closed_on) == ("finished", date(2018, 1, 5))
    assert (case.fiscal_year, case.baseline) == (2561, new_debt.outstanding)


def test_many_households_are_selected_together_or_not_at_all():
    fund, officer = make_fund(), make_officer()
    debts = [make_debt(make_household(fund.centre.village), fund) for _ in range(3)]
    free = make_household(fund.centre.village, head="นายปลอด ไร้หนี้")
    households = [debt.household for debt in debts]

    with pytest.raises(CannotSelect, match="ปลอด.*ไม่มีหนี้"):
        select_many(households=[*households, free], on=SIGNED, by=officer)
    assert not Case.objects.exists()

    assert len(select_many(households=households, on=SIGNED, by=officer)) == 3


def test_moves_are_never_changed_or_removed():
    case = make_case()

    for statement in ("UPDATE debts_casemove SET reason = 'x'", "DELETE FROM debts_casemove"):
        with (
            pytest.raises(Exception, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    assert CaseMove.objects.filter(case=case).count() == 1
