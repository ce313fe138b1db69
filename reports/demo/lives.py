"""What happens to the demo's households, through the same verbs the pages call."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from config import thai
from config.thai import Name
from debts import repayment
from debts.cases import selection
from debts.consolidation import Consents, Family, Offer, consolidate
from debts.guarantors import name_guarantors
from debts.interest import simple_interest
from debts.ledger import open_debt
from debts.models import Debt, FamilyConsent, GuarantorAnswer
from funds.models import Fund
from households.models import Household, Person
from reports.demo.living import tell_living
from reports.demo.people import invent

DAY = timedelta(days=1)
# How far a household has come, and how many of a hundred have come so far.
INDEBTED, SELECTED, MERGED, REPAYING, LATE, CLEARED = range(6)
SPREAD = [38, 12, 8, 24, 6, 12]
PLANS = [(12, 1), (8, 3), (4, 6), (6, 6), (3, 12), (5, 12)]  # periods, months per period


class Story:
    """One centre's households, told up to `today`. The same seed tells the same story."""

    def __init__(self, centre, *, by, random: Random, today: date):
        self.centre, self.by, self.random, self.today = centre, by, random, today
        self.funds = list(centre.funds.prefetch_related("rules"))

    def tell(self, households: int) -> None:
        for number in range(households):
            self._live(self._settle(number + 1))

    def _settle(self, number: int) -> Household:
        house = f"{number * 3 + self.random.randrange(3)}" + self.random.choice(("", "", "", "/1", "/2"))
        household = Household.objects.create(village=self.centre.village, house_number=house)
        household.head = self._person(household)
        household.save()
        if self.random.random() < 0.4:
            self._person(household, family=household.head.last_name)
        return household

    def _person(self, household, family=None) -> Person:
        title, first, last = invent(self.random)
        return Person.objects.create(
            household=household, title=title, first_name=first, last_name=family or last
        )

    def _live(self, household: Household) -> None:
        stage = self.random.choices(range(6), SPREAD)[0]
        surveyed = self._surveyed_on(stage)
        debts = self._owe(household, surveyed)
        if stage != INDEBTED:
            tell_living(household, on=surveyed, random=self.random, by=self.by)
        if stage == INDEBTED:
            return
        selected = surveyed + self.random.randrange(5, 20) * DAY
        selection.select(household=household, on=selected, by=self.by)
        if stage == SELECTED:
            return
        contract = self._merge(household, debts, selected)
        if stage != MERGED:
            self._repay(contract, stage)

    def _surveyed_on(self, stage: int) -> date:
        """Not long ago for those who have just begun, up to two years for the others."""
        days = (45, 200) if stage in (INDEBTED, SELECTED, MERGED) else (80, 760)
        return self.today - self.random.randrange(*days) * DAY

    def _owe(self, household, surveyed: date) -> list[Debt]:
        lenders = self.random.sample(self.funds, self.random.choice((1, 2, 2, 3, 3)))
        return [self._borrow(household, fund, surveyed) for fund in lenders]

    def _borrow(self, household, fund: Fund, surveyed: date) -> Debt:
        rule = fund.rule_on(surveyed)
        lent_on = surveyed - self.random.randrange(200, 900) * DAY
        lent = Decimal(self.random.randrange(4, 36) * 1000)
        principal = lent - Decimal(self.random.randrange(0, int(lent) // 2, 500))
        overdue = self.random.randrange(0, 500) if self.random.random() < 0.6 else 0
        interest = simple_interest(principal, rule.rate_percent, overdue)
        debt = open_debt(
            household=household,
            borrower=household.head,
            fund=fund,
            number=f"{household.pk}/{thai.buddhist_year(lent_on)}",
            lent_on=lent_on,
            due_on=lent_on + 365 * DAY,
            lent=lent,
            rate_percent=rule.rate_percent,
            principal=principal,
            interest=interest,
            on=surveyed,
            by=self.by,
        )
        if rule.guarantors:
            name_guarantors({debt: self._sureties(rule.guarantors)}, village=self.centre.village)
        return debt

    def _sureties(self, wanted: int) -> list[Name]:
        """Every third paper names its guarantors, nobody twice."""
        if self.random.random() >= 0.34:
            return []
        named: dict[tuple[str, str], Name] = {}
        while len(named) < wanted:
            name = Name(*invent(self.random))
            named[name.first, name.last] = name
        return list(named.values())

    def _merge(self, household, debts, selected: date):
        lender = self._lender(debts)
        rule = lender.rule_on(selected)
        signed = selected + self.random.randrange(5, 20) * DAY
        periods, months = self.random.choice(PLANS)
        offer = Offer(
            lender=lender,
            signed_on=signed,
            interest_to=debts[0].accrued_to,
            rate_percent=rule.rate_percent,
            method=rule.method,
            day_count=rule.day_count,
            periods=periods,
            months_per_period=months,
            first_due_on=signed + months * 30 * DAY,
        )
        return consolidate(
            household=household,
            debts=debts,
            offer=offer,
            by=self.by,
            key=UUID(int=self.random.getrandbits(128)),
            resolution=f"มติคณะกรรมการศูนย์ฯ ครั้งที่ 1/{thai.buddhist_year(signed)}",
            reason="คณะกรรมการเห็นชอบเป็นรายครัวเรือน",
            relief=["extend"],
            consents=self._consents(household, debts),
        )

    def _consents(self, household, debts) -> Consents:
        """Guarantors go on or sign anew; every fourth debtor lives alone."""
        answers = [GuarantorAnswer.Answer.CONSENTS, GuarantorAnswer.Answer.NEW]
        guarantors = [each for debt in debts for each in debt.guarantors.all()]
        alone = Family(reason="โสด ไม่มีทายาทที่บรรลุนิติภาวะ")
        named = Family(f"นายบุญมี {household.head.last_name}", FamilyConsent.Relation.SPOUSE)
        return Consents(
            {each.pk: answers[each.pk % 2] for each in guarantors}, named if household.pk % 4 else alone
        )

    def _lender(self, debts) -> Fund:
        """The village fund takes most, the savings group some."""
        return self.funds[0 if self.random.random() < 0.75 else 1]

    def _repay(self, contract, stage: int) -> None:
        """Pays what falls due; the late ones stop after the first, the cleared pay the rest at once."""
        instalments = [line for line in contract.instalments.all() if line.due_on < self.today]
        for line in instalments[: 1 if stage == LATE else None]:
            self._pay(contract.debt, line.total, line.due_on)
        if stage == CLEARED:
            paid_off = max([contract.signed_on, *(line.due_on for line in instalments)])
            self._pay(contract.debt, None, min(self.today, paid_off + 20 * DAY))

    def _pay(self, debt: Debt, amount: Decimal | None, on: date) -> None:
        debt.refresh_from_db()
        owed = repayment.owed_on(debt, on=on).total
        if owed:
            repayment.pay(
                debt=debt,
                amount=min(amount or owed, owed),
                on=on,
                by=self.by,
                key=UUID(int=self.random.getrandbits(128)),
            )
