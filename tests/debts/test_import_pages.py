"""Bringing a file in, page by page, as an officer of the district does."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Officer
from accounts.roles import PERMISSIONS, Can, Role
from debts.models import Contract, Debt, RegisterFile
from debts.sheets.limits import MAX_BYTES
from tests.debts.nong_ha import FORM, REGISTER, SAMPLES, bring_in, keep, keep_sample, make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_tall_xlsx, make_xlsx
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้าน ข้อมูล ณ วันที่ 30/4/2560",)


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def office(sign_in, nong_ha):
    """A client of the district officer of บ้านหนองฮะ."""
    return sign_in(make_officer(Role.DISTRICT_OFFICER, area=nong_ha.village))


def url(name, *args):
    return reverse(f"debts:{name}", args=args)


def upload(office, centre, content=None, *, name=REGISTER, **options):
    content = content if content is not None else (SAMPLES / name).read_bytes()
    answers = {"centre": centre.pk, "file": SimpleUploadedFile(name, content)}
    return office.post(url("register-import"), answers, **options)


def stored() -> RegisterFile:
    return RegisterFile.objects.get()


def shown(response) -> dict:
    """What the preview's form would send back as it stands."""
    form = response.context["form"]
    answers = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)
    }
    if proposal := response.context.get("proposal"):
        answers |= {"debts": len(proposal.new), "total": str(proposal.new_total)}
    else:
        answers |= {"key": str(response.context["key"]), "row": sorted(response.context["chosen"])}
    return answers


def preview(office):
    return office.get(url("registerfile", stored().pk))


def confirm(office, **changes):
    answers = shown(preview(office)) | changes
    return office.post(url("registerfile-import", stored().pk), answers, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def test_the_path_of_nong_ha_from_file_to_fifteen_contracts(office, nong_ha):
    upload(office, nong_ha)
    imported = confirm(office)

    assert "นำเข้าหนี้ 36 รายการ 607,200.00 บาท ครัวเรือนใหม่ 15 ครัวเรือน" in text_of(imported)

    opened = upload(office, nong_ha, name=FORM, follow=True)
    form = RegisterFile.objects.get(kind=RegisterFile.Kind.FORM)
    answers = shown(opened) | {"reason": "มติที่ประชุมศูนย์ฯ"}
    merged = office.post(url("registerfile-import", form.pk), answers, follow=True)

    assert "สร้างสัญญา 15 สัญญา 607,200.00 บาท" in text_of(merged)
    assert Contract.objects.count() == 15


def test_the_preview_says_what_the_file_becomes_and_writes_nothing(office, nong_ha):
    response = upload(office, nong_ha, follow=True)

    page = text_of(response)
    for words in (
        "นำเข้า 36 รายการ",
        "607,200.00",
        "ระบบอ่าน 9 ส.ค. 59 เป็น 9 ส.ค. 2559",
        "จับคู่กับ เงินต้นคงเหลือ (บาท)",
    ):
        assert words in page
    assert not Debt.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("ภาพ.xlsx", b"hello", "ข้างในไม่ใช่ไฟล์ตาราง"),
        ("ว่าง.xlsx", b"", "ไฟล์ว่าง"),
        ("บันทึก.xlsx", make_xlsx(("บันทึก",), ("นางแก้ว โทร 08",)), "ไม่พบทะเบียนลูกหนี้"),
        ("ใหญ่.csv", b"x" * (MAX_BYTES + 1), "ใหญ่กว่า 10 MB"),
        ("ยาว.xlsx", make_tall_xlsx(101_001), "นำเข้าได้ครั้งละไม่เกิน 100,000 แถว"),
    ],
)
def test_a_file_that_can_not_be_imported_is_refused_beside_the_field(office, nong_ha, name, content, reason):
    response = upload(office, nong_ha, content, name=name)

    assert response.status_code == 200
    assert reason in str(response.context["form"].errors["file"])
    assert not RegisterFile.objects.exists()


def test_a_file_is_kept_under_a_name_that_nobody_can_guess(office, nong_ha):
    upload(office, nong_ha)

    assert stored().name == REGISTER
    assert REGISTER not in stored().content.name


def test_the_script_that_sends_the_file_is_told_where_to_go(office, nong_ha):
    response = upload(office, nong_ha, headers={"X-Upload": "1"})

    assert (response.status_code, response["Location"]) == (201, url("registerfile", stored().pk))


def test_only_centres_of_the_officers_area_can_be_chosen(office, nong_ha):
    theirs = make_nong_ha(code="63010503")

    offered = office.get(url("register-import")).context["form"].fields["centre"].queryset
    response = upload(office, theirs)

    assert list(offered) == [nong_ha]
    assert response.context["form"].errors["centre"] == ["เลือกศูนย์ฯ ในพื้นที่ของท่าน"]
    assert not RegisterFile.objects.exists()


