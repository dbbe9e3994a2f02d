"""One way to ask questions on a page and save the answers: shown, checked, refused with a reason, saved once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casework.common.refused import Refused

F = TypeVar("F", bound=forms.BaseForm)


def form_page(
    request: HttpRequest,
    make: Callable[..., F],
    save: Callable[[F], str],
    *,
    title: str,
    key: str = "",
    done: str = "",
    initial: dict[str, Any] | None = None,
    template: str = "common/form.html",
    **context: Any,
) -> HttpResponse:
    """The page of a form; or, when what was sent is right, a redirect to the address that `save` gives.

    `make(data, files, initial=...)` builds the form. `save` may raise Refused: its sentence is shown with the answers
    still there. `key` names the piece of work, for drafts. `done` is said on the next page.
    """
    sent = request.method == "POST"
    form = make(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if sent and form.is_valid():
        try:
            address = save(form)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            if done:
                messages.success(request, done)
            return redirect(address)
    shown = {"form": form, "title": title, "form_key": key, "submission": uuid.uuid4().hex, **context}
    return render(request, template, shown, status=422 if sent else 200)
