from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("papers/contracts/<int:contract_pk>/", views.ContractPaper.as_view(), name="contract-paper"),
    path("papers/centres/<int:centre_pk>/contracts/", views.ContractsPaper.as_view(), name="contracts-paper"),
    path("papers/centres/<int:centre_pk>/register/", views.RegisterPaper.as_view(), name="register-paper"),
]
