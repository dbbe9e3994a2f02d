"""What a child's plan says: versions of it, and the needs, outcomes and actions that go on from one to the next."""

from casework.planning.models.threads import Action, Change, Need, Outcome, Progress
from casework.planning.models.versions import PlanVersion, WordsHeard
from casework.planning.models.wordings import ActionWording, NeedWording, OutcomeWording

__all__ = [
    "Action", "ActionWording", "Change", "Need", "NeedWording", "Outcome", "OutcomeWording", "PlanVersion", "Progress",
    "WordsHeard",
]  # fmt: skip
