"""The lines a balance sheet begins with when there is none of an earlier month, by kind of fund.

Ours, to begin with: no office prescribes a form (domain: บัญชีงบดุลรายเดือน is named, its lines are not). A sheet may
have lines of its own, and later months take them over.
"""

from typing import NamedTuple

from funds.models import Fund, SheetLine

Side, Kind = SheetLine.Side, Fund.Kind


class Line(NamedTuple):
    """What a line is, without an amount."""

    side: str
    code: str
    label: str
    is_deducted: bool = False


MONEY = [
    Line(Side.ASSET, "cash", "เงินสดในมือ"),
    Line(Side.ASSET, "bank", "เงินฝากธนาคาร"),
]
LENT = Line(Side.ASSET, "loans", "ลูกหนี้เงินกู้")
LENT_FREE = Line(Side.ASSET, "loans", "ลูกหนี้เงินยืม")
GOODS = [Line(Side.ASSET, "goods", "วัสดุ ครุภัณฑ์ และสินค้าคงเหลือ"), Line(Side.ASSET, "other-asset", "สินทรัพย์อื่น")]
OWED = [
    Line(Side.LIABILITY, "deposits", "เงินรับฝาก"),
    Line(Side.LIABILITY, "borrowed", "เงินกู้ยืมจากแหล่งอื่น"),
    Line(Side.LIABILITY, "other-liability", "หนี้สินอื่น"),
]
RESULT = [
    Line(Side.EQUITY, "reserves", "เงินสำรองและกำไรสะสม"),
    Line(Side.EQUITY, "surplus", "รายได้สูงกว่าค่าใช้จ่ายของปีนี้"),
    Line(Side.EQUITY, "loss", "หัก ขาดทุนสะสม", True),
]
OF_CENTRE = [*MONEY, *GOODS, *OWED, Line(Side.EQUITY, "capital", "เงินทุนและเงินอุดหนุนของศูนย์ฯ"), *RESULT]
OF_KIND = {
    Kind.VILLAGE_FUND: [
        *MONEY, LENT, *GOODS, *OWED,
        Line(Side.EQUITY, "capital", "เงินทุนที่ได้รับจัดสรร"),
        Line(Side.EQUITY, "savings", "เงินออมและค่าหุ้นของสมาชิก"),
        *RESULT,
    ],
    Kind.SAVINGS_GROUP: [
        *MONEY, LENT, *GOODS, *OWED,
        Line(Side.EQUITY, "savings", "เงินสัจจะสะสม"),
        Line(Side.EQUITY, "capital", "เงินทุนสมทบ"),
        *RESULT,
    ],
    Kind.POVERTY_PROJECT: [*MONEY, LENT_FREE, Line(Side.EQUITY, "capital", "เงินทุนโครงการ กข.คจ.")],
}  # fmt: skip
OF_OTHERS = [*MONEY, LENT, *GOODS, *OWED, Line(Side.EQUITY, "capital", "เงินทุนของกลุ่ม"), *RESULT]


def lines_to_begin_with(fund: Fund | None) -> list[Line]:
    """Of a fund, or of the centre itself."""
    return OF_KIND.get(fund.kind, OF_OTHERS) if fund else OF_CENTRE
