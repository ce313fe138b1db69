"""National IDs: sealed at rest, masked everywhere, opened for a reason that is recorded."""

import base64

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from households.models import Person
from tests.factories import make_household, make_officer, make_person
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
WRITTEN = "1-1017-00207-03-0"
REASON = "ตรวจกับบัตรประชาชน"
NEW_KEY = "2:" + base64.b64encode(b"9" * 32).decode()


@pytest.fixture
def person():
    return make_person(make_household(), national_id=NATIONAL_ID)


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


def reveal(person):
    return reverse("households:person-reveal", args=[person.pk])


def edit(person, **changes):
    typed = {"title": "นาย", "first_name": "บุญช่วย", "last_name": "ทองสุข", **changes}
    return reverse("households:person-edit", args=[person.pk]), typed


def everything_in(table) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return repr(
            [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor]
        )


def test_the_database_holds_no_national_id(person, head):
    head.post(reveal(person), {"reason": REASON})

    for table in ("households_person", "accounts_auditevent"):
        rows = everything_in(table)
        assert NATIONAL_ID not in rows
        assert WRITTEN not in rows


def test_no_page_and_no_export_shows_one(person, head):
    addresses = [
        reverse("households"),
        reverse("households") + "?export=csv",
        reverse("households:household", args=[person.household_id]),
        reverse("households:person-edit", args=[person.pk]),
        reveal(person),
    ]
    for address in addresses:
        page = head.get(address).getvalue().decode()

        assert NATIONAL_ID not in page
        assert WRITTEN not in page


def test_a_reveal_shows_the_number_once_and_is_recorded(person, head):
    response = head.post(reveal(person), {"reason": REASON})

    assert WRITTEN in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.get(action="reveal_national_id")
    assert (event.target, event.detail) == (f"person {person.pk}", {"reason": REASON})
    assert WRITTEN not in head.get(reveal(person)).content.decode()


def test_a_reveal_without_a_reason_shows_and_records_nothing(person, head):
    response = head.post(reveal(person), {"reason": " "})

    assert "reason" in response.context["form"].errors
    assert WRITTEN not in response.content.decode()
    assert not AuditEvent.objects.exists()


def test_a_role_that_may_not_reveal_is_refused(person, sign_in):
    provincial_head = sign_in(make_officer(Role.PROVINCIAL_HEAD))

    assert provincial_head.post(reveal(person), {"reason": REASON}).status_code == 403
    assert (
        reveal(person)
        not in provincial_head.get(
            reverse("households:household", args=[person.household_id])
        ).content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("110170020703", "เลขประจำตัวประชาชนต้องมี 13 หลัก"),
        ("11017002070301", "เลขประจำตัวประชาชนต้องมี 13 หลัก"),
        ("1101700207031", "ตรวจสอบเลขประจำตัวประชาชน หลักสุดท้ายไม่สอดคล้อง"),
        ("ไม่มี", "เลขประจำตัวประชาชนต้องมี 13 หลัก"),
    ],
)
def test_a_wrong_number_is_refused_beside_its_box_and_the_rest_stays_typed(person, head, typed, message):
    address, form = edit(person, national_id=typed, phone="081 234 5678")

    response = head.post(address, form)

    assert response.context["form"].errors == {"national_id": [message]}
    assert "081 234 5678" in response.content.decode()
    assert Person.objects.get(pk=person.pk).open_national_id() == NATIONAL_ID


def test_a_number_in_thai_digits_and_groups_is_kept(head):
    person = make_person()
    address, form = edit(person, national_id="๑-๑๐๑๗-๐๐๒๐๗-๐๓-๐")

    head.post(address, form)

    assert Person.objects.get(pk=person.pk).open_national_id() == NATIONAL_ID


def test_an_empty_box_leaves_the_number_and_the_tick_removes_it(person, head):
    address, form = edit(person)
    head.post(address, form)
    assert Person.objects.get(pk=person.pk).masked_id == "x-xxxx-xxxxx-03-0"

    head.post(address, {**form, "remove_id": "on"})

    gone = Person.objects.get(pk=person.pk)
    assert (gone.sealed_id, gone.id_hash, gone.id_tail) == (None, "", "")


def test_one_number_belongs_to_one_person(person, head):
    address = reverse("households:person-new", args=[person.household_id])
    typed = {"first_name": "สมปอง", "national_id": NATIONAL_ID, "key": "0" * 31 + "1"}

    response = head.post(address, typed)

    assert "นายบุญช่วย ทองสุข" in response.context["form"].errors["national_id"][0]
    assert Person.objects.with_national_id(NATIONAL_ID).count() == 1


def test_a_person_sent_twice_is_added_once(head):
    household = make_household()
    address = reverse("households:person-new", args=[household.pk])
    typed = {"first_name": "สมปอง", "last_name": "ทองสุข", "key": "0" * 31 + "1", "national_id": NATIONAL_ID}

    answers = [head.post(address, typed).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert household.people.filter(first_name="สมปอง").count() == 1


def test_numbers_are_sealed_again_with_the_newest_key(settings, capsys):
    people = [make_person(national_id=NATIONAL_ID) for _ in range(3)]
    settings.NATIONAL_ID_KEYS = [NEW_KEY, *settings.NATIONAL_ID_KEYS]

    call_command("reseal_national_ids", "--batch=2")

    settings.NATIONAL_ID_KEYS = [NEW_KEY]
    opened = [Person.objects.get(pk=person.pk).open_national_id() for person in people]
    assert opened == [NATIONAL_ID] * 3
    assert "Done: 3 of 3" in capsys.readouterr().out


def test_resealing_goes_on_where_it_was_stopped(settings, capsys):
    make_person(national_id=NATIONAL_ID)
    settings.NATIONAL_ID_KEYS = [NEW_KEY, *settings.NATIONAL_ID_KEYS]
    call_command("reseal_national_ids")
    make_person()

    call_command("reseal_national_ids")

    assert "Done: 0 of 1" in capsys.readouterr().out
