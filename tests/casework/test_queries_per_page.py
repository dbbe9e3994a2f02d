"""Every page asks the database fewer than 25 questions, and no more of them when there are more rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.accounts.models import User
from casework.accuracy.actions.checks import check_everything
from casework.assessment.models import Assessment, Factor
from casework.child_protection.models import (
    ChildAtConference,
    Conference,
    DiscussedChild,
    Section47Enquiry,
    StrategyDiscussion,
)
from casework.common.together import ask_together
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.deadlines.models import Obligation
from casework.documents.models import Document, StoredFile
from casework.drafts.models import Draft
from casework.exploitation.models import Link, LinkedChild, NationalReferral, RiskAssessment
from casework.front_door.actions.contacts import Said, name_people
from casework.front_door.actions.matching import add_people
from casework.front_door.models import Contact
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.missing.models import MissingEpisode, Report, ReturnInterview
from casework.notes.models import Note, Part
from casework.people import panels
from casework.people.models import Address, Person, WarningNote
from casework.planning.models import Action, Need, Outcome
from casework.tasks.models import Task
from casework.visits.models import ChildVisited, Visit
from tests.casework.access.test_every_page import TABLE, Page, arguments
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, an_adult, related
from tests.casework.making_accuracy import a_query, a_return
from tests.casework.making_contacts import a_contact, decided

pytestmark = pytest.mark.django_db

AT_MOST = 24
MORE = 8
FILLED = re.compile(r"(?:'[^']*'(?:::\w+)?|\b\d+\b)(?:, (?:'[^']*'(?:::\w+)?|\b\d+\b))*")
"""What fills a question, one or several in a row, in the SQL that is sent."""
PREFERRED = ("group_manager", "social_worker", "conference_chair", "partner", "administrator")


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + timedelta(days=1))
    settings.MEDIA_ROOT = tmp_path


def role_for(page: Page) -> str:
    return next((role for role in PREFERRED if role in page.who), sorted(page.who)[0])


@dataclass(frozen=True)
class Opened:
    """What came of opening a page: its status, and the questions it asked, by their words without what fills them."""

    status: int
    asked: Counter[str]

    def asks_more_than(self, other: Opened) -> bool:
        """Whether any question is asked more often than the other asks it."""
        return bool(self.asked - other.asked)


def opened(client: Any, address: str) -> Opened:
    """Open the page at the address."""
    with CaptureQueriesContext(connection) as queries:
        found = client.get(address)
        if found.streaming:
            b"".join(found.streaming_content)  # a file is read to its end, and closed with it
    return Opened(found.status_code, Counter(FILLED.sub("?", one["sql"]) for one in queries))


def more_of_everything(user: User, args: dict[str, list[Any]]) -> None:
    """More children like the first in the same hands, and more of everything on the first one's record."""
    child, contact = Person.objects.get(reference=args["person"][0]), Contact.objects.get(reference=args["contact"][0])
    for number in range(MORE):
        arguments(user, user.worker)
        more_on_record(user, child, number)
    add_people(contact, [a_child() for _ in range(MORE)], by=user, at=FRIDAY_TEATIME)
    name_people(contact, [Said(forename=f"Said {n}") for n in range(MORE)], by=user, at=FRIDAY_TEATIME)
    team = user.worker.team if user.worker else None
    for _ in range(MORE):
        a_user("social_worker", team=team)
        a_team(f"Team {a_child().pk}")


def more_on_record(user: User, child: Person, number: int) -> None:
    """One more of each kind of thing on a child's record."""
    sibling, mother = a_child(), an_adult()
    related(child, sibling, "sibling"), related(child, mother), related(sibling, mother)
    Address.objects.create(person=child, kind="home", lines=f"{number} Example Road", started_on=FRIDAY_TEATIME.date())
    WarningNote.objects.create(person=mother, what="x", started_on=date(2026, 1, 2), review_on=date(2026, 11, 2))
    decided(a_contact(child), "information")
    note = Note.objects.create(kind="phone_call", happened_at=FRIDAY_TEATIME, shared="x", recorded_at=FRIDAY_TEATIME)
    Part.objects.create(note=note, person=child, text="y"), Part.objects.create(note=note, person=sibling, text="z")
    stored = StoredFile.objects.create(stored_as=f"{note.pk:060d}more", name="a.txt", kind="text", size=1,
                                       sha256="0" * 64)  # fmt: skip
    Document.objects.create(person=child, file=stored, title="A letter", recorded_at=FRIDAY_TEATIME)
    Task.objects.create(person=child, what="x", owner=user, made_by=user, made_at=FRIDAY_TEATIME)
    today = FRIDAY_TEATIME.date()
    old = Assessment.objects.create(
        person=child, started_on=today - timedelta(days=400 + number), authorised_on=today - timedelta(days=370),
        kind="single",
    )  # fmt: skip
    Factor.objects.create(assessment=old, factor="1A")
    more_protection(child, sibling)
    more_meetings(child, sibling)
    more_of_plans(child)
    more_missing(child, sibling)
    for seen in (True, False):
        together = Visit.objects.create(visited_on=today)
        for one in (child, sibling):
            ChildVisited.objects.create(visit=together, person=one, kind="child_in_need", seen=seen)
    for part in child.visits.all():
        ChildVisited.objects.get_or_create(visit=part.visit, person=sibling, defaults={"kind": "child_in_need"})
    more_exploitation(child, sibling)
    more_emergency(child, sibling)
    more_fostering(child)
    running = Obligation.objects.filter(person=child).first()
    if running:
        running.pk, running.trigger_row_id = None, f"more {number}"
        running.save()
    for severity in ("error", "query"):
        a_query(child, rule=f"{severity} {number}", severity=severity)
    a_return()
    Draft.objects.create(owner=user, key=f"k{number}", address=f"/people/{child.reference}", title="t",
                         people=[child.pk], reference=f"{child.pk}-{number}", saved_at=FRIDAY_TEATIME)  # fmt: skip


