"""Reading papers back with tools that share nothing with the ones that made them."""

import io
import subprocess

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


def one_line(text: str) -> str:
    return " ".join(text.split())
