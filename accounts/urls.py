from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as usersessions
from django.urls import include, path

from accounts import views

app_urls = [
    path("accounts/profile/", views.Profile.as_view(), name="profile"),
    path("accounts/profile/edit/", views.EditProfile.as_view(), name="profile-edit"),
    path("accounts/stay/", views.StaySignedIn.as_view(), name="stay"),
    path("accounts/lists/views/", views.ListViews.as_view(), name="list-views"),
    path("accounts/lists/columns/", views.ListColumns.as_view(), name="list-columns"),
    path("manage/officers/", views.OfficerList.as_view(), name="officers"),
    path("manage/officers/new/", views.OfficerNew.as_view(), name="officer-new"),
    path("manage/officers/<int:officer_pk>/", views.OfficerShow.as_view(), name="officer"),
    path("manage/officers/<int:officer_pk>/move/", views.OfficerMove.as_view(), name="officer-move"),
    path("manage/officers/<int:officer_pk>/dismiss/", views.OfficerDismiss.as_view(), name="officer-dismiss"),
    path("manage/officers/<int:officer_pk>/restore/", views.OfficerRestore.as_view(), name="officer-restore"),
    path(
        "manage/officers/<int:officer_pk>/password/",
        views.OfficerFirstPassword.as_view(),
        name="officer-first-password",
    ),
    path(
        "manage/officers/<int:officer_pk>/sign-out/", views.OfficerSignOut.as_view(), name="officer-sign-out"
    ),
    path("manage/audit/", views.AuditList.as_view(), name="audit"),
    path("manage/audit/check/", views.AuditCheck.as_view(), name="audit-check"),
    path("jobs/", views.JobList.as_view(), name="jobs"),
    path("jobs/<int:job_pk>/", views.ShowJob.as_view(), name="job"),
    path("jobs/<int:job_pk>/result/", views.JobResult.as_view(), name="job-result"),
    path("jobs/<int:job_pk>/cancel/", views.CancelJob.as_view(), name="job-cancel"),
    path("jobs/<int:job_pk>/again/", views.TryJobAgain.as_view(), name="job-again"),
]


def titled(view, title: str):
    """A page of the sign-in library under our heading."""
    return view.as_view(extra_context={"title": title})


# Only the pages of the sign-in library that this house uses.
urlpatterns = [
    path("", include((app_urls, "accounts"))),
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
    path("workerz", views.works, name="workerz"),
    path("accounts/login/", titled(account.LoginView, "เข้าสู่ระบบ"), name="account_login"),
    path("accounts/logout/", titled(views.SignOut, "ออกจากระบบ"), name="account_logout"),
    path(
        "accounts/password/",
        titled(account.PasswordChangeView, "เปลี่ยนรหัสผ่าน"),
        name="account_change_password",
    ),
    path(
        "accounts/reauthenticate/",
        titled(account.ReauthenticateView, "ยืนยันตัวตนอีกครั้ง"),
        name="account_reauthenticate",
    ),
    path("accounts/2fa/", titled(mfa.IndexView, "การยืนยันสองขั้นตอน"), name="mfa_index"),
    path(
        "accounts/2fa/authenticate/", titled(mfa.AuthenticateView, "ยืนยันตัวตนขั้นที่สอง"), name="mfa_authenticate"
    ),
    path(
        "accounts/2fa/reauthenticate/",
        titled(mfa.ReauthenticateView, "ยืนยันตัวตนอีกครั้ง"),
        name="mfa_reauthenticate",
    ),
    path(
        "accounts/2fa/activate/",
        titled(totp.ActivateTOTPView, "เปิดใช้การยืนยันสองขั้นตอน"),
        name="mfa_activate_totp",
    ),
    path(
        "accounts/2fa/deactivate/",
        titled(totp.DeactivateTOTPView, "ปิดการยืนยันสองขั้นตอน"),
        name="mfa_deactivate_totp",
    ),
    path(
        "accounts/2fa/codes/",
        titled(recovery_codes.ViewRecoveryCodesView, "รหัสสำรอง"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "accounts/2fa/codes/new/",
        titled(recovery_codes.GenerateRecoveryCodesView, "สร้างรหัสสำรองชุดใหม่"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accounts/sessions/",
        titled(usersessions.ListUserSessionsView, "เครื่องที่ลงชื่อเข้าใช้"),
        name="usersessions_list",
    ),
]
