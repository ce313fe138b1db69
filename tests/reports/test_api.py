"""The feed of other systems: what it tells, how it pages, who may open it, and that it says what the reports say."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.models import Contract
from reports.api.collections import COLLECTIONS
from reports.api.document import document
from reports.api.tokens import CannotChange, revoke
from reports.models import ApiToken
from tests.factories import (
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_recommendation,
    make_secret,
    make_sent_visit,
    make_token,
    make_village,
)

pytestmark = pytest.mark.django_db
ASKED = {"year": "2560", "on": "2017-08-31"}
TYPES = {"string": str, "integer": int, "null": type(None)}


@pytest.fixture
def head():
    """Of a province with two contracts, of 35,000 and 20,000 baht, and a visit."""
    for number, principal in ((3, "35000"), (4, "20000")):
        fund = make_fund(make_centre(make_village(f"3310050{number}")), capital=Decimal("250000.50"))
        make_contract([make_debt(fund=fund, principal=principal, rate_percent=Decimal(0))])
        make_payment(make_debt(fund=fund, principal="900", rate_percent=Decimal(0)), "100")
    make_recommendation(make_sent_visit(fund.centre), due_on=date(2019, 4, 1))
    return make_officer(Role.PROVINCIAL_HEAD)


@pytest.fixture
def secret(head):
    return make_secret(head)[1]


def ask(client, secret, name="contracts", **asked):
    return client.get(f"/api/v1/{name}/", asked or ASKED, headers={"Authorization": f"Bearer {secret}"})


def read(client, secret, name="contracts", **asked):
    answer = ask(client, secret, name, **asked)
    assert answer.status_code == 200, answer.content.decode()
    return json.loads(answer.content)


def test_the_feed_says_what_page_and_paper_say(client, secret, head):
    figures = read(client, secret, "figures", area="3310", **ASKED)["rows"]
    contracts = read(client, secret, area="3310", **ASKED)["rows"]
    visits = read(client, secret, "visits", year="2562")["rows"]
    centres = read(client, secret, "centres")["rows"]
    client.force_login(head)

    def report(key, **asked):
        address = f"/reports/areas/3310/pack/{key}/"
        return json.loads(
            client.get(address, {"year": "2560", "on": "31 ส.ค. 2560", **asked, "as": "json"}).content
        )

    told = report("results")
    columns = {column["name"] for column in told["columns"]} - {"area"}
    by_name = {row["area"]: row for row in told["rows"]}
    for row in figures:
        assert {name: row[name] for name in columns} == {name: by_name[row["name"]][name] for name in columns}
    assert len(figures) == len(told["rows"]) == 2
    signed = {(row["number"], row["amount_baht"], row["waived_baht"]) for row in report("contracts")["rows"]}
    assert {(row["number"], row["amount_baht"], row["waived_baht"]) for row in contracts} == signed
    visited = report("visits", year="2562", on="")["total"]
    assert (len(visits), sum(row["open"] for row in visits)) == (visited["visits"], visited["open"]) == (1, 1)
    counted = report("centres")["total"]
    assert (len(centres), _sum(centres, "capital_baht")) == (counted["centres"], counted["capital_baht"])


def _sum(rows, name) -> str:
    return str(sum(Decimal(row[name]) for row in rows))


def test_a_past_day_stays_what_it_was(client, secret, head):
    before = read(client, secret)
    make_payment(Contract.objects.earliest("pk").debt, "500", on=date(2017, 9, 15))

    assert read(client, secret) == before


def test_pages_follow_each_other_and_a_row_added_meanwhile_moves_none(client, secret):
    first = read(client, secret, limit="1", **ASKED)
    fund = make_fund(make_centre(make_village("33100505")))
    make_contract([make_debt(fund=fund, principal="7000", rate_percent=Decimal(0))])
    pages, following = [first], first["next"]
    while following:
        pages.append(read(client, secret, limit="1", after=following, **ASKED))
        following = pages[-1]["next"]

    amounts = [row["amount_baht"] for page in pages for row in page["rows"]]
    assert amounts == ["35000.00", "20000.00", "7000.00"]


def test_figures_page_by_the_code_of_the_area(client, secret):
    first = read(client, secret, "figures", area="3310", limit="1", **ASKED)
    second = read(client, secret, "figures", area="3310", limit="1", after=first["next"], **ASKED)

    assert [row["area"] for page in (first, second) for row in page["rows"]] == ["33100503", "33100504"]
    assert second["next"] is None


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "2400"},
        {"on": "31/8/2560"},
        {"limit": "501"},
        {"limit": "๕"},
        {"after": "x"},
        {"name_of": "1"},
    ],
    ids=lambda asked: "-".join(asked),
)
def test_what_cannot_be_read_is_refused_in_thai(client, secret, asked):
    answer = ask(client, secret, **asked)

    assert answer.status_code == 400
    assert any("ก" <= letter <= "๙" for letter in json.loads(answer.content)["message"])


def test_no_debtor_is_named(client, secret):
    told = "".join(ask(client, secret, name, **ASKED).content.decode() for name in COLLECTIONS)

    assert "ทองสุข" not in told
    assert not any(
        column.name in ("borrower", "household", "national_id", "house_number")
        for each in COLLECTIONS.values()
        for column in each.columns
    )


def test_answers_are_what_the_document_says(client, secret):
    schemas = document()["components"]["schemas"]
    for name in COLLECTIONS:
        answer = read(client, secret, name, **({"year": "2562"} if name == "visits" else ASKED))
        assert set(answer) == set(schemas[name]["required"])
        row = schemas[name]["properties"]["rows"]["items"]
        assert answer["rows"], name
        for told in answer["rows"]:
            assert list(told) == row["required"]
            for column, value in told.items():
                assert isinstance(value, tuple(TYPES[each] for each in row["properties"][column]["type"])), (
                    column
                )


def test_the_document_names_every_collection_and_parameter_once():
    told = document()

    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {f"/{name}/" for name in COLLECTIONS}
    for path in told["paths"].values():
        names = [each["name"] for each in path["get"]["parameters"]]
        assert names == ["area", "year", "on", "limit", "after"]
        assert set(path["get"]["responses"]) == {"200", "400", "401", "403", "404", "405", "429"}


def test_a_token_reads_only_what_it_was_made_for(client, head):
    _, secret = make_secret(head, collections=["figures"])

    assert ask(client, secret, "figures").status_code == 200
    assert ask(client, secret, "contracts").status_code == 403


def test_every_use_is_in_the_record_and_the_secret_is_not(client, head):
    token, secret = make_secret(head)
    ask(client, secret)

    event = AuditEvent.objects.get(action="api-read")
    token.refresh_from_db()
    assert (event.target, event.detail["path"], event.detail["query"]) == (
        f"token {token.pk}",
        "/api/v1/contracts/",
        ASKED,
    )
    assert token.used_at is not None
    kept = json.dumps([list(AuditEvent.objects.values("target", "detail")), token.secret_hash, token.hint])
    assert secret not in kept
    assert secret[10:] not in kept


def test_a_token_that_asks_too_often_is_told_to_wait(client, head, settings):
    settings.ACCOUNT_RATE_LIMITS = {"api": "2/m/key", "api_refused": "1/m/ip"}
    (_, one), (_, other) = make_secret(head), make_secret(head)

    codes = [ask(client, secret).status_code for secret in (one, one, one, other)]
    strangers = [ask(client, "cfmc_wrong").status_code for _ in range(2)]

    assert codes == [200, 200, 429, 200]
    assert strangers == [401, 429]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_page_asks_no_more_queries_for_more_rows(client, secret, name):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            read(client, secret, name, **({"year": "2562"} if name == "visits" else ASKED))
        return len(seen)

    few = queries()
    for code in ("33100505", "33110401"):
        fund = make_fund(make_centre(make_village(code)))
        make_contract([make_debt(fund=fund, principal="35000", rate_percent=Decimal(0))])
        make_sent_visit(fund.centre)

    assert queries() == few


# --- Making and revoking ------------------------------------------------------------------------------


def test_an_officer_makes_a_token_sees_it_once_and_revokes_it(client, head):
    client.force_login(head)
    today = timezone.localdate()
    until = today + timedelta(days=30)
    typed = {
        "name": "ศูนย์ข้อมูลจังหวัด",
        "area": "3310",
        "collections": ["figures", "contracts"],
        "expires_on": f"{until:%d/%m}/{until.year + 543}",
    }

    page = client.post(reverse("reports:token-new"), typed)
    secret = page.context["secret"]
    token = ApiToken.objects.get()
    listed = client.get(reverse("reports:tokens")).content.decode()
    opened = ask(client, secret).status_code
    client.post(reverse("reports:token-revoke", args=[token.pk]))

    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in listed
    assert f"{token.hint}…" in listed
    assert (token.area_id, token.collections, token.made_by) == ("3310", ["figures", "contracts"], head)
    assert opened == 200
    assert ask(client, secret).status_code == 401


def test_nobody_gives_more_than_they_may_read(head):
    department = make_officer(Role.DEPARTMENT)
    today = timezone.localdate()

    with pytest.raises(CannotChange, match="มีสิทธิ์อ่าน"):
        make_token(department, collections=["contracts"])
    with pytest.raises(CannotChange, match="พื้นที่ของตน"):
        make_token(head, area=make_village("63010503").above("province"))
    for expires_on in (today, today + timedelta(days=367)):
        with pytest.raises(CannotChange, match="ไม่เกิน 1 ปี"):
            make_token(head, expires_on=expires_on)


def test_a_token_is_revoked_once(head):
    token = make_token(head)
    revoke(token=token, by=head)

    with pytest.raises(CannotChange):
        revoke(token=token, by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(revoked_by=None)
