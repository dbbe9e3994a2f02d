"""Every event kind the dataset can provide. To add one, add it to the tuple of its stage's module."""

from collections.abc import Mapping

from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import (
    adoption,
    child_protection,
    court,
    front_door,
    leaving_care,
    looked_after,
    people,
    wellbeing,
    workforce,
)
from goldenthread.statute.kinds import KINDS

SOURCES: tuple[EventSource, ...] = (
    *people.SOURCES,
    *front_door.SOURCES,
    *child_protection.SOURCES,
    *court.SOURCES,
    *looked_after.SOURCES,
    *wellbeing.SOURCES,
    *adoption.SOURCES,
    *leaving_care.SOURCES,
    *workforce.SOURCES,
)
"""Every source, in the order of the journey. A kind may have several."""

PROVIDED: frozenset[str] = frozenset(source.kind for source in SOURCES)
"""The kinds that some table can provide."""

if strangers := PROVIDED - set(KINDS):
    raise ValueError(f"Event kinds that statute/kinds.py does not declare: {sorted(strangers)}")


def sources_of(kinds: frozenset[str] | None = None) -> tuple[EventSource, ...]:
    """The sources of these kinds; all of them for None."""
    return SOURCES if kinds is None else tuple(source for source in SOURCES if source.kind in kinds)


def by_kind() -> Mapping[str, tuple[EventSource, ...]]:
    """The sources of each kind provided."""
    return {kind: sources_of(frozenset({kind})) for kind in sorted(PROVIDED)}
