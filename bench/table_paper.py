"""The table of a centre's contracts as PDF, beside the bare renderer on the finished HTML."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from random import Random
from unittest.mock import patch

import pypdf
import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration

from bench import seed
from bench.measure import ratio
from bench.run import Row
from debts.models import Contract
from funds.models import Centre
from reports import paper
from reports.contracts_table import contracts_table
from tests.factories import (
    SIGNED,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_village,
)

TEMPLATE = "papers/contracts_table.html"
FOLDER = settings.PARTS / "@expo-google-fonts" / "sarabun"
FONTS = "".join(
    f"@font-face {{ font-family: Sarabun; font-weight: {weight}; src: url({(FOLDER / path).as_uri()}) }}"
    for weight, path in paper.FONTS.items()
)


def rows() -> Iterator[Row]:
    for number, contracts in enumerate((15, 150), 1):
        centre = _make_centre(f"310101{number:02}", contracts)
        html = render_to_string(TEMPLATE, _context(centre))
        found = ratio(lambda: _paper(centre), lambda: _bare(html), alike=_same)  # noqa: B023 - called here
        yield Row("table of contracts as PDF / WeasyPrint alone", f"{contracts} contracts", found)


def _make_centre(code: str, contracts: int) -> Centre:
    centre = make_centre(make_village(code, f"บ้าน {contracts} สัญญา"))
    funds = [make_fund(centre, kind, name=kind.label) for kind in seed.KINDS]
    by = make_officer(area=centre.village)
    for number, household in enumerate(seed.make_households(centre.village, contracts, Random(contracts))):
        owed = funds[: 1 + number % 3]
        debts = [make_debt(household, fund, rate_percent=Decimal(0), by=by) for fund in owed]
        make_contract(debts, owed[-1], by)
    return centre


def _context(centre: Centre) -> dict:
    contracts = Contract.objects.filter(centre=centre)
    table = contracts_table(centre=centre, contracts=contracts, year=seed.YEAR, on=SIGNED)
    return {
        "title": "ตาราง 1 ครัวเรือน 1 สัญญา",
        "table": table,
        "place": centre.village.full_name,
        "foot": "ข้อมูล",
    }


def _paper(centre: Centre) -> bytes:
    """Rows from the database, the template, and the PDF as an officer gets it."""
    return paper.pdf(TEMPLATE, _context(centre))


def _bare(html: str) -> bytes:
    """The renderer as it comes: no tags, no text to copy, the host's fonts beside ours."""
    fonts = FontConfiguration()
    with patch.object(weasyprint.draw.text, "draw_first_line", paper._draw_glyphs):
        return weasyprint.HTML(string=html).write_pdf(
            stylesheets=[weasyprint.CSS(string=FONTS, font_config=fonts)], font_config=fonts
        )


def _same(ours: bytes, bare: bytes) -> bool:
    """As many pages with as many amounts on each."""
    return _amounts(ours) == _amounts(bare)


def _amounts(content: bytes) -> list[int]:
    return [page.extract_text().count(".00") for page in pypdf.PdfReader(BytesIO(content)).pages]
