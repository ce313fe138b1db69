from django.urls import path

from reports import paper_views, views

app_name = "reports"
urlpatterns = [
    path("", views.OwnArea.as_view(), name="overview"),
    path("areas/<str:area_code>/", views.AreaOverview.as_view(), name="area"),
    path("areas/<str:area_code>/households/", views.AreaHouseholds.as_view(), name="area-households"),
    path("areas/<str:area_code>/targets/", views.SetTargets.as_view(), name="targets"),
    path("papers/contracts/<int:contract_pk>/", paper_views.ContractPaper.as_view(), name="contract-paper"),
    path(
        "papers/registers/<int:register_pk>/",
        paper_views.KeptRegisterPaper.as_view(),
        name="kept-register-paper",
    ),
    path("papers/visits/<int:visit_pk>/", paper_views.VisitPaper.as_view(), name="visit-paper"),
    path(
        "papers/centres/<int:centre_pk>/contracts/",
        paper_views.ContractsPaper.as_view(),
        name="contracts-paper",
    ),
    path(
        "papers/centres/<int:centre_pk>/register/", paper_views.RegisterPaper.as_view(), name="register-paper"
    ),
]
