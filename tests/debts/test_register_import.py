"""A paper register becomes households, people and debts: all of it or nothing, and once."""

from datetime import date
from decimal import Decimal
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from debts.imports import files
from debts.imports.proposal import Decisions, NewFund, Outcome
from debts.imports.register import CannotImport, propose
from debts.ledger import post
from debts.models import Debt, Entry, RegisterFile
from debts.sheets.blank import HEADS, blank_register
from debts.sheets.register import LABELS, NotARegister, read_register
from funds.models import Fund
from households.models import Household, Person
from tests.debts.nong_ha import REGISTER, SAMPLES, TODAY, bring_in, keep, keep_sample, make_nong_ha
from tests.debts.sheet_files import HEAD, make_row, make_workbook, make_xlsx
from tests.factories import make_fund, make_household, make_officer

pytestmark = pytest.mark.django_db
AS_OF = date(2017, 4, 30)
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ", "ข้อมูล ณ วันที่ 30 เมษายน 2560")


@pytest.fixture
def nong_ha():
    return make_nong_ha()


def make_register(*changes: dict) -> bytes:
    """The village fund's register of 30 April 2560; each row is the usual one with changes by head."""
    return make_xlsx((TITLE[0],), (TITLE[1],), HEAD, *map(make_row, changes))


def proposed(centre, *changes: dict, as_of=AS_OF, **decisions):
    file = keep(centre, make_register(*changes))
    return propose(register=files.reread(file), centre=centre, as_of=as_of, decisions=Decisions(**decisions))


def test_the_register_of_nong_ha_becomes_15_households_and_36_debts(nong_ha):
    imported = bring_in(keep_sample(nong_ha))

    assert (imported.households, imported.people, imported.debts) == (15, 15, 36)
    assert imported.total == Decimal("607200.00")
    assert sum(debt.outstanding for debt in Debt.objects.all()) == Decimal("607200.00")


def test_looking_at_a_register_writes_nothing(nong_ha):
    file = keep_sample(nong_ha)

    proposal = propose(register=files.reread(file), centre=nong_ha, as_of=AS_OF)

    assert (len(proposal.new), len(proposal.houses), proposal.total) == (36, 15, 607200)
    assert not Household.objects.exists()
    assert not Debt.objects.exists()


def test_a_name_without_a_house_number_in_three_sheets_is_one_household(nong_ha):
    bring_in(keep_sample(nong_ha))

    [unnumbered] = Household.objects.filter(house_number="")
    assert (str(unnumbered.head), unnumbered.debts.count()) == ("นางดอกรัก ใจงาม", 3)


def test_every_debt_remembers_its_file_sheet_and_row(nong_ha):
    file = keep_sample(nong_ha)

    bring_in(file)

    debt = Debt.objects.get(fund__kind=Fund.Kind.SAVINGS_GROUP, number="02/2557")
    assert (debt.source, debt.source_sheet, debt.source_row) == (file, "ออมทรัพย์", 6)
    assert (debt.opened_on, debt.accrued_to, debt.outstanding) == (AS_OF, AS_OF, 25000)


def test_the_ledger_of_each_debt_opens_with_the_figures_of_the_file(nong_ha):
    bring_in(keep_sample(nong_ha))

    for debt in Debt.objects.with_balance(on=AS_OF):
        assert (debt.principal_on, debt.interest_on) == (debt.principal, debt.interest)
    assert Entry.objects.filter(kind=Entry.Kind.OPENING, on=AS_OF).count() == 36


def test_what_is_written_in_bulk_is_as_if_typed_one_by_one(nong_ha):
    bring_in(keep(nong_ha, make_register({"บ้านเลขที่": "32/1"})))
    typed = make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number="32/1")

    for table, mine in ((Household, {}), (Person, {"household__house_number": "32/1"})):
        kept = {"id", "head", "household", "created_by", "created_at", "form_key", "batch"}
        columns = [field.attname for field in table._meta.concrete_fields if field.name not in kept]
        written, by_hand = table.objects.filter(**mine).order_by("pk").values_list(*columns)
        assert written == by_hand
    assert typed.head.match_key == Household.objects.order_by("pk").first().head.match_key


