from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "areas"
    verbose_name = "พื้นที่"
