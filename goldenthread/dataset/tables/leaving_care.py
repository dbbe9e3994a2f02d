"""Leaving care: who is owed what, pathway plans, personal advisers, contact, activity and accommodation."""

from goldenthread.dataset.schema import Episode, Table, child, code, day, flag, key, link, recorded, text

CARE_LEAVERS = Table(
    "care_leavers",
    "leaving_care",
    "Periods in which a young person is owed leaving care services.",
    key=("care_leaver_id",),
    columns=(
        key("care_leaver_id", "Identifier of the period", ssd="ssd_care_leavers.clea_table_id"),
        child(
            "The young person",
            annex_a="9.Child Unique ID",
            ssda903="OC3.CHILD",
            ssd="ssd_care_leavers.clea_person_id",
        ),
        code(
            "eligibility",
            "care_leaver_eligibility",
            "Eligible, relevant, former relevant or qualifying",
            annex_a="9.Eligibility Category",
            ssd="ssd_care_leavers.clea_care_leaver_eligibility",
        ),
        day("started_on", "Date the young person became eligible, or was first known to be"),
        day("ended_on", "Date the service ended", known="ended_recorded_at"),
        text(
            "team",
            "Team that holds it",
            annex_a="9.Allocated Team",
            ssd="ssd_care_leavers.clea_care_leaver_allocated_team",
        ),
        link(
            "worker_id",
            "workers.worker_id",
            "Worker who holds it",
            annex_a="9.Allocated Worker",
            ssd="ssd_care_leavers.clea_care_leaver_worker_id",
        ),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on"),
    order=(("started_on", "ended_on"),),
)

PATHWAY_PLANS = Table(
    "pathway_plans",
    "leaving_care",
    "Pathway needs assessments, plans and reviews.",
    key=("pathway_plan_id",),
    columns=(
        key("pathway_plan_id", "Identifier of the row"),
        child("The young person"),
        link("care_leaver_id", "care_leavers.care_leaver_id", "The period it belongs to"),
        code("kind", "pathway_kind", "Needs assessment, plan or review", required=True),
        day(
            "completed_on",
            "Date completed",
            required=True,
            annex_a="9.Latest Pathway Plan Review Date",
            ssd="ssd_care_leavers.clea_pathway_plan_review_date",
        ),
        *recorded(),
    ),
)

PERSONAL_ADVISERS = Table(
    "personal_advisers",
    "leaving_care",
    "Who was a young person's personal adviser, and when.",
    key=("personal_adviser_id",),
    columns=(
        key("personal_adviser_id", "Identifier of the appointment"),
        child("The young person"),
        link(
            "worker_id",
            "workers.worker_id",
            "The adviser",
            annex_a="9.Allocated Personal Advisor",
            ssd="ssd_care_leavers.clea_care_leaver_personal_advisor",
        ),
        day("started_on", "Date appointed"),
        day("ended_on", "Date it ended", known="ended_recorded_at"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on"),
    order=(("started_on", "ended_on"),),
)

CARE_LEAVER_CONTACTS = Table(
    "care_leaver_contacts",
    "leaving_care",
    "Contacts with a care leaver, and whether the authority is in touch.",
    key=("care_leaver_contact_id",),
    columns=(
        key("care_leaver_contact_id", "Identifier of the contact"),
        child("The young person", ssda903="OC3.CHILD"),
        link("care_leaver_id", "care_leavers.care_leaver_id", "The period it belongs to"),
        day(
            "contacted_on",
            "Date of the contact",
            required=True,
            annex_a="9.Latest Date of Contact",
            ssd="ssd_care_leavers.clea_care_leaver_latest_contact",
        ),
        code(
            "in_touch",
            "in_touch",
            "Whether the authority is in touch",
            annex_a="9.LA in Touch",
            ssda903="OC3.IN_TOUCH",
            ssd="ssd_care_leavers.clea_care_leaver_in_touch",
        ),
        flag("visit", "Whether it was a visit by the personal adviser"),
        *recorded(),
    ),
)

CARE_LEAVER_ACTIVITY = Table(
    "care_leaver_activity",
    "leaving_care",
    "What a care leaver was doing, each time it was recorded.",
    key=("care_leaver_activity_id",),
    columns=(
        key("care_leaver_activity_id", "Identifier of the row"),
        child("The young person", ssda903="OC3.CHILD"),
        code(
            "activity",
            "activity",
            "Education, employment, training or none",
            required=True,
            annex_a="9.Activity Status",
            ssda903="OC3.ACTIV",
            ssd="ssd_care_leavers.clea_care_leaver_activity",
        ),
        day("started_on", "First day of it", required=True),
        *recorded(),
    ),
)

CARE_LEAVER_ACCOMMODATION = Table(
    "care_leaver_accommodation",
    "leaving_care",
    "Where a care leaver lived, each time it was recorded.",
    key=("care_leaver_accommodation_id",),
    columns=(
        key("care_leaver_accommodation_id", "Identifier of the row"),
        child("The young person", ssda903="OC3.CHILD"),
        code(
            "accommodation",
            "accommodation",
            "Kind of accommodation",
            required=True,
            annex_a="9.Type of Accommodation",
            ssda903="OC3.ACCOM",
            ssd="ssd_care_leavers.clea_care_leaver_accommodation",
        ),
        flag(
            "suitable",
            "Whether it is suitable",
            annex_a="9.Suitability of Accommodation",
            ssd="ssd_care_leavers.clea_care_leaver_accom_suitable",
        ),
        day("started_on", "First day there", required=True),
        *recorded(),
    ),
)

TABLES = (
    CARE_LEAVERS,
    PATHWAY_PLANS,
    PERSONAL_ADVISERS,
    CARE_LEAVER_CONTACTS,
    CARE_LEAVER_ACTIVITY,
    CARE_LEAVER_ACCOMMODATION,
)
