"""The one place that gives out contacts and referrals: it knows who is asking, and notes whose record they looked at.

A contact that names somebody whose record is restricted from the reader is not there for them: its words would tell.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from casework.access.roles import role_of
from casework.access.rules import may, user_of
from casework.accounts.models import User
from casework.common.kept_queries import Given, KeptQuery, prepared
from casework.common.sql import NEVER, Holds, Sql
from casework.front_door.models import AskedAbout, Contact, Contribution, Referral
from casework.history.reads import Read, note_read
from casework.people.models import Person
from casework.people.reach import closed_to, readable_by
from casework.people.reading import RIGHTS, readable

TRIAGE = ("contact.triage", "contact.decide")
WAITING = Sql("""{who} IN (
    SELECT undecided.contact_id FROM front_door_contactchild undecided
        JOIN people_person standing ON standing.id = undecided.person_id AND standing.merged_into_id IS NULL
        WHERE undecided.decided_on IS NULL
    UNION ALL
    SELECT contact_id FROM front_door_named WHERE is_child AND person_id IS NULL AND set_aside_reason = ''
    UNION ALL
    SELECT nobody.contact_id FROM front_door_withoutchild nobody WHERE EXISTS (
        SELECT FROM front_door_contact untouched
        WHERE untouched.id = nobody.contact_id AND untouched.set_aside_reason = '' OFFSET 0))""")
"""Found by the indexes of what is undone, so that it does not matter how many contacts there ever were.

Of two records in one contact that have become one, the one that stayed is decided on.
"""
ABOUT = """EXISTS (SELECT FROM front_door_contactchild child
    JOIN people_person standing ON standing.id = child.person_id
    WHERE child.contact_id = {who} AND standing.merged_into_id IS NULL AND {} OFFSET 0)"""
NAMING = """{who} IN (
    SELECT shown.contact_id FROM front_door_contactchild shown WHERE {}
    UNION ALL
    SELECT shown.contact_id FROM front_door_named shown WHERE {})"""
RECORDED = "{who} IN (SELECT own.id FROM front_door_contact own WHERE own.recorded_by_id = %s)"


def visible_contacts(user: User) -> QuerySet[Contact]:
    """The contacts this account may open: of people it reads; all that wait, if it triages; its own that wait."""
    return Contact.objects.filter(Holds("pk", visible_to(user)))


def visible_to(user: User) -> Sql:
    """The same as a condition on a contact's key."""
    return seen_by(user) & ~_naming_hidden(user)


def seen_of_a_person(user: User) -> Sql:
    """The same as a condition, for the contacts of one person whose record the account has opened.

    Whether a child of it may be read is asked first: it is true of most of them, and what waits is then not looked for.
    """
    return (readable_by(user).about("child.person_id").inside(ABOUT) | seen_by(user)) & ~_naming_hidden(user)


def seen_by(user: User) -> Sql:
    """That a contact is of people whom the account reads, or waits and the account triages or recorded it."""
    triages = may(user, *TRIAGE)
    seen = WAITING if triages else NEVER  # asked first: it answers for most of what a board asks about
    if may(user, "people.read"):
        seen |= readable_by(user).about("child.person_id").inside(ABOUT)
    if may(user, "contact.record") and user.worker_id and not triages:
        seen |= Sql(RECORDED, (user.worker_id,)) & WAITING
    return seen


def _naming_hidden(user: User) -> Sql:
    """Contacts that are about somebody whose record is restricted from the account, or that name them."""
    hidden = closed_to(user).about("shown.person_id")
    return Sql(NAMING.replace("{}", hidden.text), hidden.values * 2)


def waiting() -> Holds:
    """Contacts with something left to decide: a child undecided, a named child not matched, or no child at all."""
    return Holds("pk", WAITING)


def visible_referrals(user: User) -> QuerySet[Referral]:
    """The referrals of people whose record this account may open."""
    return Referral.objects.filter(person__in=readable(user))


OF_REFERENCE = KeptQuery(
    lambda seen: Contact.objects.filter(Holds("pk", seen), reference=Given("reference")).select_related(
        "taken_by", "sharing_decided_by"
    )
)
PEOPLE_OF = """
SELECT person_id FROM front_door_contactchild WHERE contact_id = $1
UNION SELECT person_id FROM front_door_named WHERE contact_id = $1 AND person_id IS NOT NULL ORDER BY 1
"""


def open_contact(request: HttpRequest, reference: str, page: str = "contact") -> Contact:
    """The contact with that reference, noted as looked at for each person in it.

    Raises Http404 for none, or one that may not be seen.
    """
    user = user_of(request)
    contact = OF_REFERENCE.first(visible_to(user), reference=reference)
    if contact is None:
        _note_refused(request, Contact.objects.filter(reference=reference).first(), page)
        raise Http404
    right = "at the front door" if may(user, *TRIAGE) else RIGHTS.get(role_of(user).reach, "they recorded it")
    for person in people_of(contact):
        note_read(request, Read(person, page, right))
    return contact


def people_of(contact: Contact) -> list[int]:
    """The keys of everybody on record in a contact."""
    return [person for (person,) in prepared(PEOPLE_OF, [contact.pk])]


def open_referral(request: HttpRequest, reference: str, page: str = "referral") -> Referral:
    """The referral with that reference, noted as looked at. Raises Http404 for none, or one that may not be seen."""
    user = user_of(request)
    found = visible_referrals(user).filter(reference=reference).select_related("person", "contact__contact", "team")
    referral = found.first()
    if referral is None:
        hidden = Referral.objects.filter(reference=reference).first()
        note_read(request, Read(hidden.person_id if hidden else None, page, "not within reach", "denied"))
        raise Http404
    note_read(request, Read(referral.person_id, page, RIGHTS.get(role_of(user).reach, "")))
    return referral


def visible_questions(user: User) -> QuerySet[Contribution]:
    """What a partner's agency was asked and something still waits for; nothing for an account that names no agency."""
    if not user.agency.strip():
        return Contribution.objects.none()
    undecided = Contact.objects.filter(waiting())
    return Contribution.objects.filter(agency__iexact=user.agency.strip(), contact__in=undecided)


def open_question(request: HttpRequest, reference: str) -> Contribution:
    """The question that the partner's agency was asked, noted as looked at for each person asked about. Or Http404."""
    user = user_of(request)
    question = visible_questions(user).filter(reference=reference).first()
    if question is None:
        note_read(request, Read(None, "question to a partner", "their agency was not asked", "denied"))
        raise Http404
    for key in AskedAbout.objects.filter(contribution=question).values_list("person", flat=True):
        note_read(request, Read(key, "question to a partner", f"asked: {question.agency}"))
    return question


def people_asked_about(question: Contribution) -> QuerySet[Person]:
    """The people whose name, birth date and address the agency asked may see."""
    return Person.objects.filter(asked_about__contribution=question).order_by("is_child", "born_on", "pk").reverse()


def _note_refused(request: HttpRequest, contact: Contact | None, page: str) -> None:
    for key in people_of(contact) if contact else [None]:
        note_read(request, Read(key, page, "not within reach", "denied"))
