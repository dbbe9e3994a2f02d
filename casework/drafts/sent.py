"""Answers as a browser sends them: read from a form, compared with others, and shown in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.forms import BoundField, CheckboxInput, MultiWidget
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Sent = dict[str, list[str]]
OF_THE_PAGE = ("csrfmiddlewaretoken", "submission")
PREFIXES_OF_THE_PAGE = ("draft_", "choice_")
"""What a page sends beside its answers."""


def answers(data: QueryDict) -> Sent:
    """Everything sent that is an answer, by name."""
    return {
        name: [str(value) for value in values]
        for name, values in data.lists()
        if name not in OF_THE_PAGE and not name.startswith(PREFIXES_OF_THE_PAGE)
    }


def choices(data: QueryDict) -> Sent:
    """What was chosen between two people's answers."""
    return {name: [str(value) for value in values] for name, values in data.lists() if name.startswith("choice_")}


def digest(given: Sent) -> str:
    """A short text that is the same for the same answers, and differs for others."""
    told = {name: [_plain(value) for value in values] for name, values in sorted(given.items())}
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:30]


def digest_with_files(given: Sent, files: MultiValueDict[str, Any]) -> str:
    """The digest of the answers, then one of the files that came with them."""
    attached = sorted((name, file.name, file.size) for name, found in files.lists() for file in found)
    return f"{digest(given)}.{hashlib.sha256(json.dumps(attached).encode()).hexdigest()[:30]}"


def names(field: BoundField) -> list[str]:
    """The names under which a field's boxes are sent."""
    if isinstance(field.field.widget, MultiWidget):
        return [f"{field.html_name}{suffix}" for suffix in field.field.widget.widgets_names]  # type: ignore[attr-defined]
    return [field.html_name]


def sent_of(field: BoundField, data: QueryDict) -> Sent:
    """What was sent of one field."""
    return {name: [_plain(value) for value in data.getlist(name) if value != ""] for name in names(field)}


def as_sent(field: BoundField) -> Sent:
    """What a browser would send of a field that nobody touched: its value as the page is first shown."""
    found: Sent = {name: [] for name in names(field)}
    value = field.form.get_initial_for_field(field.field, field.name)
    context = field.field.widget.get_context(field.html_name, field.field.prepare_value(value), {})["widget"]
    for box in context.get("subwidgets") or [context]:
        found[box["name"]] = _of_box(box, isinstance(field.field.widget, CheckboxInput))
    return found


def _of_box(box: Mapping[str, Any], ticked_or_not: bool) -> list[str]:
    if "optgroups" in box:
        chosen = [option["value"] for _, options, _ in box["optgroups"] for option in options if option["selected"]]
        return [str(value) for value in chosen if value not in ("", None)]
    if ticked_or_not:
        return ["on"] if box["attrs"].get("checked") else []
    return [_plain(str(box["value"]))] if box.get("value") not in (None, "") else []


def in_words(field: BoundField, given: Sent) -> str:
    """What was sent of a field, as its page would read it out."""
    values = [value for name in names(field) for value in given.get(name, [])]
    if isinstance(field.field.widget, CheckboxInput):
        return "Yes" if values else "No"
    labels = {str(code): str(label) for code, label in getattr(field.field, "choices", ()) if code != ""}
    if labels:
        return ", ".join(labels.get(value, value) for value in values)
    return " ".join(values)


def _plain(value: str) -> str:
    """Browsers send every line break as two characters, and people leave spaces at the end."""
    return str(value).replace("\r\n", "\n").strip()
