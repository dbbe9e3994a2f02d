"""Who the people named turn out to be: each beside those on record who may be them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.common.fields import YesNoField
from casework.front_door.models import Named
from casework.front_door.queries.candidates import Candidate

NEW, LATER = "new", ""


class MatchForm(forms.Form):
    """One question for each person named."""

    def __init__(
        self, *args: Any, found: Iterable[tuple[Named, list[Candidate]]], are_family: bool | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = {f"named_{named.pk}": named for named, _ in found}
        self.people = {str(one.person.pk): one.person for _, candidates in found for one in candidates}
        for named, candidates in found:
            self.fields[f"named_{named.pk}"] = forms.ChoiceField(
                label=f"Who is {named.said_name}?", required=False, widget=forms.RadioSelect,
                help_text=as_said(named), choices=[
                    *((str(one.person.pk), in_words(one)) for one in candidates),
                    (NEW, "Nobody above: make a new record"),
                    (LATER, "Decide later"),
                ],
            )  # fmt: skip
        ask_of_family(self, are_family)

    def answers(self) -> list[tuple[Named, str]]:
        """Everybody named, and who they are: a person's key, `NEW` or `LATER`."""
        return [(named, self.cleaned_data[name]) for name, named in self.named.items()]


def ask_of_family(form: forms.Form, are_family: bool | None) -> None:
    """Add the question whether the contact's children are one family. `are_family` is what is offered first; None:
    it is not asked."""
    if are_family is not None:
        form.fields["family"] = YesNoField(
            label="Are the children of this contact one family?", required=False, initial=are_family or None,
            help_text="If so, they are recorded as brothers and sisters, and a mother or father who is named as "
            "theirs. What is on their records already stays as it is.",
        )  # fmt: skip


def as_said(named: Named) -> str:
    """What the caller said of them, in a line."""
    born = f"born {named.born_on:%-d %B %Y}" if named.born_on else ""
    age = f"aged about {named.age_said}" if named.age_said is not None and not named.born_on else ""
    where = ", ".join(part for part in (*named.address.splitlines(), named.postcode) if part)
    said = [part for part in (born, age, named.part, where) if part]
    return f"As said: {'; '.join(said)}." if said else "Nothing more was said of them."


def in_words(one: Candidate) -> str:
    """Somebody on record, told apart by age, address and number."""
    why = f" ({one.why})" if one.why else ""
    return f"{one.person.full_name}, {one.age}, {one.address}, record {one.person.reference}{why}"


class ChooseForm(forms.Form):
    """Which of those found a named person is."""

    def __init__(self, *args: Any, found: list[Candidate], are_family: bool | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.pk): one.person for one in found}
        self.fields["person"] = forms.ChoiceField(
            label="Which of them is it?", widget=forms.RadioSelect,
            choices=[(str(one.person.pk), in_words(one)) for one in found],
        )  # fmt: skip
        ask_of_family(self, are_family)
