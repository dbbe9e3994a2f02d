"""Pages of the letters on a record: the list, one letter, writing it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.common.refused import Refused
from casework.drafts.form_pages import form_page
from casework.history.reads import Read, note_read
from casework.letters import actions, forms, queries
from casework.letters.composing import Composed, compose, left_out_of
from casework.letters.models import Copy, Letter
from casework.letters.paper.markup import questions
from casework.letters.paper.tree import as_data
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record

MANY = 8
"""More letters than these can be shown by kind."""
OLDER = "A letter on something older is begun from its own page: the plan, meeting, conference, assessment or referral."
WRITING = (
    "The rest of the letter comes from the record and the template: you see the whole of it on the next page. “- ” "
    "begins a point, “1. ” a number, and **two stars** make words bold. What you leave empty is left out."
)


def opened(request: HttpRequest, reference: str, letter: str, page: str = "letter") -> tuple[Person, Letter]:
    """The person and the letter, noted as looked at. Raises Http404."""
    person = open_record(request, reference, page)
    found = queries.letter_of(person, letter, user_of(request))
    if found is None:
        raise Http404
    for one in found.others:
        note_read(request, Read(one.pk, f"{page} beside a brother or sister", "brother or sister"))
    return person, found


def address_of(letter: Letter) -> str:
    """The letter's page."""
    return reverse("letter", args=[letter.person.reference, letter.reference])


@allowed("people.read")
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """The letters on a record: who got what, and what each was not given."""
    person = open_record(request, reference, "letters")
    found, kind = list(queries.letters_of(person, user_of(request))), request.GET.get("kind", "")
    shown: dict[str, Any] = {
        "letters": [one for one in found if not kind or one.kind == kind],
        "kinds": queries.kinds_of(found) if len(found) > MANY else [],
        "kind": kind,
        "may_write": may(request.user, "letters.write"),
    }
    return record_page(request, person, "letters/letters.html", here="letters", **shown)


@allowed("letters.write")
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the letter; where the address says what about, of those that tell of it; the kind it names is chosen."""
    person, user = open_record(request, reference, "begin a letter"), user_of(request)
    can = queries.can_begin(person, user, request.GET.get("about", ""))

    def make(*args: Any, **kwargs: Any) -> forms.Begin:
        return forms.Begin(*args, can=can, **kwargs)

    def save(form: forms.Begin) -> str:
        chosen = form.can[form.cleaned_data["letter"]]
        made = actions.begin(person, chosen.template, chosen.about, told_of=chosen.told_of, by=user, at=clock.now())
        if queries.who_may_be_beside(made, user):
            address = reverse("letter_children", args=[person.reference, made.reference])
            return f"{address}?{urlencode({'beside': request.GET.getlist('beside')}, doseq=True)}"
        return _on_with(made)

    return form_page(
        request, make, save, title="Begin a letter", caption=person.full_name, button="Begin", introduction=OLDER,
        back=reverse("letters", args=[person.reference]), initial={"letter": _chosen(can, request.GET.get("kind", ""))},
    )  # fmt: skip


def _on_with(letter: Letter) -> str:
    """Where its writing begins: the questions of its template, or how it reads."""
    name = "write_letter" if questions(letter.text) and not letter.answers else "letter"
    return reverse(name, args=[letter.person.reference, letter.reference])


@allowed("letters.write")
def children(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Choose the brothers and sisters whom the letter is about too."""
    person, found = opened(request, reference, letter, "whom a letter is about")
    if not queries.can_be_of_several(found):
        raise Http404
    near = queries.who_may_be_beside(found, user_of(request))
    held = [one.reference for one in found.others]

    def make(*args: Any, **kwargs: Any) -> forms.Children:
        return forms.Children(*args, near=near, **kwargs)

    def save(form: forms.Children) -> str:
        version = found.version
        actions.choose_children(found, form.chosen(), version=version, by=user_of(request), at=clock.now())
        return _on_with(found)

    return form_page(
        request, make, save, title="Whom is it about?", caption=person.full_name, editing=found, button="Go on",
        back=address_of(found), introduction="" if near else "There is no brother or sister whose record you may open.",
        initial={"beside": held or request.GET.getlist("beside")},
    )  # fmt: skip


def _chosen(can: list[queries.CanBegin], kind: str) -> str | None:
    """The only letter, or the only one of that kind."""
    found = [one for one in can if one.template.kind == kind] if kind else can
    return found[0].key if len(found) == 1 else None


@allowed("people.read")
def letter(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """One letter: its copies, how it reads, what is still to be done."""
    person, found = opened(request, reference, letter)
    asked, copies = request.GET.get("copy", ""), list(found.copies.all())
    chosen = next((one for one in copies if str(one.pk) == asked), copies[0] if copies else None)
    composed, wrong = composed_or_why(found, chosen, request)
    shown: dict[str, Any] = {
        "letter": found,
        "copies": [(one, left_out_of(found, one)) for one in copies],
        "chosen": chosen,
        "composed": composed,
        "paper": as_data(composed.paper) if composed else None,
        "wrong": wrong,
        "to_answer": [one for one in questions(found.text) if one not in found.answers],
        "asks": bool(questions(found.text)),
        "near": queries.who_may_be_beside(found, user_of(request)),
        "may_write": may(request.user, "letters.write") and found.put_away_on is None,
        "fixed": any(one.made_at for one in copies),
        "gone": any(one.sent_on for one in copies),
    }
    return record_page(request, person, "letters/letter.html", here="letters", **shown)


def composed_or_why(found: Letter, copy: Copy | None, request: HttpRequest) -> tuple[Composed | None, str]:
    """The letter as it is now for that copy; nothing where its file says how it was, or it cannot be put together."""
    if copy is not None and copy.made_at is not None:
        return None, ""
    try:
        return compose(found, copy, by=user_of(request), on=clock.today()), ""
    except Refused as refused:
        return None, refused.message


@allowed("letters.write")
def write(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Answer what the template asks."""
    person, found = opened(request, reference, letter, "writing a letter")
    asked = questions(found.text)
    initial = {f"answer_{place}": found.answers.get(question, "") for place, question in enumerate(asked)}

    def make(*args: Any, **kwargs: Any) -> forms.Write:
        return forms.Write(*args, questions=asked, **kwargs)

    def save(form: forms.Write) -> str:
        actions.write(found, form.answers(), version=None, by=user_of(request), at=clock.now())
        return address_of(found)

    return form_page(
        request, make, save, title=found.name, caption=person.full_name, initial=initial, editing=found,
        back=address_of(found), introduction=WRITING, done="Saved. This is how it reads.",
    )  # fmt: skip


@allowed("letters.write")
def put_away(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Say that the letter is not to be sent."""
    person, found = opened(request, reference, letter, "putting a letter away")

    def save(form: forms.PutAway) -> str:
        actions.put_away(found, because=form.cleaned_data["because"], by=user_of(request), at=clock.now())
        return reverse("letters", args=[person.reference])

    return form_page(
        request, forms.PutAway, save, title="Put the letter away", caption=found.name, back=address_of(found),
        button="Put it away", done="The letter is put away.",
    )  # fmt: skip
