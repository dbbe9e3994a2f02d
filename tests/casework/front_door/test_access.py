"""Whose contacts and referrals are seen by whom: one's own, another's, a restricted child's; in lists and counts."""

from typing import Any

import pytest

from casework.access.models import BreakGlass, Named, Restriction
from casework.access.roles import ROLES
from casework.front_door.models import Contact
from casework.front_door.queries.board import Asked
from casework.front_door.queries.board import board as the_board
from casework.front_door.reading import visible_contacts, visible_referrals
from casework.people.reading import readable
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated, related
from tests.casework.making_contacts import AN_HOUR, a_contact, a_referral, decided

pytestmark = pytest.mark.django_db
MAY_RECORD = {code for code, role in ROLES.items() if role.may("contact.record")}
MAY_TRIAGE = {code for code, role in ROLES.items() if role.may("contact.triage") or role.may("contact.decide")}
MAY_DECIDE = {code for code, role in ROLES.items() if role.may("contact.decide")}
MAY_READ_ALL = {code for code, role in ROLES.items() if role.reach == "authority"}


def restricted(child: Any, owner: Any = None) -> Restriction:
    owner = owner or a_user("head_of_service")
    return Restriction.objects.create(person=child, reason="Staff family", owner=owner, started_at=FRIDAY_TEATIME)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_page_as_every_role(role: str, sign_in: Any) -> None:
    """A contact of a child nobody holds, waiting; and the referral of another."""
    client = sign_in(a_user(role, agency="Amberford Health"))
    contact, referral = a_contact(), a_referral()
    child = contact.children.get().reference
    triages, decides, reads = role in MAY_TRIAGE, role in MAY_DECIDE, role in MAY_TRIAGE | MAY_READ_ALL
    expected = {
        "/contacts": triages, "/referrals": triages, "/contacts/record": role in MAY_RECORD,
        f"/contacts/{contact.reference}": reads, f"/contacts/{contact.reference}/sharing": triages,
        f"/contacts/{contact.reference}/change": triages, f"/contacts/{contact.reference}/people": triages,
        f"/contacts/{contact.reference}/ask": triages, f"/contacts/{contact.reference}/tell": triages,
        f"/contacts/{contact.reference}/aside": triages, f"/contacts/{contact.reference}/decide": decides,
        f"/referrals/{referral.reference}": reads, f"/referrals/{referral.reference}/decide": decides,
        f"/referrals/{referral.reference}/tell": triages,
        f"/referrals/{referral.reference}/team": role in MAY_DECIDE, f"/referrals/{referral.reference}/close": decides,
        "/questions": role == "partner",
    }  # fmt: skip
    seen = {address: client.get(address).status_code == 200 for address in expected}
    assert seen == expected
    assert client.get(f"/contacts/{contact.reference}/children/{child}/correct").status_code == 404  # not decided
    assert client.get(f"/contacts/{contact.reference}/take").status_code == (405 if triages else 404)


def test_nothing_is_seen_signed_out(client: Any) -> None:
    contact = a_contact()
    answer = client.get(f"/contacts/{contact.reference}", headers={"x-forwarded-proto": "https"})
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login")


def test_a_worker_sees_the_contacts_of_the_children_they_hold() -> None:
    worker = a_worker(team=a_team())
    mine, others = a_child(), a_child()
    allocated(mine, worker)
    contact, other = a_contact(mine), a_contact(others)
    user = a_user("cin_practitioner", team=a_team("Amber"), worker=worker)
    assert list(visible_contacts(user)) == [contact]
    decided(contact), decided(other)
    assert list(visible_contacts(user)) == [contact]
    assert [referral.person for referral in visible_referrals(user)] == [mine]


def test_who_recorded_a_contact_sees_it_until_it_is_decided() -> None:
    user = a_user("business_support", team=a_team("Elsewhere", service="Elsewhere"))
    contact = a_contact(by=user)
    assert list(visible_contacts(user)) == [contact]
    decided(contact, "information")
    assert list(visible_contacts(user)) == []


def test_who_triages_reads_the_children_of_what_waits_and_no_longer() -> None:
    manager = a_user("practice_manager", team=a_team("Front", service="Front door"))
    first, second = a_child(), a_child()
    contact = a_contact(first, second)
    assert set(readable(manager)) == {first, second}
    child = contact.children.get(person=first)
    decided(contact, "information")
    assert child not in readable(manager)
    assert set(readable(manager)) == set()


