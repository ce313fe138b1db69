"""Match a register with what a centre has: funds, households, people, debts. Nothing here writes; the proposal
an officer sees is computed by the code that imports."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import F

from areas.models import Area
from config import thai
from config.thai import search_key
from debts.guarantors import fits
from debts.imports.fund_match import find_fund
from debts.imports.houses import Houses
from debts.imports.proposal import Decisions, FundChoice, NewFund, Outcome, Proposal, ProposedRow, total
from debts.ledger import ZERO
from debts.models import Debt
from debts.sheets.form import Place, place_in
from debts.sheets.register import DUE_BEFORE_LENT, ReadRegister, ReadRow
from funds.models import Centre, LendingRule

LONGEST = {"number": ("เลขที่สัญญา", 40), "note": ("หมายเหตุ", 300)}
LONGEST_NAME = {"title": ("คำนำหน้า", 40), "first": ("ชื่อ", 80), "last": ("นามสกุล", 80)}
KnownDebts = dict[tuple, list[Debt]]


def propose(
    *, register: ReadRegister, centre: Centre, as_of: date | None, decisions: Decisions | None = None
) -> Proposal:
    """What the register would become in the centre's village, its figures being those of the day `as_of`."""
    decisions = decisions or Decisions()
    register = replace(register, sheets=decisions.chosen(register.sheets))
    choices = fund_choices(register, centre, decisions.funds)
    rows = [
        ProposedRow(sheet.name, row, choices[row.fund_hint])
        for sheet in register.sheets
        for row in sheet.rows
    ]
    _judge(rows, as_of)
    _match(rows, Houses(centre.village), _known_debts(centre, as_of))
    warnings = (
        *about_the_place(_place_of(register), centre.village),
        *_about_the_day(register, as_of),
        *_about_totals(register, rows, decisions),
    )
    return Proposal(as_of, tuple(choices.values()), tuple(rows), warnings)


def fund_choices(register: ReadRegister, centre: Centre, decided: Mapping) -> dict[str, FundChoice]:
    """The funds the file names, in its order, by its words; what nobody `decided` is found by name and kind."""
    members = list(centre.funds.active().prefetch_related("rules"))
    choices: dict[str, FundChoice] = {}
    for row in (row for sheet in register.sheets for row in sheet.rows):
        words = row.fund_hint
        if words not in choices:
            fund = decided.get(words) or find_fund(words, row.fund_kind, members)
            choices[words] = FundChoice(words, row.fund_kind, fund, row.rate_percent or ZERO)
    return choices


def _known_debts(centre: Centre, as_of: date | None) -> KnownDebts:
    """The centre's debts with their balance on the day of the register, by what tells one from another."""
    known = defaultdict(list)
    debts = Debt.objects.filter(fund__centre=centre).original().order_by("pk")
    debts = debts.only("fund", "household", "number", "lent_on").annotate(key=F("borrower__match_key"))
    for debt in debts.with_balance(on=as_of or date.max).iterator():
        known[(debt.fund_id, debt.key, debt.number or debt.lent_on)].append(debt)
    return known


def _judge(rows: list[ProposedRow], as_of: date | None) -> None:
    """What each row is by itself, before it is matched with what is there."""
    papers: dict[tuple, ProposedRow] = {}
    for row in rows:
        row.notes += [*row.read.warnings, *_odd(row.read, as_of)]
        row.errors += [*row.read.errors, *_unfit(row.read)]
        row.outcome = _outcome(row)
        if row.outcome == Outcome.NEW:
            row.rate_percent = _rate(row, as_of)
        if row.outcome == Outcome.NEW and row.read.number:
            _refuse_repeated(row, papers.setdefault(row.paper, row))


def _outcome(row: ProposedRow) -> Outcome:
    if row.errors:
        return Outcome.ERROR
    if not row.owed:
        return Outcome.CLEAR
    return Outcome.NEW if row.choice.fund else Outcome.WAITS


def _rate(row: ProposedRow, as_of: date | None) -> Decimal:
    """Percent a year: the file's, or else the fund's on the day of lending, which is told."""
    if row.read.rate_percent is not None:
        return row.read.rate_percent
    if row.read.method == LendingRule.Method.NO_INTEREST:
        return ZERO
    fund, day = row.choice.fund, row.read.lent_on or as_of or date.max
    rule = fund if isinstance(fund, NewFund) else fund.rule_on(day)
    rate = rule.rate_percent if rule else ZERO
    row.notes.append(f"ไฟล์ไม่มีอัตราดอกเบี้ย ใช้ร้อยละ {thai.percent(rate)} ต่อปี ของกองทุน")
    return rate


def _refuse_repeated(row: ProposedRow, first: ProposedRow) -> None:
    if first is not row:
        row.errors.append(f"ผู้กู้และเลขที่สัญญาซ้ำกับแผ่นงาน {first.sheet} แถว {first.read.row}")
        row.outcome = Outcome.ERROR


def _odd(read: ReadRow, as_of: date | None) -> Iterator[str]:
    if as_of and read.lent_on and read.lent_on > as_of:
        yield f"ทำสัญญาหลังวันที่ของข้อมูล ({thai.short_date(as_of)})"