def test_only_funds_of_the_centre_can_be_chosen(office, nong_ha):
    theirs = make_nong_ha(code="63010503")
    upload(office, nong_ha)

    response = confirm(office, fund0=theirs.funds.first().pk)

    assert "fund0" in response.context["form"].errors
    assert not Debt.objects.exists()


def test_a_file_brought_in_before_says_when_and_by_whom(office, nong_ha):
    bring_in(keep_sample(nong_ha))

    response = upload(office, nong_ha, follow=True)

    assert "ไฟล์นี้เคยนำเข้าแล้วเมื่อ" in text_of(response)
    assert "ผลการนำเข้า" in text_of(response)
    assert Debt.objects.count() == 36


def test_what_was_decided_is_remembered_and_changes_the_preview(office, nong_ha):
    upload(office, nong_ha)

    answers = shown(preview(office)) | {"sheets": ["กองทุนหมู่บ้าน"], "control_total": "๒๐๐,๐๐๐"}
    response = office.post(url("registerfile", stored().pk), answers, follow=True)

    assert len(response.context["proposal"].new) == 13
    assert "ต่างจากยอดในเอกสาร 200,000.00 บาท อยู่ 10,000.00 บาท" in text_of(response)
    assert not Debt.objects.exists()


def test_pressing_import_with_answers_not_looked_at_shows_the_new_result_first(office, nong_ha):
    upload(office, nong_ha)

    response = confirm(office, sheets=["กองทุนหมู่บ้าน"])

    assert "ผลเปลี่ยนจากที่แสดงไว้ เป็น 13 รายการ" in text_of(response)
    assert not Debt.objects.exists()


def test_a_centre_without_funds_gets_those_of_the_file_when_the_officer_says_so(sign_in):
    centre = make_nong_ha(funds=[])
    office = sign_in(make_officer(area=centre.village))
    upload(office, centre)

    assert "นำเข้า 36 รายการ" not in text_of(preview(office))
    office.post(url("registerfile", stored().pk), shown(preview(office)))
    confirm(office)

    rates = {fund.kind: fund.rule_on(date(2017, 4, 30)).rate_percent for fund in centre.funds.all()}
    assert rates == {"village_fund": 6, "savings_group": 12, "poverty_project": 0}
    assert Debt.objects.count() == 36


def test_a_new_fund_must_have_a_name_of_its_own_and_a_lawful_rate(office, nong_ha):
    upload(office, nong_ha)

    response = confirm(office, fund0="new", fund0_name="กองทุนหมู่บ้าน หนองฮะ", fund0_rate="16")

    assert {"fund0_name", "fund0_rate"} == set(response.context["form"].errors)
    assert nong_ha.funds.count() == 3


def test_rows_with_errors_are_counted_and_can_be_left_out(office, nong_ha):
    content = make_xlsx(TITLE, HEAD, make_row(), make_row({"เงินต้นคงเหลือ": "มาก"}))
    upload(office, nong_ha, content, name="กองทุนหมู่บ้าน.xlsx")

    refused, done = confirm(office), confirm(office, skip_errors="on")

    assert "1 แถวมีข้อมูลที่ต้องแก้ไข นำเข้าเฉพาะ 1 แถวที่พร้อม" in text_of(refused)
    assert "นำเข้าหนี้ 1 รายการ" in text_of(done)


def test_a_long_preview_shows_rows_to_correct_first_and_says_how_many_there_are(office, nong_ha):
    rows = [make_row({"เลขที่สัญญา": f"{row}/2558"}) for row in range(250)]
    wrong = make_row({"เลขที่สัญญา": "999/2558", "เงินต้นคงเหลือ": "มาก"})
    upload(office, nong_ha, make_xlsx(TITLE, HEAD, *rows, wrong))

    page = preview(office)

    assert "หน้า 1 จาก 3" in text_of(page)
    assert len(page.context["page"]) == 100
    assert page.context["page"][0].read.number == "999/2558"
    to_check = office.get(url("registerfile", stored().pk), {"check": "1"})
    assert [row.read.number for row in to_check.context["page"]] == ["999/2558"]


def test_a_file_put_aside_leaves_nothing(office, nong_ha, django_capture_on_commit_callbacks):
    upload(office, nong_ha)
    content = stored().content.name

    with django_capture_on_commit_callbacks(execute=True):
        office.post(url("registerfile-discard", stored().pk))

    assert not RegisterFile.objects.exists()
    assert not default_storage.exists(content)


def test_a_stored_file_that_is_lost_is_said_and_can_be_put_aside(office, nong_ha):
    upload(office, nong_ha)
    default_storage.delete(stored().content.name)

    assert "ไม่พบไฟล์ที่เก็บไว้" in text_of(preview(office))
    assert "ยกเลิกไฟล์นี้" in text_of(preview(office))


