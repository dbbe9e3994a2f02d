"""Pages of visits: all of a child's, a new one, one to read, one to put right."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casework.access.rules import allowed, may, user_of
from casework.child_protection.queries.stages import children_with
from casework.common import clock
from casework.common.coded import choices
from casework.drafts.form_pages import form_page
from casework.people.frame import record_page
from casework.people.opening import lead_on, opened
from casework.people.panels import living_child
from casework.people.reading import open_record
from casework.visits import actions, forms, queries
from casework.visits.duty_questions import of_correction, of_new_visit
from casework.visits.models import ChildVisited
from casework.visits.stretch import IN_PLANS, SINCE, stretch_of
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked

PAGE, WRITE = "visits", "visit.write"
A_PAGE = 25


@allowed("people.read")
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Every visit to a child, as looked for, and the next that is due."""
    person, now = open_record(request, reference, PAGE), clock.now()
    today = timezone.localdate(now)
    kind, alone = request.GET.get("kind", ""), request.GET.get("alone", "")
    page = Paginator(queries.visits_of(person, kind=kind, alone=alone), A_PAGE).get_page(request.GET.get("page"))
    late = queries.made_late(person, now)
    shown: dict[str, Any] = {
        "page": page,
        "visits": [(one, late.get(one.reference, [])) for one in page],
        "due": queries.next_due([person.pk], now),
        "stretch": stretch_of(SINCE.ask(person.pk), IN_PLANS.ask(person.pk), today),
        "kinds": choices("visit_kind", today),
        "kind": kind,
        "alone": alone,
        "may_write": may(request.user, WRITE) and living_child(person),
    }
    return record_page(request, person, "visits/of_person.html", here="visits", **shown)


@allowed(WRITE)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a visit, to brothers and sisters too."""
    person, user, now = open_record(request, reference, PAGE), user_of(request), clock.now()
    if not living_child(person):
        raise Http404
    today = timezone.localdate(now)
    family = [one for one in children_with(person, user, today)[1:] if living_child(one)]
    to_do = queries.to_be_done([person, *family])
    due = queries.next_due([person.pk, *(one.pk for one in family)], now)
    asked_for = request.GET.get("kind", "")
    asked_for = asked_for if asked_for in dict(choices("visit_kind", today)) else ""
    duties = {
        key: of_new_visit(
            found.duties, [one for one in due if one.row.person_id == key], asked_for if key == person.pk else ""
        )
        for key, found in queries.open_for([person, *family], today).items()
    }

    def make(*args: Any, **kwargs: Any) -> forms.RecordVisit:
        return forms.RecordVisit(
            *args, person=person, family=family, duties=duties, now=now, on=today, to_do=to_do, **kwargs
        )

    def save(form: forms.RecordVisit) -> str:
        made = actions.record_visit(form.visit(), form.everybody(), by=user, at=now)
        return reverse("visit", args=[made[0].pk])

    return form_page(
        request, make, save, title="Record a visit", caption=person.full_name, template="visits/record.html",
        key=f"visits:new:{person.pk}", back=reverse("visits_of_person", args=[reference]),
        about=[one.pk for one in family], initial={"also": queries.due_with(person, due)},
        done="The visit is on the record.",
    )  # fmt: skip


@allowed("people.read")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit as this child's record shows it, and when the next is due."""
    part, user = opened(request, queries.visit_for, pk, PAGE)
    shown = {
        "part": part,
        "person": part.person,
        "together": queries.together(part, user),
        "worked_on": queries.worked_on(part),
        "why": None if part.said_id else why_not_asked(NotAsked.Place.VISIT, pk),
        "stopped": queries.stopped_by(part, clock.now()),
        "due": queries.next_due([part.person_id], clock.now()),
        "may_write": may(user, WRITE),
    }
    return render(request, "visits/visit.html", shown)


@allowed("people.read")
def visit_of_row(request: HttpRequest, row: str) -> HttpResponse:
    """On to the visit with that reference, which the canonical tables and the chronology know it by."""
    return lead_on(request, ChildVisited, row, "visit")


@allowed(WRITE)
def put_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a child's part of a visit right."""
    part, user = opened(request, queries.visit_for, pk, PAGE)
    on = part.visit.visited_on
    duties = of_correction(queries.open_for([part.person], on)[part.person_id].duties, part.duties)

    def make(*args: Any, **kwargs: Any) -> forms.OneChild:
        made = forms.OneChild(*args, person=part.person, duties=duties, on=on, **kwargs)
        if part.said_id:
            for name in ("words", "how", "why_not_asked"):
                made.fields.pop(actions.asked_of(name, part.person), None)
        return made

    def save(form: forms.OneChild) -> str:
        own = form.answers(part.person)
        actions.put_right(part, own, version=part.version, by=user, at=clock.now())
        return reverse("visit", args=[part.pk])

    return form_page(
        request, make, save, title="Put this visit right", caption=part.person.full_name, editing=part,
        initial=forms.answers_of(part), key=f"visits:right:{part.pk}", back=reverse("visit", args=[part.pk]),
        introduction="What it said before stays in the history.", done="Put right", template="visits/put_right.html",
    )  # fmt: skip
