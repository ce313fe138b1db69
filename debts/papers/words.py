"""The places a clause text may name, and what stands in them on the paper of a contract.

Each kind of paper has a table of its names, each with the sample that a preview shows; texts on paper use Thai
digits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config import thai
from debts.models import ClauseText, Contract, PaperReturn
from debts.papers.clauses import BLANK, Paragraph, fill, problems
from debts.papers.contract import ContractPaper, OldDebt
from debts.papers.letters import LETTER_CONDITIONS, LETTER_REQUIRED, LETTER_SAMPLES
from funds.models import PAID_PARTS

TICKED, UNTICKED = "( √ )", "(\u00a0\u00a0\u00a0\u00a0)"
ID, ADDRESS = "เลขประจำตัวประชาชน", "ที่อยู่ลูกหนี้"
_DEBTOR = {
    "ลูกหนี้": "นางตัวอย่าง ใจดี",
    "อายุ": "๕๒",
    ID: "x-xxxx-xxxxx-12-3",
    "บ้านเลขที่": "๑๘",
    ADDRESS: "บ้านตัวอย่าง หมู่ที่ ๓ ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง",
    BLANK: "",
}
_CONTRACT = {
    "เลขที่สัญญา": "๑/๒๕๖๐",
    "วันที่ทำสัญญา": "วันที่ ๑๕ เดือน มิถุนายน พ.ศ. ๒๕๖๐",
    "เจ้าหนี้": "กองทุนหมู่บ้านตัวอย่าง",
    "ที่ตั้งเจ้าหนี้": "บ้านตัวอย่าง หมู่ที่ ๓ ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง",
    "จำนวนเงิน": "๔๐,๑๐๔.๑๑",
    "จำนวนเงินตัวอักษร": "สี่หมื่นหนึ่งร้อยสี่บาทสิบเอ็ดสตางค์",
}
_OLD_DEBTS = {
    "คิดดอกเบี้ยถึงวันที่": "๓๐ เมษายน ๒๕๖๐",
    "เงินต้นเดิม": "๓๘,๐๐๐.๐๐",
    "ดอกเบี้ยและค่าปรับเดิม": "๒,๑๐๔.๑๑",
    "ยกเว้นให้": "๐.๐๐",
}
_ALL_OLD_DEBTS = {
    **_OLD_DEBTS,
    "จำนวนสัญญาเดิม": "๓",
    "รวมหนี้เดิม": "๔๐,๑๐๔.๑๑",
    "รวมหนี้เดิมตัวอักษร": "สี่หมื่นหนึ่งร้อยสี่บาทสิบเอ็ดสตางค์",
}
Kind = ClauseText.Kind
SAMPLES: dict[str, Mapping[str, str]] = {
    Kind.CONTRACT: {
        **_DEBTOR,
        **_CONTRACT,
        **_ALL_OLD_DEBTS,
        "เงินต้นที่คิดดอกเบี้ย": "๓๘,๑๑๕.๐๗",
        "ดอกเบี้ยทบต้น": "๑๑๕.๐๗",
        "ดอกเบี้ยที่แยกไว้": "๑,๙๘๙.๐๔",
        "เงินกู้เพิ่ม": "๕,๐๐๐.๐๐",
        "อัตราดอกเบี้ย": "๖",
        "วิธีคิดดอกเบี้ย": "ต้นคงที่",
        "การนับเวลา": "นับเดือนเท่ากัน",
        "ลำดับการตัดชำระ": "ค่าปรับ ดอกเบี้ยที่แยกไว้ ดอกเบี้ย และเงินต้น",
        "จำนวนงวด": "๒๔",
        "รอบการชำระ": "ทุกเดือน",
        "งวดพักชำระหนี้": "๓",
        "งวดพักชำระเงินต้น": "๖",
        "วันชำระงวดแรก": "๑๕ กรกฎาคม ๒๕๖๐",
        "เงินงวดแรก": "๑,๗๗๘.๗๑",
        "วันชำระงวดสุดท้าย": "๑๕ มิถุนายน ๒๕๖๒",
        "เงินงวดสุดท้าย": "๑,๕๙๖.๐๙",
        "ความช่วยเหลือ": "( √ ) ยืดระยะเวลา",
        "มติคณะกรรมการ": "มติคณะกรรมการเมื่อวันที่ ๑๐ มิถุนายน ๒๕๖๐",
        "เหตุผลประกอบ": "รายได้ตามฤดูเก็บเกี่ยว",
        "อากรแสตมป์": "๒๑.๐๐",
        "ผู้ให้ความยินยอม": "นายตัวอย่าง ใจดี (คู่สมรส)",
    },
    Kind.ACKNOWLEDGEMENT: {**_DEBTOR, **_CONTRACT, **_ALL_OLD_DEBTS},
    Kind.RELEASE: {
        **_CONTRACT,
        **_OLD_DEBTS,
        "บ้านเลขที่": "๑๘",
        ADDRESS: _DEBTOR[ADDRESS],
        BLANK: "",
        "กองทุนเดิม": "กลุ่มออมทรัพย์เพื่อการผลิตบ้านตัวอย่าง",
        "ผู้กู้เดิม": "นางตัวอย่าง ใจดี",
        "เลขที่สัญญาเดิม": "๕/๒๕๕๘",
        "วันที่สัญญาเดิม": "๘ มีนาคม ๒๕๕๘",
        "ยอดที่โอน": "๑๒,๗๘๙.๐๔",
        "ยอดที่โอนตัวอักษร": "หนึ่งหมื่นสองพันเจ็ดร้อยแปดสิบเก้าบาทสี่สตางค์",
        "ผู้ค้ำประกันเดิม": "นายค้ำ ตัวอย่าง",
        "ผลการคืนเอกสาร": "คืนสัญญาเดิมให้ลูกหนี้แล้ว เมื่อวันที่ ๒๐ มิถุนายน ๒๕๖๐ ผู้รับ นางตัวอย่าง ใจดี",
    },
    Kind.VISIT_LETTER: LETTER_SAMPLES,
    Kind.VISIT_MEMO: LETTER_SAMPLES,
}
CONDITIONS: dict[str, tuple[str, ...]] = {
    Kind.CONTRACT: (
        "ถ้าทราบอายุ",
        "ถ้ามีดอกเบี้ยทบต้น",
        "ถ้ามีเงินกู้เพิ่ม",
        "ถ้าคิดดอกเบี้ย",
        "ถ้าไม่คิดดอกเบี้ย",
        "ถ้าพักชำระหนี้",
        "ถ้าพักชำระเงินต้น",
        "ถ้ามีเหตุผล",
        "ถ้ามีผู้ค้ำประกันเดิม",
        "ถ้ามีผู้ให้ความยินยอม",
    ),
    Kind.ACKNOWLEDGEMENT: ("ถ้าทราบอายุ",),
    Kind.RELEASE: ("ถ้าทราบวันทำสัญญาเดิม", "ถ้ายกเว้นให้", "ถ้ามีผู้ค้ำประกันเดิม"),
    Kind.VISIT_LETTER: LETTER_CONDITIONS,
    Kind.VISIT_MEMO: LETTER_CONDITIONS,
}
# What a paper is worth nothing without.
REQUIRED: dict[str, tuple[str, ...]] = {
    Kind.CONTRACT: ("เจ้าหนี้", "ลูกหนี้", "จำนวนเงิน", "จำนวนเงินตัวอักษร"),
    Kind.ACKNOWLEDGEMENT: ("ลูกหนี้", "รวมหนี้เดิม"),
    Kind.RELEASE: ("กองทุนเดิม", "ผู้กู้เดิม", "เลขที่สัญญาเดิม", "ผลการคืนเอกสาร"),
    Kind.VISIT_LETTER: LETTER_REQUIRED,
    Kind.VISIT_MEMO: LETTER_REQUIRED,
}


@dataclass(frozen=True)
class Words:
    """What stands in the places of a text, and which conditions hold."""

    values: Mapping[str, str]
    holding: frozenset[str]

    def of(self, text: ClauseText) -> list[Paragraph]:
        return fill(text.body, values=self.values, holding=self.holding)


def problems_of(kind: str, body: str) -> list[str]:
    """What keeps `body` from being a text of this kind, in Thai."""
    names = SAMPLES[kind]
    return problems(body, names=names, conditions=CONDITIONS[kind], required=REQUIRED[kind])


def sample_words(kind: str) -> Words:
    """Every condition holds, so that each part of a text can be read."""
    return Words(SAMPLES[kind], frozenset(CONDITIONS[kind]))


def contract_words(paper: ContractPaper) -> Words:
    """Of the contract itself and of the acknowledgement that goes with it."""
    values = {
        **_debtor(paper),
        **_of_contract(paper.contract),
        **_of_old_debts(paper),
        **_of_terms(paper),
        **_of_decisions(paper),
    }
    return Words(values, frozenset(_holding(paper)))


def release_words(paper: ContractPaper, old: OldDebt, given_back: PaperReturn) -> Words:
    """Of the letter by which an old lender lets go of one old debt."""
    debtor = _debtor(paper)
    values = {
        **_of_contract(paper.contract),
        **{name: debtor[name] for name in ("บ้านเลขที่", ADDRESS, BLANK)},
        "คิดดอกเบี้ยถึงวันที่": _day(paper.contract.interest_to),
        "เงินต้นเดิม": _baht(old.principal),
        "ดอกเบี้ยและค่าปรับเดิม": _baht(old.interest_and_penalty),
        "ยกเว้นให้": _baht(old.waived),
        "กองทุนเดิม": old.fund,
        "ผู้กู้เดิม": old.borrower,
        "เลขที่สัญญาเดิม": thai.thai_digits(old.number),
        "วันที่สัญญาเดิม": _day(old.lent_on),
        "ยอดที่โอน": _baht(old.carried),
        "ยอดที่โอนตัวอักษร": thai.baht_text(old.carried),
        "ผู้ค้ำประกันเดิม": ", ".join(surety.name for surety in old.sureties),
        "ผลการคืนเอกสาร": _fate(given_back),
    }
    holds = {
        "ถ้าทราบวันทำสัญญาเดิม": old.lent_on,
        "ถ้ายกเว้นให้": old.waived,
        "ถ้ามีผู้ค้ำประกันเดิม": old.sureties,
    }
    return Words(values, frozenset(name for name, holds_true in holds.items() if holds_true))


def _debtor(paper: ContractPaper) -> dict[str, str]:
    contract = paper.contract
    return {
        "ลูกหนี้": paper.borrower.full_name,
        "อายุ": _count(paper.age),
        ID: paper.national_id,
        "บ้านเลขที่": thai.thai_digits(contract.household.house_number),
        ADDRESS: thai.thai_digits(contract.household.village.full_name),
        BLANK: "",
    }


def _of_contract(contract: Contract) -> dict[str, str]:
    return {
        "เลขที่สัญญา": thai.thai_digits(contract.number),
        "วันที่ทำสัญญา": thai.thai_digits(thai.full_date(contract.signed_on)),
        "เจ้าหนี้": contract.lender.name,
        "ที่ตั้งเจ้าหนี้": thai.thai_digits(contract.centre.village.full_name),
        "จำนวนเงิน": _baht(contract.amount),
        "จำนวนเงินตัวอักษร": thai.baht_text(contract.amount),
    }


def _of_old_debts(paper: ContractPaper) -> dict[str, str]:
    total = paper.old_total
    return {
        "คิดดอกเบี้ยถึงวันที่": _day(paper.contract.interest_to),
        "เงินต้นเดิม": _baht(total["principal"]),
        "ดอกเบี้ยและค่าปรับเดิม": _baht(total["interest_and_penalty"]),
        "ยกเว้นให้": _baht(total["waived"]),
        "จำนวนสัญญาเดิม": _count(len(paper.old_debts)),
        "รวมหนี้เดิม": _baht(paper.owed),
        "รวมหนี้เดิมตัวอักษร": thai.baht_text(paper.owed),
    }


def _of_terms(paper: ContractPaper) -> dict[str, str]:
    contract, first, last = paper.contract, paper.first_payment, paper.last_payment
    return {
        "เงินต้นที่คิดดอกเบี้ย": _baht(contract.bears_interest),
        "ดอกเบี้ยทบต้น": _baht(paper.capitalised),
        "ดอกเบี้ยที่แยกไว้": _baht(contract.kept_apart),
        "เงินกู้เพิ่ม": _baht(contract.new_money),
        "อัตราดอกเบี้ย": thai.thai_digits(thai.percent(contract.rate_percent)),
        "วิธีคิดดอกเบี้ย": contract.get_method_display(),
        "การนับเวลา": thai.thai_digits(contract.get_day_count_display()),
        "ลำดับการตัดชำระ": _in_order(contract.lender.payment_order_on(contract.signed_on)),
        "จำนวนงวด": _count(len(paper.schedule)),
        "รอบการชำระ": thai.thai_digits(contract.rhythm),
        "งวดพักชำระหนี้": _count(contract.full_grace),
        "งวดพักชำระเงินต้น": _count(contract.principal_grace),
        "วันชำระงวดแรก": _day(first and first.due_on),
        "เงินงวดแรก": _baht(first.total) if first else "",
        "วันชำระงวดสุดท้าย": _day(last and last.due_on),
        "เงินงวดสุดท้าย": _baht(last.total) if last else "",
    }


def _in_order(parts: Sequence[str]) -> str:
    """ค่าปรับ ดอกเบี้ย และเงินต้น"""
    *first, last = (PAID_PARTS[part] for part in parts)
    return f"{' '.join(first)} และ{last}"


def _of_decisions(paper: ContractPaper) -> dict[str, str]:
    contract = paper.contract
    given = " ".join(f"{TICKED if given else UNTICKED} {name}" for name, given in paper.reliefs)
    return {
        "ความช่วยเหลือ": given,
        "มติคณะกรรมการ": thai.thai_digits(contract.resolution),
        "เหตุผลประกอบ": thai.thai_digits(contract.reason),
        "อากรแสตมป์": _baht(paper.stamp_duty),
        "ผู้ให้ความยินยอม": str(paper.family) if paper.family and paper.family.name else "",
    }


def _holding(paper: ContractPaper) -> list[str]:
    contract = paper.contract
    holds = {
        "ถ้าทราบอายุ": paper.age,
        "ถ้ามีดอกเบี้ยทบต้น": paper.capitalised,
        "ถ้ามีเงินกู้เพิ่ม": contract.new_money,
        "ถ้าคิดดอกเบี้ย": contract.rate_percent,
        "ถ้าไม่คิดดอกเบี้ย": not contract.rate_percent,
        "ถ้าพักชำระหนี้": contract.full_grace,
        "ถ้าพักชำระเงินต้น": contract.principal_grace,
        "ถ้ามีเหตุผล": contract.reason,
        "ถ้ามีผู้ค้ำประกันเดิม": paper.is_guaranteed,
        "ถ้ามีผู้ให้ความยินยอม": paper.family and paper.family.name,
    }
    return [name for name, holds_true in holds.items() if holds_true]


def _fate(given_back: PaperReturn) -> str:
    receiver = f" ผู้รับ {given_back.received_by}" if given_back.received_by else ""
    note = f" ({given_back.note})" if given_back.note else ""
    told = f"{given_back.get_fate_display()} เมื่อวันที่ {thai.long_date(given_back.on)}{receiver}{note}"
    return thai.thai_digits(told)


def _baht(amount) -> str:
    return thai.thai_digits(thai.money(amount))


def _count(number: int | None) -> str:
    return thai.thai_digits(thai.count(number)) if number else ""


def _day(day) -> str:
    return thai.thai_digits(thai.long_date(day)) if day else ""
