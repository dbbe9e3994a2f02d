"""Early help, for the people who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet

from casework.access.roles import Reach, role_of
from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.common.kept_queries import Given, KeptQuery
from casework.common.sql import Holds, Sql
from casework.early_help.models import AssessedChild, ChildHeard, FamilyAssessment, FamilyPlan
from casework.people.models import Person, Professional
from casework.people.reading import may_read, readable, readable_among, within
from casework.voice.models import NotAsked
from casework.voice.why import Why, why_of, with_why


@dataclass(frozen=True)
class Involved:
    """Somebody who is working with the family now: in what part, of which agency, how to reach them, for whom."""

    name: str
    part: str
    agency: str
    contact: str
    about: str


def family_for(user: User, pk: int) -> FamilyAssessment | None:
    """The family's early help, when the account may open the record of one of its children."""
    found = FamilyAssessment.objects.filter(pk=pk, children__person__in=readable(user)).distinct()
    return found.select_related("team").first()


def children_of(family: FamilyAssessment, user: User) -> list[Person]:
    """Its children whom the account may see, eldest first."""
    found = readable(user).filter(early_help__assessment=family)
    return list(found.order_by("born_on", "pk").distinct())


def early_help_of(person: int) -> QuerySet[AssessedChild]:
    """The early help of the child with that key, latest first."""
    return AssessedChild.objects.filter(person=person).select_related("assessment").order_by("-assessment__started_on")


def open_plan(family: FamilyAssessment) -> FamilyPlan | None:
    """The plan there is now, with its steps and reviews."""
    return family.plans.filter(ended_on=None).prefetch_related("steps", "reviews").first()


def heard_of(family: FamilyAssessment, children: Sequence[Person]) -> dict[int | None, list[ChildHeard]]:
    """What each of these children said, or why they were not asked, by the key of the review that heard them; those of
    the assessment by None."""
    rows = ChildHeard.objects.filter(child__assessment=family, child__person__in=children)
    rows = rows.select_related("child__person", "said").order_by("child__person__born_on", "child__person", "pk")
    found: dict[int | None, list[ChildHeard]] = defaultdict(list)
    for one in with_why(children, NotAsked.Place.EARLY_HELP, rows):
        if one.said or why_of(one):
            found[one.review_id].append(one)
    return found


def why_not_heard(family: FamilyAssessment, children: Sequence[Person]) -> dict[str, Why]:
    """Why some of them were not asked for the assessment, as the form of it names the questions."""
    held = heard_of(family, children).get(None, ())
    whys = {one.child.person_id: why for one in held if (why := why_of(one))}
    return {f"why_not_asked_{child}": Why(why.reason, why.more) for child, why in whys.items()}


def next_meeting(plan: FamilyPlan | None) -> date | None:
    """When the team around the family meets next, as its last review said."""
    reviews = sorted(plan.reviews.all(), key=lambda one: (one.held_on, one.pk)) if plan else []
    return reviews[-1].next_on if reviews else None


def families(user: User, *, open_only: bool = True, asked: str = "") -> QuerySet[FamilyAssessment]:
    """The early help that the account may see: what waits for a team, then the longest open."""
    found = _families(may_read(user))
    if open_only:
        found = found.filter(closed_on=None)
    if asked:
        found = found.filter(Q(lead_practitioner__icontains=asked) | Q(organisation__icontains=asked))
    return found


def _families(may: Sql) -> QuerySet[FamilyAssessment]:
    found = FamilyAssessment.objects.filter(children__person__in=within(may))
    found = found.annotate(waits=ExpressionWrapper(Q(team=None, organisation=""), output_field=BooleanField()))
    found = found.distinct().select_related("team").prefetch_related("children__person")
    return found.order_by("-waits", "started_on", "pk")


