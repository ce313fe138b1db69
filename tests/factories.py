"""Plain functions that make what a test needs; everything that does not matter to it has a value."""

import io
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import Job, Officer
from accounts.roles import AREA_LEVEL, SECOND_STEP_ROLES, Can, Role
from areas.models import COUNTRY, Area, Level
from debts.cases import meetings
from debts.cases.negotiation import Wording, ask
from debts.cases.selection import select
from debts.consolidation import Consents, Family, Offer, consolidate
from debts.drafts import save_draft
from debts.ledger import open_debt
from debts.models import (
    Ask,
    Case,
    ClauseText,
    Contract,
    Debt,
    Guarantor,
    GuarantorAnswer,
    Meeting,
    MergeDraft,
    PaperReturn,
    Payment,
    PlanChange,
    Promise,
    Register,
    Transfer,
)
from debts.papers import texts
from debts.papers.returns import give_back
from debts.payments.promises import promise
from debts.payments.settlement import transfer
from debts.plans.life import approve, preview, propose
from debts.registers.life import send
from debts.registers.rows import MOST_ROWS, STEP, TypedRow, save_rows
from debts.registers.start import begin
from debts.repayment import pay
from funds.books import sheets
from funds.books.months import Month
from funds.books.sheets import TypedLine
from funds.models import BalanceSheet, Centre, CommitteeMember, CommitteeOrder, Fund, LendingRule
from households.documents import attach as keep_document
from households.livelihood import write_down
from households.models import EXPENSE, INCOME, Document, Household, Livelihood, OtherDebt, Person
from monitoring import issue_lists, visits
from monitoring.activity.exemplars import name as name_model
from monitoring.activity.money import move as move_group_money
from monitoring.grading import life as grading_life
from monitoring.grading import starters
from monitoring.letters.writing import write
from monitoring.models import (
    ActionPlan,
    Activity,
    Grading,
    IssueAnswer,
    Letter,
    ModelHousehold,
    Photo,
    PlannedActivity,
    Recommendation,
    Round,
    Visit,
)
from monitoring.photos import attach
from monitoring.plans import life as plans
from monitoring.rounds.planning import plan_round
from reports.api.tokens import make_token as make_api_token
from reports.handover.life import begin as hand_over
from reports.models import ApiToken, AreaReturn, Handover, Period
from reports.returns import life as returns

AS_OF = date(2017, 4, 30)
SIGNED = date(2017, 6, 15)
REPLANNED = date(2017, 12, 20)
SENT_ON = date(2017, 7, 3)
PASSWORD = "a-long-password-for-tests"
_number = count(1)


def make_village(code="33100503", name="บ้านหนองฮะ", **fields) -> Area:
    """A village and the areas above it, named after their codes unless they exist."""
    parent, _ = Area.objects.get_or_create(
        code=COUNTRY, defaults={"level": Level.COUNTRY, "name": "ประเทศไทย"}
    )
    for level, length in ((Level.PROVINCE, 2), (Level.DISTRICT, 4), (Level.SUBDISTRICT, 6)):
        defaults = {"level": level, "name": fields.pop(level.value, code[:length]), "parent": parent}
        parent, _ = Area.objects.get_or_create(code=code[:length], defaults=defaults)
    defaults = {"level": Level.VILLAGE, "name": name, "moo": int(code[6:]), "parent": parent}
    return Area.objects.get_or_create(code=code, defaults=defaults)[0]


def make_officer(role=Role.DISTRICT_HEAD, area=None, **fields) -> Officer:
    """An officer of the district, province or country (by role) that `area` lies in."""
    village = area or make_village()
    level = AREA_LEVEL[role]
    area = Area.objects.get(code=COUNTRY) if level == "country" else (village.above(level) or village)
    fields = {"username": f"officer{next(_number)}", "first_name": "สมศักดิ์", **fields}
    officer = Officer.objects.create_user(password=PASSWORD, role=role, area=area, **fields)
    if role in SECOND_STEP_ROLES:
        Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": ""})
    return officer


