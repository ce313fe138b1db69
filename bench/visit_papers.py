"""Visit reports bound in one PDF, beside the bare renderer on the finished HTML of each."""

from collections.abc import Iterator
from io import BytesIO
from unittest.mock import patch

import pypdf
import weasyprint
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from bench.measure import ratio
from bench.run import Row
from bench.table_paper import FONTS
from monitoring import visit_report
from monitoring.models import Visit
from reports import paper
from reports.visit_bundle import TEMPLATES
from tests.factories import VISITED, make_centre, make_sent_visit, make_village

FINDING = "คณะกรรมการเข้มแข็ง ครัวเรือนปฏิบัติตามแผน และทำบัญชีงบดุลรายเดือนเป็นประจำ"
REPORTS, ROUNDS = 10, 3


def rows() -> Iterator[Row]:
    """Each row says its pages, so that pages a second can be read from it."""
    for number in range(1, REPORTS + 1):
        make_sent_visit(make_centre(make_village(f"310102{number:02}", f"บ้าน {number}")), text=FINDING)
    for name, template in TEMPLATES.items():
        html = [
            render_to_string(template, visit_report.paper_context(each, on=VISITED)) for each in _visits()
        ]
        found = ratio(
            lambda: _ours(template),  # noqa: B023 - called here
            lambda: _bare(html),  # noqa: B023
            rounds=ROUNDS,
            warm_up=1,
            alike=lambda ours, bare: _pages(ours) == _pages(bare),
        )
        size = f"{REPORTS} of {_pages(_ours(template))} pages"
        yield Row(f"{name} visit reports as one PDF / WeasyPrint alone", size, found)


def _visits() -> list[Visit]:
    return list(Visit.objects.with_place().order_by("pk"))


def _ours(template: str) -> bytes:
    """Rows from the database, the templates, and the PDF as an officer gets it."""
    contexts = (visit_report.paper_context(each, on=VISITED) for each in _visits())
    return paper.bind([paper.lay_out(template, context) for context in contexts])


def _bare(htmls: list[str]) -> bytes:
    """The renderer as it comes: no tags, no text to copy, the host's fonts beside ours."""
    with patch.object(weasyprint.draw.text, "draw_first_line", paper._draw_glyphs):
        papers = [_rendered(html) for html in htmls]
        return papers[0].copy([page for each in papers for page in each.pages]).write_pdf()


def _rendered(html: str) -> weasyprint.Document:
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=FONTS, font_config=fonts)
    return weasyprint.HTML(string=html).render(stylesheets=[sheet], font_config=fonts)


def _pages(content: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(content)).pages)
