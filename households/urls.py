from django.urls import path

from households import views

app_name = "households"
urlpatterns = [
    path("", views.HouseholdList.as_view(), name="households"),
]
