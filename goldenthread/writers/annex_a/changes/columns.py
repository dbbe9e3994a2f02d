"""Which columns of Annex A change without anyone's doing, and which dates only ever move forward."""

from __future__ import annotations

from goldenthread.dataset.readers.annex_a_lists import AGE
from goldenthread.writers.annex_a.care import ABSENT, ACCEPTED, AGAIN, MISSING, OFFERED
from goldenthread.writers.annex_a.protection import EMERGENCY

ROLLING = (
    "Number of Referrals in Last 12 Months",
    "Number of Section 47 Enquiries in the last 12 months",
    "Number of ICPCs in the last 12 months",
    "Number of Placements in the Last 12 months",
    MISSING,
    ABSENT,
    AGAIN,
    EMERGENCY,
)
"""Counts and answers over the months before the day: they fall as days pass, and rise when something happens."""

ANSWERS = (OFFERED, ACCEPTED)
"""Answers about the last episode of those months: they are empty when there is none any more."""

MOVING = (AGE, *ROLLING, *ANSWERS)

LATEST = (
    "Date Child Was Last Seen",
    "Date of the Last Statutory Visit",
    "Date of latest review conference",
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Latest Pathway Plan Review Date",
    "Latest Date of Contact",
)
"""The latest of a row of events: a later date is work done, an earlier one a date taken out of the record."""

ENDS: dict[int, tuple[str, ...]] = {
    1: ("Date of Contact",),
    2: ("Assessment start date", "Assessment completion date"),
    3: ("Date of referral",),
    4: ("Continuous Assessment Date of Authorisation",),
    5: ("Strategy discussion initiating Section 47 Enquiry Start Date",),
    6: ("CIN Closure Date",),
    7: ("Child Protection Plan End Date",),
    8: ("Date Ceased to be Looked After",),
    9: (),
    10: ("Date of Adoption Order", "Date of Decision that Child Should No Longer be Placed for Adoption"),
    11: ("Date of leaving adoption process", "Date of Adoption Order"),
}
"""The dates after which a row stays in its list for so many months and then leaves it."""

WINDOWS = {number: 12 if number in (10, 11) else 6 for number in ENDS}
"""Months that each list goes back (Annex A, guidance on each list)."""
