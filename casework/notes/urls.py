"""Addresses of case notes, and of the files on a record."""

from django.urls import path

from casework.notes import files, views

urlpatterns = [
    path("people/<str:reference>/notes", views.notes, name="notes"),
    path("people/<str:reference>/notes/write", views.write_note, name="write_note"),
    path("people/<str:reference>/notes/<str:note>", views.note, name="note"),
    path("people/<str:reference>/notes/<str:note>/add", views.add_to_note, name="add_to_note"),
    path("people/<str:reference>/notes/<str:note>/correct", views.correct_note, name="correct_note"),
    path("people/<str:reference>/notes/<str:note>/in-error", views.note_in_error, name="note_in_error"),
    path("people/<str:reference>/documents", files.documents, name="documents"),
    path("people/<str:reference>/documents/add", files.add_files, name="add_files"),
    path("people/<str:reference>/documents/<str:document>", files.document, name="document"),
    path("people/<str:reference>/documents/<str:document>/content", files.document_content, name="document_content"),
    path("people/<str:reference>/documents/<str:document>/in-error", files.document_in_error, name="document_in_error"),
]
