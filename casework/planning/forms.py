"""The questions of a plan, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import Worker
from casework.common.fields import DayField, LongText, YesNoField
from casework.common.templatetags.golden_thread import day
from casework.people.models import Person
from casework.planning.actions.writing import Owner, Said
from casework.planning.models import ActionWording, Change, PlanVersion, Progress
from casework.voice.boxes import TheirWords, WhyNotAsked
from casework.voice.last_words import LastSaid, LastWords


class LikeForm(forms.Form):
    """What a new version is written like."""

    def __init__(self, *args: Any, like: Sequence[tuple[PlanVersion, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.pk): version for version, _ in like}
        self.fields["like"] = forms.ChoiceField(
            label="What do you start from?", required=False, widget=forms.RadioSelect,
            choices=[*((str(version.pk), title) for version, title in like), ("", "An empty page")],
            help_text="From a brother’s or sister’s plan, needs and actions are copied and become this child’s own. "
            "What that child said is not copied.",
        )  # fmt: skip
        if not like:
            self.fields["like"].widget = forms.HiddenInput()

    def like(self) -> PlanVersion | None:
        """The version chosen; None for an empty page."""
        return self.versions.get(self.cleaned_data["like"])


class NeedForm(forms.Form):
    """A need and what will be different."""

    what = LongText(label="What does the child need?", rows=3, help_text="The child’s need, not the help there is.")
    family_words = LongText(
        label="How do the child or the family put it?",
        rows=2,
        required=False,
        help_text="Their words, if you have them.",
    )
    outcome = LongText(
        label="What will be different for the child?", rows=3, required=False,
        help_text="What somebody could see or the child could say: “Kit is at school by 9 every day.”",
    )  # fmt: skip


class ActionForm(forms.Form):
    """An action: what, who, by when."""

    what = LongText(label="What will be done?", rows=3)

    def __init__(self, *args: Any, workers: Sequence[Worker], family: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners: dict[str, Owner] = {f"worker:{one.pk}": Owner(worker=one) for one in workers}
        self.owners |= {f"person:{one.pk}": Owner(person=one) for one in family}
        named = [(f"worker:{one.pk}", f"{one.name} (worker)") for one in workers]
        named += [(f"person:{one.pk}", one.full_name) for one in family]
        self.fields["owner"] = forms.ChoiceField(
            label="Who does it?", required=False, choices=[("", "Nobody yet, or somebody named below"), *named]
        )
        self.fields["owner_named"] = forms.CharField(
            label="Or somebody else", required=False, max_length=200, help_text="Their name and agency."
        )
        self.fields["by_when"] = DayField(label="By when?", required=False)
        self.fields["how_known"] = LongText(label="How will we know that it helped?", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """One owner, not two."""
        answers = super().clean() or {}
        if answers.get("owner") and answers.get("owner_named"):
            self.add_error("owner_named", "Choose one person: from the list, or here. Two owners are no owner.")
        return answers

    def said(self) -> Said:
        """The action as it is put."""
        answers = self.cleaned_data
        owner = self.owners.get(answers["owner"]) or Owner(named=answers["owner_named"])
        return Said(answers["what"], owner, answers["by_when"], answers["how_known"])


def initial_of(wording: ActionWording) -> dict[str, Any]:
    """The answers that an action has now."""
    owner = f"worker:{wording.owner_worker_id}" if wording.owner_worker_id else ""
    owner = f"person:{wording.owner_person_id}" if wording.owner_person_id else owner
    return {
        "what": wording.what, "owner": owner, "owner_named": wording.owner_named, "by_when": wording.by_when,
        "how_known": wording.how_known,
    }  # fmt: skip


class FamilyForm(forms.Form):
    """What the parents read first."""

    worried_about = LongText(
        label="What are we worried about?", rows=4, required=False, help_text="As you would say it to the parents."
    )
    going_well = LongText(label="What is going well?", rows=3, required=False)
    parents_must = LongText(
        label="What do the parents need to do?", rows=5, required=False,
        help_text="One thing a line, as you would say it to them.",
    )  # fmt: skip


class ContingencyForm(forms.Form):
    """What happens if it does not work, and whom to ring meanwhile."""

    contingency = LongText(
        label="What happens if things do not change?", rows=4, required=False,
        help_text="The parents read this: say it kindly and clearly.",
    )  # fmt: skip
    decide_by = DayField(label="By when do we decide whether it is working?", required=False)
    seen_every_weeks = forms.IntegerField(
        label="Every how many weeks is the child visited?", required=False, min_value=1, max_value=52,
        help_text="The family reads this, and the child’s record says by when the next visit is. "
        "Clocks follow the law and your authority’s own standard.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )  # fmt: skip
    who_to_ring = LongText(label="Who can the family ring?", rows=2, required=False, help_text="Names and numbers.")


class ChildForm(forms.Form):
    """What the child thinks of the plan."""

    def __init__(self, *args: Any, words: Sequence[LastSaid], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["childs_view"] = TheirWords(
            person=person, beside=LastWords(()) if words else None,  # they are listed below
            label="What does the child think of the plan?", rows=4,
            help_text="In their own words. What a child who does not speak shows is their view too.",
        )  # fmt: skip
        self.fields |= for_parents(person)
        self.fields["why_not_asked"] = WhyNotAsked(person=person)
        if words:
            self.fields["words"] = forms.MultipleChoiceField(
                label="Which of the child’s words does this plan take up?", required=False,
                choices=[(one.code, f"{day(one.on)}: {one.words[:120]}") for one in words],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.heard = {one.code: one for one in words}

    def parts(self) -> dict[str, Any]:
        """The answers, with the words chosen as rows."""
        chosen = [self.heard[key] for key in self.cleaned_data.get("words", ())]
        return {**self.cleaned_data, "words": chosen}


def for_parents(person: Person) -> dict[str, forms.Field]:
    """Whether the parents are given the child's words to read."""
    name = person.forename or "the child"
    return {
        "parents_may_read": YesNoField(
            label=f"May the parents read what {name} thinks?", required=False,
            help_text=f"Ask {name} first, and whether it is safe. Until you say yes, it is not on the page for the "
            "parents or in a letter to them.",
        ),
        "parents_may_read_why": LongText(
            label="Why, or why not?", rows=2, required=False, help_text="Only staff read this."
        ),
    }  # fmt: skip


