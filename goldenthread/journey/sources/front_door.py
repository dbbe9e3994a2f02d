"""Events of the front door, early help and the single assessment."""

from goldenthread.journey.source import Empty, EventSource, Unless, having

_SINGLE = (Unless("kind", "initial"), Unless("kind", "core"))
_INITIAL, _CORE = (having("kind", "initial"),), (having("kind", "core"),)
_ACCEPTED = having("outcome", "assessment", "strategy_discussion")
_WENT_ON = (having("no_further_action", False), Empty("decided_on"), Empty("outcome"), Empty("decided_recorded_at"))

SOURCES = (
    EventSource("contact.received", "contacts", "received_on", at="received_at"),
    EventSource("contact.decided", "contacts", "decided_on", at="decided_at"),
    EventSource("early_help.started", "early_help_assessments", "started_on"),
    EventSource("early_help.ended", "early_help_assessments", "closed_on"),
    EventSource("early_help_assessment.started", "early_help_assessments", "started_on"),
    EventSource("early_help_assessment.completed", "early_help_assessments", "completed_on"),
    EventSource("early_help_plan.agreed", "early_help_plans", "agreed_on"),
    EventSource("early_help_plan.reviewed", "early_help_reviews", "held_on"),
    EventSource("referral.received", "referrals", "received_on", at="received_at"),
    EventSource("referral.acknowledged", "referrals", "acknowledged_on"),
    EventSource("referral.decided", "referrals", "decided_on", at="decided_at"),
    EventSource(
        "referral.accepted",
        "referrals",
        "decided_on",
        at="decided_at",
        where=(_ACCEPTED,),
    ),
    # The lists inspectors ask for give no day of decision, only that the referral went on: it counts from receipt.
    EventSource("referral.accepted", "referrals", "received_on", at="received_at", where=_WENT_ON),
    # For clocks that run from the referral, and only for one that goes on: known once that is decided.
    EventSource("referral.received_for_assessment", "referrals", "received_on", at="received_at", where=(_ACCEPTED,)),
    EventSource("referral.received_for_assessment", "referrals", "received_on", at="received_at", where=_WENT_ON),
    EventSource("referral.closed", "referrals", "closed_on"),
    EventSource("case.closed", "referrals", "closed_on"),
    EventSource("case.transferred_out", "referrals", "closed_on", where=(having("closure_reason", "RC5"),)),
    EventSource("case.allocated", "allocations", "started_on"),
    EventSource("case.deallocated", "allocations", "ended_on"),
    EventSource("assessment.started", "assessments", "started_on", where=_SINGLE),
    EventSource("assessment.reviewed", "assessments", "review_point_on", where=_SINGLE),
    EventSource("assessment.reviewed_again", "assessments", "second_review_point_on", where=_SINGLE),
    EventSource("child.seen", "assessments", "child_first_seen_on"),
    EventSource("assessment.authorised", "assessments", "authorised_on", where=_SINGLE),
    EventSource("assessment.shared", "assessments", "shared_on", where=_SINGLE),
    EventSource("initial_assessment.started", "assessments", "started_on", where=_INITIAL),
    EventSource("initial_assessment.completed", "assessments", "authorised_on", where=_INITIAL),
    EventSource("core_assessment.started", "assessments", "started_on", where=_CORE),
    EventSource("core_assessment.completed", "assessments", "authorised_on", where=_CORE),
)
