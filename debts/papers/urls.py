from django.urls import path

from debts.papers import views

urlpatterns = [
    path("contracts/<int:contract_pk>/duty/", views.PayDuty.as_view(), name="contract-duty"),
    path("contracts/<int:contract_pk>/signed/", views.AttachSigned.as_view(), name="contract-signed"),
    path("papers/<int:mergeddebt_pk>/return/", views.GiveBack.as_view(), name="paper-return"),
    path("clauses/", views.ClauseList.as_view(), name="clauses"),
    path("clauses/new/", views.NewClause.as_view(), name="clause-new"),
    path("clauses/<int:clausetext_pk>/", views.ShowClause.as_view(), name="clause"),
    path("clauses/<int:clausetext_pk>/edit/", views.EditClause.as_view(), name="clause-edit"),
    path("clauses/<int:clausetext_pk>/approve/", views.ApproveClause.as_view(), name="clause-approve"),
]
