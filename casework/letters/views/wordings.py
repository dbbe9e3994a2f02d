"""The administrator's pages of how letters are worded. They show made-up words and no child's record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.letters import forms, wording_actions
from casework.letters.composing import example
from casework.letters.kinds import FREE, KINDS, fields_of
from casework.letters.paper.tree import as_data
from casework.letters.wordings import LETTERHEAD, Template, shipped
from casework.letters.wordings import template as worded
from casework.letters.wordings import templates as all_worded


@allowed("letters.word")
def templates(request: HttpRequest) -> HttpResponse:
    """Every template, and whether it is as it was shipped."""
    found = sorted(all_worded().values(), key=lambda one: (one.code == LETTERHEAD, one.kind_said, one.name))
    return render(request, "letters/templates.html", {"templates": found})


def _worded(code: str) -> Template:
    found = worded(code)
    if found is None:
        raise Http404
    return found


@allowed("letters.word")
def template(request: HttpRequest, code: str) -> HttpResponse:
    """Word a template, beside the fields that it may use."""
    found = _worded(code)

    def save(form: forms.Wording) -> str:
        given = form.cleaned_data
        wording_actions.word_template(found, **given, by=user_of(request), at=clock.now())
        return reverse("letter_template", args=[code])

    return form_page(
        request, forms.Wording, save, title=found.name, caption=found.kind_said, back=reverse("letter_templates"),
        initial={"name": found.name, "text": found.text}, template="letters/template.html", worded=found,
        fields=fields_of(KINDS[found.kind]) if found.kind in KINDS else (), done="Saved. New letters use these words.",
        as_shipped=code in shipped() and not found.shipped,
    )  # fmt: skip


@allowed("letters.word")
def new(request: HttpRequest) -> HttpResponse:
    """Add a template of the authority's own."""

    def save(form: forms.NewTemplate) -> str:
        given = form.cleaned_data
        made = wording_actions.new_template(
            given["kind"], name=given["name"], text=given["text"], by=user_of(request), at=clock.now()
        )
        return reverse("letter_template", args=[made.code])

    initial: dict[str, Any] = {"kind": FREE.code, "text": shipped()["free"].text}
    return form_page(
        request, forms.NewTemplate, save, title="Add a template", back=reverse("letter_templates"), initial=initial,
        done="The template is added.", introduction="Once it is added, its page lists the fields that it may use.",
    )  # fmt: skip


@allowed("letters.word")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What is typed, as a letter with made-up words. Nothing is saved."""
    kind, text = request.POST.get("preview_kind", ""), request.POST.get("text", "")
    if kind not in KINDS:
        raise Http404
    wrong = wording_actions.check_text(kind, text)
    shown = {"wrong": wrong, "paper": as_data(example(text, kind)) if not wrong else None}
    return render(request, "letters/preview.html", shown)


@allowed("letters.word")
def as_shipped(request: HttpRequest, code: str) -> HttpResponse:
    """Go back to the words that came with the record."""
    found = _worded(code)

    def save(_form: forms.Ready) -> str:
        wording_actions.back_to_shipped(found, by=user_of(request), at=clock.now())
        return reverse("letter_template", args=[code])

    return form_page(
        request, forms.Ready, save, title="Go back to the words that came with Golden Thread", caption=found.name,
        back=reverse("letter_template", args=[code]), button="Go back to them",
        introduction="Letters that were begun keep the words they began with. Your own words stay in the history.",
        done="The template has the words that came with Golden Thread.",
    )  # fmt: skip
