"""Quiet prompts beside a plan while it is written. What they say is in `prompts.yaml`. None stops anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.planning.reading_age import reading_age, words_in
from casework.planning.saying import sayings

OUTCOME, ACTION, PARENTS = "outcome", "action", "parents"
READ_BY_PARENTS = {OUTCOME, ACTION, PARENTS}
PLACES: Mapping[str, Mapping[str, str]] = {
    "need": {"what": PARENTS, "outcome": OUTCOME},
    "action": {"what": ACTION},
    "family": {"worried_about": PARENTS, "going_well": PARENTS, "parents_must": PARENTS},
    "contingency": {"contingency": PARENTS},
    "child": {},
    "agree": {},
}
"""Of each form, the boxes whose text is looked at, and as what."""
WANTED: Mapping[str, tuple[str, ...]] = {
    "need": ("outcome",),
    "action": ("owner", "by_when"),
    "family": ("parents_must",),
    "contingency": ("contingency", "decide_by"),
    "child": ("childs_view",),
    "agree": ("what_changed",),
}
"""Of each form, what is asked for when it stays empty."""
STARTS_WITH = {"need": "what", "action": "what"}
"""Where this is empty too, the form is not begun, and nothing is said yet."""


@dataclass(frozen=True)
class Prompt:
    """A sentence about one box of a form, and the reason for it."""

    field: str
    says: str
    why: str


def prompts_of(form: str, answers: Mapping[str, str]) -> list[Prompt]:
    """Every prompt about the answers of a form, in the order of its boxes. `answers` are texts, empty for none."""
    return [*_written(form, answers), *_missing(form, answers)]


def missing(code: str, field: str = "", **said: str) -> Prompt:
    """The prompt about something that is not there."""
    found = sayings().missing[code]
    return Prompt(field or code, found["says"].format(**said), found["why"])


def _written(form: str, answers: Mapping[str, str]) -> Iterator[Prompt]:
    for field, place in PLACES[form].items():
        text = answers.get(field, "")
        yield from _vague(field, text, place)
        if place in READ_BY_PARENTS:
            yield from _hard_to_read(field, text)


def _vague(field: str, text: str, place: str) -> Iterator[Prompt]:
    for one in sayings().vague:
        found = one.found_in(text) if place in one.places else ""
        if found:
            yield Prompt(field, one.says.format(word=found), one.why)


def _hard_to_read(field: str, text: str) -> Iterator[Prompt]:
    rule = sayings().reading
    if words_in(text) < rule["from_words"]:
        return
    age = reading_age(text)
    if age > rule["target_age"]:
        yield Prompt(field, rule["says"].format(age=age, target=rule["target_age"]), rule["why"])


def _missing(form: str, answers: Mapping[str, str]) -> Iterator[Prompt]:
    begun = STARTS_WITH.get(form)
    if begun and not answers.get(begun, "").strip():
        return
    for field in WANTED[form]:
        if not answers.get(field, "").strip():
            yield missing(field)
