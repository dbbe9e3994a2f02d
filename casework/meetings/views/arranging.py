"""Pages that arrange a meeting, change it and call it off."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.deadlines.queries import RunningClock
from casework.drafts.form_pages import form_page
from casework.meetings import law
from casework.meetings.actions import arranging as actions
from casework.meetings.forms import arranging as forms
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.meetings.plans import meet_together
from casework.meetings.queries import meetings as queries
from casework.people.opening import opened
from casework.people.reading import open_record

PAGE = "meeting"


def kind_asked(kind: str) -> Meeting.Kind:
    """The kind of meeting that an address names. Raises Http404 for none."""
    if kind not in Meeting.Kind:
        raise Http404
    return Meeting.Kind(kind)


def address_of(child: ChildAtMeeting) -> str:
    """The page of a meeting, from the side of that child."""
    return reverse("meeting", args=[child.pk])


@allowed("meeting.write")
def arrange(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Arrange a meeting for the child, and for brothers and sisters on a plan."""
    what, person, user = kind_asked(kind), open_record(request, reference, PAGE), user_of(request)
    waiting = queries.to_come(person, what)
    if waiting is not None:
        return redirect(address_of(waiting))
    children = meet_together(what, person, user, clock.today())
    known = queries.before(what, children, user).members
    due = next((one for one in queries.clocks_for(person, what, at=clock.now()) if not one.stopped), None)

    def make(*args: Any, **kwargs: Any) -> forms.ArrangeForm:
        chairs = queries.who_may_chair(person, user.worker_id)
        return forms.ArrangeForm(*args, children=children, known=known, chairs=chairs, by_when=_by_when(due), **kwargs)

    def save(form: forms.ArrangeForm) -> str:
        made = actions.arrange(what, form.chosen(), by=user, at=clock.now(), **form.answers())
        child = made.children.filter(person=person).first() or made.children.order_by("pk")[0]
        return address_of(child)

    initial = {
        "children": [str(one.pk) for one in children],
        "members": [forms.key_of(one) for one in known],
        "planned_at": _a_time(due.row.due_on if due else None),
    }
    return form_page(
        request, make, save, title=f"Arrange a {what.label.lower()}", caption=person.full_name, button="Arrange it",
        key=f"meeting:arrange:{what}:{person.pk}", initial=initial, about=[one.pk for one in children],
        back=reverse("person_meetings", args=[reference]), done="Arranged. The worker is told",
    )  # fmt: skip


def _by_when(due: RunningClock | None) -> str:
    """By when it has to be held, in a sentence; empty where no clock runs."""
    return f"It has to be held by {due.due_said}." if due and not due.stopped else ""


def _a_time(last: Any) -> Any:
    """A time that is in time and still to come; None where the last day has passed."""
    at = queries.at_ten(law.a_day_for(last)) if last else None
    return at if at and at > clock.now() else None


@allowed("meeting.write")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The place, the chair, who else is to come."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    meeting = child.meeting
    known = queries.before(meeting.kind, [child.person], user).members
    there = {(one.agency, one.name.casefold()) for one in queries.members_of(meeting)}
    new = [one for one in known if (one.agency, one.name.casefold()) not in there]

    due = queries.clock_of(child, at=clock.now())

    def make(*args: Any, **kwargs: Any) -> forms.ArrangeForm:
        chairs = queries.who_may_chair(child.person, user.worker_id, meeting.chair_id)
        asks_when = meeting.planned_at is None
        return forms.ArrangeForm(
            *args,
            children=[child.person],
            known=new,
            chairs=chairs,
            asks_when=asks_when,
            by_when=_by_when(due),
            **kwargs,
        )

    def save(form: forms.ArrangeForm) -> str:
        actions.change(meeting, version=None, by=user, at=clock.now(), **form.answers())
        return address_of(child)

    initial = {"place": meeting.place, "chair": meeting.chair}
    return form_page(
        request, make, save, title=f"Change the {meeting.get_kind_display().lower()}", caption=child.person.full_name,
        key=f"meeting:change:{meeting.pk}", initial=initial, editing=meeting, back=address_of(child), done="Changed",
        introduction="" if meeting.planned_at is None else "For another time, put it off and say why.",
    )  # fmt: skip


@allowed("meeting.write")
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the meeting off, or cancel it."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    due = queries.clock_of(child, at=clock.now())

    def save(form: forms.CallOffForm) -> str:
        answers, at = form.cleaned_data, clock.now()
        if answers["answer"] == "cancel":
            actions.cancel(child.meeting, because=answers["because"], by=user, at=at)
        else:
            actions.put_off(child.meeting, because=answers["because"], planned_at=answers["planned_at"], by=user, at=at)
        return address_of(child)

    goes_on = f"The clock goes on: it still has to be held by {due.due_said}." if due and not due.stopped else ""
    return form_page(
        request, forms.CallOffForm, save, title="Put off or cancel", caption=child.person.full_name,
        key=f"meeting:off:{child.meeting_id}", back=address_of(child), done="Recorded. The worker is told",
        introduction=goes_on,
    )  # fmt: skip
