"""The country, block by block: a block is there or not, so that a broken run goes on where it stopped."""

from collections import Counter
from collections.abc import Callable

from django.db import connection

from accounts.models import Officer
from areas.models import COUNTRY, Area, Level
from funds.models import Centre
from reports.country.centres import YEARS, make_centre
from reports.country.places import Place, load_areas, places
from reports.country.rows import Rows
from reports.models import HOUSEHOLDS, Target
from reports.targets.life import set_targets

BLOCK = 5  # centres that are written at once, some 50,000 rows
MAKER = "generated-country"


class CannotGenerate(ValueError):
    """There are centres that were not generated."""


def generate(*, scale: float, tell: Callable[[str], None] = print) -> None:
    """Bring the country to `scale` of 1,250 centres; those that are there stay. `tell` hears how far it is.

    Raises `CannotGenerate` where somebody's own centres are.
    """
    _refuse_real_centres()
    load_areas()
    by, rows = _maker(), Rows()
    missing, all_places = _missing(scale)
    for start in range(0, len(missing), BLOCK):
        for place in missing[start : start + BLOCK]:
            make_centre(place, rows, by)
        written = rows.write()
        done = all_places - len(missing) + min(start + BLOCK, len(missing))
        tell(f"{done:,} of {all_places:,} centres, {written:,} rows")
    _set_targets_above(by)
    count_rows()


def _refuse_real_centres() -> None:
    if Centre.objects.exists() and not Officer.objects.filter(username=MAKER).exists():
        raise CannotGenerate("There are centres that were not generated; use an empty database.")


def _maker() -> Officer:
    """By whom all rows are; nobody can sign in as this officer."""
    known = Officer.objects.filter(username=MAKER).first()
    country = Area.objects.get(code=COUNTRY)
    return known or Officer.objects.create_user(MAKER, first_name="ข้อมูลจำลอง", area=country, is_active=False)


def _missing(scale: float) -> tuple[list[Place], int]:
    there, wanted = set(Centre.objects.values_list("village_id", flat=True)), places(scale)
    return [place for place in wanted if place.code not in there], len(wanted)


def _set_targets_above(by: Officer) -> None:
    """The targets of districts, provinces and the country are the sums of their centres'."""
    for year in YEARS:
        asked = Counter()
        of_centres = Target.objects.of_households().filter(fiscal_year=year, area__level=Level.VILLAGE)
        for code, households in of_centres.values_list("area_id", "number"):
            for place in (code[:4], code[:2], COUNTRY):
                asked[place, HOUSEHOLDS] += households
        set_targets(year=year, numbers=dict(asked), by=by)


def count_rows() -> None:
    """Let the database know its tables, as its own clock would do in a day."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
