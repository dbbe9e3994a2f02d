"""Pages of private fostering."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from casework.access.rules import allowed, may, user_of
from casework.common import clock
from casework.common.templatetags.golden_thread import moment
from casework.drafts.form_pages import form_page
from casework.history.putting_right import struck_out, times_each_was_put_right
from casework.people.frame import record_page
from casework.people.opening import lead_on, opened
from casework.people.panels import living_child
from casework.people.reading import note_list, open_record
from casework.private_fostering import actions, forms, law, policies, queries
from casework.private_fostering.models import Arrangement, CarerNotice

PAGE, WRITE, DECIDE = "private fostering", "fostering.write", "fostering.decide"


@allowed("fostering.watch")
def now(request: HttpRequest) -> HttpResponse:
    """The children who are privately fostered, the first whose visit is due first."""
    fostered = queries.fostered_now(user_of(request), clock.now())
    note_list(request, "privately fostered children", len(fostered))
    return render(request, "private_fostering/now.html", {"fostered": fostered})


@allowed("people.read")
def of_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Every arrangement of a child."""
    person = open_record(request, reference, PAGE)
    found = queries.arrangements_of(person)
    ended = all(one.ended_on for one in found)
    return record_page(
        request, person, "private_fostering/of_person.html", here="private_fostering", arrangements=found,
        may_write=may(request.user, WRITE) and living_child(person) and ended,
    )  # fmt: skip


@allowed(WRITE)
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that a child is, or is to be, privately fostered."""
    person, user = open_record(request, reference, PAGE), user_of(request)
    if not living_child(person):
        raise Http404
    carers = queries.carers_to_choose(person, user, clock.today())

    def make(*args: Any, **kwargs: Any) -> forms.KnownForm:
        return forms.KnownForm(*args, on=clock.today(), carers=carers, **kwargs)

    def save(form: forms.KnownForm) -> str:
        return _address(actions.record_arrangement(person, form.known(), by=user, at=clock.now()))

    return form_page(
        request, make, save, title="Record private fostering", caption=person.full_name,
        key=f"fostering:new:{person.pk}", back=reverse("person", args=[reference]),
        about=[one.pk for one in carers],
        done="Recorded. The child’s worker and the team’s manager have been told.",
        introduction="A child who lives with somebody who is no close relative, by the family’s own arrangement.",
    )  # fmt: skip


@allowed("people.read")
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """One arrangement: the clocks, the visits, whether it is suitable, what the carer told us."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)
    at, today = clock.now(), clock.today()
    decisions = list(found.decisions.select_related("recorded_by").order_by("-decided_on", "-pk"))
    notices = list(found.notices.order_by("-told_at", "-pk"))
    put_right = times_each_was_put_right(notices)
    carer, number = queries.carer_of(found, user)
    living = found.ended_on is None
    after = queries.looked_after(found.person, today) if living else False
    shown = {
        "arrangement": found,
        "person": found.person,
        "decision": decisions[0] if decisions else None,
        "earlier": decisions[1:],
        "notices": [(one, policies.in_time(one, found), put_right.get(one.pk, [])) for one in notices],
        "struck_out": struck_out(CarerNotice, arrangement=found.pk),
        "carer": carer,
        "carer_record": number,
        "doubts": list(policies.looks_otherwise(found, relative=queries.close_relative(found), looked_after=after)),
        "means": law.meaning(),
        "prompts": list(policies.prompts_of(found, decisions[0] if decisions else None, notices, today)),
        "clocks": queries.clocks_of(found, at),
        "visits": list(queries.visits_to(found)),
        "may_write": may(user, WRITE),
        "may_decide": may(user, DECIDE) and living,
        "may_visit": may(user, "visit.write") and living and living_child(found.person),
    }
    return render(request, "private_fostering/arrangement.html", shown)


@allowed("people.read")
def of_row(request: HttpRequest, row: str) -> HttpResponse:
    """On to the arrangement with that reference, which the chronology knows it by."""
    return lead_on(request, Arrangement, row, "private_fostering")


