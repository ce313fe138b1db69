"""The form "๑ ครัวเรือน ๑ สัญญา" becomes contracts, all chosen ones or none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from debts.consolidation import CannotConsolidate, consolidate
from debts.imports import files
from debts.imports.files import CannotImport
from debts.imports.form import State, Terms, by_lender, merge_form, propose_merges, usual_terms
from debts.ledger import post
from debts.models import Contract, Debt, Entry
from funds.models import Fund
from households.models import Household
from tests.debts.nong_ha import FORM, bring_in, keep_sample, make_nong_ha

pytestmark = pytest.mark.django_db
SIGNED = date(2017, 6, 15)
KEY = uuid4()


@pytest.fixture
def nong_ha():
    centre = make_nong_ha()
    bring_in(keep_sample(centre))
    return centre


@pytest.fixture
def file(nong_ha):
    return keep_sample(nong_ha, FORM)


def terms_of(centre, **changes) -> Terms:
    return replace(usual_terms(centre, on=SIGNED), reason="มติที่ประชุมศูนย์ฯ", **changes)


def proposed(file, **changes):
    form = files.reread(file)
    return propose_merges(form=form, centre=file.centre, terms=terms_of(file.centre, **changes))


def confirm(file, rows, key=KEY, **changes):
    return merge_form(
        file=file,
        form=files.reread(file),
        terms=terms_of(file.centre, **changes),
        rows=rows,
        by=file.uploaded_by,
        key=key,
    )


def test_the_fifteen_households_of_nong_ha_are_ready(file):
    rows = proposed(file)

    assert {row.state for row in rows} == {State.READY}
    assert [(total.contracts, total.amount) for total in by_lender(rows)] == [
        (11, Decimal("556000.00")),
        (3, Decimal("40200.00")),
        (1, Decimal("11000.00")),
    ]


def test_confirming_makes_fifteen_contracts_with_the_sums_of_the_form(file):
    contracts = confirm(file, range(6, 21))

    assert [contract.sequence for contract in contracts] == list(range(1, 16))
    sums = {}
    for contract in contracts:
        count, amount = sums.get(contract.lender.kind, (0, 0))
        sums[contract.lender.kind] = (count + 1, amount + contract.amount)
    assert sums == {"village_fund": (11, 556000), "savings_group": (3, 40200), "poverty_project": (1, 11000)}
    assert Debt.objects.original().open().count() == 0


def test_the_same_confirmation_twice_makes_the_contracts_once(file):
    first = confirm(file, [6, 7])

    again = confirm(file, [6, 7])

    assert again == first
    assert Contract.objects.count() == 2


def test_rows_already_merged_are_done_and_the_rest_is_proposed(file):
    confirm(file, [6, 7])

    rows = proposed(file)

    assert [row.state for row in rows] == [State.DONE] * 2 + [State.READY] * 13
    assert len(confirm(file, range(8, 21), key=uuid4())) == 13


def test_a_row_that_is_done_is_refused_and_nothing_is_written(file):
    confirm(file, [7])

    with pytest.raises(CannotImport, match="แถว 7: มีสัญญาแล้ว"):
        confirm(file, [6, 7], key=uuid4())

    assert Contract.objects.count() == 1


def test_only_the_chosen_rows_are_merged(file):
    contracts = confirm(file, [6, 8])

    assert [str(contract.household.head) for contract in contracts] == ["นางดอกรัก ใจงาม", "นางพิกุล ศรีวงษ์"]


def test_when_the_last_row_can_not_be_merged_none_is(file, monkeypatch):
    def refused_at_the_last(**options):
        if Contract.objects.count() == 14:
            raise CannotConsolidate("ยอดหนี้เปลี่ยนหลังจากกำหนดเงื่อนไข")
        return consolidate(**options)

    monkeypatch.setattr("debts.imports.form.consolidate", refused_at_the_last)

    with pytest.raises(CannotImport, match="แถว 20: ยอดหนี้เปลี่ยน"):
        confirm(file, range(6, 21))

    file.refresh_from_db()
    assert (Contract.objects.count(), file.imported_at) == (0, None)


def test_an_amount_that_is_not_what_the_household_owes_is_shown_with_both(file, nong_ha):
    debt = Debt.objects.filter(borrower__first_name="แก้ว").first()
    post(debt, kind=Entry.Kind.PAYMENT, on=SIGNED, by=file.uploaded_by, principal=Decimal(-500))

    row = proposed(file)[1]

    assert (row.state, row.message) == (State.DIFFERS, "ในระบบ 49,500.00 บาท ในแบบ 50,000.00 บาท")
    with pytest.raises(CannotImport, match="แถว 7: ยอดไม่ตรง"):
        confirm(file, [7])


def test_interest_counted_further_than_the_register_makes_the_amounts_differ(file):
    rows = proposed(file, interest_to=date(2017, 5, 31))

    assert {row.state for row in rows} == {State.DIFFERS}


def test_a_household_that_is_not_in_the_village_is_not_found():
    centre = make_nong_ha()

    rows = proposed(keep_sample(centre, FORM))

    assert {row.state for row in rows} == {State.NO_HOUSEHOLD}


def test_a_namesake_in_another_house_is_not_taken_for_the_household(file):
    Household.objects.filter(house_number="18").update(house_number="19")

    assert proposed(file)[1].state == State.NO_HOUSEHOLD


def test_a_lender_that_is_no_member_is_not_found(file, nong_ha):
    nong_ha.funds.filter(kind=Fund.Kind.POVERTY_PROJECT).update(closed_on=date(2017, 1, 1))

    [row] = [row for row in proposed(file) if row.state == State.NO_LENDER]

    assert row.message == "ศูนย์ฯ ไม่มีกองทุนสมาชิกที่ตรงกับ “กองทุน กข.คจ”"


def test_a_lender_without_lending_rules_can_not_lend(file, nong_ha):
    nong_ha.funds.get(kind=Fund.Kind.POVERTY_PROJECT).rules.all().delete()

    [row] = [row for row in proposed(file) if row.state == State.REFUSED]

    assert "ยังไม่มีระเบียบเงินกู้" in row.message


def test_each_contract_has_the_terms_of_its_lender(file):
    contracts = confirm(file, range(6, 21), periods=24, first_due_on=None)

    terms = {(contract.lender.kind, contract.rate_percent, contract.periods) for contract in contracts}
    assert terms == {("village_fund", 6, 24), ("savings_group", 12, 24), ("poverty_project", 0, 24)}
    assert {contract.first_due_on for contract in contracts} == {date(2017, 7, 15)}
    assert {contract.interest_to for contract in contracts} == {date(2017, 4, 30)}


def test_a_contract_beyond_the_funds_rules_needs_the_common_reason(file):
    with pytest.raises(CannotImport, match="แถว 14: ระบุเหตุผล"):
        merge_form(
            file=file,
            form=files.reread(file),
            terms=replace(terms_of(file.centre), reason=""),
            rows=range(6, 21),
            by=file.uploaded_by,
            key=KEY,
        )

    assert not Contract.objects.exists()


def test_more_rows_than_one_confirmation_takes_wait_for_the_next(file, monkeypatch):
    monkeypatch.setattr("debts.imports.form.AT_ONCE", 10)

    states = [row.state for row in proposed(file)]

    assert (states.count(State.READY), states.count(State.LATER)) == (10, 5)
