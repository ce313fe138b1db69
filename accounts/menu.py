"""The main menu: the same order for all, without what the role may not use; below an item, its lists."""

from typing import NamedTuple

from accounts.roles import Can


class Page(NamedTuple):
    label: str
    url_name: str
    permission: Can


class Item(NamedTuple):
    label: str
    url_name: str
    permission: Can
    purpose: str = ""  # one sentence for the start page
    pages: tuple[Page, ...] = ()  # the lists side by side below it, itself among them


DEBT_LISTS = (
    Page("หนี้ทุกสัญญา", "debts:debts", Can.VIEW_DEBTS),
    Page("ทะเบียนของศูนย์ฯ", "debts:registers", Can.VIEW_DEBTS),
    Page("การรับชำระ", "debts:payments", Can.VIEW_DEBTS),
    Page("ครบกำหนดชำระ", "debts:due", Can.VIEW_DEBTS),
    Page("เกินกำหนดชำระ", "debts:overdue", Can.VIEW_DEBTS),
    Page("ค้างจ่ายระหว่างกองทุน", "debts:settlements", Can.VIEW_DEBTS),
)
CENTRE_LISTS = (
    Page("ศูนย์ฯ ทุกแห่ง", "funds:centres", Can.VIEW_CENTRES),
    Page("งบดุลรายเดือน", "funds:all-books", Can.VIEW_CENTRES),
)
CASE_LISTS = (
    Page("ครัวเรือนเป้าหมาย", "debts:cases", Can.VIEW_DEBTS),
    Page("การประชุมคณะกรรมการ", "debts:meetings", Can.VIEW_DEBTS),
    Page("สัญญา 1 ครัวเรือน 1 สัญญา", "debts:contracts", Can.VIEW_DEBTS),
    Page("การเปลี่ยนแผน", "debts:plans", Can.VIEW_DEBTS),
)
VISIT_LISTS = (
    Page("การติดตาม", "monitoring:visits", Can.VIEW_VISITS),
    Page("รอบการติดตาม", "monitoring:rounds", Can.VIEW_VISITS),
    Page("แผนประจำปี", "monitoring:year-plan", Can.VIEW_VISITS),
    Page("ข้อที่ต้องดำเนินการ", "monitoring:recommendations", Can.VIEW_VISITS),
    Page("จัดระดับการพัฒนา", "monitoring:gradings", Can.VIEW_VISITS),
    Page("กิจกรรมอื่น", "monitoring:activities", Can.VIEW_VISITS),
    Page("แบบประเด็นและแบบประเมิน", "monitoring:forms", Can.VIEW_VISITS),
    Page("ครัวเรือนต้นแบบ", "monitoring:model-households", Can.VIEW_HOUSEHOLDS),
    Page("แผนและกิจกรรม", "monitoring:action-plans", Can.VIEW_VISITS),
)
HOME_LISTS = (
    Page("หน้าหลัก", "home", Can.SIGN_IN),
    Page("ส่งมอบงาน", "reports:handovers", Can.VIEW_REPORTS),
)
REPORT_LISTS = (
    Page("ภาพรวม", "reports:overview", Can.VIEW_REPORTS),
    Page("รายงานผล", "reports:returns", Can.VIEW_REPORTS),
    Page("รายงานทั้งหมด", "reports:own-catalogue", Can.VIEW_REPORTS),
    Page("การเชื่อมต่อระบบอื่น", "reports:tokens", Can.MANAGE_TOKENS),
)
ITEMS = [
    Item("หน้าหลัก", "home", Can.SIGN_IN, pages=HOME_LISTS),
    Item(
        "ศูนย์จัดการกองทุนชุมชน",
        "funds:centres",
        Can.VIEW_CENTRES,
        "ข้อมูลศูนย์ฯ คณะกรรมการ กลุ่ม/กองทุนสมาชิก และงบดุลรายเดือนในพื้นที่",
        CENTRE_LISTS,
    ),
    Item("ครัวเรือน", "households", Can.VIEW_HOUSEHOLDS, "ค้นหาครัวเรือน ดูหนี้ทุกกองทุนของครัวเรือนในหน้าเดียว"),
    Item(
        "ทะเบียนลูกหนี้",
        "debts:debts",
        Can.VIEW_DEBTS,
        "บันทึกหรือนำเข้าทะเบียน ตรวจยอดคงเหลือและวันครบกำหนด",
        DEBT_LISTS,
    ),
    Item(
        "ปรับโครงสร้างหนี้",
        "debts:cases",
        Can.VIEW_DEBTS,
        "รวมหนี้เป็น 1 ครัวเรือน 1 สัญญา และติดตามการชำระ",
        CASE_LISTS,
    ),
    Item("ข้อความสัญญา", "debts:clauses", Can.VIEW_CLAUSES, "ร่าง ตรวจ และอนุมัติข้อความในสัญญาและหนังสือของจังหวัด"),
    Item(
        "การติดตาม",
        "monitoring:visits",
        Can.VIEW_VISITS,
        "บันทึกการลงพื้นที่ ข้อเสนอแนะ และสิ่งที่ต้องดำเนินการ",
        VISIT_LISTS,
    ),
    Item(
        "รายงาน",
        "reports:overview",
        Can.VIEW_REPORTS,
        "ผลการดำเนินงานเทียบเป้าหมาย รายงานผลที่ส่งขึ้นไป และเอกสารสำหรับพิมพ์",
        REPORT_LISTS,
    ),
    Item("งานที่กำลังจัดทำ", "accounts:jobs", Can.VIEW_JOBS),
    Item("จัดการระบบ", "accounts:officers", Can.MANAGE_OFFICERS, "เพิ่มเจ้าหน้าที่ เปลี่ยนบทบาทหรือพื้นที่ ยกเลิกสิทธิ์"),
    Item("บันทึกการใช้งาน", "accounts:audit", Can.VIEW_AUDIT, "ตรวจว่าใครทำอะไร เมื่อใด จากเครื่องใด"),
]


def main_menu(request) -> dict:
    """Context processor: the items this officer may open, the lists beside the one shown, and whether there
    is anything to search."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"main_menu": []}
    items = [item for item in ITEMS if user.can(item.permission)]
    return {
        "main_menu": items,
        "sub_menu": _beside(request, items),
        "may_search": user.can(Can.VIEW_CENTRES),
    }


def _beside(request, items) -> list[Page]:
    shown = request.resolver_match.view_name if request.resolver_match else ""
    lists = next((item.pages for item in items if shown in [page.url_name for page in item.pages]), ())
    return [page for page in lists if request.user.can(page.permission)]
