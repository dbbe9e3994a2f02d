"""Addresses of all that a child said, of what came of it, and of their story."""

from django.urls import path

from casework.story import views

urlpatterns = [
    path("people/<str:reference>/words", views.their_words, name="their_words"),
    path("people/<str:reference>/words/<str:place>/<int:row>", views.what_came, name="what_came_of_words"),
    path("people/<str:reference>/story", views.their_story, name="their_story"),
]
