"""A visit, whichever duty it answers."""

from goldenthread.journey.source import EventSource, Unless, having


def visit(kind: str, visit_kind: str) -> EventSource:
    """The event of a visit of that kind.

    A visit on which the child is known not to have been seen is no visit to the child; one that does not say counts, so
    that nothing is called late for a gap in the record.
    """
    where = (having("kind", visit_kind), Unless("seen", False))
    return EventSource(kind, "visits", "visited_on", at="visited_at", where=where)
