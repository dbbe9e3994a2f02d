"""Stepping down to early help, with what has to be known there; and which of its teams takes the family."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Team, User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.actions import allocate_to_team
from casework.allocation.queries import open_allocation
from casework.common.models import new_reference
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.notices.actions import tell
from casework.people.models import Person


@whole
def step_down(person: Person, *, reason: str, by: User, at: datetime) -> AssessedChild:
    """The child passes to early help: the family's open assessment there, or a new one that waits for consent.

    A brother or sister shares it. The authority's only early help team takes a new one; where there are several, the
    manager of each is told that it waits for one of them. Raises Refused without a reason: early help has to know what
    is left to do.
    """
    if not reason.strip():
        raise Refused("Say what early help is asked to do.", "direction")
    open_here = AssessedChild.objects.filter(person=person, assessment__closed_on=None)
    held = open_here.select_related("assessment__team__manager__account").first()
    family = held.assessment if held else _of_sibling(person)
    family = _ask_more(family, reason, at) if family else _new_family(reason, by, at)
    child = held or AssessedChild.objects.create(reference=new_reference(), assessment=family, person=person)
    hold(person, by=by, at=at)
    bring_up_to_date(people=[person.pk], at=at)
    return child


def hold(person: Person, *, by: User, at: datetime) -> None:
    """The team that has the family's early help holds the child, unless somebody holds the child already."""
    helped = AssessedChild.objects.filter(person=person, assessment__closed_on=None).exclude(assessment__team=None)
    child = helped.select_related("assessment__team").first()
    if child is not None and child.assessment.team is not None and open_allocation(person) is None:
        allocate_to_team(person=person, team=child.assessment.team, by=by, at=at)


@whole
def take(family: FamilyAssessment, team: Team, *, by: User, at: datetime) -> None:
    """The team has the family's early help from now on, and its children wait there for a worker. Those whom social
    care holds stay where they are. Refused once it has ended, or for a team of another sort."""
    if family.closed_on is not None:
        raise Refused(f"Early help for this family ended on {family.closed_on:%-d %B %Y}.")
    if team.stage != Team.Stage.EARLY_HELP:
        raise Refused(f"{team} is not an early help team. Choose one that is.", "team")
    family.team = team
    save_over(family, None)
    for child in family.children.filter(person__merged_into=None).select_related("person"):
        held = open_allocation(child.person)
        if held is None or (held.team is not None and held.team.stage == Team.Stage.EARLY_HELP):
            allocate_to_team(person=child.person, team=team, by=by, at=at)


def _new_family(reason: str, by: User, at: datetime) -> FamilyAssessment:
    teams = list(Team.objects.filter(stage=Team.Stage.EARLY_HELP).select_related("manager__account"))
    made = FamilyAssessment.objects.create(
        started_on=timezone.localdate(at), stepped_down_reason=reason, team=teams[0] if len(teams) == 1 else None,
        **stamp(by, at),
    )  # fmt: skip
    managers = [account for team in teams if (account := team.managers_account)]
    waits = "" if made.team else " It waits for a team: give it to yours if it is."
    address = reverse("early_help", args=[made.pk])
    tell(managers, f"A family has been passed to early help.{waits}", address=address, at=at)
    return made


def _ask_more(family: FamilyAssessment, reason: str, at: datetime) -> FamilyAssessment:
    """The same family with what is asked of it now; its team's manager is told, once for brothers and sisters."""
    if reason.strip() in family.stepped_down_reason:
        return family
    before = family.stepped_down_reason
    family.stepped_down_reason = f"{before}\n\n{day(timezone.localdate(at))}: {reason}" if before else reason
    save_over(family, None)
    manager = family.team.managers_account if family.team else None
    address = reverse("early_help", args=[family.pk])
    tell([manager] if manager else [], "More is asked of early help for a family it has.", address=address, at=at)
    return family


def _of_sibling(person: Person) -> FamilyAssessment | None:
    """The open early help of a brother or sister, where there is one."""
    siblings = person.relationships.filter(relationship__in=("sibling", "half_sibling"), ended_on=None)
    open_here = FamilyAssessment.objects.filter(closed_on=None, children__person__in=siblings.values("related"))
    return open_here.select_related("team__manager__account").first()
