"""Recording a contact, its page, and what is changed about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, may
from casework.common.refused import Refused
from casework.documents.actions import attach
from casework.drafts.form_pages import form_page
from casework.front_door.actions import contacts as actions
from casework.front_door.actions.contacts import Message
from casework.front_door.actions.matching import add_people
from casework.front_door.forms.contacts import AT_MOST, BasisForm, HowManyForm, MessageForm, PeopleForm, ReasonForm
from casework.front_door.models import Contact
from casework.front_door.queries.contact import contact_page
from casework.front_door.queries.known import known_of
from casework.front_door.queries.person import contacts_of, received, referrals_of
from casework.front_door.reading import TRIAGE, open_contact
from casework.front_door.views.asking import asking, contact_address, whom
from casework.front_door.views.files import ADDS
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record

WORKS = ("contact.triage", "contact.decide")


@allowed("contact.record")
def record(request: HttpRequest, about: Person | None = None) -> HttpResponse:
    """A new contact: what came. The next page asks whom it names."""
    who = asking(request)

    def save(form: HowManyForm) -> str:
        contact = actions.record_contact(form.message(), by=who.user, at=who.at)
        attach(form.cleaned_data["attached"], people=(), attached_to=contact.reference, by=who.user, at=who.at)
        if about:
            add_people(contact, [about], by=who.user, at=who.at)
        count = form.cleaned_data
        if not count["children"] + count["adults"]:
            return contact_address(contact)
        room = f"?children={count['children']}&adults={count['adults']}"
        return reverse("name_people", args=[contact.reference]) + room

    return form_page(
        request, lambda *args, **kwargs: HowManyForm(*args, now=who.at, on=who.today, **kwargs), save,
        title="Record a contact", key=f"contact:{about.reference if about else 'new'}", button="Save and go on",
        back=reverse("contacts_of_person", args=[about.reference]) if about else "",
        caption=f"About {about.full_name}" if about else "",
        initial={"received_at": who.at, "children": 0 if about else 1, "adults": 0},
        introduction="The clock starts when the contact came. Once you save this page it is on the triage board.",
    )  # fmt: skip


@allowed("contact.record")
def record_about(request: HttpRequest, reference: str) -> HttpResponse:
    """A new contact, begun from somebody's record: it is about them."""
    return record(request, open_record(request, reference, "new contact"))


@allowed("people.read")
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Every contact and referral of a person that the reader may see."""
    who, person = asking(request), open_record(request, reference, "contacts and referrals")
    contacts, referrals = contacts_of(who.user).ask(person.pk), received(list(referrals_of(person.pk)))
    return record_page(
        request, person, "front_door/person.html", here="front_door", contacts=contacts, referrals=referrals
    )


@allowed("contact.record", "contact.triage")
def name_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Whom the caller named. `children` and `adults` in the address make room for so many of each."""
    who = asking(request)
    contact = open_contact(request, reference, "people named")
    room = {name: _number(request.GET.get(name), usual) for name, usual in (("children", 3), ("adults", 2))}

    def save(form: PeopleForm) -> str:
        named = actions.name_people(contact, form.people(), by=who.user, at=who.at)
        if named and may(who.user, *TRIAGE):
            return reverse("match_people", args=[contact.reference])
        return contact_address(contact)

    return form_page(
        request, lambda *args, **kwargs: PeopleForm(*args, on=who.today, **room, **kwargs), save,
        title="Who did they name?", key=f"contact:{reference}:people", template="front_door/people.html",
        caption=whom(contact, who.user),
        back=contact_address(contact), button="Save and go on",
        introduction="Write what was said, even where you know better. Who they are on record is asked next.",
    )  # fmt: skip


def _number(text: str | None, usual: int) -> int:
    return min(int(text), AT_MOST) if text and text.isdecimal() else usual


@allowed("contact.triage", "contact.decide", "contact.record", "people.read")
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """A contact beside everything that is known of those it is about."""
    who = asking(request)
    found = open_contact(request, reference)
    page = contact_page(found, who.user, at=who.at, today=who.today)
    triages = may(who.user, *WORKS)
    board = f"{reverse('triage_board')}?{request.GET.urlencode()}" if request.GET else reverse("triage_board")
    about = page.readable[0] if page.readable and not triages else None
    record = reverse("contacts_of_person", args=[about.reference]) if about else ""
    return render(request, "front_door/contact.html", {
        "page": page, "contact": found, "known": known_of(found, page.readable, who.user), "today": who.today,
        "triages": triages, "decides": may(who.user, "contact.decide"), "back": board if triages else record,
        "about": about,
        "records": triages or may(who.user, "contact.record"), "adds_files": may(who.user, *ADDS),
    })  # fmt: skip


@allowed("contact.triage", "contact.record")
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """What was recorded of the message, put right."""
    who = asking(request)
    found = open_contact(request, reference, "change of a contact")

    def save(form: MessageForm) -> str:
        actions.change_contact(found, form.message(), version=found.version, by=who.user, at=who.at)
        return contact_address(found)

    return form_page(
        request, lambda *args, **kwargs: MessageForm(*args, now=who.at, on=who.today, **kwargs), save,
        title="Change what was recorded", key=f"contact:{reference}:change", done="The contact is changed.",
        initial=_message(found), back=contact_address(found), editing=found, caption=whom(found, who.user),
    )  # fmt: skip


def _message(contact: Contact) -> dict[str, Any]:
    said = {name: getattr(contact, name) for name in Message.__dataclass_fields__}
    return {**said, "out_of_hours": contact.out_of_hours}


@allowed("contact.triage", "contact.decide")
def sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """On what ground what is known may be shared."""
    who = asking(request)
    found = open_contact(request, reference, "ground for sharing")

    def save(form: BasisForm) -> str:
        actions.set_sharing_basis(found, **form.cleaned_data, version=found.version, by=who.user, at=who.at)
        return contact_address(found)

    return form_page(
        request, BasisForm, save, title="Consent, or the ground for sharing", key=f"contact:{reference}:sharing",
        done="The ground for sharing is recorded.", back=contact_address(found), editing=found,
        caption=whom(found, who.user), initial={"basis": found.sharing_basis, "reason": found.sharing_reason},
    )  # fmt: skip


@allowed("contact.triage", "contact.decide")
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """The contact is worked by whoever asks."""
    who = asking(request)
    found = open_contact(request, reference, "taking a contact")
    try:
        actions.take_contact(found, by=who.user, at=who.at)
        messages.success(request, "You have taken this contact.")
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(contact_address(found))


@allowed("contact.triage", "contact.decide")
def set_aside(request: HttpRequest, reference: str) -> HttpResponse:
    """A contact recorded twice or in error, taken off the board."""
    who = asking(request)
    found = open_contact(request, reference, "setting a contact aside")

    def save(form: ReasonForm) -> str:
        actions.set_contact_aside(found, reason=form.cleaned_data["reason"], by=who.user, at=who.at)
        return reverse("triage_board")

    return form_page(
        request, ReasonForm, save, title="Set this contact aside", key=f"contact:{reference}:aside",
        done="The contact is set aside.", back=contact_address(found), button="Set aside",
        caption=whom(found, who.user),
        introduction="For a contact recorded twice or by mistake. It stays on the record with your reason.",
    )  # fmt: skip
