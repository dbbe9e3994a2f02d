"""The questions about a missing child, and of the talk when they are back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from casework.common.fields import CodeField, DayField, LongText, MomentField, YesNoField
from casework.missing.actions.reporting import Back, Reported
from casework.missing.actions.talking import Talk
from casework.missing.law import GROUPS, REASONS
from casework.missing.models import MissingEpisode, ReturnInterview, Told
from casework.people.forms.choosing import choose
from casework.people.models import Person
from casework.voice.boxes import answer_of, boxes
from casework.voice.why import Why

NOT_KNOWN = ("", "Not known")


class ReportForm(forms.Form):
    """What is reported. With `children`, also who is missing."""

    def __init__(self, *args: Any, at: datetime, on: date, children: list[Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if children is not None and len(children) > 1:
            self.fields["children"] = choose(
                children,
                "Who is missing?",
                hint="Each child gets a part of their own.",
            )
        self.fields["kind"] = CodeField(
            "missing_kind", on=on, label="Missing, or away without authorisation?",
            help_text="Away without authorisation: it is known where they are, and they are not allowed to be there.",
        )  # fmt: skip
        self.fields["started_at"] = MomentField(
            label="Since when?", no_later_than=at, help_text="When they were last seen, or should have been back."
        )
        self.fields["reported_at"] = MomentField(label="When were we told?", no_later_than=at)
        self.fields["reported_by"] = forms.CharField(
            label="Who told us?", max_length=200, help_text="Name, and what they are to the child."
        )
        self.fields["last_seen_where"] = forms.CharField(
            label="Where were they last seen?", max_length=300, required=False
        )
        self.fields["what_is_known"] = LongText(
            label="What is known?", required=False,
            help_text="What led to it, what they wear and carry, phone, money, medicine, where they may be and with "
            "whom. It shows on the record of each child who went.",
        )  # fmt: skip
        self.fields["police_reference"] = forms.CharField(
            label="What is the police reference?",
            max_length=60,
            required=False,
            help_text="Empty until it is given.",
        )
        self.fields["risk"] = forms.ChoiceField(
            label="How do the police judge the risk?", required=False,
            choices=[*MissingEpisode.Risk.choices, NOT_KNOWN], widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["risk_reasons"] = LongText(
            label="What makes you worried now?", required=False, rows=3,
            help_text="Yours, where it differs from theirs, too.",
        )  # fmt: skip

    def reported(self) -> Reported:
        """The answers, as the action takes them."""
        return Reported(**{name: value for name, value in self.cleaned_data.items() if name != "children"})


def answers_of(episode: MissingEpisode) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    own = ("kind", "started_at", "police_reference", "risk", "risk_reasons")
    shared = ("reported_at", "reported_by", "last_seen_where", "what_is_known")
    return {
        **{name: getattr(episode, name) for name in own},
        **{name: getattr(episode.report, name) for name in shared},
    }


class StepForm(forms.Form):
    """Something that was done."""

    what = LongText(label="What was done?", rows=3, help_text="And what came of it.")
    who = forms.CharField(
        label="By whom?", max_length=200, required=False, help_text="Leave it empty if it was you."
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_at"] = MomentField(label="When?", no_later_than=at)
        self.order_fields(["done_at", "what", "who"])


class ToldForm(forms.Form):
    """Who was told."""

    whom = forms.MultipleChoiceField(
        label="Who was told?", choices=Told.Whom.choices, widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label="Who exactly?", max_length=200, required=False, help_text="Name, and how they were told."
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_at"] = MomentField(label="When?", no_later_than=at)


class BackForm(forms.Form):
    """That a child is back; with `others`, who is back with them."""

    def __init__(self, *args: Any, at: datetime, others: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"] = MomentField(
            label="When were they found, or back?", no_later_than=at,
            help_text="The time to the return interview runs from here.",
        )  # fmt: skip
        if others:
            self.fields["others"] = choose(others, "Who was with them, and is back too?", required=False)
        self.fields["how_back"] = forms.ChoiceField(
            label="How?", choices=[*MissingEpisode.Return.choices, NOT_KNOWN], required=False, widget=forms.RadioSelect
        )
        self.fields["found_where"] = forms.CharField(
            label="Where were they?", max_length=300, required=False,
            help_text="As exactly as is known: places are looked at across children.",
        )  # fmt: skip
        self.fields["found_by"] = forms.CharField(label="Who found or met them?", max_length=200, required=False)
        self.fields["condition"] = LongText(
            label="How are they?", required=False, rows=3, help_text="Hurt, hungry, frightened, well. Whether a doctor "
            "is needed. Things that they have and did not have before.",
        )  # fmt: skip

    def back(self) -> Back:
        """The answers, as the action takes them."""
        return Back(**{name: value for name, value in self.cleaned_data.items() if name != "others"})


class PoliceForm(forms.Form):
    """The police's own talk with the child on return."""

    talked = YesNoField(
        label="Did the police see the child?", required=False,
        help_text="A prevention interview: whether they are safe, were harmed, and by whom. It is no return interview.",
    )  # fmt: skip
    said = LongText(label="What came of it?", required=False, rows=3)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["talked_at"] = MomentField(label="When?", no_later_than=at, required=False)
        self.order_fields(["talked", "talked_at", "said"])