def test_a_restricted_childs_contact_is_nowhere(sign_in: Any) -> None:
    hidden, sister, open_child = a_child("Hidden"), a_child("Sister"), a_child("Openly")
    related(sister, hidden, "sibling")
    contact, other = a_contact(hidden, sister), a_contact(open_child)
    owner = a_user("head_of_service")
    restricted(hidden, owner)
    for role in sorted(MAY_TRIAGE | {"director", "social_worker", "reviewing_officer"}):
        client = sign_in(role)
        assert client.get(f"/contacts/{contact.reference}").status_code == 404
        assert visible_contacts(client.user).filter(pk=contact.pk).exists() is False
        wall = the_board(client.user, Asked(), page="1", at=FRIDAY_TEATIME, today=FRIDAY_TEATIME.date()).tally
        assert wall.waiting == (0 if role == "social_worker" else 1)
        if role in MAY_TRIAGE:
            board = client.get("/contacts").content.decode()
            assert "Openly" in board and "Hidden" not in board and "Sister" not in board
    assert set(visible_contacts(owner)) == {contact, other}


def test_a_restricted_brother_is_not_offered_or_shown(sign_in: Any) -> None:
    client, child, hidden = sign_in("front_door_officer"), a_child("Ada", "Sample"), a_child("Hidden", "Sample")
    related(child, hidden, "sibling")
    a_contact(hidden, at=FRIDAY_TEATIME - AN_HOUR)
    contact = a_contact(child)
    address = f"/contacts/{contact.reference}"
    assert "Hidden" in client.get(address).content.decode()
    assert "Hidden" in client.get(f"{address}/family").content.decode()
    restricted(hidden)
    assert "Hidden" not in client.get(address).content.decode()
    assert client.get(f"{address}/family").status_code == 404
    named = contact.named.create(forename="Hidden", surname="Sample")
    match = client.get(f"{address}/match").content.decode()
    assert hidden.reference not in match
    find = client.get(f"{address}/named/{named.pk}/find?q={hidden.reference}").content.decode()
    assert "Nobody is found by that" in find
    answer = client.post(f"{address}/match", {f"named_{named.pk}": str(hidden.pk)})
    assert answer.status_code == 422


def test_a_restricted_adult_hides_the_contact_too(sign_in: Any) -> None:
    adult = a_child("Quiet", is_child=False)
    contact = a_contact(a_child(), adult)
    client = sign_in("front_door_officer")
    assert client.get(f"/contacts/{contact.reference}").status_code == 200
    restricted(adult)
    assert client.get(f"/contacts/{contact.reference}").status_code == 404


def test_somebody_named_or_with_a_reason_sees_a_restricted_childs_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    child, named, other = a_child(), a_user("service_manager"), a_user("front_door_officer")
    contact = a_contact(child)
    Named.objects.create(restriction=restricted(child), user=named)
    assert list(visible_contacts(named)) == [contact]
    assert list(visible_contacts(other)) == []
    BreakGlass.objects.create(
        person=child, user=other, reason="Duty", opened_at=FRIDAY_TEATIME, until=FRIDAY_TEATIME + AN_HOUR
    )
    assert list(visible_contacts(other)) == [contact]


def test_a_restricted_childs_referral_is_not_in_the_list(sign_in: Any) -> None:
    child = a_child("Hidden")
    referral = a_referral(child)
    client = sign_in("service_manager")
    assert "Hidden" in client.get("/referrals").content.decode()
    restricted(child)
    assert "Hidden" not in client.get("/referrals").content.decode()
    for page in ("", "/decide", "/close", "/team", "/tell"):
        assert client.get(f"/referrals/{referral.reference}{page}").status_code == 404


def test_a_refused_look_is_written_down(sign_in: Any) -> None:
    from casework.history.models import Entry

    child = a_child()
    contact = a_contact(child)
    restricted(child)
    sign_in("front_door_officer").get(f"/contacts/{contact.reference}")
    assert Entry.objects.filter(kind="denied", person=child.pk).count() == 1
    assert Contact.objects.count() == 1
