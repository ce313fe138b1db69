"""The main menu: the same order for all, without what the role may not use."""

from typing import NamedTuple

from accounts.roles import Can


class Item(NamedTuple):
    label: str
    url_name: str
    permission: Can


ITEMS = [
    Item("หน้าหลัก", "accounts:home", Can.SIGN_IN),
    Item("ศูนย์จัดการกองทุนชุมชน", "funds:centres", Can.VIEW_CENTRES),
    Item("ครัวเรือน", "households:households", Can.VIEW_HOUSEHOLDS),
    Item("ทะเบียนลูกหนี้", "debts:debts", Can.VIEW_DEBTS),
    Item("ปรับโครงสร้างหนี้", "debts:contracts", Can.VIEW_DEBTS),
    Item("การติดตาม", "monitoring:visits", Can.VIEW_VISITS),
    Item("รายงาน", "reports:overview", Can.VIEW_REPORTS),
    Item("จัดการระบบ", "accounts:officers", Can.MANAGE_OFFICERS),
]


def main_menu(request) -> dict:
    """Context processor: the items this officer may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"main_menu": []}
    return {"main_menu": [item for item in ITEMS if user.can(item.permission)]}