class OfferForm(forms.Form):
    """That a talk was offered, and the answer."""

    answer = forms.ChoiceField(
        label="What did the child say?", required=False, widget=forms.RadioSelect,
        choices=[("accepted", "Yes"), ("declined", "No"), ("", "No answer yet")],
        help_text="A child who says no may still change their mind: record the talk when it is held.",
    )  # fmt: skip
    why_declined = LongText(
        label="If they said no: why, in their words?", required=False, rows=3,
        help_text="And whether somebody else was offered: a person whom the child trusts often hears more.",
    )  # fmt: skip
    offered_by = forms.CharField(
        label="Who offered it?", max_length=200, required=False, help_text="Leave it empty if it was you."
    )

    def __init__(self, *args: Any, on: date, earliest: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offered_on"] = DayField(label="When was it offered?", latest=on, earliest=earliest)
        self.order_fields(["offered_on", "offered_by", "answer", "why_declined"])


class TalkForm(forms.Form):
    """The return interview; without the child's words where `heard`: they stay as given."""

    def __init__(self, *args: Any, at: datetime, on: date, person: Person, heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("held_at", MomentField(label="When was the talk held?", no_later_than=at))
        add("interviewer", forms.CharField(label="Who talked with the child?", max_length=200,
                                           help_text="Name and organisation."))  # fmt: skip
        add("independent", YesNoField(
            label="Are they independent of where the child lives and of who decides about them?", required=False,
            help_text="Guidance wants somebody independent. Where it was not, say why: it still counts.",
        ))  # fmt: skip
        add("why_not_independent", forms.CharField(label="If not, why?", max_length=300, required=False))
        add("where", forms.CharField(label="Where was it held?", max_length=200, required=False))
        if not heard:
            name = person.forename or "the child"
            self.fields.update(boxes(person, on, label=f"What did {name} say or show?", rows=6))
        add("where_been", LongText(label="Where were they?", required=False, rows=2))
        add("with_whom", LongText(label="Who were they with?", required=False, rows=2))
        for group, title in GROUPS.items():
            add(group, forms.MultipleChoiceField(label=f"{title}?", choices=REASONS.in_use(group, on), required=False,
                                                 widget=forms.CheckboxSelectMultiple))  # fmt: skip
        add("harm", LongText(label="Were they harmed, or did they come near to it?", required=False, rows=3))
        add("what_will_change", LongText(
            label="What will change, so that they need not go again?", required=False, rows=3,
            help_text="Who does what. What the child asked for.",
        ))  # fmt: skip
        add("passed_on", LongText(label="What was passed on, and to whom?", required=False, rows=2,
                                  help_text="To the police: people, places, cars, numbers."))  # fmt: skip

    def talk(self) -> Talk:
        """The answers, as the action takes them."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in GROUPS}
        return Talk(
            answer=answer_of(found),
            **found,
            reasons=tuple(code for group in GROUPS for code in self.cleaned_data[group]),
        )


def answers_of_talk(interview: ReturnInterview, why: Why | None) -> dict[str, Any]:
    """What the form is to show of a talk that is recorded."""
    names = ("held_at", "interviewer", "independent", "why_not_independent", "where", "where_been", "with_whom", "harm",
             "what_will_change", "passed_on")  # fmt: skip
    held = {name: getattr(interview, name) for name in names}
    return {**held, "why_not_asked": why, **dict.fromkeys(GROUPS, interview.reasons)}
