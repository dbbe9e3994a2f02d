"""Arranging a meeting, changing it, and calling it off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency
from casework.child_protection.queries.suggestions import agency_of
from casework.common.fields import LongText, MomentField
from casework.people.models import Person

ONE_A_LINE = "One person a line: name, role, agency. For example: Ms Head, teacher, Example School."


def key_of(one: Asked) -> str:
    """What a member is called in a form."""
    return f"{one.agency}:{one.name}"


def described(one: Asked) -> str:
    """A member in a form: name, role and agency."""
    role = f", {one.role}" if one.role else ""
    return f"{one.name}{role} ({Agency(one.agency).label})"


def others(text: str) -> list[Asked]:
    """Those who were typed in, one a line; whom they speak for is told from their words."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, _, role = line.partition(",")
        found.append(Asked(agency_of(role), name.strip()[:200], role.strip()[:200]))
    return found


class ArrangeForm(forms.Form):
    """For which children, when, where, who chairs and who is to come."""

    def __init__(
        self, *args: Any, children: Sequence[Person], known: Sequence[Asked], chairs: Any, by_when: str = "",
        asks_when: bool = True, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in children}
        self.known = {key_of(one): one for one in known}
        if len(children) > 1:
            self.fields["children"] = forms.MultipleChoiceField(
                label="Which children is it about?", widget=forms.CheckboxSelectMultiple,
                choices=[(key, one.full_name) for key, one in self.people.items()],
                help_text="One meeting for brothers and sisters. Each child has a part of their own.",
            )  # fmt: skip
        if asks_when:
            self.fields["planned_at"] = MomentField(label="When will it be?", help_text=by_when)
        self.fields["place"] = forms.CharField(label="Where, or by which link?", required=False, max_length=300)
        self.fields["chair"] = forms.ModelChoiceField(
            chairs, label="Who chairs it?", required=False, empty_label="Not known yet"
        )
        if known:
            self.fields["members"] = forms.MultipleChoiceField(
                label="Who is to come?", required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(key, described(one)) for key, one in self.known.items()],
            )  # fmt: skip
        self.fields["others"] = LongText(label="Anybody else?", required=False, rows=2, help_text=ONE_A_LINE)

    def chosen(self) -> list[Person]:
        """The children it is about."""
        found = self.cleaned_data.get("children", list(self.people))
        return [self.people[key] for key in found]

    def answers(self) -> dict[str, Any]:
        """When, where, who chairs and who is to come, as the actions take them."""
        found = self.cleaned_data
        members: Iterable[Asked] = [self.known[key] for key in found.get("members", ())]
        return {
            "planned_at": found.get("planned_at"),
            "place": found["place"],
            "chair": found["chair"],
            "members": [*members, *others(found["others"])],
        }


class CallOffForm(forms.Form):
    """Put off or cancelled, and why."""

    ANSWERS = (("put_off", "Put it off"), ("cancel", "Cancel it"))
    answer = forms.ChoiceField(label="What is to happen?", choices=ANSWERS, widget=forms.RadioSelect)
    because = LongText(label="Why?", rows=3, help_text="A conference or a manager will ask.")
    planned_at = MomentField(
        label="If it is put off: to when?", required=False, help_text="Leave empty if the day is not known yet."
    )
