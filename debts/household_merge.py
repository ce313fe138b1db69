"""Two households turn out to be one: everything of the one goes to the other, and can come back.

No entry of the ledger changes. A merge locks the village, then both households in the order of their keys,
then whatever moves; so nothing is added to either while they are merged. A household's cases:

- a case moves with its household, unless the other household was selected in the same fiscal year or both are
  in the process: then the case that is kept stands for both, and the other counts no more;
- the baseline of a case that counts takes in what the other household owed on the day of selection.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area
from debts.cases.selection import baseline_on
from debts.models import Case, Contract, Debt, Guarantor, HouseholdMerge, PlanChange
from households.models import Document, Household, Livelihood, OtherDebt, Person

HOUSEHOLD_VALUES = ("house_number", "note", "head")
PERSON_VALUES = {
    "name": ("title", "first_name", "last_name"),
    "born_year": ("born_year",),
    "phone": ("phone",),
    "national_id": ("id_hash", "id_tail", "tail_hash"),
}
MODELS = (Household, Person, Debt, Contract, Case, Guarantor, PlanChange, OtherDebt, Livelihood, Document)
KINDS = {model._meta.model_name: model for model in MODELS}
# What simply changes its household. Whatever else is to move with a household is named here.
MOVES = ("debts", "contracts", "other_debts")
# What both households may have, and the column that tells so: then the kept one's stands, the other stays behind.
ONCE = {"livelihoods": "surveyed_on", "documents": "sha256"}


class CannotMergeHouseholds(ValueError):
    """The two stay two; `str()` is the Thai reason."""


class CannotUnmerge(ValueError):
    """The merge stands; `str()` is the Thai reason."""


class Same(NamedTuple):
    """The key of the kept person, and which values (names of `PERSON_VALUES`) are the other spelling's."""

    person: int
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choices:
    """Which values (of `HOUSEHOLD_VALUES`) are the emptied household's, and who of it is whom in the kept
    one, by key. Whoever is not named moves as somebody else."""

    takes: frozenset[str] = frozenset()
    same: Mapping[int, Same] = field(default_factory=dict)


@transaction.atomic
def merge(
    *, kept: Household, emptied: Household, choices: Choices, reason: str, on: date, by: Officer
) -> HouseholdMerge:
    """Make one household of two. Raises `CannotMergeHouseholds`."""
    kept, emptied = _lock(kept, emptied)
    same = _same_people(kept, emptied, choices)
    if refusal := next(refusals(kept, emptied, choices), None):
        raise CannotMergeHouseholds(refusal)
    changes = _Changes()
    _join_cases(changes, kept, emptied, on)
    _join_people(changes, kept, emptied, choices, same)
    _join_values(changes, kept, emptied, choices)
    for row in _moving(kept, emptied):
        changes.make(row, household=kept)
    changes.make(emptied, merged_into=kept)
    done = HouseholdMerge.objects.create(
        kept=kept,
        emptied=emptied,
        on=on,
        reason=reason,
        by=by,
        changes=changes.made,
        exchanged=changes.exchanged,
    )
    record(by=by, action="household-merge", target=f"household {kept.pk}", detail=_detail(done))
    return done


@transaction.atomic
def unmerge(*, merge: HouseholdMerge, reason: str, on: date, by: Officer) -> HouseholdMerge:
    """Make two households of the one again, each as it was. Raises `CannotUnmerge` naming what has changed
    since the merge."""
    _lock_rows(merge.kept, merge.emptied)
    merge = HouseholdMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_on:
        raise CannotUnmerge("เลิกรวมครัวเรือนนี้แล้ว")
    rows = _rows_of(merge)
    if changed := [*_changed_since(merge, rows), *_made_since(merge)]:
        raise CannotUnmerge(f"มีข้อมูลที่เปลี่ยนหลังการรวม เลิกรวมไม่ได้: {', '.join(dict.fromkeys(changed))}")
    for pair in merge.exchanged:
        _exchange_ids(*(rows["person", pk] for pk in pair))
    for change in reversed(merge.changes):
        _put(rows[change["kind"], change["pk"]], change["field"], change["before"])
    for row in reversed(rows.values()):
        row.save()
    merge.undone_on, merge.undone_reason, merge.undone_by = on, reason, by
    merge.undone_at = timezone.now()
    merge.save()
    record(by=by, action="household-unmerge", target=f"household {merge.kept_id}", detail=_detail(merge))
    return merge


