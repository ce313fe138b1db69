"""Where the country's centres are: real districts, villages that were never there."""

from typing import NamedTuple

from areas import official_list
from areas.models import Area, Level
from reports.demo.places import VILLAGE_NAMES

CENTRES = 1250
FIRST_MOO = 51  # behind every village of a district that is real


class Place(NamedTuple):
    """The village of the centre with that `number`."""

    number: int
    subdistrict: str
    moo: int

    @property
    def code(self) -> str:
        return f"{self.subdistrict}{self.moo}"

    @property
    def name(self) -> str:
        return f"บ้าน{VILLAGE_NAMES[self.number % len(VILLAGE_NAMES)]}"


def places(scale: float) -> list[Place]:
    """The first of the 1,250 centres, spread evenly over 878 districts in the order of their codes: a part of the
    country is whole districts as they are in all of it."""
    subdistricts = _first_subdistricts()
    districts = [number * len(subdistricts) // CENTRES for number in range(CENTRES)]
    return [
        Place(
            number, subdistricts[districts[number]], FIRST_MOO + number - districts.index(districts[number])
        )
        for number in range(round(CENTRES * scale))
    ]


def load_areas() -> None:
    """The official list, where it is not there yet."""
    if Area.objects.at(Level.DISTRICT).in_structure().count() < official_list.EXPECTED[Level.DISTRICT]:
        official_list.load(official_list.packaged())


def _first_subdistricts() -> list[str]:
    """The code of one subdistrict of each district."""
    codes = Area.objects.at(Level.SUBDISTRICT).in_structure().order_by("-code").values_list("code", flat=True)
    first = {code[:4]: code for code in codes}
    return [first[district] for district in sorted(first)]
