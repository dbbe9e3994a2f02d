"""The questions of an assessment, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import User, Worker
from casework.allocation.forms import case_holders, described_worker
from casework.assessment.tools import SCALES
from casework.common.fields import CodeField, CodesField, DayField, LongText, YesNoField
from casework.front_door.models import Referral
from casework.notes.forms import AddFiles
from casework.people.models import Person
from casework.voice.boxes import TheirWords, WhyNotAsked


class StartForm(forms.Form):
    """Whom to assess together, and who does it."""

    children = forms.ModelMultipleChoiceField(
        label="Whom is the assessment about?", queryset=Referral.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Children chosen together share the family's part. Each has an assessment of their own.",
    )  # fmt: skip
    worker = forms.ModelChoiceField(label="Who does it?", queryset=Worker.objects.none(), empty_label="Choose one")

    def __init__(self, *args: Any, referrals: list[Referral], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        children, worker = self.fields["children"], self.fields["worker"]
        children.queryset = Referral.objects.filter(pk__in=[one.pk for one in referrals]).select_related("person")  # type: ignore[attr-defined]
        children.label_from_instance = lambda referral: referral.person.full_name  # type: ignore[attr-defined]
        worker.queryset = case_holders(on)  # type: ignore[attr-defined]
        worker.label_from_instance = described_worker  # type: ignore[attr-defined]


class FamilyForm(forms.Form):
    """What is true of the whole family."""

    why_now = LongText(label="Why are we assessing now?", required=False, rows=4)
    family_history = LongText(
        label="What has happened in this family before?", required=False, rows=6,
        help_text="Earlier help, moves, losses, what worked and what did not.",
    )  # fmt: skip
    parenting = LongText(
        label="How do the parents care for the children?", required=False, rows=8,
        help_text="Basic care, safety, warmth, stimulation, guidance, stability: what you saw, and what is good.",
    )  # fmt: skip
    home_and_community = LongText(
        label="What is home and the wider family like?", required=False, rows=6,
        help_text="Housing, money, work, relatives and friends who help, the neighbourhood.",
    )  # fmt: skip
    parents_views = LongText(label="What do the parents think?", required=False, rows=5)
    professionals_views = LongText(label="What do other professionals say?", required=False, rows=5)


class ChildForm(forms.Form):
    """What is this child's own."""

    needs = LongText(
        label="How is the child, and what do they need?", required=False, rows=8,
        help_text="Health, learning, feelings and behaviour, identity, friends and family, looking after themselves.",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            childs_words=TheirWords(
                person=person, label="What does the child say?", rows=5,
                help_text="In the child's own words where you can. What a baby shows counts too.",
            ),
            how_heard=LongText(
                label="How did you hear it?", required=False, rows=2,
                help_text="Talking, drawing, playing, watching a baby, through an interpreter or an advocate.",
            ),
            why_not_asked=WhyNotAsked(person=person),
        )  # fmt: skip


class AnalysisForm(forms.Form):
    """What it all means and what is proposed."""

    analysis = LongText(
        label="What does this mean for the child?", required=False, rows=12,
        help_text="What life is like for this child now, what is likely if nothing changes, and why you think so.",
    )  # fmt: skip
    what_next = LongText(
        label="What should happen next?", required=False, rows=5, help_text="What has to change, who helps, by when."
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed_outcome"] = CodeField(
            "assessment_outcome",
            on=on,
            label="What do you propose?",
            required=False,
            widget=forms.Select,
            nothing="Not decided yet",
        )


class SeenForm(forms.Form):
    """A time the child was seen, or why the child was not."""

    def __init__(self, *args: Any, on: date, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            seen_on=DayField(label="When did you see the child?", latest=on),
            alone=YesNoField(label="Did you see the child alone?"),
            why_not_alone=LongText(label="If not, why not?", required=False, rows=2),
            where=forms.CharField(label="Where?", required=False, max_length=200),
            what_was_said=TheirWords(person=person, label="What did the child say or show you?", rows=6),
            why_not_asked=WhyNotAsked(person=person),
        )


