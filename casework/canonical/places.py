"""Where each column of the canonical tables goes when a former system's record is brought over: the views, backwards.

An insert names its model and an SQL expression for each column; `b` is the canonical table as it was brought. Columns
of the model that are not named here get the model's own defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Insert:
    """Rows of one model made from one canonical table. `joins` follow `FROM brought.<table> b`."""

    table: str
    model: str
    columns: Mapping[str, str]
    joins: str = ""
    counted: bool = True
    text: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    same: tuple[str, ...] = field(default=())

    def expressions(self) -> dict[str, str]:
        """Model column to SQL: `text` with an empty text for nothing, `moments` as England's clock time, `same`."""
        return {
            **{name: f"coalesce(b.{name}, '')" for name in self.text},
            **{name: f"b.{name} AT TIME ZONE 'Europe/London'" for name in self.moments},
            **{name: f"b.{name}" for name in self.same},
            **self.columns,
        }


def _person(column: str = "child_id", name: str = "p") -> str:
    return f" JOIN people_person {name} ON {name}.reference = b.{column}"


def _worker(column: str, name: str) -> str:
    return f" LEFT JOIN accounts_worker {name} ON {name}.reference = b.{column}"


BY = _worker("recorded_by", "by")
REFERRAL = " LEFT JOIN front_door_referral r ON r.reference = b.referral_id"
TEAM = " LEFT JOIN accounts_team team ON team.name = b.team"


def _meetings(kind: str, column: str, plans: str, plan: str) -> tuple[Insert, Insert]:
    """The meetings of a kind, each of one child: the meeting, and the child's part, tied to the plan in `column`."""
    table, key = f"{kind}s", f"{kind}_id"
    own = {"reference": f"b.{key}", "recorded_by_id": "by.id"}
    held = {"kind": f"'{kind}'", "held_recorded_at": "b.recorded_at AT TIME ZONE 'Europe/London'"}
    part = {"meeting_id": "m.id", "person_id": "p.id", f"{column}_id": "plan.id", "written": "true"}
    meeting, of_plan = f" JOIN meetings_meeting m ON m.reference = b.{key}", f" LEFT JOIN {plans} plan"
    return (
        Insert(
            table, "meetings.Meeting", own | held, joins=_person() + BY, moments=("recorded_at",), same=("held_on",)
        ),
        Insert(
            table, "meetings.ChildAtMeeting", own | part,
            joins=f"{_person()}{meeting}{of_plan} ON plan.reference = b.{plan}{BY}", counted=False,
            moments=("recorded_at",),
        ),
    )  # fmt: skip