def more_exploitation(child: Person, sibling: Person) -> None:
    """More judgements, referrals, ties and children at each, and another meeting and more at the first."""
    day = FRIDAY_TEATIME.date()
    RiskAssessment.objects.create(person=child, assessed_on=day - timedelta(days=9), level="moderate", why="x",
                                  look_again_on=day)  # fmt: skip
    NationalReferral.objects.create(person=child, referred_on=day)
    first = child.links.order_by("pk")[0].link
    LinkedChild.objects.create(link=first, person=sibling, sure="suspected", how_known="x")
    another = Link.objects.create(kind="group", name="Sample group")
    for one in (child, sibling):
        LinkedChild.objects.create(link=another, person=one, sure="known", how_known="x")
    part = child.exploitation_meetings.order_by("pk")[0]
    part.meeting.links.add(another)
    part.meeting.children.create(person=sibling)
    part.meeting.attended.create(agency="police", who="x")
    part.meeting.actions.create(what="x", who="y", by_when=day, disrupts=another)
    child.exploitation_meetings.create(meeting=type(part.meeting).objects.create(held_on=day))


def more_emergency(child: Person, sibling: Person) -> None:
    """A brother or sister taken too, an earlier taking, and an earlier order."""
    taking, day = child.police_protections.order_by("pk")[0].taking, date(2026, 10, 1)
    PoliceProtection.objects.create(taking=taking, person=sibling, started_on=FRIDAY_TEATIME.date())
    PoliceProtection.objects.create(taking=taking, person=child, started_on=day, ended_on=day)
    EmergencyOrder.objects.create(person=child, kind="child_assessment", made_on=day, ended_on=day)


def more_fostering(child: Person) -> None:
    """An earlier arrangement, and more decisions, notices and visits with words under the one that lasts."""
    held, day = child.private_fostering.filter(ended_on=None)[0], date(2026, 11, 12)
    child.private_fostering.create(notified_on=date(2025, 1, 6), ended_on=day)
    held.decisions.create(decided_on=day, outcome="requirements", requirements="x", recorded_by=a_worker())
    held.notices.create(kind="change", told_at=FRIDAY_TEATIME, happened_at=FRIDAY_TEATIME)
    ChildVisited.objects.create(
        visit=Visit.objects.create(visited_on=day, worker=a_worker()), person=child, kind="private_fostering",
        private_fostering=held, seen=True, said=child.words_said.first(),
    )  # fmt: skip


def more_missing(child: Person, sibling: Person) -> None:
    """More on the child's episode, another child of it, and another episode with a talk."""
    episode = child.missing_episodes.filter(ended_on=None)[0]
    episode.report.steps.create(done_at=FRIDAY_TEATIME, what="x")
    episode.report.told.create(whom="police", told_at=FRIDAY_TEATIME)
    for one, report in ((sibling, episode.report), (child, Report.objects.create())):
        another = MissingEpisode.objects.create(person=one, report=report, started_on=date(2026, 10, 1),
                                                ended_on=date(2026, 10, 2))  # fmt: skip
        ReturnInterview.objects.create(episode=another, offered=True, reasons=["family"])


def more_protection(child: Person, sibling: Person) -> None:
    """Another discussion and enquiry of the child, and more people and another child at its conference."""
    discussion = StrategyDiscussion.objects.create(held_on=FRIDAY_TEATIME.date())
    for one in (child, sibling):
        discussed = DiscussedChild.objects.create(discussion=discussion, person=one, outcome="section_47")
        enquiry = Section47Enquiry.objects.create(person=one, discussed=discussed, started_on=FRIDAY_TEATIME.date())
        (
            enquiry.times_seen.create(seen_at=FRIDAY_TEATIME),
            enquiry.agency_findings.create(agency="health", who="x", told_on=FRIDAY_TEATIME.date(), found="y"),
        )
    first = child.section_47_enquiries.order_by("pk")[0]
    first.times_seen.create(seen_at=FRIDAY_TEATIME)
    DiscussedChild.objects.create(discussion=child.strategy_discussions.order_by("pk")[0].discussion, person=sibling)
    at = child.conferences.order_by("pk")[0]
    at.conference.invitations.create(agency="health", name="x", report_wanted=True)
    ChildAtConference.objects.create(conference=at.conference, person=sibling, kind="initial")
    ChildAtConference.objects.create(
        conference=Conference.objects.create(held_on=FRIDAY_TEATIME.date()), person=child, kind="review"
    )


