"""Every address of the system. Paths are for people, modules are for us."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("funds/", include("funds.urls")),
    path("households/", include("households.urls")),
    path("debts/", include("debts.urls")),
    path("monitoring/", include("monitoring.urls")),
    path("reports/", include("reports.urls")),
]