def test_the_same_file_twice_is_refused_with_the_day_and_the_officer(nong_ha):
    file = keep_sample(nong_ha)
    bring_in(file)

    with pytest.raises(CannotImport, match="ไฟล์นี้เคยนำเข้าแล้วเมื่อ .* โดย สมศักดิ์"):
        bring_in(file)

    assert (Debt.objects.count(), Household.objects.count()) == (36, 15)


def test_the_same_content_is_kept_as_the_same_file(nong_ha):
    first = keep_sample(nong_ha)

    again = keep(nong_ha, (SAMPLES / REGISTER).read_bytes(), name="ชื่ออื่น.xlsx")

    assert again == first
    assert RegisterFile.objects.count() == 1


def test_the_same_rows_in_another_file_change_nothing(nong_ha):
    bring_in(keep(nong_ha, make_register({}, {"เลขที่สัญญา": None, "ชื่อ - สกุล": "นายดี มีสุข"})))

    proposal = proposed(nong_ha, {}, {"เลขที่สัญญา": None, "ชื่อ - สกุล": "นายดี  มีสุข", "ลำดับ": 9})

    assert [row.outcome for row in proposal.rows] == [Outcome.SAME, Outcome.SAME]


def test_a_register_in_which_nothing_is_new_is_refused(nong_ha):
    bring_in(keep(nong_ha, make_register({})))

    with pytest.raises(CannotImport, match="ไม่มีรายการใหม่"):
        bring_in(keep(nong_ha, make_register({"ลำดับ": 2})))


def test_an_amount_that_differs_must_be_decided_and_is_not_written(nong_ha):
    bring_in(keep(nong_ha, make_register({})))

    bring_in(keep(nong_ha, make_register({"เงินต้นคงเหลือ": 16000}, {"เลขที่สัญญา": "02/2558"})))

    assert sorted(debt.principal for debt in Debt.objects.all()) == [16975, 16975]
    proposal = proposed(nong_ha, {"เงินต้นคงเหลือ": 16000})
    [row] = proposal.of(Outcome.DIFFERS)
    assert row.notes[-1].startswith("ในระบบคงเหลือ 17,500.00 บาท ในไฟล์ 16,525.00 บาท ไม่นำเข้าแถวนี้")


def test_a_register_is_compared_with_the_ledger_of_its_own_day(nong_ha):
    bring_in(keep(nong_ha, make_register({})))
    [debt] = Debt.objects.all()
    later, officer = date(2017, 6, 15), make_officer()
    post(debt, kind=Entry.Kind.PAYMENT, on=later, by=officer, principal=Decimal(-975))

    as_before = proposed(nong_ha, {"ลำดับ": 5})
    as_paid = proposed(nong_ha, {"เงินต้นคงเหลือ": 16000}, as_of=later)

    assert as_before.rows[0].outcome == as_paid.rows[0].outcome == Outcome.SAME


def test_two_loans_of_one_person_without_numbers_are_two_debts(nong_ha):
    rows = [{"เลขที่สัญญา": None}, {"เลขที่สัญญา": None, "เงินต้นคงเหลือ": 5000}]

    imported = bring_in(keep(nong_ha, make_register(*rows)))

    assert (imported.debts, imported.people) == (2, 1)
    assert [row.outcome for row in proposed(nong_ha, *reversed(rows)).rows] == [Outcome.SAME] * 2


def test_a_household_of_the_village_is_found_by_house_number_and_gets_the_new_person(nong_ha):
    known = make_household(nong_ha.village, head="นายบุญช่วย ทองสุข", house_number="18")

    imported = bring_in(keep(nong_ha, make_register({})))

    assert (imported.households, imported.people) == (0, 1)
    assert set(map(str, known.people.all())) == {"นายบุญช่วย ทองสุข", "นางแก้ว ทองสุข"}


