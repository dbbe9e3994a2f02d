"""Early help: assessments, plans and reviews below the threshold for children's social care."""

from goldenthread.dataset.schema import Episode, Table, child, code, day, flag, key, link, recorded, text

EARLY_HELP_ASSESSMENTS = Table(
    "early_help_assessments",
    "early_help",
    "Family early help assessments, by any agency.",
    key=("early_help_id",),
    columns=(
        key("early_help_id", "Identifier of the assessment", ssd="ssd_early_help_episodes.earl_episode_id"),
        child(annex_a="2.Child Unique ID", ssd="ssd_early_help_episodes.earl_person_id"),
        day(
            "started_on",
            "Date the assessment began",
            required=True,
            annex_a="2.Assessment start date",
            ssd="ssd_early_help_episodes.earl_episode_start_date",
        ),
        day(
            "completed_on",
            "Date the assessment was completed",
            known="completed_recorded_at",
            annex_a="2.Assessment completion date",
        ),
        day(
            "closed_on",
            "Date early help ended",
            known="closed_recorded_at",
            ssd="ssd_early_help_episodes.earl_episode_end_date",
        ),
        text(
            "organisation",
            "Agency that led the assessment",
            annex_a="2.Organisation completing assessment",
            ssd="ssd_early_help_episodes.earl_episode_organisation",
        ),
        text("lead_practitioner", "Lead practitioner, of any agency"),
        flag("consent_given", "Whether the family consented"),
        code("level_of_need", "level_of_need", "Level of need found"),
        code(
            "outcome",
            "early_help_outcome",
            "How early help ended",
            known_with="closed_on",
            ssd="ssd_early_help_episodes.earl_episode_end_reason",
        ),
        *recorded("completed_recorded_at", "closed_recorded_at"),
    ),
    episode=Episode("started_on", "closed_on"),
    order=(("started_on", "completed_on"), ("started_on", "closed_on")),
)

EARLY_HELP_PLANS = Table(
    "early_help_plans",
    "early_help",
    "Plans agreed with a family after an early help assessment.",
    key=("early_help_plan_id",),
    columns=(
        key("early_help_plan_id", "Identifier of the plan"),
        child(),
        link("early_help_id", "early_help_assessments.early_help_id", "The assessment the plan follows"),
        day("agreed_on", "Date the plan was agreed", required=True),
        day("ended_on", "Date the plan ended", known="ended_recorded_at"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("agreed_on", "ended_on"),
    order=(("agreed_on", "ended_on"),),
)

EARLY_HELP_REVIEWS = Table(
    "early_help_reviews",
    "early_help",
    "Meetings of the team around the family that review an early help plan.",
    key=("early_help_review_id",),
    columns=(
        key("early_help_review_id", "Identifier of the review"),
        child(),
        link("early_help_plan_id", "early_help_plans.early_help_plan_id", "The plan reviewed"),
        day("held_on", "Date of the meeting", required=True),
        *recorded(),
    ),
)

TABLES = (EARLY_HELP_ASSESSMENTS, EARLY_HELP_PLANS, EARLY_HELP_REVIEWS)
