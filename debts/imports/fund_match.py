"""Which member fund of a centre the words of a file mean."""

from collections.abc import Iterable

from config.thai import search_key
from funds.models import Fund


def find_fund(words: str, kind: str, funds: Iterable[Fund]) -> Fund | None:
    """The fund of that name, or else the only one of that kind; None when an officer must say."""
    funds = list(funds)
    same_name = [fund for fund in funds if search_key(fund.name) == search_key(words)]
    same_kind = [fund for fund in funds if fund.kind == kind != Fund.Kind.OTHER]
    return next((found[0] for found in (same_name, same_kind) if len(found) == 1), None)
