"""QR codes for papers: a vector picture that survives copying, folding and a stamp across it."""

from io import BytesIO

import segno
from django.conf import settings

QUIET_ZONE = 4  # modules of white around it, as the standard asks


def qr_of(path: str) -> bytes:
    """An SVG of the public address of `path`. A quarter of it may be illegible (level Q)."""
    code = segno.make_qr(settings.PUBLIC_URL + path, error="q", boost_error=False)
    picture = BytesIO()
    code.save(
        picture,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        nl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return picture.getvalue()
