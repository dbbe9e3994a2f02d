"""Events of strategy discussions, enquiries, conferences, child protection plans, child in need plans and visits."""

from goldenthread.journey.source import Empty, EventSource, having
from goldenthread.journey.sources.visits import visit


def notice(kind: str, on: str, *told: str, at: str | None = None) -> EventSource:
    """What a private foster carer told the authority of, or the telling, as an event: `told` are codes of notices."""
    return EventSource(kind, "private_fostering_notices", on, at=at, where=(having("kind", *told),))


SOURCES = (
    EventSource("harm.suspected", "strategy_discussions", "needed_on"),
    EventSource("strategy_discussion.held", "strategy_discussions", "held_on", at="held_at"),
    # The enquiry's start is the day of the discussion that initiated it (census item S47ActualStartDate), so a later
    # discussion about the same child starts no second clock.
    EventSource("section_47_enquiry.started", "section_47_enquiries", "started_on", at="started_at"),
    EventSource("child.seen", "section_47_enquiries", "child_first_seen_on", at="child_first_seen_at"),
    EventSource("section_47_enquiry.completed", "section_47_enquiries", "ended_on"),
    EventSource(
        "section_47_enquiry.ended_without_conference",
        "section_47_enquiries",
        "ended_on",
        where=(having("conference_not_required", True),),
    ),
    EventSource(
        "section_47_enquiry.ended_without_conference",
        "section_47_enquiries",
        "ended_on",
        where=(Empty("conference_not_required"), having("outcome", "child_in_need", "not_substantiated")),
    ),
    EventSource("initial_conference.held", "conferences", "held_on", where=(having("kind", "initial", "pre_birth"),)),
    EventSource("pre_birth_conference.held", "conferences", "held_on", where=(having("kind", "pre_birth"),)),
    EventSource("transfer_in.notified", "conferences", "requested_on", where=(having("kind", "transfer_in"),)),
    EventSource("transfer_in_conference.held", "conferences", "held_on", where=(having("kind", "transfer_in"),)),
    EventSource("review_conference.held", "conferences", "held_on", where=(having("kind", "review"),)),
    EventSource("child_protection_plan.started", "cp_plans", "started_on"),
    EventSource("child_protection_plan.ended", "cp_plans", "ended_on"),
    EventSource("core_group.held", "core_groups", "held_on"),
    visit("child_protection_visit.made", "child_protection", "cp_plan_id"),
    EventSource("child_in_need_plan.started", "cin_plans", "started_on"),
    EventSource("child_in_need_plan.ended", "cin_plans", "ended_on"),
    EventSource("child_in_need_meeting.held", "cin_reviews", "held_on"),
    EventSource("child_in_need_review.held", "cin_reviews", "held_on"),
    visit("child_in_need_visit.made", "child_in_need", "cin_plan_id"),
    # Regulation 8(6) of SI 2005/1533: an arrangement begins when the authority becomes aware of it.
    EventSource("private_fostering.notified", "private_fostering", "notified_on"),
    EventSource("private_fostering.known", "private_fostering", "notified_on"),
    EventSource("private_fostering.ended", "private_fostering", "ended_on"),
    visit("private_fostering_visit.made", "private_fostering", "private_fostering_id"),
    notice("private_fostering.proposed", "told_on", "proposal", at="told_at"),
    notice("private_fostering.expected", "expected_on", "proposal"),
    notice("private_fostering.changed", "happened_on", "change", at="happened_at"),
    notice("private_fostering.stopped", "happened_on", "end", at="happened_at"),
    notice("private_fostering.change_notified", "told_on", "change", "end", at="told_at"),
    EventSource("child.seen", "visits", "visited_on", at="visited_at", where=(having("seen", True),)),
)
