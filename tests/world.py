"""A whole small world in one village, every text in it marked, and the URL keywords that name its rows.

Whoever adds a URL with a new keyword adds its object here, or the walk (test_access.py) fails.
"""

from datetime import date, time
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile

from debts.classification import forbear
from debts.consolidation import Family
from debts.household_merge import Choices, merge
from debts.models import Ask, RegisterFile
from debts.payments.collection import collect
from funds.models import Fund
from households.twins import tell_apart
from monitoring.follow_up import follow_up
from monitoring.rounds.planning import write_programme
from monitoring.rounds.readiness import prepare
from reports.models import HOUSEHOLDS
from tests.factories import (
    AS_OF,
    line_of,
    make_activity,
    make_approved_plan,
    make_area_return,
    make_ask,
    make_case,
    make_centre,
    make_clause,
    make_closed_sheet,
    make_consents,
    make_contract,
    make_debt,
    make_document,
    make_draft,
    make_fund,
    make_grading,
    make_group_money,
    make_guarantor,
    make_handover,
    make_household,
    make_job,
    make_letter,
    make_livelihood,
    make_meeting,
    make_member,
    make_model_household,
    make_officer,
    make_order,
    make_other_debt,
    make_payment,
    make_period,
    make_person,
    make_photo,
    make_picture,
    make_plan_change,
    make_promise,
    make_recommendation,
    make_recorded_visit,
    make_register,
    make_return,
    make_round,
    make_sent_plan,
    make_sent_visit,
    make_settled_contract,
    make_token,
    make_transfer,
    make_village,
)

OURS, THEIRS = "ฝั่งเรา", "ฝั่งเขา"
NATIONAL_ID = "1101700207030"
CODES = {OURS: "33100503", THEIRS: "63010503"}


def _month(mark: str) -> int:
    """A month for each world of a district, which sends one return a month."""
    return int(mark[-1]) if mark[-1].isdigit() else 9


