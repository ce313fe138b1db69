"""The sentence a report's summary may begin with, drawn from the centre's figures."""

from config import thai
from monitoring.centre_figures import CentreFigures
from monitoring.models import Visit


def offered_summary(visit: Visit, figures: CentreFigures) -> str:
    """A draft of the paragraph after «จากการติดตามพบว่า», for the officer to change."""
    return " ".join(
        (
            f"จากการติดตามพบว่า {visit.centre} {_foundation(figures)}",
            f"มีสมาชิก {thai.count(figures.funds)} กลุ่ม/กองทุน เงินทุนรวม {thai.money(figures.capital)} บาท",
            f"มีครัวเรือนเข้าร่วมบริหารจัดการหนี้ {thai.count(figures.joined)} ครัวเรือน",
            f"ทำสัญญา 1 ครัวเรือน 1 สัญญา {thai.count(figures.merged)} ครัวเรือน",
            f"ลดหนี้ได้ {thai.count(figures.reduced)} ครัวเรือน",
            f"ปลดหนี้ได้ {thai.count(figures.cleared)} ครัวเรือน",
            f"หนี้คงเหลือรวม {thai.money(figures.outstanding)} บาท",
            f"(ข้อมูล ณ วันที่ {thai.short_date(figures.on)})",
        )
    )


def _foundation(figures: CentreFigures) -> str:
    return f"จัดตั้งปี พ.ศ. {figures.founded_year}" if figures.founded_year else ""
