"""Addresses of restriction, break-glass and who looked."""

from django.urls import path

from casework.confidential import views

urlpatterns = [
    path("people/<str:reference>/restriction", views.restriction, name="restriction"),
    path("people/<str:reference>/restriction/lift", views.lift_restriction, name="lift_restriction"),
    path("people/<str:reference>/who-looked", views.history_of_record, name="who_looked"),
    path("open-a-record", views.break_glass, name="break_glass"),
]
