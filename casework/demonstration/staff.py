"""The demonstration authority's staff: who manages which team, and an account of every role to sign in as."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db.models import Count, Q

from casework.access.roles import ROLES
from casework.accounts.models import Team, User, Worker
from casework.common.models import new_reference
from casework.early_help.models import FamilyAssessment

STAGES = {
    "Assessment": Team.Stage.ASSESSMENT,
    "Safeguarding interventions": Team.Stage.SAFEGUARDING,
    "Achieving permanence": Team.Stage.LOOKED_AFTER,
    "Pathway": Team.Stage.LOOKED_AFTER,
    "Local area": Team.Stage.EARLY_HELP,
    "Reviewing officers": Team.Stage.REVIEWING,
}
FRONT_DOOR, ASSESSMENT, EARLY_HELP, LEADERSHIP = "Front door", "Assessment", "Local area", "Leadership"
PARTNER_AGENCY = "Amberford Police"
ADDRESS = "amberford.example"


@dataclass(frozen=True)
class Post:
    """Whom a role's account belongs to: a worker in post there with that role, or one made for the demonstration."""

    team: str
    worker_role: str = "other"
    name: str = ""
    registered: bool = True


POSTS = {
    "social_worker": Post(ASSESSMENT, "social_worker"),
    "newly_qualified": Post(ASSESSMENT, "newly_qualified"),
    "advanced_practitioner": Post(ASSESSMENT, "advanced_practitioner"),
    "practice_manager": Post(ASSESSMENT, "practice_manager"),
    "reviewing_officer": Post("Reviewing officers", "reviewing_officer"),
    "early_help_worker": Post(EARLY_HELP, "early_help_worker"),
    "cin_practitioner": Post("Safeguarding interventions", "cin_practitioner", "Cora Cinder", registered=False),
    "social_care_assistant": Post(ASSESSMENT, "social_care_assistant", "Sasha Sandstone", registered=False),
    "business_support": Post(ASSESSMENT, "business_support", "Bibi Basalt", registered=False),
    "front_door_officer": Post(FRONT_DOOR, "social_worker", "Flora Flint"),
    "service_manager": Post(ASSESSMENT, "service_manager", "Selma Slate"),
    "group_manager": Post(LEADERSHIP, "group_manager", "Greta Granite"),
    "head_of_service": Post(LEADERSHIP, "head_of_service", "Hedda Heliotrope"),
    "assistant_director": Post(LEADERSHIP, "other", "Ada Agate"),
    "director": Post(LEADERSHIP, "other", "Dora Dolomite"),
    "conference_chair": Post("Reviewing officers", "reviewing_officer", "Connie Coral"),
    "principal_social_worker": Post(LEADERSHIP, "other", "Petra Pumice"),
}
WITHOUT_POST = {"partner": "Polly Porphyry", "analyst": "Anna Anthracite", "administrator": "Adam Adamant"}


def staff_the_authority(password: str) -> list[User]:
    """Give each team its stage and manager, and each role an account with that password. Gives those accounts."""
    Team.objects.get_or_create(
        name=FRONT_DOOR, defaults={"service": "Referral and assessment", "stage": Team.Stage.FRONT_DOOR}
    )
    for name, stage in STAGES.items():
        Team.objects.filter(name=name).update(stage=stage)
    hashed = make_password(password)
    accounts = [_account(role, hashed) for role in ROLES]
    _managers()
    _everybody_else()
    early_help = Team.objects.filter(name=EARLY_HELP).first()
    FamilyAssessment.objects.filter(closed_on=None).update(team=early_help)
    return accounts


def _account(role: str, hashed: str) -> User:
    worker = _worker(POSTS[role]) if role in POSTS else None
    return User.objects.create(
        email=f"{role.replace('_', '.')}@{ADDRESS}", name=worker.name if worker else WITHOUT_POST[role], role=role,
        worker=worker, agency=PARTNER_AGENCY if role == "partner" else "", password=hashed,
    )  # fmt: skip


def _worker(post: Post) -> Worker:
    team = Team.objects.filter(name=post.team).first() or Team.objects.create(name=post.team, service=post.team)
    if not post.name:
        held = Count("allocations", filter=Q(allocations__ended_on=None))
        in_post = Worker.objects.filter(team=team, role=post.worker_role, left_on=None, account=None)
        found = in_post.annotate(held=held).order_by("-held", "pk").first()
        if found is not None:
            return found
    return Worker.objects.create(
        reference=new_reference(), name=post.name or f"Wilma {post.team}", role=post.worker_role, team=team,
        service=team.service, registration="DEMONSTRATION" if post.registered else "",
    )  # fmt: skip


def _managers() -> None:
    """Each team's manager: the practice manager with an account of a role, else the first there is."""
    for team in Team.objects.filter(manager=None):
        managers = Worker.objects.filter(team=team, role="practice_manager", left_on=None).order_by("account", "pk")
        team.manager = managers.first() or Worker.objects.filter(account__role="service_manager").first()
        team.save()


def _everybody_else() -> None:
    """An account, with no password, for everybody else who holds a case or manages a team: they can be told things."""
    holds = Q(allocations__ended_on=None, allocations__isnull=False) | Q(teams_managed__isnull=False)
    rest = Worker.objects.filter(holds, account=None, left_on=None).distinct()
    unusable = make_password(None)
    User.objects.bulk_create(
        User(
            email=f"{worker.reference.lower()}@{ADDRESS}", name=worker.name, worker=worker, password=unusable,
            role=worker.role if worker.role in ROLES else "social_worker",
        )
        for worker in rest
    )  # fmt: skip
