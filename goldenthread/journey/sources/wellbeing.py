"""Events of a looked after child's health, education and going missing."""

from goldenthread.journey.source import EventSource, Unless, having

# Refused or cancelled is not done; a row that does not say is.
_DONE = (Unless("status", "refused"), Unless("status", "cancelled"))
_INITIAL, _REVIEW = having("kind", "initial"), having("kind", "review")

SOURCES = (
    EventSource("initial_health_assessment.completed", "health_assessments", "seen_on", where=(_INITIAL, *_DONE)),
    EventSource("initial_health_assessment.reported", "health_assessments", "reported_on", where=(_INITIAL, *_DONE)),
    EventSource("review_health_assessment.completed", "health_assessments", "seen_on", where=(_REVIEW, *_DONE)),
    EventSource("dental_check.completed", "dental_checks", "checked_on"),
    EventSource("immunisations.confirmed", "immunisations", "checked_on", where=(having("up_to_date", True),)),
    EventSource("sdq.completed", "sdqs", "completed_on"),
    EventSource("substance_misuse.identified", "substance_misuse", "identified_on"),
    EventSource("conviction.recorded", "convictions", "convicted_on"),
    EventSource("personal_education_plan.started", "peps", "initiated_on"),
    EventSource("personal_education_plan.completed", "peps", "completed_on"),
    EventSource("personal_education_plan.reviewed", "peps", "completed_on"),
    EventSource("missing.started", "missing_episodes", "started_on", at="started_at"),
    EventSource("missing.ended", "missing_episodes", "ended_on", at="ended_at"),
    EventSource("return_interview.offered", "return_interviews", "offered_on"),
    EventSource("return_interview.declined", "return_interviews", "declined_on"),
    EventSource("return_interview.held", "return_interviews", "held_on", at="held_at"),
)
