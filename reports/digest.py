"""The e-mail digest: on a morning with work waiting, an officer who wants it is told how much, and what is late.

A letter leaves the system, so it says counts only: no person, no household, no office. What is late or near
is marked as on the start page, at seven days and at one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from accounts.models import Officer
from config import thai
from reports.inbox import SOON, Inbox, Item, waiting_for

TOMORROW = timedelta(days=1)


def send_digests(*, on: date, tell: Callable[[str], None] = print) -> tuple[int, int]:
    """Send the letters of day `on` that were not sent yet; returns how many were sent and how many could not be.
    One that fails is told and left for the next run, and keeps no other back."""
    sent = failed = 0
    for key in _wanting(on).values_list("pk", flat=True):
        try:
            sent += _send(key, on)
        except OSError as reason:  # what smtplib raises when the letter is not taken
            failed += 1
            tell(f"officer {key}: {reason}")
    return sent, failed


def letter(officer: Officer, inbox: Inbox) -> tuple[str, str]:
    """Subject and text, in Thai."""
    late = sum(_is_late(item, inbox.on) for item in inbox.items)
    more = f" เกินกำหนด {thai.count(late)}" if late else ""
    subject = f"งานที่รอท่านดำเนินการ {thai.count(len(inbox.items))} รายการ{more}"
    lines = [
        f"เรียน {officer.full_name}",
        "",
        f"ณ วันที่ {thai.long_date(inbox.on)} มีงานที่รอท่านดำเนินการ ดังนี้",
        "",
        *_lines(inbox),
        "",
        f"เปิดดูรายการ: {settings.PUBLIC_URL}{reverse('home')}",
        f"ปิดอีเมลนี้: {settings.PUBLIC_URL}{reverse('accounts:profile-edit')}",
    ]
    return subject, "\n".join(lines)


def _wanting(on: date):
    """Who wants a letter and has none of the day."""
    return Officer.objects.active().filter(wants_digest=True).exclude(email="").exclude(digest_on=on)


@transaction.atomic
def _send(key: int, on: date) -> bool:
    """The officer's letter, if something waits. The day is noted with it, so that two runs send one letter."""
    officer = _wanting(on).select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
    if officer is None:
        return False
    officer.digest_on = on
    officer.save(update_fields=["digest_on"])
    inbox = waiting_for(officer, on=on)
    if not inbox.items:
        return False
    send_mail(*letter(officer, inbox), None, [officer.email])
    return True


def _lines(inbox: Inbox) -> Iterator[str]:
    by_kind: dict[str, list[Item]] = defaultdict(list)
    for item in inbox.items:
        by_kind[item.what].append(item)
    for what, items in by_kind.items():
        near = [
            (sum(_is_late(item, inbox.on) for item in items), "เกินกำหนด"),
            (sum(_is_within(item, inbox.on, TOMORROW) for item in items), "ครบกำหนดวันนี้หรือพรุ่งนี้"),
            (sum(_is_within(item, inbox.on, SOON) for item in items), "ครบกำหนดภายใน 7 วัน"),
        ]
        told = [f"{words} {thai.count(count)}" for count, words in near if count]
        yield f"- {what} {thai.count(len(items))} รายการ" + (f" ({' '.join(told)})" if told else "")


def _is_late(item: Item, on: date) -> bool:
    return item.due_on is not None and item.due_on < on


def _is_within(item: Item, on: date, time: timedelta) -> bool:
    return item.due_on is not None and on <= item.due_on <= on + time
