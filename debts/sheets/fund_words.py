"""Which kind of fund the words of a file mean, and which fund a title names."""

import re

from config.thai import search_key, tidy

KINDS = (
    ("poverty_project", ("กขคจ", "แก้ไขปัญหาความยากจน")),
    ("savings_group", ("ออมทรัพย์", "สัจจะ")),
    ("village_fund", ("กองทุนหมู่บ้าน", "กองทุนชุมชนเมือง", "กทบ", "เงินล้าน")),
    ("occupation_group", ("อาชีพ", "กลุ่มสตรี", "กลุ่มทอผ้า", "กลุ่มเลี้ยง", "กลุ่มเกษตร")),
)
_FUND = re.compile(r"(?:โครงการ|กองทุน|กลุ่ม|ธนาคาร|สัจจะ|ออมทรัพย์|กทบ|กข\s?\.?\s?คจ).*")
_PLACE_OR_DAY = re.compile(r"\s*(?:หมู่(?:ที่)?\s*[0-9๐-๙]|ตำบล|ต\.|ข้อมูล|ณ\s*วันที่|ประจำ(?:ปี|เดือน)|ปี\s*[0-9๐-๙]).*")


def fund_kind(words: str) -> str:
    """One of village_fund, savings_group, poverty_project, occupation_group, other."""
    key = search_key(words)
    return next((kind for kind, marks in KINDS if any(mark in key for mark in marks)), "other")


def fund_in(title: str) -> str:
    """The fund a title names: "ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ หมู่ที่ ๓" → กองทุนหมู่บ้านหนองฮะ; "" if none."""
    found = _FUND.search(tidy(title))
    return _PLACE_OR_DAY.sub("", found[0]) if found else ""
