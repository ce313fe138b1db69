"""Pictures that officers send: accepted by what they are, not by their name, and drawn anew before they are kept.

Re-encoding leaves behind whatever a file carried besides its picture: place and camera, scripts, appended archives.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600  # pixels
QUALITY = 85
PDF = b"%PDF-"
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)
TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class CannotAttach(ValueError):
    """The file is not kept; the message names it and says what to do."""


def redrawn(upload, *, kinds: str = "ภาพ JPG PNG หรือ WebP") -> Image.Image:
    """The upright picture of an upload, at most 1600 pixels long, nothing but its colours.

    Raises `CannotAttach`; `kinds` is what the refusal says may be sent instead.
    """
    name = shown_name(upload)
    refuse_large(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(upload)
    except TOO_MANY_PIXELS as refusal:
        raise CannotAttach(f"ภาพ “{name}” ใหญ่เกิน 50 ล้านจุด ย่อภาพก่อนแนบ") from refusal
    except BROKEN as refusal:
        raise CannotAttach(f"ไฟล์ “{name}” เป็นชนิดที่ไม่รองรับ ใช้{kinds}") from refusal


def refuse_large(upload) -> None:
    """Raises `CannotAttach` above 10 MB."""
    if upload.size > MOST_BYTES:
        raise CannotAttach(f"ไฟล์ “{shown_name(upload)}” ใหญ่กว่า 10 MB")


def picture_or_pdf(upload) -> tuple[bool, bytes]:
    """Whether an upload is a PDF, and what is kept of it: a PDF as it is, a picture drawn anew.

    Raises `CannotAttach` for anything else, and above 10 MB.
    """
    refuse_large(upload)
    is_pdf = upload.read(len(PDF)) == PDF
    upload.seek(0)
    return is_pdf, upload.read() if is_pdf else as_jpeg(redrawn(upload, kinds=" JPG PNG หรือ PDF"))


def as_jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def shown_name(upload) -> str:
    """The file's own name for a message, short; it is used for nothing else."""
    return upload.name[-60:]


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
