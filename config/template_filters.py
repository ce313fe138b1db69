"""How amounts, days and places are written in templates. Loaded in every template."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

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
    thai.clock,
    thai.weekday_date,
):
    register.filter(writer.__name__, writer)


@register.filter
def moment(at) -> str:
    """15 มี.ค. 2562 เวลา 14.05 น., in Bangkok; empty for None."""
    return thai.moment(timezone.localtime(at)) if at else ""


@register.filter
def bold(text, typed: str):
    """The text with what was typed in bold, where it stands there as it was typed."""
    before, found, after = text.partition(typed)
    return format_html("{}<b>{}</b>{}", before, found, after) if typed and found else text
