"""A real browser for tests: Debian's Chromium, nothing from outside, no error in its console."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import sync_playwright

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1366, 360, 320)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Browser:
    """One window of one officer. `open(address)` shows a page; `faults` are what must never happen."""

    def __init__(self, chromium, live_server, *, bypass_csp=False, scripts=True):
        self.address = live_server.url
        self.window = chromium.new_context(locale="th-TH", bypass_csp=bypass_csp, java_script_enabled=scripts)
        self.window.set_default_timeout(10_000)
        self.page = self.window.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._watch)

    def _listen(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _watch(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"other host: {request.url}")

    def sign_in(self, officer) -> None:
        """As if the officer had passed the sign-in page."""
        client = Client()
        client.force_login(officer)
        name = django_settings.SESSION_COOKIE_NAME
        self.window.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def open(self, path, *, width=1366, height=768):
        self.page.set_viewport_size({"width": width, "height": height})
        return self.page.goto(f"{self.address}{path}")

    def wider_than_the_screen(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    def axe(self) -> list[str]:
        """What axe-core finds on the page shown, one line a rule with the first place it fails at."""
        self.page.add_script_tag(path=AXE)
        found = self.page.evaluate("axe.run().then(r => r.violations)")
        return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.fixture
def browser(chromium, live_server):
    """A window that obeys the content policy; fails on console errors and requests to other hosts."""
    window = Browser(chromium, live_server)
    yield window
    window.window.close()
    assert window.faults == []


@pytest.fixture
def axe_browser(chromium, live_server):
    """A window into which axe-core may be put, in spite of the content policy."""
    window = Browser(chromium, live_server, bypass_csp=True)
    yield window
    window.window.close()
    assert window.faults == []
