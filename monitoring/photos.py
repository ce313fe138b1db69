"""Photos of a visit: at most ten, drawn anew (config/pictures.py), and only while the visit can be edited."""

import uuid
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Officer
from config.pictures import CannotAttach, as_jpeg, redrawn, shown_name
from monitoring.models import Photo, Visit
from monitoring.visits import editable, touch

MOST_PHOTOS = 10


def attach(*, visit: Visit, upload, caption: str, by: Officer) -> Photo:
    """Keep a picture of a visit that can still be edited. The officer has confirmed consent of visible faces.

    Raises `CannotAttach` for what is no picture, is too large, is there already or is one too many, and
    `CannotRecord` when the visit was sent. The picture is drawn before anything is locked.
    """
    picture = redrawn(upload)
    jpeg = as_jpeg(picture)
    seal = sha256(jpeg).hexdigest()
    with transaction.atomic():
        visit = editable(visit)
        _refuse_one_too_many(visit, seal, upload)
        touch(visit, by=by)
        return Photo.objects.create(
            visit=visit,
            picture=ContentFile(jpeg, name=f"{uuid.uuid4().hex}.jpg"),
            sha256=seal,
            width=picture.width,
            height=picture.height,
            caption=caption,
            has_consent=True,
            added_by=by,
        )


def _refuse_one_too_many(visit: Visit, seal: str, upload) -> None:
    if visit.photos.filter(sha256=seal).exists():
        raise CannotAttach(f"แนบภาพ “{shown_name(upload)}” แล้ว")
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
