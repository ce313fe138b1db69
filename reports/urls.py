from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.OwnArea.as_view(), name="overview"),
    path("areas/<str:area_code>/", views.AreaOverview.as_view(), name="area"),
    path("areas/<str:area_code>/households/", views.AreaHouseholds.as_view(), name="area-households"),
    path("areas/<str:area_code>/targets/", views.SetTargets.as_view(), name="targets"),
]
