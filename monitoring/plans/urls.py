from django.urls import path

from monitoring.plans import inbox_views as plan_inbox
from monitoring.plans import views as plans

urlpatterns = [
    path("plans/", plans.ActionPlanList.as_view(), name="action-plans"),
    path("plans/new/", plans.ActionPlanNew.as_view(), name="action-plan-new"),
    path("plans/waiting/", plan_inbox.PlansWaiting.as_view(), name="action-plans-waiting"),
    path("plans/approve/", plan_inbox.ApproveTogether.as_view(), name="action-plans-approve"),
    path("plans/<int:actionplan_pk>/", plans.ActionPlanPage.as_view(), name="action-plan"),
    path("plans/<int:actionplan_pk>/edit/", plans.ActionPlanEdit.as_view(), name="action-plan-edit"),
    path("plans/<int:actionplan_pk>/send/", plans.ActionPlanSend.as_view(), name="action-plan-send"),
    path(
        "plans/<int:actionplan_pk>/take-back/",
        plans.ActionPlanTakeBack.as_view(),
        name="action-plan-take-back",
    ),
    path("plans/<int:actionplan_pk>/approve/", plans.ActionPlanApprove.as_view(), name="action-plan-approve"),
    path("plans/<int:actionplan_pk>/return/", plans.ActionPlanReturn.as_view(), name="action-plan-return"),
    path("plans/<int:actionplan_pk>/undo/", plans.ActionPlanUndo.as_view(), name="action-plan-undo"),
    path(
        "plans/activities/<int:plannedactivity_pk>/",
        plans.ActivityResult.as_view(),
        name="planned-activity",
    ),
]
