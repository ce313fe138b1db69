"""Pictures: kept only when they are pictures, and only their colours."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from accounts.roles import Role
from config.pictures import LONGEST_SIDE, CannotAttach
from monitoring.models import Photo
from monitoring.photos import MOST_PHOTOS, attach, remove
from monitoring.visits import CannotRecord
from tests.factories import make_officer, make_photo, make_picture, make_sent_visit, make_visit

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def stored(photo) -> bytes:
    with photo.picture.open() as file:
        return file.read()


def opened(photo) -> Image.Image:
    return Image.open(io.BytesIO(stored(photo)))


def huge_png(width, height) -> bytes:
    """A hundred bytes that claim to be a large picture."""

    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_jpeg(kind):
    photo = make_photo(kind=kind)

    assert opened(photo).format == "JPEG"
    assert (photo.width, photo.height) == (40, 30)


def test_a_large_picture_is_shrunk():
    photo = make_photo(size=(3200, 1200))

    assert opened(photo).size == (LONGEST_SIDE, 600)


def test_a_picture_is_turned_upright_and_forgets_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif.get_ifd(0x8825)[2] = (15.0, 7.0, 30.0)  # latitude
    photo = make_photo(exif=exif)

    picture = opened(photo)

    assert picture.size == (30, 40)
    assert not picture.getexif()
    assert b"Exif" not in stored(photo)


def test_notes_inside_a_picture_are_left_behind():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("comment", "<script>alert(1)</script>")
    photo = make_photo(kind="PNG", pnginfo=notes, name="x.png")

    assert b"script" not in stored(photo)


def test_what_is_appended_to_a_picture_is_left_behind():
    visit = make_visit()
    polyglot = SimpleUploadedFile("ภาพ.jpg", make_picture().read() + b"<script>alert(1)</script>PK\x03\x04")

    photo = attach(visit=visit, upload=polyglot, caption="", by=visit.planned_by)

    assert b"script" not in stored(photo)
    assert b"PK\x03\x04" not in stored(photo)


def test_a_transparent_picture_stands_on_white():
    buffer = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(buffer, "PNG")
    visit = make_visit()

    photo = attach(
        visit=visit, upload=SimpleUploadedFile("a.png", buffer.getvalue()), caption="", by=visit.planned_by
    )

    assert opened(photo).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "C:\\ภาพ.jpg", "ก/ข.jpg", "a.jpg.exe"])
def test_the_name_of_a_file_is_used_for_nothing(name):
    photo = make_photo(name=name)

    kept = photo.picture.name.rsplit("/", 1)[1]
    assert len(kept) == 36
    assert kept.endswith(".jpg")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ชนิดที่ไม่รองรับ"),
        (b"not a picture", "ชนิดที่ไม่รองรับ"),
        (SVG, "ชนิดที่ไม่รองรับ"),
        (b"%PDF-1.7", "ชนิดที่ไม่รองรับ"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;", "ชนิดที่ไม่รองรับ"),
        (huge_png(20_000, 20_000), "ใหญ่เกิน 50 ล้านจุด"),
        (huge_png(9_000, 6_000), "ใหญ่เกิน 50 ล้านจุด"),
        (b"\0" * (10 * 1024 * 1024 + 1), "ใหญ่กว่า 10 MB"),
    ],
    ids=["empty", "text", "svg", "pdf", "gif", "20,000 × 20,000", "9,000 × 6,000", "too large"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_words(content, words):
    visit = make_visit()
    upload = SimpleUploadedFile("ภาพ1.jpg", content)

    with pytest.raises(CannotAttach, match=words) as refusal:
        attach(visit=visit, upload=upload, caption="", by=visit.planned_by)

    assert "ภาพ1.jpg" in str(refusal.value)
    assert not Photo.objects.exists()


def test_half_a_picture_is_refused():
    visit = make_visit()
    whole = make_picture(size=(400, 300)).read()

    with pytest.raises(CannotAttach, match="ชนิดที่ไม่รองรับ"):
        attach(
            visit=visit,
            upload=SimpleUploadedFile("ภาพ.jpg", whole[: len(whole) // 2]),
            caption="",
            by=visit.planned_by,
        )


def test_the_same_picture_is_attached_once():
    photo = make_photo()

    with pytest.raises(CannotAttach, match="แล้ว"):
        make_photo(photo.visit)


def test_a_visit_has_at_most_ten_pictures():
    visit = make_visit()
    for number in range(MOST_PHOTOS):
        make_photo(visit, colour=(number * 20, 0, 0))

    with pytest.raises(CannotAttach, match="แนบได้ไม่เกิน 10 ภาพ"):
        make_photo(visit, colour="white")


def test_a_sent_visit_takes_and_loses_no_pictures():
    visit = make_visit()
    photo = make_photo(visit)
    visit.status = "sent"
    visit.save()

    with pytest.raises(CannotRecord):
        make_photo(visit, colour="white")
    with pytest.raises(CannotRecord):
        remove(photo=photo, by=visit.planned_by)


@pytest.mark.django_db(transaction=True)
def test_removing_a_picture_removes_its_file():
    photo = make_photo()
    storage, name = photo.picture.storage, photo.picture.name

    remove(photo=photo, by=photo.added_by)

    assert not storage.exists(name)


def test_a_picture_is_served_only_as_a_picture(sign_in):
    photo = make_photo()

    response = sign_in(photo.added_by).get(f"/monitoring/photos/{photo.pk}/")

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content) == stored(photo)


def test_a_lost_file_is_not_found(sign_in):
    photo = make_photo()
    photo.picture.storage.delete(photo.picture.name)

    assert sign_in(photo.added_by).get(f"/monitoring/photos/{photo.pk}/").status_code == 404


def upload(client, visit, *files, **typed):
    return client.post(
        f"/monitoring/visits/{visit.pk}/photos/",
        {"pictures": files, "caption": "ประชุม", "has_consent": "on", **typed},
    )


def test_good_pictures_are_kept_and_bad_ones_named(sign_in):
    visit = make_visit()
    bad = SimpleUploadedFile("แผน.exe", b"MZ")

    page = upload(sign_in(visit.planned_by), visit, make_picture(), bad).content.decode()

    assert visit.photos.count() == 1
    assert "แนบภาพแล้ว 1 ภาพ" in page
    assert "ไฟล์ “แผน.exe” เป็นชนิดที่ไม่รองรับ" in page


def test_without_consent_no_picture_is_kept(sign_in):
    visit = make_visit()

    page = upload(sign_in(visit.planned_by), visit, make_picture(), has_consent="").content.decode()

    assert "ยืนยันเรื่องความยินยอม" in page
    assert not visit.photos.exists()


def test_without_a_file_the_page_asks_for_one(sign_in):
    visit = make_visit()

    assert "เลือกภาพอย่างน้อย 1 ภาพ" in upload(sign_in(visit.planned_by), visit).content.decode()


def test_a_sent_visit_answers_an_upload_in_words(sign_in):
    visit = make_sent_visit()
    officer = make_officer(Role.DISTRICT_OFFICER, area=visit.centre.village)

    page = upload(sign_in(officer), visit, make_picture()).content.decode()

    assert "ส่งรายงานแล้ว" in page
    assert not visit.photos.exists()
