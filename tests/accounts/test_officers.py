"""Who may appoint whom, and where; nobody changes himself; the last administrator stays."""

import pytest

from accounts import officers
from accounts.models import AuditEvent, Officer
from accounts.officers import CannotAppoint, CannotChange
from accounts.roles import AREA_LEVEL, MAY_APPOINT, Role
from areas.models import Area
from tests.factories import PASSWORD, make_officer, make_village

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "33100503", "63010503"


def area_for(role, code=HERE) -> Area:
    village = make_village(code)
    level = AREA_LEVEL[role]
    return Area.objects.get(code="TH") if level == "country" else village.above(level)


def appoint(by, role=Role.DISTRICT_OFFICER, area=None, **fields):
    fields = {"username": "somjai.r", "first_name": "สมใจ", **fields}
    return officers.appoint(role=role, area=area or area_for(role), by=by, **fields)


@pytest.mark.parametrize("by_role", list(Role))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_fills_only_the_posts_it_may(by_role, role):
    by = make_officer(by_role, area=make_village(HERE))

    if role in MAY_APPOINT.get(by_role, ()):
        assert appoint(by, role)[0].role == role
    else:
        with pytest.raises(CannotAppoint):
            appoint(by, role)


def test_nobody_is_appointed_outside_the_own_area():
    by = make_officer(Role.PROVINCIAL_HEAD, area=make_village(HERE))

    with pytest.raises(CannotAppoint, match="นอกความรับผิดชอบ"):
        appoint(by, area=area_for(Role.DISTRICT_OFFICER, ELSEWHERE))


def test_the_area_fits_the_role():
    by = make_officer(Role.ADMINISTRATOR)

    with pytest.raises(CannotAppoint, match="ระดับอำเภอ"):
        appoint(by, Role.DISTRICT_HEAD, area=area_for(Role.PROVINCIAL_HEAD))


def test_the_first_password_works_and_must_be_changed():
    officer, password = appoint(make_officer(Role.PROVINCIAL_HEAD))

    assert officer.check_password(password)
    assert officer.must_change_password


def test_two_officers_never_get_the_same_first_password():
    by = make_officer(Role.PROVINCIAL_HEAD)

    passwords = {appoint(by, username=f"officer-{number}")[1] for number in range(5)}

    assert len(passwords) == 5


def test_nobody_changes_himself():
    by = make_officer(Role.ADMINISTRATOR)
    make_officer(Role.ADMINISTRATOR)

    with pytest.raises(CannotChange, match="ตนเอง"):
        officers.dismiss(officer=by, by=by, reason="ลอง")


def test_the_last_administrator_cannot_be_removed():
    last, by = make_officer(Role.ADMINISTRATOR), make_officer(Role.ADMINISTRATOR)
    officers.dismiss(officer=last, by=by, reason="เกษียณ")

    with pytest.raises(CannotChange):
        officers.dismiss(officer=by, by=last, reason="แก้แค้น")
    last.refresh_from_db()
    by.refresh_from_db()
    assert (last.is_active, by.is_active) == (False, True)


def test_the_last_administrator_keeps_the_role(monkeypatch):
    only, by = make_officer(Role.ADMINISTRATOR), make_officer(Role.DEPARTMENT)
    monkeypatch.setitem(MAY_APPOINT, Role.DEPARTMENT, set(Role))

    with pytest.raises(CannotChange, match="อย่างน้อย 1 คน"):
        officers.move(officer=only, role=Role.DEPARTMENT, area=only.area, by=by)


def test_an_officer_of_a_higher_post_is_not_changed_from_below():
    head = make_officer(Role.PROVINCIAL_HEAD)
    staff = make_officer(Role.PROVINCIAL_STAFF)

    with pytest.raises(CannotChange, match="บทบาทนี้"):
        officers.set_first_password(officer=head, by=staff)


def test_an_officer_of_another_province_is_not_changed():
    theirs = make_officer(Role.DISTRICT_HEAD, area=make_village(ELSEWHERE))
    by = make_officer(Role.PROVINCIAL_HEAD, area=make_village(HERE))

    with pytest.raises(CannotChange, match="นอกพื้นที่"):
        officers.dismiss(officer=theirs, by=by, reason="ลอง")


