"""The fifteen households of the Nong Ha form: what each owed each fund on 30 April 2560, and its new lender."""

from datetime import date
from decimal import Decimal

from debts.models import Contract
from funds.models import Centre, Fund
from tests.factories import (
    AS_OF,
    SIGNED,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_village,
)

VF, SG, KK = Fund.Kind.VILLAGE_FUND, Fund.Kind.SAVINGS_GROUP, Fund.Kind.POVERTY_PROJECT
NAMES = {VF: "กองทุนหมู่บ้าน", SG: "กลุ่มออมทรัพย์เพื่อการผลิต", KK: "กองทุน กข.คจ."}
RATES = {VF: "6", SG: "12", KK: "0"}
# Name, house number, principal and overdue interest by fund, new lender.
HOUSEHOLDS = [
    ("นางดอกรัก ใจงาม", "", {VF: (16975, 525), SG: (16000, 0), KK: (1500, 0)}, VF),
    ("นางแก้ว ทองสุข", "18", {VF: (23500, 1500), SG: (23500, 1500)}, VF),
    ("นางพิกุล ศรีวงษ์", "24", {VF: (20680, 1320), SG: (11750, 750), KK: (9500, 0)}, VF),
    ("นายบุญช่วย ทองสุข", "30", {SG: (42500, 0), KK: (47500, 0)}, VF),
    ("นายอำนวย มีทรัพย์", "31", {VF: (23280, 720), SG: (32500, 0), KK: (11500, 0)}, VF),
    ("นางมะลิ ศรีวงษ์", "32/1", {VF: (4000, 0), SG: (3500, 0), KK: (5700, 0)}, SG),
    ("นายเพชร ทองแท้", "33/2", {SG: (5170, 330), KK: (8500, 0)}, VF),
    ("นางจันทร์ ชื่นใจ", "36", {VF: (24500, 0), SG: (33500, 0)}, VF),
    ("นายประเสริฐ ทองสุข", "40", {VF: (3000, 0), KK: (8000, 0)}, KK),
    ("นางลำดวน ศรีวงษ์", "41", {VF: (4500, 0), SG: (2640, 360), KK: (3500, 0)}, SG),
    ("นายสวัสดิ์ สุขใจ", "62", {VF: (9400, 600), SG: (26320, 1680)}, VF),
    ("นายมั่น อิ่มบุญ", "73", {VF: (14570, 930), SG: (16720, 2280)}, VF),
    ("นายทองคำ ปักษา", "77", {VF: (20210, 1290), KK: (31000, 0)}, VF),
    ("นายวิเชียร สายน้ำ", "80", {VF: (5820, 180), SG: (10000, 0)}, SG),
    ("นางสาวรุ่งนภา นามดี", "89", {VF: (32500, 0), SG: (19500, 0), KK: (20000, 0)}, VF),
]


def make_nong_ha(*, merged: bool = True) -> Centre:
    """The centre with its three funds and all the debts; `merged` signs the fifteen contracts too."""
    village = make_village(
        "33100503", "บ้านหนองฮะ", subdistrict="ปราสาท", district="ห้วยทับทัน", province="ศรีสะเกษ"
    )
    centre, officer = make_centre(village), make_officer(area=village)
    funds = {kind: make_fund(centre, kind, RATES[kind], name=NAMES[kind]) for kind in NAMES}
    for name, house, owed, lender in HOUSEHOLDS:
        debts = _make_debts(village, funds, officer, name, house, owed)
        if merged:
            _merge(debts, funds[lender], officer)
    return centre


def _make_debts(village, funds, officer, name, house, owed):
    household = make_household(village, head=name, house_number=house)
    return [
        make_debt(
            household,
            funds[kind],
            principal=str(principal),
            interest=str(interest),
            by=officer,
            rate_percent=Decimal(RATES[kind]),
        )
        for kind, (principal, interest) in owed.items()
    ]


def _merge(debts, lender, officer) -> Contract:
    rate = Decimal(lender.rules.get().rate_percent)
    method = "equal_principal" if rate else "no_interest"
    terms = {"interest_to": AS_OF, "signed_on": SIGNED, "first_due_on": date(2017, 7, 15)}
    return make_contract(debts, lender, officer, rate_percent=rate, method=method, **terms)
