from django.urls import path

from debts import views
from debts.cases import meeting_views as meetings
from debts.cases import views as cases
from debts.imports import views as imports
from debts.imports.column_views import MatchColumns
from debts.papers import urls as papers
from debts.payments import settlement_views as settlements
from debts.payments import statement_views as statements
from debts.payments import views as payments
from debts.plans import views as plans
from debts.registers import api, edit
from debts.registers import views as registers

app_name = "debts"
urlpatterns = [
    path("", views.DebtList.as_view(), name="debts"),
    path("<int:debt_pk>/", views.ShowDebt.as_view(), name="debt"),
    path("<int:debt_pk>/why/", views.WhyDebt.as_view(), name="debt-why"),
    path("<int:debt_pk>/edit/", views.EditDebt.as_view(), name="debt-edit"),
    path("<int:debt_pk>/payments/new/", views.NewPayment.as_view(), name="payment-new"),
    path("payments/<int:payment_pk>/", views.ShowPayment.as_view(), name="payment"),
    path("payments/<int:payment_pk>/reverse/", views.ReversePayment.as_view(), name="payment-reverse"),
    path("households/<int:household_pk>/", views.ShowHousehold.as_view(), name="household"),
    path("households/<int:household_pk>/debts/new/", views.NewDebt.as_view(), name="debt-new"),
    path("households/<int:household_pk>/select/", views.SelectHousehold.as_view(), name="select"),
    path("households/<int:household_pk>/merge/debts/", views.MergeDebts.as_view(), name="merge-debts"),
    path("households/<int:household_pk>/merge/terms/", views.MergeTerms.as_view(), name="merge-terms"),
    path("households/<int:household_pk>/merge/check/", views.MergeCheck.as_view(), name="merge-check"),
    path("households/<int:household_pk>/merge/preview/", views.MergePreview.as_view(), name="merge-preview"),
    path("households/<int:household_pk>/merge/plans/", views.MergePlans.as_view(), name="merge-plans"),
    path(
        "households/<int:household_pk>/merge/plans/preview/",
        views.PlansPreview.as_view(),
        name="plans-preview",
    ),
    path("households/<int:household_pk>/merge/why/", views.WhyPlan.as_view(), name="plan-why"),
    path("households/<int:household_pk>/why/", views.WhyHousehold.as_view(), name="household-why"),
    path("classes/<int:centre_pk>/", views.CentreClasses.as_view(), name="classes"),
    path("classes/<int:centre_pk>/change/", views.ChangeClassRules.as_view(), name="classes-change"),
    path("<int:debt_pk>/class/", views.DecideClass.as_view(), name="class-decide"),
    path("<int:debt_pk>/forbear/", views.Forbear.as_view(), name="forbear"),
    path("forbearances/<int:forbearance_pk>/end/", views.EndForbearance.as_view(), name="forbear-end"),
    path("households/twins/", views.TwinQueue.as_view(), name="twins"),
    path(
        "households/twins/<int:kept_pk>/<int:emptied_pk>/apart/",
        views.TellApart.as_view(),
        name="twins-apart",
    ),
    path("households/twins/<int:nottwins_pk>/again/", views.AskAgain.as_view(), name="twins-again"),
    path(
        "households/merge/<int:kept_pk>/<int:emptied_pk>/",
        views.MergeHouseholds.as_view(),
        name="household-merge",
    ),
    path(
        "households/merges/<int:householdmerge_pk>/",
        views.ShowHouseholdMerge.as_view(),
        name="householdmerge",
    ),
    path(
        "households/merges/<int:householdmerge_pk>/undo/",
        views.UnmergeHouseholds.as_view(),
        name="householdmerge-undo",
    ),
    path("contracts/", views.ContractList.as_view(), name="contracts"),
    path("contracts/<int:contract_pk>/", views.ShowContract.as_view(), name="contract"),
    path("contracts/<int:contract_pk>/why/", views.WhyContract.as_view(), name="contract-why"),
    path("contracts/<int:contract_pk>/cancel/", views.CancelContract.as_view(), name="contract-cancel"),
]
urlpatterns += [
    path("import/", imports.RegisterImport.as_view(), name="register-import"),
    path("import/<int:centre_pk>/", imports.RegisterImport.as_view(), name="register-import"),
    path("import/blank/", imports.RegisterBlank.as_view(), name="register-blank"),
    path("export/<int:centre_pk>/", imports.RegisterToEdit.as_view(), name="register-to-edit"),
    path("files/", imports.RegisterFileList.as_view(), name="register-files"),
    path("files/<int:registerfile_pk>/", imports.ShowRegisterFile.as_view(), name="registerfile"),
    path(
        "files/<int:registerfile_pk>/columns/",
        MatchColumns.as_view(),
        name="registerfile-columns",
    ),
    path(
        "files/<int:registerfile_pk>/import/",
        imports.ImportRegisterFile.as_view(),
        name="registerfile-import",
    ),
    path(
        "files/<int:registerfile_pk>/refused/",
        imports.RefusedRows.as_view(),
        name="registerfile-refused",
    ),
    path(
        "files/<int:registerfile_pk>/withdraw/",
        imports.WithdrawRegisterFile.as_view(),
        name="registerfile-withdraw",
    ),
    path(
        "files/<int:registerfile_pk>/discard/",
        imports.DiscardRegisterFile.as_view(),
        name="registerfile-discard",
    ),
]
urlpatterns += [
    path("registers/", registers.RegisterList.as_view(), name="registers"),
    path("registers/new/", registers.NewRegister.as_view(), name="register-new"),
    path("registers/<int:register_pk>/", registers.ShowRegister.as_view(), name="register"),
    path("registers/<int:register_pk>/send/", registers.SendRegister.as_view(), name="register-send"),
    path(
        "registers/<int:register_pk>/take-back/",
        registers.TakeBackRegister.as_view(),
        name="register-take-back",
    ),
    path("registers/<int:register_pk>/review/", registers.ReviewRegister.as_view(), name="register-review"),
    path(
        "registers/<int:register_pk>/certify/", registers.CertifyRegister.as_view(), name="register-certify"
    ),
    path(
        "registers/<int:register_pk>/discard/", registers.DiscardRegister.as_view(), name="register-discard"
    ),
    path(
        "registers/<int:register_pk>/compare/", registers.CompareRegister.as_view(), name="register-compare"
    ),
    path("registers/<int:register_pk>/edit/", edit.EditRegister.as_view(), name="register-edit"),
    path("registers/<int:register_pk>/names/", edit.RegisterNames.as_view(), name="register-names"),
    path("registers/<int:register_pk>/rows/", api.RegisterRows.as_view(), name="register-rows"),
]
urlpatterns += [
    path("cases/", cases.CaseList.as_view(), name="cases"),
    path("cases/<int:case_pk>/", cases.ShowCase.as_view(), name="case"),
    path("cases/<int:case_pk>/leave/", cases.LeaveProcess.as_view(), name="case-leave"),
    path("cases/<int:case_pk>/back/", cases.ComeBack.as_view(), name="case-back"),
    path("cases/<int:case_pk>/asks/new/", cases.NewAsk.as_view(), name="ask-new"),
    path("asks/<int:ask_pk>/change/", cases.ChangeAsk.as_view(), name="ask-change"),
    path("asks/<int:ask_pk>/answer/", cases.AnswerAsk.as_view(), name="ask-answer"),
    path("asks/<int:ask_pk>/drop/", cases.DropAsk.as_view(), name="ask-drop"),
    path("meetings/", meetings.MeetingList.as_view(), name="meetings"),
    path("meetings/new/<int:centre_pk>/", meetings.NewMeeting.as_view(), name="meeting-new"),
    path("meetings/<int:meeting_pk>/", meetings.ShowMeeting.as_view(), name="meeting"),
    path("meetings/<int:meeting_pk>/agenda/", meetings.Agenda.as_view(), name="meeting-agenda"),
    path("meetings/<int:meeting_pk>/attendance/", meetings.Attendance.as_view(), name="meeting-attendance"),
    path("meetings/<int:meeting_pk>/close/", meetings.CloseMeeting.as_view(), name="meeting-close"),
    path("meetings/items/<int:agendaitem_pk>/", meetings.Decide.as_view(), name="agendaitem"),
    path("meetings/items/<int:agendaitem_pk>/wall/", meetings.Wall.as_view(), name="meeting-wall"),
    path("meetings/items/<int:agendaitem_pk>/off/", meetings.TakeOff.as_view(), name="agendaitem-off"),
    path("payments/", payments.ReceiptList.as_view(), name="payments"),
    path("payments/collect/", payments.ChooseCentre.as_view(), name="collect-where"),
    path("payments/collect/<int:centre_pk>/", payments.Collect.as_view(), name="collect"),
    path("payments/collections/<int:collection_pk>/", payments.ShowCollection.as_view(), name="collection"),
    path("due/", payments.DueList.as_view(), name="due"),
    path("overdue/", payments.OverdueList.as_view(), name="overdue"),
    path("<int:debt_pk>/promises/new/", payments.NewPromise.as_view(), name="promise-new"),
    path("promises/<int:promise_pk>/withdraw/", payments.WithdrawPromise.as_view(), name="promise-withdraw"),
    path("<int:debt_pk>/statement/", statements.DebtStatement.as_view(), name="statement"),
    path(
        "households/<int:household_pk>/statement/",
        statements.HouseholdStatement.as_view(),
        name="household-statement",
    ),
    path("settlements/", settlements.SettlementList.as_view(), name="settlements"),
    path("settlements/funds/<int:fund_pk>/", settlements.FundSettlements.as_view(), name="fund-settlements"),
    path("settlements/<int:settlement_pk>/transfer/", settlements.NewTransfer.as_view(), name="transfer-new"),
    path("transfers/<int:transfer_pk>/", settlements.ShowTransfer.as_view(), name="transfer"),
    path(
        "transfers/<int:transfer_pk>/reverse/",
        settlements.ReverseTransfer.as_view(),
        name="transfer-reverse",
    ),
]
urlpatterns += papers.urlpatterns
urlpatterns += [
    path("plans/", plans.PlanChangeList.as_view(), name="plans"),
    path("plans/<int:planchange_pk>/", plans.ShowPlanChange.as_view(), name="plan"),
    path("plans/<int:planchange_pk>/approve/", plans.ApprovePlanChange.as_view(), name="plan-approve"),
    path("plans/<int:planchange_pk>/refuse/", plans.RefusePlanChange.as_view(), name="plan-refuse"),
    path("plans/<int:planchange_pk>/withdraw/", plans.WithdrawPlanChange.as_view(), name="plan-withdraw"),
    path("plans/<int:planchange_pk>/undo/", plans.UndoPlanChange.as_view(), name="plan-undo"),
    path("plans/approvers/<int:centre_pk>/", plans.ChangeApprovers.as_view(), name="plan-approvers"),
    path("contracts/<int:contract_pk>/plan/", plans.NewPlanChange.as_view(), name="plan-new"),
    path("contracts/<int:contract_pk>/recover/", plans.RecoverDebt.as_view(), name="recover"),
]
