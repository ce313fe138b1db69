"""From a key to the screen in the grid of a register at a hundred rows, beside as many bare boxes.

In Chromium with its processor slowed six times, which is an old office laptop. The time is the browser's own
(Event Timing): from the key to the picture that answers it, in steps of 8 ms, 16 ms at least.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from bench.measure import compared
from bench.run import Row
from debts.models import Register
from tests.browser.conftest import FLAGS
from tests.factories import line_of, make_centre, make_fund, make_officer, make_register

ROWS = 100
SLOWED = 6  # times
ROUNDS = 15
KEYS = {
    "a letter": ("a", "a"),
    "Tab": ("Tab", "Tab"),
    "Enter": ("Enter", "Tab"),
    "an arrow": ("ArrowUp", "Tab"),
}
LEAST = 16.0  # milliseconds, below which the browser says nothing
PAUSE = 400  # milliseconds until the next key, so that no work of the last one is counted again
LISTEN = """() => { window.times = []; new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (each.name === "keydown") window.times.push(each.duration);
}).observe({ type: "event", durationThreshold: 16 }); }"""
BARE = "<table>" + ("<tr>" + "<td><input value='20,000.00'></td>" * 12 + "</tr>") * ROWS + "</table>"


def rows() -> Iterator[Row]:
    """A row for each kind of key; the bare table answers every move with its own Tab."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("✗ the keys are measured in Chromium, which is not installed")
    register, settings.DEBUG = _make_register(), False
    address, session = _address(register), _session(register.created_by)
    with (
        _served() as site,
        sync_playwright() as playwright,
    ):  # inside, a query would open a connection of its own
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        ours, bare = _grid(browser, site, address, session), _bare(browser)
        for name, (key, bare_key) in KEYS.items():
            pairs = [(_to_screen(ours, key), _to_screen(bare, bare_key)) for _ in range(ROUNDS)]
            yield Row(f"key to screen, {name} / bare boxes", f"{ROWS} rows", compared(pairs))
        browser.close()


def _make_register() -> Register:
    centre = make_centre()
    fund = make_fund(centre)
    days = {"lent_on": "15 มี.ค. 2562", "due_on": "15 มี.ค. 2563"}
    lines = [
        line_of(f"นางแก้ว ที่{number}", fund=fund, house_number=str(number), lent="30,000.00", **days)
        for number in range(1, ROWS + 1)
    ]
    return make_register(centre, lines, by=make_officer(area=centre.village))


@contextmanager
def _served() -> Iterator[str]:
    """The application and its static files at a free port of this machine."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs a loop of its own
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def _address(register: Register) -> str:
    """The grid with the focus in a row near the top."""
    return f"{reverse('debts:register-edit', args=[register.pk])}?row={register.lines.kept()[5].key}"


def _session(officer) -> str:
    client = Client()
    client.force_login(officer)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _grid(browser, site: str, address: str, session: str) -> Page:
    page = _slowed(browser)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page.goto(site + address)
    row = page.locator(f"body.has-grid [data-key='{address.partition('=')[2]}']")
    row.locator("[data-column=name]").click()
    page.evaluate(LISTEN)
    return page


def _bare(browser) -> Page:
    page = _slowed(browser)
    page.set_content(BARE)
    page.locator("input").nth(60).click()
    page.evaluate(LISTEN)
    return page


def _slowed(browser) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="th-TH").new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _to_screen(page: Page, key: str) -> float:
    """Milliseconds from the key to the picture."""
    page.evaluate("window.times.length = 0")
    page.keyboard.press(key)
    page.wait_for_timeout(PAUSE)
    return next(iter(page.evaluate("window.times")), LEAST)