class NotSeenForm(forms.Form):
    """Why the child has not been seen."""

    why_not_seen = LongText(label="Why has the child not been seen?", rows=3)


class FactorsForm(forms.Form):
    """The factors found."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factors"] = CodesField(
            "assessment_factor", on=on, label="What did the assessment find?", required=False,
            help_text="Choose all that apply. They go into the census, so that needs can be counted.",
            widget=forms.CheckboxSelectMultiple(attrs={"columns": True}),
        )  # fmt: skip


class FilesForm(AddFiles):
    """Files for the assessment; where children are assessed together, also whose they are."""

    def __init__(self, *args: Any, together: Sequence[str], child: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if together:
            names = ", ".join(together)
            options = [("own", f"{child}’s alone"), ("all", f"{child}’s, and those of {names}")]
            self.fields["whose"] = forms.ChoiceField(
                label="On whose record do they belong?", choices=options, widget=forms.RadioSelect,
                help_text="Put a file on a brother’s or sister’s record only if it may be read there.",
            )  # fmt: skip

    @property
    def for_all(self) -> bool:
        """Whether they belong to the family's part, and so on every child's record."""
        return bool(self.cleaned_data.get("whose") == "all")


class ToolForm(forms.Form):
    """What a tool found, area by area."""

    def __init__(self, *args: Any, tool: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used_on"] = DayField(label="When was it used?", latest=on)
        self.areas = {f"area_{number}": area for number, area in enumerate(SCALES[tool].areas)}  # type: ignore[index]
        for name, area in self.areas.items():
            grades = [("", "Not used"), *SCALES[tool].grades]  # type: ignore[index]
            self.fields[name] = forms.ChoiceField(label=area, choices=grades, required=False)
        self.fields["what_it_means"] = LongText(label="What does this mean for the child?", required=False, rows=4)

    def grades(self) -> dict[str, str]:
        """Area to grade, of the areas that were graded."""
        return {area: self.cleaned_data[name] for name, area in self.areas.items() if self.cleaned_data[name]}


class ReviewForm(forms.Form):
    """A manager's look at how it goes."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            held_on=DayField(label="When did you review it?", latest=on),
            on_course=YesNoField(label="Will it be finished in time?"),
            why_longer=LongText(
                label="If not: why does it need longer, and what were the family and others told?",
                required=False,
                rows=3,
            ),
            direction=LongText(label="What is to be done next, by whom and by when?", rows=5),
        )


class AskForm(forms.Form):
    """To whom the assessment is sent."""

    of = forms.ModelChoiceField(
        label="Which manager is to authorise it?", queryset=User.objects.none(), empty_label="Choose one"
    )
    comment = LongText(label="Anything they should know?", required=False, rows=3)

    def __init__(self, *args: Any, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = managers  # type: ignore[attr-defined]


class AuthoriseForm(forms.Form):
    """The manager's decision."""

    ANSWERS = (("authorise", "Authorise it"), ("return", "Return it to the worker"))
    answer = forms.ChoiceField(label="Your decision", choices=ANSWERS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = CodeField(
            "assessment_outcome", on=on, label="What does it lead to?", required=False, widget=forms.Select,
            help_text="It is opened as you save: a plan for the worker to agree, a conference asked for, early help or "
                      "the closing. What is left to do is the worker’s task.",
        )  # fmt: skip
        self.fields["direction"] = LongText(
            label="Your direction, or what has to change", rows=6,
            help_text="What happens next, who does it and by when. If you return it: what is missing.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An authorised assessment leads to something."""
        found = super().clean() or {}
        if found.get("answer") == "authorise" and not found.get("outcome"):
            self.add_error("outcome", "Choose what the assessment leads to")
        return found


class ShareForm(forms.Form):
    """When it was given to the family and agencies."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_on"] = DayField(label="When was it shared?", latest=on)
        self.fields["shared_with"] = LongText(label="With whom, and how?", rows=3)
