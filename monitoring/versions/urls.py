from django.urls import path

from monitoring.versions import views

ISSUES, CARD = "forms/issues/<int:issuetemplate_pk>/", "forms/scorecards/<int:scorecard_pk>/"
urlpatterns = [
    path("forms/", views.FormVersions.as_view(), name="forms"),
    path(f"{ISSUES}new/", views.IssuesNew.as_view(), name="issues-new"),
    path(f"{ISSUES}edit/", views.IssuesEdit.as_view(), name="issues-edit"),
    path(f"{ISSUES}approve/", views.IssuesApprove.as_view(), name="issues-approve"),
    path(f"{ISSUES}discard/", views.IssuesDiscard.as_view(), name="issues-discard"),
    path(f"{CARD}new/", views.CardNew.as_view(), name="card-new"),
    path(f"{CARD}edit/", views.CardEdit.as_view(), name="card-edit"),
    path(f"{CARD}approve/", views.CardApprove.as_view(), name="card-approve"),
    path(f"{CARD}discard/", views.CardDiscard.as_view(), name="card-discard"),
]
