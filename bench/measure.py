"""Two ways to the same answer, timed in turn, so that whatever else the machine does slows both alike."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import eq
from statistics import median, quantiles
from time import perf_counter

from django.db import connection

ROUNDS = 15
WARM_UP = 2


class DifferentAnswers(ValueError):
    """The two do not do the same work, so their times say nothing."""


@dataclass(frozen=True)
class Ratio:
    """Median milliseconds of each, and how many times longer ours takes: of the medians, of the quickest rounds
    (`least`, which a busy machine disturbs less) and, in the middle half of the rounds, from `low` to `high`."""

    ours: float
    bare: float
    least: float
    low: float
    high: float

    @property
    def times(self) -> float:
        return self.ours / self.bare


def ratio(
    ours: Callable, bare: Callable, *, rounds: int = ROUNDS, warm_up: int = WARM_UP, alike: Callable = eq
) -> Ratio:
    """Time `ours` and `bare` in turn. Raises `DifferentAnswers` unless `alike(ours(), bare())`."""
    for _ in range(warm_up):
        if not alike(ours(), bare()):
            raise DifferentAnswers
    return compared([(_milliseconds(ours), _milliseconds(bare)) for _ in range(rounds)])


def compared(pairs: Sequence[tuple[float, float]]) -> Ratio:
    """What rounds of (ours, bare) milliseconds, measured in turn, come to."""
    low, _, high = quantiles(one / other for one, other in pairs)
    ours_times, bare_times = zip(*pairs, strict=True)
    least = min(ours_times) / min(bare_times)
    return Ratio(median(ours_times), median(bare_times), least, low, high)


def _milliseconds(call: Callable) -> float:
    gc.collect()
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


def statements(call: Callable) -> list[tuple[str, tuple]]:
    """The SQL that `call` sends, with its parameters."""
    sent = []

    def note(execute, sql, parameters, many, context):
        sent.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        call()
    return sent


def answers(sent: list[tuple[str, tuple]]) -> list[list[tuple]]:
    """The rows of statements, by a bare cursor."""
    with connection.cursor() as cursor:
        return [_rows(cursor, *each) for each in sent]


def _rows(cursor, sql: str, parameters: tuple) -> list[tuple]:
    cursor.execute(sql, parameters)
    return cursor.fetchall() if cursor.description else []
