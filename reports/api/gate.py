"""What other systems open: a token in the head of the request, GET and JSON only, every use written down."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from accounts.roles import Can
from reports.api import asking
from reports.api.collections import Collection
from reports.api.document import REFUSALS, document
from reports.api.tokens import token_of, used
from reports.models import ApiToken
from reports.pack.feed import plain

SCHEME = "Bearer "
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


# Nothing is written for a request and no cookie is looked at, so there is nothing to forge.
@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class ApiPage(View):
    """Opened by a token and by nothing else; a session is not looked at. `ACCOUNT_RATE_LIMITS` says how often a token
    may ask, and how often an address may come with a wrong one."""

    permission = Can.VIEW_REPORTS
    by_token = True
    token: ApiToken

    def dispatch(self, request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return refused(405, Allow="GET, HEAD")
        token = self._token()
        if token is None:
            too_often = ratelimit.consume_or_429(request, action="api_refused", limit_get=True)
            return refused(429) if too_often else refused(401, **{"WWW-Authenticate": "Bearer"})
        if ratelimit.consume_or_429(request, action="api", key=str(token.pk), limit_get=True):
            return refused(429, **{"Retry-After": "60"})
        self.token = token
        used(token, path=request.path, query=asking.to_record(request.GET), request=request)
        return self.answer()

    def _token(self) -> ApiToken | None:
        said = self.request.headers.get("Authorization", "")
        secret = said.removeprefix(SCHEME) if said.startswith(SCHEME) else ""
        return token_of(secret, on=timezone.localdate()) if secret else None

    def answer(self) -> JsonResponse:
        raise NotImplementedError


class Document(ApiPage):
    def answer(self):
        return JsonResponse(document(), headers=HEADERS)


class Rows(ApiPage):
    """One page of a collection."""

    collection: Collection = None

    def answer(self):
        collection = self.collection
        if collection.name not in self.token.collections:
            return refused(403)
        try:
            question = asking.read(self.request.GET, token=self.token, collection=collection)
        except asking.CannotRead as refusal:
            return refused(404 if isinstance(refusal, asking.NotFound) else 400, str(refusal))
        return JsonResponse(page(collection, question), headers=HEADERS)


def page(collection: Collection, question: asking.Question) -> dict[str, object]:
    """The rows, and the key to ask the next ones by; None after the last."""
    asked, limit = question.asked, question.limit
    found = collection.find(asked, question.after, limit + 1)
    cells = [tuple(collection.cells(row, asked)) for row in found[:limit]]
    return {
        "area": asked.area.code,
        "fiscal_year": asked.year,
        "as_of": asked.on.isoformat(),
        "rows": [plain(collection.columns, row) for row in cells],
        "next": str(cells[-1][0]) if len(found) > limit else None,
    }


def refused(status: int, message: str = "", **headers: str) -> JsonResponse:
    said = {"message": message or REFUSALS[str(status)]}
    return JsonResponse(said, status=status, headers={**HEADERS, **headers})
