"""จัดประเภทลูกหนี้: which class a debt has on a day, who decides otherwise, and the history of both."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, StrIndex

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.money import total
from debts.classes import BY_SEVERITY, OPEN, SHIPPED, DebtorClass, Limits
from debts.ledger import ZERO, lock_debts
from debts.models import ClassRuleSet, Debt, DebtClass, Forbearance, MergedDebt
from debts.plans.versions import oldest_unpaid
from funds.models import Centre

BATCH = 2000


class CannotClassify(Exception):
    """Why a class, a forbearance or a rule set is refused, in Thai."""


class DaysBetween(models.Func):
    """Whole days from the second day to the first."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler, connection, **context):
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context)


def rules_on(centre: Centre, *, on: date) -> ClassRuleSet | None:
    """The centre's own rules in force on a day; None while the shipped ones are used."""
    return centre.class_rules.in_force(on=on).first()


def with_class(debts, *, on: date, limits: Limits | None = None, name: str = "debtor_class"):
    """Adds `late_from` (due day of the oldest unpaid instalment, or of the debt), `days_late` (None when that is
    not known) and the class on day `on`, by the centre's rules or, if given, by `limits`."""
    late_from = Case(
        When(kind=Debt.Kind.MERGED, then=Coalesce(oldest_unpaid(on), F("due_on"))),
        default=F("due_on"),
    )
    days_late = Case(
        When(late_from=None, then=None),
        default=Greatest(DaysBetween(Value(on, models.DateField()), F("late_from")), Value(0)),
        output_field=IntegerField(),
    )
    if "late_from" not in debts.query.annotations:
        debts = debts.annotate(late_from=late_from).annotate(days_late=days_late)
    return debts.annotate(**{name: _class(on, limits)})


def _ordinary(on: date, limits: Limits | None = None) -> Q:
    """Open debts of one paper on which the due day alone decides: nobody decided otherwise, and the shipped limits
    (or `limits`) hold. Nearly all are so; what is asked of the others is too slow to ask of a million."""
    decided = DebtClass.objects.manual().filter(on__lte=on).values("debt")
    forborne = Forbearance.objects.valid(on=on).values("debt")
    ordinary = Q(kind=Debt.Kind.ORIGINAL, closed_on=None) & ~Q(pk__in=decided) & ~Q(pk__in=forborne)
    if limits:
        return ordinary
    return ordinary & ~Q(fund__centre__in=ClassRuleSet.objects.in_force(on=on).values("centre"))


def _due_days(on: date, limits: Limits) -> dict[DebtorClass, Q]:
    """Between which due days an ordinary debt has a class."""
    ends = (limits.watched_to, limits.overdue_to, limits.defaulted_to)
    watched, overdue, defaulted = (on - timedelta(days=days) for days in ends)
    return {
        DebtorClass.UNKNOWN: Q(due_on=None),
        DebtorClass.NORMAL: Q(due_on__gte=on),
        DebtorClass.WATCHED: Q(due_on__gte=watched, due_on__lt=on),
        DebtorClass.OVERDUE: Q(due_on__gte=overdue, due_on__lt=watched),
        DebtorClass.DEFAULTED: Q(due_on__gte=defaulted, due_on__lt=overdue),
        DebtorClass.BAD: Q(due_on__lt=defaulted),
    }


def in_class(debts, value: str, *, on: date):
    """The debts of `with_class` that have one class: those whose `debtor_class` it is, found by due days where
    these decide."""
    by_day = _due_days(on, SHIPPED).get(DebtorClass(value))
    others = ~_ordinary(on) & Q(debtor_class=value)
    return debts.filter(_ordinary(on) & by_day | others if by_day else others)


def severity(name: str = "debtor_class") -> Coalesce:
    """How bad a class of `with_class` is, to order by: none and that of closed debts lowest, หนี้เสีย highest."""
    return Coalesce(StrIndex(Value("".join(BY_SEVERITY)), F(name)), 0)


def _class(on: date, limits: Limits | None) -> Case:
    by_day = [When(days, then=Value(each.value)) for each, days in _due_days(on, limits or SHIPPED).items()]
    letter = models.CharField()
    return Case(
        When(_ordinary(on, limits), then=Case(*by_day, output_field=letter)),
        default=_class_of_others(on, limits),
        output_field=letter,
    )


