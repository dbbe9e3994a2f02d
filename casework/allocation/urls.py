"""Addresses of allocation."""

from django.urls import path

from casework.allocation import views

urlpatterns = [
    path("people/<str:reference>/allocate", views.allocate, name="allocate"),
    path("people/<str:reference>/allocate/team", views.to_team, name="allocate_to_team"),
    path("handovers/<int:pk>/accept", views.accept, name="accept_handover"),
    path("allocations/against-the-rules", views.overrides, name="overrides"),
]