@allowed(WRITE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to what is known, or put it right."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)
    carers = queries.carers_to_choose(found.person, user, clock.today(), found)

    def make(*args: Any, **kwargs: Any) -> forms.KnownForm:
        return forms.KnownForm(*args, on=clock.today(), carers=carers, **kwargs)

    def save(form: forms.KnownForm) -> str:
        changed = actions.change_arrangement(found, form.known(), version=found.version, by=user, at=clock.now())
        return _address(changed)

    return form_page(request, make, save, title="Add to what is known", initial=forms.answers_of(found), editing=found,
                     about=[one.pk for one in carers], done="Saved", **_around(found, "change"))  # fmt: skip


@allowed(DECIDE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether the arrangement is suitable."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.DecideForm:
        return forms.DecideForm(*args, on=clock.today(), earliest=found.notified_on, **kwargs)

    def save(form: forms.DecideForm) -> str:
        actions.decide_suitability(found, form.judged(), by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="Is it suitable?", initial={"decided_on": clock.today()},
                     done="Recorded. The child’s worker has been told.", **_around(found, "decide"))  # fmt: skip


@allowed(WRITE)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The carer told us something."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)

    def make(*args: Any, **kwargs: Any) -> forms.NoticeForm:
        return forms.NoticeForm(*args, at=clock.now(), **kwargs)

    def save(form: forms.NoticeForm) -> str:
        actions.record_notice(found, form.told(), by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="What the carer told us", done="Recorded",
                     **_around(found, "notice"))  # fmt: skip


@allowed(WRITE)
def put_notice_right(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """What the carer told us, put right."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)
    recorded = get_object_or_404(found.notices.select_related("arrangement"), pk=notice)

    def make(*args: Any, **kwargs: Any) -> forms.NoticeForm:
        return forms.NoticeForm(*args, at=clock.now(), right=True, **kwargs)

    def save(form: forms.NoticeForm) -> str:
        why = form.cleaned_data["why"]
        actions.put_notice_right(recorded, form.told(), why=why, version=recorded.version, by=user, at=clock.now())
        return _address(found)

    return form_page(request, make, save, title="Put right what the carer told us", editing=recorded,
                     initial=forms.answers_of_notice(recorded), done="Put right, and its clock too",
                     **_around(found, f"notice:{notice}"))  # fmt: skip


@allowed(WRITE)
def strike_out(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    """What the carer never told us, struck out."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)
    recorded = get_object_or_404(found.notices.select_related("arrangement"), pk=notice)
    what = f"“{recorded.get_kind_display()}”, told {moment(recorded.told_at)}"

    def save(form: forms.StrikeOutForm) -> str:
        actions.strike_out_notice(recorded, why=form.cleaned_data["why"], by=user, at=clock.now())
        return _address(found)

    return form_page(
        request, forms.StrikeOutForm, save, title="Strike out what the carer never told us", editing=recorded,
        button="Strike it out", done="Struck out, and its clock with it", **_around(found, f"strike-out:{notice}"),
        introduction=f"This goes from {found.person.full_name}’s record: {what}. If it is about another child, record "
        "it on that child’s page too. If only a day or a word is wrong, put it right instead.",
    )  # fmt: skip


@allowed(WRITE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The arrangement ended."""
    found, user = opened(request, queries.arrangement_for, pk, PAGE)
    earliest = policies.earliest_end(found.notified_on, found.started_on)

    def make(*args: Any, **kwargs: Any) -> forms.EndForm:
        return forms.EndForm(*args, on=clock.today(), earliest=earliest, **kwargs)

    def save(form: forms.EndForm) -> str:
        return _address(actions.end_arrangement(found, by=user, at=clock.now(), **form.cleaned_data))

    return form_page(request, make, save, title="How it ended", done="Recorded. No more visits are due.",
                     **_around(found, "end"))  # fmt: skip


def _around(found: Arrangement, page: str) -> dict[str, Any]:
    return {"caption": found.person.full_name, "key": f"fostering:{page}:{found.pk}", "back": _address(found)}


def _address(found: Arrangement) -> str:
    return reverse("private_fostering", args=[found.pk])
