"""The lists of issues we ship, with their official numbers. Loading them again changes nothing.

FY2562: the issue list sent with a province's letter of 16 March 2562. Its first issue numbers the items 1) to 5)
and then 6. to 11.; it has no issue 4. Its spelling slips are corrected here.
"""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from monitoring.models import IssueItem, IssueTemplate

NAME = "ประเด็นการติดตามสนับสนุนการบริหารจัดการหนี้ของศูนย์จัดการกองทุนชุมชน"
SHIPPED_ON = date(2019, 3, 16)  # the day of the letter
SOURCE = "สิ่งที่ส่งมาด้วยหนังสือจังหวัดบุรีรัมย์ ลงวันที่ 16 มีนาคม 2562"


class Item(NamedTuple):
    number: str
    question: str
    criterion: str = ""
    lines: int = 4
    is_rated: bool = True
    for_models_only: bool = False


class Section(NamedTuple):
    number: str
    title: str
    items: tuple[Item, ...]


FY2562 = (
    Section(
        "ประเด็นที่ 1",
        "การบริหารจัดการหนี้ของศูนย์จัดการกองทุนชุมชน",
        (
            Item(
                "1)",
                "ที่มาของคณะกรรมการศูนย์จัดการกองทุนชุมชน",
                "คณะกรรมการมาจากตัวแทนคณะกรรมการของทุกกลุ่ม/องค์กรที่เป็นสมาชิกศูนย์จัดการกองทุนชุมชน "
                "และผู้นำชุมชนผู้ทรงคุณวุฒิของหมู่บ้าน/ชุมชน "
                "มีคำสั่งหรือประกาศแต่งตั้งคณะกรรมการที่เป็นปัจจุบัน และนายอำเภอเป็นผู้ลงนาม",
            ),
            Item(
                "2)",
                "การวิเคราะห์ข้อมูลลูกหนี้และการจัดประเภทลูกหนี้",
                "มีการวิเคราะห์ข้อมูลลูกหนี้ และจัดประเภทลูกหนี้ เป็นไปตามหลักเกณฑ์ที่คณะกรรมการศูนย์จัดการกองทุนชุมชนกำหนด",
            ),
            Item(
                "3)",
                "กระบวนการปรับโครงสร้างหนี้",
                "คณะกรรมการศูนย์จัดการกองทุนชุมชนประชุมเพื่อหารือแนวทางการบริหารจัดการหนี้ของลูกหนี้แต่ละราย "
                "และเป็นตัวกลางในการเจรจา เช่น การปรับลดดอกเบี้ย การยืดระยะเวลาการผ่อนชำระคืน",
            ),
            Item(
                "4)",
                "แผนปฏิบัติการประจำปีของศูนย์จัดการกองทุนชุมชน",
                "มีแผนปฏิบัติการประจำปีเป็นลายลักษณ์อักษรและเป็นปัจจุบัน และดำเนินการตามแผนได้มากกว่าร้อยละ 30 ของจำนวนกิจกรรม",
            ),
            Item(
                "5)",
                "การบริหารจัดการหนี้",
                "มีการปรับเปลี่ยนสัญญา และจัดทำเมนูทางเลือกตามหลักเกณฑ์ที่คณะกรรมการ"
                "ศูนย์จัดการกองทุนชุมชนกำหนดให้กับลูกหนี้แต่ละราย",
            ),
            Item(
                "6.",
                "แผนสนับสนุนครัวเรือนเป้าหมาย ปี 2562",
                "มีแผนสนับสนุนครัวเรือนเป้าหมายด้านการสร้างวินัยทางการเงิน การจัดทำบัญชีครัวเรือน "
                "และกิจกรรมที่เพิ่มรายได้ของครัวเรือน ในรูปแบบเงินทุนคืนกลุ่ม",
            ),
            Item(
                "7.",
                "กิจกรรมของศูนย์จัดการกองทุนชุมชน",
                "มีกิจกรรมบริหารจัดการหนี้ไปสู่ 1 ครัวเรือน 1 สัญญา การบูรณาการกองทุนในชุมชน "
                "การส่งเสริมอาชีพและรายได้ และการสนับสนุนหรือจัดสวัสดิการชุมชน",
            ),
            Item(
                "8.",
                "กลไกการมีส่วนร่วมของสมาชิก",
                "สมาชิกของกลุ่ม/องค์กรมีส่วนร่วมในกิจกรรมของศูนย์จัดการกองทุนชุมชน",
            ),
            Item(
                "9.",
                "การส่งเสริมอาชีพของครัวเรือนเป้าหมาย",
                "มีการส่งเสริมอาชีพ โดยต่อยอดอาชีพเดิมหรือเกิดอาชีพใหม่",
            ),
            Item(
                "10.",
                "การบริหารจัดการหนี้ (ลดหนี้) ดำเนินการอย่างไร",
                "มีครัวเรือนที่ลดหนี้ได้ และอธิบายวิธีดำเนินการที่ทำให้หนี้ลดลงได้",
            ),
            Item(
                "11.",
                "การเป็นต้นแบบการบริหารจัดการหนี้โดยยึดหลักธรรมาภิบาล "
                "(เฉพาะศูนย์จัดการกองทุนชุมชนที่ได้รับงบประมาณต้นแบบ ปี 2561)",
                "ดำเนินงานโดยยึดหลักธรรมาภิบาล และเป็นแบบอย่างแก่ศูนย์จัดการกองทุนชุมชนอื่นได้",
                for_models_only=True,
            ),
        ),
    ),
    Section(
        "ประเด็นที่ 2",
        "ผลการดำเนินกิจกรรม ปี 2560–2561",
        (
            Item(
                "",
                "ผลการดำเนินกิจกรรมตามแผนการบริหารจัดการหนี้ที่ผ่านมาเป็นอย่างไร "
                "เกิดกลุ่มอาชีพใดบ้าง มีเงินทุนคืนกลุ่มเท่าใด และใครเป็นผู้ได้รับประโยชน์",
                lines=7,
                is_rated=False,
            ),
        ),
    ),
    Section(
        "ประเด็นที่ 3",
        "แผนการดำเนินกิจกรรม ปี 2562",
        (
            Item(
                "",
                "แผนการสนับสนุนวัสดุประกอบอาชีพ ศูนย์ละ 40,000 บาท เป็นอย่างไร "
                "อาชีพเหมาะสมกับครัวเรือนและตลาดหรือไม่ บริหารในรูปแบบเงินทุนคืนกลุ่มอย่างไร "
                "และมีการจัดตั้งกลุ่มอาชีพหรือไม่",
                lines=7,
                is_rated=False,
            ),
        ),
    ),
    Section(
        "ประเด็นที่ 5",
        "การแลกเปลี่ยนเรียนรู้การบริหารจัดการหนี้ไปสู่ 1 ครัวเรือน 1 สัญญา",
        (
            Item(
                "",
                "แลกเปลี่ยนการบริหารจัดการหนี้ไปสู่ 1 ครัวเรือน 1 สัญญา ปัจจัยความสำเร็จ ปัญหา/อุปสรรค และข้อเสนอแนะ",
                lines=7,
                is_rated=False,
            ),
        ),
    ),
)


@transaction.atomic
def load() -> IssueTemplate:
    """Write the list of FY2562 unless it is there already; returns it."""
    return write(FY2562, name=NAME, fiscal_year=2562, source=SOURCE)


def write(sections, *, name: str, fiscal_year: int, **head) -> IssueTemplate:
    """The first version of a list that we ship, approved; the one that is there already if it is."""
    template, is_new = IssueTemplate.objects.get_or_create(
        name=name, fiscal_year=fiscal_year, version=1, defaults=head
    )
    if is_new:
        IssueItem.objects.bulk_create(_items(template, sections))
        template.approved_on = SHIPPED_ON
        template.save()
    return template


def _items(template: IssueTemplate, sections):
    flat = [(section, item) for section in sections for item in section.items]
    for order, (section, item) in enumerate(flat, start=1):
        yield IssueItem(
            template=template,
            order=order,
            section=section.number,
            section_title=section.title,
            **item._asdict(),
        )
