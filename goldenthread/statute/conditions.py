"""The declared vocabulary of `applies_when`: what may be asked about a child before a rule applies.

A rule lists sets of conditions. It applies when any one set holds all through, and always if it lists none.
Each condition is asked of the day the clock starts (the trigger day). Where the record holds no answer,
`if_unrecorded` says whether that is a plain no or unknown; a rule whose set meets an unknown does not fire,
and the engine says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Answer = Literal["years", "months", "weeks", "yes_no", "one_of", "codes"]
Unrecorded = Literal["unknown", "no"]


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """One question. `answer` says what values a rule may ask for; `choices` lists them for `one_of`."""

    name: str
    answer: Answer
    description: str
    choices: tuple[str, ...] = ()
    if_unrecorded: Unrecorded = "unknown"


def _yes_no(name: str, description: str, if_unrecorded: Unrecorded = "no") -> ConditionKind:
    return ConditionKind(name, "yes_no", description, if_unrecorded=if_unrecorded)


_FIRST_OR_LATER = ("first", "later")
_REGULATIONS = ("regulation_19", "regulation_23", "regulation_24")

_KINDS = (
    # The child
    ConditionKind("age_under", "years", "Completed years of age are fewer than this."),
    ConditionKind("age_from", "years", "Completed years of age are this or more."),
    _yes_no("unborn", "A birth is expected, and the child was not born by then."),
    _yes_no("unborn_plan", "The open child protection plan was made before the child was born.", "unknown"),
    _yes_no("in_interim_hotel", "The child is in a hotel run for new arrivals and in no authority's care.", "unknown"),
    # Looked after
    _yes_no("looked_after", "A care period is open."),
    ConditionKind("looked_after_months_from", "months", "The open care period has lasted this many months or more."),
    _yes_no("short_breaks_only", "The open care period is a series of short breaks (legal status V3 or V4)."),
    _yes_no("ever_looked_after", "A care period other than of short breaks was ever recorded."),
    _yes_no("ever_on_child_protection_plan", "A child protection plan was ever recorded."),
    ConditionKind("legal_status_in", "codes", "The open legal status is one of these SSDA903 codes."),
    ConditionKind("legal_status_not_in", "codes", "The open legal status is none of these SSDA903 codes."),
    _yes_no("first_review_held", "A looked after review was held in the open care period, on the day or before."),
    _yes_no("in_care_proceedings", "Care proceedings about the child are open."),
    # Placement
    ConditionKind("placement_year", "one_of", "The open placement is in its first year, or later.", _FIRST_OR_LATER),
    ConditionKind("placement_type_in", "codes", "The open placement's SSDA903 type is one of these codes."),
    ConditionKind("placement_type_not_in", "codes", "The open placement's SSDA903 type is none of these codes."),
    ConditionKind(
        "placement_made_under", "one_of", "The regulation of SI 2010/959 the placement was made under.", _REGULATIONS
    ),
    _yes_no("placement_emergency", "The placement was made in an emergency.", "unknown"),
    _yes_no(
        "placement_until_18",
        "The placement is meant to last until 18: as recorded, otherwise yes for SSDA903 types U1 and U4 (long term "
        "fostering) and no for every other type.",
        "unknown",
    ),
    _yes_no("long_term_foster_agreed", "The child's agreement to fewer visits in long term fostering is recorded."),
    _yes_no("care_plan_before_placement", "A care plan was ready when the first placement began."),
    _yes_no("placed_for_adoption", "The child lives with adopters under a placement for adoption."),
    # Emergency protection
    _yes_no(
        "emergency_order_for_police",
        "The police applied for the emergency protection order, or the record does not say who did.",
    ),
    # Arrangements outside care
    ConditionKind(
        "arrangement_year",
        "one_of",
        "The private fostering arrangement, reckoned from awareness, is in its first year, or later.",
        _FIRST_OR_LATER,
    ),
    ConditionKind(
        "fostering_proposed_weeks_before",
        "weeks",
        "It was agreed this many weeks or more before the day that the child was to come to a private foster carer. "
        "Whoever told the authority so long before had agreed it by then.",
    ),
    _yes_no("short_break_under_section_17", "The short break is given under section 17(6).", "unknown"),
)

CONDITIONS: dict[str, ConditionKind] = {kind.name: kind for kind in _KINDS}
"""Every condition a rule may name."""


def value_fault(name: str, value: object) -> str | None:
    """What is wrong with a condition as written, as a sentence; None if nothing is."""
    kind = CONDITIONS.get(name)
    if kind is None:
        return f"unknown condition {name!r}; the known ones are {', '.join(CONDITIONS)}"
    match kind.answer:
        case "years" | "months" | "weeks":
            good, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
        case "yes_no":
            good, wanted = isinstance(value, bool), "true or false"
        case "one_of":
            good, wanted = value in kind.choices, " or ".join(kind.choices)
        case "codes":
            good = isinstance(value, list) and bool(value) and all(isinstance(code, str) for code in value)
            wanted = "a list of codes"
    return None if good else f"condition {name} wants {wanted}, not {value!r}"