def test_what_the_overview_asks_together_is_what_each_panel_would_be_told_alone() -> None:
    user = a_user("group_manager", team=a_team())
    child = Person.objects.get(reference=arguments(user, user.worker)["person"][0])
    for number in range(2):
        more_on_record(user, child, number)
    every = [part for part in panels._parts.values() if isinstance(part, panels.Panel)]
    questions = panels.questions_of(every, user)
    together = ask_together(child.pk, questions)
    for question in questions:
        assert plain(together[question.name]) == plain(question.ask(child.pk)), question.name
    assert sum(bool(answer) for answer in together.values()) > len(together) / 2


def plain(found: Any) -> Any:
    """Objects as their cells, so that two of them are the same only when all their cells are."""
    if isinstance(found, list):
        return [plain(one) for one in found]
    if not isinstance(found, models.Model):
        return found
    its = {name: cell for name, cell in vars(found).items() if name != "_state"}
    return its | {name: plain(other) for name, other in found._state.fields_cache.items()}


def more_of_plans(child: Person) -> None:
    """Another need with its outcome and action in each version of the child's plans, each with what was noted."""
    day = FRIDAY_TEATIME.date()
    for version in child.plan_versions.all():
        need = Need.objects.create(person=child)
        outcome = Outcome.objects.create(need=need)
        action = Action.objects.create(outcome=outcome)
        version.needs.create(need=need, what="x")
        version.outcomes.create(outcome=outcome, what="x")
        owner = an_adult()
        related(child, owner)
        version.actions.create(action=action, what="x", by_when=date(2026, 10, 1), owner_person=owner)
        action.progress.create(noted_on=day, state="going")
        outcome.changes.create(noted_on=day, direction="better")
    child.words_said.create(said_on=day, words="x")


def more_meetings(child: Person, sibling: Person) -> None:
    """Another core group of the child, and more people and another child at those there are."""
    held = Meeting.objects.create(kind="core_group", held_on=FRIDAY_TEATIME.date())
    ChildAtMeeting.objects.create(meeting=held, person=child, written=True, what_changed="x")
    for at in child.meetings.all():
        at.meeting.members.create(agency="police", name=f"x {sibling.pk}")
        at.meeting.put_off.create(because="x", recorded_at=FRIDAY_TEATIME)
        ChildAtMeeting.objects.create(meeting=at.meeting, person=sibling)


@pytest.mark.parametrize("role", sorted({role_for(page) for page in TABLE}))
def test_every_page_asks_few_questions_whatever_the_number_of_rows(role: str, sign_in: Any) -> None:
    user = a_user(role, team=a_team(), agency="Amberford Police" if role == "partner" else "")
    args = arguments(user, user.worker)
    child = Person.objects.get(reference=args["person"][0])
    draft = Draft.objects.create(
        owner=user, key="k", address="/", title="t", reference="d" * 32, saved_at=FRIDAY_TEATIME, people=[child.pk]
    )
    args |= {"": [], "team": [user.worker.team_id], "account": [a_user("director").pk], "draft": [draft.reference]}
    args |= {"figure": ["csb05"], "template": ["free"], "return": [a_return().pk]}
    check_everything(at=FRIDAY_TEATIME)
    args["query"] = [child.reference, a_query(child, rule="more").pk]
    client = sign_in(user)
    mine = [page for page in TABLE if role_for(page) == role and not page.posts]
    addresses = {page.name: reverse(page.name, args=args[page.of]) for page in mine}
    addresses |= {"find_people": "/people/find?q=Example"} if "find_people" in addresses else {}
    few = {name: opened(client, address) for name, address in addresses.items()}
    before = transaction.savepoint()
    more_of_everything(user, args)
    many = {name: opened(client, address) for name, address in addresses.items()}
    there = {name for name, found in many.items() if found.status == few[name].status == 200}
    assert len(there) > len(mine) / 2, set(addresses) - there
    assert {name: found.asked.total() for name, found in many.items() if found.asked.total() > AT_MOST} == {}
    # The first time a page is opened, it asks what is kept from then on. So where it asks none of its questions more
    # often it asks no more of them; where it does, how many they are is looked at again as it was before.
    transaction.savepoint_rollback(before)
    again = {name: opened(client, addresses[name]) for name in there if many[name].asks_more_than(few[name])}
    counts = {name: (found.asked.total(), many[name].asked.total()) for name, found in again.items()}
    assert {name: asked for name, asked in counts.items() if asked[1] > asked[0]} == {}
