"""Thai as it is typed and printed: digits, Buddhist years, amounts, names. Parsing and formatting only."""

from config.thai.amounts import read_count, read_money, read_percent
from config.thai.dates import ReadDate, read_date
from config.thai.identity import format_national_id, masked_national_id, national_id_is_valid
from config.thai.order import name_key, search_key, sort_key
from config.thai.register import Name, read_fund_names, read_house_number, read_name, read_names
from config.thai.seasons import DayOfYear, read_seasons, seasons_text
from config.thai.sound import sound_key
from config.thai.spelling import likeness, spelling_key
from config.thai.text import CannotRead, arabic_digits, thai_digits, tidy
from config.thai.words import baht_text
from config.thai.writing import (
    buddhist_year,
    clock,
    count,
    date_range,
    fiscal_year,
    fiscal_year_end,
    fiscal_year_start,
    full_date,
    long_date,
    long_month,
    long_range,
    moment,
    money,
    percent,
    short_date,
    short_month,
    weekday_date,
)

__all__ = [
    "CannotRead",
    "DayOfYear",
    "Name",
    "ReadDate",
    "arabic_digits",
    "baht_text",
    "buddhist_year",
    "clock",
    "count",
    "date_range",
    "fiscal_year",
    "fiscal_year_end",
    "fiscal_year_start",
    "format_national_id",
    "full_date",
    "likeness",
    "long_date",
    "masked_national_id",
    "moment",
    "money",
    "name_key",
    "national_id_is_valid",
    "percent",
    "read_count",
    "read_date",
    "read_fund_names",
    "read_house_number",
    "read_money",
    "read_name",
    "read_names",
    "read_percent",
    "read_seasons",
    "search_key",
    "seasons_text",
    "short_date",
    "long_month",
    "long_range",
    "short_month",
    "sort_key",
    "sound_key",
    "spelling_key",
    "thai_digits",
    "tidy",
    "weekday_date",
]
