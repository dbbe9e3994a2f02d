"""Events of emergency protection, pre-proceedings, proceedings and legal statuses."""

from goldenthread.journey.source import Empty, EventSource, having

_EPO, _CAO = (having("kind", "emergency_protection"),), (having("kind", "child_assessment"),)
_CARE = (having("kind", "care", "supervision"),)
_DIRECTED = (having("kind", "section_37"),)
_GUARDIAN_REASONS = ("E45", "E46", "E47", "E48")

SOURCES = (
    EventSource("police_protection.started", "police_protections", "started_on", at="started_at"),
    EventSource("police_protection.ended", "police_protections", "ended_on", at="ended_at"),
    EventSource("emergency_protection_order.made", "emergency_orders", "made_on", where=_EPO),
    EventSource("emergency_protection_order.extended", "emergency_orders", "extended_on", where=_EPO),
    EventSource("emergency_protection_order.extension_began", "emergency_orders", "extension_begins_on", where=_EPO),
    # Where the record does not say when the first period ended, no later than on the day it was extended.
    EventSource(
        "emergency_protection_order.extension_began",
        "emergency_orders",
        "extended_on",
        where=(*_EPO, Empty("extension_begins_on")),
    ),
    EventSource("emergency_protection_order.ended", "emergency_orders", "ended_on", where=_EPO),
    EventSource("child_assessment_order.started", "emergency_orders", "begins_on", where=_CAO),
    EventSource("child_assessment_order.ended", "emergency_orders", "ended_on", where=_CAO),
    EventSource("legal_gateway.considered", "gateway_meetings", "held_on"),
    EventSource(
        "pre_proceedings.decided", "gateway_meetings", "held_on", where=(having("outcome", "pre_proceedings"),)
    ),
    EventSource("care_application.intended", "gateway_meetings", "held_on", where=(having("outcome", "issue"),)),
    EventSource("pre_proceedings.started", "pre_proceedings", "started_on"),
    EventSource("letter_before_proceedings.sent", "pre_proceedings", "letter_sent_on"),
    EventSource("family_group_decision_making.offered", "pre_proceedings", "family_group_offered_on"),
    EventSource("pre_proceedings_meeting.held", "pre_proceedings", "first_meeting_on"),
    EventSource("pre_proceedings.ended", "pre_proceedings", "ended_on"),
    EventSource("proceedings.issued", "proceedings", "issued_on", where=_CARE),
    EventSource("proceedings.documents_filed", "proceedings", "documents_filed_on", where=_CARE),
    EventSource("case_management_hearing.held", "proceedings", "case_management_hearing_on", where=_CARE),
    EventSource("proceedings.extension_ended", "proceedings", "extended_until", where=_CARE),
    EventSource("proceedings.concluded", "proceedings", "concluded_on", where=_CARE),
    EventSource("proceedings.withdrawn", "proceedings", "concluded_on", where=(*_CARE, having("outcome", "withdrawn"))),
    EventSource("section_37_report.directed", "proceedings", "issued_on", where=_DIRECTED),
    EventSource("section_37_report.filed", "proceedings", "documents_filed_on", where=_DIRECTED),
    EventSource(
        "supervision_order.made", "proceedings", "concluded_on", where=(having("outcome", "supervision_order"),)
    ),
    EventSource(
        "supervision_order.ended", "proceedings", "order_ends_on", where=(having("outcome", "supervision_order"),)
    ),
    EventSource(
        "special_guardianship_order.made",
        "proceedings",
        "concluded_on",
        where=(having("outcome", "special_guardianship_order"),),
    ),
    EventSource("legal_status.started", "legal_statuses", "started_on"),
    EventSource("legal_status.ended", "legal_statuses", "ended_on"),
    EventSource("interim_care_order.made", "legal_statuses", "started_on", where=(having("legal_status", "C1"),)),
    EventSource("care_order.made", "legal_statuses", "started_on", where=(having("legal_status", "C2"),)),
    EventSource("care_order.ended", "legal_statuses", "ended_on", where=(having("legal_status", "C2"),)),
    EventSource("accommodation.started", "legal_statuses", "started_on", where=(having("legal_status", "V2"),)),
    EventSource("accommodation.ended", "legal_statuses", "ended_on", where=(having("legal_status", "V2"),)),
    EventSource("deprivation_of_liberty_order.made", "deprivation_of_liberty_orders", "started_on"),
    EventSource("deprivation_of_liberty_order.ended", "deprivation_of_liberty_orders", "ended_on"),
)
