"""How the sign-in library is bent to our house: officers are appointed, nobody signs up; every sign-in,
failed sign-in and change of password is recorded."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from accounts import second_step
from accounts.audit import record
from accounts.models import Officer
from config import crypto

SECRET = "mfa_authenticator.data"  # noqa: S105 - what the cipher binds a secret to


class OfficerAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจสอบแล้วลองอีกครั้ง",
        "too_many_login_attempts": "เข้าสู่ระบบไม่สำเร็จหลายครั้ง ลองใหม่ได้ในอีก 15 นาที หรือติดต่อผู้ดูแลระบบจังหวัด",
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ตรง ตรวจสอบแล้วลองอีกครั้ง",
        "incorrect_password": "รหัสผ่านไม่ตรง ตรวจสอบแล้วลองอีกครั้ง",
        "rate_limited": "ส่งคำขอถี่เกินไป รอสักครู่แล้วลองใหม่",
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """A dismissed officer is told what a stranger is told."""
        officer = super().authenticate(request, **credentials)
        return officer if officer and officer.is_active else None

    def authentication_failed(self, request, **credentials):
        officer = Officer.objects.filter(username__iexact=credentials.get("username", "")).first()
        target = f"officer:{officer.pk}" if officer else "unknown"
        record(by=None, action="sign_in_failed", target=target, request=request)

    def post_login(self, request, user, **options):
        record(by=user, action="sign_in", target=f"officer:{user.pk}", request=request)
        return super().post_login(request, user, **options)

    def set_password(self, user, password):
        user.must_change_password = False
        super().set_password(user, password)
        record(by=user, action="change_password", target=f"officer:{user.pk}", request=self.request)


class OfficerSecondStep(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "รหัสไม่ตรง ตรวจสอบรหัสล่าสุดในแอปแล้วลองอีกครั้ง",
        "cannot_delete_authenticator": "บทบาทของท่านต้องใช้การยืนยันสองขั้นตอน จึงปิดไม่ได้",
    }

    def encrypt(self, text):
        return base64.b64encode(crypto.encrypt(text, context=SECRET)).decode()

    def decrypt(self, encrypted_text):
        return crypto.decrypt(base64.b64decode(encrypted_text), context=SECRET)

    def can_delete_authenticator(self, authenticator):
        return not second_step.is_required_of(authenticator.user)
