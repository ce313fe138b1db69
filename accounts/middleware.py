"""What holds for every request of a signed-in officer."""

from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control


class SessionLimits:
    """Ends a session some hours after signing in, however busy it is; idle ones end by their cookie's age."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and self._is_over(request.session):
            logout(request)
            return redirect(settings.LOGIN_URL)
        return self.get_response(request)

    def _is_over(self, session) -> bool:
        now = timezone.now().timestamp()
        return now - session.setdefault("began_at", now) > settings.SESSION_ABSOLUTE_AGE


class PrivatePages:
    """Nothing an officer has seen stays in a cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response
