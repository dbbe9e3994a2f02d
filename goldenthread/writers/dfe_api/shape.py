"""The payload of one child, declared once: its objects, their items, and the column of the record each is read from.

The numbers are those the DfE's specification of the pilot gives its items (2 to 55); the names are the payload's own.
Every object carries `purge`, which is false here: `places` says how an object is taken back. An item the record does
not hold is sent as null and not left out, so that a value taken out of the record is taken out at the DfE as well.
"""

from __future__ import annotations

from dataclasses import dataclass

CHILD_ID, EPISODE_ID = "la_child_id", "social_care_episode_id"
EPISODES, DETAILS, HEALTH = "social_care_episodes", "child_details", "health_and_wellbeing"
ADOPTION, CARE_LEAVERS, WORKERS = "adoption", "care_leavers", "care_worker_details"
PURGE = "purge"

MOST_IN_BATCH = 100
"""Children in one request."""
LONGEST_IDENTIFIER, LONGEST_WORKER = 36, 12
FITTING = r"^[A-Za-z0-9_-]+$"
FIREWALLED = "0x"
"""The service's firewall turns away an identifier that holds this, whatever its case."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number, its name in the payload, and the column it is read from."""

    number: int
    name: str
    column: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of an episode whose objects have identifiers. `items` begins with the identifier.

    `start` and `end` are the columns of `table` that say when the thing ran, to ask whether it overlaps the window.
    """

    name: str
    table: str
    items: tuple[Item, ...]
    start: str
    end: str

    @property
    def identifier(self) -> Item:
        return self.items[0]


CHILD_DETAILS = (
    Item(3, "unique_pupil_number", "upn"),
    Item(4, "former_unique_pupil_number", "former_upn"),
    Item(5, "unique_pupil_number_unknown_reason", "upn_unknown_reason"),
    Item(6, "first_name", "forename"),
    Item(7, "surname", "surname"),
    Item(8, "date_of_birth", "born_on"),
    Item(9, "expected_date_of_birth", "expected_on"),
    Item(10, "sex", "sex"),
    Item(11, "ethnicity", "ethnicity"),
    Item(12, "disabilities", "disabilities"),
    Item(13, "postcode", "postcode"),
    Item(14, "uasc_flag", "unaccompanied"),
    Item(15, "uasc_end_date", "unaccompanied_until"),
)
SDQ = (Item(45, "date", "completed_on"), Item(46, "score", "score"))
EPISODE = (
    Item(16, EPISODE_ID, "referral_id"),
    Item(17, "referral_date", "received_on"),
    Item(18, "referral_source", "source"),
    Item(19, "closure_date", "closed_on"),
    Item(20, "closure_reason", "closure_reason"),
    Item(21, "referral_no_further_action_flag", "no_further_action"),
)
ASSESSMENTS = Listed(
    "child_and_family_assessments",
    "assessments",
    (
        Item(22, "child_and_family_assessment_id", "assessment_id"),
        Item(23, "start_date", "started_on"),
        Item(24, "authorisation_date", "authorised_on"),
        Item(25, "factors", "factors"),
    ),
    start="started_on",
    end="authorised_on",
)
CIN_PLANS = Listed(
    "child_in_need_plans",
    "cin_plans",
    (
        Item(26, "child_in_need_plan_id", "cin_plan_id"),
        Item(27, "start_date", "started_on"),
        Item(28, "end_date", "ended_on"),
    ),
    start="started_on",
    end="ended_on",
)
SECTION_47 = Listed(
    "section_47_assessments",
    "section_47_enquiries",
    (
        Item(29, "section_47_assessment_id", "section_47_id"),
        Item(30, "start_date", "started_on"),
        Item(31, "icpc_required_flag", "conference_required"),
        Item(32, "icpc_date", "conference_on"),
        Item(33, "end_date", "ended_on"),
    ),
    start="started_on",
    end="ended_on",
)
CP_PLANS = Listed(
    "child_protection_plans",
    "cp_plans",
    (
        Item(34, "child_protection_plan_id", "cp_plan_id"),
        Item(35, "start_date", "started_on"),
        Item(36, "end_date", "ended_on"),
    ),
    start="started_on",
    end="ended_on",
)
PLACEMENTS = Listed(
    "child_looked_after_placements",
    "placements",
    (
        Item(37, "child_looked_after_placement_id", "placement_id"),
        Item(38, "start_date", "started_on"),
        Item(39, "start_reason", "start_reason"),
        Item(40, "postcode", "postcode"),
        Item(41, "placement_type", "placement_type"),
        Item(42, "end_date", "ended_on"),
        Item(43, "end_reason", "end_reason"),
        Item(44, "change_reason", "change_reason"),
    ),
    start="started_on",
    end="ended_on",
)
LISTS = (ASSESSMENTS, CIN_PLANS, SECTION_47, CP_PLANS, PLACEMENTS)
ADOPTION_ITEMS = (
    Item(47, "initial_decision_date", "decided_on"),
    Item(48, "matched_date", "matched_on"),
    Item(49, "placed_date", "placed_on"),
)
CARE_LEAVER_ITEMS = (
    Item(50, "contact_date", "contacted_on"),
    Item(51, "activity", "activity"),
    Item(52, "accommodation", "accommodation"),
)
ACTIVITIES = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6")
"""The codes item 51 takes: those of the SSDA903 without F3 and P3, which it has retired."""
WORKER_ITEMS = (
    Item(53, "worker_id", "registration"),
    Item(54, "start_date", "started_on"),
    Item(55, "end_date", "ended_on"),
)
