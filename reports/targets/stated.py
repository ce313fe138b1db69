"""What the department's plan of FY2565 states for the whole country (domain.md §8.1), brought in as it was printed:
the parts of the households are 14,150 and the whole is 14,250, and both stay."""

from areas.models import COUNTRY
from reports.models import Target

STATED = {
    2565: {
        "households": 14_250,
        "households-with-budget": 9_530,
        "households-without-budget": 4_620,
        "new-centres": 107,
        "model-centres": 27,
        "graded-centres": 1_138,
        "raised-groups": 9_000,
        "raised-savings-groups": 3_623,
        "raised-poverty-projects": 5_377,
        "borrowers": 150_000,
        "borrowers-of-savings-groups": 50_000,
        "borrowers-of-poverty-projects": 100_000,
        "new-members": 297_557,
    }
}


def load_stated() -> int:
    """Write down what is not there yet, and nothing over what was typed; returns how many numbers are new."""
    wanted = [(year, code, number) for year, numbers in STATED.items() for code, number in numbers.items()]
    known = set(Target.objects.filter(area=COUNTRY).values_list("fiscal_year", "measure"))
    new = [
        Target(area_id=COUNTRY, fiscal_year=year, measure_id=code, number=number)
        for year, code, number in wanted
        if (year, code) not in known
    ]
    return len(Target.objects.bulk_create(new))
