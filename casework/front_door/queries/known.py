"""What is known of a contact's children and their brothers and sisters: what came before, who works with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.common.coded import meaning
from casework.early_help.models import AssessedChild
from casework.front_door.models import Contact, ContactChild, Named, Referral
from casework.front_door.reading import visible_contacts, visible_referrals
from casework.people.models import Person, Professional, Relationship, WarningNote
from casework.people.reading import readable

SIBLINGS = ("sibling", "half_sibling")
PARENTS = ("mother", "father", "parent", "step_parent")
AT_FIRST = 6
AS_MANY = 40
"""Earlier things shown on the page of a contact; the rest are on each child's record."""


@dataclass(frozen=True)
class Earlier:
    """One thing that came before."""

    on: date
    kind: str
    person: Person
    words: str
    address: str = ""


@dataclass(frozen=True)
class Helper:
    """Somebody who works with the family now. `about` are those they do it for."""

    about: list[str]
    who: str
    what: str
    since: date | None
    reach: str = ""


@dataclass(frozen=True)
class Known:
    """What the reader may see of what is known."""

    siblings: list[Person]
    earlier: list[Earlier]
    more: bool
    helpers: list[Helper]
    warnings: list[WarningNote]

    @property
    def latest(self) -> list[Earlier]:
        """The last things that came before: enough to see how it stands."""
        return self.earlier[:AT_FIRST]

    @property
    def before(self) -> list[Earlier]:
        """What came before those, for who wants to go further back."""
        return self.earlier[AT_FIRST:]


def known_of(contact: Contact, children: Iterable[Person], user: User) -> Known:
    """Of its children (those given may be read by the account), their brothers and sisters, and the adults named."""
    own = list(children)
    adults = Named.objects.filter(contact=contact, is_child=False).exclude(person=None).values("person")
    related = list(readable(user).filter(Q(pk__in=_siblings(own)) | Q(pk__in=adults)).order_by("born_on", "pk"))
    siblings = [person for person in related if person.is_child]
    subjects = {person.pk: person for person in (*own, *siblings)}
    everybody = subjects | {person.pk: person for person in related}
    helped = list(AssessedChild.objects.filter(person__in=subjects).select_related("assessment"))
    earlier = sorted(_earlier(contact, everybody, helped, user), key=lambda one: one.on, reverse=True)
    warnings = WarningNote.objects.filter(person__in=everybody, ended_on=None).select_related("person")
    ordered = list(warnings.order_by("person", "pk"))
    return Known(siblings, earlier[:AS_MANY], len(earlier) > AS_MANY, _helpers(subjects, helped), ordered)


def siblings_of(children: Iterable[Person], user: User) -> list[Person]:
    """Brothers and sisters on record, and children of the same parents, whom the account may read."""
    return list(readable(user).filter(pk__in=_siblings(children)).order_by("born_on", "pk"))


def _siblings(children: Iterable[Person]) -> QuerySet[Person, Any]:
    keys = [child.pk for child in children]
    parents = Relationship.objects.filter(person__in=keys, relationship__in=PARENTS).values("related")
    found = (
        Q(related_to__person__in=keys, related_to__relationship__in=SIBLINGS)
        | Q(relationships__related__in=keys, relationships__relationship__in=SIBLINGS)
        | Q(relationships__related__in=parents, relationships__relationship__in=PARENTS)
    )
    return Person.objects.filter(found, is_child=True).exclude(pk__in=keys).values("pk")


def _earlier(contact: Contact, people: dict[int, Person], helped: list[AssessedChild], user: User) -> Iterable[Earlier]:
    visible = visible_contacts(user).exclude(pk=contact.pk)
    children = ContactChild.objects.filter(person__in=people, contact__in=visible).select_related("contact")
    for one in children.order_by("-contact__received_on")[: AS_MANY + 1]:
        said = meaning("contact_outcome", one.outcome) if one.outcome else "Waits for a decision"
        source = meaning("referral_source", one.contact.source) if one.contact.source else "Source not known"
        yield Earlier(
            one.contact.received_on, "Contact", people[one.person_id], f"{source}. {said}.",
            reverse("contact", args=[one.contact.reference]),
        )  # fmt: skip
    for named in Named.objects.filter(person__in=people, is_child=False, contact__in=visible).select_related("contact"):
        assert named.person_id is not None
        yield Earlier(
            named.contact.received_on, "Named in a contact", people[named.person_id], named.part or "Part not said.",
            reverse("contact", args=[named.contact.reference]),
        )  # fmt: skip
    for referral in visible_referrals(user).filter(person__in=people).exclude(contact__contact=contact):
        yield Earlier(
            referral.received_on, "Referral", people[referral.person_id], referral_words(referral),
            reverse("referral", args=[referral.reference]),
        )  # fmt: skip
    for help_given in helped:
        assessment = help_given.assessment
        ended = f"Closed {assessment.closed_on:%-d %B %Y}." if assessment.closed_on else "Open."
        who = assessment.organisation or "Early help"
        yield Earlier(assessment.started_on, "Early help", people[help_given.person_id], f"{who}. {ended}")


def referral_words(referral: Referral) -> str:
    """What became of a referral, in a line."""
    decided = meaning("referral_outcome", referral.outcome) if referral.outcome else "Waits for a next step"
    if referral.closed_on is None:
        return f"{decided}. Open."
    return f"{decided}. Closed {referral.closed_on:%-d %B %Y}."


def _helpers(people: dict[int, Person], helped: list[AssessedChild]) -> list[Helper]:
    """One for each who does the same for several of them, since the first of the days."""
    together: dict[tuple[str, str, str], Helper] = {}
    for one in _each_helper(people, helped):
        first = together.setdefault((one.who, one.what, one.reach), one)
        if first is not one:
            first.about.extend(name for name in one.about if name not in first.about)
    return list(together.values())


def _each_helper(people: dict[int, Person], helped: list[AssessedChild]) -> list[Helper]:
    found = []
    for held in _allocations(people):
        who = held.worker.name if held.worker else "No worker named yet"
        team = held.team.name if held.team else held.service
        found.append(Helper([people[held.person_id].full_name], who, team, held.started_on))
    for one in helped:
        if one.assessment.closed_on:
            continue
        lead = one.assessment.lead_practitioner or "No lead practitioner named"
        what = f"Early help, {one.assessment.organisation}" if one.assessment.organisation else "Early help"
        found.append(Helper([people[one.person_id].full_name], lead, what, one.assessment.started_on))
    for other in Professional.objects.filter(person__in=people, ended_on=None).order_by("person", "pk"):
        what = f"{other.role}, {other.agency}" if other.agency else other.role
        reach = other.telephone or other.email
        found.append(Helper([people[other.person_id].full_name], other.name, what, other.started_on, reach))
    return found


def _allocations(people: dict[int, Person]) -> QuerySet[Allocation]:
    found = Allocation.objects.filter(person__in=people, ended_on=None)
    return found.select_related("team", "worker").order_by("started_on", "pk")
