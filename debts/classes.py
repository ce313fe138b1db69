"""จัดประเภทลูกหนี้: the class of a debt by the days it is late and the limits a committee has set. Days, no money."""

from dataclasses import dataclass
from enum import StrEnum


class DebtorClass(StrEnum):
    """From the best to the worst; the last two are of debts on which nothing is owed."""

    NORMAL = "N"
    UNKNOWN = "U"
    WATCHED = "W"
    FORBORNE = "F"
    OVERDUE = "O"
    DEFAULTED = "D"
    BAD = "B"
    MERGED = "R"
    CLOSED = "C"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def tag(self) -> str:
        """Neutral or amber: the words say it, the colour shames nobody."""
        return "warn" if self in (DebtorClass.OVERDUE, DebtorClass.DEFAULTED, DebtorClass.BAD) else "neutral"


LABELS = {
    DebtorClass.NORMAL: "ปกติ",
    DebtorClass.UNKNOWN: "ไม่ทราบวันครบกำหนด",
    DebtorClass.WATCHED: "เฝ้าระวัง",
    DebtorClass.FORBORNE: "อยู่ในเกณฑ์ผ่อนผัน",
    DebtorClass.OVERDUE: "ค้างชำระ",
    DebtorClass.DEFAULTED: "ผิดนัด",
    DebtorClass.BAD: "หนี้เสีย/ติดตามพิเศษ",
    DebtorClass.MERGED: "ปรับโครงสร้างแล้ว",
    DebtorClass.CLOSED: "ปิดบัญชีแล้ว",
}
CHOICES = [(each.value, label) for each, label in LABELS.items()]
OPEN = (
    DebtorClass.NORMAL,
    DebtorClass.UNKNOWN,
    DebtorClass.WATCHED,
    DebtorClass.FORBORNE,
    DebtorClass.OVERDUE,
    DebtorClass.DEFAULTED,
    DebtorClass.BAD,
)
# Nothing is owed on the first two.
BY_SEVERITY = (DebtorClass.CLOSED, DebtorClass.MERGED, *OPEN)


@dataclass(frozen=True)
class Limits:
    """The last day late, counted from the due day, of เฝ้าระวัง, ค้างชำระ and ผิดนัด; later is หนี้เสีย.
    A debt due within `due_soon` days is said to be so and stays ปกติ."""

    watched_to: int = 30
    overdue_to: int = 90
    defaulted_to: int = 365
    due_soon: int = 15

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """(class, when), as the committee reads them."""
        return [
            (DebtorClass.NORMAL.label, "ยังไม่เกินกำหนด"),
            (DebtorClass.WATCHED.label, f"เกินกำหนด 1–{self.watched_to} วัน"),
            (DebtorClass.OVERDUE.label, f"เกินกำหนด {self.watched_to + 1}–{self.overdue_to} วัน"),
            (DebtorClass.DEFAULTED.label, f"เกินกำหนด {self.overdue_to + 1}–{self.defaulted_to} วัน"),
            (DebtorClass.BAD.label, f"เกินกำหนดมากกว่า {self.defaulted_to} วัน"),
        ]


SHIPPED = Limits()


def worst(classes) -> DebtorClass | None:
    """A household's class: the worst of its open debts; None when it has none."""
    return max((each for each in map(DebtorClass, classes) if each in OPEN), key=OPEN.index, default=None)
