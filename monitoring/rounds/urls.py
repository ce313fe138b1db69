from django.urls import path

from monitoring.rounds import readiness_views, views

urlpatterns = [
    path("rounds/", views.RoundList.as_view(), name="rounds"),
    path("rounds/new/", views.RoundNew.as_view(), name="round-new"),
    path("rounds/<int:round_pk>/", views.RoundPage.as_view(), name="round"),
    path("rounds/<int:round_pk>/edit/", views.RoundEdit.as_view(), name="round-edit"),
    path("rounds/<int:round_pk>/programme/", views.RoundProgramme.as_view(), name="round-programme"),
    path("rounds/<int:round_pk>/visits/new/", views.RoundVisit.as_view(), name="round-visit"),
    path(
        "visits/<int:visit_pk>/readiness/", readiness_views.VisitReadiness.as_view(), name="visit-readiness"
    ),
    path("visits/<int:visit_pk>/prepare/", readiness_views.VisitPrepare.as_view(), name="visit-prepare"),
    path("centres/<int:centre_pk>/facts/", readiness_views.CentreFacts.as_view(), name="centre-facts"),
    path("year-plan/", views.YearPlan.as_view(), name="year-plan"),
]
