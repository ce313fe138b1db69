from django.apps import AppConfig
from django.db.models.signals import post_migrate

from reports.targets.measures import load_measures


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "รายงาน"

    def ready(self):
        post_migrate.connect(load_measures, sender=self)