def make_job(by=None, **fields) -> Job:
    """A job that waits in the queue of nobody."""
    by = by or make_officer()
    fields = {"subject": f"subject {next(_number)}", "permission": Can.VIEW_DEBTS, "title": "นำเข้า", **fields}
    return Job.objects.create(asked_by=by, area=by.area, **fields)


def make_centre(village=None, **fields) -> Centre:
    return Centre.objects.create(village=village or make_village(), **fields)


def make_fund(centre=None, kind=Fund.Kind.VILLAGE_FUND, rate="6", **fields) -> Fund:
    """A member fund with one lending rule in force since 2000; `rate` in percent a year."""
    fields = {"name": f"{Fund.Kind(kind).label} {next(_number)}", **fields}
    fund = Fund.objects.create(centre=centre or make_centre(), kind=kind, **fields)
    LendingRule.objects.create(fund=fund, effective_on=date(2000, 1, 1), rate_percent=Decimal(rate))
    return fund


def make_sheet(centre=None, fund=None, year=2560, month=7, by=None, capital="1000", **fields) -> BalanceSheet:
    """A draft for the month of April 2560: so much in the bank, all of it capital."""
    centre = centre or (fund.centre if fund else make_centre())
    by = by or make_officer(area=centre.village)
    begun = sheets.begin(centre=centre, fund=fund, month=Month(year, month), on=date(2017, 10, 1), by=by)
    amounts = {"bank": Decimal(capital), "capital": Decimal(capital)}
    lines = [
        TypedLine(line.side, line.code, line.label, line.is_deducted, amounts.get(line.code))
        for line in begun.lines.all()
    ]
    fields = {"members": 100, "note": "", **fields}
    return sheets.keep(sheet=begun, version=begun.version, lines=lines, by=by, **fields)


def make_closed_sheet(*args, **fields) -> BalanceSheet:
    sheet = make_sheet(*args, **fields)
    return sheets.close(sheet=sheet, version=sheet.version, on=date(2017, 10, 1), by=sheet.changed_by)


def make_order(centre=None, **fields) -> CommitteeOrder:
    fields = {
        "number": f"{next(_number)}/2560",
        "signed_on": date(2017, 1, 5),
        "signer": "นายอำเภอ",
        **fields,
    }
    return CommitteeOrder.objects.create(centre=centre or make_centre(), **fields)


def make_member(order=None, **fields) -> CommitteeMember:
    fields = {"title": "นาย", "first_name": "ประสิทธิ์", "last_name": "มั่นคง", **fields}
    return CommitteeMember.objects.create(order=order or make_order(), **fields)


def make_household(village=None, head="นางแก้ว ทองสุข", **fields) -> Household:
    """A household with one person, its head."""
    fields = {"house_number": str(next(_number) % 9999 + 1), **fields}
    household = Household.objects.create(village=village or make_village(), **fields)
    household.head = make_person(household, head)
    household.save()
    return household


def make_person(household=None, name="นายบุญช่วย ทองสุข", national_id="", **fields) -> Person:
    """A person; `name` begins with นาง or นาย."""
    first, last = name[3:].split(" ", 1)
    person = Person(
        household=household or make_household(), title=name[:3], first_name=first, last_name=last, **fields
    )
    if national_id:
        person.set_national_id(national_id)
    person.save()
    return person


def make_livelihood(household=None, by=None, surveyed_on=AS_OF, income="60000", **items) -> Livelihood:
    """A survey of 60,000 baht a year from the main occupation."""
    household = household or make_household()
    told = Livelihood(
        household=household, surveyed_on=surveyed_on, income_main=Decimal(income), **_money(items)
    )
    write_down(told, changed={}, by=by or make_officer(area=household.village))
    return told


def make_other_debt(household=None, by=None, outstanding="12000", **fields) -> OtherDebt:
    """12,000 baht owed to a bank, as told on 30 April 2560."""
    household = household or make_household()
    fields = {"source": OtherDebt.Source.BANK, "as_of_on": AS_OF, **_money(fields)}
    told = OtherDebt(household=household, outstanding=Decimal(outstanding), **fields)
    write_down(told, changed={}, by=by or make_officer(area=household.village))
    return told


