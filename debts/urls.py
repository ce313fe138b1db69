from django.urls import path

from debts import views
from debts.imports import views as imports

app_name = "debts"
urlpatterns = [
    path("", views.DebtList.as_view(), name="debts"),
    path("<int:debt_pk>/", views.ShowDebt.as_view(), name="debt"),
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
    path("contracts/", views.ContractList.as_view(), name="contracts"),
    path("contracts/<int:contract_pk>/", views.ShowContract.as_view(), name="contract"),
    path("contracts/<int:contract_pk>/cancel/", views.CancelContract.as_view(), name="contract-cancel"),
]
urlpatterns += [
    path("import/", imports.RegisterImport.as_view(), name="register-import"),
    path("import/<int:centre_pk>/", imports.RegisterImport.as_view(), name="register-import"),
    path("import/blank/", imports.RegisterBlank.as_view(), name="register-blank"),
    path("files/", imports.RegisterFileList.as_view(), name="register-files"),
    path("files/<int:registerfile_pk>/", imports.ShowRegisterFile.as_view(), name="registerfile"),
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
