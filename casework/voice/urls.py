"""Addresses of the child's own words."""

from django.urls import path

from casework.voice import views

urlpatterns = [
    path("people/<str:reference>/words", views.their_words, name="their_words"),
    path("people/<str:reference>/words/add", views.write_down, name="write_words_down"),
    path("people/<str:reference>/words/<str:said>", views.what_changed, name="what_changed"),
    path("people/<str:reference>/story", views.their_story, name="their_story"),
]
