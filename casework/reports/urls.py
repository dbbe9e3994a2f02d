"""Addresses of the board, the daily report and their explanations."""

from django.urls import path

from casework.reports.views import deadline

urlpatterns = [path("deadlines/<int:pk>", deadline.deadline, name="deadline")]
