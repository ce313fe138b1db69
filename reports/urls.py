from django.urls import path

from reports import (
    action_plan_paper,
    contract_papers,
    grade_views,
    pack_views,
    paper_views,
    payment_papers,
    plan_papers,
    selection_views,
    views,
    visit_bundle_views,
    visit_papers,
)
from reports.api import views as api
from reports.handover import views as handovers
from reports.returns import acts, sheet_views
from reports.returns import views as returns
from reports.targets import views as targets

app_name = "reports"
urlpatterns = [
    path("", views.OwnArea.as_view(), name="overview"),
    path("areas/<str:area_code>/", views.AreaOverview.as_view(), name="area"),
    path("areas/<str:area_code>/households/", views.AreaHouseholds.as_view(), name="area-households"),
    path("pack/", pack_views.OwnCatalogue.as_view(), name="own-catalogue"),
    path("areas/<str:area_code>/pack/", pack_views.Catalogue.as_view(), name="catalogue"),
    path("areas/<str:area_code>/pack/<str:report_key>/", pack_views.ShowReport.as_view(), name="report"),
    path("selection/", selection_views.ChooseCentre.as_view(), name="selection"),
    path("selection/<int:centre_pk>/", selection_views.SelectHouseholds.as_view(), name="select-households"),
    path("papers/meetings/<int:meeting_pk>/", paper_views.MinutesPaper.as_view(), name="minutes-paper"),
    path(
        "papers/contracts/<int:contract_pk>/", contract_papers.ContractPaper.as_view(), name="contract-paper"
    ),
    path(
        "papers/contracts/<int:contract_pk>/schedule/",
        contract_papers.SchedulePaper.as_view(),
        name="schedule-paper",
    ),
    path(
        "papers/contracts/<int:contract_pk>/acknowledgement/",
        contract_papers.AcknowledgementPaper.as_view(),
        name="acknowledgement-paper",
    ),
    path(
        "papers/releases/<int:paperreturn_pk>/",
        contract_papers.ReleasePaper.as_view(),
        name="release-paper",
    ),
    path(
        "papers/clauses/<int:clausetext_pk>/",
        contract_papers.ClausePreview.as_view(),
        name="clause-preview",
    ),
    path(
        "papers/households/<int:household_pk>/plans/",
        plan_papers.PlansPaper.as_view(),
        name="plans-paper",
    ),
    path("papers/contracts/<int:contract_pk>/why/", plan_papers.WhyPaper.as_view(), name="why-paper"),
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
urlpatterns += [
    path("papers/payments/<int:payment_pk>/", payment_papers.ReceiptPaper.as_view(), name="receipt-paper"),
    path(
        "papers/centres/<int:centre_pk>/collection/",
        payment_papers.CollectionSheetPaper.as_view(),
        name="collection-sheet-paper",
    ),
    path(
        "papers/collections/<int:collection_pk>/",
        payment_papers.CollectionPaper.as_view(),
        name="collection-paper",
    ),
    path("papers/debts/<int:debt_pk>/pay-off/", payment_papers.PayOffPaper.as_view(), name="pay-off-paper"),
    path(
        "papers/debts/<int:debt_pk>/statement/",
        payment_papers.DebtStatementPaper.as_view(),
        name="debt-statement-paper",
    ),
    path(
        "papers/households/<int:household_pk>/statement/",
        payment_papers.HouseholdStatementPaper.as_view(),
        name="household-statement-paper",
    ),
    path(
        "papers/funds/<int:fund_pk>/settlements/",
        payment_papers.FundSettlementsPaper.as_view(),
        name="fund-settlements-paper",
    ),
]
urlpatterns += [
    path("papers/letters/<int:letter_pk>/", visit_papers.LetterPaper.as_view(), name="letter-paper"),
    path("papers/rounds/<int:round_pk>/agenda/", visit_papers.AgendaPaper.as_view(), name="agenda-paper"),
    path(
        "papers/visits/<int:visit_pk>/issues/", visit_papers.IssueFormPaper.as_view(), name="issue-form-paper"
    ),
    path(
        "papers/visits/<int:visit_pk>/short/",
        visit_papers.ShortVisitPaper.as_view(),
        name="visit-short-paper",
    ),
    path("papers/rounds/<int:round_pk>/", visit_papers.RoundPaper.as_view(), name="round-paper"),
    path(
        "papers/action-plans/<int:actionplan_pk>/",
        action_plan_paper.ActionPlanPaper.as_view(),
        name="action-plan-paper",
    ),
    path("papers/visits/", visit_bundle_views.VisitBundle.as_view(), name="visit-bundle"),
    path("areas/<str:area_code>/grades/", grade_views.GradeSummary.as_view(), name="grades"),
    path("areas/<str:area_code>/grades/paper/", grade_views.GradeSummaryPaper.as_view(), name="grades-paper"),
    path("areas/<str:area_code>/grades/sheet/", grade_views.GradeSummarySheet.as_view(), name="grades-sheet"),
]
urlpatterns += [
    path("returns/", returns.ReturnsBoard.as_view(), name="returns"),
    path("returns/deadlines/", returns.SetDeadlines.as_view(), name="return-deadlines"),
    path("returns/areas/<str:area_code>/", returns.AreaReturns.as_view(), name="area-returns"),
    path("returns/areas/<str:area_code>/begin/", returns.BeginReturn.as_view(), name="return-begin"),
    path("returns/<int:areareturn_pk>/", sheet_views.ShowReturn.as_view(), name="return"),
    path(
        "returns/<int:areareturn_pk>/households/",
        sheet_views.ReturnHouseholds.as_view(),
        name="return-households",
    ),
    path("returns/<int:areareturn_pk>/changes/", sheet_views.ReturnChanges.as_view(), name="return-changes"),
    path("returns/<int:areareturn_pk>/send/", acts.SendReturn.as_view(), name="return-send"),
    path("returns/<int:areareturn_pk>/accept/", acts.AcceptReturn.as_view(), name="return-accept"),
    path("returns/<int:areareturn_pk>/give-back/", acts.GiveBackReturn.as_view(), name="return-give-back"),
    path("returns/<int:areareturn_pk>/tick/", acts.TickReturn.as_view(), name="return-tick"),
    path("returns/<int:areareturn_pk>/file/", sheet_views.ReturnFile.as_view(), name="return-file"),
    path("papers/returns/<int:areareturn_pk>/", sheet_views.ReturnPaper.as_view(), name="return-paper"),
]
urlpatterns += [
    path("handovers/", handovers.HandoverList.as_view(), name="handovers"),
    path("handovers/own/", handovers.BeginOwnHandover.as_view(), name="handover-own"),
    path("handovers/officers/<int:officer_pk>/", handovers.BeginHandover.as_view(), name="handover-begin"),
    path("handovers/<int:handover_pk>/", handovers.ShowHandover.as_view(), name="handover"),
    path("handovers/<int:handover_pk>/answer/", handovers.AnswerHandover.as_view(), name="handover-answer"),
    path(
        "handovers/<int:handover_pk>/withdraw/",
        handovers.WithdrawHandover.as_view(),
        name="handover-withdraw",
    ),
    path("papers/handovers/<int:handover_pk>/", handovers.HandoverPaper.as_view(), name="handover-paper"),
]
urlpatterns += [
    path("areas/<str:area_code>/targets/", targets.AreaTargets.as_view(), name="targets"),
    path(
        "areas/<str:area_code>/targets/<slug:measure_code>/",
        targets.EditTargets.as_view(),
        name="targets-edit",
    ),
]
urlpatterns += [
    path("tokens/", api.Tokens.as_view(), name="tokens"),
    path("tokens/new/", api.MakeToken.as_view(), name="token-new"),
    path("tokens/openapi.json", api.ApiDocument.as_view(), name="api-document"),
    path("tokens/<int:apitoken_pk>/revoke/", api.RevokeToken.as_view(), name="token-revoke"),
]
