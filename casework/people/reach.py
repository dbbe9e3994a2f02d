"""Whose records an account reaches, as conditions on a person's key (`{who}`): what `reading` filters people by.

Each is asked of one person at a time, on an index: lists ask it of the few people who are on them, and never gather
everybody within reach first. `OFFSET 0` has PostgreSQL not weigh the other way: weighing it, level within level, took
ten times as long as the answer.
"""

from __future__ import annotations

from datetime import timedelta

from casework.access.roles import Reach, role_of
from casework.accounts.models import Team, User, Worker
from casework.common import clock
from casework.common.sql import NEVER, Sql

STAYS_OPEN_FOR = timedelta(days=28)
"""How long those who held a case can still open its record, to finish what closing leaves. The authority's choice."""

HELD = """EXISTS (SELECT FROM allocation_allocation held WHERE held.person_id = {who}
    AND (held.ended_on IS NULL OR held.ended_on >= %s) AND {} OFFSET 0)"""
HELPED = """EXISTS (SELECT FROM early_help_assessedchild helped
    JOIN early_help_familyassessment family ON family.id = helped.assessment_id
    WHERE helped.person_id = {who} AND family.closed_on IS NULL AND {} OFFSET 0)"""
UNDECIDED = """EXISTS (SELECT FROM front_door_contactchild about
    JOIN front_door_contactchild undecided ON undecided.contact_id = about.contact_id AND undecided.decided_on IS NULL
    JOIN people_person stands ON stands.id = undecided.person_id AND stands.merged_into_id IS NULL
    WHERE about.person_id = {who} OFFSET 0)"""
NAMED_BESIDE = """EXISTS (SELECT FROM front_door_named named
    JOIN front_door_contactchild undecided ON undecided.contact_id = named.contact_id AND undecided.decided_on IS NULL
    JOIN people_person stands ON stands.id = undecided.person_id AND stands.merged_into_id IS NULL
    WHERE named.person_id = {who} OFFSET 0)"""
REFERRED = """EXISTS (SELECT FROM front_door_referral referred
    WHERE referred.person_id = {who} AND referred.decided_on IS NULL AND referred.closed_on IS NULL OFFSET 0)"""
DECIDED = """EXISTS (SELECT FROM front_door_contactchild judged WHERE judged.person_id = {who}
    AND judged.decided_by_id = %s AND judged.decided_on >= %s OFFSET 0)"""
NEXT_STEP_DECIDED = DECIDED.replace("front_door_contactchild", "front_door_referral")
FAMILY = "EXISTS (SELECT FROM people_relationship kin WHERE kin.related_id = {who} AND {} OFFSET 0)"
JUST_ADDED = """EXISTS (SELECT FROM people_person added
    WHERE added.id = {who} AND added.recorded_by_id = %s AND added.recorded_at >= %s
    AND NOT EXISTS (SELECT FROM allocation_allocation ever WHERE ever.person_id = added.id) OFFSET 0)"""
OPENED = """EXISTS (SELECT FROM access_breakglass opened
    WHERE opened.person_id = {who} AND opened.user_id = %s AND opened.until > %s OFFSET 0)"""
CLOSED = """{who} IN (SELECT shut.person_id FROM access_restriction shut
    WHERE shut.lifted_at IS NULL AND shut.owner_id <> %s
    AND NOT EXISTS (SELECT FROM access_named kept_for
                    WHERE kept_for.restriction_id = shut.id AND kept_for.user_id = %s))"""


def readable_by(user: User) -> Sql:
    """That the account may open the person's record now, if that record stands and the role opens any."""
    return readable_by_right_of(user) | _opened_by(user)


def readable_by_right_of(user: User) -> Sql:
    """That the record is within reach of the account and not restricted from it, whatever it opened with a reason."""
    reach, closed = role_of(user).reach, Sql(CLOSED, (user.pk, user.pk))
    return ~closed if reach is Reach.AUTHORITY else ~closed & _in_reach(user, reach)


def closed_to(user: User) -> Sql:
    """That the person's record is restricted from the account, which has not opened it with a reason either."""
    return Sql(CLOSED, (user.pk, user.pk)) & ~_opened_by(user)


def _in_reach(user: User, reach: Reach) -> Sql:
    """Those held, their families, and those just added."""
    held = _held(user, reach)
    return held | held.about("kin.person_id").inside(FAMILY) | _just_added(user)


def _held(user: User, reach: Reach) -> Sql:
    """Those whose case is, or lately was, the account's own, its team's or its service's; early help of its team, and
    that of no team, which waits for one, where the team is of early help.

    Who triages also holds what waits at the front door.
    """
    held, worker = NEVER, user.worker
    if worker is not None and reach is not Reach.NONE:
        lately = clock.today() - STAYS_OPEN_FOR
        held = _whose(worker, reach).inside(HELD, lately)
        if reach is not Reach.ALLOCATED and worker.team:
            held |= _helped_by(worker.team).inside(HELPED)
    return held | _at_the_front_door(user) if role_of(user).may("contact.triage") else held


def _whose(worker: Worker, reach: Reach) -> Sql:
    """That an allocation is the worker's, alone or beside another; or the team's; or the service's."""
    whose = Sql("held.worker_id = %s", (worker.pk,)) | Sql("held.co_worker_id = %s", (worker.pk,))
    if reach is not Reach.ALLOCATED and worker.team_id:
        whose |= Sql("held.team_id = %s", (worker.team_id,))
    if reach is Reach.SERVICE and worker.service:
        whose |= Sql("held.service = %s", (worker.service,))
    return whose


def _helped_by(team: Team) -> Sql:
    """That a family's early help is that team's, or waits for a team such as it is."""
    helped = Sql("family.team_id = %s", (team.pk,))
    return helped | Sql("family.team_id IS NULL") if team.stage == Team.Stage.EARLY_HELP else helped


def _at_the_front_door(user: User) -> Sql:
    """People of a contact in which a child waits for a decision, or of a referral that does: read by who triages.

    Whoever decided can still read what they decided on, to see it through: a page that was open in another tab, a
    correction, telling the referrer.
    """
    waiting = Sql(UNDECIDED) | Sql(NAMED_BESIDE) | Sql(REFERRED)
    if user.worker_id is None:
        return waiting
    lately = (user.worker_id, clock.today() - STAYS_OPEN_FOR)
    return waiting | Sql(DECIDED, lately) | Sql(NEXT_STEP_DECIDED, lately)


def _just_added(user: User) -> Sql:
    """People whom the account has added lately and whose case nobody has held yet."""
    return Sql(JUST_ADDED, (user.worker_id, clock.now() - STAYS_OPEN_FOR)) if user.worker_id else NEVER


def _opened_by(user: User) -> Sql:
    """People whose record the account has opened with a reason, for the while that it is open."""
    return Sql(OPENED, (user.pk, clock.now()))
