"""What makes two households likely one, by examples from registers."""

import pytest

from config import thai
from households.likeness import Home, Someone, likeness

SAME_SOUND = [
    ("แก้ว ทองสุข", "แก้ว ทองสุก"),
    ("แก้ว ทองสุข", "แกว ทองสุข"),
    ("มะลิ ศรีวงษ์", "มะลิ ศรีวงศ์"),
    ("มณี ศรีวงษ์ทอง", "มณี สีวงทอง"),
    ("สร้อย แสงดี", "ส้อย แสงดี"),
    ("วรรณา จันทร์ดี", "วันนา จันดี"),
    ("ณรงค์ สิทธิ์", "นรง สิทธิ"),
    ("อำพร ใจดี", "อัมพร ไจดี"),
    ("บุญช่วย บุญมา", "บุนชวย บุญมา"),
    ("ลัดดา พิกุล", "รัดดา พิกุน"),
    ("วิชัย ไชยา", "วิไช ชัยยา"),
    ("วีระ ทรัพย์", "วิระ ทรัพ"),
    ("เพ็ญ ศักดิ์ดี", "เพ็น สักดี"),
    ("กฤษณา ลักษณ์", "กริษนา ลัก"),
    ("สุดใจ ชาติ", "สุดใจ ชาด"),
    ("ประเสริฐ มาลัย", "ประเสริฎ มาไล"),
]
OTHER_SOUND = [
    ("สมชาย ทองสุข", "สมชัย ทองสุข"),
    ("แก้ว ทองสุข", "แก้ว ทองแท้"),
    ("มณี ใจดี", "มานี ใจดี"),
    ("วีระ ใจดี", "วิน ใจดี"),
    ("แก้ว", "แก้ว ทองสุข"),
]


def someone(name, **facts) -> Someone:
    return Someone(*name.split(" ", 1), **facts)


def home(number, *names, **facts) -> Home:
    return Home(number, tuple(someone(name, **facts) for name in names))


@pytest.mark.parametrize(("one", "other"), SAME_SOUND)
def test_spellings_of_one_name_have_one_key(one, other):
    assert thai.sound_key(*one.split()) == thai.sound_key(*other.split())


@pytest.mark.parametrize(("one", "other"), OTHER_SOUND)
def test_other_names_have_other_keys(one, other):
    assert thai.sound_key(*(f"{one} ").split(" ")[:2]) != thai.sound_key(*(f"{other} ").split(" ")[:2])


@pytest.mark.parametrize(
    ("one", "other", "weight", "reason"),
    [
        (home("18", "แก้ว ทองสุข"), home("18", "แก้ว ทองสุข"), 95, "บ้านเลขที่เดียวกัน ชื่อเดียวกัน"),
        (home("18", "แก้ว ทองสุข"), home("40", "แก้ว ทองสุข"), 70, "ชื่อเดียวกัน ต่างบ้านเลขที่"),
        (home("18", "แก้ว ทองสุข"), home("", "แก้ว ทองสุข"), 85, "ชื่อเดียวกัน ยังไม่ทราบบ้านเลขที่"),
        (home("32", "แก้ว ทองสุข"), home("32/1", "แก้ว ทองสุข"), 80, "ชื่อเดียวกัน บ้านเลขที่ 32 กับ 32/1"),
        (
            home("18", "แก้ว ทองสุข"),
            home("18", "แก้ว ทองสุก"),
            90,
            "บ้านเลขที่เดียวกัน ชื่อใกล้เคียง (ทองสุข / ทองสุก)",
        ),
        (
            home("18", "แก้ว ทองสุข"),
            home("40", "แกว ทองสุก"),
            50,
            "ชื่อใกล้เคียง (แก้ว ทองสุข / แกว ทองสุก) ต่างบ้านเลขที่",
        ),
        (
            home("18", "ประเสริฐ ทองสุข"),
            home("18", "ประเสิรฐ ทองสุข"),
            75,
            "บ้านเลขที่เดียวกัน ชื่อใกล้เคียง (ประเสริฐ / ประเสิรฐ)",
        ),
        (home("18", "แก้ว ทองสุข"), home("18", "ถวิล ใจงาม"), 30, "บ้านเลขที่เดียวกัน ต่างชื่อ"),
        (home("18", "ถวิล ใจงาม", "แก้ว ทองสุข"), home("40", "แก้ว ทองสุข"), 70, "ชื่อเดียวกัน ต่างบ้านเลขที่"),
        (
            home("18", "แก้ว ทองสุข", id_hash="a"),
            home("40", "คำดี มาลา", id_hash="a"),
            99,
            "เลขประจำตัวประชาชนเดียวกัน",
        ),
        (
            Home("18", (someone("แก้ว ทองสุข", born_year=2510),)),
            Home("18", (someone("แก้ว ทองสุข", born_year=2540),)),
            65,
            "บ้านเลขที่เดียวกัน ชื่อเดียวกัน แต่ปีเกิดต่างกัน",
        ),
    ],
)
def test_the_strongest_sign_is_said_in_words(one, other, weight, reason):
    assert likeness(one, other)[:2] == (weight, reason)
    assert likeness(other, one).weight == weight


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (home("18", "แก้ว ทองสุข"), home("40", "ถวิล ใจงาม")),
        (home("", "แก้ว ทองสุข"), home("", "ถวิล ใจงาม")),
        (home("32", "แก้ว ทองสุข"), home("32/1", "ถวิล ใจงาม")),
        (home("18", "สมชาย ทองสุข"), home("40", "สมชัย ทองสุข")),
        (home("18", "แก้ว ทองสุข", id_hash="a"), home("40", "แก้ว ทองสุข", id_hash="b")),
    ],
)
def test_neighbours_and_people_with_other_ids_are_no_sign(one, other):
    assert likeness(one, other) is None