def _money(fields: dict) -> dict:
    """Amounts may be written as text."""
    amounts = {*INCOME, *EXPENSE, "savings", "lent", "instalment"}
    return {name: Decimal(value) if name in amounts else value for name, value in fields.items()}


def make_document(household=None, by=None, kind="contract", name="สมุดกู้", upload=None) -> Document:
    household = household or make_household()
    by = by or make_officer(area=household.village)
    return keep_document(household=household, upload=upload or make_picture(), kind=kind, name=name, by=by)


def make_debt(household=None, fund=None, principal="20000", interest="0", on=AS_OF, by=None, **fields):
    """An old debt of the household's head, as the register has it on 30 April 2560."""
    fund = fund or make_fund()
    household = household or make_household(fund.centre.village)
    fields = {
        "borrower": household.head,
        "number": f"{next(_number)}/2558",
        "lent_on": date(2015, 3, 8),
        "due_on": date(2016, 3, 8),
        "lent": Decimal(principal),
        "rate_percent": Decimal(6),
        **fields,
    }
    return open_debt(
        household=household,
        fund=fund,
        principal=Decimal(principal),
        interest=Decimal(interest),
        on=on,
        by=by or make_officer(area=household.village),
        **fields,
    )


def make_guarantor(debt=None, name="นายบุญมา ใจดี", **fields) -> Guarantor:
    """Who stands surety for an old debt; `name` begins with นาง or นาย."""
    first, last = name[3:].split(" ", 1)
    return Guarantor.objects.create(
        debt=debt or make_debt(), title=name[:3], first_name=first, last_name=last, **fields
    )


def make_offer(lender=None, **terms) -> Offer:
    """24 equal monthly shares of principal at 6 percent, signed on 15 June 2560."""
    terms = {
        "signed_on": SIGNED,
        "interest_to": SIGNED,
        "rate_percent": Decimal(6),
        "method": "equal_principal",
        "day_count": "equal_months",
        "periods": 24,
        "first_due_on": date(2017, 7, 15),
        **terms,
    }
    return Offer(lender=lender or make_fund(), **terms)


def make_draft(household, debts, lender, by) -> MergeDraft:
    """A merge in preparation, its terms and two plans chosen, signed on 15 June 2560."""
    terms = {
        "lender": str(lender.pk),
        "rate_percent": "6",
        "method": "equal_principal",
        "day_count": "equal_months",
        "periods": "24",
        "months_per_period": "1",
        "signed_on": "15/6/2560",
        "first_due_on": "15/7/2560",
    }
    chosen = {"debts": [str(debt.pk) for debt in debts], "interest_to": "15/6/2560"}
    plans = [terms, {**terms, "periods": "36"}]
    return save_draft(household=household, version=0, by=by, debts=chosen, terms=terms, plans=plans)


def make_consents(debts=(), answer=GuarantorAnswer.Answer.CONSENTS, family=None) -> Consents:
    """Every guarantor answers alike; nobody of the family has to be asked."""
    guarantors = Guarantor.objects.filter(debt__in=list(debts)).values_list("pk", flat=True)
    return Consents(dict.fromkeys(guarantors, answer), family or Family(reason="โสด ไม่มีทายาท"))


def make_contract(debts=None, lender=None, by=None, key=None, consents=None, **terms) -> Contract:
    """A household's debts (one of 35,000 baht, interest-free until signed) merged by `make_offer`."""
    debts = debts or [make_debt(fund=lender, principal="35000", rate_percent=Decimal(0))]
    household, lender = debts[0].household, lender or debts[0].fund
    return consolidate(
        household=household,
        debts=debts,
        offer=make_offer(lender, **terms),
        by=by or make_officer(area=household.village),
        key=key or uuid4(),
        reason="มติที่ประชุมศูนย์ฯ",
        consents=consents or make_consents(debts),
    )


def make_case(household=None, on=SIGNED, by=None) -> Case:
    """A household that owes 20,000 baht, selected."""
    household = household or make_debt().household
    return select(household=household, on=on, by=by or make_officer(area=household.village))


