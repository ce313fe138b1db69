"""Where a line of Thai may end: the renderer breaks between dictionary words, also inside one like ครัว|เรือน.

A word of the list stays on one line. The renderer then sees no break around it either, so each gets one back
(`<wbr>`). Cells of tables are left alone: a word that is wider than its cell has to break somewhere.
"""

import re

WHOLE = """
กลุ่มงาน กำหนดการ ข้อเท็จจริง ข้อบังคับ ข้อพิจารณา ข้อเสนอแนะ ครบกำหนด ครัวเรือน คณะกรรมการ ค่าเป้าหมาย ค้างชำระ ค้ำประกัน
เงินกู้ เงินต้น เงินทุน ชำระหนี้ ดำเนินการ ดำเนินงาน ตัวชี้วัด ที่ทำการ บริหารจัดการ บ้านเลขที่ ปลดหนี้ ปีงบประมาณ ผิดนัด
ผู้ค้ำประกัน ผู้ว่าราชการ พัฒนาชุมชน ภาวะหนี้สิน มีส่วนร่วม ยืดหนี้ รายเดือน เรื่องเดิม ลดหนี้ ลายมือชื่อ ศาลาประชาคม หมู่ที่ ออมทรัพย์
เข้าร่วม
""".split()
_LONGEST_FIRST = "|".join(sorted(WHOLE, key=len, reverse=True))
_SKIPPED = r"<(head|table|style)\b.*?</\1>|<[^>]*>"
_PIECES = re.compile(f"{_SKIPPED}|(?P<word>{_LONGEST_FIRST})", re.DOTALL)
ASKED = 'data-words="whole"'
BREAK = "\u200b"
"""What the renderer draws for `<wbr>`: nothing, and nothing to copy."""


def with_whole_words(html: str) -> str:
    """The page with each word of the list kept on one line, where it asks for that (templates/papers/base.html):
    every kept word is a box of its own, and a page of nothing else takes twice the time."""
    return _PIECES.sub(_kept, html) if ASKED in html else html


def _kept(found: re.Match) -> str:
    return f'<wbr><span class="n">{found[0]}</span><wbr>' if found["word"] else found[0]
