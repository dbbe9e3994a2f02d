"""Events of being looked after: the period, placements, plans, visits, reviews, permanence and short breaks."""

from goldenthread.journey.source import EventSource, Unless, having
from goldenthread.journey.sources.visits import visit

# A series of short breaks is not a period of being looked after for these clocks: regulation 48 of SI 2010/959 gives it
# clocks of its own. A temporary absence (T0 to T4) leaves the child's placement open.
_PERIOD = (Unless("short_breaks_only", True),)
_SHORT = (having("short_breaks_only", True),)
_PLACEMENT = (Unless("temporary", True),)
_BREAK = (having("legal_status", "V3", "V4"),)

SOURCES = (
    EventSource("care_period.started", "care_periods", "started_on", at="started_at", where=_PERIOD),
    EventSource("care_period.ended", "care_periods", "ended_on", where=_PERIOD),
    EventSource("reviewing_officer.appointed", "care_periods", "reviewing_officer_appointed_on"),
    EventSource("care_plan.prepared", "care_plans", "prepared_on"),
    EventSource("placement.started", "placements", "started_on", where=_PLACEMENT),
    EventSource("placement.ended", "placements", "ended_on", where=_PLACEMENT),
    EventSource("placement_plan.agreed", "placement_plans", "agreed_on"),
    EventSource(
        "delegated_authority.recorded",
        "placement_plans",
        "agreed_on",
        where=(having("delegated_authority_recorded", True),),
    ),
    visit("looked_after_visit.made", "looked_after", "care_period_id"),
    EventSource("looked_after_review.held", "looked_after_reviews", "held_on"),
    EventSource(
        "looked_after_review.first_held", "looked_after_reviews", "held_on", nth=1, nth_within="care_period_id"
    ),
    EventSource(
        "looked_after_review.second_held", "looked_after_reviews", "held_on", nth=2, nth_within="care_period_id"
    ),
    EventSource("permanence_plan.recorded", "permanence_plans", "decided_on"),
    EventSource("permanence_meeting.held", "permanence_meetings", "held_on"),
    EventSource("short_break_arrangement.started", "care_periods", "started_on", where=_SHORT),
    EventSource("short_break_arrangement.ended", "care_periods", "ended_on", where=_SHORT),
    EventSource("short_break.started", "care_episodes", "started_on", where=_BREAK),
    EventSource("short_break.ended", "care_episodes", "ended_on", where=_BREAK),
)
