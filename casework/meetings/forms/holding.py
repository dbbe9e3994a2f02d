"""Recording a meeting on one page: who was there, each child's part, what was decided, when the next one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency
from casework.common.fields import DayField, LongText, MomentField
from casework.common.templatetags.golden_thread import day
from casework.meetings.actions.holding import OF_A_CHILD, Held, Part
from casework.meetings.forms.arranging import ONE_A_LINE, described, key_of, others
from casework.meetings.models import ChildAtMeeting, Meeting, Member
from casework.people.models import Person
from casework.planning.actions.progress import Said
from casework.planning.models import ActionWording, Progress
from casework.voice.boxes import TheirWords, WhyNotAsked
from casework.voice.last_words import LastWords

SAFETY = (*ChildAtMeeting.Safety.choices, ("", "Not talked about"))


HOW_IT_GOES = (("", "Not talked about"), (Progress.State.GOING, "On the way"), (Progress.State.DONE, "Done"),
               (Progress.State.STUCK, "Stuck"))  # fmt: skip


def questions_about(
    person: Person, kind: str, *, required: bool, beside: LastWords | None = None
) -> dict[str, forms.Field]:
    """What is asked of one child, by the column that the answer goes to."""
    name = person.forename or "the child"
    asked: dict[str, forms.Field] = {
        "childs_words": TheirWords(
            person=person, beside=beside, label=f"What did {name} say?", rows=3,
            help_text="Their own words where you can, and how the meeting heard them. "
            "For a baby: what those who know them see.",
        ),
        "why_not_asked": WhyNotAsked(person=person),
        "what_changed": LongText(
            label=f"What has changed for {name}?", required=required, rows=3,
            help_text="What is different in daily life since the last meeting. If nothing is, say so.",
        ),
    }  # fmt: skip
    return asked | (_recommends(name, required) if kind == Meeting.Kind.CIN_REVIEW else _safe(name))


def _safe(name: str) -> dict[str, forms.Field]:
    return {
        "safety": forms.ChoiceField(
            label=f"Is {name} safe enough?", choices=SAFETY, required=False, widget=forms.RadioSelect
        ),
        "safety_because": LongText(label="Why do you think so?", required=False, rows=2),
    }


def _recommends(name: str, required: bool) -> dict[str, forms.Field]:
    return {
        "recommendation": forms.ChoiceField(
            label=f"What does the review recommend for {name}?", choices=ChildAtMeeting.Recommendation.choices,
            required=required, widget=forms.RadioSelect,
        ),
        "recommendation_because": LongText(
            label="Why?", required=False, rows=3, help_text="To step down: what early help is asked to do."
        ),
    }  # fmt: skip


class PartForm(forms.Form):
    """One child's part, on its own page."""

    def __init__(self, *args: Any, child: ChildAtMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(questions_about(child.person, child.meeting.kind, required=True))

    def part(self) -> Part:
        """The answers, as the action takes them."""
        found = self.cleaned_data
        return Part(**{name: found.get(name, "") for name in OF_A_CHILD}, why_not_asked=found.get("why_not_asked"))


class RecordForm(forms.Form):
    """The minutes, the decisions and the parents' words, put right."""

    parents_said = LongText(label="What did the parents say?", required=False, rows=4)
    decisions = LongText(label="What was decided?", required=False, rows=4)
    minutes = LongText(label="Minutes", required=False, rows=10)


@dataclass(frozen=True)
class OfOne:
    """The questions about one child: how each action of the plan goes and what gets in the way, and the others."""

    person: Person
    actions: list[tuple[forms.BoundField, forms.BoundField]]
    others: list[forms.BoundField]


class HoldForm(forms.Form):
    """The whole meeting. `choose`: whether it may be about some of the children only. `to_do`: the actions of each
    child's plan. `managers`: who may agree that a plan ends."""

    def __init__(
        self, *args: Any, on: date, kind: str, children: Sequence[Person], known: Sequence[Asked], choose: bool,
        to_do: Mapping[int, Sequence[ActionWording]], managers: Any, chairs: Any, next_hint: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.to_do = to_do
        self.people = {str(one.pk): one for one in children}
        self.known = {key_of(one): one for one in known}
        self.choose = choose and len(children) > 1
        self.fields["held_on"] = DayField(label="When was it held?", latest=on)
        self._ask_who_was_there()
        self.fields["chair"] = forms.ModelChoiceField(
            chairs, label="Who chaired it?", required=False, empty_label="Not known"
        )
        beside = LastWords(tuple(one.pk for one in children))
        for person in children:
            self._ask_how_it_goes(person)
            for name, asked in questions_about(person, kind, required=not self.choose, beside=beside).items():
                self.fields[f"{name}_{person.pk}"] = asked
        self.fields["parents_said"] = LongText(label="What did the parents say?", required=False, rows=3)
        self.fields["decisions"] = LongText(label="What was decided?", required=False, rows=3)
        self.fields["minutes"] = LongText(
            label="Minutes", required=False, rows=6, help_text="What else was said. They can be added later."
        )
        self.fields["next_at"] = MomentField(label="When is the next one?", required=False, help_text=next_hint)
        self.fields["next_place"] = forms.CharField(label="Where?", required=False, max_length=300)
        if kind == Meeting.Kind.CIN_REVIEW:
            self.fields["manager"] = forms.ModelChoiceField(
                managers, label="If a plan is to end: which manager is to agree?", required=False,
                empty_label="Nobody is asked",
            )  # fmt: skip

    def _ask_how_it_goes(self, person: Person) -> None:
        for one in self.to_do.get(person.pk, ()):
            said = ", ".join(part for part in (one.owner, one.by_when and f"by {day(one.by_when)}") if part)
            self.fields[f"goes_{one.action_id}_{person.pk}"] = forms.ChoiceField(
                label=one.what, help_text=said, choices=HOW_IT_GOES, required=False
            )
            self.fields[f"way_{one.action_id}_{person.pk}"] = forms.CharField(
                label="If it is stuck: what gets in the way?", required=False, max_length=1000
            )

    def _ask_who_was_there(self) -> None:
        people = [(key, one.full_name) for key, one in self.people.items()]
        members = [(key, described(one)) for key, one in self.known.items()]
        agencies = [(key, words) for key, words in members if self.known[key].agency != Agency.FAMILY]
        boxes: dict[str, Any] = {"required": False, "widget": forms.CheckboxSelectMultiple}
        if self.choose:
            self.fields["children"] = forms.MultipleChoiceField(
                label="Which children was it about?", choices=people, widget=forms.CheckboxSelectMultiple
            )
        if members:
            self.fields["came"] = forms.MultipleChoiceField(label="Who came?", choices=members, **boxes)
        if agencies:
            self.fields["reports"] = forms.MultipleChoiceField(
                label="Who sent a report instead?", choices=agencies, **boxes
            )
        self.fields["others"] = LongText(
            label="Who else came?" if members else "Who came?", required=False, rows=2, help_text=ONE_A_LINE
        )

    def clean(self) -> dict[str, Any]:
        """Somebody came, and each child that it was about has a part of their own."""
        found = super().clean() or {}
        if not found.get("came") and not found.get("others"):
            why = "Say who came. If nobody did, it was not held: put it off, or cancel it"
            self.add_error("came" if self.known else "others", why)
        for key in found.get("children", ()) if self.choose else ():
            if not found.get(f"what_changed_{key}"):
                self.add_error(f"what_changed_{key}", f"Say what has changed for {self.people[key].full_name}")
        for name, answer in list(found.items()):
            kind, _, of = name.partition("_")
            if kind == "goes" and answer == Progress.State.STUCK and not found.get(f"way_{of}"):
                self.add_error(f"way_{of}", "Say what gets in the way")
        return found

    def _chosen(self) -> list[Person]:
        keys = self.cleaned_data["children"] if self.choose else list(self.people)
        return [self.people[key] for key in keys]

    def parts(self) -> dict[Person, Part]:
        """What it came to for each child that it was about."""
        return {one: self._part(one) for one in self._chosen()}

    def _part(self, person: Person) -> Part:
        found, own = self.cleaned_data, f"_{person.pk}"
        goes = {one.action_id: found[f"goes_{one.action_id}{own}"] for one in self.to_do.get(person.pk, ())}
        said = {key: Said(state, found[f"way_{key}{own}"]) for key, state in goes.items() if state}
        why = found.get(f"why_not_asked{own}")
        words = {name: found.get(f"{name}{own}", "") for name in OF_A_CHILD}
        return Part(**words, why_not_asked=why, progress=said)

    def held(self) -> Held:
        """How the meeting went, as the action takes it."""
        found = self.cleaned_data
        names = ("held_on", "chair", "minutes", "decisions", "parents_said")
        return Held(
            **{name: found[name] for name in names}, attended=self._attended(),
            next_at=found["next_at"], next_place=found["next_place"], manager=found.get("manager"),
        )  # fmt: skip

    def _attended(self) -> dict[Asked, str]:
        found = self.cleaned_data
        came, reports = found.get("came", ()), found.get("reports", ())
        said = dict.fromkeys(reports, Member.TookPart.REPORT) | dict.fromkeys(came, Member.TookPart.CAME)
        known = {one: said.get(key, Member.TookPart.ABSENT) for key, one in self.known.items()}
        return {**known, **dict.fromkeys(others(found["others"]), Member.TookPart.CAME)}

    def before(self) -> list[forms.BoundField]:
        """When it was, and who was there."""
        return [
            self[name] for name in ("held_on", "children", "came", "reports", "others", "chair") if name in self.fields
        ]

    def of_each(self) -> Iterator[OfOne]:
        """The questions about each child."""
        for person in self.people.values():
            own = f"_{person.pk}"
            actions = [one.action_id for one in self.to_do.get(person.pk, ())]
            goes = [(self[f"goes_{key}{own}"], self[f"way_{key}{own}"]) for key in actions]
            asked = [name for name in self.fields if name.endswith(own) and not name.startswith(("goes_", "way_"))]
            yield OfOne(person, goes, [self[name] for name in asked])

    def after(self) -> list[forms.BoundField]:
        """What was said and decided for all, and the next one."""
        names = ("parents_said", "decisions", "minutes", "manager", "next_at", "next_place")
        return [self[name] for name in names if name in self.fields]
