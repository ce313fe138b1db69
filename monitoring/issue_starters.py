"""Lists of issues to begin with for savings groups and กข.คจ. They are ours and say so: no office's official list.

The texts follow what the ministry's regulation B.E. 2553 and the department's of B.E. 2555 ask of the two funds.
"""

from django.db import transaction

from monitoring.issue_lists import Item, Section, write
from monitoring.models import IssueTemplate, Subject

STARTER = "แบบเริ่มต้นของระบบ ไม่ใช่แบบทางการ แก้ไขเป็นฉบับใหม่ก่อนใช้จริง"
FROM_YEAR = 2562
EXCHANGE = Item("", "ปัจจัยความสำเร็จ ปัญหา/อุปสรรค และข้อเสนอแนะ", lines=7, is_rated=False)
OF_SAVINGS_GROUPS = (
    Section(
        "ประเด็นที่ 1",
        "การบริหารกลุ่มออมทรัพย์เพื่อการผลิต",
        (
            Item("1)", "คณะกรรมการ", "มีคณะกรรมการครบตามระเบียบ แบ่งหน้าที่ชัดเจน และมีผู้แทนในศูนย์จัดการกองทุนชุมชน"),
            Item("2)", "ระเบียบของกลุ่ม", "มีระเบียบเป็นลายลักษณ์อักษรและเป็นปัจจุบัน สมาชิกรับรู้"),
            Item("3)", "การรับฝากเงินสัจจะสะสม", "รับเงินสัจจะตามวันที่กำหนด สมาชิกและเงินทุนคงที่หรือเพิ่มขึ้น"),
            Item("4)", "การให้สินเชื่อ", "ให้กู้ตามระเบียบ มีสัญญาและผู้ค้ำประกันครบ ติดตามหนี้เกินกำหนดชำระ"),
            Item("5)", "การบริหารเงินและบัญชี", "บัญชีเป็นปัจจุบัน ปิดบัญชีประจำปี และมีผู้ตรวจสอบ"),
            Item("6)", "สวัสดิการและการช่วยเหลือสมาชิก", "จัดสวัสดิการหรือช่วยเหลือสมาชิกและชุมชนจากผลกำไร"),
        ),
    ),
    Section("ประเด็นที่ 2", "การแลกเปลี่ยนเรียนรู้", (EXCHANGE,)),
)
OF_POVERTY_PROJECTS = (
    Section(
        "ประเด็นที่ 1",
        "การบริหารเงินทุนโครงการ กข.คจ.",
        (
            Item("1)", "คณะกรรมการ กข.คจ. หมู่บ้าน", "มีคณะกรรมการครบตามระเบียบ และประชุมต่อเนื่อง"),
            Item("2)", "บัญชีครัวเรือนเป้าหมาย", "ทบทวนครัวเรือนเป้าหมายตามเกณฑ์รายได้ จปฐ. และจัดลำดับการยืมเป็นปัจจุบัน"),
            Item("3)", "การอนุมัติเงินยืม", "ยืมเพื่อประกอบอาชีพตามโครงการที่เสนอ ไม่มีดอกเบี้ย มีสัญญายืมเงินครบทุกฉบับ"),
            Item("4)", "การใช้คืนเงินยืม", "ใช้คืนภายในกำหนดของสัญญา ไม่เกิน 3 ปี และติดตามครัวเรือนที่ผิดนัด"),
            Item("5)", "เงินทุน 280,000 บาท", "เงินทุนคงอยู่ครบ ตรวจได้จากเงินยืมคงค้าง เงินฝากธนาคาร และเงินสด"),
            Item("6)", "บัญชีและรายงาน", "ทะเบียนและบัญชีเป็นปัจจุบัน ส่งรายงานตามแบบและกำหนดเวลา"),
        ),
    ),
    Section("ประเด็นที่ 2", "การแลกเปลี่ยนเรียนรู้", (EXCHANGE,)),
)


@transaction.atomic
def load() -> list[IssueTemplate]:
    """Write the starters unless they are there already. Returns them."""
    lists = ((Subject.SAVINGS_GROUP, OF_SAVINGS_GROUPS), (Subject.POVERTY_PROJECT, OF_POVERTY_PROJECTS))
    return [
        write(
            sections,
            name=f"ประเด็นการติดตาม{subject.label}",
            fiscal_year=FROM_YEAR,
            subject=subject,
            source=STARTER,
            is_starter=True,
        )
        for subject, sections in lists
    ]
