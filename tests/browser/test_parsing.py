"""The browser reads what officers type as the server does: one table of cases tests both."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

CASES = json.loads((Path(__file__).parents[1] / "config" / "cases.json").read_text(encoding="utf-8"))
READ = """async ([read, typed, ...more]) => {
  const parse = await import("/static/js/register/parse.js");
  try { return parse[read](typed, ...more) } catch (refusal) {
    if (!(refusal instanceof parse.CannotRead)) throw refusal;
    return { error: refusal.message };
  }
}"""


@pytest.fixture
def read(browser):
    """Calls a function of parse.js in a page of the system."""
    browser.open(reverse("account_login"))
    return lambda name, *typed: browser.page.evaluate(READ, [name, *typed])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("money", "readMoney"),
        ("percent", "readPercent"),
        ("house", "readHouse"),
        ("name", "readName"),
        ("funds", "readFundNames"),
        ("key", "searchKey"),
        ("written_money", "writeMoney"),
        ("written_date", "writeDate"),
    ],
)
def test_the_browser_reads_as_the_table_says(table, name, read):
    found = [[typed, read(name, typed)] for typed, _ in CASES[table]]

    assert found == CASES[table]


@pytest.mark.django_db(transaction=True)
def test_the_browser_reads_days_as_the_table_says(read):
    found = [read("readDate", typed, CASES["today"]) for typed, *_ in CASES["date"]]

    assert found == [_day(*expected) for _, *expected in CASES["date"]]


def _day(expected, *guessed):
    return expected if isinstance(expected, dict) else {"value": expected, "guessed": guessed == ("guessed",)}


@pytest.mark.django_db(transaction=True)
def test_the_browser_makes_text_plain_as_the_table_says(browser, read):
    """The cases reach the page as escapes: a lone surrogate has no other way."""
    typed = json.dumps([typed for typed, _ in CASES["tidy"]])
    script = f"import('/static/js/register/parse.js').then(({{ tidy }}) => {typed}.map(tidy))"

    assert browser.page.evaluate(script) == [plain for _, plain in CASES["tidy"]]
