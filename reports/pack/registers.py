"""Reports that name people: contracts, debtors, households. Whoever may not read such rows is given none of them."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from config.money import baht, total
from debts.classes import DebtorClass
from debts.classification import with_class
from debts.models import Contract, Debt
from debts.plans.versions import as_they_were
from households.models import Household, Livelihood, OtherDebt, Person
from reports.contracts_table import made_by
from reports.fund_names import in_order, short_names
from reports.pack.owed import owing
from reports.pack.report import Asked, Column, Kind, Table, Value

ZERO = Decimal("0.00")
CONTRACTS = (
    Column("centre", "ศูนย์ฯ"),
    Column("district", "อำเภอ"),
    Column("house_number", "บ้านเลขที่"),
    Column("borrower", "ชื่อ–สกุล ผู้เป็นหนี้"),
    Column("creditors", "เป็นหนี้กลุ่ม/กองทุน"),
    Column("owed_baht", "หนี้คงเหลือทุกกลุ่ม (บาท)", Kind.MONEY),
    Column("number", "เลขที่สัญญา"),
    Column("signed_on", "วันที่ทำสัญญา", Kind.DAY),
    Column("lender", "แหล่งกู้ยืมใหม่"),
    Column("amount_baht", "จำนวนเงินตามสัญญา (บาท)", Kind.MONEY),
    Column("waived_baht", "ยกเว้นให้ (บาท)", Kind.MONEY),
)
DEBTORS = (
    Column("village", "หมู่บ้าน"),
    Column("district", "อำเภอ"),
    Column("house_number", "บ้านเลขที่"),
    Column("borrower", "ชื่อ–สกุล ลูกหนี้"),
    Column("member_number", "เลขที่สมาชิก", Kind.BLANK),
    Column("fund", "กลุ่ม/กองทุน"),
    Column("number", "เลขที่สัญญา"),
    Column("lent_on", "วันที่ทำสัญญา", Kind.DAY),
    Column("due_on", "วันครบกำหนด", Kind.DAY),
    Column("lent_baht", "วงเงินกู้ (บาท)", Kind.MONEY),
    Column("principal_baht", "เงินต้น (บาท)", Kind.MONEY),
    Column("interest_baht", "ดอกเบี้ยและค่าปรับ (บาท)", Kind.MONEY),
    Column("outstanding_baht", "คงเหลือ (บาท)", Kind.MONEY),
    Column("days_overdue", "เกินกำหนด (วัน)", Kind.COUNT, summed=False),
    Column("class", "ประเภท"),
    Column("purpose", "วัตถุประสงค์", Kind.BLANK),
)
HOUSEHOLDS = (
    Column("village", "หมู่บ้าน"),
    Column("district", "อำเภอ"),
    Column("house_number", "บ้านเลขที่"),
    Column("house_code", "รหัสบ้าน", Kind.BLANK),
    Column("head", "หัวหน้าครัวเรือน"),
    Column("people", "สมาชิก (คน)", Kind.COUNT),
    Column("surveyed_on", "สำรวจเมื่อ", Kind.DAY),
    Column("income_baht", "รายได้ต่อปี (บาท)", Kind.MONEY),
    Column("expense_baht", "รายจ่ายต่อปี (บาท)", Kind.MONEY),
    Column("savings_baht", "เงินออม (บาท)", Kind.MONEY),
    Column("funds_baht", "หนี้กองทุนสมาชิก (บาท)", Kind.MONEY),
    Column("formal_baht", "หนี้ในระบบอื่น (บาท)", Kind.MONEY),
    Column("informal_baht", "หนี้นอกระบบ (บาท)", Kind.MONEY),
    Column("debt_baht", "หนี้รวม (บาท)", Kind.MONEY),
    Column("assets", "ทรัพย์สิน", Kind.BLANK),
)


def contracts_of(asked: Asked):
    """Contracts of the fiscal year that were signed by the day and not cancelled by it."""
    return made_by(asked.rows(Contract), on=asked.on).filter(case__fiscal_year=asked.year)


def contracts(asked: Asked) -> Table:
    """ตาราง 1 ครัวเรือน 1 สัญญา of every centre of the area."""
    found = contracts_of(asked).with_names().with_places().prefetch_related("merged_debts__debt__fund")
    found = list(found.order_by("centre__village", "signed_on", "pk"))
    as_they_were((each.debt for each in found), on=asked.on)
    return Table(CONTRACTS, [tuple(_contract(each)) for each in found], unit="สัญญา")


def _contract(contract: Contract) -> Iterator[Value]:
    merged = contract.merged_debts.all()
    yield contract.centre.short_name
    yield contract.centre.village.parent.parent.label
    yield contract.household.house_number
    yield contract.debt.borrower.full_name
    yield "/".join(short_names(in_order(each.debt.fund for each in merged)).values())
    yield sum((each.owed for each in merged), ZERO)
    yield contract.number
    yield contract.signed_on
    yield contract.lender.name
    yield contract.amount
    yield contract.waived


def debtors(asked: Asked) -> Table:
    """ทะเบียนข้อมูลลูกหนี้ of the area: every debt on which something was owed on the day, replayed from the ledger."""
    found = asked.rows(Debt).filter(opened_on__lte=asked.on).with_balance(on=asked.on)
    found = with_class(found.filter(outstanding_on__gt=baht(0)), on=asked.on)
    found = found.select_related("borrower", "fund", "household__village__parent__parent")
    found = found.order_by("household__village", "household__house_sort", "household", "pk")
    debts = as_they_were(found, on=asked.on)
    return Table(DEBTORS, [tuple(_debtor(each, asked)) for each in debts], unit="สัญญา")


def _debtor(debt: Debt, asked: Asked) -> Iterator[Value]:
    village = debt.household.village
    yield from (village.label, village.parent.parent.label, debt.household.house_number)
    yield from (debt.borrower.full_name, None, debt.fund.name, debt.number, debt.lent_on, debt.due_on)
    yield from (debt.lent, debt.principal_on, debt.besides_principal_on, debt.outstanding_on)
    yield debt.days_late
    yield from (DebtorClass(debt.debtor_class).label, None)


def count_debtors(asked: Asked) -> int:
    """Debts that the register may show; at most a few that were emptied without being closed are too many."""
    closed = Q(closed_on__lte=asked.on)
    return asked.rows(Debt).filter(opened_on__lte=asked.on).exclude(closed).count()


def households(asked: Asked) -> Table:
    """ทะเบียนข้อมูลครัวเรือนและภาวะหนี้สิน: households with a debt in the books by the day, what they told of their
    lives by then, and all that they owed."""
    found = _in_debt(asked).select_related("head", "village__parent__parent")
    found = list(found.order_by("village", "house_sort", "pk"))
    facts = _facts(asked)
    rows = [tuple(_household(each, facts)) for each in found]
    notes = [
        "หัวหน้าครัวเรือนและสมาชิก: ณ ปัจจุบัน",
        "รายได้ รายจ่าย และเงินออม: ตามการสำรวจครั้งล่าสุดถึงวันที่ดูข้อมูล ครัวเรือนที่ยังไม่สำรวจแสดงขีด",
        "หนี้ในระบบอื่นและหนี้นอกระบบ: ตามที่ครัวเรือนแจ้ง ยอดตามที่บันทึกไว้ล่าสุด",
    ]
    return Table(HOUSEHOLDS, rows, unit="ครัวเรือน", notes=notes)


def _in_debt(asked: Asked):
    debts = Debt.objects.filter(household=OuterRef("pk"), opened_on__lte=asked.on)
    return asked.rows(Household).standing().filter(Exists(debts))


def count_households(asked: Asked) -> int:
    return _in_debt(asked).count()


def _facts(asked: Asked) -> dict[str, dict]:
    """By household: people, the newest survey, and baht owed to funds, others and informally. Four queries."""
    people = asked.rows(Person).order_by().values("household").annotate(number=Count("pk"))
    surveys = asked.rows(Livelihood).filter(surveyed_on__lte=asked.on).order_by("surveyed_on", "pk")
    funds = owing(asked).order_by().values("household").annotate(sum=total("owed_on"))
    told = asked.rows(OtherDebt).filter(as_of_on__lte=asked.on).order_by().values("household")
    informal = Q(source=OtherDebt.Source.INFORMAL)
    other = told.annotate(
        informal=total("outstanding", filter=informal), formal=total("outstanding", filter=~informal)
    )
    return {
        "people": {row["household"]: row["number"] for row in people},
        "survey": {each.household_id: each for each in surveys},
        "funds": {row["household"]: row["sum"] for row in funds},
        "other": {row["household"]: (row["formal"], row["informal"]) for row in other},
    }


def _household(household: Household, facts: dict[str, dict]) -> Iterator[Value]:
    key, village = household.pk, household.village
    survey, funds = facts["survey"].get(key), facts["funds"].get(key, ZERO)
    formal, informal = facts["other"].get(key, (ZERO, ZERO))
    yield from (village.label, village.parent.parent.label, household.house_number, None)
    yield from (household.head.full_name if household.head else "", facts["people"].get(key, 0))
    yield from (survey.surveyed_on, survey.income, survey.expense, survey.savings) if survey else [None] * 4
    yield from (funds, formal, informal, funds + formal + informal, None)
