"""Where the words of an official letter stand on its pages (งานสารบรรณ)."""

from datetime import date
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from monitoring.letters.writing import paragraphs
from reports.continuation import shortened
from reports.paper import lay_out
from reports.thai_lines import BREAK, WHOLE
from tests.factories import make_letter, make_round, make_visit
from tests.reading import text_of

pytestmark = pytest.mark.django_db
SLOGAN = "เศรษฐกิจฐานรากมั่นคง"


def printed(letter, sign_in) -> bytes:
    address = reverse("reports:letter-paper", args=[letter.pk])
    return sign_in(letter.written_by).get(address).content


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def lines_of(letter) -> list[str]:
    context = {"letter": letter, "paragraphs": paragraphs(letter), "contact": [], "enclosures": []}
    boxes = (
        box
        for page in lay_out("papers/visit_letter.html", context).pages
        for box in page._page_box.descendants()
    )
    found = (box for box in boxes if type(box).__name__ == "LineBox")
    return [
        "".join(each.text for each in line.descendants() if type(each).__name__ == "TextBox")
        for line in found
    ]


def long_letter(lines=22, visit=None, **fields):
    return make_letter(visit, enclosures="\n".join(f"เอกสารลำดับ {n}" for n in range(lines)), **fields)


@pytest.mark.parametrize("name", ["ก", "กข", "กขค", "กขคง", "กขคงจ", "กขคงจฉ"])
def test_a_word_is_never_broken_at_the_end_of_a_line(name):
    """Names of growing length push every word of the text over the end of a line."""
    visit = make_visit(round=make_round(name=f"กิจกรรม{name}" * 2), place=f"ศาลา{name}" * 3)

    lines = [line.replace(BREAK, "").strip() for line in lines_of(make_letter(visit))]

    whole = "".join(lines)
    ends = {len("".join(lines[:number])) for number in range(1, len(lines))}
    broken = [
        word
        for word in WHOLE
        for start in range(len(whole))
        if whole.startswith(word, start) and ends & set(range(start + 1, start + len(word)))
    ]
    assert broken == []
    assert max(map(len, lines)) < 100


def test_the_foot_of_a_page_says_how_the_next_begins(sign_in):
    first, second = pages(printed(long_letter(), sign_in))

    mark = first.split("/")[-1].split("...")[0].strip()
    body = second.split("- ๒ -")[-1] or second
    assert mark
    assert mark in body.replace("\n", "") or mark in second.replace("\n", "")
    assert "..." not in second


def test_a_letter_of_one_page_announces_no_other(sign_in):
    (only,) = pages(printed(make_letter(), sign_in))

    assert "..." not in only


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("๑. เตรียมข้อมูลนำเสนอ ได้แก่", "๑. เตรียมข้อมูลนำเสนอ"),
        ("จึงเรียนมาเพื่อพิจารณาดำเนินการ", "จึงเรียนมาเพื่อพิจารณา"),
        ("ในการนี้", "ในการนี้"),
    ],
)
def test_the_mark_is_short_and_ends_with_a_word(line, mark):
    assert shortened(line) == mark


def test_no_signature_stands_alone_on_a_page(sign_in):
    """However far down the page the text ends, two lines of it at least go with the signature."""
    visit = make_visit()
    for lines in range(5, 15):
        last = pages(printed(long_letter(lines, visit), sign_in))[-1]
        assert "จึงเรียนมาเพื่อพิจารณาดำเนินการ" in last.replace("\n", "")
        assert "หากมีการเปลี่ยนแปลงกำหนดการ" in last.replace("\n", "")


def test_copies_stand_below_the_office_and_the_slogan_at_the_foot_of_the_first_page_only(sign_in):
    letter = long_letter(contact="กลุ่มงาน", copies="ศูนย์ฯ บ้านสว่าง\nกองคลัง 2", slogan=SLOGAN)

    content = printed(letter, sign_in)

    first, second = pages(content)
    said = text_of(content)
    assert SLOGAN in first
    assert SLOGAN not in second
    assert said.index("กลุ่มงาน") < said.index("สำเนาส่ง") < said.index("ศูนย์ฯ บ้านสว่าง")
    assert "กองคลัง ๒" in said


def test_a_letter_says_the_days_of_its_round_in_full():
    round = make_round(starts_on=date(2019, 3, 4), ends_on=date(2019, 5, 25))

    said = "".join(each.text for each in paragraphs(make_letter(make_visit(round=round))))

    assert "ระหว่างวันที่ ๔ มีนาคม ถึง ๒๕ พฤษภาคม ๒๕๖๒" in said
