"""Pages of conferences before they are held: the list, asking, arranging, inviting, reports, calling off."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.child_protection import policies
from casework.child_protection.actions import asking
from casework.child_protection.actions import conferences as actions
from casework.child_protection.actions.reports import note_report
from casework.child_protection.beside import beside
from casework.child_protection.forms import conferences as forms
from casework.child_protection.models import ChildAtConference, Invitation
from casework.child_protection.protocol import protocol, quorum_of
from casework.child_protection.queries import conferences as queries
from casework.child_protection.queries.stages import children_with, open_plan
from casework.child_protection.queries.suggestions import suggestions
from casework.common import clock
from casework.deadlines.queries import RunningClock
from casework.drafts.form_pages import form_page
from casework.history.putting_right import times_put_right
from casework.people.models import Person
from casework.people.opening import opened
from casework.people.reading import note_list, open_record
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked

PAGE = "conference"
A_PAGE = 25


@allowed("conference.arrange", "conference.chair")
def conferences(request: HttpRequest) -> HttpResponse:
    """Conferences to be arranged and to be held, and those that are due and nobody has asked for."""
    user, at = request.user, clock.now()
    assert isinstance(user, User)
    asked = queries.asked_for(user, at)
    page = Paginator(queries.due_and_not_asked_for(user), A_PAGE).get_page(request.GET.get("page"))
    due = [queries.ToCome(row.person, None, RunningClock(row, at)) for row in page]
    note_list(request, "conferences", len(asked) + len(due))
    return render(request, "child_protection/conferences.html", {"asked": asked, "due": due, "page": page})


@allowed("people.read")
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    """A conference, from the side of one child."""
    child, user = opened(request, queries.child_at_conference, pk, PAGE)
    held, at = child.conference, clock.now()
    to_come = held.held_on is None and held.cancelled_on is None
    invited = queries.invited_to(child, clock.today())
    chairs, following = may(user, "conference.chair"), queries.following_of(child)
    why = None if child.childs_views else why_not_asked(NotAsked.Place.CONFERENCE, pk)
    shown = {
        "child": child,
        "conference": held,
        "person": child.person,
        "together": [one for one in queries.together_at(child, user) if one.pk != child.pk],
        "clock": queries.clock_of(child, at=at),
        "why": why,
        "invited": invited,
        "quorum": quorum_of(one.invitation for one in invited),
        "adjournments": held.adjournments.all(),
        "views": child.agency_views.select_related("invitation"),
        "plan": child.plans_made.first() or child.plan,
        "following": following,
        "following_clock": queries.clock_of(following, at=at) if following else None,
        "to_come": to_come,
        "beside": beside(child, user, at),
        "protocol": protocol(),
        "prompts": policies.prompts_of_conference(child, why) if chairs and held.held_on else [],
        "may_arrange": to_come and may(user, "conference.arrange"),
        "may_note_report": held.cancelled_on is None and may(user, "conference.arrange"),
        "may_hold": to_come and chairs,
        "may_decide": held.held_on is not None and not child.outcome and chairs,
        "may_correct": held.held_on is not None and chairs,
        "put_right": [*times_put_right(held), *times_put_right(child)] if held.held_on else [],
        "may_write_views": held.cancelled_on is None and chairs,
    }
    return render(request, "child_protection/conference.html", shown)


@allowed("protection.authorise", "conference.arrange", "conference.chair")
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a conference that no enquiry led to: for a child who moved in, before birth, to review a plan."""
    person, user, today = open_record(request, reference, PAGE), request.user, clock.today()
    assert isinstance(user, User)
    kinds = _kinds(person)
    waiting = queries.waiting_for(children_with(person, user, today), beside=person)

    def make(*args: Any, **kwargs: Any) -> forms.AskForm:
        return forms.AskForm(*args, on=today, kinds=kinds, waiting=waiting, **kwargs)

    def save(form: forms.AskForm) -> str:
        made = asking.ask_for_conference(person, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("conference", args=[made.pk])

    return form_page(
        request, make, save, title="Ask for a conference", caption=person.full_name, button="Ask for it",
        key=f"conference:ask:{person.pk}",
        initial={"kind": kinds[0] if len(kinds) == 1 else "", "requested_on": today},
        back=reverse("person", args=[reference]), done="The conference is asked for",
    )  # fmt: skip


def _kinds(person: Person) -> tuple[str, ...]:
    """The kinds that may be asked for: a review of an open plan, or else a first conference."""
    if open_plan(person) is not None:
        return (asking.REVIEW,)
    return (asking.PRE_BIRTH, asking.TRANSFER_IN) if person.unborn else (asking.TRANSFER_IN, asking.INITIAL)


@allowed("conference.arrange")
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """The day, the place and the chair."""
    child, user = opened(request, queries.child_at_conference, pk, PAGE)
    running = queries.clock_of(child, at=clock.now())
    by_when = f"It has to be held by {running.due_said}." if running else ""

    def make(*args: Any, **kwargs: Any) -> forms.ArrangeForm:
        return forms.ArrangeForm(*args, by_when=by_when, **kwargs)

    def save(form: forms.ArrangeForm) -> str:
        actions.arrange(child.conference, version=None, by=user, at=clock.now(), **form.cleaned_data)
        return _address(child)

    initial = {name: getattr(child.conference, name) for name in ("planned_at", "place", "chair")}
    return form_page(
        request, make, save, title="Arrange the conference", caption=child.person.full_name,
        key=f"conference:arrange:{child.conference_id}", initial=initial, editing=child.conference,
        back=_address(child), done="Arranged. The worker is told",
    )  # fmt: skip


@allowed("conference.arrange")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask people to the conference."""
    child, user = opened(request, queries.child_at_conference, pk, PAGE)
    suggested = suggestions(queries.together_at(child, user), user)

    def make(*args: Any, **kwargs: Any) -> forms.InviteForm:
        return forms.InviteForm(*args, suggested=suggested, **kwargs)

    def save(form: forms.InviteForm) -> str:
        actions.invite(child.conference, form.asked(), by=user, at=clock.now())
        return _address(child)

    return form_page(
        request, make, save, title="Who is to be invited?", caption=child.person.full_name, button="Add to the list",
        key=f"conference:invite:{child.conference_id}", back=_address(child), done="They are on the list",
    )  # fmt: skip


@allowed("conference.arrange")
def report(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """When a report came, and its paper."""
    child, user = opened(request, queries.child_at_conference, pk, PAGE)
    invited, together = _invited(child, invitation), queries.together_at(child, user)
    came = invited.report_arrived_on

    def make(*args: Any, **kwargs: Any) -> forms.ReportForm:
        children = [(one.person_id, one.person.full_name) for one in together]
        return forms.ReportForm(*args, on=clock.today(), children=children, came=came is not None, **kwargs)

    def save(form: forms.ReportForm) -> str:
        given = form.cleaned_data
        note_report(
            invited, arrived_on=given["arrived_on"], files=given["attached"], about=form.about, by=user, at=clock.now()
        )
        return _address(child)

    return form_page(
        request, make, save, title=f"The report of {invited.name}", caption=child.person.full_name,
        key=f"conference:report:{invitation}", initial={"arrived_on": came or clock.today()},
        editing=invited, back=_address(child), done="Noted", about=[one.person_id for one in together],
    )  # fmt: skip


@allowed("conference.arrange")
def take_off(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Take somebody off the list of those invited."""
    child, _ = opened(request, queries.child_at_conference, pk, PAGE)
    invited = _invited(child, invitation)

    def save(_form: forms.TakeOffForm) -> str:
        actions.take_off(invited)
        return _address(child)

    return form_page(
        request, forms.TakeOffForm, save, title=f"Take {invited.name} off the list", caption=child.person.full_name,
        button="Take off the list", back=_address(child), done="They are no longer on the list",
        introduction="If an invitation was sent, tell them that they are not to come.",
    )  # fmt: skip


def _invited(child: ChildAtConference, key: int) -> Invitation:
    found = child.conference.invitations.filter(pk=key).first()
    if found is None:
        raise Http404
    found.conference = child.conference
    return found


@allowed("conference.arrange")
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the conference off, or cancel it, for all of its children or some."""
    child, user = opened(request, queries.child_at_conference, pk, PAGE)
    together = queries.together_at(child, user)

    def make(*args: Any, **kwargs: Any) -> forms.CallOffForm:
        children = [(one.pk, one.person.full_name) for one in together]
        return forms.CallOffForm(*args, children=children, **kwargs)

    def save(form: forms.CallOffForm) -> str:
        answers, at, only = form.cleaned_data, clock.now(), form.only
        because = answers["because"]
        if answers["answer"] == "cancel":
            actions.cancel(child.conference, because=because, only=only, by=user, at=at)
        else:
            actions.adjourn(
                child.conference, because=because, planned_at=answers["planned_at"], only=only, by=user, at=at
            )
        return _address(child)

    return form_page(
        request, make, save, title="Put off or cancel", caption=child.person.full_name,
        key=f"conference:off:{child.conference_id}", back=_address(child),
        about=[one.person_id for one in together], done="Recorded. The worker is told",
        introduction="The time by which it has to be held does not change.",
    )  # fmt: skip


def _address(child: ChildAtConference) -> str:
    return reverse("conference", args=[child.pk])
