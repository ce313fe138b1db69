"""The sign-in library's forms in our words: labels above, no text inside the boxes."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm

CODE = {"code": ("รหัสยืนยัน", "ตัวเลข 6 หลักจากแอปยืนยันตัวตน")}
CODE_OR_RECOVERY = {"code": ("รหัสยืนยัน", "ตัวเลข 6 หลักจากแอปยืนยันตัวตน หรือรหัสสำรอง 1 รหัส")}
PASSWORD = {"password": ("รหัสผ่าน", "")}


class InOurWords:
    """Gives each field its label and hint of `words`."""

    words: dict[str, tuple[str, str]]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, LoginForm):
    words = {"login": ("ชื่อผู้ใช้", ""), **PASSWORD}


class PasswordForm(InOurWords, ChangePasswordForm):
    words = {
        "oldpassword": ("รหัสผ่านปัจจุบัน", ""),
        "password1": ("รหัสผ่านใหม่", "อย่างน้อย 12 ตัว เช่น คำสี่คำที่ไม่เกี่ยวกัน ไม่ใช่ชื่อตน ชื่อหน่วยงาน หรือจังหวัด"),
        "password2": ("รหัสผ่านใหม่อีกครั้ง", ""),
    }


class PasswordAgainForm(InOurWords, ReauthenticateForm):
    words = PASSWORD


class CodeForm(InOurWords, AuthenticateForm):
    words = CODE_OR_RECOVERY


class CodeAgainForm(InOurWords, ReauthenticateByCodeForm):
    words = CODE_OR_RECOVERY


class FirstCodeForm(InOurWords, ActivateTOTPForm):
    words = CODE
