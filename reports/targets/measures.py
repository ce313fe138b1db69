"""What is counted and has targets: the measures of the department's plan of FY2565 that belong to centres, savings
groups and กข.คจ. (domain.md §8.1)."""

from django.apps import apps as all_apps

PLAN = "แผนการดำเนินงานทุนชุมชน ปีงบประมาณ พ.ศ. 2565"
FIRST = 2551  # the first centres
# code, name, unit, the whole it is part of, first year, explanation
MEASURES = [
    (
        "households",
        "ปรับโครงสร้างหนี้ และลดหนี้หรือปลดหนี้",
        "ครัวเรือน",
        None,
        FIRST,
        "ครัวเรือนที่เข้าร่วมกระบวนการของศูนย์จัดการกองทุนชุมชน",
    ),
    (
        "households-with-budget",
        "ศูนย์ฯ ที่ใช้งบประมาณ",
        "ครัวเรือน",
        "households",
        FIRST,
        "ปี 2565: 321 แห่ง ตามเอกสาร 9,530 ครัวเรือน (แห่งละ 30 จะเป็น 9,630)",
    ),
    (
        "households-without-budget",
        "ศูนย์ฯ ที่ไม่ใช้งบประมาณ",
        "ครัวเรือน",
        "households",
        FIRST,
        "ปี 2565: 924 แห่ง แห่งละ 5 ครัวเรือน",
    ),
    ("new-centres", "จัดตั้งศูนย์จัดการกองทุนชุมชนใหม่", "แห่ง", None, 2565, ""),
    ("model-centres", "ศูนย์จัดการกองทุนชุมชนต้นแบบ", "แห่ง", None, 2565, "ใน 27 จังหวัด"),
    ("graded-centres", "จัดระดับการพัฒนาศูนย์จัดการกองทุนชุมชน", "แห่ง", None, 2565, "ศูนย์ฯ ที่จัดตั้งตั้งแต่ปี 2551"),
    (
        "raised-groups",
        "ยกระดับธรรมาภิบาลจากระดับ 1 เป็นระดับ 2 หรือ 3",
        "แห่ง",
        None,
        2565,
        "กลุ่มออมทรัพย์เพื่อการผลิต และ กข.คจ.",
    ),
    ("raised-savings-groups", "กลุ่มออมทรัพย์เพื่อการผลิต", "แห่ง", "raised-groups", 2565, ""),
    ("raised-poverty-projects", "กข.คจ.", "แห่ง", "raised-groups", 2565, ""),
    ("borrowers", "สมาชิกเข้าถึงแหล่งทุน", "คน", None, 2565, "เฉพาะที่ใช้งบประมาณ"),
    ("borrowers-of-savings-groups", "กลุ่มออมทรัพย์เพื่อการผลิต", "คน", "borrowers", 2565, ""),
    ("borrowers-of-poverty-projects", "กข.คจ.", "คน", "borrowers", 2565, ""),
    (
        "new-members",
        "สมาชิกกลุ่มออมทรัพย์เพื่อการผลิตเพิ่มขึ้น",
        "คน",
        None,
        2565,
        "ไม่น้อยกว่าร้อยละ 10 ของสมาชิก 2,975,567 คน",
    ),
    ("big-data", "ปรับปรุงข้อมูลใน Big DATA", "แห่ง", None, 2565, "ทุกแห่ง"),
    ("big-data-centres", "ศูนย์จัดการกองทุนชุมชน", "แห่ง", "big-data", 2565, ""),
    ("big-data-savings-groups", "กลุ่มออมทรัพย์เพื่อการผลิต", "แห่ง", "big-data", 2565, ""),
    ("big-data-poverty-projects", "กข.คจ.", "แห่ง", "big-data", 2565, ""),
]


def load_measures(*, using: str, apps=all_apps, **signal) -> None:
    """Write down the measures that are not there yet, after every migrate and whenever a database was emptied: targets
    name them. What was changed in the database stays."""
    try:
        measures = apps.get_model("reports", "Measure")
    except LookupError:  # migrating to a time before them
        return
    known = set(measures.objects.using(using).values_list("pk", flat=True))
    measures.objects.using(using).bulk_create(
        measures(
            code=code,
            name=name,
            unit=unit,
            whole_id=whole,
            first_year=first_year,
            definition=definition,
            source=PLAN,
            order=order,
        )
        for order, (code, name, unit, whole, first_year, definition) in enumerate(MEASURES)
        if code not in known
    )
