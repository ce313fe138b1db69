"""What holds for every request of a signed-in officer."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from accounts import second_step
from accounts.session import left_in_all

SESSION_ENDED = "หมดเวลาการใช้งาน เข้าสู่ระบบอีกครั้งเพื่อทำงานต่อ"
ALWAYS_OPEN = {"account_logout", "healthz", "readyz", "workerz", "verify"}
TO_CHANGE_THE_PASSWORD = ALWAYS_OPEN | {"account_change_password"}
TO_SET_UP_THE_SECOND_STEP = ALWAYS_OPEN | {"mfa_activate_totp", "account_reauthenticate"}


def to_sign_in(request) -> HttpResponse:
    """The sign-in page, which says that the time is over when there had been a session, and comes back.

    A script that wants JSON is told so in place (401), and can ask for the password without leaving its page.
    """
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"message": SESSION_ENDED, "state": SESSION_ENDED}, status=401)
    here = request.headers.get("HX-Current-URL", request.get_full_path())
    parts = urlsplit(here)
    response = redirect_to_login(f"{parts.path}?{parts.query}".rstrip("?"), login_url=settings.LOGIN_URL)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        response["Location"] += "&ended=1"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": response["Location"]})
    return response


class SignInRequired(LoginRequiredMiddleware):
    """Nobody signed out sees anything but sign-in, health and the page that says whether a paper is genuine."""

    def handle_no_permission(self, request, view_func):
        return to_sign_in(request)


class SessionLimits:
    """Ends a session some hours after signing in, however busy it is; idle ones end by the session's age."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and left_in_all(request.session) < 0:
            logout(request)
            return to_sign_in(request)
        return self.get_response(request)


class DutiesFirst:
    """A first password is changed, and the second step set up, before anything else can be opened."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name
        if request.user.must_change_password:
            return None if page in TO_CHANGE_THE_PASSWORD else redirect("account_change_password")
        if page not in TO_SET_UP_THE_SECOND_STEP and second_step.is_missing(request.user):
            return redirect("mfa_activate_totp")
        return None


class PrivatePages:
    """Nothing an officer has seen stays in a cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response
