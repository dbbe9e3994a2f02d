"""Addresses of the child's own words, written down."""

from django.urls import path

from casework.voice import views

urlpatterns = [
    path("people/<str:reference>/words/add", views.write_down, name="write_words_down"),
    path("people/<str:reference>/words/<str:said>", views.what_changed, name="what_changed"),
]