def make_world(mark: str, code: str = "") -> dict[str, object]:
    """URL keyword → the value that names this world's row; the rows carry `mark` in every text.

    `code` is that of its village, if it is not one of the two worlds but more rows for one of them.
    """
    village = make_village(code or CODES[mark], f"บ้าน{mark}", subdistrict=mark, district=mark, province=mark)
    officer = make_officer(area=village, first_name=mark, last_name=mark, position=mark, username=f"x{mark}")
    centre = make_centre(village)
    fund = make_fund(centre, name=f"กองทุน{mark}", capital=Decimal(100000))
    other_fund = make_fund(centre, kind=Fund.Kind.SAVINGS_GROUP, name=f"ออมทรัพย์{mark}", rate="12")
    order = make_order(centre, number=f"1/{mark}", signer=mark)
    member = make_member(order, first_name=mark, last_name=mark)
    household = make_household(village, head=f"นาย{mark} {mark}", house_number="18", note=mark)
    person = make_person(household, name=f"นาง{mark} {mark}", national_id=NATIONAL_ID)
    debt = make_debt(household, fund, by=officer, number=f"1/{mark}", note=mark)
    make_guarantor(debt, f"นาย{mark} {mark}")
    make_debt(household, other_fund, by=officer, number=f"2/{mark}", note=mark)
    merged_household = make_household(village, head=f"นาย{mark} {mark}", house_number="32/1", note=mark)
    old_debt = make_debt(merged_household, fund, by=officer, number=f"3/{mark}", note=mark)
    make_guarantor(old_debt, f"นาย{mark} {mark}")
    spouse = Family(f"นาง{mark} {mark}", "spouse")
    contract = make_contract([old_debt], by=officer, consents=make_consents([old_debt], family=spouse))
    plan = make_plan_change(contract, by=officer, reason=mark, resolution=mark)
    given_back = make_return(contract.merged_debts.get(), by=officer, received_by=mark, note=mark)
    clause = make_clause(village.above("province"), by=officer, word=mark)
    paid_household = make_household(village, head=f"นาย{mark} {mark}", house_number="7", note=mark)
    paid_debt = make_debt(paid_household, fund, by=officer, number=f"4/{mark}", note=mark)
    meeting = {"centre": centre, "fund": None, "on": AS_OF, "by": officer, "key": uuid4()}
    collected = collect(amounts={paid_debt.pk: Decimal(1)}, **meeting)
    payment = make_payment(paid_debt, by=officer)
    promised = make_promise(paid_debt, by=officer, note=mark)
    settled = make_settled_contract(fund, by=officer, note=mark, number=f"5/{mark}")
    transferred = make_transfer(settled, by=officer, reference=mark)
    repeated = make_household(village, head=f"นาย{mark} {mark}", house_number="7/1", note=mark)
    apart = tell_apart(one=paid_household, other=repeated, reason=mark, by=officer)
    emptied = make_household(village, head=f"นาย{mark} {mark}", house_number="8", note=mark)
    choices = Choices(frozenset({"house_number", "note"}))
    merged = merge(kept=repeated, emptied=emptied, choices=choices, reason=mark, on=AS_OF, by=officer)
    make_draft(household, [debt], lender=fund, by=officer)
    file = RegisterFile.objects.create(
        centre=centre,
        kind=RegisterFile.Kind.REGISTER,
        name=f"{mark}.xlsx",
        sha256=sha256(mark.encode()).hexdigest(),
        content=ContentFile(b"", name="empty.xlsx"),
        as_of_on=AS_OF,
        uploaded_by=officer,
    )
    register = make_register(centre, [line_of(f"นาย{mark} {mark}", fund=fund, note=mark)], by=officer)
    words = {"round_name": mark, "place": mark, "lead": f"นาย{mark}", "text": mark}
    visit = make_recorded_visit(centre, officer, **words)
    prepare(visit=visit, asked_committee=10, asked_households=5, hosts=mark, ready={"plan": mark}, by=officer)
    named = ("book", "agency", "address", "subject", "to", "reference", "enclosures", "signer", "contact")
    letter = make_letter(visit, by=officer, **dict.fromkeys(named, mark))
    round = make_round(officer, name=mark, objectives=mark, expected=mark, centre_steps=mark)
    programme = {"on": date(2019, 3, 27), "starts_at": time(9), "what": mark, "place": mark}
    team = [{"name": mark, "position": mark, "agency": mark}]
    write_programme(round=round, version=1, team=team, agenda=[programme])
    photo = make_photo(visit, caption=mark)
    sent = make_sent_visit(centre, officer, planned_on=date(2019, 3, 28), on=date(2019, 3, 28), **words)
    recommendation = make_recommendation(sent, what=mark, who=mark)
    claim = {"status": "claimed", "note": mark, "proof": make_picture()}
    proof = follow_up(recommendation=recommendation, by=officer, **claim)
    words = {"title": mark, "leader": mark, "place": mark, "topics": mark}
    activity = make_activity(centre, officer, "occupation", **words)
    money = make_group_money(activity, household, by=officer, note=mark)
    exemplar = make_model_household(household, officer, why=mark)
    forbearance = forbear(
        debt=debt,
        until_on=date(2100, 1, 1),
        resolution=mark,
        reason=mark,
        on=date(2020, 1, 1),
        by=officer,
    )
    case = make_case(household, on=date(2020, 1, 1), by=officer)
    asked = make_ask(case, Ask.Kind.TRANSFER, debt, on=date(2020, 1, 1), by=officer, note=mark)
    meeting = make_meeting(centre, officer, [case], on=date(2020, 1, 2), place=mark, opening=mark, other=mark)
    planned = make_approved_plan(centre, officer, what=mark, objective=mark, resolution=mark)
    make_sent_plan(centre, officer, year=2563, what=mark)
    return {
        "actionplan_pk": planned.pk,
        "plannedactivity_pk": planned.activities.get().pk,
        "apitoken_pk": make_token(officer, name=mark).pk,
        "areareturn_pk": make_area_return(officer, period=make_period(_month(mark)), note=mark).pk,
        "case_pk": case.pk,
        "ask_pk": asked.pk,
        "meeting_pk": meeting.pk,
        "agendaitem_pk": meeting.items.get().pk,
        "forbearance_pk": forbearance.pk,
        "area_code": village.parent.parent.code,
        "report_key": "contracts",
        "village_code": village.code,
        "job_pk": make_job(officer, title=mark, message=mark, result=ContentFile(b"", name="empty.txt")).pk,
        "officer_pk": officer.pk,
        "centre_pk": centre.pk,
        "fund_pk": fund.pk,
        "lendingrule_pk": fund.rules.get().pk,
        "committeeorder_pk": order.pk,
        "committeemember_pk": member.pk,
        "household_pk": household.pk,
        "kept_pk": household.pk,
        "emptied_pk": repeated.pk,
        "nottwins_pk": apart.pk,
        "householdmerge_pk": merged.pk,
        "balancesheet_pk": make_closed_sheet(centre, fund, by=officer, note=mark).pk,
        "person_pk": person.pk,
        "livelihood_pk": make_livelihood(household, by=officer, note=mark).pk,
        "otherdebt_pk": make_other_debt(household, by=officer, creditor=mark, note=mark).pk,
        "document_pk": make_document(household, by=officer, name=mark).pk,
        "debt_pk": debt.pk,
        "contract_pk": contract.pk,
        "mergeddebt_pk": given_back.merged_id,
        "paperreturn_pk": given_back.pk,
        "clausetext_pk": clause.pk,
        "planchange_pk": plan.pk,
        "payment_pk": payment.pk,
        "collection_pk": collected.pk,
        "promise_pk": promised.pk,
        "settlement_pk": settled.settlements.get().pk,
        "transfer_pk": transferred.pk,
        "registerfile_pk": file.pk,
        "register_pk": register.pk,
        "visit_pk": visit.pk,
        "round_pk": round.pk,
        "letter_pk": letter.pk,
        "photo_pk": photo.pk,
        "recommendation_pk": recommendation.pk,
        "measure_code": HOUSEHOLDS,
        "handover_pk": make_handover(officer, reason=mark).pk,
        "followup_pk": proof.pk,
        "activity_pk": activity.pk,
        "groupmoney_pk": money.pk,
        "modelhousehold_pk": exemplar.pk,
        "grading_pk": (grading := make_grading(centre, officer, points=2, remark=mark)).pk,
        "issuetemplate_pk": visit.template_id,  # lists and scorecards are the whole country's
        "scorecard_pk": grading.scorecard_id,
    }
