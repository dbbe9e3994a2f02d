"""The prompts about a whole version of a plan: those of each form, with where it is put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from casework.common.templatetags.golden_thread import day
from casework.planning.content import ActionLine, Content, NeedLine, OutcomeLine
from casework.planning.models import PlanVersion
from casework.planning.prompts import Prompt, missing, prompts_of
from casework.voice.last_words import LastSaid
from casework.voice.models import NotAsked
from casework.voice.why import prompt_of


@dataclass(frozen=True)
class Pointed:
    """A prompt, what it is about, and where that is written."""

    prompt: Prompt
    about: str
    address: str


def prompts_of_version(
    content: Content, not_taken_up: Sequence[LastSaid] = (), why: NotAsked | None = None
) -> list[Pointed]:
    """Everything that would make the version better, in the order in which it is written. `why`: not asked."""
    return [*_of_parts(content.version, why), *_of_needs(content), *_of_words(content.version, not_taken_up)]


def _of_parts(version: PlanVersion, why: NotAsked | None) -> Iterator[Pointed]:
    for part, about in (("family", "For the parents"), ("contingency", "If things do not change")):
        answers = {
            name: str(getattr(version, name) or "")
            for name in ("worried_about", "going_well", "parents_must", "contingency", "decide_by")
        }
        for prompt in prompts_of(part, answers):
            yield Pointed(prompt, about, reverse("plan_part", args=[version.pk, part]))
    if not version.childs_view:
        there = missing("childs_view")
        says = prompt_of(why, version.person.forename or "The child", there.says)
        address = reverse("plan_part", args=[version.pk, "child"])
        yield Pointed(replace(there, says=says), "The child", address)


def _of_needs(content: Content) -> Iterator[Pointed]:
    for need in content.needs:
        yield from _of_need(need)


def _of_need(need: NeedLine) -> Iterator[Pointed]:
    address, about = reverse("plan_need", args=[need.wording.pk]), _short(need.wording.what)
    outcome = " ".join(one.wording.what for one in need.outcomes)
    for prompt in prompts_of("need", {"what": need.wording.what, "outcome": outcome}):
        yield Pointed(prompt, about, address)
    for one in need.outcomes:
        yield from _of_outcome(one, about)


def _of_outcome(line: OutcomeLine, about: str) -> Iterator[Pointed]:
    if not line.actions:
        yield Pointed(missing("actions"), about, reverse("add_plan_action", args=[line.wording.pk]))
    for action in line.actions:
        for prompt in prompts_of("action", _answers(action)):
            yield Pointed(prompt, _short(action.wording.what), reverse("plan_action", args=[action.wording.pk]))


def _answers(line: ActionLine) -> dict[str, str]:
    wording = line.wording
    return {"what": wording.what, "owner": wording.owner, "by_when": str(wording.by_when or "")}


def _of_words(version: PlanVersion, words: Sequence[LastSaid]) -> Iterator[Pointed]:
    if words:
        when = ", ".join(day(one.on) for one in words[:3])
        yield Pointed(missing("newer_words", when=when), "The child", reverse("plan_part", args=[version.pk, "child"]))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
