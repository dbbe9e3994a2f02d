"""Addresses of core groups and child in need reviews."""

from django.urls import path

from casework.meetings.views import arranging, ending, holding, reading

urlpatterns = [
    path("people/<str:reference>/meetings", reading.person_meetings, name="person_meetings"),
    path("people/<str:reference>/meetings/<str:kind>/arrange", arranging.arrange, name="arrange_meeting"),
    path("people/<str:reference>/meetings/<str:kind>/record", holding.record, name="record_meeting"),
    path("meetings/<int:pk>", reading.meeting, name="meeting"),
    path("meetings/<int:pk>/change", arranging.change, name="change_meeting"),
    path("meetings/<int:pk>/call-off", arranging.call_off, name="call_off_meeting"),
    path("meetings/<int:pk>/hold", holding.hold, name="hold_meeting"),
    path("meetings/<int:pk>/part", holding.part, name="meeting_part"),
    path("meetings/<int:pk>/minutes", holding.minutes, name="meeting_minutes"),
    path("meetings/<int:pk>/ask", ending.ask, name="meeting_ask"),
    path("meetings/<int:pk>/answer", ending.answer, name="meeting_answer"),
]
