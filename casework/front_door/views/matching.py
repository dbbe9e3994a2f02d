"""Who the people named turn out to be, and who else of the family the contact is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from casework.access.rules import allowed
from casework.drafts.form_pages import form_page
from casework.front_door.actions import matching as actions
from casework.front_door.actions.families import relate_family
from casework.front_door.families import seems_one_family
from casework.front_door.forms.contacts import FamilyForm, ReasonForm
from casework.front_door.forms.matching import NEW, ChooseForm, MatchForm
from casework.front_door.models import Contact, Named
from casework.front_door.queries.board import age_in_words
from casework.front_door.queries.candidates import AT_ONCE, candidates, found_by
from casework.front_door.queries.known import siblings_of
from casework.front_door.reading import open_contact, people_of
from casework.front_door.views.asking import Asking, asking, contact_address, whom
from casework.people.models import Person
from casework.people.views.finding import note_search


@allowed("contact.triage", "contact.decide")
def match_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody named and not matched yet, each beside those on record who may be them."""
    who = asking(request)
    contact = open_contact(request, reference, "matching")
    unmatched = list(contact.named.filter(person=None, set_aside_reason=""))
    if not unmatched:
        return redirect(contact_address(contact))
    here, later = unmatched[:AT_ONCE], unmatched[AT_ONCE:]
    found, are_family = candidates(here, who.user, who.today), seems_one_family(contact)

    def save(form: MatchForm) -> str:
        answers = form.answers()
        for named, answer in answers:
            if answer == NEW:
                actions.match_with_new(named, by=who.user, at=who.at)
            elif answer:
                actions.match(named, form.people[answer], by=who.user, at=who.at)
        _relate(contact, form, who)
        goes_on = later and all(answer for _, answer in answers)
        return request.path if goes_on else contact_address(contact)

    return form_page(
        request, lambda *args, **kwargs: MatchForm(*args, found=found, are_family=are_family, **kwargs), save,
        title="Who are they?", key=f"contact:{reference}:match", template="front_door/match.html",
        caption=whom(contact, who.user),
        back=contact_address(contact), contact=contact, unmatched=here, later=later, button="Save",
    )  # fmt: skip


@allowed("contact.triage", "contact.decide")
def find_named(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A search for somebody named whom the likely matches do not show."""
    who = asking(request)
    contact = open_contact(request, reference, "matching")
    named = _unmatched(contact, number)
    text = request.GET.get("q", "").strip()
    found = found_by(text, who.user, who.today, is_child=named.is_child) if text else []
    are_family = seems_one_family(contact)
    if text and request.method == "GET":
        note_search(request, text, len(found))

    def save(form: ChooseForm) -> str:
        actions.match(named, form.people[form.cleaned_data["person"]], by=who.user, at=who.at)
        _relate(contact, form, who)
        return contact_address(contact)

    return form_page(
        request, lambda *args, **kwargs: ChooseForm(*args, found=found, are_family=are_family, **kwargs), save,
        title=f"Find {named.said_name} on record", key="", template="front_door/find_named.html", q=text, found=found,
        back=reverse("match_people", args=[reference]), button="This is the person",
        done=f"{named.said_name} is matched.",
    )  # fmt: skip


@allowed("contact.triage", "contact.decide")
def set_named_aside(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A name that leads to nobody."""
    who = asking(request)
    contact = open_contact(request, reference, "matching")
    named = _unmatched(contact, number)

    def save(form: ReasonForm) -> str:
        actions.set_aside(named, reason=form.cleaned_data["reason"], by=who.user, at=who.at)
        return contact_address(contact)

    return form_page(
        request, ReasonForm, save, title=f"Set aside the name {named.said_name}", button="Set aside",
        key=f"contact:{reference}:named:{number}", back=reverse("match_people", args=[reference]),
        introduction="For somebody named twice, or not a person of this contact. The name stays, with your reason.",
    )  # fmt: skip


@allowed("contact.triage", "contact.decide")
def family(request: HttpRequest, reference: str) -> HttpResponse:
    """Brothers and sisters on record whom the contact may also be about."""
    who = asking(request)
    contact = open_contact(request, reference, "family")
    own = set(people_of(contact))
    children = Person.objects.filter(contacts__contact=contact)
    others = {one.pk: one for one in siblings_of(children, who.user) if one.pk not in own}
    if not others:
        raise Http404

    def save(form: FamilyForm) -> str:
        chosen = [others[key] for key in form.cleaned_data["people"]]
        actions.add_people(contact, chosen, by=who.user, at=who.at)
        return contact_address(contact)

    labels = [(key, f"{one.full_name}, {age_in_words(one, who.today)}") for key, one in others.items()]
    return form_page(
        request, lambda *args, **kwargs: FamilyForm(*args, people=labels, **kwargs), save,
        title="Brothers and sisters", key="", caption=whom(contact, who.user), back=contact_address(contact),
        done="They are added to the contact.",
    )  # fmt: skip


def _relate(contact: Contact, form: MatchForm | ChooseForm, who: Asking) -> None:
    if form.cleaned_data.get("family"):
        relate_family(contact, by=who.user, at=who.at)


def _unmatched(contact: Contact, number: int) -> Named:
    return get_object_or_404(Named, contact=contact, pk=number, person=None, set_aside_reason="")
