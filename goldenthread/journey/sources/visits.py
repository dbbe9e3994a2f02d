"""A visit, whichever duties it answers."""

from goldenthread.journey.source import Either, EventSource, Given, Unless, having


def visit(kind: str, visit_kind: str, under: str = "") -> EventSource:
    """The event of a visit of that kind, or of one of another kind that was made `under` that kind's plan too.

    A child may be on a plan and looked after: one visit then answers both duties, and its row names both. `under` is
    the column of the plan, period of care or arrangement.

    A visit on which the child is known not to have been seen is no visit to the child; one that does not say counts, so
    that nothing is called late for a gap in the record.
    """
    answers = having("kind", visit_kind)
    where = (Either(answers, Given(under)) if under else answers, Unless("seen", False))
    return EventSource(kind, "visits", "visited_on", at="visited_at", where=where)