def test_a_person_is_found_whatever_the_title(nong_ha):
    known = make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number="18")

    imported = bring_in(keep(nong_ha, make_register({"ชื่อ - สกุล": "น.ส. แก้ว  ทองสุข"})))

    assert (imported.households, imported.people) == (0, 0)
    assert Debt.objects.get().borrower == known.head


def test_a_row_without_a_house_number_joins_the_only_one_of_that_name_in_the_village(nong_ha):
    known = make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number="18")

    bring_in(keep(nong_ha, make_register({"บ้านเลขที่": None})))

    assert Debt.objects.get().household == known


def test_a_row_without_a_house_number_joins_the_same_name_further_down_in_the_file(nong_ha):
    rows = [{"บ้านเลขที่": None}, {"เลขที่สัญญา": "02/2558", "บ้านเลขที่": "18"}]

    imported = bring_in(keep(nong_ha, make_register(*rows)))

    assert (imported.households, Household.objects.get().house_number) == (1, "18")


def test_a_name_in_two_houses_joins_neither_and_is_told(nong_ha):
    for number in ("18", "20"):
        make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number=number)

    [row] = proposed(nong_ha, {"บ้านเลขที่": None}).rows

    assert row.house.known is None
    assert "อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข (ชื่อเดียวกัน ยังไม่ทราบบ้านเลขที่)" in row.notes
    assert "อาจซ้ำกับ บ้านเลขที่ 20 นางแก้ว ทองสุข (ชื่อเดียวกัน ยังไม่ทราบบ้านเลขที่)" in row.notes


def test_the_same_name_at_another_house_number_is_a_possible_twin(nong_ha):
    make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number="18")

    [row] = proposed(nong_ha, {"บ้านเลขที่": "19"}).rows

    assert row.house.known is None
    assert row.notes == ["อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข (ชื่อเดียวกัน ต่างบ้านเลขที่)"]


def test_of_many_with_one_name_a_few_are_named_and_the_others_counted(nong_ha):
    for number in range(1, 9):
        make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number=str(number))

    [row] = proposed(nong_ha, {"บ้านเลขที่": "19"}).rows

    assert len(row.notes) == 6
    assert row.notes[0].startswith("อาจซ้ำกับ บ้านเลขที่ 1 นางแก้ว ทองสุข")
    assert row.notes[-1] == "มีชื่อใกล้เคียงอีก 3 คน"


def test_a_household_without_a_number_gets_the_one_in_the_file(nong_ha):
    known = make_household(nong_ha.village, head="นางแก้ว ทองสุข", house_number="")

    bring_in(keep(nong_ha, make_register({"บ้านเลขที่": "32/1"})))

    known.refresh_from_db()
    assert (known.house_number, known.house_sort) == ("32/1", "00032/00001")


def test_a_known_paper_stays_with_its_household_when_the_house_number_changed(nong_ha):
    bring_in(keep(nong_ha, make_register({})))

    [row] = proposed(nong_ha, {"บ้านเลขที่": "19"}).rows

    assert row.outcome == Outcome.SAME
    assert row.notes == ["ในระบบนางแก้ว ทองสุข อยู่บ้านเลขที่ 18"]


def test_a_namesake_in_another_village_is_not_known(nong_ha):
    elsewhere = make_nong_ha(code="33100504")
    make_household(elsewhere.village, head="นางแก้ว ทองสุข", house_number="18")

    imported = bring_in(keep(nong_ha, make_register({})))

    assert imported.households == 1


