"""Assessments under section 17, and the factors found at their end."""

from goldenthread.dataset.schema import Episode, Table, child, code, day, flag, key, link, recorded, text

ASSESSMENTS = Table(
    "assessments",
    "assessment",
    "Single (continuous) assessments; before 15 April 2013, initial and core assessments.",
    key=("assessment_id",),
    columns=(
        key("assessment_id", "Identifier of the assessment", ssd="ssd_cin_assessments.cina_assessment_id"),
        child(annex_a="4.Child Unique ID", ssd="ssd_cin_assessments.cina_person_id"),
        link(
            "referral_id",
            "referrals.referral_id",
            "The referral it belongs to",
            ssd="ssd_cin_assessments.cina_referral_id",
        ),
        code("kind", "assessment_kind", "Single, initial or core"),
        day(
            "started_on",
            "Date the assessment started",
            required=True,
            annex_a="4.Continuous Assessment Start Date",
            cin="Assessments.AssessmentActualStartDate",
            ssd="ssd_cin_assessments.cina_assessment_start_date",
        ),
        day(
            "review_point_on",
            "Date a manager reviewed progress",
            known="authorised_recorded_at",
            cin="Assessments.AssessmentInternalReviewDate",
        ),
        day(
            "second_review_point_on",
            "Date a manager reviewed progress a second time",
            known="authorised_recorded_at",
        ),
        day(
            "child_first_seen_on",
            "Date the child was first seen in the assessment",
            known="child_seen_recorded_at",
        ),
        flag(
            "child_seen",
            "Whether the child was seen during the assessment",
            known_with="child_first_seen_on",
            annex_a="4.Child Seen During Continuous Assessment",
            ssd="ssd_cin_assessments.cina_assessment_child_seen",
        ),
        day(
            "authorised_on",
            "Date a manager authorised the completed assessment",
            known="authorised_recorded_at",
            annex_a="4.Continuous Assessment Date of Authorisation",
            cin="Assessments.AssessmentAuthorisationDate",
            ssd="ssd_cin_assessments.cina_assessment_auth_date",
        ),
        day("shared_on", "Date it was shared with family and agencies", known="authorised_recorded_at"),
        flag(
            "support_needed",
            "Whether the child was found to need children's social care",
            known_with="authorised_on",
            annex_a="4.Was the child assessed as requiring LA children's social care support?",
            ssd="ssd_cin_assessments.cina_assessment_outcome_nfa",
        ),
        code(
            "outcome",
            "assessment_outcome",
            "What the assessment led to",
            known_with="authorised_on",
            ssd="ssd_cin_assessments.cina_assessment_outcome_json",
        ),
        text(
            "team",
            "Team that did it",
            annex_a="4.Allocated Team",
            ssd="ssd_cin_assessments.cina_assessment_team",
        ),
        link(
            "worker_id",
            "workers.worker_id",
            "Worker who did it",
            annex_a="4.Allocated Worker",
            ssd="ssd_cin_assessments.cina_assessment_worker_id",
        ),
        *recorded("child_seen_recorded_at", "authorised_recorded_at"),
    ),
    episode=Episode("started_on", "authorised_on"),
    order=(("started_on", "authorised_on"), ("authorised_on", "shared_on")),
)

ASSESSMENT_FACTORS = Table(
    "assessment_factors",
    "assessment",
    "Factors identified at the end of an assessment.",
    key=("assessment_id", "factor"),
    columns=(
        link(
            "assessment_id",
            "assessments.assessment_id",
            "The assessment",
            required=True,
            ssd="ssd_assessment_factors.cinf_assessment_id",
        ),
        child(),
        code(
            "factor",
            "assessment_factor",
            "The factor",
            required=True,
            cin="Assessments.AssessmentFactors",
            ssd="ssd_assessment_factors.cinf_assessment_factors_json",
        ),
        *recorded(),
    ),
)

TABLES = (ASSESSMENTS, ASSESSMENT_FACTORS)
