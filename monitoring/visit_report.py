"""What a visit report says, in the order it is printed: the page and the paper both show this."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from config import thai
from monitoring.centre_figures import CentreFigures, of_visit
from monitoring.models import IssueAnswer, Photo, Recommendation, TeamMember, Visit, VisitMove

NOTHING_TO_TELL = {IssueAnswer.Result.FOLLOWS}


@dataclass(frozen=True)
class Section:
    """One issue with its answers: those with something to tell, and those that merely follow the guidance."""

    number: str
    title: str
    answers: list[IssueAnswer]

    @property
    def told(self) -> list[IssueAnswer]:
        return [each for each in self.answers if each.finding or each.result not in NOTHING_TO_TELL]

    @property
    def untold(self) -> list[IssueAnswer]:
        return [each for each in self.answers if not each.finding and each.result in NOTHING_TO_TELL]

    @property
    def is_rated(self) -> bool:
        return any(answer.is_rated for answer in self.answers)

    @property
    def done(self) -> int:
        return sum(answer.is_done for answer in self.answers)


@dataclass(frozen=True)
class Todo:
    """A recommendation and how it stands on the day of reading."""

    recommendation: Recommendation
    status: str


@dataclass(frozen=True)
class VisitReport:
    """The whole report; `sent` and `certified` are the moves whose officers sign."""

    visit: Visit
    figures: CentreFigures
    team: list[TeamMember]
    sections: list[Section]
    todos: list[Todo]
    photos: list[Photo]
    moves: list[VisitMove]
    sent: VisitMove | None
    certified: VisitMove | None

    @property
    def is_draft(self) -> bool:
        """Papers of a report that is not certified carry ฉบับร่าง."""
        return self.certified is None


def gather(visit: Visit, *, on: date) -> VisitReport:
    """The report of a visit as it reads on day `on`."""
    moves = list(visit.moves.select_related("by"))
    return VisitReport(
        visit=visit,
        figures=of_visit(visit, on=on),
        team=list(visit.team.all()),
        sections=sections_of(visit.answers.all()),
        todos=[Todo(each, each.status_on(on)) for each in visit.recommendations.all()],
        photos=list(visit.photos.with_issue()),
        moves=moves,
        sent=_last(moves, Visit.Status.SENT),
        certified=_last(moves, Visit.Status.CERTIFIED),
    )


def sections_of(answers) -> list[Section]:
    """The answers under their issues, in printed order."""
    grouped = groupby(answers, key=lambda answer: (answer.section, answer.section_title))
    return [Section(number, title, list(members)) for (number, title), members in grouped]


def paper_context(visit: Visit, *, on: date) -> dict[str, object]:
    """What templates/papers/visit_report.html prints; its photos come from `pictures`."""
    report = gather(visit, on=on)
    return {
        "title": f"รายงานผลการติดตาม {visit.centre}",
        "foot": str(visit),
        "day": thai.weekday_date(visit.planned_on),
        "report": report,
        "visit": visit,
        "figures": report.figures,
    }


def pictures(visit: Visit) -> dict[str, bytes]:
    """The photos by the name under which the paper shows them, `<img src="picture:photo7">`."""
    return {f"photo{photo.pk}": _content(photo) for photo in visit.photos.all()}


def _content(photo: Photo) -> bytes:
    with photo.picture.open() as file:
        return file.read()


def _last(moves: list[VisitMove], status: str) -> VisitMove | None:
    return next((move for move in reversed(moves) if move.new == status), None)
