"""Appointing officers, moving them to another post, ending their access. A post is a role and its area.

Whoever appoints may only fill the posts that `MAY_APPOINT` gives the role, inside the own area. What an
officer did stays with the area: rows name who did them and are never moved with the person.
"""

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts import second_step
from accounts.audit import record
from accounts.models import Officer
from accounts.passwords import first_password
from accounts.roles import AREA_LEVEL, MAY_APPOINT, Role
from areas.models import Area, Level


class CannotAppoint(Exception):
    """The post is not one that this officer may fill."""


class CannotChange(Exception):
    """This officer's access is not this person's to change."""


@transaction.atomic
def appoint(*, username, role, area, by, request=None, **names) -> tuple[Officer, str]:
    """A new officer and the first password, which is shown once and must be changed at the first sign-in."""
    _check_post(role, area, by)
    password = first_password()
    officer = Officer.objects.create_user(
        username.lower(), password=password, role=role, area=area, must_change_password=True, **names
    )
    _record("appoint", officer, by, request, role=role, area=area.code)
    return officer, password


@transaction.atomic
def move(*, officer, role, area, by, request=None) -> None:
    """Give the officer another post."""
    officer = _locked(officer, by)
    _check_post(role, area, by)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(officer)
    before = {"role": officer.role, "area": officer.area_id}
    officer.role, officer.area = role, area
    officer.save(update_fields=["role", "area"])
    _record("move", officer, by, request, before=before, after={"role": role, "area": area.code})


@transaction.atomic
def dismiss(*, officer, by, reason, request=None) -> None:
    """End the officer's access at once, on every device. The account and its history stay."""
    officer = _locked(officer, by)
    _keep_an_administrator(officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    _end_sessions(officer)
    _record("dismiss", officer, by, request, reason=reason)


@transaction.atomic
def restore(*, officer, by, request=None) -> str:
    """Let a dismissed officer in again, with a new first password."""
    officer = _locked(officer, by)
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    _record("restore", officer, by, request)
    return _new_password(officer)


@transaction.atomic
def set_first_password(*, officer, by, forget_second_step=False, request=None) -> str:
    """A new first password for who forgot the old one; on request also without the lost second step."""
    officer = _locked(officer, by)
    if forget_second_step:
        second_step.forget(officer)
    _record("first_password", officer, by, request, second_step_forgotten=forget_second_step)
    return _new_password(officer)


@transaction.atomic
def sign_out_everywhere(*, officer, by, request=None) -> int:
    """End every session of the officer; the number of sessions ended."""
    officer = _locked(officer, by)
    ended = _end_sessions(officer)
    _record("sign_out_everywhere", officer, by, request, sessions=ended)
    return ended


def may_change(by, officer) -> bool:
    """Whether the officer's post is one that `by` may fill, and not the own."""
    return by.pk != officer.pk and (not officer.role or officer.role in MAY_APPOINT.get(by.role, ()))


def _locked(officer, by) -> Officer:
    """The officer, held until the end; refused when it is not for `by` to change."""
    held = {
        each.pk: each
        for each in Officer.objects.select_for_update().filter(pk__in=[officer.pk, by.pk]).order_by("pk")
    }
    if officer.pk == by.pk:
        raise CannotChange("เปลี่ยนสิทธิ์ของตนเองไม่ได้ ต้องให้ผู้อื่นดำเนินการ")
    if not held[by.pk].is_active or not may_change(held[by.pk], held[officer.pk]):
        raise CannotChange("ท่านไม่มีสิทธิ์เปลี่ยนข้อมูลของผู้ใช้ในบทบาทนี้")
    if not Officer.objects.for_user(by).filter(pk=officer.pk).exists():
        raise CannotChange("ผู้ใช้นี้อยู่นอกพื้นที่ของท่าน")
    return held[officer.pk]


def _check_post(role, area, by) -> None:
    if role not in MAY_APPOINT.get(by.role, ()):
        raise CannotAppoint("บทบาทของท่านแต่งตั้งบทบาทนี้ไม่ได้")
    if area.level != AREA_LEVEL[role]:
        raise CannotAppoint(f"บทบาท{Role(role).label}ต้องรับผิดชอบระดับ{Level(AREA_LEVEL[role]).label}")
    if not Area.objects.for_user(by).filter(pk=area.pk).exists():
        raise CannotAppoint("พื้นที่นี้อยู่นอกความรับผิดชอบของท่าน")


def _keep_an_administrator(officer) -> None:
    """Refuse when `officer` is the last administrator who can sign in."""
    active = Officer.objects.select_for_update().active().filter(role=Role.ADMINISTRATOR).order_by("pk")
    if [each.pk for each in active] == [officer.pk]:
        raise CannotChange("ต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อย 1 คน")


def _new_password(officer) -> str:
    password = first_password()
    officer.set_password(password)
    officer.must_change_password = True
    officer.save(update_fields=["password", "must_change_password"])
    _end_sessions(officer)
    return password


def _end_sessions(officer) -> int:
    sessions = list(UserSession.objects.filter(user=officer))
    for session in sessions:
        session.end()
    return len(sessions)


def _record(action, officer, by, request, **detail) -> None:
    record(by=by, action=action, target=f"officer:{officer.pk}", detail=detail, request=request)
