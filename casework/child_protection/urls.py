"""Addresses of child protection."""

from django.urls import path

from casework.child_protection.views import conferences, correcting, discussions, enquiries, holding

urlpatterns = [
    path("people/<str:reference>/strategy", discussions.record, name="record_strategy"),
    path("strategy/<int:pk>", discussions.discussion, name="strategy"),
    path("strategy/<int:pk>/change", discussions.change, name="change_strategy"),
    path("strategy/<int:pk>/decide", discussions.decide, name="decide_strategy"),
    path("strategy/<int:pk>/action", discussions.action, name="strategy_action"),
    path("enquiries/<int:pk>", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/seen", enquiries.seen, name="enquiry_seen"),
    path("enquiries/<int:pk>/not-seen", enquiries.not_seen, name="enquiry_not_seen"),
    path("enquiries/<int:pk>/finding", enquiries.finding, name="enquiry_finding"),
    path("enquiries/<int:pk>/meaning", enquiries.meaning, name="enquiry_meaning"),
    path("enquiries/<int:pk>/ask", enquiries.ask, name="enquiry_ask"),
    path("enquiries/<int:pk>/sign", enquiries.sign, name="enquiry_sign"),
    path("conferences", conferences.conferences, name="conferences"),
    path("people/<str:reference>/conference", conferences.ask, name="ask_for_conference"),
    path("conferences/<int:pk>", conferences.conference, name="conference"),
    path("conferences/<int:pk>/arrange", conferences.arrange, name="arrange_conference"),
    path("conferences/<int:pk>/invite", conferences.invite, name="invite_to_conference"),
    path("conferences/<int:pk>/report/<int:invitation>", conferences.report, name="conference_report"),
    path("conferences/<int:pk>/invited/<int:invitation>/take-off", conferences.take_off, name="take_off_conference"),
    path("conferences/<int:pk>/call-off", conferences.call_off, name="call_off_conference"),
    path("conferences/<int:pk>/hold", holding.hold, name="hold_conference"),
    path("conferences/<int:pk>/views", holding.views, name="conference_views"),
    path("conferences/<int:pk>/decide", holding.decide, name="decide_conference"),
    path("conferences/<int:pk>/correct", holding.correct, name="correct_conference"),
    path("conferences/<int:pk>/decide/correct", holding.correct_decision, name="correct_conference_decision"),
    path("conferences/<int:pk>/hold/day", correcting.day, name="correct_conference_day"),
    path("conferences/<int:pk>/decide/outcome", correcting.outcome, name="correct_conference_outcome"),
]
