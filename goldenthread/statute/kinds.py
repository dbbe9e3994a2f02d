"""The one declared vocabulary of event kinds: where the law and a child's journey meet.

A kind is named `subject.past_participle`. Rules of the statute book name kinds as triggers, satisfactions and endings;
the journey makes events of these kinds from the dataset's rows. A kind that no table can yet provide marks every rule
that needs it as unanswerable, which is listed, never silent. Longer than most files because it is a list: one kind a
line, by stage.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

About = Literal["child", "carer", "adopter", "worker", "authority"]


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of dated thing. `about` says whose record it belongs to."""

    name: str
    description: str
    stage: str
    about: About = "child"


def _kinds(stage: str, sentences: dict[str, str], about: About = "child") -> Iterator[EventKind]:
    return (EventKind(name, sentence, stage, about) for name, sentence in sentences.items())


_PERSON = {
    "child.born": "The child was born.",
    "child.turned_5": "The child's fifth birthday.",
    "child.turned_16": "The child's sixteenth birthday.",
    "child.turned_18": "The young person's eighteenth birthday.",
    "child.turned_21": "The young person's twenty-first birthday.",
    "child.turned_25": "The young person's twenty-fifth birthday.",
    "child.died": "The child died.",
    "child.seen": "A social worker saw the child, for whatever purpose.",
    "child.moved": "The child's address changed.",
    "disability.recorded": "A disability of the child was recorded.",
    "disability_register.entered": "The child was entered on the register of disabled children.",
}
_FRONT_DOOR = {
    "contact.received": "Someone got in touch about the child.",
    "contact.decided": "A manager recorded what response the contact needs.",
    "referral.received": "A request for children's social care to act was received.",
    "referral.acknowledged": "The referrer was told the referral had arrived.",
    "referral.decided": "A social worker recorded the next step and its reason.",
    "referral.accepted": "The referral was accepted for assessment.",
    "referral.received_for_assessment": "A referral that was later accepted for assessment was received.",
    "referral.closed": "The referral ended with no further action or was closed.",
    "case.allocated": "A named worker took the case.",
    "case.deallocated": "A named worker gave up the case.",
    "case.transfer_agreed": "Two teams agreed that the case should move.",
    "case.transfer_accepted": "The receiving team took the case with its transfer record.",
    "case.transferred_out": "Another authority took over responsibility for the child.",
    "case.closed": "The child's case with children's social care was closed.",
}
_EARLY_HELP = {
    "early_help.started": "An episode of early help opened.",
    "early_help.ended": "An episode of early help closed.",
    "early_help_assessment.started": "A family early help assessment was begun.",
    "early_help_assessment.completed": "A family early help assessment was completed.",
    "early_help_plan.agreed": "The family and the team agreed an early help plan.",
    "early_help_plan.reviewed": "The team around the family reviewed the plan.",
}
_ASSESSMENT = {
    "assessment.started": "A single assessment under section 17 was started.",
    "assessment.reviewed": "A manager looked at an assessment's progress.",
    "assessment.reviewed_again": "A manager looked at an assessment's progress a second time.",
    "assessment.extended": "Reasons for taking longer were recorded after talking with the family.",
    "assessment.authorised": "A manager authorised a completed assessment.",
    "assessment.shared": "The finished assessment was given to the family and agencies.",
    "assessment.cancelled": "An assessment was stopped as recorded in error or no longer wanted.",
    "initial_assessment.started": "An initial assessment was started (before April 2013).",
    "initial_assessment.completed": "An initial assessment was completed (before April 2013).",
    "core_assessment.started": "A core assessment was started (before April 2013).",
    "core_assessment.completed": "A core assessment was completed (before April 2013).",
    "chronology.updated": "The child's chronology was brought up to date.",
}
_STRATEGY = {
    "harm.suspected": "Reasonable cause to suspect significant harm was recorded.",
    "strategy_discussion.held": "Social care, police, health and others held a strategy discussion.",
    "section_47_enquiry.started": "A strategy discussion decided that enquiries under section 47 begin.",
    "section_47_enquiry.completed": "Enquiries under section 47 were completed.",
    "section_47_enquiry.ended_without_conference": "Enquiries ended and no conference was needed.",
}
_CHILD_PROTECTION = {
    "conference.scheduled": "The day of a child protection conference was fixed.",
    "conference_report.shared": "The social worker's conference report was given to the family.",
    "initial_conference.held": "An initial child protection conference was held.",
    "pre_birth_conference.held": "An initial conference was held on an unborn child.",
    "transfer_in.notified": "Word came that a child on another authority's plan has moved in.",
    "transfer_in_conference.held": "A conference was held on a child who moved in with a plan.",
    "review_conference.held": "A review child protection conference was held.",
    "child_protection_plan.started": "A child protection plan began.",
    "child_protection_plan.category_changed": "The category of abuse on an open plan changed.",
    "child_protection_plan.ended": "A child protection plan ended.",
    "core_group.held": "A core group met.",
    "child_protection_visit.made": "The lead social worker visited a child on a plan and saw the child.",
}
_CHILD_IN_NEED = {
    "child_in_need_plan.started": "A child in need plan began.",
    "child_in_need_plan.ended": "A child in need plan ended.",
    "child_in_need_meeting.held": "A child in need meeting was held.",
    "child_in_need_review.held": "A child in need plan was reviewed.",
    "child_in_need_visit.made": "A worker visited a child with a child in need plan.",
}
_PRIVATE_FOSTERING = {
    "private_fostering.proposed": "Someone told the authority that they propose to foster the child privately.",
    "private_fostering.expected": "The day came on which the child was to go to a private foster carer.",
    "private_fostering.notified": "The authority was notified of a private fostering arrangement.",
    "private_fostering.known": "The authority became aware of the arrangement, when by law it begins.",
    "private_fostering.changed": "The circumstances of a private arrangement changed.",
    "private_fostering.change_notified": "The carer told the authority of a change or an end.",
    "private_fostering.ended": "A private fostering arrangement ended.",
    "private_fostering.stopped": "A private fostering arrangement ended, as the carer told the authority.",
    "private_fostering_visit.requested": "The child, carer or a parent asked for a visit.",
    "private_fostering_visit.made": "An officer visited a privately fostered child.",
}
_EMERGENCY = {
    "police_protection.started": "Police took the child into police protection.",
    "police_protection.ended": "Police protection ended.",
    "emergency_protection_order.made": "A court made an emergency protection order.",
    "emergency_protection_order.extended": "A court extended an emergency protection order.",
    "emergency_protection_order.extension_began": "The days of the extension of an emergency protection order began.",
    "emergency_protection_order.discharge_heard": "A court heard an application to discharge the order.",
    "emergency_protection_order.ended": "An emergency protection order ended.",
    "child_assessment_order.started": "The day named in a child assessment order arrived.",
    "child_assessment_order.completed": "The assessment under a child assessment order was completed.",
    "child_assessment_order.ended": "A child assessment order was discharged.",
}
_PRE_PROCEEDINGS = {
    "legal_gateway.considered": "A legal gateway meeting considered the child.",
    "pre_proceedings.decided": "A legal gateway meeting decided to begin pre-proceedings.",
    "pre_proceedings.started": "Pre-proceedings began.",
    "pre_proceedings.ended": "Pre-proceedings ended, by stepping down or issuing.",
    "letter_before_proceedings.sent": "The letter before proceedings went to the parents.",
    "pre_proceedings_meeting.held": "The meeting with parents and their lawyers was held.",
    "care_application.intended": "The authority decided to apply for a care or supervision order.",
    "family_group_decision_making.offered": "A family group decision-making meeting was offered.",
    "family_group_decision_making.declined": "The family declined the meeting offered.",
    "family_group_decision_making.held": "A family group decision-making meeting was held.",
}
_COURT = {
    "proceedings.issued": "The court issued care or supervision proceedings.",
    "proceedings.documents_filed": "The authority filed and served its documents.",
    "case_management_hearing.held": "The case management hearing took place.",
    "proceedings.heard": "Any other hearing in the proceedings took place.",
    "proceedings.extended": "The court allowed more time.",
    "proceedings.extension_ended": "A period of extra time allowed by the court ran out or was ended.",
    "proceedings.concluded": "The proceedings were disposed of.",
    "proceedings.withdrawn": "The application was withdrawn.",
    "section_37_report.directed": "A court directed an investigation under section 37.",
    "section_37_report.filed": "The section 37 report reached the court.",
    "interim_care_order.made": "A court made an interim care order.",
    "care_order.made": "A court made a care order.",
    "care_order.ended": "A care order was discharged or ended.",
    "supervision_order.made": "A court made a supervision order.",
    "supervision_order.extended": "A court extended a supervision order.",
    "supervision_order.ended": "A supervision order ended.",
    "deprivation_of_liberty_order.made": "The High Court authorised depriving the child of liberty.",
    "deprivation_of_liberty_order.ended": "Authority to deprive the child of liberty ended.",
    "legal_status.started": "A legal status of a looked after child began.",
    "legal_status.ended": "A legal status of a looked after child ended.",
}
_LOOKED_AFTER = {
    "accommodation.started": "The authority began to accommodate the child under section 20.",
    "accommodation.ended": "Accommodation under section 20 ended.",
    "care_period.started": "The child became looked after.",
    "care_period.ended": "The child stopped being looked after.",
    "care_plan.prepared": "A care plan was prepared.",
    "care_plan.change_proposed": "A significant change to the care plan was proposed.",
    "reviewing_officer.appointed": "An independent reviewing officer was appointed and named.",
    "reviewing_officer.consulted": "The social worker and the reviewing officer consulted before a review.",
    "reviewing_officer.dispute_raised": "The reviewing officer raised a formal dispute.",
    "reviewing_officer.dispute_resolved": "A formal dispute was resolved.",
}
_PLACEMENT = {
    "placement.started": "A placement began.",
    "placement.ended": "A placement ended.",
    "placement.notified": "Those entitled were told of the placement in writing.",
    "placement_plan.agreed": "The placement plan was prepared, agreed and signed.",
    "delegated_authority.recorded": "Who may decide what for the child was recorded in the placement plan.",
    "out_of_area_placement.proposed": "Placing the child outside the area was proposed.",
    "out_of_area_placement.approved": "An officer of the needed rank approved placing outside the area.",
    "key_stage_4_move.proposed": "A move that would disrupt key stage 4 was proposed.",
    "key_stage_4_move.approved": "A nominated officer approved a move in key stage 4.",
    "parent_placement_assessment.completed": "The assessment of a placement with parents was completed.",
    "approval_terms.met": "The foster carer's terms of approval came to cover the placement.",
}
_LOOKED_AFTER_VISITS = {
    "looked_after_visit.requested": "A visit was asked for, or the regulator gave cause for one.",
    "looked_after_visit.made": "The authority's representative visited a looked after child.",
}
_LOOKED_AFTER_REVIEW = {
    "looked_after_review.scheduled": "The day of a looked after review was fixed.",
    "looked_after_review.requested": "A review earlier than planned was asked for or became necessary.",
    "looked_after_review.reports_shared": "Plans and reports reached the reviewing officer before a review.",
    "looked_after_review.held": "A looked after review was held, whichever it was.",
    "looked_after_review.first_held": "The first looked after review of the care period was held.",
    "looked_after_review.second_held": "The second looked after review of the care period was held.",
    "looked_after_review.decisions_circulated": "A review's decisions were sent round.",
    "permanence_plan.recorded": "The care plan came to hold a plan for permanence.",
}
_HEALTH = {
    "health_notification.sent": "Health commissioners were told and given consent.",
    "initial_health_assessment.completed": "A medical practitioner assessed the child's health on entering care.",
    "initial_health_assessment.reported": "The written report of the initial health assessment arrived.",
    "review_health_assessment.completed": "A review health assessment was completed.",
    "dental_check.completed": "The child's teeth were checked.",
    "immunisations.confirmed": "The child's immunisations were confirmed up to date.",
    "sdq.completed": "A strengths and difficulties questionnaire was completed.",
    "substance_misuse.identified": "A substance misuse problem was identified.",
    "substance_misuse.help_received": "Help with substance misuse was received.",
    "conviction.recorded": "A conviction or final warning was recorded.",
    "reporting_year.ended": "31 March arrived: the end of the returns' year.",
}
_EDUCATION = {
    "personal_education_plan.started": "A personal education plan was begun.",
    "personal_education_plan.completed": "A personal education plan was completed.",
    "personal_education_plan.reviewed": "A personal education plan was reviewed.",
    "school_term.started": "A term of the child's own school began.",
    "school_place.lost": "The child was left without a school place.",
    "school_place.secured": "A full-time school place was secured.",
}
_FOSTER = {
    "foster_carer.approved": "A foster carer was approved.",
    "foster_carer.reviewed": "A foster carer's approval was reviewed.",
    "foster_carer.approval_ended": "A foster carer's approval ended.",
    "foster_carer.refused": "An applicant to foster was refused or withdrew.",
    "carer_record.destroyed": "A carer's case record was destroyed.",
}
_CONNECTED = {
    "temporary_approval.started": "A connected person was approved for a time and the child placed.",
    "temporary_approval.extended": "A temporary approval was extended.",
    "temporary_approval.ended": "A temporary approval ended.",
    "connected_person_assessment.completed": "The full assessment of a connected person was completed.",
}
_SHORT_BREAKS = {
    "short_break.started": "A short break began.",
    "short_break.ended": "A short break ended.",
    "short_break_arrangement.started": "A series of short breaks was first arranged and begun.",
    "short_break_arrangement.ended": "A series of short breaks ended.",
    "short_break_visit.made": "The child was visited on a day of a short break.",
    "short_break_review.held": "A short break case was reviewed.",
}
_SECURE = {
    "secure_placement.proposed": "Placing a child under 13 in secure accommodation was proposed.",
    "secure_placement.approved": "The Secretary of State approved placing a child under 13.",
    "secure_placement.started": "The child was placed in secure accommodation.",
    "secure_placement.ended": "The child left secure accommodation.",
    "secure_order.made": "A court authorised secure accommodation.",
    "secure_order.ended": "A secure accommodation order ended.",
    "secure_review.held": "Appointed persons reviewed a secure placement.",
}
_REMAND = {
    "remand.started": "The child was remanded to local authority accommodation.",
    "youth_detention.started": "The child was remanded to youth detention accommodation.",
    "remand.ended": "A remand ended.",
    "detention_placement_plan.prepared": "A detention placement plan was prepared.",
}
_MISSING = {
    "missing.started": "The child went missing or away from placement without authority.",
    "missing.ended": "The child was found or came back.",
    "return_interview.offered": "An independent return interview was offered.",
    "return_interview.declined": "The child declined a return interview and the reason was recorded.",
    "return_interview.held": "An independent return interview was held.",
}
_UASC = {
    "transfer_scheme.referred": "The child was referred to the National Transfer Scheme.",
    "transfer_scheme.transferred": "The receiving authority took the child.",
    "transfer_scheme.withdrawn": "A referral to the National Transfer Scheme was withdrawn.",
}
_ADOPTION = {
    "permanence_meeting.held": "A permanence planning meeting considered the child.",
    "adoption_plan.endorsed": "A review endorsed adoption as the plan.",
    "adoption_plan.ended": "Adoption stopped being the plan.",
    "adoption_case.presented": "The case went to the agency decision maker or panel.",
    "adoption_panel.recommended": "The agency decision maker received a panel's recommendation.",
    "adoption_decision.made": "The agency decision maker decided that the child should be placed for adoption.",
    "placement_order.made": "A court made a placement order.",
    "authority_to_place.started": "The authority first held the right to place the child for adoption.",
    "authority_to_place.ended": "The right to place the child for adoption ended.",
    "adoption_match.decided": "The decision maker decided the match between child and adopters.",
    "adoption_placement.started": "The child was placed with adopters.",
    "adoption_placement.ended": "A placement for adoption broke down or ended.",
    "adoption_review.held": "The case of a child with adoption as the plan was reviewed, whichever review it was.",
    "adoption_review.first_held_after_placing": "The first review after placing for adoption was held.",
    "adoption_review.second_held_after_placing": "The second review after placing for adoption was held.",
    "adoption_visit.made": "The child and adopters were visited.",
    "adoption_order.made": "A court made an adoption order.",
    "special_guardianship_order.made": "A court made a special guardianship order.",
    "special_guardianship.intended": "Someone set out to apply for special guardianship.",
    "special_guardianship.notice_given": "Written notice of an application reached the authority.",
    "special_guardianship_support.planned": "A special guardianship support plan was made.",
    "special_guardianship_support.reviewed": "Special guardianship support was reviewed.",
    "special_guardianship_support.ended": "Special guardianship support ended.",
}
_ADOPTER = {
    "adopter.enquired": "Someone asked about adopting.",
    "adopter.registered": "A registration of interest was accepted and stage one began.",
    "adopter.stage_one_decided": "The agency decided on stage one.",
    "adopter.stage_two_started": "The applicant gave notice of wishing to go on to stage two.",
    "adopter.suitability_decided": "The agency decided whether the applicant is suitable.",
    "adopter.approved": "The adopter was approved.",
    "adopter.reviewed": "An approved adopter with no child yet was reviewed.",
    "adopter.matched": "The adopter was matched with a child.",
    "adopter.child_placed": "A child was placed with the adopter.",
    "adopter.left": "The applicant or adopter withdrew, or approval ended.",
}
_LEAVING_CARE = {
    "care_leaver.became_eligible": "The young person became an eligible child.",
    "care_leaver.became_relevant": "The young person became a relevant child.",
    "care_leaver.became_former_relevant": "The young person became a former relevant child.",
    "care_leaver.support_ended": "Leaving care support ended.",
    "pathway_assessment.completed": "The assessment of needs for leaving care was completed.",
    "pathway_plan.started": "A pathway plan was made.",
    "pathway_plan.reviewed": "A pathway plan was reviewed.",
    "personal_adviser.requested": "A care leaver asked for a personal adviser's help.",
    "personal_adviser.appointed": "A personal adviser was appointed.",
    "personal_adviser_visit.made": "The personal adviser visited.",
    "personal_adviser_visit.second_made": "The personal adviser visited for the second time after a move.",
    "care_leaver.contacted": "The authority was in touch with the care leaver.",
    "care_leaver.moved": "A care leaver moved to new accommodation.",
    "care_leaver.moved_to_other_arrangements": "A care leaver moved to accommodation that is not regulated.",
}
_LADO = {
    "allegation.known": "An employer learned of an allegation against someone working with children.",
    "allegation.referred": "The allegation was referred to the designated officer.",
    "allegation.resolved": "The allegation was resolved.",
}
_INCIDENT = {
    "serious_incident.occurred": "A serious incident happened.",
    "serious_incident.known": "The authority became aware of a serious incident.",
    "serious_incident.notified": "The national panel was notified.",
    "rapid_review.submitted": "The rapid review went to the national panel.",
    "local_safeguarding_review.started": "A local child safeguarding practice review was begun.",
    "local_safeguarding_review.published": "A local child safeguarding practice review was published.",
    "looked_after_death.notified": "The Secretary of State and Ofsted were told of a looked after child's death.",
    "child_death.notified": "The child death overview panel was told.",
    "child_death.reviewed": "The death was reviewed at panel.",
}
_COMPLAINTS = {
    "complaint.matter_arose": "The thing complained of happened.",
    "complaint.received": "A complaint was received.",
    "complaint.resolved": "A complaint was resolved locally.",
    "complaint.withdrawn": "A complaint was withdrawn.",
    "complaint_stage_two.requested": "A request for stage two was recorded.",
    "complaint_stage_two.extended": "More time for stage two was agreed.",
    "complaint_stage_two.responded": "The stage two response was sent.",
    "complaint_panel.requested": "A review panel was asked for.",
    "complaint_panel.held": "The review panel met.",
    "complaint_panel.reported": "The review panel's report was sent.",
    "complaint_panel.answered": "The authority answered the panel's recommendations.",
    "representation.made": "A child made representations, a complaint among them.",
}
_RECORDS = {
    "subject_access_request.received": "Someone asked for the personal data held on them.",
    "subject_access_request.extended": "More time was taken and the requester told.",
    "subject_access_request.answered": "The data were given or the request answered.",
    "subject_access_request.withdrawn": "The request was withdrawn.",
    "case_record.destroyed": "A child's case record was destroyed.",
}
_SEND = {
    "ehc_assessment.requested": "An education, health and care needs assessment was requested.",
    "ehc_assessment.decided": "Whether to assess was decided and notified.",
    "ehc_assessment.refused": "The authority refused to assess, or to issue a plan.",
    "ehc_advice.requested": "Advice for an assessment was asked for.",
    "ehc_advice.given": "Advice for an assessment was given.",
    "ehc_plan.drafted": "A draft plan was sent to the family.",
    "ehc_plan.draft_answered": "The family answered on the draft plan.",
    "ehc_plan.issued": "The final plan was issued.",
}
_WORKFORCE = {
    "worker.started": "A worker started.",
    "worker.left": "A worker left.",
    "worker_absence.started": "A worker's absence began.",
    "worker_absence.ended": "A worker's absence ended.",
    "dbs_check.completed": "A worker's criminal record check was completed.",
    "assessed_year.started": "A newly qualified social worker began the assessed and supported year.",
    "assessed_year.completed": "The assessed and supported year was completed.",
}
_OVERSIGHT = {
    "supervision.held": "The case was discussed in supervision and direction recorded.",
    "case_file.audited": "The child's file was audited.",
    "advocate.offered": "An advocate was offered.",
    "independent_visitor.considered": "It was found that an independent visitor would serve the child's interests.",
    "independent_visitor.appointed": "An independent visitor was appointed.",
}
_AUTHORITY = {
    "cycle.started": "The authority began to run a meeting or report on a calendar.",
    "legal_gateway_meeting.held": "A legal gateway meeting with its tracker took place.",
    "permanence_tracker.held": "A permanence planning meeting with its tracker took place.",
    "dbs_status.audited": "The check status of all staff was audited.",
    "audit_round.completed": "A round of case file audits was completed.",
    "annex_a.produced": "The Annex A child level lists were run.",
    "director_report.sent": "The weekly report went to the director and assistant director.",
    "reviewing_officer_report.sent": "The weekly reviewing officers' report was sent.",
    "performance_meeting.held": "Managers met on performance.",
    "timeliness_report.produced": "The daily timeliness report was produced.",
    "staff_engagement.held": "A staff engagement event was held.",
    "safeguarding_update.presented": "The safeguarding update went to committee.",
    "children_survey.held": "Children in care were surveyed.",
    "section_11_audit.completed": "Partners' safeguarding practice was audited under section 11.",
    "finance_report.presented": "Finance and performance were reported to committee.",
    "adoption_panel_feedback.given": "The adoption panel gave feedback on the quality of reports.",
}