def _unfit(read: ReadRow) -> Iterator[str]:
    """What the database would refuse."""
    name = read.name._asdict() if read.name else {}
    texts = [(getattr(read, key), *limit) for key, limit in LONGEST.items()]
    texts += [(name[key], *limit) for key, limit in LONGEST_NAME.items() if name]
    yield from (f"{label}ยาวเกิน {longest} ตัวอักษร" for text, label, longest in texts if len(text) > longest)
    if not all(map(fits, read.guarantors)):
        yield "ชื่อผู้ค้ำประกันยาวเกิน 80 ตัวอักษร"
    if read.rate_percent and read.rate_percent > 100:
        yield "ดอกเบี้ยต้องไม่เกินร้อยละ 100 ต่อปี"
    if read.lent_on and read.due_on and read.due_on < read.lent_on:
        yield DUE_BEFORE_LENT


def _match(rows: list[ProposedRow], houses: Houses, known: KnownDebts) -> None:
    readable = [row for row in rows if row.outcome in (Outcome.NEW, Outcome.WAITS)]
    for row in sorted(readable, key=lambda row: not row.read.house_number):
        _place(row, houses, known)
    for row in readable:
        row.notes += _twins(row, houses)
    decided = [row for row in readable if row.outcome == Outcome.NEW]
    for row in decided:  # a paper that agrees is taken before one that does not
        _find_same(row, known)
    for row in decided:
        _find_other(row, known)


def _place(row: ProposedRow, houses: Houses, known: KnownDebts) -> None:
    """The borrower of a known paper is where the village has them; others go by house number and name."""
    papers = known.get(row.paper, []) if row.choice.fund and row.read.number else []
    house = next(
        (houses.by_pk[debt.household_id] for debt in papers if debt.household_id in houses.by_pk), None
    )
    row.house, row.person = houses.place(row.read.house_number, row.read.name, house)
    if row.read.house_number not in ("", row.house.number):
        row.notes.append(f"ในระบบ{row.person.full_name} อยู่{row.house}")


def _twins(row: ProposedRow, houses: Houses) -> Iterator[str]:
    if row.person.pk is None:
        yield from houses.twins(row.house, row.person)


def _find_same(row: ProposedRow, known: KnownDebts) -> None:
    amounts = (row.read.principal, row.read.interest, row.read.penalty)
    for debt in _candidates(row, known):
        if (debt.principal_on, debt.interest_on + debt.apart_on, debt.penalty_on) == amounts:
            known[row.paper].remove(debt)
            row.debt, row.outcome = debt, Outcome.SAME
            return


def _find_other(row: ProposedRow, known: KnownDebts) -> None:
    if row.outcome == Outcome.NEW and (candidates := _candidates(row, known)):
        row.debt, row.outcome = candidates[0], Outcome.DIFFERS
        known[row.paper].remove(row.debt)
        row.notes.append(
            f"ในระบบคงเหลือ {thai.money(row.debt.outstanding_on)} บาท ในไฟล์ {thai.money(row.owed)} บาท"
            " ไม่นำเข้าแถวนี้ บันทึกการชำระหรือแก้ไขที่หน้าหนี้"
        )


def _candidates(row: ProposedRow, known: KnownDebts) -> list[Debt]:
    """Debts already there that may be this row's; without a number, only those of the same household."""
    household = row.house.known
    return [
        debt
        for debt in known.get(row.paper, [])
        if row.read.number or (household and debt.household_id == household.pk)
    ]


def _place_of(register: ReadRegister) -> Place:
    return place_in([sheet.title for sheet in register.sheets])


def about_the_place(place: Place, village: Area) -> Iterator[str]:
    """Warnings when the file names another village or หมู่ที่ than the centre's (M15)."""
    if place.moo and place.moo != village.moo:
        yield f"เลขหมู่ในไฟล์ (หมู่ที่ {place.moo}) ไม่ตรงกับทะเบียนศูนย์ฯ (หมู่ที่ {village.moo})"
    named, here = search_key(place.village), search_key(village.name.removeprefix("บ้าน"))
    if named and here not in named and named not in here:
        yield f"ไฟล์เป็นของบ้าน{place.village} แต่ศูนย์ฯ ที่เลือกคือ {village.label}"


def _about_the_day(register: ReadRegister, as_of: date | None) -> Iterator[str]:
    if register.as_of_on is None and any(sheet.as_of_on for sheet in register.sheets):
        yield "แผ่นงานระบุวันที่ของข้อมูลไม่ตรงกัน ตรวจสอบ “ข้อมูล ณ วันที่”"
    elif register.as_of_on and as_of and register.as_of_on != as_of:
        yield f"ไฟล์ระบุข้อมูล ณ วันที่ {thai.short_date(register.as_of_on)} แต่เลือก {thai.short_date(as_of)}"


def _about_totals(register: ReadRegister, rows: Iterable[ProposedRow], decisions: Decisions) -> Iterator[str]:
    for sheet in register.sheets:
        yield from (f"แผ่นงาน {sheet.name}: {warning}" for warning in sheet.warnings)
    paper, found = decisions.control_total, total(rows)
    if paper is not None and paper != found:
        yield (
            f"ผลรวม {thai.money(found)} บาท ต่างจากยอดในเอกสาร {thai.money(paper)} บาท"
            f" อยู่ {thai.money(abs(found - paper))} บาท"
        )
