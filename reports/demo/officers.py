"""The demo's officers. All have the same password, and exist only where DEMO is switched on."""

from django.contrib.auth.hashers import make_password

from accounts.models import Officer
from accounts.roles import Role
from areas.models import COUNTRY, Area

PASSWORD = "one-household-one-contract"  # noqa: S105 - printed at the start of the demo
OFFICERS = [
    ("huaithapthan", Role.DISTRICT_OFFICER, "3312", "นางสาว", "อรพิน", "ใจซื่อ"),
    ("huaithapthan-head", Role.DISTRICT_HEAD, "3312", "นาย", "วิศาล", "ตั้งตรง"),
    ("kanthararom", Role.DISTRICT_OFFICER, "3303", "นาง", "จารุณี", "แสนดี"),
    ("kanthararom-head", Role.DISTRICT_HEAD, "3303", "นาย", "ประพันธ์", "สุขเกษม"),
    ("sisaket", Role.PROVINCIAL_STAFF, "33", "นาง", "กัลยา", "พรหมดี"),
    ("sisaket-head", Role.PROVINCIAL_HEAD, "33", "นาย", "ธนากร", "มั่นใจ"),
    ("buriram", Role.PROVINCIAL_STAFF, "31", "นาย", "เกรียงไกร", "ทองเนื้อดี"),
    ("muangburiram", Role.DISTRICT_OFFICER, "3101", "นางสาว", "พิมพา", "แก้วใส"),
    ("tak", Role.PROVINCIAL_STAFF, "63", "นาง", "วารุณี", "ศรีเมือง"),
    ("muangtak", Role.DISTRICT_OFFICER, "6301", "นาย", "ชาญวิทย์", "ดอยงาม"),
    ("muangtak-head", Role.DISTRICT_HEAD, "6301", "นาง", "สุนีย์", "ยิ่งเจริญ"),
    ("department", Role.DEPARTMENT, COUNTRY, "นาย", "อภิชาติ", "รักษ์ไทย"),
    ("admin", Role.ADMINISTRATOR, COUNTRY, "นาย", "ณัฐพล", "ระบบดี"),
]


def make_officers() -> None:
    """The officers that are not there yet."""
    password = make_password(PASSWORD)
    known = set(Officer.objects.values_list("username", flat=True))
    for username, role, code, title, first, last in OFFICERS:
        if username not in known:
            Officer.objects.create(
                username=username,
                password=password,
                role=role,
                area=Area.objects.get(code=code),
                title=title,
                first_name=first,
                last_name=last,
                position=Role(role).label,
            )


def sign_ins() -> str:
    """Who can sign in, as lines to print."""
    lines = [f"  {username:<20} {Role(role).label}" for username, role, *_ in OFFICERS]
    return "\n".join([*lines, f"  รหัสผ่านของทุกคน: {PASSWORD}"])
