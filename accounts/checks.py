"""Every page names its permission: one that does not fails `manage.py check`."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.checks import Error, register
from django.urls import URLPattern, get_resolver

from accounts.roles import Can

# Besides signing in and health only the page behind the QR code of a paper, which names nobody.
PUBLIC = {"account_login", "account_logout", "healthz", "readyz", "workerz", "verify"}
# The sign-in library's own pages: about nobody but the officer who opens them.
OWN_ACCOUNT = {
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "usersessions_list",
}


class Url(NamedTuple):
    name: str  # with its namespace: debts:debt
    pattern: URLPattern
    keywords: tuple[str, ...]

    @property
    def view_class(self):
        return getattr(self.pattern.callback, "view_class", None)

    @property
    def permission(self):
        return getattr(self.view_class, "permission", None)

    @property
    def by_token(self) -> bool:
        """Opened by other systems with a token, and by no session (reports/api/)."""
        return getattr(self.view_class, "by_token", False)


def every_url(resolver=None, namespace="", keywords=()) -> Iterator[Url]:
    """All URLs of the project, with the keywords of their whole path."""
    for entry in (resolver or get_resolver()).url_patterns:
        found = keywords + tuple(entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield Url(f"{namespace}{entry.name}", entry, found)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from every_url(entry, inner, found)


@register("security")
def every_page_names_its_permission(app_configs, **options):
    """Closed unless said otherwise (house.md, Access)."""
    return [
        Error(f"The page {url.name} names no permission.", id="accounts.E001")
        for url in every_url()
        if url.name not in PUBLIC | OWN_ACCOUNT and not isinstance(url.permission, Can)
    ]