LED_BY = KeptQuery(
    lambda may: (
        _families(may)
        .filter(Holds("lead_practitioner", Sql("upper({who}) = upper(%s)", (Given("name"),))), closed_on=None)
        .prefetch_related(Prefetch("plans", FamilyPlan.objects.filter(ended_on=None)), "plans__reviews")
    )
)


def led_by(user: User) -> list[tuple[FamilyAssessment, list[Person], date | None]]:
    """The open early help whose lead practitioner has the account's name, the longest open first; with the children
    whom the account may see, and when the team around the family meets next."""
    found = LED_BY.ask(may_read(user), name=user.name)
    children = [child.person_id for family in found for child in family.children.all()]
    seen = readable_among(children, user)
    return [
        (one, [child.person for child in one.children.all() if child.person_id in seen], next_meeting(_only(one)))
        for one in found
    ]


def _only(family: FamilyAssessment) -> FamilyPlan | None:
    return next(iter(family.plans.all()), None)


def siblings_who_may_join(person: Person, user: User) -> list[Person]:
    """The child and those brothers and sisters, and children of the household, whom the account may see."""
    kin = person.relationships.filter(relationship__in=("sibling", "half_sibling", "household_member"), ended_on=None)
    found = readable(user).filter(Q(pk=person.pk) | Q(pk__in=kin.values("related"), is_child=True))
    return list(found.order_by("born_on", "pk"))


def who_is_working_with(people: list[Person]) -> list[Involved]:
    """Everybody who is working with these children now: workers, lead practitioners, the team around the family and
    professionals of other agencies."""
    names = {person.pk: person.full_name for person in people}
    found = _holding(names)
    open_here = FamilyAssessment.objects.filter(closed_on=None, children__person__in=names).distinct()
    for family in open_here.prefetch_related("members", "children"):
        about = ", ".join(names[child.person_id] for child in family.children.all() if child.person_id in names)
        if family.lead_practitioner:
            found.append(
                Involved(family.lead_practitioner, "Lead practitioner", family.organisation, family.lead_contact, about)
            )
        found += [
            Involved(one.name, one.role, one.agency, one.contact, about)
            for one in family.members.all()
            if one.ended_on is None
        ]
    others = Professional.objects.filter(person__in=names, ended_on=None)
    return found + _together(
        (one.name, one.role, one.agency, one.telephone or one.email, names[one.person_id]) for one in others
    )


def _holding(names: dict[int, str]) -> list[Involved]:
    """Who holds the cases of these people, a line for each worker or team."""
    held = Allocation.objects.filter(person__in=names, ended_on=None).select_related("worker", "team").order_by("pk")
    return _together(
        (str(one.worker or one.team), "Holds the case" if one.worker else "Team that holds the case",
         "Children's social care" if one.service != "Early help" else "Early help", "", names[one.person_id])
        for one in held
    )  # fmt: skip


def _together(found: Iterable[tuple[str, str, str, str, str]]) -> list[Involved]:
    """One line for somebody who does the same for several of them."""
    about: dict[tuple[str, str, str, str], list[str]] = {}
    for *who, name in found:
        about.setdefault((who[0], who[1], who[2], who[3]), []).append(name)
    return [Involved(*who, ", ".join(dict.fromkeys(people))) for who, people in about.items()]


def step_ups(family: FamilyAssessment) -> list[tuple[date, bool]]:
    """When the front door was asked to take the family, the latest first, and whether it has decided each time."""
    asked = family.stepped_up.order_by("-received_on", "-pk").prefetch_related("children")
    return [(one.received_on, all(child.decided_on for child in one.children.all())) for one in asked]


def _standing(family: FamilyAssessment) -> int:
    """How many children it is about; two records that have become one are one."""
    return family.children.filter(person__merged_into=None).count()


def sees_all_of(family: FamilyAssessment, user: User) -> bool:
    """Whether no child of the family is out of the account's reach."""
    return role_of(user).reach is Reach.AUTHORITY or _standing(family) == len(children_of(family, user))
