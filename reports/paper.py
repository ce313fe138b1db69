"""Making paper: a Django template becomes a tagged PDF. The only module that knows WeasyPrint,
but for reports/continuation.py.

The same content gives the same bytes, on every machine: a paper carries no moment of printing. Its foot shows
the day its figures are of and a document code, which is a hash of the content, so two prints can be compared.
Papers know the packaged fonts only, never those of the host, and fetch nothing: a template shows the pictures
it was given (`<img src="picture:NAME">`), and every other address is refused.
"""

import functools
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256

import weasyprint
import weasyprint.draw.text
from django.conf import settings
from django.template.loader import render_to_string
from PIL import ImageFile
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.continuation import continued
from reports.thai_font import readable
from reports.thai_lines import BREAK, with_whole_words

# Importing WeasyPrint lets Pillow accept half a picture in the whole process; uploads must not.
ImageFile.LOAD_TRUNCATED_IMAGES = False

FONTS = {400: "400Regular/Sarabun_400Regular.ttf", 700: "700Bold/Sarabun_700Bold.ttf"}
STYLE = "".join(
    f"@font-face {{ font-family: Sarabun; font-weight: {weight}; src: url(font:{weight}) }}"
    for weight in FONTS
)
CODE_STYLE = "@page {{ @bottom-left {{ content: string(foot) ' • รหัสเอกสาร {code}' }} }}"


WRITTEN = {"pdf_variant": "pdf/ua-1", "optimize_images": False}


def pdf(
    template_name: str,
    context: Mapping,
    pictures: Mapping[str, bytes] | None = None,
    code: str | None = None,
) -> bytes:
    """The template as a PDF/UA-1 document in Thai. `pictures`: name → bytes of a JPEG, PNG or SVG.

    `code` stands in the foot of a sealed paper, whose content is hashed without its design (debts/papers).
    """
    return lay_out(template_name, context, pictures, code).write_pdf(**WRITTEN)


def lay_out(
    template_name: str,
    context: Mapping,
    pictures: Mapping[str, bytes] | None = None,
    code: str | None = None,
) -> weasyprint.Document:
    """The same, laid out in pages and not written yet, to be bound with others."""
    pictures = pictures or {}
    html = render_to_string(template_name, context)
    style = STYLE + CODE_STYLE.format(code=code or _code(html, pictures))
    html, fetcher = with_whole_words(html), OnlyOurs(pictures)
    paper = _rendered(html, style, fetcher)
    marks = continued(paper.pages)
    return _rendered(html, style + marks, fetcher) if marks else paper


def _rendered(html: str, style: str, fetcher: "OnlyOurs") -> weasyprint.Document:
    fonts = PackagedFonts()
    sheet = weasyprint.CSS(string=style, url_fetcher=fetcher, font_config=fonts)
    whole = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return whole.render(stylesheets=[sheet], font_config=fonts, **WRITTEN)


def bind(papers: Sequence[weasyprint.Document]) -> bytes:
    """One PDF of several papers, each with page numbers and a code of its own; at least one."""
    return papers[0].copy([page for paper in papers for page in paper.pages]).write_pdf(**WRITTEN)


def _code(html: str, pictures: Mapping[str, bytes]) -> str:
    """The document code: 4F2A-91C0 for this content and no other."""
    whole = sha256(html.encode())
    for name in sorted(pictures):
        whole.update(sha256(pictures[name]).digest())
    digits = whole.hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


@functools.cache
def font_file(weight: int) -> bytes:
    """The packaged font of this weight, its Thai made readable (reports/thai_font.py)."""
    return readable(settings.PARTS / "@expo-google-fonts" / "sarabun" / FONTS[weight])


class OnlyOurs(URLFetcher):
    """Gives the renderer the packaged fonts and the pictures of this paper; any other address is refused."""

    def __init__(self, pictures: Mapping[str, bytes]):
        super().__init__(allowed_protocols=())
        self._files = {f"picture:{name}": content for name, content in pictures.items()}

    def fetch(self, url, headers=None):
        weight = url.removeprefix("font:")
        if weight.isdecimal() and int(weight) in FONTS:
            return URLFetcherResponse(url, font_file(int(weight)))
        if url in self._files:
            return URLFetcherResponse(url, self._files[url])
        raise ValueError("papers fetch nothing")


class PackagedFonts(FontConfiguration):
    """Begins without a single font: neither those of the host nor its fontconfig rules are read."""

    def __init__(self):
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        font_map = ffi.cast("PangoFcFontMap *", self.font_map)
        pangoft2.pango_fc_font_map_set_config(font_map, self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps it
        self._folder, self.strut_layouts, self.font_features = None, {}, {}


ffi.cdef("FcConfig *FcConfigCreate(void);")


@contextmanager
def _reads_as(text: str, stream):
    """What is drawn inside reads as `text`, in the order it was typed, whatever the order of its glyphs."""
    if not any("\u0e00" <= letter <= "\u0e7f" for letter in text):
        yield
        return
    stream.stream.append(b"/Span <</ActualText <feff%s>>> BDC" % text.encode("utf-16-be").hex().encode())
    yield
    stream.stream.append(b"EMC")


def _draw_line(stream, textbox, *rest):
    if textbox.text == BREAK:
        return ()  # no pictures of letters to draw
    with _reads_as(textbox.text, stream):
        return _draw_glyphs(stream, textbox, *rest)


# WeasyPrint has no setting for this; its version is pinned and tests/reports/test_paper.py reads the text back.
_draw_glyphs = weasyprint.draw.text.draw_first_line
weasyprint.draw.text.draw_first_line = _draw_line
