"""Addresses of the chronology."""

from django.urls import path

from casework.chronology import views

urlpatterns = [
    path("people/<str:reference>/chronology", views.chronology, name="chronology"),
    path("people/<str:reference>/chronology/print", views.to_print, name="print_chronology"),
    path("people/<str:reference>/chronology/add", views.add, name="add_to_chronology"),
    path("people/<str:reference>/chronology/added/<str:entry>/withdraw", views.withdraw, name="withdraw_entry"),
    path(
        "people/<str:reference>/chronology/<slug:table>/<str:row>/<str:on>", views.significance, name="say_significance"
    ),
]