def _class_of_others(on: date, limits: Limits | None) -> Case:
    merged = Exists(MergedDebt.objects.filter(debt=OuterRef("pk"), is_cancelled=False))
    forborne = Exists(Forbearance.objects.valid(on=on).filter(debt=OuterRef("pk")))
    manual = _manual(on)
    is_closed = Q(closed_on__lte=on)
    return Case(
        When(is_closed & Q(merged), then=Value(DebtorClass.MERGED.value)),
        When(is_closed, then=Value(DebtorClass.CLOSED.value)),
        When(~Q(models.lookups.Exact(manual, Value(""))), then=manual),
        When(days_late=None, then=Value(DebtorClass.UNKNOWN.value)),
        When(days_late=0, then=Value(DebtorClass.NORMAL.value)),
        When(days_late__gt=_limit("defaulted_to", on, limits), then=Value(DebtorClass.BAD.value)),
        When(forborne, then=Value(DebtorClass.FORBORNE.value)),
        When(days_late__lte=_limit("watched_to", on, limits), then=Value(DebtorClass.WATCHED.value)),
        When(days_late__lte=_limit("overdue_to", on, limits), then=Value(DebtorClass.OVERDUE.value)),
        default=Value(DebtorClass.DEFAULTED.value),
        output_field=models.CharField(),
    )


def _manual(on: date) -> Coalesce:
    """The class decided by hand that holds on day `on`; empty when the rules decide."""
    newest = DebtClass.objects.manual().filter(debt=OuterRef("pk"), on__lte=on).order_by("-on", "-pk")
    held = Case(When(until_on__lt=on, then=Value("")), default=F("value"))
    return Coalesce(Subquery(newest.annotate(held=held).values("held")[:1]), Value(""))


def _limit(column: str, on: date, limits: Limits | None):
    if limits:
        return Value(getattr(limits, column))
    sets = ClassRuleSet.objects.in_force(on=on).filter(centre=OuterRef("fund__centre"))
    return Coalesce(Subquery(sets.values(column)[:1]), Value(getattr(SHIPPED, column)))


def summary(debts, *, by: str = "debtor_class") -> list[tuple[DebtorClass, int, Decimal]]:
    """(class, debts, baht) of the open debts of `with_class`, every class named, from the best to the worst."""
    rows = debts.open().order_by().values(by).annotate(number=Count("pk"), sum=total("outstanding"))
    found = {row[by]: (row["number"], row["sum"]) for row in rows}
    return [(each, *found.get(each.value, (0, ZERO))) for each in OPEN]


@dataclass(frozen=True)
class Moves:
    """What other limits would do: (class, debts and baht before, debts and baht after), and the debts that move."""

    table: list[tuple[DebtorClass, int, Decimal, int, Decimal]]
    debts: list[Debt]
    baht: Decimal


def moves(debts, *, limits: Limits, on: date) -> Moves:
    """What would change on day `on` if `limits` were in force. Nothing is written."""
    both = with_class(with_class(debts, on=on), on=on, limits=limits, name="new_class")
    after = summary(both, by="new_class")
    table = [(*before, *then[1:]) for before, then in zip(summary(both), after, strict=True)]
    moving = list(both.exclude(debtor_class=F("new_class")).with_names().order_by("household", "pk"))
    for debt in moving:
        debt.before, debt.after = DebtorClass(debt.debtor_class), DebtorClass(debt.new_class)
    return Moves(table, moving, sum((debt.outstanding for debt in moving), ZERO))


def reason_of(debt: Debt, rules: ClassRuleSet | None, *, on: date) -> str:
    """Why a debt of `with_class` has its class, in one sentence of Thai."""
    decision = debt.classes.manual().filter(on__lte=on).first()
    if debt.is_open and decision and decision.value and (decision.until_on or on) >= on:
        until = f" ถึง {thai.short_date(decision.until_on)}" if decision.until_on else ""
        return f"กำหนดโดย {decision.by} ตั้งแต่ {thai.short_date(decision.on)}{until}: {decision.reason}"
    since = (
        f"ที่ใช้ตั้งแต่ {thai.short_date(rules.effective_on)}" if rules else "เริ่มต้นของระบบ (มิใช่หลักเกณฑ์ทางราชการ)"
    )
    return f"{_lateness(debt, rules, on)} ตามหลักเกณฑ์{since}" if debt.is_open else ""


def _lateness(debt: Debt, rules: ClassRuleSet | None, on: date) -> str:
    if debt.days_late is None:
        return "ไม่มีวันครบกำหนดในทะเบียน"
    if debt.days_late:
        return f"เกินกำหนด {thai.count(debt.days_late)} วัน นับจาก {thai.short_date(debt.late_from)}"
    soon = due_soon(debt, rules.limits if rules else SHIPPED, on=on)
    return f"{'ใกล้ครบกำหนด' if soon else 'ยังไม่เกินกำหนด'} ครบกำหนด {thai.short_date(debt.late_from)}"