_ALL = (
    *_kinds("person", _PERSON),
    *_kinds("front_door", _FRONT_DOOR),
    *_kinds("early_help", _EARLY_HELP),
    *_kinds("assessment", _ASSESSMENT),
    *_kinds("strategy_s47", _STRATEGY),
    *_kinds("child_protection", _CHILD_PROTECTION),
    *_kinds("child_in_need", _CHILD_IN_NEED),
    *_kinds("private_fostering", _PRIVATE_FOSTERING),
    *_kinds("emergency_protection", _EMERGENCY),
    *_kinds("pre_proceedings", _PRE_PROCEEDINGS),
    *_kinds("court", _COURT),
    *_kinds("looked_after_plan", _LOOKED_AFTER),
    *_kinds("placement", _PLACEMENT),
    *_kinds("looked_after_visits", _LOOKED_AFTER_VISITS),
    *_kinds("looked_after_review", _LOOKED_AFTER_REVIEW),
    *_kinds("looked_after_health", _HEALTH),
    *_kinds("looked_after_education", _EDUCATION),
    *_kinds("foster_carer", _FOSTER, "carer"),
    *_kinds("connected_persons", _CONNECTED),
    *_kinds("short_breaks", _SHORT_BREAKS),
    *_kinds("secure", _SECURE),
    *_kinds("remand", _REMAND),
    *_kinds("missing", _MISSING),
    *_kinds("uasc", _UASC),
    *_kinds("adoption_child", _ADOPTION),
    *_kinds("adopter", _ADOPTER, "adopter"),
    *_kinds("leaving_care", _LEAVING_CARE),
    *_kinds("lado", _LADO),
    *_kinds("serious_incident", _INCIDENT),
    *_kinds("complaints", _COMPLAINTS),
    *_kinds("records", _RECORDS),
    *_kinds("send", _SEND),
    *_kinds("workforce", _WORKFORCE, "worker"),
    *_kinds("quality_assurance", _OVERSIGHT),
    *_kinds("quality_assurance", _AUTHORITY, "authority"),
)

KINDS: dict[str, EventKind] = {kind.name: kind for kind in _ALL}
"""Every event kind by name."""
