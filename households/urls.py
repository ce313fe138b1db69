from django.urls import path

from households import views

app_name = "households"
urlpatterns = [
    path("", views.HouseholdList.as_view(), name="households"),
    path("new/", views.HouseholdNew.as_view(), name="household-new"),
    path("<int:household_pk>/", views.HouseholdPage.as_view(), name="household"),
    path("<int:household_pk>/edit/", views.HouseholdEdit.as_view(), name="household-edit"),
    path("<int:household_pk>/people/new/", views.PersonNew.as_view(), name="person-new"),
    path("people/<int:person_pk>/edit/", views.PersonEdit.as_view(), name="person-edit"),
    path("people/<int:person_pk>/reveal/", views.PersonReveal.as_view(), name="person-reveal"),
]
