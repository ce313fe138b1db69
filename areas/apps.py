from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "areas"
    verbose_name = "พื้นที่"

    def ready(self):
        from config import thai_sql  # noqa: F401, PLC0415 - teaches SQLite its part once apps are loaded