@transaction.atomic
def change_rules(
    *, centre: Centre, effective_on: date, resolution: str, limits: Limits, on: date, by: Officer
):
    """A new version of the centre's rules. Raises `CannotClassify` for a day before `on`: what was classified
    stays as it was."""
    Centre.objects.select_for_update().get(pk=centre.pk)
    if effective_on < on:
        raise CannotClassify("หลักเกณฑ์มีผลได้ตั้งแต่วันนี้เป็นต้นไป การจัดประเภทที่ผ่านมาไม่เปลี่ยน")
    if centre.class_rules.filter(effective_on=effective_on).exists():
        raise CannotClassify("ศูนย์ฯ นี้มีหลักเกณฑ์ที่มีผลในวันนี้แล้ว ระบุวันอื่น")
    rules = ClassRuleSet.objects.create(
        centre=centre, effective_on=effective_on, resolution=resolution, by=by, **asdict(limits)
    )
    record(by=by, action="class-rules", target=f"centre {centre.pk}", detail={"resolution": resolution})
    classify(centre=centre, on=on, by=by)
    return rules


@transaction.atomic
def classify(*, centre: Centre, on: date, by: Officer | None) -> int:
    """Write down each debt of the centre whose class on `on` is not the last one written; how many they are."""
    Centre.objects.select_for_update().get(pk=centre.pk)
    return _write_down(Debt.objects.filter(fund__centre=centre), rules=rules_on(centre, on=on), on=on, by=by)


def _write_down(debts, *, rules: ClassRuleSet | None, on: date, by: Officer | None) -> int:
    last = DebtClass.objects.filter(debt=OuterRef("pk")).exclude(value="").order_by("-on", "-pk")
    known = debts.filter(opened_on__lte=on).annotate(
        last=Coalesce(Subquery(last.values("value")[:1]), Value(""))
    )
    changed = with_class(known, on=on).exclude(debtor_class=F("last")).order_by("pk")
    rows = [
        DebtClass(debt=debt, value=debt.debtor_class, on=on, days_late=debt.days_late, rules=rules, by=by)
        for debt in changed
    ]
    return len(DebtClass.objects.bulk_create(rows, batch_size=BATCH))


@transaction.atomic
def decide(*, debt: Debt, value: str, reason: str, until_on: date | None, on: date, by: Officer) -> DebtClass:
    """The class of one open debt, decided by hand; an empty `value` returns to the rules. Raises `CannotClassify`."""
    [debt] = lock_debts(Debt.objects.filter(pk=debt.pk))
    _refuse_closed(debt)
    if until_on and until_on < on:
        raise CannotClassify("วันสิ้นสุดต้องไม่ก่อนวันนี้")
    decision = DebtClass.objects.create(
        debt=debt, value=value, is_manual=True, reason=reason, until_on=until_on, on=on, by=by
    )
    record(by=by, action="class-decide", target=f"debt {debt.pk}", detail={"class": value, "reason": reason})
    _follow(debt, on=on, by=by)
    return decision


@transaction.atomic
def forbear(
    *, debt: Debt, until_on: date, resolution: str, reason: str, on: date, by: Officer
) -> Forbearance:
    """The committee waits with a debt from `on` until a day. Raises `CannotClassify`."""
    [debt] = lock_debts(Debt.objects.filter(pk=debt.pk))
    _refuse_closed(debt)
    if until_on < on:
        raise CannotClassify("วันสิ้นสุดต้องไม่ก่อนวันนี้")
    if debt.forbearances.valid(on=on).exists():
        raise CannotClassify("หนี้นี้อยู่ระหว่างผ่อนผัน เลิกการผ่อนผันเดิมก่อน")
    forbearance = Forbearance.objects.create(
        debt=debt, from_on=on, until_on=until_on, resolution=resolution, reason=reason, by=by
    )
    record(by=by, action="forbear", target=f"debt {debt.pk}", detail={"resolution": resolution})
    _follow(debt, on=on, by=by)
    return forbearance


@transaction.atomic
def end_forbearance(*, forbearance: Forbearance, on: date, by: Officer) -> None:
    """From day `on` the rules decide again. Raises `CannotClassify` when it is no longer valid."""
    [debt] = lock_debts(Debt.objects.filter(pk=forbearance.debt_id))
    forbearance = debt.forbearances.valid(on=on).filter(pk=forbearance.pk).first()
    if not forbearance:
        raise CannotClassify("การผ่อนผันนี้สิ้นสุดแล้ว")
    forbearance.ended_on = on
    forbearance.save(update_fields=["ended_on"])
    record(by=by, action="forbear-end", target=f"debt {debt.pk}")
    _follow(debt, on=on, by=by)


def _follow(debt: Debt, *, on: date, by: Officer) -> None:
    """Write down the class that a decision leads to."""
    rules = rules_on(debt.fund.centre, on=on)
    _write_down(Debt.objects.filter(pk=debt.pk), rules=rules, on=on, by=by)


def _refuse_closed(debt: Debt) -> None:
    if not debt.is_open:
        raise CannotClassify("หนี้นี้ปิดบัญชีแล้ว")


def due_soon(debt: Debt, limits: Limits, *, on: date) -> bool:
    """Whether a debt of `with_class` falls due within the days that the rules name."""
    return bool(debt.late_from) and on <= debt.late_from <= on + timedelta(days=limits.due_soon)
