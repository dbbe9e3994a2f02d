"""Questions about a person themselves. A form's fields are columns of Person, so that its answers are the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from casework.common.fields import CodeField, CodesField, DayField, LongText, YesNoField


def text(label: str, size: int, hint: str = "") -> forms.CharField:
    """A line of text that may be left empty."""
    return forms.CharField(label=label, max_length=size, required=False, help_text=hint)


def name_fields(_on: date) -> dict[str, forms.Field]:
    """What somebody is called."""
    return {
        "forename": text("First name", 100, "Leave empty if it is not known."),
        "middle_names": text("Middle names", 200),
        "surname": text("Family name", 100),
        "known_as": text("What are they called?", 100, "If not by their first name."),
    }


def birth_fields(on: date) -> dict[str, forms.Field]:
    """When somebody was born or is expected."""
    return {
        "is_child": YesNoField(label="Is this a child, for the record?",
                               help_text="A young parent whom we work with as a child is a child."),
        "born_on": DayField(label="Date of birth", required=False, latest=on,
                            help_text="Leave empty if not known. If only the month is known, put 15 for the day."),
        "birth_date_estimated": YesNoField(label="Is that date an estimate?", required=False),
        "expected_on": DayField(label="If unborn, when is the birth expected?", required=False),
    }  # fmt: skip


def identity_fields(on: date) -> dict[str, forms.Field]:
    """Sex, gender, ethnic background."""
    return {
        "sex": CodeField("sex", on=on, label="Sex", required=False, help_text="As registered at birth."),
        "gender": CodeField("gender", on=on, label="Gender", required=False, help_text="As they say now."),
        "ethnicity": CodeField("ethnicity", on=on, label="Ethnic background", required=False,
                               help_text="As they or their parents say, never as it seems to you."),
    }  # fmt: skip


def communication_fields(_on: date) -> dict[str, forms.Field]:
    """Languages and what helps."""
    return {
        "first_language": text("First language", 60, "Of the home."),
        "interpreter_needed": YesNoField(label="Is an interpreter needed?", required=False),
        "communication_needs": LongText(
            label="What helps them to communicate?", required=False,
            help_text="Signs, pictures, large print, more time. For a meeting, what has to be there.",
        ),
    }  # fmt: skip


def health_fields(on: date) -> dict[str, forms.Field]:
    """Disability."""
    return {
        "disabled": YesNoField(label="Is the child disabled?", required=False),
        "disabilities": CodesField("disability", on=on, label="Which kinds?", required=False,
                                   help_text="As many as there are."),
        "is_mother": YesNoField(label="Is the child a mother?", required=False),
    }  # fmt: skip


def school_fields(on: date) -> dict[str, forms.Field]:
    """The pupil number."""
    return {
        "upn": text("Unique pupil number", 13, "A letter and twelve figures. The school has it."),
        "upn_unknown_reason": CodeField("upn_unknown", on=on, label="If there is none, why?", required=False),
        "former_upn": text("Earlier pupil number", 13, "Of before an adoption, or a temporary one."),
    }


def immigration_fields(_on: date) -> dict[str, forms.Field]:
    """Status, and children who came alone."""
    return {
        "immigration_status": text("Immigration status", 100, "In words, such as: leave to remain until June 2027."),
        "unaccompanied": YesNoField(label="Did the child come alone, seeking asylum?", required=False),
        "unaccompanied_until": DayField(label="If that has ended, when?", required=False),
    }


def living_fields(_on: date) -> dict[str, forms.Field]:
    """Whether there is an address at all."""
    return {"no_fixed_address": YesNoField(label="Is the person without a fixed address now?")}


def death_fields(on: date) -> dict[str, forms.Field]:
    """A death."""
    return {"died_on": DayField(label="Date of death", required=False, latest=on,
                                help_text="Leave empty to take away a death that was recorded in error.")}  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """One page of questions: its title, its fields, whether it is for children alone."""

    title: str
    fields: Any
    children_only: tuple[str, ...] = ()


ASKED = {
    "name": Asking("Name", name_fields),
    "birth": Asking("Birth", birth_fields, ("expected_on",)),
    "identity": Asking("Sex, gender and ethnic background", identity_fields),
    "communication": Asking("Language and communication", communication_fields),
    "health": Asking("Disability", health_fields),
    "school": Asking("School", school_fields),
    "immigration": Asking("Immigration", immigration_fields, ("unaccompanied", "unaccompanied_until")),
    "living": Asking("No fixed address", living_fields),
    "death": Asking("Record a death", death_fields),
}


class DetailsForm(forms.Form):
    """The questions of one topic."""

    def __init__(self, *args: Any, topic: str, on: date, is_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        asking = ASKED[topic]
        left_out = () if is_child else asking.children_only
        self.fields |= {name: field for name, field in asking.fields(on).items() if name not in left_out}

    def clean(self) -> dict[str, Any]:
        """Kinds of disability mean that the child is disabled; "none" stands alone."""
        answers: dict[str, Any] = super().clean() or {}
        kinds = [kind for kind in answers.get("disabilities") or () if kind != "NONE"]
        if kinds:
            answers["disabilities"], answers["disabled"] = kinds, True
        for name in ("upn", "former_upn"):
            if name in answers:
                answers[name] = answers[name].replace(" ", "").upper()
        return answers