def test_a_row_with_an_error_keeps_the_whole_file_out_until_the_officer_leaves_it_out(nong_ha):
    file = keep(nong_ha, make_register({}, {"เลขที่สัญญา": "02/2558", "เงินต้นคงเหลือ": "มาก"}))

    with pytest.raises(CannotImport, match="1 แถวมีข้อมูลที่ต้องแก้ไข"):
        bring_in(file)

    assert not Debt.objects.exists()
    assert bring_in(file, decisions=Decisions(skip_errors=True)).left_out == 1
    assert Debt.objects.get().number == "01/2558"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ครบกำหนด": "8/3/2557"}, "วันครบกำหนดมาก่อนวันที่ทำสัญญา ตรวจสอบวันที่"),
        ({"เลขที่สัญญา": "ก" * 41}, "เลขที่สัญญายาวเกิน 40 ตัวอักษร"),
        ({"ชื่อ - สกุล": "นาง" + "ก" * 81 + " ดี"}, "ชื่อยาวเกิน 80 ตัวอักษร"),
    ],
)
def test_what_the_database_would_refuse_is_an_error_of_its_row(nong_ha, changes, error):
    [row] = proposed(nong_ha, changes).rows

    assert (row.outcome, row.errors) == (Outcome.ERROR, [error])


def test_the_same_paper_twice_in_one_file_is_an_error_of_the_second(nong_ha):
    first, second = proposed(nong_ha, {}, {"เงินต้นคงเหลือ": 900}).rows

    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.ERROR)
    assert second.errors == ["ผู้กู้และเลขที่สัญญาซ้ำกับแผ่นงาน ทะเบียน แถว 4"]


def test_a_loan_that_is_paid_back_is_left_out_without_an_error(nong_ha):
    [row] = proposed(nong_ha, {"เงินต้นคงเหลือ": 0, "ดอกเบี้ยค้าง": None}).rows

    assert row.outcome == Outcome.CLEAR


def test_a_file_without_rates_takes_the_funds_and_says_so(nong_ha):
    [row] = proposed(nong_ha, {"ร้อยละ": None}).rows

    assert row.rate_percent == 6
    assert row.notes == ["ไฟล์ไม่มีอัตราดอกเบี้ย ใช้ร้อยละ 6 ต่อปี ของกองทุน"]


def test_nothing_is_written_when_the_last_row_breaks_a_promise_of_the_database(nong_ha, monkeypatch):
    file = keep(nong_ha, make_register({}, {"เลขที่สัญญา": "02/2558", "ครบกำหนด": "8/3/2557"}))
    monkeypatch.setattr("debts.imports.matching._unfit", lambda read: ())

    with pytest.raises(CannotImport, match="ไม่มีข้อมูลใดถูกบันทึก"):
        bring_in(file)

    file.refresh_from_db()
    assert file.imported_at is None
    assert [table.objects.count() for table in (Debt, Household, Person)] == [0, 0, 0]


def test_a_fund_of_its_name_is_found_before_one_of_its_kind(nong_ha):
    wanted = make_fund(nong_ha, "village_fund", name="กองทุนหมู่บ้าน หนองฮะ ๒")
    words = "ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ 2"

    file = keep(nong_ha, make_xlsx((words,), (TITLE[1],), HEAD, make_row()))

    proposal = propose(register=files.reread(file), centre=nong_ha, as_of=AS_OF)
    assert [choice.fund for choice in proposal.funds] == [wanted]


def test_with_two_funds_of_a_kind_the_officer_must_choose():
    centre = make_nong_ha(
        funds=[("village_fund", "กองทุนหมู่บ้าน ก", "6"), ("village_fund", "กองทุนหมู่บ้าน ข", "6")]
    )

    proposal = proposed(centre, {})

    assert proposal.undecided == ("เลือกกลุ่ม/กองทุนของ “กองทุนหมู่บ้านหนองฮะ”",)
    assert proposal.rows[0].outcome == Outcome.WAITS
    with pytest.raises(CannotImport, match="เลือกกลุ่ม/กองทุน"):
        bring_in(RegisterFile.objects.get())


