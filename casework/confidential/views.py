"""Pages for closing a record, opening one's way in, and seeing who looked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed, user_of
from casework.access.throttle import too_often
from casework.accounts.models import User
from casework.common import clock
from casework.common.refused import Refused
from casework.confidential import actions
from casework.confidential.forms import BreakGlassForm, LiftForm, NamedForm, RestrictForm
from casework.confidential.queries import open_restriction, who_looked
from casework.drafts.form_pages import form_page
from casework.history.models import Entry
from casework.history.reads import Read, note_read
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.reading import open_record

OPEN_FOR = f"{actions.GLASS_IS_OPEN_FOR.total_seconds() / 3600:.0f} hours"


@allowed("restrict.manage")
def restriction(request: HttpRequest, reference: str) -> HttpResponse:
    """Restrict a record, or change who may see it."""
    person, user = open_record(request, reference, "restriction"), request.user
    assert isinstance(user, User)
    now = open_restriction(person)
    address = reverse("person", args=[reference])

    def save(form: RestrictForm) -> str:
        if now is None:
            answers = form.cleaned_data
            actions.restrict(person, reason=answers["reason"], named=answers["named"], by=user, at=clock.now())
        else:
            actions.change_named(now, form.cleaned_data["named"], by=user, at=clock.now())
        return address

    named = list(now.named.values_list("user", flat=True)) if now else []
    title = "Who may see this record" if now else "Restrict this record"
    return form_page(
        request, NamedForm if now else RestrictForm, save, title=title,
        caption=person.full_name, key=f"restriction:{person.pk}", back=address,
        initial={"named": named},
        introduction="A restricted record is invisible to everybody but its owner and the people named.",
        done="Saved", template="confidential/restriction.html", restriction=now,
        takes_over=now is not None and now.owner_id != user.pk and actions.answers_for(now, user),
    )  # fmt: skip


@allowed("restrict.manage")
def lift_restriction(request: HttpRequest, reference: str) -> HttpResponse:
    """Lift a restriction."""
    person, user = open_record(request, reference, "restriction"), request.user
    assert isinstance(user, User)
    now = open_restriction(person)

    def save(form: LiftForm) -> str:
        if now is None:
            raise Refused("This record is not restricted any more.")
        actions.lift(now, reason=form.cleaned_data["reason"], by=user, at=clock.now())
        return reverse("person", args=[reference])

    return form_page(
        request, LiftForm, save, title="Lift the restriction", caption=person.full_name, button="Lift it",
        back=reverse("restriction", args=[reference]), done="The restriction is lifted",
    )  # fmt: skip


@allowed("break_glass")
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a record that is out of reach, with a reason. A number that is no record's is answered in the same way."""
    user = request.user
    assert isinstance(user, User)

    def save(form: BreakGlassForm) -> str:
        if too_often(user, "break_glass"):
            raise Refused("You have opened many records in a short time. Wait an hour, or ask your manager.")
        number = form.cleaned_data["reference"].strip()
        asked = Person.objects.filter(reference__iexact=number).select_related("merged_into").first()
        person = (asked.merged_into or asked) if asked else None
        if person is None:
            note_read(request, Read(None, "break glass", form.cleaned_data["reason"], Entry.Kind.DENIED))
            raise Refused("No record has this number. Check it, and try again.", "reference")
        actions.break_glass(person, reason=form.cleaned_data["reason"], by=user, at=clock.now())
        note_read(request, Read(person.pk, "break glass", form.cleaned_data["reason"], Entry.Kind.OPENED))
        return reverse("person", args=[person.reference])

    return form_page(
        request, BreakGlassForm, save, title="Open a record you cannot otherwise see", button="Open the record",
        initial={"reference": request.GET.get("number", "")},
        introduction=f"For when a child's safety or your duty needs it now. The record is open to you for {OPEN_FOR}.",
    )  # fmt: skip


@allowed("history.view")
def history_of_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Who looked at the record, and what was changed, latest first."""
    person = open_record(request, reference, "who looked")
    kind = request.GET.get("kind", "")
    number = request.GET.get("page", "1")
    kind = kind if kind in Entry.Kind.values else ""
    page, lines = who_looked(person, user_of(request), kind=kind, number=int(number) if number.isdecimal() else 1)
    kinds = [
        ("", "Everything"),
        *((value, label) for value, label in Entry.Kind.choices if value not in {"sign_in", "loaded"}),
    ]
    return record_page(
        request,
        person,
        "confidential/who_looked.html",
        here="who_looked",
        page=page,
        lines=lines,
        kind=kind,
        kinds=kinds,
    )
