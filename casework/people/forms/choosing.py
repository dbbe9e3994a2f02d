"""Boxes to tick: which of several children."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.people.models import Person


def choose(children: list[Person], label: str, *, required: bool = True, hint: str = "") -> Any:
    """Which of these children, answered by their keys."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=[(one.pk, one.full_name) for one in children], coerce=int, required=required,
        help_text=hint, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