def test_the_answers_of_an_imported_register_are_not_changed_any_more(office, nong_ha):
    upload(office, nong_ha)
    answers = shown(preview(office))
    confirm(office)
    decided = stored().decisions

    office.post(url("registerfile", stored().pk), answers | {"control_total": "1"})
    office.post(url("registerfile-import", stored().pk), answers | {"control_total": "2"})

    assert stored().decisions == decided


def test_the_second_officer_reads_what_the_first_did(office, nong_ha):
    upload(office, nong_ha)
    answers = shown(preview(office))
    bring_in(stored())

    response = office.post(url("registerfile-import", stored().pk), answers, follow=True)

    assert "ไฟล์นี้เคยนำเข้าแล้วเมื่อ" in text_of(response)
    assert "ผลการนำเข้า" in text_of(response)


def test_the_merges_of_a_form_need_the_permission_to_merge(office, nong_ha, monkeypatch):
    bring_in(keep_sample(nong_ha))
    file = keep_sample(nong_ha, FORM)
    answers = shown(office.get(url("registerfile", file.pk)))
    allowed = PERMISSIONS[Role.DISTRICT_OFFICER] - {Can.MERGE_DEBTS}
    monkeypatch.setitem(PERMISSIONS, Role.DISTRICT_OFFICER, allowed)

    response = office.post(url("registerfile-import", file.pk), answers)

    assert response.status_code == 403
    assert not Contract.objects.exists()


def test_rows_taken_out_and_terms_typed_are_remembered(office, nong_ha):
    bring_in(keep_sample(nong_ha))
    file = keep_sample(nong_ha, FORM)
    answers = shown(office.get(url("registerfile", file.pk)))

    changes = {"row": [number for number in answers["row"] if number > 8], "periods": "๒๔"}
    page = office.post(url("registerfile", file.pk), answers | changes, follow=True)

    assert page.context["form"]["periods"].value() == "๒๔"
    assert (len(page.context["chosen"]), page.context["amount"]) == (12, 478_200)


def test_a_contract_beyond_the_funds_rules_asks_for_the_reason_beside_its_field(office, nong_ha):
    bring_in(keep_sample(nong_ha))
    file = keep_sample(nong_ha, FORM)
    answers = shown(office.get(url("registerfile", file.pk)))

    response = office.post(url("registerfile-import", file.pk), answers)

    assert response.context["form"].errors["reason"] == [
        "แถว 14: กข.คจ. ให้ยืมแก่ครัวเรือนเป้าหมายเท่านั้น ต้องระบุเหตุผล"
    ]
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_due_on": "1/1/2560", "signed_on": "15/6/2560"}, "first_due_on"),
        ({"interest_to": "16/6/2560", "signed_on": "15/6/2560"}, "interest_to"),
        ({"periods": "0"}, "periods"),
        ({"signed_on": "31/2/2560"}, "signed_on"),
    ],
)
def test_terms_that_can_not_be_are_refused_beside_their_field(office, nong_ha, changes, field):
    bring_in(keep_sample(nong_ha))
    file = keep_sample(nong_ha, FORM)
    answers = shown(office.get(url("registerfile", file.pk))) | changes

    response = office.post(url("registerfile-import", file.pk), answers)

    assert list(response.context["form"].errors) == [field]
    assert not Contract.objects.exists()


def test_the_list_of_files_says_who_brought_them_in(office, nong_ha):
    bring_in(keep_sample(nong_ha), by=Officer.objects.first())
    keep(make_nong_ha(code="63010503"), make_xlsx(HEAD, make_row()), name="ของเขา.xlsx")

    page = text_of(office.get(url("register-files")))

    assert REGISTER in page
    assert "ของเขา" not in page


def test_the_empty_form_can_be_downloaded(office):
    response = office.get(url("register-blank"))

    assert response.content.startswith(b"PK")


def test_rows_of_one_outcome_can_be_looked_at_alone(office, nong_ha):
    wrong = make_row({"เลขที่สัญญา": "999/2558", "เงินต้นคงเหลือ": "มาก"})
    upload(office, nong_ha, make_xlsx(TITLE, HEAD, make_row(), wrong), name="กองทุนหมู่บ้าน.xlsx")

    page = office.get(url("registerfile", stored().pk), {"outcome": "new"})

    assert [row.read.number for row in page.context["page"]] == ["01/2558"]
    assert "เฉพาะแถวที่ต้องตรวจ 1" in text_of(page)


@pytest.mark.parametrize("asked", [{"outcome": "x"}, {"page": "0"}, {"page": "999"}, {"page": "x"}])
def test_rows_that_are_not_there_are_no_error(office, nong_ha, asked):
    upload(office, nong_ha)

    assert office.get(url("registerfile", stored().pk), asked).status_code == 200