INSERTS = (
    Insert(
        "workers",
        "accounts.Worker",
        {"reference": "b.worker_id", "team_id": "team.id"},
        joins=TEAM,
        text=("name", "role", "registration", "part_of", "service"),
        moments=("recorded_at", "left_recorded_at"),
        same=("agency", "fte", "started_on", "left_on"),
    ),
    Insert(
        "people",
        "people.Person",
        {"reference": "b.person_id", "is_child": "coalesce(b.is_child, false)", "recorded_by_id": "by.id"},
        joins=BY,
        text=(
            *("forename", "surname", "sex", "gender", "ethnicity", "upn", "former_upn", "upn_unknown_reason"),
            *("first_language", "ward"),
        ),
        moments=("recorded_at",),
        same=(
            *("born_on", "birth_date_estimated", "expected_on", "died_on", "disabled", "is_mother", "unaccompanied"),
            "unaccompanied_until",
        ),
    ),
    Insert(
        "identifiers",
        "people.Identifier",
        {"person_id": "p.id", "recorded_by_id": "by.id"},
        joins=_person("person_id") + BY,
        text=("kind", "value"),
        moments=("recorded_at",),
        same=("valid_from", "valid_to"),
    ),
    Insert(
        "relationships",
        "people.Relationship",
        {"person_id": "p.id", "related_id": "other.id", "recorded_by_id": "by.id"},
        joins=_person("person_id") + _person("related_person_id", "other") + BY,
        text=("relationship",),
        moments=("recorded_at",),
        same=("parental_responsibility", "started_on", "ended_on"),
    ),
    Insert(
        "addresses",
        "people.Address",
        {"reference": "b.address_id", "person_id": "p.id", "recorded_by_id": "by.id"},
        joins=_person("person_id") + BY,
        text=("kind", "lines", "postcode", "ward"),
        moments=("recorded_at",),
        same=("started_on", "ended_on"),
    ),
    Insert(
        "disabilities",
        "people.Disability",
        {"person_id": "p.id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        text=("disability",),
        moments=("recorded_at",),
    ),
    Insert(
        "early_help_assessments",
        "early_help.FamilyAssessment",
        {"reference": "b.early_help_id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        text=("organisation", "lead_practitioner", "level_of_need", "outcome"),
        moments=("recorded_at", "completed_recorded_at", "closed_recorded_at"),
        same=("started_on", "completed_on", "closed_on", "consent_given"),
    ),
    Insert(
        "early_help_assessments",
        "early_help.AssessedChild",
        {"reference": "b.early_help_id", "assessment_id": "f.id", "person_id": "p.id"},
        joins=_person() + " JOIN early_help_familyassessment f ON f.reference = b.early_help_id",
        counted=False,
    ),
    Insert(
        "early_help_plans",
        "early_help.FamilyPlan",
        {"reference": "b.early_help_plan_id", "assessment_id": "f.id", "recorded_by_id": "by.id"},
        joins=" JOIN early_help_familyassessment f ON f.reference = b.early_help_id" + BY,
        moments=("recorded_at", "ended_recorded_at"),
        same=("agreed_on", "ended_on"),
    ),
    Insert(
        "early_help_reviews",
        "early_help.FamilyReview",
        {"reference": "b.early_help_review_id", "plan_id": "f.id", "recorded_by_id": "by.id"},
        joins=" JOIN early_help_familyplan f ON f.reference = b.early_help_plan_id" + BY,
        moments=("recorded_at",),
        same=("held_on",),
    ),
    Insert(
        "contacts",
        "front_door.Contact",
        {"reference": "b.contact_id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        text=("source",),
        moments=("recorded_at", "received_at"),
        same=("received_on",),
    ),
    Insert(
        "contacts",
        "front_door.ContactChild",
        {
            "reference": "b.contact_id",
            "contact_id": "m.id",
            "person_id": "p.id",
            "early_help_id": "help.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN front_door_contact m ON m.reference = b.contact_id"
        " LEFT JOIN early_help_assessedchild help ON help.reference = b.early_help_id" + BY,
        counted=False,
        text=("outcome", "level_of_need"),
        moments=("recorded_at", "decided_at", "decided_recorded_at"),
        same=("decided_on",),
    ),
    Insert(
        "referrals",
        "front_door.Referral",
        {
            "reference": "b.referral_id",
            "person_id": "p.id",
            "contact_id": "c.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " LEFT JOIN front_door_contactchild c ON c.reference = b.contact_id"
        f"{TEAM}{_worker('worker_id', 'worker')}{BY}",
        text=("source", "outcome", "primary_need", "closure_reason"),
        moments=("recorded_at", "received_at", "decided_at", "decided_recorded_at", "closed_recorded_at"),
        same=("received_on", "decided_on", "acknowledged_on", "no_further_action", "closed_on"),
    ),
    Insert(
        "assessments",
        "assessment.Assessment",
        {
            "reference": "b.assessment_id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " LEFT JOIN front_door_referral r ON r.reference = b.referral_id"
        f"{TEAM}{_worker('worker_id', 'worker')}{BY}",
        text=("kind", "outcome"),
        moments=("recorded_at", "child_seen_recorded_at", "authorised_recorded_at"),
        same=(
            *(
                "started_on",
                "review_point_on",
                "second_review_point_on",
                "child_first_seen_on",
                "child_seen",
                "authorised_on",
                "shared_on",
            ),
            "support_needed",
        ),
    ),
    Insert(
        "assessment_factors",
        "assessment.Factor",
        {"assessment_id": "a.id", "recorded_by_id": "by.id"},
        joins=" JOIN assessment_assessment a ON a.reference = b.assessment_id" + BY,
        text=("factor",),
        moments=("recorded_at",),
    ),
    Insert(
        "strategy_discussions",
        "child_protection.StrategyDiscussion",
        {"reference": "b.strategy_discussion_id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        moments=("recorded_at", "held_at"),
        same=("needed_on", "held_on", "police_took_part", "health_took_part"),
    ),
    Insert(
        "strategy_discussions",
        "child_protection.DiscussedChild",
        {
            "reference": "b.strategy_discussion_id",
            "discussion_id": "m.id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN child_protection_strategydiscussion m ON m.reference = b.strategy_discussion_id"
        f"{REFERRAL}{BY}",
        counted=False,
        text=("outcome",),
        moments=("recorded_at",),
    ),
    Insert(
        "section_47_enquiries",
        "child_protection.Section47Enquiry",
        {
            "reference": "b.section_47_id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "discussed_id": "d.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " LEFT JOIN child_protection_discussedchild d ON d.reference = b.strategy_discussion_id"
        f"{REFERRAL}{TEAM}{_worker('worker_id', 'worker')}{BY}",
        text=("outcome",),
        moments=("recorded_at", "started_at", "child_first_seen_at", "ended_recorded_at"),
        same=("started_on", "child_first_seen_on", "ended_on", "conference_not_required", "conference_target_on"),
    ),
    Insert(
        "conferences",
        "child_protection.Conference",
        {
            "reference": "b.conference_id",
            "held_recorded_at": "b.recorded_at AT TIME ZONE 'Europe/London'",
            "recorded_by_id": "by.id",
        },
        joins=_person() + BY,
        moments=("recorded_at",),
        same=("held_on", "quorate"),
    ),
    Insert(
        "conferences",
        "child_protection.ChildAtConference",
        {
            "reference": "b.conference_id",
            "conference_id": "m.id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "enquiry_id": "e.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN child_protection_conference m ON m.reference = b.conference_id"
        f" LEFT JOIN child_protection_section47enquiry e ON e.reference = b.section_47_id{REFERRAL}{BY}",
        counted=False,
        text=("kind", "outcome", "participation"),
        moments=("recorded_at",),
        same=("requested_on", "due_on"),
    ),
    Insert(
        "cp_plans",
        "child_protection.ChildProtectionPlan",
        {
            "reference": "b.cp_plan_id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "made_by_id": "c.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " LEFT JOIN child_protection_childatconference c ON c.reference = b.conference_id"
        f"{REFERRAL}{TEAM}{_worker('worker_id', 'worker')}{BY}",
        text=("initial_category", "latest_category"),
        moments=("recorded_at", "ended_recorded_at"),
        same=("started_on", "ended_on", "previous_plans", "temporary_other_authority", "pre_birth"),
    ),
    Insert(
        "cp_plan_categories",
        "child_protection.PlanCategory",
        {"plan_id": "f.id", "recorded_by_id": "by.id"},
        joins=" JOIN child_protection_childprotectionplan f ON f.reference = b.cp_plan_id" + BY,
        text=("category",),
        moments=("recorded_at",),
        same=("started_on",),
    ),
    Insert(
        "cin_plans",
        "child_in_need.ChildInNeedPlan",
        {
            "reference": "b.cin_plan_id",
            "person_id": "p.id",
            "referral_id": "r.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=f"{_person()}{REFERRAL}{TEAM}{_worker('worker_id', 'worker')}{BY}",
        moments=("recorded_at", "ended_recorded_at"),
        same=("started_on", "ended_on"),
    ),
    *_meetings("core_group", "protection_plan", "child_protection_childprotectionplan", "cp_plan_id"),
    *_meetings("cin_review", "need_plan", "child_in_need_childinneedplan", "cin_plan_id"),
    Insert(
        "missing_episodes",
        "missing.Report",
        {"reference": "b.missing_id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        moments=("recorded_at",),
    ),
    Insert(
        "missing_episodes",
        "missing.MissingEpisode",
        {
            "reference": "b.missing_id",
            "report_id": "m.id",
            "person_id": "p.id",
            "care_period": "coalesce(b.care_period_id, '')",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN missing_report m ON m.reference = b.missing_id" + BY,
        counted=False,
        text=("kind",),
        moments=("recorded_at", "started_at", "ended_at", "ended_recorded_at"),
        same=("started_on", "ended_on"),
    ),
    Insert(
        "return_interviews",
        "missing.ReturnInterview",
        {"reference": "b.missing_id", "episode_id": "m.id", "recorded_by_id": "by.id"},
        joins=" JOIN missing_missingepisode m ON m.reference = b.missing_id" + BY,
        moments=("recorded_at", "held_at"),
        same=("offered", "offered_on", "accepted", "declined_on", "held_on"),
    ),
    Insert(
        "police_protections",
        "court.Taking",
        {"reference": "b.police_protection_id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        moments=("recorded_at",),
    ),
    Insert(
        "police_protections",
        "court.PoliceProtection",
        {
            "reference": "b.police_protection_id",
            "taking_id": "m.id",
            "person_id": "p.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN court_taking m ON m.reference = b.police_protection_id" + BY,
        counted=False,
        text=("outcome",),
        moments=("recorded_at", "started_at", "ended_at", "ended_recorded_at"),
        same=("started_on", "ended_on"),
    ),
    Insert(
        "emergency_orders",
        "court.EmergencyOrder",
        {
            "reference": "b.emergency_order_id",
            "person_id": "p.id",
            # The first period ends as the day begins on which the days of the extension do.
            "until_at": "b.extension_begins_on::timestamp AT TIME ZONE 'Europe/London'",
            "recorded_by_id": "by.id",
        },
        joins=_person() + BY,
        text=("kind", "applicant"),
        moments=("recorded_at", "ended_recorded_at"),
        same=("made_on", "begins_on", "extended_on", "ended_on"),
    ),
    Insert(
        "private_fostering",
        "private_fostering.Arrangement",
        {"reference": "b.private_fostering_id", "person_id": "p.id", "recorded_by_id": "by.id"},
        joins=_person() + BY,
        moments=("recorded_at", "ended_recorded_at"),
        same=("notified_on", "started_on", "ended_on"),
    ),
    Insert(
        "private_fostering_notices",
        "private_fostering.CarerNotice",
        {
            "reference": "b.private_fostering_notice_id",
            "arrangement_id": "f.id",
            "told_at": "coalesce(b.told_at, b.told_on::timestamp) AT TIME ZONE 'Europe/London'",
            "happened_at": "coalesce(b.happened_at, b.happened_on::timestamp, b.expected_on::timestamp) "
            "AT TIME ZONE 'Europe/London'",
            "recorded_by_id": "by.id",
        },
        joins=" JOIN private_fostering_arrangement f ON f.reference = b.private_fostering_id" + BY,
        text=("kind",),
        moments=("recorded_at",),
        same=("proposed_on",),
    ),
    Insert(
        "visits",
        "visits.Visit",
        {"reference": "b.visit_id", "worker_id": "worker.id", "recorded_by_id": "by.id"},
        joins=f"{_person()}{_worker('worker_id', 'worker')}{BY}",
        text=("purpose",),
        moments=("recorded_at", "visited_at"),
        same=("visited_on",),
    ),
    Insert(
        "visits",
        "visits.ChildVisited",
        {
            "reference": "b.visit_id",
            "visit_id": "m.id",
            "person_id": "p.id",
            "protection_plan_id": "protection.id",
            "need_plan_id": "need.id",
            "care_period": "coalesce(b.care_period_id, '')",
            "private_fostering_id": "fostering.id",
            "referral_id": "r.id",
            "recorded_by_id": "by.id",
        },
        joins=_person() + " JOIN visits_visit m ON m.reference = b.visit_id"
        " LEFT JOIN child_protection_childprotectionplan protection ON protection.reference = b.cp_plan_id"
        " LEFT JOIN child_in_need_childinneedplan need ON need.reference = b.cin_plan_id"
        " LEFT JOIN private_fostering_arrangement fostering ON fostering.reference = b.private_fostering_id"
        f"{REFERRAL}{BY}",
        counted=False,
        text=("kind",),
        moments=("recorded_at",),
        same=("seen", "seen_alone", "bedroom_seen"),
    ),
    Insert(
        "words",
        "voice.HeardBefore",
        {"reference": "b.words_id", "person_id": "p.id", "heard_by_id": "heard.id", "recorded_by_id": "by.id"},
        joins=f"{_person()}{_worker('heard_by', 'heard')}{BY}",
        text=("occasion", "how"),
        moments=("recorded_at", "answered_recorded_at"),
        same=("said_on", "answered_on"),
    ),
    Insert(
        "allocations",
        "allocation.Allocation",
        {
            "reference": "b.allocation_id",
            "person_id": "p.id",
            "team_id": "team.id",
            "worker_id": "worker.id",
            "recorded_by_id": "by.id",
        },
        joins=f"{_person()}{TEAM}{_worker('worker_id', 'worker')}{BY}",
        text=("service", "change_reason"),
        moments=("recorded_at", "ended_recorded_at"),
        same=("started_on", "ended_on"),
    ),
)
"""In the order that each may name rows of those before it."""