class ForParentsForm(forms.Form):
    """The same, of words that the plan has already."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= for_parents(person)


class AgreeForm(forms.Form):
    """From when it is in force, and who agreed."""

    def __init__(self, *args: Any, on: date, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_force_from"] = DayField(label="From which day is this the plan?", latest=on)
        self.fields["agreed_with"] = LongText(
            label="Who agreed to it?", rows=2, required=False, help_text="The child, the parents, other agencies."
        )
        self.fields["not_agreed"] = LongText(
            label="Who does not agree, and with what?", rows=2, required=False, help_text="In their words."
        )
        if not first:
            self.fields["what_changed"] = LongText(
                label="What changed since the last plan, and why?", rows=3, required=False
            )


class ProgressForm(forms.Form):
    """How an action goes."""

    state = forms.ChoiceField(label="How does it go?", choices=Progress.State.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noted_on"] = DayField(label="On which day was that so?", latest=on)
        self.fields["what_happened"] = LongText(
            label="What happened, or what gets in the way?", rows=3, required=False,
            help_text="If it will not be done, say why.",
        )  # fmt: skip


class ChangeForm(forms.Form):
    """What is different for the child."""

    direction = forms.ChoiceField(
        label="How is it for the child now?", choices=Change.Direction.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noted_on"] = DayField(label="On which day was that so?", latest=on)
        self.fields["what_changed"] = LongText(label="What did you see or hear that shows it?", rows=3, required=False)


class SureForm(forms.Form):
    """Nothing is asked but whether one is sure."""
