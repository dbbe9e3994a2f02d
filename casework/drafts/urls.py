"""Addresses of drafts."""

from django.urls import path

from casework.drafts import views

urlpatterns = [
    path("unfinished/save", views.save_draft, name="save_draft"),
    path("unfinished/<str:reference>/discard", views.discard_draft, name="discard_draft"),
]