def test_a_fund_that_the_officer_names_is_made_with_its_first_rule():
    centre = make_nong_ha(funds=[])
    fund = NewFund("กองทุนหมู่บ้านหนองฮะ", "village_fund", Decimal(6))

    imported = bring_in(
        keep(centre, make_register({})), decisions=Decisions(funds={"กองทุนหมู่บ้านหนองฮะ": fund})
    )

    made = centre.funds.get()
    assert (imported.funds, made.name, made.rule_on(AS_OF).rate_percent) == (1, fund.name, 6)


def test_a_fund_that_left_the_centre_is_not_found(nong_ha):
    nong_ha.funds.update(closed_on=AS_OF)

    assert proposed(nong_ha, {}).undecided


def test_a_sheet_that_is_left_out_brings_nothing(nong_ha):
    imported = bring_in(keep_sample(nong_ha), decisions=Decisions(left_out=frozenset({"กข.คจ."})))

    assert (imported.debts, imported.total) == (26, Decimal("460500.00"))


def test_a_register_without_a_day_must_get_one(nong_ha):
    file = keep(nong_ha, make_xlsx((TITLE[0],), HEAD, make_row()))

    with pytest.raises(CannotImport, match="ระบุวันที่ของข้อมูล"):
        bring_in(file)


def test_figures_of_a_day_to_come_are_refused(nong_ha):
    file = keep(nong_ha, make_xlsx((TITLE[0],), HEAD, make_row()), as_of=date(2026, 11, 2))

    with pytest.raises(CannotImport, match="ต้องไม่หลังวันนี้"):
        bring_in(file)


def test_what_the_officer_saw_is_what_is_written_or_nothing(nong_ha):
    file = keep_sample(nong_ha)

    with pytest.raises(CannotImport, match="ผลเปลี่ยนจากที่แสดงไว้ เป็น 36 รายการ 607,200.00 บาท"):
        bring_in(file, expected=(36, Decimal("607199.99")))

    assert bring_in(file, expected=(36, Decimal("607200.00"))).debts == 36


def test_a_total_on_paper_that_differs_is_told(nong_ha):
    warnings = proposed(nong_ha, {}, control_total=Decimal(17000)).warnings

    assert warnings == ("ผลรวม 17,500.00 บาท ต่างจากยอดในเอกสาร 17,000.00 บาท อยู่ 500.00 บาท",)


def test_a_file_of_another_moo_or_village_is_told(nong_ha):
    title = "ทะเบียนลูกหนี้ กองทุนหมู่บ้านโนนสูง หมู่ที่ ๒"
    file = keep(nong_ha, make_xlsx((title,), (TITLE[1],), HEAD, make_row()))

    proposal = propose(register=files.reread(file), centre=nong_ha, as_of=AS_OF)

    assert proposal.warnings == (
        "เลขหมู่ในไฟล์ (หมู่ที่ 2) ไม่ตรงกับทะเบียนศูนย์ฯ (หมู่ที่ 3)",
        "ไฟล์เป็นของบ้านโนนสูง แต่ศูนย์ฯ ที่เลือกคือ บ้านหนองฮะ หมู่ที่ 3",
    )


def test_a_file_put_aside_can_not_be_imported_and_an_imported_one_not_put_aside(nong_ha):
    aside, kept = keep(nong_ha, make_register({})), keep_sample(nong_ha)
    files.discard(file=aside, by=aside.uploaded_by)
    bring_in(kept)

    with pytest.raises(CannotImport, match="ถูกยกเลิกแล้ว"):
        bring_in(aside)
    with pytest.raises(CannotImport, match="เคยนำเข้าแล้ว"):
        files.discard(file=kept, by=kept.uploaded_by)


