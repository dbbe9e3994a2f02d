"""What is asked when a note is written, added to, corrected, marked as in error, or looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField

from casework.common.coded import choices
from casework.common.fields import CodeField, DayField, LongText, MomentField
from casework.common.refused import Refused
from casework.documents.fields import FilesField
from casework.notes.actions import Slice, Written, check_slices
from casework.notes.queries import Sought
from casework.people.models import Person


@dataclass(frozen=True)
class Child:
    """A child of the family on the page of a note: the box that says it is about them too, and their own questions."""

    person: Person
    part: BoundField
    own_words: BoundField
    chosen: bool


class WriteNote(forms.Form):
    """A note about one person, or about several children of a family at once."""

    def __init__(
        self, *args: Any, person: Person, family: Sequence[Person], now: datetime, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.family = person, family
        self.fields["kind"] = CodeField("note_type", on=on, label="What sort of note is it?")
        self.fields["happened_at"] = MomentField(
            label="When did it happen?", no_later_than=now, initial=now, help_text="Not when you are writing it."
        )
        self.fields["shared"] = LongText(label="What happened?", rows=8, help_text=_shared_hint(person, family))
        for one in (person, *family):
            self._ask_about(one)
        self.fields["also"] = forms.MultipleChoiceField(
            label="Is it about anybody else in the family?", required=False, choices=[(p.pk, str(p)) for p in family],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["same_on_purpose"] = forms.BooleanField(label="It is the same on purpose", required=False)
        self.fields["significant"] = forms.BooleanField(label="This is a significant event", required=False)
        self.fields["why_significant"] = LongText(label="Why is it significant?", rows=2, required=False)
        self.fields["attached"] = FilesField(label="Attach files", required=False)

    def _ask_about(self, one: Person) -> None:
        name = one.forename or str(one)
        self.fields[f"part_{one.pk}"] = LongText(
            label=f"What concerns {name} alone?", rows=3, required=False,
            help_text=f"Only on {name}’s record. What it meant for {name}, how they were, what you saw."
        )  # fmt: skip
        self.fields[f"words_{one.pk}"] = LongText(
            label=f"What did {name} say, in their own words?", rows=2, required=False
        )

    @property
    def own(self) -> Child:
        """The person whose record the page was opened from."""
        return self._child(self.person, chosen=True)

    @property
    def others(self) -> list[Child]:
        """The rest of the family."""
        chosen = {str(key) for key in self["also"].value() or []}
        return [self._child(one, chosen=str(one.pk) in chosen) for one in self.family]

    def _child(self, person: Person, *, chosen: bool) -> Child:
        return Child(person, self[f"part_{person.pk}"], self[f"words_{person.pk}"], chosen)

    @property
    def asks_same_on_purpose(self) -> bool:
        """Whether two children's parts are identical, so that it has to be confirmed."""
        return bool(self["same_on_purpose"].value()) or getattr(self, "identical", False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("significant") and not cleaned.get("why_significant"):
            self.add_error("why_significant", "Say why it is significant: it is read in the chronology")
        try:
            check_slices(self.slices(), same_on_purpose=bool(cleaned.get("same_on_purpose")))
        except Refused as refused:
            self.identical = "is the same" in refused.message
            self.add_error(refused.field, refused.message)
        return cleaned

    def slices(self) -> list[Slice]:
        """Each child's own part, of those that the note is about."""
        given = self.cleaned_data
        chosen = [self.person, *(one for one in self.family if str(one.pk) in given.get("also", []))]
        return [Slice(one, given.get(f"part_{one.pk}", ""), given.get(f"words_{one.pk}", "")) for one in chosen]

    def written(self) -> Written:
        """The note, for the action."""
        given = self.cleaned_data
        why = given["why_significant"] if given["significant"] else ""
        return Written(
            given["kind"], given["happened_at"], given["shared"], self.slices(), why, given["same_on_purpose"]
        )


def _shared_hint(person: Person, family: Sequence[Person]) -> str:
    if not family:
        return ""
    return "If it is about several children, write here what may be read on the record of each of them."


class Addition(forms.Form):
    """Something to add to a note, for one child or for all of its children."""

    def __init__(self, *args: Any, person: Person, several: bool, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = "What is right?" if correcting else "What do you want to add?"
        self.fields["text"] = LongText(label=asked, rows=5)
        if correcting:
            self.fields["reason"] = LongText(label="Why was the note wrong?", rows=2)
        if several:
            options = [("own", f"The part about {person} alone"), ("all", "The part that all its children share")]
            self.fields["which"] = forms.ChoiceField(
                label="Which part of the note is it about?", choices=options, widget=forms.RadioSelect, initial="own"
            )

    @property
    def for_all(self) -> bool:
        """Whether it belongs to the shared part."""
        return "which" not in self.fields or self.cleaned_data["which"] == "all"


class InError(forms.Form):
    """Why a note should not be on a record, and who says so."""

    def __init__(self, *args: Any, others: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = LongText(label="Why should it not be on this record?", rows=3)
        self.fields["asked_by"] = forms.CharField(
            label="Who asked for this?", max_length=200, help_text="Their name and role. You, if nobody else did."
        )
        if others:
            self.fields["also"] = forms.MultipleChoiceField(
                label="Is it in error on another record too?", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(one.pk, str(one)) for one in others],
            )  # fmt: skip


class Look(forms.Form):
    """What to look for in a person's notes."""

    words = forms.CharField(label="Words in the note", required=False)

    def __init__(self, *args: Any, authors: Sequence[tuple[int, str]], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Any sort"), *choices("note_type", on)]
        self.fields["kind"] = forms.ChoiceField(label="Sort of note", required=False, choices=kinds)
        self.fields["author"] = forms.ChoiceField(
            label="Written by", required=False, choices=[("", "Anybody"), *authors]
        )
        self.fields["since"] = DayField(label="Happened on or after", required=False)
        self.fields["until"] = DayField(label="Happened on or before", required=False)
        self.fields["significant"] = forms.BooleanField(label="Significant events only", required=False)

    def sought(self) -> Sought:
        """What is looked for; everything where the page has errors."""
        if not self.is_valid():
            return Sought()
        given = self.cleaned_data
        author = int(given["author"]) if given["author"] else None
        return Sought(
            given["words"], given["kind"], given["significant"], given["since"], given["until"], author
        )  # fmt: skip

    @property
    def filtered(self) -> bool:
        """Whether anything but words is asked for."""
        return self.is_bound and self.is_valid() and any(v for k, v in self.cleaned_data.items() if k != "words")


class AddFiles(forms.Form):
    """Files for a person's record, or for a note on it."""

    attached = FilesField(label="Choose the files")
    title = forms.CharField(
        label="What are they?", required=False, max_length=200,
        help_text="As you would look for it: “School report, summer 2026”. The name of the file if you leave it empty.",
    )  # fmt: skip
