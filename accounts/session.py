"""How long an officer stays signed in: half an hour after the last request, and twelve hours in all."""

from django.conf import settings
from django.utils import timezone


def began_at(session) -> float:
    """When the officer signed in, in seconds of the epoch."""
    return session.setdefault("began_at", timezone.now().timestamp())


def left_in_all(session) -> int:
    """Seconds until the session ends however busy it is; negative when it should have ended."""
    return int(began_at(session) + settings.SESSION_ABSOLUTE_AGE - timezone.now().timestamp())


def time_left(request) -> dict:
    """Context processor: what the page needs to warn five minutes before the end (static/js/ending.js)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"session_idle": settings.SESSION_COOKIE_AGE, "session_left": left_in_all(request.session)}
