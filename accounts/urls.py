from allauth.account import views as account
from allauth.usersessions import views as usersessions
from django.urls import include, path

from accounts import views

app_urls = [
    path("", views.Home.as_view(), name="home"),
    path("accounts/profile/", views.Profile.as_view(), name="profile"),
    path("manage/officers/", views.OfficerList.as_view(), name="officers"),
]

# Only the pages of the sign-in library that this house uses.
urlpatterns = [
    path("", include((app_urls, "accounts"))),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/", account.password_change, name="account_change_password"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", usersessions.list_usersessions, name="usersessions_list"),
]