def make_ask(case=None, kind=Ask.Kind.TRANSFER, debt=None, on=SIGNED, by=None, **measure) -> Ask:
    """Something asked of the fund of `debt`, the case's first debt."""
    case = case or make_case()
    debt = debt or case.household.debts.first()
    return ask(case=case, wording=Wording(debt.fund, kind, debt, **measure), on=on, by=by or case.opened_by)


def make_meeting(centre=None, by=None, cases=(), on=SIGNED, members=3, **details) -> Meeting:
    """A meeting attended by the whole committee, with the cases on its agenda."""
    centre = centre or make_centre()
    order = centre.committee_orders.first() or make_order(centre, signed_on=date(2016, 10, 1))
    for number in range(order.members.count(), members):
        make_member(order, first_name=f"กรรมการที่{number + 1}")
    by = by or make_officer(area=centre.village)
    meeting = meetings.call(centre=centre, held_on=on, by=by, **details)
    present = list(meetings.members_on(centre, on))
    meetings.attend(meeting=meeting, present=present, chair=present[0], secretary=present[-1])
    meetings.put_on_agenda(meeting=meeting, cases=cases)
    return Meeting.objects.get(pk=meeting.pk)


def make_return(merged=None, by=None, fate="returned", on=SIGNED, **fields) -> PaperReturn:
    """The paper of an old debt of a contract, given back on the day of signing."""
    merged = merged or make_contract().merged_debts.get()
    fields = {"received_by": "นางแก้ว ทองสุข", "note": "", **fields}
    return give_back(merged=merged, fate=fate, on=on, by=by or merged.contract.signed_by, **fields)


def make_clause(province=None, by=None, kind="contract", word="ทดลอง", **options) -> ClauseText:
    """A draft of the province whose last paragraph is `word`."""
    province = province or make_village().above("province")
    by = by or make_officer(Role.PROVINCIAL_STAFF)
    text = texts.begin(kind=kind, province=province, by=by)
    body = f"{text.body.rstrip()}\n{word}"
    return texts.rewrite(text=text, body=body, version=text.version, by=by, **options)


def make_payment(debt=None, amount="1000", on=SIGNED, by=None, key=None) -> Payment:
    """Money received for a debt of 20,000 baht at 6 percent."""
    debt = debt or make_debt()
    debt = Debt.objects.get(pk=debt.pk)
    by = by or make_officer(area=debt.household.village)
    return pay(debt=debt, amount=Decimal(amount), on=on, by=by, key=key or uuid4())


def make_settled_contract(lender=None, by=None, **debt_fields) -> Contract:
    """A contract that owes the village's savings group 12,000 baht and keeps 20,000 of the lender's own."""
    lender = lender or make_fund()
    other = make_fund(lender.centre, kind=Fund.Kind.SAVINGS_GROUP)
    own = make_debt(fund=lender, rate_percent=Decimal(0), **debt_fields)
    taken = make_debt(own.household, other, principal="12000", rate_percent=Decimal(0), **debt_fields)
    return make_contract([own, taken], lender=lender, by=by)


def make_transfer(signed, amount="5000", on=SIGNED, by=None, key=None, **fields) -> Transfer:
    """Money the lender of a signed contract pays the fund it owes for it."""
    owed = signed.settlements.get()
    by = by or make_officer(area=signed.household.village)
    return transfer(
        payer=owed.payer,
        payee=owed.payee,
        amount=Decimal(amount),
        on=on,
        by=by,
        key=key or uuid4(),
        **{"reference": "", **fields},
    )


def make_promise(
    debt=None, amount="1000", made_on=SIGNED, due_on=date(2017, 7, 15), by=None, note=""
) -> Promise:
    """1,000 baht promised on 15 June 2560 for a month later."""
    debt = debt or make_debt()
    by = by or make_officer(area=debt.household.village)
    return promise(debt=debt, amount=Decimal(amount), made_on=made_on, due_on=due_on, note=note, by=by)


