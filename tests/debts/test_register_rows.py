"""Saving the lines of a register while they are typed."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from debts.models import Register, RegisterLine
from debts.registers import rows as saving
from debts.registers.rows import (
    CannotSave,
    NotADraft,
    TypedRow,
    changed_since,
    others_editing,
    save_rows,
    totals_of,
)
from tests.factories import line_of, make_centre, make_fund, make_officer, make_register, make_sent_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return make_fund(name="กองทุนหมู่บ้าน")


@pytest.fixture
def register(fund):
    return make_register(fund.centre)


def typed(fund, version=0, key=None, **values) -> TypedRow:
    return TypedRow(key or uuid4(), version, line_of(fund=fund, **values), position=1024)


def save(register, *rows, by=None, **options):
    by = by or register.created_by
    return save_rows(register=register, rows=rows, by=by, at=timezone.now(), **options)


def colleague(register, **fields):
    return make_officer(Role.DISTRICT_OFFICER, area=register.centre.village, **fields)


def said(row) -> list[tuple[str, str]]:
    return [(message.column, message.text) for message in row.read.messages]


def test_a_line_is_kept_as_typed_and_answered_tidy(register, fund):
    [row] = save(register, typed(fund, house_number="๓๒/๑", principal="๓๕,๐๐๐.-", lent_on="15032562")).rows

    assert row.line.version == 1
    assert row.line.values["house_number"] == "๓๒/๑"
    assert row.read.values["house_number"] == "32/1"
    assert row.read.values["principal"] == "35,000.00"
    assert row.read.values["lent_on"] == "15 มี.ค. 2562"
    assert said(row) == []


@pytest.mark.parametrize(
    ("values", "column", "text"),
    [
        ({"name": ""}, "name", "ระบุชื่อ–สกุล ผู้กู้"),
        ({"house_number": ""}, "house_number", "ยังไม่มีบ้านเลขที่ ส่งได้ แต่ต้องระบุก่อนทำสัญญา"),
        ({"fund": "กองทุนที่ไม่รู้จัก"}, "fund", "เลือกกลุ่ม/กองทุน"),
        ({"fund": ""}, "fund", "เลือกกลุ่ม/กองทุน"),
        ({"principal": "สามหมื่น"}, "principal", "ระบุจำนวนเงินเป็นตัวเลข"),
        ({"principal": ""}, "principal", "ระบุจำนวนเงินเป็นตัวเลข"),
        ({"principal": "1,25"}, "principal", "ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน"),
        ({"interest": "12.345"}, "interest", "ระบุทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ({"interest": "-500"}, "interest", "จำนวนเงินต้องไม่ติดลบ"),
        ({"lent": "10000"}, "principal", "เงินต้นคงเหลือมากกว่าวงเงินกู้"),
        ({"overdue": "20,000.01"}, "overdue", "ยอดเกินกำหนดชำระมากกว่าเงินต้นคงเหลือรวมดอกเบี้ย"),
        ({"due_on": "31/2/2562"}, "due_on", "ไม่มีวันที่ 31 ก.พ. 2562 ในปฏิทิน"),
        ({"lent_on": "2/5/3105"}, "lent_on", "ระบุปี พ.ศ. 4 หลัก"),
        ({"lent_on": "15/3/62"}, "lent_on", "ระบบอ่าน 15/3/62 เป็น 15 มี.ค. 2562"),
        (
            {"lent_on": "15/3/2562", "due_on": "14/3/2562"},
            "due_on",
            "วันครบกำหนดมาก่อนวันที่ทำสัญญา ตรวจสอบวันที่",
        ),
    ],
)
def test_a_cell_says_what_is_wrong_with_it(register, fund, values, column, text):
    row = TypedRow(uuid4(), 0, line_of(fund=fund) | values)

    [saved] = save(register, row).rows

    assert said(saved) == [(column, text)]


def test_a_guessed_day_stays_as_typed_until_it_is_confirmed(register, fund):
    [row] = save(register, typed(fund, lent_on="15/3/62")).rows

    assert row.read.values["lent_on"] == "15/3/62"
    assert row.read.messages[0].became == "15 มี.ค. 2562"


def test_an_empty_line_has_nothing_to_say_and_is_not_counted(register):
    [row] = save(register, TypedRow(uuid4(), 0, {"name": " ", "note": ""}, position=1)).rows

    assert said(row) == []
    assert totals_of(register).rows == 0


def test_totals_count_households_by_house_number(register, fund):
    save(
        register,
        typed(fund, house_number="32/1", principal="35,000"),
        typed(fund, house_number="๓๒/๑", principal="200.25", interest="9.75"),
        typed(fund, house_number="7", principal="ไม่ทราบ"),
    )

    totals = totals_of(register)

    assert (totals.rows, totals.households, totals.errors) == (3, 2, 1)
    assert (str(totals.principal), str(totals.outstanding)) == ("35200.25", "35210.00")


def test_a_line_of_the_house_above_says_so(register, fund):
    first = TypedRow(uuid4(), 0, line_of(fund=fund), position=1024)
    second = TypedRow(uuid4(), 0, line_of(name="นายบุญช่วย ทองสุข", fund=fund), position=2048)

    above, below = save(register, first, second).rows

    assert (above.same_house_as, below.same_house_as) == (None, first.key)


def test_a_batch_sent_twice_is_saved_once(register, fund):
    row = typed(fund)
    save(register, row)

    again = save(register, row)

    assert [(each.line.version, each.line.key) for each in again.rows] == [(1, row.key)]
    assert RegisterLine.objects.count() == 1


def test_a_line_sent_back_tidied_is_not_a_change(register, fund):
    row = typed(fund, principal="๓๕๐๐๐")
    [kept] = save(register, row).rows

    [again] = save(register, replace(row, version=1, values=kept.read.values)).rows

    assert again.line.version == 1


def test_somebody_elses_newer_line_is_not_overwritten(register, fund):
    row = typed(fund)
    save(register, row)
    other = colleague(register, first_name="เอก")
    save(register, replace(row, version=1, values=line_of(fund=fund, principal="25000")), by=other)

    answer = save(register, replace(row, version=1, values=line_of(fund=fund, principal="30000")))

    assert answer.rows == []
    [theirs] = answer.conflicts
    assert (theirs.line.version, theirs.line.changed_by.first_name) == (2, "เอก")
    assert theirs.read.values["principal"] == "25,000.00"
    assert RegisterLine.objects.get().values["principal"] == "25000"


def test_a_conflict_is_overwritten_knowingly(register, fund):
    row = typed(fund)
    save(register, row)
    save(
        register,
        replace(row, version=1, values=line_of(fund=fund, principal="25000")),
        by=colleague(register),
    )

    answer = save(register, replace(row, version=2, values=line_of(fund=fund, principal="30000")))

    assert [each.line.version for each in answer.rows] == [3]
    assert answer.conflicts == []


def test_a_page_whose_answer_was_lost_does_not_conflict_with_itself(register, fund):
    row, page = typed(fund), uuid4()
    save(register, row, page=page)

    answer = save(register, replace(row, values=line_of(fund=fund, principal="30000")), page=page)

    assert [each.line.version for each in answer.rows] == [2]


def test_two_pages_of_one_officer_do_conflict(register, fund):
    row = typed(fund)
    save(register, row, page=uuid4())

    answer = save(register, replace(row, values=line_of(fund=fund, principal="30000")), page=uuid4())

    assert len(answer.conflicts) == 1


def test_a_deleted_line_comes_back_when_it_is_undone(register, fund):
    row = typed(fund)
    save(register, row)
    save(register, replace(row, version=1, deleted=True))
    assert totals_of(register).rows == 0

    save(register, replace(row, version=2))

    assert totals_of(register).rows == 1


def test_a_batch_broken_in_the_middle_leaves_nothing_of_it(register, fund, monkeypatch):
    def breaks(*args, **options):
        raise RuntimeError

    monkeypatch.setattr(saving, "mark_editing", breaks)

    with pytest.raises(RuntimeError):
        save(register, *(typed(fund) for _ in range(10)))

    assert RegisterLine.objects.count() == 0
    assert Register.objects.get().sequence == register.sequence


def test_more_than_fifty_lines_at_once_are_refused(register, fund):
    with pytest.raises(CannotSave):
        save(register, *(typed(fund) for _ in range(51)))

    assert RegisterLine.objects.count() == 0


def test_a_sent_register_is_not_written_to(fund):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    with pytest.raises(NotADraft, match="รออำเภอตรวจ"):
        save(register, typed(fund))


def test_what_others_changed_is_told_since_a_sequence(register, fund):
    save(register, typed(fund))
    register.refresh_from_db()
    later = typed(fund, name="นายบุญช่วย ทองสุข")
    save(register, later, by=colleague(register))

    assert [row.line.key for row in changed_since(register, since=register.sequence)] == [later.key]


def test_who_is_in_which_line_is_told_for_a_minute(register, fund):
    other, key = colleague(register), uuid4()
    save(register, editing=key, by=other)
    now = timezone.now()

    assert [editor.key for editor in others_editing(register, by=register.created_by, at=now)] == [key]
    assert not others_editing(register, by=other, at=now)
    assert not others_editing(register, by=register.created_by, at=now + timedelta(seconds=61))


def test_saving_fifty_lines_asks_as_many_queries_as_saving_one(register, fund):
    rows = [typed(fund) for _ in range(50)]

    def queries(some):
        with CaptureQueriesContext(connection) as seen:
            save(register, *some)
        return len(seen)

    queries(rows[:1])
    one = queries([replace(rows[0], version=1, values=line_of(fund=fund, principal="1"))])

    assert queries(rows[1:]) == one
    changed = [replace(row, version=1, values=line_of(fund=fund, principal="2")) for row in rows[1:]]
    assert queries(changed) == one


# --- Over the wire -----------------------------------------------------------------------------------------
def post(client, register, body, **headers):
    address = reverse("debts:register-rows", args=[register.pk])
    body = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(address, body, content_type="application/json", headers=headers)


def wire_row(fund, **fields):
    return {"key": str(uuid4()), "version": 0, "position": 1024, "values": line_of(fund=fund), **fields}


def test_the_answer_tells_the_page_all_it_shows(register, fund, sign_in):
    client = sign_in(register.created_by)
    row = wire_row(fund)

    answer = post(client, register, {"rows": [row], "editing": row["key"], "page": str(uuid4())}).json()

    assert answer["rows"][0]["key"] == row["key"]
    assert answer["rows"][0]["values"]["principal"] == "20,000.00"
    assert answer["rows"][0]["version"] == 1
    assert answer["totals"] == {
        "rows": 1, "households": 1, "principal": "20,000.00", "interest": "0.00", "penalty": "0.00",
        "outstanding": "20,000.00", "errors": 0, "warnings": 0,
    }  # fmt: skip
    assert answer["saved_at"].endswith(" น.")


def test_a_colleague_sees_what_was_saved_and_who_types_where(register, fund, sign_in):
    row = wire_row(fund)
    post(sign_in(register.created_by), register, {"rows": [row], "editing": row["key"]})
    client = sign_in(colleague(register))

    answer = client.get(reverse("debts:register-rows", args=[register.pk])).json()

    assert [each["key"] for each in answer["rows"]] == [row["key"]]
    assert answer["others"] == [{"key": row["key"], "by": register.created_by.full_name}]
    assert answer["editable"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"rows": 3}',
        '{"rows": [1]}',
        '{"rows": [{"key": "x"}]}',
        '{"rows": [{"key": 7}]}',
        '{"rows": [], "editing": "x"}',
        '{"rows": [{"key": "8e1f5d3c-58c5-4e0a-9f2b-0a8a1f0f9f00", "version": -1}]}',
        '{"rows": [{"key": "8e1f5d3c-58c5-4e0a-9f2b-0a8a1f0f9f00", "version": 1e9}]}',
        '{"rows": [{"key": "8e1f5d3c-58c5-4e0a-9f2b-0a8a1f0f9f00", "position": 9999999999999999999}]}',
        '{"rows": [{"key": "8e1f5d3c-58c5-4e0a-9f2b-0a8a1f0f9f00", "values": {"name": ["x"]}}]}',
        '{"rows": [{"key": "8e1f5d3c-58c5-4e0a-9f2b-0a8a1f0f9f00", "values": "x"}]}',
        "[" * 5000,
        b"\xff\xfe",
    ],
)
def test_a_body_that_cannot_be_read_is_answered_in_thai(register, sign_in, body):
    response = post(sign_in(register.created_by), register, body)

    assert response.status_code == 400
    assert response.json()["message"]
    assert RegisterLine.objects.count() == 0


@pytest.mark.parametrize("text", ["\x00", "ก\x00ข", "ก\u200bข\ud800", "x" * 10_000, "<script>", "=1+1"])
def test_strange_text_in_a_cell_is_kept_or_refused_but_never_breaks(register, fund, sign_in, text):
    row = wire_row(fund, values={"name": text, "note": text, "principal": text, "house_number": text})

    response = post(sign_in(register.created_by), register, {"rows": [row]})

    assert response.status_code == 200


def test_too_many_lines_at_once_are_413(register, fund, sign_in):
    response = post(sign_in(register.created_by), register, {"rows": [wire_row(fund) for _ in range(51)]})

    assert response.status_code == 413


def test_a_body_of_three_megabytes_is_413(register, sign_in):
    assert post(sign_in(register.created_by), register, "x" * 3_000_000).status_code == 413


def test_a_register_that_was_sent_answers_409_and_says_why(fund, sign_in):
    register = make_sent_register(fund.centre, [line_of(fund=fund)])

    response = post(sign_in(register.created_by), register, {"rows": [wire_row(fund)]})

    assert response.status_code == 409
    assert "รออำเภอตรวจ" in response.json()["message"]


def test_an_ended_session_is_told_to_the_script_in_place(register, fund, client):
    response = post(client, register, {"rows": [wire_row(fund)]}, accept="application/json")

    assert response.status_code == 401
    assert "หมดเวลาการใช้งาน" in response.json()["message"]


def test_signing_in_again_gives_a_token_that_saves(register, fund):
    officer = register.created_by
    client = csrf_client(officer)
    address = reverse("debts:register-rows", args=[register.pk])
    refused = post(client, register, {"rows": [wire_row(fund)]}, accept="application/json")
    assert refused.status_code == 403
    token = client.get(address, headers={"accept": "application/json"}).json()["csrf"]

    saved = post(client, register, {"rows": [wire_row(fund)]}, **{"x-csrftoken": token})

    assert saved.status_code == 200


def csrf_client(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    return client


def test_a_register_of_another_centre_gets_no_line_of_this_one(register, fund):
    row = typed(fund)
    save(register, row)
    other = make_register(
        make_centre(
            register.centre.village.parent.children.create(
                code="33100504", level="village", name="บ้านใหม่", moo=4
            )
        )
    )

    save(other, row)

    assert RegisterLine.objects.filter(key=row.key).count() == 2
