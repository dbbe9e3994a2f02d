"""Addresses of what staff are told."""

from django.urls import path

from casework.notices import views

urlpatterns = [
    path("notices", views.notices, name="notices"),
    path("notices/read", views.all_read, name="notices_read"),
]
