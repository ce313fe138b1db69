"""Short names of funds for the narrow columns of papers."""

from funds.models import Fund

SHORT = {
    Fund.Kind.VILLAGE_FUND: "กองทุนหมู่บ้าน",
    Fund.Kind.SAVINGS_GROUP: "ออมทรัพย์",
    Fund.Kind.POVERTY_PROJECT: "กข.คจ.",
}
ORDER = {kind: place for place, kind in enumerate(Fund.Kind.values)}


def in_order(funds) -> list[Fund]:
    """Each fund once, as the official forms list them: village fund, savings group, กข.คจ., the others."""
    return sorted(set(funds), key=lambda fund: (ORDER[fund.kind], fund.pk))


def short_names(funds) -> dict[int, str]:
    """Key of the fund → the short name of its kind, or its own name where two of a kind would be confused."""
    kinds = [fund.kind for fund in funds]
    return {
        fund.pk: SHORT[fund.kind] if fund.kind in SHORT and kinds.count(fund.kind) == 1 else fund.name
        for fund in funds
    }
