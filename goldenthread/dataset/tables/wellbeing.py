"""Health, education, missing episodes and the rest of a looked-after child's wellbeing."""

from goldenthread.dataset.schema import (
    Episode,
    Table,
    child,
    code,
    day,
    flag,
    key,
    link,
    moment,
    recorded,
    text,
    whole,
)

HEALTH_ASSESSMENTS = Table(
    "health_assessments",
    "looked_after",
    "Initial and review health assessments of looked-after children.",
    key=("health_assessment_id",),
    columns=(
        key("health_assessment_id", "Identifier of the assessment", ssd="ssd_cla_health.clah_health_check_id"),
        child(ssd="ssd_cla_health.clah_person_id"),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        code(
            "kind",
            "health_assessment_kind",
            "Initial or review",
            required=True,
            ssd="ssd_cla_health.clah_health_check_type",
        ),
        day(
            "seen_on",
            "Date the child was seen",
            required=True,
            annex_a="8.Date of Last Health Assessment",
            ssd="ssd_cla_health.clah_health_check_date",
        ),
        day("reported_on", "Date the report and plan reached the authority"),
        code(
            "status",
            "health_check_status",
            "Whether it took place or was refused",
            ssd="ssd_cla_health.clah_health_check_status",
        ),
        *recorded(),
    ),
    order=(("seen_on", "reported_on"),),
)

DENTAL_CHECKS = Table(
    "dental_checks",
    "looked_after",
    "Dental checks of looked-after children.",
    key=("dental_check_id",),
    columns=(
        key("dental_check_id", "Identifier of the check", ssd="ssd_cla_health.clah_health_check_id"),
        child(),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        day(
            "checked_on",
            "Date of the check",
            required=True,
            annex_a="8.Date of Last Dental Check",
            ssd="ssd_cla_health.clah_health_check_date",
        ),
        *recorded(),
    ),
)

IMMUNISATIONS = Table(
    "immunisations",
    "looked_after",
    "Whether a looked-after child's immunisations were up to date, each time it was checked.",
    key=("child_id", "checked_on"),
    columns=(
        child(ssd="ssd_cla_immunisations.clai_person_id"),
        day(
            "checked_on",
            "Date it was checked",
            required=True,
            ssd="ssd_cla_immunisations.clai_immunisations_status_date",
        ),
        flag(
            "up_to_date",
            "Whether they were up to date for the child's age",
            ssda903="OC2.IMMUNISATIONS",
            ssd="ssd_cla_immunisations.clai_immunisations_status",
        ),
        *recorded(),
    ),
)

SDQS = Table(
    "sdqs",
    "looked_after",
    "Strengths and difficulties questionnaires.",
    key=("sdq_id",),
    columns=(
        key("sdq_id", "Identifier of the questionnaire", ssd="ssd_sdq_scores.csdq_table_id"),
        child(ssd="ssd_sdq_scores.csdq_person_id"),
        day(
            "completed_on",
            "Date it was completed, or the year end when only the year is known",
            required=True,
            ssd="ssd_sdq_scores.csdq_sdq_completed_date",
        ),
        whole(
            "score",
            "Total difficulties score, 0 to 40",
            unit="points",
            ssda903="OC2.SDQ_SCORE",
            ssd="ssd_sdq_scores.csdq_sdq_score",
        ),
        code(
            "missing_reason",
            "sdq_missing_reason",
            "Why there is no score",
            ssda903="OC2.SDQ_REASON",
            ssd="ssd_sdq_scores.csdq_sdq_reason",
        ),
        *recorded(),
    ),
)

OUTCOMES = Table(
    "outcomes",
    "looked_after",
    "The yearly outcomes of a child looked after for twelve months, as the SSDA903 OC2 table has them.",
    key=("child_id", "year_end"),
    columns=(
        child(ssda903="OC2.CHILD"),
        day("year_end", "31 March of the year reported", required=True, known=None),
        flag("health_assessment", "Health assessment up to date", ssda903="OC2.HEALTH_ASSESSMENT"),
        flag("teeth_checked", "Teeth checked in the year", ssda903="OC2.TEETH_CHECK"),
        flag(
            "health_checks_up_to_date",
            "Development checks up to date (under five)",
            ssda903="OC2.HEALTH_CHECK",
        ),
        flag("immunisations", "Immunisations up to date", ssda903="OC2.IMMUNISATIONS"),
        flag("convicted", "Convicted or cautioned in the year", ssda903="OC2.CONVICTED"),
        flag("substance_misuse", "Problem with substance misuse in the year", ssda903="OC2.SUBSTANCE_MISUSE"),
        flag("intervention_received", "Help with it received", ssda903="OC2.INTERVENTION_RECEIVED"),
        flag("intervention_offered", "Help with it offered", ssda903="OC2.INTERVENTION_OFFERED"),
        *recorded(),
    ),
)

