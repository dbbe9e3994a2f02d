"""The queries of who reads whom give just what the rules say in plain words, over small authorities made at random."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from casework.access.models import BreakGlass, Named, Restriction
from casework.access.roles import ROLES, Reach, role_of
from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.front_door.models import Contact, ContactChild, Referral, WithoutChild
from casework.front_door.models import Named as NamedInContact
from casework.front_door.reading import visible_contacts, waiting
from casework.people.models import Person
from casework.people.reach import STAYS_OPEN_FOR
from casework.people.reading import readable, restricted_from
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, related

pytestmark = pytest.mark.django_db

TODAY = FRIDAY_TEATIME.date()
DAYS = (None, None, TODAY - timedelta(days=3), TODAY - STAYS_OPEN_FOR, TODAY - STAYS_OPEN_FOR - timedelta(days=1))
MOMENTS = (FRIDAY_TEATIME - timedelta(days=2), FRIDAY_TEATIME - STAYS_OPEN_FOR - timedelta(days=1))
ASKED = ("social_care_assistant", "social_worker", "early_help_worker", "practice_manager", "front_door_officer",
         "group_manager", "business_support", "partner", "administrator")  # fmt: skip


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def an_authority(draw: Random) -> list[User]:
    """Two services, three teams, and people who hang together in every way that reach asks about."""
    teams = [a_team(name, service=service) for name, service in (("A", "One"), ("B", "One"), ("C", "Two"))]
    users = [a_user(role, team=draw.choice(teams)) for role in ASKED]
    workers = [None, *(user.worker for user in users if user.worker)]
    people = [a_child(recorded_by=draw.choice(workers), recorded_at=draw.choice(MOMENTS)) for _ in range(30)]
    for person in draw.sample(people, 18):
        team = draw.choice([None, *teams])
        Allocation.objects.create(
            person=person, team=team, service=team.service if team else draw.choice(["", "One", "Two"]),
            worker=draw.choice(workers), co_worker=draw.choice(workers), started_on=TODAY - timedelta(days=90),
            ended_on=draw.choice(DAYS),
        )  # fmt: skip
    for _ in range(25):
        related(*draw.sample(people, 2), draw.choice(["mother", "sibling"]), ended_on=draw.choice(DAYS))
    for person in draw.sample(people, 4):
        helped = FamilyAssessment.objects.create(
            started_on=TODAY, team=draw.choice([None, *teams]), closed_on=draw.choice(DAYS)
        )
        AssessedChild.objects.create(assessment=helped, person=person, reference=f"E{person.pk}")
    at_the_front_door(draw, people)
    closed(draw, people, users)
    for person in draw.sample(people, 2):
        person.merged_into = draw.choice([other for other in people if other != person])
        person.save()
    return users


def at_the_front_door(draw: Random, people: list[Person]) -> None:
    for _ in range(10):
        contact = Contact.objects.create(
            received_on=TODAY, recorded_by=draw.choice(people).recorded_by,
            set_aside_reason=draw.choice(["", "", "Sent twice"]),
        )  # fmt: skip
        for child in draw.sample(people, draw.choice([0, 1, 1, 2])):
            done = draw.choice([{}, {"decided_on": TODAY, "outcome": "information"}])
            ContactChild.objects.create(contact=contact, person=child, **done)
        for person in draw.sample([None, None, *people], draw.choice([0, 1, 2])):
            why = draw.choice(["", "Not a child"]) if person is None else ""
            NamedInContact.objects.create(
                contact=contact, person=person, set_aside_reason=why, is_child=draw.random() < 0.5
            )
    for person in draw.sample(people, 4):
        Referral.objects.create(
            person=person, received_on=TODAY - timedelta(days=60), decided_on=draw.choice(DAYS),
            closed_on=draw.choice(DAYS),
        )  # fmt: skip


def closed(draw: Random, people: list[Person], users: list[User]) -> None:
    for person in draw.sample(people, 8):
        restriction = Restriction.objects.create(
            person=person, reason="x", owner=draw.choice(users), started_at=FRIDAY_TEATIME,
            lifted_at=draw.choice([None, None, FRIDAY_TEATIME]),
        )  # fmt: skip
        for user in draw.sample(users, 3):
            Named.objects.create(restriction=restriction, user=user)
        until = FRIDAY_TEATIME + draw.choice([1, 0, -1]) * timedelta(hours=1)
        opened = draw.choice([person, draw.choice(people)])
        BreakGlass.objects.create(
            person=opened, user=draw.choice(users), reason="x", opened_at=FRIDAY_TEATIME, until=until
        )


# The rules in plain words: one person at a time, nothing of the queries used.


HELD = ("allocations", "early_help__assessment", "referrals", "contacts__contact__children",
        "named_in__contact__children")  # fmt: skip
OF_PERSON = (*HELD, "broken_glass", "restrictions__named__user", *(f"related_to__person__{name}" for name in HELD))
OF_CONTACT = ("children", "named")


def everybody() -> list[Person]:
    return list(Person.objects.prefetch_related(*OF_PERSON))


def has_opened(user: User, person: Person) -> bool:
    return any(one.user == user and one.until > FRIDAY_TEATIME for one in person.broken_glass.all())


def is_closed_to(user: User, person: Person) -> bool:
    standing = [one for one in person.restrictions.all() if one.lifted_at is None]
    return any(one.owner != user and user not in [named.user for named in one.named.all()] for one in standing)


def waits(contact: Contact) -> bool:
    children, named = contact.children.all(), contact.named.all()
    unmatched = [one for one in named if one.is_child and one.person is None and not one.set_aside_reason]
    nobody = not children and not contact.set_aside_reason
    return any(child.decided_on is None for child in children) or bool(unmatched) or nobody


def is_held(user: User, person: Person, reach: Reach) -> bool:
    worker = user.worker
    if worker and reach is not Reach.NONE:
        for one in person.allocations.all():
            own = worker in (one.worker, one.co_worker)
            team = reach is not Reach.ALLOCATED and one.team is not None and one.team == worker.team
            service = reach is Reach.SERVICE and worker.service != "" and one.service == worker.service
            if (own or team or service) and (one.ended_on is None or one.ended_on >= TODAY - STAYS_OPEN_FOR):
                return True
        for helped in (one.assessment for one in person.early_help.all()):
            if reach is not Reach.ALLOCATED and helped.team == worker.team and helped.closed_on is None:
                return True
    if not role_of(user).may("contact.triage"):
        return False
    contacts = [one.contact for one in (*person.contacts.all(), *person.named_in.all())]
    undecided = [child for contact in contacts for child in contact.children.all() if child.decided_on is None]
    open_referrals = [one for one in person.referrals.all() if one.decided_on is None and one.closed_on is None]
    return bool(undecided or open_referrals)


def may_read(user: User, person: Person) -> bool:
    role = role_of(user)
    if not role.may("people.read") or person.merged_into:
        return False
    if has_opened(user, person):
        return True
    if is_closed_to(user, person):
        return False
    added = person.recorded_by is not None and person.recorded_by == user.worker
    lately = person.recorded_at is not None and person.recorded_at >= FRIDAY_TEATIME - STAYS_OPEN_FOR
    if role.reach is Reach.AUTHORITY or (added and lately and not person.allocations.all()):
        return True
    relatives = [one.person for one in person.related_to.all()]
    return any(is_held(user, one, role.reach) for one in (person, *relatives))


def may_see(user: User, contact: Contact, people: dict[int, Person]) -> bool:
    named = [people[one.person_id] for one in contact.named.all() if one.person_id]
    children = [people[one.person_id] for one in contact.children.all()]
    if any(is_closed_to(user, one) and not has_opened(user, one) for one in (*children, *named)):
        return False
    role, own = role_of(user), contact.recorded_by is not None and contact.recorded_by == user.worker
    if waits(contact) and (role.may("contact.triage") or role.may("contact.decide")):
        return True
    if waits(contact) and own and role.may("contact.record"):
        return True
    return any(may_read(user, child) for child in children)


@pytest.mark.parametrize("seed", range(3))
def test_the_queries_give_what_the_rules_say(seed: int) -> None:
    users = an_authority(Random(seed))
    people, contacts = everybody(), list(Contact.objects.prefetch_related(*OF_CONTACT))
    by_key = {person.pk: person for person in people}
    assert set(Contact.objects.filter(waiting())) == {one for one in contacts if waits(one)}
    assert {one.contact_id for one in WithoutChild.objects.all()} == {
        one.pk for one in contacts if not one.children.all()
    }
    for user in users:
        assert set(readable(user)) == {one for one in people if may_read(user, one)}, user.role
        hidden = {one for one in people if is_closed_to(user, one) and not has_opened(user, one)}
        assert set(restricted_from(user)) == hidden, user.role
        assert set(visible_contacts(user)) == {one for one in contacts if may_see(user, one, by_key)}, user.role


def test_every_reach_and_both_answers_are_drawn() -> None:
    users, seen = an_authority(Random(0)), dict[Any, set[bool]]()
    people = everybody()
    for user in users:
        for person in people:
            seen.setdefault(role_of(user).reach, set()).add(may_read(user, person))
    assert {reach for reach, answers in seen.items() if answers == {True, False}} == {
        Reach.TEAM, Reach.SERVICE, Reach.AUTHORITY,
    }  # fmt: skip
    assert {ROLES[code].reach for code in ROLES} == {*seen, Reach.NONE}


def test_a_contact_whose_only_child_is_taken_away_waits_for_one_again() -> None:
    contact = Contact.objects.create(received_on=TODAY)
    child = ContactChild.objects.create(contact=contact, person=a_child(), decided_on=TODAY, outcome="information")
    assert not Contact.objects.filter(waiting()).exists()
    child.delete()
    assert list(Contact.objects.filter(waiting())) == [contact]
