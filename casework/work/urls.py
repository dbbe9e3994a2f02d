"""Addresses of each worker's and team's work."""

from django.urls import path

from casework.work import unfinished, views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("unfinished", unfinished.unfinished, name="unfinished"),
]
