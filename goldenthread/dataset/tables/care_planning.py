"""Planning for a looked-after child: placement and care plans, reviews and permanence."""

from goldenthread.dataset.schema import Table, child, code, day, flag, key, link, recorded, text

PLACEMENT_PLANS = Table(
    "placement_plans",
    "looked_after",
    "Placement plans (Care Planning Regulations 2010, regulation 9).",
    key=("placement_plan_id",),
    columns=(
        key("placement_plan_id", "Identifier of the plan"),
        child(),
        link("placement_id", "placements.placement_id", "The placement"),
        day("agreed_on", "Date it was agreed and signed", required=True),
        flag("delegated_authority_recorded", "Whether it says who may decide what"),
        *recorded(),
    ),
)

CARE_PLANS = Table(
    "care_plans",
    "looked_after",
    "Care plans of looked-after children.",
    key=("care_plan_id",),
    columns=(
        key("care_plan_id", "Identifier of the plan", ssd="ssd_cla_care_plan.lacp_table_id"),
        child(ssd="ssd_cla_care_plan.lacp_person_id"),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        day(
            "prepared_on",
            "Date it was prepared",
            required=True,
            ssd="ssd_cla_care_plan.lacp_cla_care_plan_start_date",
        ),
        day(
            "ended_on",
            "Date it was replaced or ended",
            known="recorded_at",
            ssd="ssd_cla_care_plan.lacp_cla_care_plan_end_date",
        ),
        *recorded(),
    ),
    order=(("prepared_on", "ended_on"),),
)

LOOKED_AFTER_REVIEWS = Table(
    "looked_after_reviews",
    "looked_after",
    "Reviews of the case of a looked-after child, chaired by an independent reviewing officer.",
    key=("review_id",),
    columns=(
        key("review_id", "Identifier of the review", ssd="ssd_cla_reviews.clar_cla_review_id"),
        child(ssda903="Reviews.CHILD"),
        link(
            "care_period_id",
            "care_periods.care_period_id",
            "The period it belongs to",
            ssd="ssd_cla_reviews.clar_cla_id",
        ),
        day(
            "held_on",
            "Date of the review",
            required=True,
            annex_a="8.Date of Latest Statutory Review",
            ssda903="Reviews.REVIEW",
            ssd="ssd_cla_reviews.clar_cla_review_date",
        ),
        day(
            "due_on",
            "Date it was due, as the source gave it",
            known=None,
            ssd="ssd_cla_reviews.clar_cla_review_due_date",
        ),
        code(
            "participation",
            "participation",
            "How the child took part",
            ssda903="Reviews.REVIEW_CODE",
            ssd="ssd_cla_reviews.clar_cla_review_participation",
        ),
        *recorded(),
    ),
)

PERMANENCE_PLANS = Table(
    "permanence_plans",
    "looked_after",
    "The plan for permanence, each time it was decided.",
    key=("permanence_plan_id",),
    columns=(
        key("permanence_plan_id", "Identifier of the decision"),
        child(),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        code(
            "plan",
            "permanence_plan",
            "The plan",
            required=True,
            annex_a="8.What is the permanence plan for this child?",
        ),
        day("decided_on", "Date it was decided", required=True),
        *recorded(),
    ),
)

PERMANENCE_MEETINGS = Table(
    "permanence_meetings",
    "looked_after",
    "Permanence planning meetings about a child (York's fortnightly tracker).",
    key=("permanence_meeting_id",),
    columns=(
        key("permanence_meeting_id", "Identifier of the discussion of this child"),
        child(),
        link("care_period_id", "care_periods.care_period_id", "The period it belongs to"),
        day("held_on", "Date of the meeting", required=True),
        *recorded(),
    ),
)

PREVIOUS_PERMANENCE = Table(
    "previous_permanence",
    "looked_after",
    "A permanence option the child had before coming into care again.",
    key=("child_id", "option"),
    columns=(
        child(ssda903="PrevPerm.CHILD", ssd="ssd_cla_previous_permanence.lapp_person_id"),
        code(
            "option",
            "previous_permanence",
            "The earlier permanence option",
            required=True,
            ssda903="PrevPerm.PREV_PERM",
            ssd="ssd_cla_previous_permanence.lapp_previous_permanence_option",
        ),
        text(
            "authority",
            "Authority that arranged it",
            ssda903="PrevPerm.LA_PERM",
            ssd="ssd_cla_previous_permanence.lapp_previous_permanence_la",
        ),
        text(
            "ordered_on",
            "Date of that order as the return gives it, with ZZ for an unknown part",
            ssda903="PrevPerm.DATE_PERM",
            ssd="ssd_cla_previous_permanence.lapp_previous_permanence_order_date",
        ),
        *recorded(),
    ),
)

TABLES = (
    PLACEMENT_PLANS,
    CARE_PLANS,
    LOOKED_AFTER_REVIEWS,
    PERMANENCE_PLANS,
    PERMANENCE_MEETINGS,
    PREVIOUS_PERMANENCE,
)
