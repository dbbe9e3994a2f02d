"""Addresses of letters, their copies, and how they are worded."""

from django.urls import path

from casework.letters.views import copies, letters, wordings

RECORD = "people/<str:reference>/letters"
LETTER = f"{RECORD}/<str:letter>"
COPY = f"{LETTER}/copies/<int:copy>"
urlpatterns = [
    path(RECORD, letters.letters, name="letters"),
    path(f"{RECORD}/begin", letters.begin, name="begin_letter"),
    path(LETTER, letters.letter, name="letter"),
    path(f"{LETTER}/write", letters.write, name="write_letter"),
    path(f"{LETTER}/children", letters.children, name="letter_children"),
    path(f"{LETTER}/put-away", letters.put_away, name="put_letter_away"),
    path(f"{LETTER}/copies/add", copies.add, name="add_copy"),
    path(f"{COPY}/paper", copies.paper, name="copy_paper"),
    path(f"{COPY}/kept/<str:ending>", copies.kept, name="copy_kept"),
    path(f"{COPY}/leave-out", copies.leave_out, name="leave_out"),
    path(f"{COPY}/put-back/<int:number>", copies.put_back, name="put_back"),
    path(f"{COPY}/address", copies.address, name="copy_address"),
    path(f"{COPY}/ready", copies.ready, name="make_ready"),
    path(f"{COPY}/sent", copies.sent, name="copy_sent"),
    path(f"{COPY}/returned", copies.returned, name="copy_returned"),
    path("letter-templates", wordings.templates, name="letter_templates"),
    path("letter-templates/new", wordings.new, name="new_letter_template"),
    path("letter-templates/preview", wordings.preview, name="preview_template"),
    path("letter-templates/<str:code>", wordings.template, name="letter_template"),
    path("letter-templates/<str:code>/as-shipped", wordings.as_shipped, name="template_as_shipped"),
]
