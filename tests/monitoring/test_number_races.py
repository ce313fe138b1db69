"""Two officers who number papers of one office at once, on PostgreSQL with real threads."""

from datetime import date

from accounts.roles import Role
from debts.models import ClauseText
from debts.papers.texts import approve, begin
from monitoring import visits
from monitoring.letters.writing import issue
from monitoring.models import Letter, Visit
from tests.debts.test_races import at_once, pytestmark, refused
from tests.factories import make_centre, make_letter, make_officer, make_sent_visit, make_village, make_visit

__all__ = ["pytestmark"]

TOGETHER = 4
MARCH_16 = date(2019, 3, 16)


def test_letters_issued_at_once_have_numbers_without_a_hole():
    visit = make_visit()
    approve_words(visit)
    letters = [make_letter(visit) for _ in range(TOGETHER)]

    issued = at_once(
        *[lambda letter=letter: issue(letter=letter, on=MARCH_16, by=visit.planned_by) for letter in letters]
    )

    assert sorted(letter.sequence for letter in issued) == [1, 2, 3, 4]


def test_one_letter_issued_by_two_at_once_takes_one_number():
    visit = make_visit()
    approve_words(visit)
    letter, next_one = make_letter(visit), make_letter(visit)

    results = at_once(*[lambda: issue(letter=letter, on=MARCH_16, by=visit.planned_by)] * 2)

    assert len(refused(results)) == 1
    assert issue(letter=next_one, on=MARCH_16, by=visit.planned_by).sequence == 2
    assert Letter.objects.exclude(sequence=None).count() == 2


def test_reports_certified_at_once_have_numbers_without_a_hole():
    sent = [
        make_sent_visit(make_centre(make_village(f"3310050{number}"))) for number in range(1, TOGETHER + 1)
    ]
    heads = [make_officer(area=visit.centre.village) for visit in sent]

    at_once(
        *[
            lambda visit=visit, by=by: visits.certify(
                visit=visit, version=visit.version, on=date(2019, 4, 1), by=by
            )
            for visit, by in zip(sent, heads, strict=True)
        ]
    )

    numbers = Visit.objects.values_list("report_sequence", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def approve_words(visit) -> None:
    province = visit.centre.village.above("province")
    text = begin(kind=ClauseText.Kind.VISIT_LETTER, province=province, by=make_officer(Role.PROVINCIAL_STAFF))
    approve(text=text, version=text.version, by=make_officer(Role.PROVINCIAL_HEAD))