def make_plan_change(contract=None, by=None, on=REPLANNED, kind="reschedule", **asked) -> PlanChange:
    """A change asked for on 20 December 2560: 36 months from 15 January 2561 on."""
    contract = Contract.objects.get(pk=(contract or make_contract()).pk)
    if kind == "reschedule" and not asked:
        asked = {"periods": 36, "first_due_on": date(2018, 1, 15)}
    if kind == "takeover":
        asked = {"heir_is": "heir", "died_on": on, "consent": "หนังสือยินยอมของทายาท", **asked}
    words = {"reason": "ผลผลิตเสียหาย", "resolution": "ครั้งที่ 3/2560"}
    change = PlanChange(contract=contract, kind=kind, **{**words, **asked})
    by = by or make_officer(Role.DISTRICT_OFFICER, area=contract.household.village)
    return propose(change, on=on, by=by)


def apply_plan_change(contract=None, by=None, on=REPLANNED, **asked) -> PlanChange:
    """The same, approved by as many heads as are needed."""
    change = make_plan_change(contract, on=on, **asked)
    for _ in range(change.needed):
        change = approve_plan_change(change, by, on)
    return change


def approve_plan_change(change, by=None, on=REPLANNED) -> PlanChange:
    change = PlanChange.objects.get(pk=change.pk)
    seen = preview(change, on=on).owed.total
    by = by or make_officer(area=change.contract.household.village)
    return approve(change=change, sequence=change.sequence, seen=seen, on=on, by=by)


def line_of(name="นางแก้ว ทองสุข", principal="20000", fund=None, **values) -> dict[str, str]:
    """What is typed in one line of a register."""
    fund = {"fund": fund.name} if fund else {}
    return {"name": name, "house_number": "18", "principal": principal, **fund, **values}


def make_register(centre=None, lines=(), by=None, as_of_on=AS_OF) -> Register:
    """A draft with the lines typed by `by`."""
    centre = centre or make_centre()
    by = by or make_officer(Role.DISTRICT_OFFICER, area=centre.village)
    register = begin(centre=centre, as_of_on=as_of_on, on=as_of_on, by=by)
    rows = [TypedRow(uuid4(), 0, values, position=STEP * place) for place, values in enumerate(lines, 1)]
    for first in range(0, len(rows), MOST_ROWS):
        save_rows(register=register, rows=rows[first : first + MOST_ROWS], by=by, at=timezone.now())
    register.refresh_from_db()
    return register


def make_sent_register(centre=None, lines=(), by=None, **fields) -> Register:
    register = make_register(centre, lines, by, **fields)
    return send(register=register, by=register.created_by)


VISITED = date(2019, 3, 27)


def make_round(by=None, **fields) -> Round:
    """A round of the officer's office in March 2562."""
    fields = {
        "name": "ติดตามสนับสนุนการบริหารจัดการหนี้",
        "fiscal_year": 2562,
        "starts_on": date(2019, 3, 4),
        "ends_on": date(2019, 5, 25),
        "objectives": "เพื่อศึกษาปัญหาและผลของโครงการ",
        **fields,
    }
    return plan_round(round=Round(**fields), by=by or make_officer(Role.PROVINCIAL_STAFF))


def make_letter(visit=None, kind=Letter.Kind.LETTER, by=None, **fields) -> Letter:
    """A draft of the officer's office about a visit."""
    visit = visit or make_visit()
    fields = {
        "book": "บร 0018",
        "agency": "สำนักงานพัฒนาชุมชนจังหวัด",
        "subject": "การติดตามสนับสนุนการบริหารจัดการหนี้ของศูนย์จัดการกองทุนชุมชน",
        "to": "นายอำเภอ",
        **fields,
    }
    return write(letter=Letter(**fields), visit=visit, kind=kind, by=by or visit.planned_by)


