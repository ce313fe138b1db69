from django.urls import path

from debts import views

app_name = "debts"
urlpatterns = [
    path("", views.DebtList.as_view(), name="debts"),
    path("contracts/", views.ContractList.as_view(), name="contracts"),
]
