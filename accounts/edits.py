"""Two officers edit one row by form: the later one overwrites nothing without having seen it.

A form carries a stamp of every value it showed, in the hidden box `seen`. When it is sent, a box whose kept value
has another stamp was changed meanwhile. Where the officer left such a box as it was, the kept value stays; where
both typed something, the officer is asked to keep mine or to take theirs, and nothing is saved before that.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.audit import record
from accounts.models import AuditEvent, Officer

SEEN, MINE, THEIRS = "seen", "mine", "theirs"
SECRET = {"national_id"}  # boxes whose content enters no record


class Theirs(NamedTuple):
    """What another officer made of one box: in words, its stamp, and the record of the change if there is one."""

    label: str
    words: str
    stamp: str
    event: AuditEvent | None

    @property
    def who(self) -> str:
        return str(self.event.officer) if self.event and self.event.officer else ""

    @property
    def when(self) -> datetime | None:
        return timezone.localtime(self.event.at) if self.event else None


def opened(form, *, at: datetime) -> str:
    """What the hidden box of a form that is shown for the first time holds."""
    return _written(at, _stamps(form))


class Meanwhile:
    """What others changed between the opening of a form and its being sent: `kept` where this officer changed
    nothing or takes theirs, `asked` where the officer has still to choose. `data` is what was typed with the kept
    values in it, `seen` the hidden box for the next time."""

    def __init__(self, form):
        self.form, self.data = form, form.data.copy()
        self.kept: list[Theirs] = []
        self.asked: dict[str, Theirs] = {}
        at, self._seen = _read(form.data.get(SEEN, ""))
        now = _stamps(form)
        moved = [name for name in now if now[name] != self._seen.get(name, now[name])]
        events = _events(form.instance, at) if moved else []
        for name in moved:
            self._settle(name, Theirs(form[name].label, _in_words(form, name), now[name], _of(events, name)))
        self.seen = _written(at, self._seen) if at else ""

    def _settle(self, name: str, theirs: Theirs) -> None:
        answer = self.data.get(f"{name}-answer", "")
        typed = self.form.fields[name].widget.value_from_datadict(self.data, {}, self.form.add_prefix(name))
        is_mine = name in self.form.changed_data
        if answer == f"{MINE}:{theirs.stamp}":
            self._seen[name] = theirs.stamp
        elif answer == THEIRS or not is_mine or _stamp(_text(self.form, name, typed)) == self._seen[name]:
            self.kept.append(theirs)
            _put(self.form, name, self.data)
        else:
            self.asked[name] = theirs

    @property
    def kept_boxes(self) -> str:
        return ", ".join(theirs.label for theirs in self.kept)

    def ask(self, form) -> None:
        """Have the boxes of the form that is shown again ask for the choice."""
        for name, theirs in self.asked.items():
            form.fields[name].theirs = theirs


def record_edit(form, *, by: Officer) -> None:
    """Who changed what of the row of a saved form, from what to what; nothing of what is secret. Pages whose verb
    keeps its own record do without."""
    detail = {name: _change(form, name) for name in form.changed_data if not form[name].is_hidden}
    if detail:
        row = form.instance
        record(by=by, action=f"{row._meta.model_name}-edit", target=target_of(row), detail=detail)


def _change(form, name: str) -> list[str]:
    if name in SECRET:
        return []
    return [_in_words(form, name), _in_words(form, name, form.cleaned_data.get(name))]


def _stamps(form) -> dict[str, str]:
    return {name: _stamp(_kept(form, name)) for name, box in form.fields.items() if not box.widget.is_hidden}


def _kept(form, name: str) -> str:
    """The value in the database, as the box would show it; a form tells in `kept` what no box shows."""
    return form.kept[name][0] if name in form.kept else _text(form, name, form[name].initial)


def _in_words(form, name: str, *value) -> str:
    """The kept value, or the one given, as an officer reads it."""
    if name in form.kept and not value:
        return form.kept[name][1]
    text = _text(form, name, value[0] if value else form[name].initial)
    if isinstance(form.fields[name], forms.BooleanField):
        return "ใช่" if text == "True" else "ไม่ใช่"
    return next((label for key, label in _choices(form.fields[name]) if key == text), text)


def _choices(box) -> Iterator[tuple[str, str]]:
    for key, label in getattr(box, "choices", []):
        if isinstance(label, (list, tuple)):
            yield from ((str(each), str(name)) for each, name in label)
        else:
            yield str(key), str(label)


def _text(form, name: str, value) -> str:
    """One text for one value, typed or kept."""
    box = form.fields[name]
    if isinstance(value, str):
        try:
            value = box.to_python(value)
        except forms.ValidationError:
            return value
    shown = box.prepare_value(value)
    return str(getattr(shown, "pk", shown)) if shown is not None else ""


def _put(form, name: str, data) -> None:
    """Write the kept value into what was typed."""
    text = "" if name in form.kept else _text(form, name, form[name].initial)
    if isinstance(form.fields[name].widget, forms.CheckboxInput) and text != "True":
        data.pop(form.add_prefix(name), None)
    else:
        data[form.add_prefix(name)] = text


def _stamp(text: str) -> str:
    return sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def _written(at: datetime, stamps: dict[str, str]) -> str:
    return json.dumps({"at": at.isoformat(), "of": stamps}, separators=(",", ":"))


def _read(text: str) -> tuple[datetime | None, dict[str, str]]:
    """The moment and the stamps of a hidden box; nothing of one that cannot be read."""
    try:
        found = json.loads(text)
        at, stamps = parse_datetime(found["at"]), dict(found["of"])
    except (ValueError, KeyError, TypeError):
        return None, {}
    return (at, stamps) if at and timezone.is_aware(at) else (None, {})


def target_of(row: Model) -> str:
    """What the record calls a row."""
    return f"{row._meta.model_name} {row.pk}"


def _events(row: Model, since: datetime | None) -> list[AuditEvent]:
    found = AuditEvent.objects.filter(at__gte=since, target=target_of(row)) if since else []
    return list(found.select_related("officer").order_by("-pk")) if since else []


def _of(events: list[AuditEvent], name: str) -> AuditEvent | None:
    """The newest change of this box; else the newest change of the row, which may have changed it in passing."""
    return next((event for event in events if name in event.detail), events[0] if events else None)
