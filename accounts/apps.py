from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "เจ้าหน้าที่"

    def ready(self):
        from accounts import checks  # noqa: F401, PLC0415 - registers the check once apps are loaded
