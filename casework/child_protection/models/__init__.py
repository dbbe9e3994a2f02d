"""Child protection: strategy discussions, section 47 enquiries, conferences, and the plans that conferences make."""

from casework.child_protection.models.agencies import Agency
from casework.child_protection.models.conferences import (
    Adjournment,
    AgencyView,
    ChildAtConference,
    Conference,
    Invitation,
)
from casework.child_protection.models.discussions import DiscussedChild, SafetyAction, StrategyDiscussion, TookPart
from casework.child_protection.models.enquiries import AgencyFinding, Section47Enquiry, TimeSeen
from casework.child_protection.models.plans import ChildProtectionPlan, PlanCategory

__all__ = [
    "Adjournment", "Agency", "AgencyFinding", "AgencyView", "ChildAtConference", "ChildProtectionPlan", "Conference",
    "DiscussedChild", "Invitation", "PlanCategory", "SafetyAction", "Section47Enquiry", "StrategyDiscussion",
    "TimeSeen", "TookPart",
]  # fmt: skip