def test_what_an_officer_did_stays_with_the_area_when_the_officer_moves():
    officer = make_officer(Role.DISTRICT_HEAD, area=make_village(HERE))
    by = make_officer(Role.ADMINISTRATOR)

    officers.move(
        officer=officer, role=Role.DISTRICT_HEAD, area=area_for(Role.DISTRICT_HEAD, ELSEWHERE), by=by
    )

    moved = Officer.objects.get(pk=officer.pk)
    assert moved.area_id == "6301"
    event = AuditEvent.objects.get(action="move")
    assert event.detail["before"]["area"] == "3310"


def test_dismissing_ends_every_session_at_once(client):
    officer, by = make_officer(), make_officer(Role.PROVINCIAL_HEAD)
    client.post("/accounts/login/", {"login": officer.username, "password": PASSWORD})
    assert client.get("/").status_code == 200

    officers.dismiss(officer=officer, by=by, reason="ย้าย")

    assert client.get("/").status_code == 302


def test_signing_out_everywhere_ends_the_sessions_of_all_devices(client):
    officer, by = make_officer(), make_officer(Role.PROVINCIAL_HEAD)
    client.post("/accounts/login/", {"login": officer.username, "password": PASSWORD})

    ended = officers.sign_out_everywhere(officer=officer, by=by)

    assert ended == 1
    assert client.get("/").status_code == 302


def test_a_dismissed_officer_comes_back_with_a_new_first_password():
    officer, by = make_officer(), make_officer(Role.PROVINCIAL_HEAD)
    officers.dismiss(officer=officer, by=by, reason="ลาศึกษาต่อ")

    password = officers.restore(officer=officer, by=by)

    officer.refresh_from_db()
    assert officer.is_active
    assert officer.check_password(password)


def test_every_act_is_recorded_without_a_name():
    by = make_officer(Role.PROVINCIAL_HEAD)
    officer, _ = appoint(by, first_name="สมใจ")
    officers.set_first_password(officer=officer, by=by)
    officers.sign_out_everywhere(officer=officer, by=by)
    officers.dismiss(officer=officer, by=by, reason="เกษียณ")
    officers.restore(officer=officer, by=by)

    events = AuditEvent.objects.order_by("pk")
    assert [event.action for event in events] == [
        "appoint",
        "first_password",
        "sign_out_everywhere",
        "dismiss",
        "restore",
    ]
    assert {event.target for event in events} == {f"officer:{officer.pk}"}
    assert "สมใจ" not in str([event.detail for event in events])


def test_the_new_officers_page_offers_only_posts_and_areas_of_the_own_area(sign_in):
    make_village(ELSEWHERE)
    client = sign_in(make_officer(Role.PROVINCIAL_STAFF, area=make_village(HERE)))

    form = client.get("/manage/officers/new/").context["form"]

    assert {value for value, _ in form.fields["role"].choices} == {"", *MAY_APPOINT[Role.PROVINCIAL_STAFF]}
    assert all(area.code.startswith("33") for area in form.fields["area"].queryset)


def test_the_first_password_is_shown_once_as_the_answer(sign_in):
    client = sign_in(make_officer(Role.PROVINCIAL_STAFF, area=make_village(HERE)))
    posted = {"username": "Somjai.R", "first_name": "สมใจ", "role": Role.DISTRICT_OFFICER, "area": "3310"}

    response = client.post("/manage/officers/new/", posted)

    officer = Officer.objects.get(username="somjai.r")
    password = response.context["password"]
    assert officer.check_password(password)
    assert password not in client.get(f"/manage/officers/{officer.pk}/").content.decode()


def test_a_refusal_is_shown_and_nothing_typed_is_lost(sign_in):
    client = sign_in(make_officer(Role.PROVINCIAL_STAFF, area=make_village(HERE)))
    posted = {"username": "somjai.r", "first_name": "สมใจ", "role": Role.DISTRICT_OFFICER, "area": "33"}

    page = client.post("/manage/officers/new/", posted).content.decode()

    assert "ต้องรับผิดชอบระดับอำเภอ" in page
    assert 'value="สมใจ"' in page
    assert "<title>ผิดพลาด: " in page