def make_visit(centre=None, by=None, planned_on=VISITED, lead="นางสาวดาว ส่องแสง", **fields) -> Visit:
    """An appointment at a centre, with the shipped list of issues."""
    issue_lists.load()
    centre = centre or make_centre()
    team = [{"name": lead, "position": "นักวิชาการพัฒนาชุมชน", "agency": "สทอ.", "is_lead": True}]
    by = by or make_officer(Role.DISTRICT_OFFICER, area=centre.village)
    return visits.plan(centre=centre, planned_on=planned_on, by=by, team=team, **fields)


def make_recorded_visit(centre=None, by=None, text="ครัวเรือนร่วมมือดี", on=VISITED, **fields) -> Visit:
    """A visit with everything recorded by `by`, ready to be sent."""
    visit = make_visit(centre, by, **fields)
    follows = IssueAnswer.Result.FOLLOWS
    team = visit.team.values("name", "position", "agency", "is_lead")
    draft = visits.Draft(
        fields={"summary": text, "success_factors": text, "problems": text, "committee": 10},
        team=list(team),
        answers={each.pk: {"result": follows, "finding": text} for each in visit.answers.all()},
        recommendations={},
    )
    return visits.record(visit=visit, version=visit.version, draft=draft, on=on, by=visit.planned_by)


def make_sent_visit(centre=None, by=None, **fields) -> Visit:
    visit = make_recorded_visit(centre, by, **fields)
    return visits.send(visit=visit, on=visit.planned_on, by=visit.planned_by)


def make_recommendation(visit=None, what="จัดทำบัญชีงบดุลรายเดือน", **fields) -> Recommendation:
    """One at the given status; what is done was claimed by the visit's officer and verified by another."""
    visit = visit or make_sent_visit()
    if fields.get("status") in ("claimed", "done"):
        fields["claimed_by"] = visit.planned_by
    if fields.get("status") == "done":
        fields["verified_by"] = make_officer(area=visit.centre.village)
    return Recommendation.objects.create(visit=visit, what=what, **fields)


def make_picture(size=(40, 30), kind="JPEG", colour="navy", name="ภาพ1.jpg", **options) -> SimpleUploadedFile:
    """An uploaded file that is really a picture; `options` are those of Pillow's `save`."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind, **options)
    return SimpleUploadedFile(name, buffer.getvalue())


def make_activity(centre=None, by=None, kind="training", held_on=VISITED, **fields) -> Activity:
    """An activity of fiscal year 2562; an occupation begins with 40,000 baht."""
    fields = {"title": "บัญชีครัวเรือน", **fields}
    if kind == Activity.Kind.OCCUPATION:
        fields = {"budget": Decimal(40000), **fields}
    centre = centre or make_centre()
    by = by or make_officer(area=centre.village)
    return Activity.objects.create(centre=centre, kind=kind, held_on=held_on, recorded_by=by, **fields)


def make_group_money(activity, household=None, amount="5000", by=None, kind="given", on=VISITED, **fields):
    """A movement of an occupation's money; `amount` in baht."""
    fields = {"key": uuid4(), "by": by or activity.recorded_by, **fields}
    return move_group_money(
        activity=activity, kind=kind, household=household, amount=Decimal(amount), on=on, **fields
    )


def make_model_household(household=None, by=None, named_on=VISITED, why="ปลดหนี้ได้") -> ModelHousehold:
    household = household or make_household()
    return name_model(household=household, named_on=named_on, why=why, by=by or make_officer())


PLANNED = date(2018, 10, 10)


def make_action_plan(centre=None, by=None, year=2562, on=PLANNED, activities=1, **fields) -> ActionPlan:
    """A draft with activities of 10,000 baht each in February of the year; `what` names them."""
    centre = centre or make_centre()
    by = by or make_officer(area=centre.village)
    plan = plans.begin(area=centre.village, centre=centre, year=year, on=on, by=by)
    what = fields.pop("what", "อบรมวินัยทางการเงิน")
    row = {
        "kind": PlannedActivity.Kind.TRAINING,
        "households": 5,
        "budget": Decimal(10000),
        "starts_on": date(year - 543, 2, 1),
        "ends_on": date(year - 543, 2, 3),
        "who": "พัฒนากร",
    }
    rows = [{**row, "what": f"{what} {number}"} for number in range(1, activities + 1)]
    fields = {"objective": "", "resolution": "มติครั้งที่ 1", "households": 5, **fields}
    return plans.write(plan=plan, version=plan.version, fields=fields, activities=rows, by=by)


