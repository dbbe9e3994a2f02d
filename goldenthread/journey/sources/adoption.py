"""Events of a child's adoption and of an adopter's approval."""

from goldenthread.journey.source import EventSource, having
from goldenthread.journey.sources.visits import visit


def _adopter(kind: str, on: str) -> EventSource:
    return EventSource(kind, "adopters", on, subject="adopter_id")


def _review_after_placing(kind: str, nth: int) -> EventSource:
    return EventSource(kind, "looked_after_reviews", "held_on", nth=nth, nth_after=("adoptions", "placed_on"))


SOURCES = (
    EventSource("adoption_plan.endorsed", "permanence_plans", "decided_on", where=(having("plan", "adoption"),)),
    EventSource("adoption_panel.recommended", "adoptions", "panel_on"),
    EventSource("adoption_decision.made", "adoptions", "decided_on"),
    EventSource("placement_order.made", "adoptions", "placement_order_on"),
    EventSource("authority_to_place.started", "adoptions", "placement_order_on"),
    EventSource("adoption_match.decided", "adoptions", "matched_on"),
    EventSource("adoption_placement.started", "adoptions", "placed_on"),
    EventSource("adoption_plan.ended", "adoptions", "reversed_on"),
    EventSource("authority_to_place.ended", "adoptions", "reversed_on"),
    EventSource("adoption_placement.ended", "adoptions", "reversed_on"),
    EventSource("adoption_order.made", "adoptions", "adopted_on"),
    # One meeting serves as the looked after review and the adoption review; records hold it once.
    EventSource("adoption_review.held", "looked_after_reviews", "held_on"),
    _review_after_placing("adoption_review.first_held_after_placing", 1),
    _review_after_placing("adoption_review.second_held_after_placing", 2),
    visit("adoption_visit.made", "adoption"),
    _adopter("adopter.enquired", "enquired_on"),
    _adopter("adopter.registered", "stage_one_started_on"),
    _adopter("adopter.stage_one_decided", "stage_one_ended_on"),
    _adopter("adopter.stage_two_started", "stage_two_started_on"),
    _adopter("adopter.suitability_decided", "stage_two_ended_on"),
    _adopter("adopter.approved", "approved_on"),
    _adopter("adopter.reviewed", "reviewed_on"),
    _adopter("adopter.matched", "matched_on"),
    _adopter("adopter.child_placed", "placed_on"),
    _adopter("adopter.left", "left_on"),
)