SUBSTANCE_MISUSE = Table(
    "substance_misuse",
    "looked_after",
    "Substance misuse found in a looked-after child, and the help given.",
    key=("substance_misuse_id",),
    columns=(
        key(
            "substance_misuse_id",
            "Identifier of the row",
            ssd="ssd_cla_substance_misuse.clas_substance_misuse_id",
        ),
        child(ssd="ssd_cla_substance_misuse.clas_person_id"),
        day(
            "identified_on",
            "Date it was identified",
            required=True,
            ssd="ssd_cla_substance_misuse.clas_substance_misuse_date",
        ),
        text("substance", "Substance", ssd="ssd_cla_substance_misuse.clas_substance_misused"),
        flag("intervention_offered", "Whether help was offered"),
        flag(
            "intervention_received",
            "Whether help was received",
            ssd="ssd_cla_substance_misuse.clas_intervention_received",
        ),
        *recorded(),
    ),
)

CONVICTIONS = Table(
    "convictions",
    "looked_after",
    "Convictions and youth cautions of a looked-after child.",
    key=("conviction_id",),
    columns=(
        key("conviction_id", "Identifier of the row", ssd="ssd_cla_convictions.clac_cla_conviction_id"),
        child(ssd="ssd_cla_convictions.clac_person_id"),
        day(
            "convicted_on",
            "Date of the conviction or caution",
            required=True,
            ssd="ssd_cla_convictions.clac_cla_conviction_date",
        ),
        text("offence", "Offence", ssd="ssd_cla_convictions.clac_cla_conviction_offence"),
        *recorded(),
    ),
)

PEPS = Table(
    "peps",
    "looked_after",
    "Personal education plans.",
    key=("pep_id",),
    columns=(
        key("pep_id", "Identifier of the plan"),
        child(),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        day("initiated_on", "Date work on it began"),
        day("completed_on", "Date it was completed or reviewed", known="completed_recorded_at"),
        *recorded("completed_recorded_at"),
    ),
    order=(("initiated_on", "completed_on"),),
)

EDUCATION_RESULTS = Table(
    "education_results",
    "looked_after",
    "Results of a looked-after child at the end of a key stage.",
    key=("child_id", "key_stage", "taken_on"),
    columns=(
        child(),
        code("key_stage", "key_stage", "Key stage", required=True),
        day("taken_on", "Date of the assessment or examination", required=True),
        flag(
            "expected_standard",
            "Whether the child reached the expected standard (key stage 2: reading, writing "
            "and mathematics; key stage 4: grade 4 or above in English and mathematics)",
        ),
        *recorded(),
    ),
)

MISSING_EPISODES = Table(
    "missing_episodes",
    "looked_after",
    "Episodes of a child being missing or away from placement without authorisation.",
    key=("missing_id",),
    columns=(
        key("missing_id", "Identifier of the episode", ssd="ssd_missing.miss_table_id"),
        child(ssda903="Missing.CHILD", ssd="ssd_missing.miss_person_id"),
        link(
            "care_period_id",
            "care_periods.care_period_id",
            "The period of being looked after, where there is one",
        ),
        code(
            "kind",
            "missing_kind",
            "Missing, or away without authorisation",
            ssda903="Missing.MISSING",
            ssd="ssd_missing.miss_missing_episode_type",
        ),
        day(
            "started_on",
            "Date it started",
            required=True,
            ssda903="Missing.MIS_START",
            ssd="ssd_missing.miss_missing_episode_start_date",
        ),
        moment("started_at", "Date and time it started"),
        day(
            "ended_on",
            "Date the child was found or came back",
            known="ended_recorded_at",
            ssda903="Missing.MIS_END",
            ssd="ssd_missing.miss_missing_episode_end_date",
        ),
        moment("ended_at", "Date and time the child was found or came back", known="ended_recorded_at"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"), ("started_at", "ended_at")),
)

RETURN_INTERVIEWS = Table(
    "return_interviews",
    "looked_after",
    "Independent return interviews after a missing episode.",
    key=("missing_id",),
    columns=(
        link("missing_id", "missing_episodes.missing_id", "The missing episode", required=True),
        child(),
        flag(
            "offered",
            "Whether an interview was offered",
            ssd="ssd_missing.miss_missing_rhi_offered",
            annex_a="8.Was the child offered a Return Interview after their last missing episode (Y/N)?",
        ),
        flag(
            "accepted",
            "Whether the child accepted",
            ssd="ssd_missing.miss_missing_rhi_accepted",
            annex_a="8.Did the child accept a Return Interview after their last missing episode (Y/N)?",
        ),
        day("held_on", "Date of the interview"),
        moment("held_at", "Date and time of the interview"),
        day("offered_on", "Date it was offered"),
        day("declined_on", "Date on which the child declined it, and the reason was recorded"),
        *recorded(),
    ),
)

TABLES = (
    HEALTH_ASSESSMENTS,
    DENTAL_CHECKS,
    IMMUNISATIONS,
    SDQS,
    OUTCOMES,
    SUBSTANCE_MISUSE,
    CONVICTIONS,
    PEPS,
    EDUCATION_RESULTS,
    MISSING_EPISODES,
    RETURN_INTERVIEWS,
)
