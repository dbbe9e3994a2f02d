"""The front door: contacts about one child or several, the decision on each, and the referrals that follow."""

from casework.front_door.models.contacts import Contact, ContactChild, Named, WithoutChild
from casework.front_door.models.decisions import Decision, Evidence, Told
from casework.front_door.models.partners import AskedAbout, Contribution
from casework.front_door.models.referrals import NextStep, Referral

__all__ = [
    "AskedAbout",
    "Contact",
    "ContactChild",
    "Contribution",
    "Decision",
    "Evidence",
    "Named",
    "NextStep",
    "Referral",
    "Told",
    "WithoutChild",
]
