"""Scorecards to begin with. Official weights and cut-offs are not known (domain: open question 1): these are ours and
say so. The eleven items for centres are those of a province's letter of 16 March 2562; weights are all alike."""

from django.db import transaction

from monitoring.issue_lists import FY2562, SHIPPED_ON, SOURCE
from monitoring.models import Scorecard, ScorecardItem

STARTER = "แบบเริ่มต้นของระบบ ไม่ใช่เกณฑ์ทางการ"
SCALE = ["ยังไม่ดำเนินการ", "เริ่มดำเนินการ", "ดำเนินการบางส่วน", "ครบตามแนวทาง"]
FROM_YEAR = 2551  # the first centres were founded then
# What the system can tell about the eleven items, in their order.
OF_CENTRES = ["committee", "register", "talks", "plan", "contracts", "", "funds", "", "", "reduced", "kind"]
OF_SAVINGS_GROUPS = [
    (
        "คณะกรรมการและโครงสร้างการบริหาร",
        "มีคณะกรรมการครบตามระเบียบ แบ่งหน้าที่ชัดเจน และมีผู้แทนในศูนย์จัดการกองทุนชุมชน",
        "seat",
    ),
    ("ระเบียบข้อบังคับ", "มีระเบียบเป็นลายลักษณ์อักษร เป็นปัจจุบัน และสมาชิกรับรู้", "rules"),
    ("สมาชิกและเงินทุน", "สมาชิกและเงินทุนเพิ่มขึ้นหรือคงที่ และมีการฝากสัจจะสม่ำเสมอ", "members"),
    ("ระบบบัญชีและการตรวจสอบ", "บัญชีเป็นปัจจุบัน ปิดบัญชีประจำปี และมีผู้ตรวจสอบ", "books"),
    ("การบริหารสินเชื่อและหนี้ค้างชำระ", "ปล่อยกู้ตามระเบียบ ติดตามหนี้ และหนี้เกินกำหนดลดลง", "lending"),
    ("สวัสดิการและการช่วยเหลือสมาชิก", "จัดสวัสดิการหรือช่วยเหลือสมาชิกและชุมชนจากผลกำไร", ""),
]
OF_POVERTY_PROJECTS = [
    ("คณะกรรมการ กข.คจ. หมู่บ้าน", "มีคณะกรรมการครบตามระเบียบ และประชุมต่อเนื่อง", "seat"),
    ("บัญชีครัวเรือนเป้าหมาย", "ทบทวนครัวเรือนเป้าหมายและจัดลำดับการยืมเงินเป็นปัจจุบัน", ""),
    ("การอนุมัติเงินยืม", "ยืมตามวัตถุประสงค์ วงเงิน และระยะเวลาของระเบียบ", "rules"),
    ("การใช้คืนเงินยืม", "ครัวเรือนใช้คืนตามกำหนด หนี้เกินกำหนดลดลง", "lending"),
    ("บัญชีและการเก็บรักษาเงิน", "บัญชีเป็นปัจจุบัน เงินเหลือฝากธนาคาร และรายงานตามระเบียบ", "books"),
]


@transaction.atomic
def load() -> list[Scorecard]:
    """Write the starters unless they are there already. Returns them."""
    return [
        _load(Scorecard.Subject.CENTRE, _of_centres(), f"ข้อความจาก{SOURCE} น้ำหนักและระดับเป็นค่าเริ่มต้นของระบบ"),
        _load(Scorecard.Subject.SAVINGS_GROUP, _plain(OF_SAVINGS_GROUPS), "จัดทำโดยระบบ"),
        _load(Scorecard.Subject.POVERTY_PROJECT, _plain(OF_POVERTY_PROJECTS), "จัดทำโดยระบบ"),
    ]


def _load(subject, items, source: str) -> Scorecard:
    card, is_new = Scorecard.objects.get_or_create(
        subject=subject,
        from_year=FROM_YEAR,
        version=1,
        defaults={
            "name": f"แบบประเมินระดับการพัฒนา{subject.label}",
            "scale": SCALE,
            "level2_from": 50,
            "level3_from": 80,
            "is_starter": True,
            "source": source,
        },
    )
    if is_new:
        rows = [ScorecardItem(scorecard=card, order=order, **item) for order, item in enumerate(items, 1)]
        ScorecardItem.objects.bulk_create(rows)
        card.approved_on = SHIPPED_ON
        card.save()
    return card


def _of_centres():
    for item, evidence in zip(FY2562[0].items, OF_CENTRES, strict=True):
        yield {
            "title": item.question,
            "criterion": item.criterion,
            "evidence": evidence,
            "for_models_only": item.for_models_only,
        }


def _plain(items):
    return [{"title": title, "criterion": what, "evidence": evidence} for title, what, evidence in items]
