"""Pages that record a meeting: all of it at once, and afterwards a child's part or the minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from casework.access.rules import accounts_that_may, allowed, user_of
from casework.accounts.models import User
from casework.child_protection.inviting import Asked
from casework.common import clock
from casework.common.templatetags.golden_thread import day
from casework.drafts.form_pages import form_page
from casework.meetings import law
from casework.meetings.actions import holding as actions
from casework.meetings.forms import holding as forms
from casework.meetings.models import Meeting
from casework.meetings.plans import meet_together, plans_on
from casework.meetings.queries import meetings as queries
from casework.meetings.queries.actions import to_be_done
from casework.meetings.views.arranging import PAGE, address_of, kind_asked
from casework.people.models import Person
from casework.people.opening import opened
from casework.people.reading import open_record
from casework.voice.models import NotAsked
from casework.voice.why import given


@allowed("meeting.write")
def record(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Record a meeting that nobody arranged here; the one that was arranged, where there is one.

    Where somebody arranges one while this page is being written, what was written is of that one.
    """
    what, person, user = kind_asked(kind), open_record(request, reference, PAGE), user_of(request)
    waiting = queries.to_come(person, what)
    if waiting is not None and request.method != "POST":
        return redirect(reverse("hold_meeting", args=[waiting.pk]))
    children = meet_together(what, person, user, clock.today())
    known = queries.before(what, children, user)
    meanwhile = waiting.meeting if waiting else None
    return _hold(request, what, person, children, known.members, user, before=known.meeting, meanwhile=meanwhile)


@allowed("meeting.write")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the meeting that was arranged."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    if not child.meeting.to_come:
        return redirect(address_of(child))
    together = [one.person for one in queries.together_at(child, user)]
    planned = plans_on(child.meeting.kind, together, _held_on(child.meeting))
    children = [one for one in together if one.pk in planned] or [child.person]
    known = queries.members_of(child.meeting)
    return _hold(request, Meeting.Kind(child.meeting.kind), child.person, children, known, user, meeting=child.meeting)


def _held_on(meeting: Meeting | None) -> date:
    """The day it is taken to have been held: the one that was planned, or today."""
    today, planned = clock.today(), meeting.planned_at if meeting else None
    return min(timezone.localdate(planned), today) if planned else today


def _hold(
    request: HttpRequest, kind: Meeting.Kind, person: Person, children: list[Person], known: list[Asked], user: User,
    *, meeting: Meeting | None = None, before: Meeting | None = None, meanwhile: Meeting | None = None,
) -> HttpResponse:  # fmt: skip
    today, held_on = clock.today(), _held_on(meeting)
    due = law.next_by(kind, held_on)
    last = meeting or before
    to_do = to_be_done(kind, plans_on(kind, children, held_on).values())

    def make(*args: Any, **kwargs: Any) -> forms.HoldForm:
        hint = f"After a meeting on {day(held_on)} the next has to be held by {day(due)}." if due else ""
        return forms.HoldForm(
            *args, on=today, kind=kind, children=children, known=known, choose=meeting is None, to_do=to_do,
            managers=accounts_that_may("meeting.authorise", apart_from=user), next_hint=hint,
            chairs=queries.who_may_chair(person, user.worker_id, last.chair_id if last else None), **kwargs,
        )  # fmt: skip

    def save(form: forms.HoldForm) -> str:
        made = actions.hold(kind, form.parts(), form.held(), meeting=meeting or meanwhile, by=user, at=clock.now())
        child = made.children.filter(person=person).first() or made.children.order_by("pk")[0]
        return address_of(child)

    next_at = queries.proposed(kind, held_on, last.planned_at if last else None)
    initial = {
        "held_on": held_on,
        "chair": last.chair_id if last else None,
        "children": [str(one.pk) for one in children],
        "next_at": next_at if next_at and next_at > clock.now() else None,
        "next_place": last.place if last else "",
        "manager": queries.manager_of(person) if kind == Meeting.Kind.CIN_REVIEW else None,
    }
    back = reverse("person_meetings", args=[person.reference])
    return form_page(
        request, make, save, title=f"Record the {kind.label.lower()}",
        caption=", ".join(one.full_name for one in children),
        key=f"meeting:hold:{meeting.pk if meeting else f'{kind}:{person.pk}'}", initial=initial, back=back,
        about=[one.pk for one in children], done=f"The {kind.label.lower()} is recorded", template="meetings/hold.html",
    )  # fmt: skip


@allowed("meeting.write")
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """A child's part of a meeting that was held: written later, or put right."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    if child.meeting.held_on is None:
        return redirect(address_of(child))

    def make(*args: Any, **kwargs: Any) -> forms.PartForm:
        return forms.PartForm(*args, child=child, **kwargs)

    def save(form: forms.PartForm) -> str:
        actions.write_part(child, form.part(), version=None, by=user, at=clock.now())
        return address_of(child)

    return form_page(
        request, make, save, title=f"What it came to for {child.person.full_name}", key=f"meeting:part:{pk}",
        initial={name: getattr(child, name) for name in actions.OF_A_CHILD}
        | {"why_not_asked": given(NotAsked.Place.MEETING, pk)},
        editing=child, back=address_of(child), done="Saved",
    )  # fmt: skip


@allowed("meeting.write")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, decisions and the parents' words of a meeting that was held, added or put right."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    meeting = child.meeting
    if meeting.held_on is None:
        return redirect(address_of(child))

    def save(form: forms.RecordForm) -> str:
        actions.change_record(meeting, version=None, by=user, at=clock.now(), **form.cleaned_data)
        return address_of(child)

    return form_page(
        request, forms.RecordForm, save, title="Minutes and decisions", caption=child.person.full_name,
        key=f"meeting:minutes:{meeting.pk}", initial={name: getattr(meeting, name) for name in actions.WRITTEN},
        editing=meeting, back=address_of(child), done="Saved",
    )  # fmt: skip
