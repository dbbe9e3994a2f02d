"""Two versions of a plan side by side: what was added, what was changed, what is no longer there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.common.templatetags.golden_thread import day
from casework.planning.content import ActionLine, Content, NeedLine

ADDED, CHANGED, REMOVED, SAME = "Added", "Changed", "No longer in the plan", "The same"
PARTS = (
    ("worried_about", "What we are worried about"),
    ("going_well", "What is going well"),
    ("parents_must", "What the parents need to do"),
    ("childs_view", "What the child thinks"),
    ("contingency", "What happens if things do not change"),
    ("decide_by", "Decided by"),
    ("seen_every_weeks", "Seen every (weeks)"),
    ("who_to_ring", "Who to ring"),
)
Row = tuple[str, str, int]
"""What it is, how it is put, how far it is set in."""


@dataclass(frozen=True)
class Difference:
    """One line of both versions: empty where a version does not have it."""

    what: str
    before: str
    after: str
    depth: int
    came_to: str

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.came_to == SAME


def differences(before: Content, after: Content) -> list[Difference]:
    """Every line of the two, as the later has them; what only the earlier has comes after what it followed."""
    old, new = dict(_lines(before)), dict(_lines(after))
    return [_difference(old.get(key), new.get(key)) for key in _order(list(old), list(new))]


def _difference(before: Row | None, after: Row | None) -> Difference:
    there = after or before
    assert there is not None
    what, _, depth = there
    old, new = before[1] if before else "", after[1] if after else ""
    if old == new:
        return Difference(what, old, new, depth, SAME)
    return Difference(what, old, new, depth, ADDED if not old else REMOVED if not new else CHANGED)


def _order(old: list[str], new: list[str]) -> list[str]:
    """The keys of the later, and each key that only the earlier has after the one that it followed."""
    order, known = list(new), set(new)
    for at, key in enumerate(old):
        if key not in known:
            follows = next((order.index(one) for one in reversed(old[:at]) if one in order), -1)
            order.insert(follows + 1, key)
    return order


def _lines(content: Content) -> Iterator[tuple[str, Row]]:
    for name, title in PARTS:
        value = getattr(content.version, name)
        text = day(value) if name == "decide_by" and value else str(value or "")
        if text:
            yield name, (title, text, 0)
    for need in content.needs:
        yield f"need {need.wording.need_id}", ("Need", _need(need), 0)
        for outcome in need.outcomes:
            yield f"outcome {outcome.wording.outcome_id}", ("Outcome", outcome.wording.what, 1)
            for action in outcome.actions:
                yield f"action {action.wording.action_id}", ("Action", _action(action), 2)


def _need(line: NeedLine) -> str:
    said = line.wording.family_words
    return f"{line.wording.what}\n“{said}”" if said else line.wording.what


def _action(line: ActionLine) -> str:
    wording = line.wording
    parts = (wording.owner and f"Who: {wording.owner}", wording.by_when and f"By {day(wording.by_when)}",
             wording.how_known and f"How we will know: {wording.how_known}")  # fmt: skip
    return "\n".join(part for part in (wording.what, *parts) if part)
