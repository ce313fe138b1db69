"""The reports there are. Every figure comes from the module that owns it; nothing is counted a second time here."""

from functools import partial

from accounts.roles import Can
from monitoring.models import Scorecard
from reports.pack import activity, centres, classes, poverty_project, progress, registers
from reports.pack.owed import count_debts
from reports.pack.report import Report

PROGRESS = "ผลการดำเนินงาน"
REGISTERS = "สัญญาและทะเบียน"
CENTRES = "ศูนย์ฯ และกลุ่ม/กองทุน"
POVERTY_PROJECT = "กองทุน กข.คจ."
LEVELS = "ระดับการพัฒนา"
ANSWERS_OF_LEVELS = "มีกี่แห่งในแต่ละระดับ และเลื่อนระดับจากปีก่อนเท่าใด"


def _levels(subject: Scorecard.Subject) -> Report:
    key = f"grades-{subject.value.replace('_', '-')}"
    build = partial(classes.grades, subject=subject)
    return Report(key, LEVELS, f"ระดับ{subject.label}", ANSWERS_OF_LEVELS, Can.VIEW_VISITS, build)


ALL = (
    Report(
        "results",
        PROGRESS,
        "ผลการบริหารจัดการหนี้",
        "แต่ละพื้นที่ทำได้เท่าใดเทียบเป้าหมาย",
        Can.VIEW_REPORTS,
        progress.results,
    ),
    Report(
        "visits",
        PROGRESS,
        "การติดตามศูนย์ฯ",
        "ติดตามแล้วกี่ครั้ง รับรองแล้วเท่าใด มีข้อใดค้างอยู่",
        Can.VIEW_VISITS,
        progress.visits,
    ),
    Report(
        "activities",
        PROGRESS,
        "กิจกรรม เงินทุนคืนกลุ่ม และครัวเรือนต้นแบบ",
        "ฝึกอบรมกี่ครัวเรือน ให้และคืนเงินทุนเท่าใด มีต้นแบบและรางวัลเท่าใด",
        Can.VIEW_VISITS,
        activity.activities,
    ),
    Report(
        "contracts",
        REGISTERS,
        "1 ครัวเรือน 1 สัญญา",
        "ใครทำสัญญาแล้วบ้าง เคยเป็นหนี้กลุ่มใด ทำกับกองทุนใด เท่าใด",
        Can.VIEW_DEBTS,
        registers.contracts,
        lambda asked: registers.contracts_of(asked).count(),
    ),
    Report(
        "debtors",
        REGISTERS,
        "ทะเบียนข้อมูลลูกหนี้",
        "ใครเป็นหนี้กองทุนใด ค้างเท่าใด ครบกำหนดเมื่อใด เป็นลูกหนี้ประเภทใด",
        Can.VIEW_DEBTS,
        registers.debtors,
        registers.count_debtors,
    ),
    Report(
        "households",
        REGISTERS,
        "ทะเบียนข้อมูลครัวเรือนและภาวะหนี้สิน",
        "แต่ละครัวเรือนมีรายได้ รายจ่าย และหนี้จากทุกแหล่งเท่าใด",
        Can.VIEW_HOUSEHOLDS,
        registers.households,
        registers.count_households,
    ),
    Report(
        "classes",
        REGISTERS,
        "สรุปการจัดประเภทลูกหนี้",
        "แต่ละพื้นที่มีลูกหนี้ปกติ เฝ้าระวัง ค้างชำระ ผิดนัด และหนี้เสียเท่าใด",
        Can.VIEW_REPORTS,
        classes.classes,
        reads=count_debts,
    ),
    Report(
        "centres",
        CENTRES,
        "ศูนย์ฯ และกลุ่ม/กองทุนสมาชิก",
        "มีศูนย์ฯ กลุ่ม/กองทุน และเงินทุนเท่าใด",
        Can.VIEW_CENTRES,
        centres.centres,
    ),
    Report(
        "profile",
        CENTRES,
        "ข้อมูลทั่วไปของศูนย์ฯ",
        "ศูนย์ฯ เป็นอย่างไร ใครเป็นกรรมการ มีกองทุนใด ทำได้เท่าใด สำหรับเตรียมการติดตาม",
        Can.VIEW_CENTRES,
        centres.profile,
        centres.count_profile,
    ),
    Report(
        "lessons",
        CENTRES,
        "สรุปบทเรียน (โครง)",
        "ถอดบทเรียนของศูนย์ฯ ตามหัวข้อใด และรายงานการติดตามพบอะไรแล้ว",
        Can.VIEW_VISITS,
        centres.lessons,
        centres.count_lessons,
    ),
    Report(
        "savings",
        CENTRES,
        "สรุปกลุ่มออมทรัพย์เพื่อการผลิต",
        "มีกลุ่ม สมาชิก เงินทุน และหนี้คงเหลือเท่าใด อยู่ระดับใด",
        Can.VIEW_REPORTS,
        classes.savings,
        reads=count_debts,
    ),
    Report(
        "poverty-borrowers",
        POVERTY_PROJECT,
        "กข.คจ. แบบ 26(1) ระดับหมู่บ้าน",
        "ใครยืมเงิน กข.คจ. ส่งคืนแล้วและคงค้างเท่าใด",
        Can.VIEW_DEBTS,
        poverty_project.borrowers,
        poverty_project.count_borrowers,
    ),
    Report(
        "poverty-villages",
        POVERTY_PROJECT,
        "กข.คจ. แบบ 26(1) สรุประดับอำเภอ",
        "แต่ละหมู่บ้านให้ยืม คงค้าง และได้รับคืนในรอบปีเท่าใด",
        Can.VIEW_REPORTS,
        poverty_project.villages,
        poverty_project.count_projects,
    ),
    Report(
        "poverty-places",
        POVERTY_PROJECT,
        "กข.คจ. แบบ 26(2) สรุประดับจังหวัด",
        "แต่ละอำเภอมีกี่หมู่บ้าน คงค้าง และได้รับคืนในรอบปีเท่าใด",
        Can.VIEW_REPORTS,
        poverty_project.places,
    ),
    Report(
        "poverty-data",
        POVERTY_PROJECT,
        "กข.คจ. ฐานข้อมูลตามข้อ 27",
        "แต่ละหมู่บ้านมีเงินทุน หนี้ปกติ และหนี้ผิดนัดเท่าใด",
        Can.VIEW_REPORTS,
        poverty_project.clause_27,
        poverty_project.count_projects,
    ),
    Report(
        "poverty-problems",
        POVERTY_PROJECT,
        "กข.คจ. รายงานสภาพปัญหาการบริหารเงินทุน",
        "เงินทุนขาดหายเท่าใด เพราะอะไร แก้ไขอย่างไร",
        Can.VIEW_REPORTS,
        poverty_project.problems,
        poverty_project.count_projects,
    ),
    *map(_levels, Scorecard.Subject),
)
REPORTS = {report.key: report for report in ALL}
