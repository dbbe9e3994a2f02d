"""What a plan says to the family on paper that it does not hold in those words: the page and the letter alike."""

from __future__ import annotations

from casework.accounts.models import Worker
from casework.planning.models import PlanVersion


def childs_words(version: PlanVersion) -> str:
    """What the child thinks, where somebody has said that the parents may read it; nothing shows that there is more."""
    return version.childs_view if version.parents_may_read else ""


def why_kept(version: PlanVersion) -> str:
    """Why the parents are not given it; empty where they are, or where there is nothing."""
    if version.parents_may_read or not version.childs_view:
        return ""
    return version.parents_may_read_why or "Nobody has said yet that it is safe for the parents to read it."


def visits(version: PlanVersion) -> str:
    """How often the family is visited, in a sentence; empty where the plan does not say."""
    weeks = version.seen_every_weeks
    return f"We visit every {'week' if weeks == 1 else f'{weeks} weeks'}." if weeks else ""


def who_to_ring(version: PlanVersion, worker: Worker | None) -> str:
    """Whom the family can ring: as the plan says, else the plan's worker; empty where there is none."""
    if version.who_to_ring or worker is None:
        return version.who_to_ring
    return f"{worker}, {version.person.forename or 'your child'}’s social worker."