def make_sent_plan(*args, **fields) -> ActionPlan:
    plan = make_action_plan(*args, **fields)
    return plans.send(plan=plan, by=plan.begun_by)


def make_approved_plan(*args, on=PLANNED, **fields) -> ActionPlan:
    plan = make_sent_plan(*args, on=on, **fields)
    head = make_officer(Role.PROVINCIAL_HEAD, area=plan.area)
    return plans.approve(plan=plan, version=plan.version, on=on, by=head)


def make_photo(visit=None, caption="ประชุมคณะกรรมการ", by=None, **picture) -> Photo:
    visit = visit or make_visit()
    return attach(visit=visit, upload=make_picture(**picture), caption=caption, by=by or visit.planned_by)


def make_period(
    number=9, year=2560, kind="month", by=None, due=(date(2017, 7, 5), date(2017, 7, 15))
) -> Period:
    """A month of a fiscal year, June 2560 by default; `due` for districts and for provinces."""
    days = {"district_due_on": due[0], "province_due_on": due[1], "set_by": by or make_officer()}
    return Period.objects.get_or_create(fiscal_year=year, kind=kind, number=number, defaults=days)[0]


def make_area_return(by=None, period=None, on=SENT_ON, **sent) -> AreaReturn:
    """The return of the officer's area, sent on day `on`; a draft without it."""
    by = by or make_officer()
    sheet = returns.begin(area=by.area, period=period or make_period(by=by), on=SENT_ON, by=by)
    return returns.send(sheet=sheet, on=on, by=by, **sent).sheet if on else sheet


def make_handover(giver=None, receiver=None, by=None, **fields) -> Handover:
    """All that `giver` has in hand, for a colleague of the same area."""
    giver = giver or make_officer()
    receiver = receiver or make_officer(giver.role, area=giver.area)
    fields = {"on": SENT_ON, "reason": "ย้ายไปปฏิบัติราชการที่อื่น", **fields}
    return hand_over(giver=giver, receiver=receiver, by=by or giver, **fields)


GRADED = date(2019, 3, 15)


def make_grading(centre=None, by=None, year=2562, fund=None, points=None, remark="มีเอกสาร") -> Grading:
    """A grading of fiscal year 2562; every item that applies is given `points`, if any."""
    starters.load()
    centre = centre or (fund.centre if fund else make_centre())
    by = by or make_officer(Role.DISTRICT_OFFICER, area=centre.village)
    grading = grading_life.begin(centre=centre, fund=fund, year=year, on=GRADED, by=by)
    if points is None:
        return grading
    given = {
        row.pk: grading_life.Given(None if row.is_left_out else points, row.is_left_out, remark)
        for row in grading.items.all()
    }
    return grading_life.give(grading=grading, version=grading.version, given=given, note=remark, by=by)


def make_certified_grading(centre=None, by=None, points=2, **fields) -> Grading:
    """The same, sent by its maker and certified by somebody of the province."""
    grading = make_grading(centre, by, points=points, **fields)
    grading = grading_life.send(grading=grading, by=grading.begun_by)
    head = make_officer(Role.PROVINCIAL_HEAD, area=grading.centre.village)
    return grading_life.certify(grading=grading, version=grading.version, on=GRADED, by=head)


def make_secret(by=None, area=None, **fields) -> tuple[ApiToken, str]:
    """A token of the area for all four collections, and its secret."""
    by = by or make_officer(Role.PROVINCIAL_HEAD)
    today = timezone.localdate()
    fields = {
        "name": "ศูนย์ข้อมูล",
        "collections": ["figures", "centres", "contracts", "visits"],
        "expires_on": today + timedelta(days=90),
        **fields,
    }
    return make_api_token(area=area or by.area, on=today, by=by, **fields)


def make_token(by=None, **fields) -> ApiToken:
    return make_secret(by, **fields)[0]
