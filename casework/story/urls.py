"""Addresses of all that a child said, and of their story."""

from django.urls import path

from casework.story import views

urlpatterns = [
    path("people/<str:reference>/words", views.their_words, name="their_words"),
    path("people/<str:reference>/story", views.their_story, name="their_story"),
]
