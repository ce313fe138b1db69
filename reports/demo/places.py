"""Where the demo's centres are: real subdistricts, villages with invented names."""

from typing import NamedTuple

# The village of the published form; its register is brought in by whoever tries the system.
NONG_HA = ("331206", 3, "บ้านหนองฮะ")

PROVINCES = ("63", "33", "31")  # ตาก ศรีสะเกษ บุรีรัมย์

SUBDISTRICTS = [
    *("331201", "331202", "331204", "331206"),  # ห้วยทับทัน
    *("330301", "330302", "330305"),  # กันทรารมย์
    *("330501", "330503", "330506"),  # ขุขันธ์
    *("310102", "310118", "310128"),  # เมืองบุรีรัมย์
    *("310401", "310405", "310413"),  # นางรอง
    *("310701", "310703", "310708"),  # ประโคนชัย
    *("312101", "312103"),  # บ้านด่าน
    *("630113", "630114", "630107"),  # เมืองตาก
    *("630201", "630204"),  # บ้านตาก
    *("630601", "630605", "630608"),  # แม่สอด
    *("630801", "630803"),  # อุ้มผาง
]
VILLAGE_NAMES = [
    *("โนนสมบูรณ์", "หนองบัวทอง", "โคกกลาง", "ดอนแก้ว", "ทุ่งสว่าง", "ห้วยน้ำใส", "โนนม่วง", "หนองไผ่งาม"),
    *("โคกสูง", "ดงเจริญ", "ศรีมงคล", "หนองแวงน้อย", "โนนดู่", "ทรายทอง", "หัวนาคำ", "บึงสวรรค์"),
    *("โพธิ์ทอง", "หนองตะเคียน", "ยางเตี้ย", "โคกเพชร", "สวนกล้วย", "ดอนสวรรค์", "ท่ามะไฟ", "วังน้ำเย็น"),
    *("ปางสัก", "ห้วยผาแดง", "แม่ยะใต้", "ทุ่งกว้าง", "สันทราย", "ผาลาด", "หนองปรือ", "ป่าไผ่"),
]


class Place(NamedTuple):
    subdistrict: str
    moo: int
    village: str

    @property
    def code(self) -> str:
        return f"{self.subdistrict}{self.moo:02}"


def places() -> list[Place]:
    """The villages of the demo, Nong Ha first."""
    others = zip(SUBDISTRICTS, VILLAGE_NAMES, strict=False)
    return [Place(*NONG_HA)] + [
        Place(subdistrict, 4 + number % 7, f"บ้าน{name}") for number, (subdistrict, name) in enumerate(others)
    ]
