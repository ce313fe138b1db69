from django.urls import path

from debts import import_views, views

app_name = "debts"
urlpatterns = [
    path("", views.DebtList.as_view(), name="debts"),
    path("contracts/", views.ContractList.as_view(), name="contracts"),
]
urlpatterns += [
    path("import/", import_views.RegisterImport.as_view(), name="register-import"),
    path("import/<int:centre_pk>/", import_views.RegisterImport.as_view(), name="register-import"),
    path("import/blank/", import_views.RegisterBlank.as_view(), name="register-blank"),
    path("files/", import_views.RegisterFileList.as_view(), name="register-files"),
    path("files/<int:registerfile_pk>/", import_views.ShowRegisterFile.as_view(), name="registerfile"),
    path(
        "files/<int:registerfile_pk>/import/",
        import_views.ImportRegisterFile.as_view(),
        name="registerfile-import",
    ),
    path(
        "files/<int:registerfile_pk>/discard/",
        import_views.DiscardRegisterFile.as_view(),
        name="registerfile-discard",
    ),
]
