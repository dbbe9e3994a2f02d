"""What two people are to each other, asked from where one of them stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.common.coded import choices
from casework.common.fields import DayField, YesNoField
from casework.people.family import FROM_THE_OTHER_SIDE
from casework.people.models import Person

TURNED = ("parent", "step_parent", "grandparent", "aunt_uncle")
"""Relations that are also offered from the other side: the person is this code to the other."""
OTHER_WAY = "of:"


class RelationForm(forms.Form):
    """The relation, its dates, and who holds parental responsibility."""

    def __init__(self, *args: Any, person: Person, other: Person | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if other is not None:
            self.fields["relationship"] = forms.ChoiceField(
                label=f"What is {other.full_name} to {person.full_name}?", choices=_offered(person, on)
            )
        self.fields["parental_responsibility"] = YesNoField(
            label="Does the adult of the two hold parental responsibility for the child?", required=False,
            help_text="In law: by birth, marriage, registration, agreement or order. Not who looks after them.",
        )  # fmt: skip
        self.fields["started_on"] = DayField(
            label="From when?", required=False, help_text="Leave empty for a relation by birth."
        )
        self.fields["ended_on"] = DayField(label="Until when?", required=False)


def _offered(person: Person, on: date) -> list[tuple[str, str]]:
    straight = choices("relationship", on)
    both = dict(straight)
    turned = [(f"{OTHER_WAY}{code}", f"Child ({person.full_name} is the {code})") for code in ("mother", "father")]
    turned += [(OTHER_WAY + code, FROM_THE_OTHER_SIDE[code]) for code in TURNED if code in both]
    return [("", "Choose one"), *straight, *turned]


def turned_round(answer: str) -> tuple[str, bool]:
    """The code, and whether it says what the person is to the other."""
    return answer.removeprefix(OTHER_WAY), answer.startswith(OTHER_WAY)
