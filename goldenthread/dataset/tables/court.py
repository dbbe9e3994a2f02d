"""Emergency powers, pre-proceedings, care proceedings and legal statuses."""

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

POLICE_PROTECTIONS = Table(
    "police_protections",
    "court",
    "Uses of police powers of protection (Children Act 1989, section 46).",
    key=("police_protection_id",),
    columns=(
        key("police_protection_id", "Identifier of the use of the power"),
        child(),
        day("started_on", "Date it began", required=True),
        moment("started_at", "Date and time it began"),
        day("ended_on", "Date it ended", known="ended_recorded_at"),
        moment("ended_at", "Date and time it ended", known="ended_recorded_at"),
        code("outcome", "police_protection_outcome", "What followed", known_with="ended_on"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"), ("started_at", "ended_at")),
)

EMERGENCY_ORDERS = Table(
    "emergency_orders",
    "court",
    "Emergency protection orders and child assessment orders.",
    key=("emergency_order_id",),
    columns=(
        key("emergency_order_id", "Identifier of the order"),
        child(),
        code("kind", "emergency_order_kind", "Which order", required=True),
        day("made_on", "Date the order was made", required=True),
        day("begins_on", "Date named in the order on which it begins"),
        code("applicant", "emergency_order_applicant", "Who applied for it"),
        day("extended_on", "Date the order was extended", known="ended_recorded_at"),
        day("extension_begins_on", "First day of the extension", known="ended_recorded_at"),
        day("ended_on", "Date the order ended", known="ended_recorded_at"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("made_on", "ended_on"),
    order=(("made_on", "ended_on"), ("made_on", "extended_on"), ("extended_on", "extension_begins_on")),
)

GATEWAY_MEETINGS = Table(
    "gateway_meetings",
    "court",
    "Legal gateway meetings about a child.",
    key=("gateway_meeting_id",),
    columns=(
        key("gateway_meeting_id", "Identifier of the meeting"),
        child(),
        day("held_on", "Date of the meeting", required=True),
        code(
            "outcome",
            "gateway_outcome",
            "What was decided",
            ssd="ssd_pre_proceedings.prep_legal_gateway_outcome",
        ),
        *recorded(),
    ),
)

PRE_PROCEEDINGS = Table(
    "pre_proceedings",
    "court",
    "Work under the Public Law Outline before an application to court.",
    key=("pre_proceedings_id",),
    columns=(
        key("pre_proceedings_id", "Identifier of the pre-proceedings", ssd="ssd_pre_proceedings.prep_table_id"),
        child(ssd="ssd_pre_proceedings.prep_person_id"),
        day(
            "started_on",
            "Date it was decided to begin",
            required=True,
            cin="PreProceedingsandFGDM.PPStartDate",
            ssd="ssd_pre_proceedings.prep_pre_pro_decision_date",
        ),
        day(
            "letter_sent_on",
            "Date the letter before proceedings was sent",
            known="ended_recorded_at",
            cin="PreProceedingsandFGDM.LBPSentDate",
            ssd="ssd_pre_proceedings.prep_pre_pro_letter_date",
        ),
        flag(
            "family_group_offered",
            "Whether a family group decision-making meeting was offered",
            cin="PreProceedingsandFGDM.FGDMMeetingOffer",
        ),
        flag("family_group_held", "Whether that meeting took place", cin="PreProceedingsandFGDM.FGDMMeetingFac"),
        day("family_group_offered_on", "Date that meeting was offered", known="ended_recorded_at"),
        day(
            "first_meeting_on",
            "Date of the first pre-proceedings meeting",
            known="ended_recorded_at",
            cin="PreProceedingsandFGDM.InitialPPMeetingDate",
            ssd="ssd_pre_proceedings.prep_initial_pre_pro_meeting_date",
        ),
        whole(
            "review_meetings",
            "Review meetings held",
            unit="meetings",
            known_with="ended_on",
            cin="PreProceedingsandFGDM.ReviewMeetingsCount",
            ssd="ssd_pre_proceedings.prep_pre_pro_meetings_num",
        ),
        day(
            "ended_on",
            "Date it was decided to step down or issue",
            known="ended_recorded_at",
            cin="PreProceedingsandFGDM.StepDecisionDate",
            ssd="ssd_pre_proceedings.prep_agree_stepdown_issue_date",
        ),
        code(
            "outcome",
            "pre_proceedings_outcome",
            "How it ended",
            known_with="ended_on",
            cin="PreProceedingsandFGDM.PPOutcome",
            ssd="ssd_pre_proceedings.prep_pre_pro_outcome",
        ),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"), ("started_on", "letter_sent_on")),
)

PROCEEDINGS = Table(
    "proceedings",
    "court",
    "Applications to court for a care or supervision order, and other orders that the authority takes part in.",
    key=("proceedings_id",),
    columns=(
        key("proceedings_id", "Identifier of the proceedings"),
        child(),
        code("kind", "proceedings_kind", "What was applied for", required=True),
        text("court_reference", "The court's case number", ssd="ssd_pre_proceedings.prep_court_reference"),
        day(
            "issued_on",
            "Date the application was issued",
            required=True,
            cin="PreProceedingsandFGDM.CourtAppDate",
        ),
        day(
            "documents_filed_on",
            "Date the documents due with the application were filed",
            known="concluded_recorded_at",
        ),
        day("case_management_hearing_on", "Date of the case management hearing", known="concluded_recorded_at"),
        day("extended_until", "Date to which the court extended the timetable", known="concluded_recorded_at"),
        day("concluded_on", "Date the proceedings were disposed of", known="concluded_recorded_at"),
        code("outcome", "proceedings_outcome", "Order made, if any", known_with="concluded_on"),
        day("order_ends_on", "Date the order made runs out, where it does", known="concluded_recorded_at"),
        *recorded("concluded_recorded_at"),
    ),
    episode=Episode("issued_on", "concluded_on"),
    order=(("issued_on", "concluded_on"), ("issued_on", "case_management_hearing_on")),
)

LEGAL_STATUSES = Table(
    "legal_statuses",
    "court",
    "The legal status under which a child is looked after, each time it changed.",
    key=("legal_status_id",),
    columns=(
        key("legal_status_id", "Identifier of the row", ssd="ssd_legal_status.lega_legal_status_id"),
        child(ssd="ssd_legal_status.lega_person_id"),
        link("care_period_id", "care_periods.care_period_id", "The period of being looked after"),
        code(
            "legal_status",
            "legal_status",
            "Legal status",
            required=True,
            annex_a="8.Child's Legal Status",
            ssda903="Episodes.LS",
            ssd="ssd_legal_status.lega_legal_status",
        ),
        day(
            "started_on",
            "Date it started",
            required=True,
            annex_a="8.Start date of current legal status",
            ssd="ssd_legal_status.lega_legal_status_start_date",
        ),
        day(
            "ended_on",
            "Date it ended",
            known="ended_recorded_at",
            ssd="ssd_legal_status.lega_legal_status_end_date",
        ),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on", overlap_allowed=False),
    order=(("started_on", "ended_on"),),
)

DEPRIVATION_OF_LIBERTY_ORDERS = Table(
    "deprivation_of_liberty_orders",
    "court",
    "Orders of the High Court that authorise depriving a child of liberty.",
    key=("deprivation_of_liberty_order_id",),
    columns=(
        key("deprivation_of_liberty_order_id", "Identifier of the order"),
        child(ssda903="DoLo.CHILD"),
        day("started_on", "Date from which the order authorises it", required=True, ssda903="DoLo.DOLO_START"),
        day("ended_on", "Date the authority ended", known="ended_recorded_at", ssda903="DoLo.DOLO_END"),
        *recorded("ended_recorded_at"),
    ),
    episode=Episode("started_on", "ended_on"),
    order=(("started_on", "ended_on"),),
)

TABLES = (
    POLICE_PROTECTIONS,
    EMERGENCY_ORDERS,
    GATEWAY_MEETINGS,
    PRE_PROCEEDINGS,
    PROCEEDINGS,
    LEGAL_STATUSES,
    DEPRIVATION_OF_LIBERTY_ORDERS,
)
