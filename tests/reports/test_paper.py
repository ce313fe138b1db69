"""What holds for every paper: Thai that reads as typed, one font, nothing fetched, the same bytes."""

import io
import os
import socket
import subprocess
import sys
from urllib import request

import pypdf
import pytest
from django.template import engines
from PIL import Image

from reports import paper
from tests.reading import fonts_of, one_line, text_of

THAI = (
    "จำนวน สำนักงานพัฒนาชุมชนอำเภอ ค้ำประกัน น้ำตาล ทำ ต่ำ จ๋ำ ป้าย ปู่ ปี่ ฟ้า ญู ฐุ ที่นี่ กรรมการ "
    "เป็น สตางค์ ครู ปุ่ย ลำดวน ศูนย์จัดการกองทุนชุมชน กข.คจ. ๓๕,๐๐๐.๐๐ 35,000.00 บาท"
)


@pytest.fixture
def print_html(monkeypatch):
    """Prints the text of a template: `print_html("<p>{{ name }}</p>", {"name": …})`."""

    def printed(html, context=None, pictures=None):
        head = '<html lang="th"><head><title>ทดสอบ</title></head><body>'
        source = engines["django"].from_string(f"{head}{html}</body></html>")
        monkeypatch.setattr(paper, "render_to_string", lambda name, context: source.render(context))
        return paper.pdf("any.html", context or {}, pictures)

    return printed


@pytest.mark.parametrize("weight", ["400", "700"])
@pytest.mark.parametrize("options", [[], ["-layout"], ["-raw"]])
def test_thai_copied_from_a_paper_reads_as_it_was_typed(print_html, options, weight):
    content = print_html(f'<p style="font-weight:{weight};width:160mm">{{{{ text }}}}</p>', {"text": THAI})

    assert one_line(text_of(content, *options)).startswith(one_line(THAI))


@pytest.mark.parametrize("word", ["สำนักงาน", "ค้ำประกัน", "น้ำตาล", "จำนวน", "ต่ำ", "ป้าย", "35,000.00"])
@pytest.mark.parametrize("weight", ["400", "700"])
def test_readers_that_know_only_glyphs_read_the_same(print_html, word, weight):
    reader = pypdf.PdfReader(io.BytesIO(print_html(f'<p style="font-weight:{weight}">{THAI}</p>')))

    assert word in reader.pages[0].extract_text()


def test_a_paper_is_tagged_and_names_its_language_and_title(print_html):
    reader = pypdf.PdfReader(io.BytesIO(print_html("<h1>หัวเรื่อง</h1><p>ข้อความ</p>")))

    assert reader.root_object["/Lang"] == "th"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata.title == "ทดสอบ"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()


def test_only_the_packaged_font_is_in_a_paper(print_html):
    everything = "<p style='font-family:DejaVu Sans,serif'>ไทย <b>หนา</b> <i>เอียง</i> ☐ ✓ 漢字 👍 •</p>"

    assert fonts_of(print_html(everything)) == ["Sarabun", "Sarabun-Bold"]


def test_the_same_content_gives_the_same_bytes(print_html):
    first, second, other = (print_html("<p>{{ name }}</p>", {"name": name}) for name in ("ก", "ก", "ข"))

    assert first == second
    assert first != other


def test_a_paper_needs_neither_a_home_nor_fonts_of_the_host(tmp_path, monkeypatch):
    html = "<html lang=th><title>ก</title><p>น้ำ <b>ค้ำ</b>"
    program = (
        "import sys, django; django.setup(); from reports import paper;"
        f"paper.render_to_string = lambda *a: '{html}'; sys.stdout.buffer.write(paper.pdf('', {{}}))"
    )
    bare = tmp_path / "fonts.conf"
    bare.write_text("<fontconfig></fontconfig>")
    host = {"DJANGO_SETTINGS_MODULE": "config.settings", "HOME": "/nonexistent", "FONTCONFIG_FILE": str(bare)}
    monkeypatch.setattr(paper, "render_to_string", lambda *given: html)

    content = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | host, capture_output=True, check=True
    ).stdout

    assert content == paper.pdf("", {})


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}">',
        '<style>@import "{}";</style>',
        '<link rel="stylesheet" href="{}">',
        '<style>@font-face {{ font-family: X; src: url("{}") }} p {{ font-family: X }}</style><p>ก</p>',
        '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
        '<object data="{}"></object>',
        '<link rel="attachment" href="{}">',
        '<embed src="{}"><div style="background:url({})">ก</div>',
    ],
    ids=["img", "import", "stylesheet", "font", "svg", "object", "attachment", "background"],
)
@pytest.mark.parametrize("scheme", ["http", "https", "file", "ftp", "data"])
def test_a_paper_fetches_nothing(print_html, html, scheme, monkeypatch, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the host")
    address = {"file": secret.as_uri(), "data": "data:text/plain,a%20secret%20of%20the%20host"}.get(
        scheme, f"{scheme}://127.0.0.1:9/secret.txt"
    )
    opened = []
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: opened.append(a))
    monkeypatch.setattr(request.OpenerDirector, "open", lambda *a, **k: opened.append(a))

    content = print_html(html.replace("{}", address).replace("{{", "{").replace("}}", "}"))

    assert opened == []
    assert pypdf.PdfReader(io.BytesIO(content)).attachments == {}
    assert b"secret" not in content


def test_a_picture_is_shown_only_when_it_was_handed_over(print_html):
    dot = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(dot, "PNG")
    html = '<img src="picture:dot" alt="จุด"><img src="picture:other" alt="อื่น">'

    content = print_html(html, pictures={"dot": dot.getvalue()})

    assert len(pypdf.PdfReader(io.BytesIO(content)).pages[0].images) == 1


def test_what_an_officer_typed_is_text_and_nothing_else(print_html):
    typed = "<script>alert(1)</script>{{ 7|add:42 }}{{7*7}}<img src=http://127.0.0.1/x>"

    content = print_html("<p>{{ name }}</p>", {"name": typed})

    assert one_line(typed).replace(" ", "") in text_of(content).replace(" ", "").replace("\n", "")
