"""Every place that takes a picture or a paper, offered every kind of bad file through its page."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from households.models import Document
from monitoring.models import FollowUp, Photo
from tests.factories import (
    make_contract,
    make_household,
    make_officer,
    make_picture,
    make_recommendation,
    make_village,
    make_visit,
)
from tests.monitoring.test_photos import SVG, huge_png
from tests.world import CODES, THEIRS

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


def bad(name, content):
    return SimpleUploadedFile(name, content)


BAD = {
    "wrong type behind a right name": (lambda: bad("ภาพ.jpg", b"MZ\x90\x00 program"), "ชนิดที่ไม่รองรับ"),
    "20,000 × 20,000": (lambda: bad("ภาพ.png", huge_png(20_000, 20_000)), "ใหญ่เกิน 50 ล้านจุด"),
    "script in an SVG": (lambda: bad("ภาพ.svg", SVG), "ชนิดที่ไม่รองรับ"),
    "50 MB": (lambda: bad("ภาพ.jpg", b"\xff\xd8" + b"\0" * 50 * MEGABYTE), "ใหญ่กว่า 10 MB"),
}
A_PATH_AS_NAME = "../../../etc/cron.d/ภาพ.jpg"


def of_a_visit():
    visit = make_visit()
    return visit.planned_by, reverse("monitoring:visit-photos", args=[visit.pk]), "pictures"


def of_a_device():
    visit = make_visit()
    return visit.planned_by, reverse("monitoring:visit-device-photo", args=[visit.pk]), "picture"


def of_a_household():
    household = make_household()
    return make_officer(), reverse("households:document-new", args=[household.pk]), "content"


def of_a_contract():
    contract = make_contract()
    return make_officer(), reverse("debts:contract-signed", args=[contract.pk]), "content"


def of_a_recommendation():
    asked = make_recommendation()
    return asked.visit.planned_by, reverse("monitoring:recommendation-report", args=[asked.pk]), "proof"


PLACES = [of_a_visit, of_a_device, of_a_household, of_a_contract, of_a_recommendation]


def offer(client, place, upload):
    officer, address, box = place()
    client.force_login(officer)
    key = "6f1d2c1e-8a4b-4a51-9f6e-0d7f2a9c1b11"
    typed = {
        "kind": "consent",
        "name": "หนังสือ",
        "caption": "ก",
        "has_consent": "on",
        "key": key,
        "status": "claimed",
    }
    return client.post(address, {**typed, box: upload}, follow=True)


def said(response) -> str:
    return response.json()["state"] if "json" in response["Content-Type"] else response.content.decode()


def kept_files() -> list:
    return [
        *(each.picture for each in Photo.objects.all()),
        *(each.content for each in Document.objects.all()),
        *(each.proof for each in FollowUp.objects.exclude(proof="")),
    ]


def kept() -> bytes:
    (file,) = kept_files()
    with file.open() as opened:
        return opened.read()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(kind, place, client):
    make, words = BAD[kind]

    response = offer(client, place, make())

    assert words in said(response)
    assert kept_files() == []


@pytest.mark.parametrize("place", PLACES)
def test_a_kept_picture_has_forgotten_its_place(place, client):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (15.0, 7.0, 30.0)  # latitude

    offer(client, place, make_picture(exif=exif))

    assert not Image.open(io.BytesIO(kept())).getexif()
    assert b"Exif" not in kept()


@pytest.mark.parametrize("place", PLACES)
def test_a_path_in_the_name_leads_nowhere(place, client, settings):
    offer(client, place, make_picture(name=A_PATH_AS_NAME))

    (file,) = kept_files()
    assert file.path.startswith(settings.MEDIA_ROOT)
    assert "cron" not in file.name
    assert file.name.endswith(".jpg")


@pytest.mark.parametrize("place", PLACES)
def test_what_is_kept_is_served_to_nobody_of_another_area(place, client):
    offer(client, place, make_picture())
    routes = {
        "monitoring:photo": Photo.objects,
        "monitoring:proof": FollowUp.objects,
        "households:document": Document.objects,
    }
    [(route, row)] = [(route, rows.get()) for route, rows in routes.items() if rows.exists()]
    client.force_login(make_officer(area=make_village(CODES[THEIRS])))

    assert client.get(reverse(route, args=[row.pk])).status_code == 404
    (file,) = kept_files()
    assert client.get(f"/media/{file.name}").status_code == 404
