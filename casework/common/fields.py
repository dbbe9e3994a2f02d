"""The questions that pages ask: a day, a moment, a code, yes or no, text. One class a kind of question."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.common.coded import choices

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
RADIOS_UP_TO = 7
"""More choices than this are easier found in a list that opens."""


class DayBoxes(forms.MultiWidget):
    """Day, month and year in three boxes."""

    template_name = "django/forms/widgets/day.html"
    boxes: tuple[tuple[str, str], ...] = (("day", "Day"), ("month", "Month"), ("year", "Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput(attrs) for name, _ in self.boxes})

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for box, (_, label) in zip(context["widget"]["subwidgets"], self.boxes, strict=False):
            box["label"] = label
        return context


class DayField(forms.Field):
    """A date. `earliest` and `latest` are days that are let in; a month may be written as a word."""

    widget = DayBoxes

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> date | None:
        """The day, or None when all boxes are empty and an answer is not required."""
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise ValidationError(f"Enter {'a date: ' if _asks(self.label) else ''}{_lower(self.label)}")
            return None
        named = "The date" if not self.label or _asks(self.label) else str(self.label)
        day = _day(parts[:3], named)
        if self.latest and day > self.latest:
            raise ValidationError(f"{named} must be {self.latest:%-d %B %Y} or earlier")
        if self.earliest and day < self.earliest:
            raise ValidationError(f"{named} must be {self.earliest:%-d %B %Y} or later")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


def _day(parts: list[str], label: str) -> date:
    missing = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if missing:
        raise ValidationError(f"{label} must include a {' and a '.join(missing)}")
    day, month, year = parts
    found = next((n for n, name in enumerate(MONTHS, 1) if len(month) > 2 and name.startswith(month.lower())), None)
    try:
        return date(int(year) if len(year) != 2 else 2000 + int(year), found or int(month), int(day))
    except (ValueError, OverflowError):  # A number of forty digits is more than a date can be asked.
        raise ValidationError(f"{label} must be a real date, such as 27 3 2019") from None


class MomentBoxes(DayBoxes):
    """Day, month, year and time of day."""

    boxes = (*DayBoxes.boxes, ("time", "Time"))

    def decompress(self, value: Any) -> list[Any]:
        if value is None:
            return [None, None, None, None]
        at = timezone.localtime(value) if timezone.is_aware(value) else value
        return [at.day, at.month, at.year, f"{at:%H:%M}"]


class MomentField(DayField):
    """A date and a time of day in England, as 17:05 or 5.05pm. `latest` is a moment here."""

    widget = MomentBoxes

    def __init__(self, *, no_later_than: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.no_later_than = no_later_than

    def clean(self, value: Any) -> Any:
        """The moment, with its zone; None when every box is empty and an answer is not required."""
        parts = list(value or [])
        day = super().clean(parts[:3])
        if day is None:
            return None
        at = timezone.make_aware(datetime.combine(day, _time(str((parts + [""] * 4)[3] or ""))))
        if self.no_later_than and at > self.no_later_than:
            raise ValidationError("The date and time cannot be in the future")
        return at


def _time(text: str) -> time:
    written = text.strip().lower().replace(".", ":").replace(" ", "")
    for pattern in ("%H:%M", "%I:%M%p", "%I%p", "%H%M"):
        try:
            return datetime.strptime(written, pattern).time()
        except ValueError:
            continue
    raise ValidationError("Give the time too, such as 17:05")


class CodeField(forms.ChoiceField):
    """One code of a code set, of those in use on the day. A few are radios; many are a list that opens.

    `nothing` is what no answer means, where none is required.
    """

    def __init__(
        self, codes: str, *, on: date, only: tuple[str, ...] = (), nothing: str = "Not known", **kwargs: Any
    ) -> None:
        found = [(code, label) for code, label in choices(codes, on) if not only or code in only]
        few = len(found) <= RADIOS_UP_TO
        if not few or not kwargs.get("required", True):
            found = [("", "Choose one" if kwargs.get("required", True) else nothing), *found]
        widget: Any = forms.RadioSelect if few else forms.Select
        super().__init__(choices=found, **{"widget": widget, **kwargs})


class CodesField(forms.MultipleChoiceField):
    """Any number of codes of a code set."""

    def __init__(self, codes: str, *, on: date, **kwargs: Any) -> None:
        super().__init__(choices=choices(codes, on), **{"widget": forms.CheckboxSelectMultiple, **kwargs})


class YesNoField(forms.TypedChoiceField):
    """Yes or no; with `required=False`, also not known, which is None."""

    def __init__(self, **kwargs: Any) -> None:
        asked: list[tuple[str, str]] = [("yes", "Yes"), ("no", "No")]
        if not kwargs.get("required", True):
            asked.append(("", "Not known"))
        super().__init__(
            choices=asked, widget=forms.RadioSelect, coerce=lambda text: text == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


class LongText(forms.CharField):
    """Text of any length, in a box that grows; line breaks are kept."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": rows}), "strip": True, **kwargs})


def why_put_right() -> LongText:
    """Why what was recorded is put right."""
    return LongText(
        label="Why is it put right?", rows=2,
        help_text="What was recorded before stays in the history, with your reason.",
    )  # fmt: skip


def _asks(label: Any) -> bool:
    return str(label or "").endswith("?")


def _lower(label: Any) -> str:
    text = str(label or "the date")
    return text[:1].lower() + text[1:]
