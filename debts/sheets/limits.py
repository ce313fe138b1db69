"""How large a spreadsheet file may be, and the one refusal for a file that can not be opened."""

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PARTS = 1_000
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 2 * 1024 * 1024
"""Small honest files pack very well (one style repeated); below this size the ratio says nothing."""
MAX_ROWS = 100_000
"""Rows of debtors; `HEADING_ROWS` more may stand above, between and below them."""
HEADING_ROWS = 1_000
MAX_FILLED_ROWS = MAX_ROWS + HEADING_ROWS
MAX_COLUMNS = 256
MAX_CELLS = 2_500_000
"""Cells between A1 and the last filled cell, all sheets together: what the reader must hold in memory."""

BROKEN = "เปิดไฟล์ไม่ได้ ใช้ไฟล์ .xlsx .xls .ods หรือ .csv ขนาดไม่เกิน 10 MB"
ENCRYPTED = "ไฟล์มีรหัสผ่าน ปลดรหัสผ่านแล้วเลือกไฟล์อีกครั้ง"
EMPTY = "ไฟล์ว่าง ไม่มีข้อมูลให้นำเข้า เลือกไฟล์ที่มีตาราง"
TOO_BIG = "ไฟล์ใหญ่กว่า 10 MB แบ่งเป็นไฟล์เล็กลงแล้วเลือกไฟล์อีกครั้ง"
UNPACKS_TOO_BIG = "ข้อมูลข้างในไฟล์ใหญ่เกินกว่าที่ระบบรับได้ ลบแผ่นงานและรูปภาพที่ไม่ใช้ หรือแบ่งเป็นไฟล์เล็กลง"
NOT_A_WORKBOOK = "เปิดไฟล์ไม่ได้ ข้างในไม่ใช่ไฟล์ตาราง ใช้ไฟล์ .xlsx .xls .ods หรือ .csv"
DOCTYPE = "เปิดไฟล์ไม่ได้ ไฟล์มีส่วนที่ไม่ปลอดภัย (DOCTYPE) เปิดด้วย Excel แล้วบันทึกเป็น .xlsx ใหม่"


class CannotOpen(ValueError):
    """The file is refused; the message says in Thai why and what to do."""


def check_extent(*, rows: int, columns: int, cells: int, max_rows: int) -> None:
    """Refuse more filled rows, a wider sheet or a larger area than a register needs.

    Raises CannotOpen.
    """
    if rows > max_rows:
        raise CannotOpen(too_many_rows(rows, min(max_rows, MAX_ROWS)))
    if columns > MAX_COLUMNS:
        raise CannotOpen(f"แผ่นงานกว้าง {columns:,} คอลัมน์ รับได้ไม่เกิน {MAX_COLUMNS} คอลัมน์ ลบคอลัมน์ที่ไม่ใช้")
    if cells > MAX_CELLS:
        raise CannotOpen("มีข้อมูลอยู่ไกลจากตารางมาก ลบแถวและคอลัมน์ที่ไม่ใช้แล้วบันทึกไฟล์ใหม่")


def too_many_rows(rows: int, most: int = MAX_ROWS) -> str:
    return f"ไฟล์มี {rows:,} แถว นำเข้าได้ครั้งละไม่เกิน {most:,} แถว แบ่งเป็นหลายไฟล์"
