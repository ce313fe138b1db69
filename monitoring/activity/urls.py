from django.urls import path

from monitoring.activity import household_views as households
from monitoring.activity import money_views as money
from monitoring.activity import views

urlpatterns = [
    path("activities/", views.ActivityList.as_view(), name="activities"),
    path("activities/new/", views.ActivityNew.as_view(), name="activity-new"),
    path("activities/<int:activity_pk>/", views.ActivityPage.as_view(), name="activity"),
    path("activities/<int:activity_pk>/edit/", views.ActivityEdit.as_view(), name="activity-edit"),
    path(
        "activities/<int:activity_pk>/households/",
        views.ActivityHouseholds.as_view(),
        name="activity-households",
    ),
    path("activities/<int:activity_pk>/money/", money.ActivityMoney.as_view(), name="activity-money"),
    path(
        "activities/<int:activity_pk>/withdraw/", views.ActivityWithdraw.as_view(), name="activity-withdraw"
    ),
    path(
        "group-money/<int:groupmoney_pk>/reverse/", money.MoneyReverse.as_view(), name="group-money-reverse"
    ),
    path("centres/<int:centre_pk>/activities/", views.CentreActivities.as_view(), name="centre-activities"),
    path(
        "households/<int:household_pk>/activities/",
        households.HouseholdActivities.as_view(),
        name="household-activities",
    ),
    path(
        "households/<int:household_pk>/model/",
        households.ModelHouseholdNew.as_view(),
        name="model-household-new",
    ),
    path("model-households/", households.ModelHouseholdList.as_view(), name="model-households"),
    path(
        "model-households/<int:modelhousehold_pk>/end/",
        households.ModelHouseholdEnd.as_view(),
        name="model-household-end",
    ),
]
