"""Photos of a visit: accepted by what they are, not by their name, and drawn anew before they are kept.

Re-encoding leaves behind whatever a file carried besides its picture: place and camera, scripts, appended archives.
"""

import io
import uuid
import warnings
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from accounts.models import Officer
from monitoring.models import Photo, Visit
from monitoring.visits import editable, touch

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PHOTOS = 10
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600  # pixels
QUALITY = 85
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class CannotAttach(ValueError):
    """The file is not kept; the message names it and says what to do."""


def attach(*, visit: Visit, upload, caption: str, by: Officer) -> Photo:
    """Keep a picture of a visit that can still be edited. The officer has confirmed consent of visible faces.

    Raises `CannotAttach` for what is no picture, is too large, is there already or is one too many, and
    `CannotRecord` when the visit was sent. The picture is drawn before anything is locked.
    """
    picture = redrawn(upload)
    jpeg = _jpeg(picture)
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
        raise CannotAttach(f"แนบภาพ “{_shown_name(upload)}” แล้ว")
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


def redrawn(upload) -> Image.Image:
    """The upright picture of an upload, at most 1600 pixels long, nothing but its colours. `CannotAttach`."""
    name = _shown_name(upload)
    if upload.size > MOST_BYTES:
        raise CannotAttach(f"ไฟล์ “{name}” ใหญ่กว่า 10 MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(upload)
    except TOO_MANY_PIXELS as refusal:
        raise CannotAttach(f"ภาพ “{name}” ใหญ่เกิน 50 ล้านจุด ย่อภาพก่อนแนบ") from refusal
    except BROKEN as refusal:
        raise CannotAttach(f"ไฟล์ “{name}” เป็นชนิดที่ไม่รองรับ ใช้ภาพ JPG PNG หรือ WebP") from refusal


def _draw(upload) -> Image.Image:
    with Image.open(upload, formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _on_white(upright)


def _on_white(image: Image.Image) -> Image.Image:
    """Only the colours, on white paper where the picture is transparent; none of its notes."""
    canvas = Image.new("RGB", image.size, "white")
    layers = image.convert("RGBA")
    canvas.paste(layers, mask=layers.getchannel("A"))
    return canvas


def _jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _shown_name(upload) -> str:
    """The file's own name for a message, short; it is used for nothing else."""
    return upload.name[-60:]
