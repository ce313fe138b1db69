from django.urls import include, path

from monitoring import views
from monitoring.grading import views as grading

app_name = "monitoring"
urlpatterns = [
    path("visits/", views.VisitList.as_view(), name="visits"),
    path("visits/new/", views.VisitPlan.as_view(), name="visit-new"),
    path("visits/<int:visit_pk>/", views.VisitPage.as_view(), name="visit"),
    path("visits/<int:visit_pk>/edit/", views.VisitRecord.as_view(), name="visit-edit"),
    path("visits/<int:visit_pk>/photos/", views.VisitPhotos.as_view(), name="visit-photos"),
    path("visits/<int:visit_pk>/send/", views.VisitSend.as_view(), name="visit-send"),
    path("visits/<int:visit_pk>/return/", views.VisitReturn.as_view(), name="visit-return"),
    path("visits/<int:visit_pk>/certify/", views.VisitCertify.as_view(), name="visit-certify"),
    path("photos/<int:photo_pk>/", views.PhotoFile.as_view(), name="photo"),
    path("photos/<int:photo_pk>/delete/", views.PhotoDelete.as_view(), name="photo-delete"),
    path("recommendations/", views.RecommendationList.as_view(), name="recommendations"),
]
urlpatterns += [path("", include("monitoring.rounds.urls")), path("", include("monitoring.letters.urls"))]

urlpatterns += [
    path("visits/offline/", views.OfflinePage.as_view(), name="visits-offline"),
    path("visits/worker.js", views.Worker.as_view(), name="visits-worker"),
    path("visits/<int:visit_pk>/device-photo/", views.DevicePhoto.as_view(), name="visit-device-photo"),
]

urlpatterns += [
    path("gradings/", grading.GradingList.as_view(), name="gradings"),
    path("gradings/new/", grading.GradingNew.as_view(), name="grading-new"),
    path("gradings/<int:grading_pk>/", grading.GradingPage.as_view(), name="grading"),
    path("gradings/<int:grading_pk>/edit/", grading.GradingEdit.as_view(), name="grading-edit"),
    path("gradings/<int:grading_pk>/send/", grading.GradingSend.as_view(), name="grading-send"),
    path("gradings/<int:grading_pk>/return/", grading.GradingReturn.as_view(), name="grading-return"),
    path("gradings/<int:grading_pk>/certify/", grading.GradingCertify.as_view(), name="grading-certify"),
]

urlpatterns += [
    path("", include("monitoring.activity.urls")),
    path("", include("monitoring.versions.urls")),
    path("", include("monitoring.plans.urls")),
]

ONE_ASKED = "recommendations/<int:recommendation_pk>/"
urlpatterns += [
    path(ONE_ASKED, views.RecommendationPage.as_view(), name="recommendation"),
    path(f"{ONE_ASKED}report/", views.RecommendationReport.as_view(), name="recommendation-report"),
    path(f"{ONE_ASKED}verify/", views.RecommendationVerify.as_view(), name="recommendation-verify"),
    path(f"{ONE_ASKED}return/", views.RecommendationReturn.as_view(), name="recommendation-return"),
    path("proofs/<int:followup_pk>/", views.ProofFile.as_view(), name="proof"),
]