def refusals(kept: Household, emptied: Household, choices: Choices) -> Iterator[str]:
    """Why the two cannot be merged so, in Thai."""
    if kept.village_id != emptied.village_id:
        yield "รวมได้เฉพาะครัวเรือนในหมู่บ้านเดียวกัน"
    if all(household.contracts.standing().exists() for household in (kept, emptied)):
        yield "ทั้งสองครัวเรือนมีสัญญาที่มีผลใช้บังคับ ยกเลิกสัญญาหนึ่งก่อนรวม"
    elif _has_signed(_standing_aside(kept, emptied)):
        yield (
            "ทั้งสองครัวเรือนทำสัญญาในกระบวนการแล้ว จึงนับเป็นครัวเรือนเดียวไม่ได้"
            if _has_signed(_standing_aside(emptied, kept))
            else f"{emptied} ทำสัญญาในกระบวนการแล้ว สลับให้เป็นครัวเรือนที่เก็บไว้"
        )
    for debt in emptied.debts.original().exclude(number="").select_related("fund"):
        same = choices.same.get(debt.borrower_id)
        papers = Debt.objects.original().filter(fund=debt.fund, number=debt.number)
        if same and papers.filter(borrower=same.person).exists():
            yield f"{debt.fund} สัญญาเลขที่ {debt.number} อยู่ในทั้งสองครัวเรือน แก้ไขเลขที่สัญญาของรายการหนึ่งก่อนรวม"


def _lock(kept: Household, emptied: Household) -> tuple[Household, Household]:
    if kept.pk == emptied.pk:
        raise CannotMergeHouseholds("เลือกสองครัวเรือน")
    locked = _lock_rows(kept, emptied)
    for household in locked.values():
        if household.merged_into_id:
            raise CannotMergeHouseholds(f"{household} รวมเข้ากับครัวเรือนอื่นแล้ว")
    return locked[kept.pk], locked[emptied.pk]


def _lock_rows(*households: Household) -> dict[int, Household]:
    """The households of one village by key, with their people: all locked."""
    keys = [household.pk for household in households]
    list(Area.objects.select_for_update(of=("self",)).filter(households__in=keys).order_by("pk"))
    rows = Household.objects.select_for_update(of=("self",)).select_related("head").filter(pk__in=keys)
    locked = {household.pk: household for household in rows.order_by("pk")}
    list(Person.objects.select_for_update(of=("self",)).filter(household__in=keys).order_by("pk"))
    return locked


def _same_people(kept: Household, emptied: Household, choices: Choices) -> dict[int, Person]:
    """Who of the emptied household is whom in the kept one."""
    there, theirs = kept.people.in_bulk(), emptied.people.in_bulk()
    chosen = [same.person for same in choices.same.values()]
    if not (set(chosen) <= set(there) and set(choices.same) <= set(theirs)):
        raise CannotMergeHouseholds("สมาชิกเปลี่ยนหลังจากเปิดหน้านี้ ตรวจสอบอีกครั้ง")
    if len(set(chosen)) < len(chosen):
        raise CannotMergeHouseholds("เลือกสมาชิกคนหนึ่งให้ตรงกับสองคนไม่ได้")
    return {pk: there[same.person] for pk, same in choices.same.items()}


class _Changes:
    """Changes rows, and keeps of each value what it was and what it became."""

    def __init__(self):
        self.made: list[dict] = []
        self.exchanged: list[list[int]] = []

    def make(self, row, **values) -> None:
        for name, value in values.items():
            before = _plain(row, name)
            setattr(row, name, value)
            self._keep(row, name, before)
        row.save()

    def exchange_ids(self, one: Person, other: Person) -> None:
        names = PERSON_VALUES["national_id"]
        before = [(row, name, _plain(row, name)) for row in (one, other) for name in names]
        _exchange_ids(one, other)
        for name in names:
            ours, theirs = getattr(one, name), getattr(other, name)
            setattr(one, name, theirs)
            setattr(other, name, ours)
        self.exchanged.append([one.pk, other.pk])
        for row, name, value in before:
            self._keep(row, name, value)
            row.save()

    def _keep(self, row, name: str, before) -> None:
        kind, after = row._meta.model_name, _plain(row, name)
        self.made.append({"kind": kind, "pk": row.pk, "field": name, "before": before, "after": after})


def _plain(row, name: str):
    """A value as JSON can keep it; a row by its key."""
    value = getattr(row, row._meta.get_field(name).attname)
    return value if value is None or isinstance(value, int) else str(value)


def _put(row, name: str, value) -> None:
    column = row._meta.get_field(name)
    setattr(row, column.attname, column.to_python(value))


def _exchange_ids(one: Person, other: Person) -> None:
    """Sealed numbers change places, so that none is kept outside its column."""
    one.sealed_id, other.sealed_id = other.sealed_id, one.sealed_id


def _join_cases(changes: _Changes, kept: Household, emptied: Household, on: date) -> None:
    aside = list(_standing_aside(kept, emptied))
    owed = [(case, emptied) for case in kept.cases.all()]
    owed += [(case, kept) for case in emptied.cases.all() if case not in aside]
    additions = [(case, baseline_on(other, on=case.opened_on)) for case, other in owed]
    for case in aside:
        if case.closed_on is None:
            changes.make(case, closed_on=max(on, case.opened_on), closed_reason=f"รวมเข้ากับ {kept}"[:300])
    for case, addition in additions:
        changes.make(case, household=kept, baseline=case.baseline + addition)


