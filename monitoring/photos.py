"""Photos of a visit: at most ten, drawn anew (config/pictures.py), and only while the visit can be edited."""

import uuid
from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Officer
from config.pictures import CannotAttach, as_jpeg, redrawn, shown_name
from monitoring.models import Photo, Visit
from monitoring.visits import editable, touch

MOST_PHOTOS = 10


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew; `name` is the file's own, for messages alone."""

    name: str
    jpeg: bytes
    width: int  # pixels
    height: int


def attach(*, visit: Visit, upload, caption: str, by: Officer, **known) -> Photo:
    """Keep a picture of a visit that can still be edited. The officer has confirmed consent of visible faces.

    `known` is what a device knew of it: answer, original_sha256, taken_at. Raises `CannotAttach` for what is no
    picture, is too large, is there already or is one too many, and `CannotRecord` when the visit was sent.
    """
    return keep(visit=visit, drawn=draw(upload), caption=caption, by=by, **known)


def draw(upload) -> Drawn:
    """The picture of an upload drawn anew, which takes a while and is done before anything is locked.

    Raises `CannotAttach`.
    """
    picture = redrawn(upload)
    return Drawn(shown_name(upload), as_jpeg(picture), picture.width, picture.height)


@transaction.atomic
def keep(*, visit: Visit, drawn: Drawn, caption: str, by: Officer, **known) -> Photo:
    """Keep a picture that was drawn anew. Raises `CannotAttach` and `CannotRecord` as `attach` does."""
    visit = editable(visit)
    seal = sha256(drawn.jpeg).hexdigest()
    _refuse_one_too_many(visit, seal, drawn.name)
    touch(visit, by=by)
    return Photo.objects.create(
        visit=visit,
        picture=ContentFile(drawn.jpeg, name=f"{uuid.uuid4().hex}.jpg"),
        sha256=seal,
        width=drawn.width,
        height=drawn.height,
        caption=caption,
        has_consent=True,
        added_by=by,
        **known,
    )


def _refuse_one_too_many(visit: Visit, seal: str, name: str) -> None:
    if visit.photos.filter(sha256=seal).exists():
        raise CannotAttach(f"แนบภาพ “{name}” แล้ว")
    if visit.photos.count() >= MOST_PHOTOS:
        raise CannotAttach(f"แนบได้ไม่เกิน {MOST_PHOTOS} ภาพ ลบบางภาพก่อนเพิ่ม")


@transaction.atomic
def remove(*, photo: Photo, by: Officer) -> None:
    """Delete a picture while its visit can be edited. Raises `CannotRecord`."""
    visit = editable(photo.visit)
    picture = photo.picture
    photo.delete()
    touch(visit, by=by)
    transaction.on_commit(lambda: picture.storage.delete(picture.name))
