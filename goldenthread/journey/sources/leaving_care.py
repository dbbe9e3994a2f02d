"""Events of leaving care."""

from goldenthread.journey.source import EventSource, having
from goldenthread.journey.sources.visits import visit

SOURCES = (
    EventSource(
        "care_leaver.became_eligible", "care_leavers", "started_on", where=(having("eligibility", "eligible"),)
    ),
    EventSource(
        "care_leaver.became_relevant", "care_leavers", "started_on", where=(having("eligibility", "relevant"),)
    ),
    EventSource(
        "care_leaver.became_former_relevant",
        "care_leavers",
        "started_on",
        where=(having("eligibility", "former_relevant"),),
    ),
    EventSource("care_leaver.support_ended", "care_leavers", "ended_on"),
    EventSource(
        "pathway_assessment.completed", "pathway_plans", "completed_on", where=(having("kind", "needs_assessment"),)
    ),
    EventSource("pathway_plan.started", "pathway_plans", "completed_on", where=(having("kind", "plan"),)),
    EventSource("pathway_plan.reviewed", "pathway_plans", "completed_on", where=(having("kind", "review"),)),
    EventSource("personal_adviser.appointed", "personal_advisers", "started_on"),
    visit("personal_adviser_visit.made", "care_leaver"),
    EventSource("personal_adviser_visit.made", "care_leaver_contacts", "contacted_on", where=(having("visit", True),)),
    EventSource("care_leaver.contacted", "care_leaver_contacts", "contacted_on", where=(having("in_touch", "YES"),)),
    EventSource("care_leaver.moved", "care_leaver_accommodation", "started_on"),
)
