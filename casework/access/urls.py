"""Addresses of what is about access, and of what staff are told."""

from django.urls import path

from casework.access import views

urlpatterns = [
    path("notices", views.notices, name="notices"),
    path("notices/read", views.notices_read, name="notices_read"),
]
