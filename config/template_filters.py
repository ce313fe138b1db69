"""How amounts, days and places are written in templates. Loaded in every template."""

from django import template
from django.utils import timezone

from config import thai

register = template.Library()

for writer in (
    thai.money,
    thai.count,
    thai.percent,
    thai.short_date,
    thai.short_month,
    thai.long_date,
    thai.baht_text,
    thai.thai_digits,
):
    register.filter(writer.__name__, writer)


@register.filter
def moment(at) -> str:
    """15 มี.ค. 2562 เวลา 14.05 น., in Bangkok; empty for None."""
    return thai.moment(timezone.localtime(at)) if at else ""
