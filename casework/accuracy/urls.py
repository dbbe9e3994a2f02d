"""Addresses of the accuracy report, of what the rules find on a child, and of the returns."""

from django.urls import path

from casework.accuracy.views import children, report, returns

urlpatterns = [
    path("accuracy", report.accuracy, name="accuracy"),
    path("accuracy/again", report.accuracy_again, name="accuracy_again"),
    path("accuracy/findings", report.findings, name="findings"),
    path("accuracy/recording", report.recording, name="recording"),
    path("people/<str:reference>/accuracy", children.person_accuracy, name="person_accuracy"),
    path("people/<str:reference>/accuracy/again", children.check_person, name="check_person"),
    path("people/<str:reference>/accuracy/<int:pk>/explain", children.explain_query, name="explain_query"),
    path("people/<str:reference>/accuracy/<int:pk>/withdraw", children.withdraw_reason, name="withdraw_reason"),
    path("returns", returns.returns, name="returns"),
    path("returns/make", returns.ask_for_return, name="ask_for_return"),
    path("returns/<int:pk>", returns.one_return, name="one_return"),
    path("returns/<int:pk>/again", returns.make_again, name="make_again"),
    path("returns/<int:pk>/file", returns.return_file, name="return_file"),
    path("returns/<int:pk>/changes", returns.return_changes, name="return_changes"),
]
