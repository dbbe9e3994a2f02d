"""One contact with everything that its page shows: who it is about, what is decided, asked, told and already known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.accounts.models import User
from casework.documents.models import Document
from casework.documents.queries import documents_with
from casework.front_door.clocks import CONTACT_RULES, Face, faces
from casework.front_door.models import Contact, ContactChild, Contribution, Decision, Named, Referral, Told
from casework.front_door.queries.board import age_in_words
from casework.front_door.rereferrals import earlier_referrals
from casework.people.models import Address, Person
from casework.people.reading import readable_among


@dataclass
class Child:
    """A child of the contact as its page shows them."""

    child: ContactChild
    age: str
    may_open: bool
    address: Address | None = None
    decisions: list[Decision] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    follows: Referral | None = None

    @property
    def person(self) -> Person:
        """Whose record it is."""
        return self.child.person


@dataclass(frozen=True)
class ContactPage:
    """Everything the page of a contact shows, apart from what was known before it."""

    contact: Contact
    children: list[Child]
    unmatched: list[Named]
    adults: list[Named]
    set_aside: list[Named]
    contributions: list[Contribution]
    faces: list[Face]
    files: list[Document]

    @property
    def undecided(self) -> list[Child]:
        """Children on whom nothing is decided yet."""
        return [one for one in self.children if one.child.decided_on is None]

    @property
    def readable(self) -> list[Person]:
        """The children whose record the reader may open."""
        return [one.person for one in self.children if one.may_open]

    @property
    def reads_all(self) -> bool:
        """Whether every child's record is open to the reader, and so what other agencies said of them."""
        return all(one.may_open for one in self.children)

    @property
    def not_told_of(self) -> list[Person]:
        """Children decided on here without a referral, of whose decision the referrer has been told nothing yet. What
        follows a referral is told on its own page."""
        outcome = Told.Kind.OUTCOME
        return [
            one.person for one in self.children
            if one.decisions and not one.referrals and not any(told.kind == outcome for told in one.told)
        ]  # fmt: skip

    @property
    def told(self) -> list[Told]:
        """Everything the referrer was told, in order."""
        return sorted((told for one in self.children for told in one.told), key=lambda told: told.told_at)


def contact_page(contact: Contact, user: User, *, at: datetime, today: date) -> ContactPage:
    """The contact as its page shows it to the account."""
    children = children_of(contact, user, today)
    named = list(contact.named.select_related("person", "matched_by"))
    return ContactPage(
        contact=contact,
        children=children,
        unmatched=[one for one in named if not one.person_id and not one.set_aside_reason],
        adults=[one for one in named if one.person_id and not one.is_child],
        set_aside=[one for one in named if one.set_aside_reason],
        contributions=list(contact.contributions.select_related("answered_by", "recorded_by")),
        faces=_faces(contact, children, at),
        files=list(documents_with([contact.reference], None)),
    )


def children_of(contact: Contact, user: User, today: date) -> list[Child]:
    """The children on record whom the contact is about, with what was decided and told."""
    children = contact.children.filter(person__merged_into=None)
    found = list(children.select_related("person", "decided_by").order_by("pk"))
    may_open = readable_among([one.person_id for one in found], user)
    shown = {one.pk: Child(one, age_in_words(one.person, today), one.person_id in may_open) for one in found}
    _add_what_is_held(shown, contact)
    return list(shown.values())


def _add_what_is_held(shown: dict[int, Child], contact: Contact) -> None:
    by_person = {one.person.pk: one for one in shown.values()}
    for address in Address.objects.filter(person__in=by_person, kind="home", ended_on=None).order_by("pk"):
        by_person[address.person_id].address = address
    decisions = Decision.objects.filter(contact_child__in=shown).select_related("recorded_by")
    for decision in decisions.prefetch_related("evidence").order_by("-made_at", "-pk"):
        shown[decision.contact_child_id].decisions.append(decision)
    for told in Told.objects.filter(contact_child__in=shown).select_related("recorded_by", "contact_child__person"):
        assert told.contact_child_id is not None
        shown[told.contact_child_id].told.append(told)
    referrals = list(Referral.objects.filter(person__in=by_person).select_related("team").order_by("pk"))
    for referral in referrals:
        if referral.contact_id in shown:
            shown[referral.contact_id].referrals.append(referral)
    for key, earlier in earlier_referrals(referrals, contact.received_on).items():
        by_person[key].follows = earlier


def _faces(contact: Contact, children: list[Child], at: datetime) -> list[Face]:
    """The two clocks, stopped at the last decision once every child is decided."""
    moments = [one.child.decided_at for one in children if one.child.decided_at]
    done = max(moments) if children and len(moments) == len(children) else None
    return faces(contact, CONTACT_RULES, at, dict.fromkeys(CONTACT_RULES, done))
