"""From points to a score and a level; no rows here."""

from collections.abc import Iterable


def score(given: Iterable[tuple[int, int]], *, most: int) -> int | None:
    """Hundredths of a percent, half up, of `(weight, points)` pairs where `most` points can be had on each.

    Items that do not apply are not among the pairs, so the others weigh more. None when nothing applies.
    """
    pairs = list(given)
    possible = sum(weight for weight, _ in pairs) * most
    earned = sum(weight * points for weight, points in pairs)
    return (earned * 20000 + possible) // (2 * possible) if possible else None


def level(score: int, *, level2_from: int, level3_from: int) -> int:
    """1 to 3, for a score in hundredths of a percent and levels that begin at whole percentages."""
    return 1 + (score >= level2_from * 100) + (score >= level3_from * 100)
