"""The record of sensitive acts: reveals, exports, appointments, cancelled contracts.

Administrators read it and see no case: a target is a kind and a key or number, never a person's name, and
the details of acts upon cases are kept for an investigation without being shown on the page.
"""

import json
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent

ACTIONS = {
    "sign_in": "เข้าสู่ระบบ",
    "sign_in_failed": "เข้าสู่ระบบไม่สำเร็จ",
    "change_password": "เปลี่ยนรหัสผ่านของตน",
    "second_step_on": "เปิดใช้การยืนยันสองขั้นตอน",
    "second_step_off": "ปิดการยืนยันสองขั้นตอน",
    "appoint": "เพิ่มผู้ใช้",
    "move": "เปลี่ยนบทบาทหรือพื้นที่",
    "dismiss": "ยกเลิกสิทธิ์ใช้งาน",
    "restore": "คืนสิทธิ์ใช้งาน",
    "first_password": "ออกรหัสผ่านชั่วคราว",
    "sign_out_everywhere": "ออกจากระบบทุกเครื่อง",
    "export": "ส่งออกรายการ",
    "committee-leave": "บันทึกกรรมการพ้นจากตำแหน่ง",
    "reveal_national_id": "เปิดดูเลขประจำตัวประชาชน",
    "print_contract": "พิมพ์สัญญา",
    "livelihood-add": "บันทึกรายได้และรายจ่าย",
    "livelihood-edit": "แก้ไขรายได้และรายจ่าย",
    "otherdebt-add": "บันทึกหนี้นอกกองทุนสมาชิก",
    "otherdebt-edit": "แก้ไขหนี้นอกกองทุนสมาชิก",
    "document-add": "แนบเอกสารครัวเรือน",
    "document-delete": "ลบเอกสารครัวเรือน",
    "debt-edit": "แก้ไขหนี้",
    "person-rename": "แก้ไขชื่อบุคคล",
    "person-edit": "แก้ไขข้อมูลสมาชิก",
    "household-edit": "แก้ไขข้อมูลครัวเรือน",
    "centre-edit": "แก้ไขข้อมูลศูนย์ฯ",
    "fund-edit": "แก้ไขข้อมูลกลุ่ม/กองทุน",
    "letter-edit": "แก้ไขร่างหนังสือ",
    "round-edit": "แก้ไขรอบการติดตาม",
    "committeeorder-edit": "แก้ไขคำสั่งแต่งตั้งคณะกรรมการ",
    "committeemember-edit": "แก้ไขกรรมการ",
    "fundyear-tell": "บันทึกระดับและองค์ประกอบของกองทุน",
    "meeting-decide": "บันทึกมติคณะกรรมการ",
    "class-rules": "เปลี่ยนหลักเกณฑ์จัดประเภทลูกหนี้",
    "class-decide": "กำหนดประเภทลูกหนี้เอง",
    "forbear": "ผ่อนผันหนี้",
    "forbear-end": "เลิกผ่อนผันหนี้",
    "register-import": "นำเข้าทะเบียนลูกหนี้",
    "columns-match": "จับคู่คอลัมน์ของไฟล์ทะเบียน",
    "register-edit": "แก้ไขทะเบียนลูกหนี้ด้วยไฟล์ Excel",
    "register-export": "ส่งออกทะเบียนลูกหนี้เพื่อแก้ไข",
    "register-withdraw": "ยกเลิกการนำเข้าทั้งชุด",
    "register-discard": "ลบไฟล์ทะเบียนที่ยังไม่นำเข้า",
    "register-certify": "รับรองทะเบียนลูกหนี้",
    "payment-reverse": "กลับรายการชำระ",
    "contract-cancel": "ยกเลิกสัญญา",
    "fund-transfer": "บันทึกการโอนเงินระหว่างกองทุน",
    "fund-transfer-reverse": "กลับรายการโอนเงินระหว่างกองทุน",
    "promise-withdraw": "ถอนรายการรับปากชำระ",
    "print_acknowledgement": "พิมพ์หนังสือรับสภาพหนี้",
    "stamp-duty": "บันทึกอากรแสตมป์",
    "paper-return": "บันทึกการคืนสัญญาเดิม",
    "clause-draft": "ร่างข้อความสัญญา",
    "clause-approve": "อนุมัติข้อความสัญญา",
    "plan-apply": "อนุมัติการเปลี่ยนแผนของสัญญา",
    "plan-undo": "เลิกทำการเปลี่ยนแผนของสัญญา",
    "plan-approvers": "เปลี่ยนเกณฑ์จำนวนผู้อนุมัติ",
    "twins-apart": "ระบุว่าไม่ใช่ครัวเรือนเดียวกัน",
    "twins-ask-again": "นำคู่ครัวเรือนที่อาจซ้ำกลับมาตรวจ",
    "household-merge": "รวมครัวเรือนซ้ำ",
    "form-draft": "ร่างแบบประเด็นหรือแบบประเมินฉบับใหม่",
    "form-approve": "ประกาศใช้แบบประเด็นหรือแบบประเมิน",
    "form-discard": "ลบร่างแบบประเด็นหรือแบบประเมิน",
    "activity-edit": "แก้ไขกิจกรรม",
    "activity-households": "บันทึกครัวเรือนที่ร่วมกิจกรรม",
    "activity-withdraw": "นำกิจกรรมออก",
    "group-money-reverse": "กลับรายการเงินทุนคืนกลุ่ม",
    "model-household": "ตั้งครัวเรือนต้นแบบ",
    "model-household-end": "สิ้นสุดครัวเรือนต้นแบบ",
    "household-unmerge": "เลิกรวมครัวเรือน",
    "profile-edit": "แก้ไขอีเมลและการแจ้งเตือนของตน",
    "targets-set": "กำหนดเป้าหมาย",
    "handover-begin": "จัดทำรายการส่งมอบงาน",
    "handover-answer": "ตรวจรับงานที่ส่งมอบ",
    "handover-withdraw": "ยกเลิกการส่งมอบงาน",
    "api-token-make": "ออกกุญแจให้ระบบอื่น",
    "api-token-revoke": "ยกเลิกกุญแจของระบบอื่น",
    "api-read": "ระบบอื่นอ่านข้อมูล",
}
# Acts upon accounts and lists, whose details say nothing of a case.
SHOWN_IN_FULL = {"appoint", "move", "dismiss", "restore", "first_password", "sign_out_everywhere", "export"}
FIRST_SEAL = "0" * 64


def seal_of(event: AuditEvent, previous: str) -> str:
    """The hash that ties an event to the one before it."""
    content = [
        previous,
        event.at.isoformat(),
        event.officer_id,
        event.address,
        event.action,
        event.target,
        event.detail,
    ]
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def record(*, by, action: str, target: str, detail: dict | None = None, request=None) -> AuditEvent:
    """Write one event. Locks the newest one, so that two events never seal the same predecessor."""
    newest = AuditEvent.objects.select_for_update().order_by("-pk").first()
    event = AuditEvent(
        at=timezone.now(),
        officer=by,
        address=get_adapter().get_client_ip(request) if request else None,
        action=action,
        target=target,
        detail=detail or {},
    )
    event.seal = seal_of(event, newest.seal if newest else FIRST_SEAL)
    event.save(force_insert=True)
    return event


def broken_at() -> AuditEvent | None:
    """The first event whose seal does not follow from the one before, if any row was changed or removed."""
    previous = FIRST_SEAL
    for event in AuditEvent.objects.order_by("pk").iterator():
        if event.seal != seal_of(event, previous):
            return event
        previous = event.seal
    return None
