"""Child in need plans and their reviews; private fostering and its notices; visits of every kind."""

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
)

CIN_PLANS = Table(
    "cin_plans",
    "child_in_need",
    "Child in need plans.",
    key=("cin_plan_id",),
    columns=(
        key("cin_plan_id", "Identifier of the plan", ssd="ssd_cin_plans.cinp_cin_plan_id"),
        child(annex_a="6.Child Unique ID", ssd="ssd_cin_plans.cinp_person_id"),
        link(
            "referral_id",
            "referrals.referral_id",
            "The referral it belongs to",
            ssd="ssd_cin_plans.cinp_referral_id",
        ),
        day(
            "started_on",
            "Date the plan started",
            required=True,
            cin="CINPlanDates.CINPlanStartDate",
            ssd="ssd_cin_plans.cinp_cin_plan_start_date",
        ),
        day(
            "ended_on",
            "Date the plan ended",
            known="ended_recorded_at",
            cin="CINPlanDates.CINPlanEndDate",
            ssd="ssd_cin_plans.cinp_cin_plan_end_date",
        ),
        text("team", "Team that holds it", annex_a="6.Allocated Team", ssd="ssd_cin_plans.cinp_cin_plan_team"),
        link(
            "worker_id",
            "workers.worker_id",
            "Worker who holds it",
            annex_a="6.Allocated Worker",
            ssd="ssd_cin_plans.cinp_cin_plan_worker_id",
        ),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"),),
)

CIN_REVIEWS = Table(
    "cin_reviews",
    "child_in_need",
    "Child in need meetings that review a plan.",
    key=("cin_review_id",),
    columns=(
        key("cin_review_id", "Identifier of the meeting"),
        child(),
        link("cin_plan_id", "cin_plans.cin_plan_id", "The plan"),
        day("held_on", "Date of the meeting", required=True),
        *recorded(),
    ),
)

PRIVATE_FOSTERING = Table(
    "private_fostering",
    "child_in_need",
    "Private fostering arrangements the authority knows of.",
    key=("private_fostering_id",),
    columns=(
        key("private_fostering_id", "Identifier of the arrangement"),
        child(),
        day("notified_on", "Date the authority was told or became aware", required=True),
        day("started_on", "Date the arrangement began"),
        day("ended_on", "Date it ended", known="ended_recorded_at"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("notified_on", "ended_on"),
    order=(("started_on", "ended_on"), ("notified_on", "ended_on")),
)

PRIVATE_FOSTERING_NOTICES = Table(
    "private_fostering_notices",
    "child_in_need",
    "What private foster carers told the authority, as the regulations ask of them.",
    key=("private_fostering_notice_id",),
    columns=(
        key("private_fostering_notice_id", "Identifier of the notice"),
        child(),
        link("private_fostering_id", "private_fostering.private_fostering_id", "The arrangement it is about"),
        code("kind", "private_fostering_notice", "What the carer told", required=True),
        day("told_on", "Date the carer told the authority", required=True),
        moment("told_at", "Date and time the carer told the authority"),
        day("proposed_on", "Date it was agreed that the child is to come"),
        day("expected_on", "Date the child is to come"),
        day("happened_on", "Date of the change or the end that the carer told of"),
        moment("happened_at", "Date and time of the change or the end that the carer told of"),
        *recorded(),
    ),
    order=(("proposed_on", "told_on"), ("proposed_on", "expected_on"), ("happened_on", "told_on")),
)

VISITS = Table(
    "visits",
    "child_in_need",
    "Visits to a child by the lead worker, of every kind. One visit is one row, and answers the duty that `kind` names "
    "and that of each plan, period of care and arrangement that it was made under.",
    key=("visit_id",),
    columns=(
        key("visit_id", "Identifier of the visit", ssd="ssd_cp_visits.cppv_cp_visit_id"),
        child(),
        code("kind", "visit_kind", "Which duty it answers; what it was made under says which others", required=True),
        link("cin_plan_id", "cin_plans.cin_plan_id", "The child in need plan visited under"),
        link(
            "cp_plan_id",
            "cp_plans.cp_plan_id",
            "The child protection plan visited under",
            ssd="ssd_cp_visits.cppv_cp_plan_id",
        ),
        link(
            "care_period_id",
            "care_periods.care_period_id",
            "The period of being looked after visited under",
            ssd="ssd_cla_visits.clav_cla_id",
        ),
        link(
            "private_fostering_id",
            "private_fostering.private_fostering_id",
            "The private fostering arrangement",
        ),
        link("referral_id", "referrals.referral_id", "The referral it belongs to"),
        day(
            "visited_on",
            "Date of the visit",
            required=True,
            annex_a="7.Date of the Last Statutory Visit",
            ssd="ssd_cp_visits.cppv_cp_visit_date",
        ),
        moment("visited_at", "Date and time of the visit"),
        flag("seen", "Whether the child was seen", ssd="ssd_cp_visits.cppv_cp_visit_seen"),
        flag(
            "seen_alone",
            "Whether the child was seen alone",
            annex_a="7.Was the Child Seen Alone?",
            ssd="ssd_cp_visits.cppv_cp_visit_seen_alone",
        ),
        flag("bedroom_seen", "Whether the bedroom was seen", ssd="ssd_cp_visits.cppv_cp_visit_bedroom"),
        code("purpose", "visit_purpose", "What the visit was for"),
        link("worker_id", "workers.worker_id", "Worker who visited"),
        *recorded(),
    ),
)

TABLES = (CIN_PLANS, CIN_REVIEWS, PRIVATE_FOSTERING, PRIVATE_FOSTERING_NOTICES, VISITS)
