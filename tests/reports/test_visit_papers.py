"""Papers around a visit, read back from their PDF."""

from datetime import date, time
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from accounts.roles import Role
from monitoring import issue_lists
from monitoring.letters.writing import keep_emblem
from monitoring.models import Letter
from monitoring.rounds.planning import add_visit, write_programme
from tests.factories import (
    make_centre,
    make_letter,
    make_officer,
    make_picture,
    make_recommendation,
    make_round,
    make_sent_visit,
    make_village,
    make_visit,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def paper(name, row, officer, sign_in, **query) -> bytes:
    answer = sign_in(officer).get(reverse(f"reports:{name}", args=[row.pk]), query)
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def pages(content: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(content)).pages)


def full_letter(visit, **fields) -> Letter:
    return make_letter(
        visit,
        **{
            "urgency": "ด่วนที่สุด",
            "address": "ศาลากลางจังหวัดบุรีรัมย์ 1159 เขากระโดง จังหวัดบุรีรัมย์ 31000",
            "enclosures": "ประเด็นการติดตาม จำนวน 1 ฉบับ\nกำหนดการ จำนวน 1 ฉบับ",
            "signer": "นางสมใจ ใจดี",
            "signer_position": "พัฒนาการจังหวัดบุรีรัมย์",
            "acting_for": "ผู้ว่าราชการจังหวัดบุรีรัมย์",
            "contact": "กลุ่มงานส่งเสริมการพัฒนาชุมชน\nโทร. 0 4566 6512",
            **fields,
        },
    )


def test_the_letter_carries_its_parts_in_the_prescribed_order_with_thai_digits(sign_in):
    visit = make_visit()
    letter = full_letter(visit)

    content = paper("letter-paper", letter, visit.planned_by, sign_in)

    said = text_of(content)
    parts = [
        *("ที่ บร ๐๐๑๘/", "เรื่อง", "เรียน", "สิ่งที่ส่งมาด้วย", "ด้วย", "จึงเรียนมาเพื่อพิจารณาดำเนินการ"),
        *("ขอแสดงความนับถือ", "(นางสมใจ ใจดี)", "ปฏิบัติราชการแทน", "โทร. ๐ ๔๕๖๖ ๖๕๑๒"),
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert not any(digit in said for digit in "0123456789")
    assert pages(content) == 1


def test_a_letter_without_a_number_is_a_draft(sign_in):
    visit = make_visit()

    said = text_of(paper("letter-paper", full_letter(visit), visit.planned_by, sign_in))

    assert "ฉบับร่าง" in said


def test_the_emblem_of_the_office_stands_on_its_letters_only(sign_in):
    visit = make_visit()
    letter = full_letter(visit)
    without = paper("letter-paper", letter, visit.planned_by, sign_in)
    keep_emblem(office=letter.office, upload=make_picture(), by=visit.planned_by)

    with_emblem = paper("letter-paper", letter, visit.planned_by, sign_in)

    assert b"/Image" not in without
    assert b"/Image" in with_emblem


def test_a_long_letter_numbers_its_pages_from_the_second(sign_in):
    visit = make_visit()
    letter = full_letter(visit, enclosures="\n".join(f"เอกสารลำดับ {n}" for n in range(30)))

    content = paper("letter-paper", letter, visit.planned_by, sign_in)

    first, second, *_ = (page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    assert "- ๒ -" in second
    assert "- ๑ -" not in first


def test_the_memo_has_no_closing_of_a_letter(sign_in):
    visit = make_visit()
    memo = full_letter(visit, kind=Letter.Kind.MEMO)

    said = text_of(paper("letter-paper", memo, visit.planned_by, sign_in))

    for part in (
        "บันทึกข้อความ",
        "ส่วนราชการ",
        "ที่",
        "วันที่",
        "เรื่อง",
        "เรียน",
        "๑. เรื่องเดิม",
        "๒. ข้อเท็จจริง",
        "๓. ข้อพิจารณา",
    ):
        assert part in said
    assert "ขอแสดงความนับถือ" not in said


def test_the_programme_of_buri_ram_stands_in_the_order_of_its_days(sign_in):
    issue_lists.load()
    sawang = make_centre(make_village("31010805", "บ้านสว่าง"))
    arang = make_centre(make_village("31210402", "บ้านอารัง"))
    staff = make_officer(Role.PROVINCIAL_STAFF, area=sawang.village)
    round = make_round(staff, centre_steps="คณะกรรมการนำเสนอ 10 นาที")
    meeting = {"on": date(2019, 3, 27), "starts_at": time(9), "ends_at": time(12), "what": "ประชุมที่จังหวัด"}
    lodging = {"on": date(2019, 3, 27), "starts_at": time(17), "what": "เข้าที่พัก"}
    write_programme(round=round, version=1, team=[], agenda=[lodging, meeting])
    add_visit(round=round, centre=arang, planned_on=date(2019, 3, 28), starts_at=time(9), by=staff)
    add_visit(round=round, centre=sawang, planned_on=date(2019, 3, 27), starts_at=time(13), by=staff)

    said = text_of(paper("agenda-paper", round, staff, sign_in))

    order = ["๒๗ มีนาคม", "ประชุมที่จังหวัด", "บ้านสว่าง", "คณะกรรมการนำเสนอ", "เข้าที่พัก", "๒๘ มีนาคม", "บ้านอารัง"]
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    assert "๐๙.๐๐–๑๒.๐๐ น." in said


def test_a_district_reads_its_own_visit_only_in_the_programme(sign_in):
    issue_lists.load()
    ours = make_centre(make_village("31210402", "บ้านอารัง"))
    theirs = make_centre(make_village("31010805", "บ้านสว่าง"))
    staff = make_officer(Role.PROVINCIAL_STAFF, area=ours.village)
    round = make_round(staff)
    for centre in (ours, theirs):
        add_visit(round=round, centre=centre, planned_on=date(2019, 3, 27), by=staff)

    said = text_of(paper("agenda-paper", round, make_officer(area=ours.village), sign_in))

    assert "บ้านอารัง" in said
    assert "บ้านสว่าง" not in said


def test_the_issue_form_is_printed_blank_and_filled(sign_in):
    visit = make_sent_visit(text="พบว่าครัวเรือนร่วมมือดี")

    filled = text_of(paper("issue-form-paper", visit, visit.planned_by, sign_in))
    blank = text_of(paper("issue-form-paper", visit, visit.planned_by, sign_in, blank=1))

    assert "พบว่าครัวเรือนร่วมมือดี" in filled
    assert "พบว่าครัวเรือนร่วมมือดี" not in blank
    for said in (filled, blank):
        assert "ประเด็นที่ ๕" in said
        assert "ประเด็นที่ ๔" not in said


def test_the_short_report_is_one_page_however_much_was_written(sign_in):
    visit = make_sent_visit(text="ข้อค้นพบที่ยาวมาก " * 60)
    for number in range(12):
        make_recommendation(visit, what=f"{number} เรื่องที่ต้องดำเนินการ" + " ยาว" * 80)

    content = paper("visit-short-paper", visit, visit.planned_by, sign_in)

    assert pages(content) == 1
    assert "ฉบับร่าง" in text_of(content)
