"""Two people changing the same thing: what each wants, question by question, for the second to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.http import QueryDict

from casework.drafts.sent import as_sent, digest, in_words, names, sent_of

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Difference:
    """A question that the two answer differently. `choice` is what is offered first; empty where both changed it."""

    name: str
    label: str
    mine: str
    theirs: str
    choice: str
    long: bool

    @property
    def asked_as(self) -> str:
        """The name of the choice's boxes."""
        return f"choice_{self.name}"


@dataclass(frozen=True)
class Change:
    """Who changed the row last, and when."""

    who: str
    at: datetime | None


def bases(form: forms.BaseForm) -> dict[str, str]:
    """A digest of each answer as the page is first shown, to know later which of the two people changed it."""
    return {field.name: digest(as_sent(field))[:10] for field in form if not _is_file(field)}


def differences(form: forms.BaseForm, data: QueryDict, base: Mapping[str, str]) -> list[Difference]:
    """Each question where what was sent is not what the row says now. `form` is not bound: it shows the row.

    Choices already made stay made; one not made, of those asked for, is not made for the reader.
    """
    asked_for = data.getlist("draft_choices")
    found = []
    for field in form:
        mine, theirs = sent_of(field, data), as_sent(field)
        if _is_file(field) or mine == theirs:
            continue
        was = base.get(field.name)
        choice = data.get(f"choice_{field.name}", "")
        if field.name not in asked_for:
            choice = _offered(was, digest(mine)[:10], digest(theirs)[:10])
        long = isinstance(field.field.widget, forms.Textarea)
        words = in_words(field, mine), in_words(field, theirs)
        found.append(Difference(field.name, str(field.label), *words, choice=choice, long=long))
    return found


def _offered(was: str | None, mine: str, theirs: str) -> str:
    if was == theirs:
        return MINE
    return THEIRS if was == mine else ""


def chosen(form: forms.BaseForm, data: QueryDict) -> QueryDict:
    """What was sent, with the row's own answer wherever "theirs" was chosen, and both texts where "both" was."""
    whole = data.copy()
    for field in form:
        choice = data.get(f"choice_{field.name}")
        theirs = as_sent(field) if choice in (THEIRS, BOTH) else {}
        for name, values in theirs.items():
            if choice == BOTH:
                values = ["\n\n".join(part for part in (*values, data.get(name, "")) if part)]
            whole.setlist(name, values)
    return whole


def undecided(data: QueryDict) -> bool:
    """Whether choices were asked for and some not made. Each question asked is listed in `draft_choices`."""
    return any(data.get(f"choice_{name}") not in (MINE, THEIRS, BOTH) for name in data.getlist("draft_choices"))


def names_of(form: forms.BaseForm) -> list[str]:
    """Every name under which the form's answers are sent."""
    return [name for field in form for name in names(field)]


def last_change(row: models.Model) -> Change:
    """Who changed the row last, by the database's own record of its versions."""
    versions: Any = getattr(row, "pgh_event_model", None)
    last = versions.objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id").first() if versions else None
    if last is None:
        return Change("Somebody else", None)
    return Change((last.pgh_context or {}).get("who_name") or "Somebody else", last.pgh_created_at)


def _is_file(field: BoundField) -> bool:
    return isinstance(field.field, forms.FileField)
