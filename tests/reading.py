"""Reading papers and sheets back with tools that share nothing with the ones that made them."""

import io
import subprocess

import openpyxl
import pypdf


def text_of(content: bytes, *options) -> str:
    """The text of a PDF as poppler copies it; pdftotext must be installed."""
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def fonts_of(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    return sorted({str(font.get_object()["/BaseFont"]).split("+")[1] for font in fonts})


def page_count(content: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def cells_of(content: bytes) -> str:
    """Everything written in a workbook, one row a line."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)


def one_line(text: str) -> str:
    return " ".join(text.split())
