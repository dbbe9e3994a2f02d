"""Addresses of case notes."""

from django.urls import path

from casework.notes import views

urlpatterns = [
    path("people/<str:reference>/notes", views.notes, name="notes"),
    path("people/<str:reference>/notes/write", views.write_note, name="write_note"),
    path("people/<str:reference>/notes/<str:note>", views.note, name="note"),
    path("people/<str:reference>/notes/<str:note>/add", views.add_to_note, name="add_to_note"),
    path("people/<str:reference>/notes/<str:note>/correct", views.correct_note, name="correct_note"),
    path("people/<str:reference>/notes/<str:note>/in-error", views.note_in_error, name="note_in_error"),
]
