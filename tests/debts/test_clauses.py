"""The language of clause texts, and the texts that come with the system."""

import pytest

from debts.papers.clauses import CannotRead, fill, problems
from debts.papers.shipped import SHIPPED
from debts.papers.words import CONDITIONS, SAMPLES, problems_of, sample_words

NAMES, CONDITION = ("จำนวนเงิน", "ลูกหนี้"), "ถ้ามีเหตุผล"


def filled(text, *, holding=(CONDITION,), **values) -> list[str]:
    return [each.text for each in fill(text, values=values, holding=holding)]


def faults(text, **options) -> list[str]:
    return problems(text, names=NAMES, conditions=[CONDITION], **options)


def test_places_are_filled_and_each_line_is_a_paragraph():
    paragraphs = fill(
        "ข้อ ๑ การรับสภาพหนี้ | เป็นเงิน {จำนวนเงิน} บาท\n\n(ก) ข้อย่อย", values={"จำนวนเงิน": "๑๐๐"}, holding=()
    )

    assert [each.text for each in paragraphs] == ["ข้อ ๑ การรับสภาพหนี้เป็นเงิน ๑๐๐ บาท", "(ก) ข้อย่อย"]
    assert "".join(piece.text for piece in paragraphs[0].heading) == "ข้อ ๑ การรับสภาพหนี้"
    assert [each.is_sub for each in paragraphs] == [False, True]


def test_a_number_takes_its_unit_along_and_loses_no_word():
    (paragraph,) = fill(
        "เป็นเงิน {จำนวนเงิน} บาท ({ลูกหนี้}) {จำนวนเงิน}", values={"จำนวนเงิน": "๑๐๐", "ลูกหนี้": "นายมี"}, holding=()
    )

    assert [piece.text for piece in paragraph.pieces if piece.stays_together] == ["๑๐๐ บาท", "นายมี", "๑๐๐"]
    assert paragraph.text == "เป็นเงิน ๑๐๐ บาท (นายมี) ๑๐๐"


def test_a_part_stands_only_under_its_condition():
    text = "ตกลงกัน[ถ้ามีเหตุผล: เพราะ {เหตุ}] แล้ว"

    assert filled(text, เหตุ="น้ำท่วม") == ["ตกลงกัน เพราะ น้ำท่วม แล้ว"]
    assert filled(text, holding=(), เหตุ="น้ำท่วม") == ["ตกลงกัน แล้ว"]


def test_a_place_without_a_value_is_left_to_write_by_hand():
    (paragraph,) = fill("โดย {ลูกหนี้}", values={"ลูกหนี้": ""}, holding=())

    assert paragraph.pieces[-1].is_blank


@pytest.mark.parametrize(
    "value", ["{จำนวนเงิน}", "{{ 7*7 }}", "[ถ้ามีเหตุผล: x]", "{% debug %}", "__class__", "<b>"]
)
def test_a_value_is_text_and_never_read_as_a_text_of_its_own(value):
    assert filled("{ลูกหนี้}", ลูกหนี้=value) == [value]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{จำนวนเงน} บาท", "บรรทัดที่ 1: ไม่รู้จัก {จำนวนเงน} หมายถึง {จำนวนเงิน} หรือไม่"),
        ("ข้อ ๑\n{ชื่ออื่น}", "บรรทัดที่ 2: ไม่รู้จัก {ชื่ออื่น} เลือกจากรายการด้านล่าง"),
        ("{ลูกหนี้.debt}", "ไม่รู้จัก {ลูกหนี้.debt}"),
        ("{{ 7*7 }}", "เครื่องหมาย {"),
        ("{% load x %}", "ไม่รู้จัก {% load x %}"),
        ("[ถ้ามีเหตุ: เพราะ]", "ไม่รู้จักเงื่อนไข [ถ้ามีเหตุ: ] หมายถึง [ถ้ามีเหตุผล: ] หรือไม่"),
        ("[ถ้ามีเหตุผล: เพราะ", "ไม่มี ] ปิดท้าย"),
        ("เพราะ]", "มี ] โดยไม่มี [ เปิดก่อน"),
        ("[ถ้ามีเหตุผล: [ถ้ามีเหตุผล: x]]", "ซ้อนกันไม่ได้"),
        ("[ถ้ามีเหตุผล: หัวข้อ | ข้อความ]", "ไม่มี ] ปิดท้าย"),
        ("{ลูกหนี้", "เครื่องหมาย {"),
        ("[ลูกหนี้]", "เครื่องหมาย ["),
    ],
)
def test_what_cannot_be_printed_is_said_with_its_line(text, fault):
    assert fault in " ".join(faults(text))


def test_a_text_has_to_name_what_the_paper_is_worth_nothing_without():
    assert faults("ไม่มีอะไร", required=["จำนวนเงิน"]) == ["ข้อความต้องมี {จำนวนเงิน}"]


def test_a_text_that_was_never_checked_is_refused_when_it_is_filled():
    with pytest.raises(CannotRead):
        filled("{ไม่มี}")


@pytest.mark.parametrize("kind", SHIPPED)
def test_the_shipped_texts_have_no_fault_and_can_be_previewed_whole(kind):
    for body in SHIPPED[kind]:
        assert problems_of(kind, body) == []
        assert len(fill(body, values=SAMPLES[kind], holding=CONDITIONS[kind])) == len(body.splitlines())
        assert sample_words(kind).values == SAMPLES[kind]
