from django.urls import path

from funds import views
from funds.books import views as books

app_name = "funds"
urlpatterns = [
    path("", views.CentreList.as_view(), name="centres"),
    path("villages/", views.VillageList.as_view(), name="villages"),
    path("villages/new/", views.VillageNew.as_view(), name="village-new"),
    path("centres/new/", views.CentreNew.as_view(), name="centre-new"),
    path("centres/<int:centre_pk>/", views.CentrePage.as_view(), name="centre"),
    path("centres/<int:centre_pk>/edit/", views.CentreEdit.as_view(), name="centre-edit"),
    path("centres/<int:centre_pk>/funds/new/", views.FundNew.as_view(), name="fund-new"),
    path(
        "centres/<int:centre_pk>/committee/new/",
        views.CommitteeOrderNew.as_view(),
        name="committeeorder-new",
    ),
    path("<int:fund_pk>/", views.FundPage.as_view(), name="fund"),
    path("<int:fund_pk>/edit/", views.FundEdit.as_view(), name="fund-edit"),
    path("<int:fund_pk>/rules/new/", views.LendingRuleNew.as_view(), name="lendingrule-new"),
    path("committees/<int:committeeorder_pk>/", views.CommitteeOrderPage.as_view(), name="committeeorder"),
    path(
        "committees/<int:committeeorder_pk>/edit/",
        views.CommitteeOrderEdit.as_view(),
        name="committeeorder-edit",
    ),
    path(
        "committees/<int:committeeorder_pk>/members/new/",
        views.CommitteeMemberNew.as_view(),
        name="committeemember-new",
    ),
    path(
        "committees/members/<int:committeemember_pk>/edit/",
        views.CommitteeMemberEdit.as_view(),
        name="committeemember-edit",
    ),
    path(
        "committees/members/<int:committeemember_pk>/leave/",
        views.CommitteeMemberLeave.as_view(),
        name="committeemember-leave",
    ),
]

urlpatterns += [
    path("books/", books.BooksList.as_view(), name="all-books"),
    path("centres/<int:centre_pk>/books/", books.CentreBooks.as_view(), name="books"),
    path("centres/<int:centre_pk>/books/new/", books.SheetBegin.as_view(), name="sheet-new"),
    path("books/<int:balancesheet_pk>/", books.SheetPage.as_view(), name="sheet"),
    path("books/<int:balancesheet_pk>/edit/", books.SheetEdit.as_view(), name="sheet-edit"),
    path("books/<int:balancesheet_pk>/reopen/", books.SheetReopen.as_view(), name="sheet-reopen"),
    path("<int:fund_pk>/year/", books.FundYearEdit.as_view(), name="fund-year"),
]
