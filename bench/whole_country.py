"""The overviews of the whole invented country, which takes its time to be made."""

from collections.abc import Iterator

from bench.overview import measured
from bench.run import Row
from reports.country.generation import generate


def rows() -> Iterator[Row]:
    generate(scale=1)
    yield from measured("scale 1")