def _standing_aside(kept: Household, emptied: Household) -> list[Case]:
    """The cases of the emptied household that the kept one's stand for."""
    theirs = list(kept.cases.all())
    years, is_open = {case.fiscal_year for case in theirs}, any(case.closed_on is None for case in theirs)
    return [
        case
        for case in emptied.cases.all()
        if case.fiscal_year in years or (is_open and case.closed_on is None)
    ]


def _has_signed(cases: list[Case]) -> bool:
    return Contract.objects.counted().filter(case__in=cases).exists()


def _join_people(changes, kept: Household, emptied: Household, choices: Choices, same) -> None:
    for person in emptied.people.order_by("pk"):
        if person.pk not in same:
            changes.make(person, household=kept)
            continue
        one, takes = same[person.pk], choices.same[person.pk].takes
        names = [name for value in takes - {"national_id"} for name in PERSON_VALUES[value]]
        changes.make(one, **{name: getattr(person, name) for name in sorted(names)})
        if "national_id" in takes:
            changes.exchange_ids(one, person)
        for debts in (person.debts, person.other_debts):
            for debt in debts.select_for_update(of=("self",)).order_by("pk"):
                changes.make(debt, borrower=one)
        for takeover in person.takeovers.select_for_update(of=("self",)).order_by("pk"):
            changes.make(takeover, heir=one)
        for guarantee in person.guarantees.select_for_update(of=("self",)).order_by("pk"):
            changes.make(guarantee, person=one)


def _moving(kept: Household, emptied: Household) -> Iterator:
    """What goes from one household to the other, locked."""
    for name in MOVES:
        yield from getattr(emptied, name).select_for_update(of=("self",)).order_by("pk")
    for name, column in ONCE.items():
        there = list(getattr(kept, name).values_list(column, flat=True))
        rows = getattr(emptied, name).exclude(**{f"{column}__in": there})
        yield from rows.select_for_update(of=("self",)).order_by("pk")


def _join_values(changes: _Changes, kept: Household, emptied: Household, choices: Choices) -> None:
    values = {name: getattr(emptied, name) for name in sorted(choices.takes)}
    if "head" in values and emptied.head_id in choices.same:
        values["head"] = Person.objects.get(pk=choices.same[emptied.head_id].person)
    changes.make(kept, **values)


def _rows_of(merge: HouseholdMerge) -> dict[tuple[str, int], object]:
    """The rows that the merge changed, locked, by kind and key."""
    rows = {}
    for kind, model in KINDS.items():
        keys = {change["pk"] for change in merge.changes if change["kind"] == kind}
        found = model.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        rows |= {(kind, row.pk): row for row in found}
    return rows


def _changed_since(merge: HouseholdMerge, rows) -> Iterator[str]:
    """What is not any more as the merge left it, in Thai."""
    last = {(change["kind"], change["pk"], change["field"]): change["after"] for change in merge.changes}
    for (kind, pk, name), after in last.items():
        row = rows.get((kind, pk))
        if row is None or _plain(row, name) != after:
            yield f"{KINDS[kind]._meta.get_field(name).verbose_name} ({row or pk})"


def _made_since(merge: HouseholdMerge) -> Iterator[str]:
    """What the two have done as one household, in Thai."""
    kept = merge.kept
    for newer in HouseholdMerge.objects.standing().with_names().filter(kept=kept, at__gt=merge.at):
        yield f"การรวม {newer.emptied} ที่ทำภายหลัง"
    if kept.merged_into_id:
        yield f"{kept} รวมเข้ากับครัวเรือนอื่นแล้ว"
    for contract in kept.contracts.counted().filter(created_at__gt=merge.at):
        yield str(contract)
    known = {case.pk for case in Case.objects.filter(pk__in=merge.moved("case", "baseline"))}
    for case in kept.cases.filter(opened_on__gte=merge.on).exclude(pk__in=known):
        yield f"การคัดเลือกปีงบประมาณ {case.fiscal_year}"
    movers = merge.moved("person", "household")
    for debt in Debt.objects.filter(borrower__in=movers).exclude(pk__in=merge.moved("debt", "household")):
        yield f"หนี้ใหม่ {debt}"
    for debt in OtherDebt.objects.filter(borrower__in=movers).exclude(
        pk__in=merge.moved("otherdebt", "household")
    ):
        yield f"หนี้นอกกองทุนใหม่ {debt}"


def _detail(merge: HouseholdMerge) -> dict:
    return {
        "emptied": merge.emptied_id,
        "reason": merge.undone_reason or merge.reason,
        "debts": merge.moved("debt", "household"),
    }
