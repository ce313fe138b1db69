"""The page behind the QR code of a paper: open to anyone, and silent about everybody.

It says whether the paper is genuine, replaced or cancelled, since when, and the hash of its content: no name, no
amount, no place, no kind of paper. A token that does not exist gets the same page with another sentence and 404.
It is the same for whoever asks, with no menu, and answers an address thirty times a minute (`ACCOUNT_RATE_LIMITS`).
"""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debts.papers.seals import find

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@login_not_required
@require_safe
def verify(request, token: str):
    if ratelimit.consume_or_429(request, action="verify", limit_get=True):
        return _answer(request, {"is_too_often": True}, 429)
    seal = find(token)
    return _answer(request, {"seal": seal}, 200 if seal else 404)


def _answer(request, context: dict, status: int):
    response = render(request, "verify.html", context, status=status)
    for name, value in HEADERS.items():
        response[name] = value
    return response
