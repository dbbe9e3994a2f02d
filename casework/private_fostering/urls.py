"""Addresses of private fostering."""

from django.urls import path

from casework.private_fostering import views

urlpatterns = [
    path("private-fostering", views.now, name="privately_fostered"),
    path("people/<str:reference>/private-fostering", views.of_person, name="private_fostering_of_person"),
    path("people/<str:reference>/private-fostering/new", views.record, name="record_private_fostering"),
    path("private-fostering/<int:pk>", views.arrangement, name="private_fostering"),
    path("private-fostering/of/<path:row>", views.of_row, name="private_fostering_row"),
    path("private-fostering/<int:pk>/change", views.change, name="change_private_fostering"),
    path("private-fostering/<int:pk>/suitability", views.decide, name="decide_private_fostering"),
    path("private-fostering/<int:pk>/notice", views.notice, name="private_fostering_notice"),
    path("private-fostering/<int:pk>/notice/<int:notice>", views.put_notice_right, name="put_carer_notice_right"),
    path("private-fostering/<int:pk>/notice/<int:notice>/strike-out", views.strike_out, name="strike_out_carer_notice"),
    path("private-fostering/<int:pk>/end", views.end, name="end_private_fostering"),
]
