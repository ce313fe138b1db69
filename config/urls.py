"""Every address of the system. Paths are for people, modules are for us."""

from django.urls import include, path

from debts.papers.verify import verify
from debts.views.households import HouseholdList
from monitoring.search import Search
from reports.home_views import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("", include("accounts.urls")),
    path("verify/<str:token>/", verify, name="verify"),
    path("search/", Search.as_view(), name="search"),
    path("funds/", include("funds.urls")),
    path("households/", HouseholdList.as_view(), name="households"),
    path("households/", include("households.urls")),
    path("debts/", include("debts.urls")),
    path("monitoring/", include("monitoring.urls")),
    path("reports/", include("reports.urls")),
    path("api/v1/", include("reports.api.urls")),
]
