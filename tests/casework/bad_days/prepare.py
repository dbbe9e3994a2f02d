"""python -m tests.casework.bad_days.prepare NUMBER: what the tests begin with, made in the database of DATABASE_URL.

Prints one JSON document: accounts, and so many contacts of three children each that wait for their decision.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import django

PASSWORD = "a password for tests 1"


def main(number: int) -> dict[str, Any]:
    """Everything made, by name."""
    from casework.common import clock
    from tests.casework import making
    from tests.casework.making import a_child, a_team, a_user, allocated, related
    from tests.casework.making_contacts import a_contact

    at = clock.now() - timedelta(hours=1)
    making._number = count(int(at.timestamp()))  # a reused database has the first numbers already
    team = a_team()
    officer, manager = a_user("front_door_officer", team=team), a_user("service_manager", team=team)
    contacts = [a_contact(a_child(), a_child(), a_child(), by=officer, at=at).reference for _ in range(number)]
    worker, ada, ben = a_user("social_worker", team=team), a_child(), a_child()
    related(ada, ben, "sibling")
    for child in (ada, ben):
        allocated(child, worker.worker)
    chair, asked = a_held_conference(at)
    conference = {"chair": chair.email, "conference": str(asked.pk)}
    home = {"worker": worker.email, "visited": [[one.reference, str(one.pk)] for one in (ada, ben)]}
    return {
        **home,
        **conference,
        "officer": officer.email,
        "manager": manager.email,
        "team": str(team.pk),
        "contacts": contacts,
    }


def a_held_conference(at: datetime) -> tuple[Any, Any]:
    """Its chair, and the part of the child about whom nothing is decided yet."""
    from casework.child_protection.actions import asking, conferences
    from casework.common import clock
    from tests.casework.child_protection.making import EVERYBODY
    from tests.casework.making import a_child, a_user, allocated

    chair, child, on = a_user("conference_chair"), a_child(), clock.local(at).date()
    allocated(child, a_user("social_worker").worker)
    asked = asking.ask_for_conference(child, kind="transfer_in", requested_on=on, by=chair, at=at)
    conferences.invite(asked.conference, EVERYBODY, by=chair, at=at)
    came = {one.pk: "in_person" for one in asked.conference.invitations.all()}
    conferences.hold(asked.conference, conferences.Meeting(on, came), by=chair, at=at)
    return chair, asked


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "casework.config.settings"
    django.setup()
    json.dump(main(int(sys.argv[1])), sys.stdout)
