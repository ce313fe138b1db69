from django.urls import path

from monitoring.letters import views

urlpatterns = [
    path("visits/<int:visit_pk>/letters/", views.VisitLetters.as_view(), name="visit-letters"),
    path("visits/<int:visit_pk>/letters/new/", views.LetterNew.as_view(), name="letter-new"),
    path("visits/<int:visit_pk>/memos/new/", views.MemoNew.as_view(), name="memo-new"),
    path("letters/<int:letter_pk>/edit/", views.LetterEdit.as_view(), name="letter-edit"),
    path("letters/<int:letter_pk>/issue/", views.LetterIssue.as_view(), name="letter-issue"),
    path("emblem/", views.EmblemPage.as_view(), name="emblem"),
]
