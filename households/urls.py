from django.urls import path

from households import views

app_name = "households"
urlpatterns = [
    path("new/", views.HouseholdNew.as_view(), name="household-new"),
    path("<int:household_pk>/", views.HouseholdPage.as_view(), name="household"),
    path("<int:household_pk>/edit/", views.HouseholdEdit.as_view(), name="household-edit"),
    path("<int:household_pk>/people/new/", views.PersonNew.as_view(), name="person-new"),
    path("people/<int:person_pk>/edit/", views.PersonEdit.as_view(), name="person-edit"),
    path("people/<int:person_pk>/reveal/", views.PersonReveal.as_view(), name="person-reveal"),
    path("<int:household_pk>/livelihood/new/", views.LivelihoodNew.as_view(), name="livelihood-new"),
    path("livelihood/<int:livelihood_pk>/edit/", views.LivelihoodEdit.as_view(), name="livelihood-edit"),
    path("<int:household_pk>/other-debts/new/", views.OtherDebtNew.as_view(), name="otherdebt-new"),
    path("other-debts/<int:otherdebt_pk>/edit/", views.OtherDebtEdit.as_view(), name="otherdebt-edit"),
    path("<int:household_pk>/documents/new/", views.DocumentNew.as_view(), name="document-new"),
    path("documents/<int:document_pk>/", views.DocumentFile.as_view(), name="document"),
    path("documents/<int:document_pk>/delete/", views.DocumentDelete.as_view(), name="document-delete"),
]
