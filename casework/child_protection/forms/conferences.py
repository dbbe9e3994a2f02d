"""The questions of a conference: asking for it, arranging it, inviting to it, calling it off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import User, Worker
from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency
from casework.common.fields import CodeField, DayField, LongText, MomentField
from casework.documents.fields import FilesField

CHAIRS = ("conference_chair", "reviewing_officer")


class AskForm(forms.Form):
    """What kind of conference, since when, and whether with a brother's or sister's."""

    def __init__(
        self, *args: Any, on: date, kinds: tuple[str, ...], waiting: dict[int, list[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = CodeField(
            "conference_kind", on=on, only=kinds, label="What kind of conference?",
            help_text="After a section 47 enquiry it is asked for when the enquiry is signed off: not here.",
        )  # fmt: skip
        self.fields["requested_on"] = DayField(
            label="Since when is it wanted?", latest=on,
            help_text="For a child who has moved in: the day that the other authority told us.",
        )  # fmt: skip
        if waiting:
            choices = [("", "No, on its own"), *((str(key), ", ".join(names)) for key, names in waiting.items())]
            self.fields["with_conference"] = forms.TypedChoiceField(
                label="Together with a conference that is asked for already?", required=False, choices=choices,
                coerce=int, empty_value=None,
            )  # fmt: skip


class ArrangeForm(forms.Form):
    """The day, the place and the chair."""

    def __init__(self, *args: Any, by_when: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_at"] = MomentField(label="When will it be held?", help_text=by_when)
        self.fields["place"] = forms.CharField(label="Where, or by which link?", required=False, max_length=300)
        workers = User.objects.filter(role__in=CHAIRS, is_active=True).exclude(worker=None).values("worker")
        self.fields["chair"] = forms.ModelChoiceField(
            Worker.objects.filter(pk__in=workers).order_by("name"), label="Who chairs it?", required=False,
            empty_label="Not known yet",
        )  # fmt: skip


class InviteForm(forms.Form):
    """People who know the child, and somebody else."""

    def __init__(self, *args: Any, suggested: list[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = {f"{one.agency}:{one.name}": one for one in suggested}
        if suggested:
            self.fields["suggested"] = forms.MultipleChoiceField(
                label="Who of those on the record?", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(key, _described(one)) for key, one in self.suggested.items()],
                help_text="Agencies are asked for a report. The family is not.",
            )  # fmt: skip
        self.fields.update(
            name=forms.CharField(label="Somebody else: name" if suggested else "Name", required=False, max_length=200),
            role=forms.CharField(label="Their role", required=False, max_length=200),
            agency=forms.ChoiceField(
                label="Their agency", required=False, choices=[("", "Choose one"), *Agency.choices]
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Somebody else has an agency."""
        found = super().clean() or {}
        if found.get("name") and not found.get("agency"):
            self.add_error("agency", "Choose the agency, or family")
        return found

    def asked(self) -> list[Asked]:
        """Everybody chosen."""
        found = self.cleaned_data
        chosen = [self.suggested[key] for key in found.get("suggested", ())]
        if found["name"]:
            report = found["agency"] != Agency.FAMILY
            chosen.append(Asked(found["agency"], found["name"], found["role"], report))
        return chosen


def _described(one: Asked) -> str:
    role = f", {one.role}" if one.role else ""
    return f"{one.name}{role} ({Agency(one.agency).label})"


class TakeOffForm(forms.Form):
    """Nothing is asked but whether one is sure."""


class ReportForm(forms.Form):
    """When a report came, and its paper. `children`, the choices of `about`, are those whose record it can go on; with
    `came`, that it came is recorded already.
    """

    def __init__(
        self, *args: Any, on: date, children: list[tuple[int, str]], came: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.everybody = [key for key, _ in children]
        self.fields["arrived_on"] = DayField(
            label="When did the report come?", latest=on, required=not came,
            help_text="Leave it empty if it has not come after all." if came else "",
        )  # fmt: skip
        self.fields["attached"] = FilesField(label="The report itself, if you have it as a file", required=False)
        if len(children) > 1:
            self.fields["about"] = forms.TypedMultipleChoiceField(
                label="Which children is it about?", choices=children, coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple, initial=self.everybody,
                help_text="It goes on the record of each. Leave out a child on whose record it may not be read.",
            )  # fmt: skip

    @property
    def about(self) -> list[int]:
        """The children on whose records the paper goes."""
        found: list[int] = self.cleaned_data.get("about", self.everybody)
        return found


class CallOffForm(forms.Form):
    """Put off or cancelled, for which of the children (the choices of `children`, all unless ticked off), and why."""

    ANSWERS = (("adjourn", "Put it off"), ("cancel", "Cancel it"))
    answer = forms.ChoiceField(label="What is to happen?", choices=ANSWERS, widget=forms.RadioSelect)
    because = LongText(label="Why?", rows=3, help_text="The family and the agencies will want to know.")
    planned_at = MomentField(
        label="If it is put off: to when?", required=False, help_text="Leave empty if the day is not known yet."
    )

    def __init__(self, *args: Any, children: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everybody = {key for key, _ in children}
        if len(children) > 1:
            self.fields["children"] = forms.TypedMultipleChoiceField(
                label="For which children?", choices=children, coerce=int, widget=forms.CheckboxSelectMultiple,
                initial=sorted(self.everybody), help_text="It goes on for those you leave out.",
            )  # fmt: skip
            self.order_fields(["answer", "children"])

    @property
    def only(self) -> set[int]:
        """The parts of the children it is for, where it is not for all of them."""
        chosen = set(self.cleaned_data.get("children") or self.everybody)
        return set() if chosen == self.everybody else chosen