def test_the_empty_form_has_heads_that_the_reader_knows(nong_ha):
    register = files.open_workbook(blank_register(), name="register.xlsx")
    with pytest.raises(NotARegister):
        read_register(register, today=TODAY)

    [sheet] = register.sheets
    filled = make_workbook(
        *sheet.rows, (1, "1/2560", "นางแก้ว ทองสุข", "18", "กทบ.", None, None, 5000, 6, 4000)
    )
    [read] = read_register(filled, today=TODAY).sheets
    assert [label for _, label in read.matched] == [LABELS[key] for key in HEADS]


def big_register(rows: int) -> bytes:
    changes = (
        {"เลขที่สัญญา": f"{row}/2559", "ชื่อ - สกุล": f"นาง{thai_name(row)} ใจดี", "บ้านเลขที่": str(row % 900 + 1)}
        for row in range(rows)
    )
    return make_register(*changes)


def thai_name(number: int) -> str:
    letters = "กขคงจฉชซญด"
    return "".join(letters[int(digit)] for digit in f"{number:05}")


def test_rows_are_written_many_at_a_time(nong_ha):
    elsewhere = make_nong_ha(code="33100504")

    counts = []
    for centre, rows in ((nong_ha, 20), (elsewhere, 400)):
        file = keep(centre, big_register(rows))
        with CaptureQueriesContext(connection) as queries:
            bring_in(file)
        counts.append(len(queries))

    assert counts[1] <= counts[0] + 400 / 15  # SQLite takes few values in one statement


def test_time_of_an_import_grows_with_its_rows_and_not_faster(nong_ha):
    elsewhere = make_nong_ha(code="33100504")

    seconds = []
    for centre, rows in ((nong_ha, 500), (elsewhere, 2000)):
        file = keep(centre, big_register(rows))
        began = perf_counter()
        bring_in(file)
        seconds.append(perf_counter() - began)

    assert seconds[1] < 12 * seconds[0]


def shell(*words, **options) -> str:
    out = StringIO()
    call_command("import_register", str(SAMPLES / REGISTER), *words, centre="33100503", stdout=out, **options)
    return out.getvalue()


def test_the_shell_tells_and_imports_and_the_second_time_says_so(nong_ha):
    make_officer(Role.ADMINISTRATOR)

    first, second = shell(on="30/4/2560"), shell(on="2017-04-30")

    assert "15 ครัวเรือน 36 รายการ 607,200.00 บาท" in first
    assert "นำเข้าแล้ว 36 รายการ 607,200.00 บาท" in first
    assert "ไฟล์นี้เคยนำเข้าแล้วเมื่อ" in second
    assert Debt.objects.count() == 36


def test_a_trial_from_the_shell_writes_nothing(nong_ha):
    officer = make_officer(area=nong_ha.village)

    told = shell("--dry-run", on="30/4/2560", by=officer.username)

    assert "หนี้ใหม่: 36 แถว" in told
    assert not RegisterFile.objects.exists()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"on": "31/2/2560"}, "31 ก.พ. 2560"),
        ({"on": "30/4/2560", "by": "nobody"}, "ไม่พบผู้ใช้ nobody"),
        ({"on": "30/4/2599"}, "ต้องไม่หลังวันนี้"),
    ],
)
def test_a_refusal_in_the_shell_says_why(nong_ha, words, reason):
    make_officer(Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match=reason):
        shell(**words)

    assert not Debt.objects.exists()


def test_an_officer_of_another_district_can_not_be_named_in_the_shell(nong_ha):
    stranger = make_officer(area=make_nong_ha(code="63010503").village)

    with pytest.raises(CommandError, match="ไม่พบผู้ใช้"):
        shell(on="30/4/2560", by=stranger.username)


def test_another_spelling_in_the_same_house_is_a_possible_twin(nong_ha):
    make_household(nong_ha.village, head="นางแก้ว ทองสุก", house_number="18")

    [row] = proposed(nong_ha, {"บ้านเลขที่": "18"}).rows

    [note] = row.notes
    assert note == "อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุก (บ้านเลขที่เดียวกัน ชื่อใกล้เคียง (ทองสุข / ทองสุก))"
