"""Recording a meeting on one page: who was there, each child's part, what was decided, when the next one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency
from casework.common.fields import DayField, LongText, MomentField
from casework.meetings.actions.holding import OF_A_CHILD, Held, Part
from casework.meetings.forms.arranging import ONE_A_LINE, described, key_of, others
from casework.meetings.models import ChildAtMeeting, Member
from casework.people.models import Person

SAFETY = (*ChildAtMeeting.Safety.choices, ("", "Not talked about"))


def questions_about(person: Person, *, required: bool) -> dict[str, forms.Field]:
    """What is asked of one child, by the column that the answer goes to."""
    name = person.forename or "the child"
    return {
        "childs_words": LongText(
            label=f"What did {name} say?", required=False, rows=3,
            help_text="Their own words where you can, and how the meeting heard them. "
            "For a baby: what those who know them see.",
        ),
        "what_changed": LongText(
            label=f"What has changed for {name}?", required=required, rows=3,
            help_text="What is different in daily life since the last meeting. If nothing is, say so.",
        ),
        "safety": forms.ChoiceField(
            label=f"Is {name} safe enough?", choices=SAFETY, required=False, widget=forms.RadioSelect
        ),
        "safety_because": LongText(label="Why do you think so?", required=False, rows=2),
    }  # fmt: skip


class PartForm(forms.Form):
    """One child's part, on its own page."""

    def __init__(self, *args: Any, child: ChildAtMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(questions_about(child.person, required=True))

    def part(self) -> Part:
        """The answers, as the action takes them."""
        return Part(**{name: self.cleaned_data[name] for name in OF_A_CHILD})


class RecordForm(forms.Form):
    """The minutes, the decisions and the parents' words, put right."""

    parents_said = LongText(label="What did the parents say?", required=False, rows=4)
    decisions = LongText(label="What was decided?", required=False, rows=4)
    minutes = LongText(label="Minutes", required=False, rows=10)


class HoldForm(forms.Form):
    """The whole meeting. `choose`: whether it may be about some of the children only."""

    def __init__(
        self, *args: Any, on: date, children: Sequence[Person], known: Sequence[Asked], choose: bool, asks_next: bool,
        next_hint: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in children}
        self.known = {key_of(one): one for one in known}
        self.choose = choose and len(children) > 1
        self.fields["held_on"] = DayField(label="When was it held?", latest=on)
        self._ask_who_was_there()
        for person in children:
            for name, asked in questions_about(person, required=not self.choose).items():
                self.fields[f"{name}_{person.pk}"] = asked
        self.fields["parents_said"] = LongText(label="What did the parents say?", required=False, rows=3)
        self.fields["decisions"] = LongText(label="What was decided?", required=False, rows=3)
        self.fields["minutes"] = LongText(
            label="Minutes", required=False, rows=6, help_text="What else was said. They can be added later."
        )
        if asks_next:
            self.fields["next_at"] = MomentField(label="When is the next one?", required=False, help_text=next_hint)
            self.fields["next_place"] = forms.CharField(label="Where?", required=False, max_length=300)

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
        return found

    def _chosen(self) -> list[Person]:
        keys = self.cleaned_data["children"] if self.choose else list(self.people)
        return [self.people[key] for key in keys]

    def parts(self) -> dict[Person, Part]:
        """What it came to for each child that it was about."""
        return {
            one: Part(**{name: self.cleaned_data[f"{name}_{one.pk}"] for name in OF_A_CHILD}) for one in self._chosen()
        }

    def held(self) -> Held:
        """How the meeting went, as the action takes it."""
        found = self.cleaned_data
        names = ("held_on", "minutes", "decisions", "parents_said")
        return Held(
            **{name: found[name] for name in names}, attended=self._attended(),
            next_at=found.get("next_at"), next_place=found.get("next_place", ""),
        )  # fmt: skip

    def _attended(self) -> dict[Asked, str]:
        found = self.cleaned_data
        came, reports = found.get("came", ()), found.get("reports", ())
        said = dict.fromkeys(reports, Member.TookPart.REPORT) | dict.fromkeys(came, Member.TookPart.CAME)
        known = {one: said.get(key, Member.TookPart.ABSENT) for key, one in self.known.items()}
        return {**known, **dict.fromkeys(others(found["others"]), Member.TookPart.CAME)}

    def before(self) -> list[forms.BoundField]:
        """When it was, and who was there."""
        return [self[name] for name in ("held_on", "children", "came", "reports", "others") if name in self.fields]

    def of_each(self) -> Iterator[tuple[Person, list[forms.BoundField]]]:
        """The questions about each child."""
        for person in self.people.values():
            own = f"_{person.pk}"
            yield person, [self[name] for name in self.fields if name.endswith(own)]

    def after(self) -> list[forms.BoundField]:
        """What was said and decided for all, and the next one."""
        names = ("parents_said", "decisions", "minutes", "next_at", "next_place")
        return [self[name] for name in names if name in self.fields]
