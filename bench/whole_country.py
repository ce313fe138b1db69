"""The overviews of the whole invented country, beside those of a hundredth of it: how they grow."""

from collections.abc import Iterator

from bench.overview import measured
from bench.run import Row
from reports.country.generation import generate


def rows() -> Iterator[Row]:
    for scale in (0.01, 1):
        generate(scale=scale, tell=lambda line: None)
        yield from measured(f"scale {scale}")
