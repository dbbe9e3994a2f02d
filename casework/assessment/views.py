"""Pages of assessments."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import accounts_that_may, allowed, may
from casework.accounts.models import User
from casework.assessment import actions, forms, outcomes, policies, queries
from casework.assessment.models import Assessment, ToolResult
from casework.assessment.tools import SCALES
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.front_door.models import Referral
from casework.people.reading import open_record, readable
from casework.tasks.queries import sign_off_of
from casework.voice.models import NotAsked
from casework.voice.why import given, why_not_asked, with_why


def opened(request: HttpRequest, pk: int, page: str) -> tuple[Assessment, User]:
    """The assessment and who is asking, with the child's record noted as looked at. Raises Http404."""
    user = request.user
    assert isinstance(user, User)
    found = queries.assessment_for(user, pk)
    if found is None:
        raise Http404
    open_record(request, found.person.reference, page)
    return found, user


@allowed("assessment.write", "assessment.authorise")
def start(request: HttpRequest, referral: int) -> HttpResponse:
    """Start assessing the children of a referral."""
    user = request.user
    assert isinstance(user, User)
    chosen = Referral.objects.filter(pk=referral, person__in=readable(user)).select_related("person", "contact").first()
    if chosen is None:
        raise Http404
    open_record(request, chosen.person.reference, "assessment")
    waiting = queries.to_assess(user, chosen)
    if not waiting:
        return _nobody_to_assess(request, chosen)

    def make(*args: Any, **kwargs: Any) -> forms.StartForm:
        return forms.StartForm(*args, referrals=waiting, on=clock.today(), **kwargs)

    def save(form: forms.StartForm) -> str:
        answers = form.cleaned_data
        made = actions.start_assessments(answers["children"], worker=answers["worker"], by=user, at=clock.now())
        return reverse("assessment", args=[made[0].pk])

    initial = {"children": [one.pk for one in waiting], "worker": user.worker_id}
    return form_page(
        request, make, save, title="Start an assessment", caption=chosen.person.full_name, button="Start",
        key=f"assessment:start:{referral}", initial=initial, back=reverse("person", args=[chosen.person.reference]),
        done="The assessment has begun",
    )  # fmt: skip


def _nobody_to_assess(request: HttpRequest, referral: Referral) -> HttpResponse:
    """To the assessment that runs, or to the referral where a next step has to be decided first."""
    running = referral.person.assessments.filter(authorised_on=None).first()
    if running:
        messages.info(request, f"An assessment of {referral.person.full_name} goes on. This is it.")
        return redirect("assessment", running.pk)
    messages.info(request, "There is nobody to assess: the referral is closed, or another next step is decided.")
    return redirect("referral", referral.reference)


@allowed("people.read")
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """An assessment: where it stands, its parts, its reviews, what waits."""
    found, user = opened(request, pk, "assessment")
    asked = sign_off_of(actions.SIGN_OFF, found.pk, found.person)
    waiting = asked is not None and asked.state == "waiting"
    writes = may(user, "assessment.write") and found.authorised_on is None
    authorises = may(user, "assessment.authorise") and found.authorised_on is None
    clocks = queries.clocks(found, clock.now())
    times_seen = found.times_seen.select_related("by").order_by("seen_on")
    why = None if found.childs_words else why_not_asked(NotAsked.Place.ASSESSMENT, pk)
    shown = {
        "assessment": found,
        "person": found.person,
        "together": queries.assessed_together(found, user),
        "parts": queries.parts_of(found),
        "clocks": [one for one in clocks if not one.stopped],
        "stopped": [one for one in clocks if one.stopped],
        "times_seen": with_why([found.person], NotAsked.Place.SEEN, times_seen),
        "why": why,
        "reviews": found.review_points.select_related("by"),
        "factors": list(found.factors.values_list("factor", flat=True)),
        "tools": queries.tools_used(found),
        "files": queries.files_of(found),
        "asked": asked,
        "opened": outcomes.what_follows(found),
        "tasks": outcomes.tasks_given(found),
        "missing": policies.missing(found) if writes else [],
        "prompts": policies.prompts(found, why) if writes else [],
        "may_write": writes,
        "may_ask": writes and not waiting,
        "may_review": authorises,
        "may_answer": authorises and waiting and asked is not None and asked.asked_of_id == user.pk,
        "may_share": found.authorised_on is not None and found.shared_on is None and may(user, "assessment.write"),
    }
    return render(request, "assessment/assessment.html", shown)


def _own_page(
    request: HttpRequest, pk: int, make: Any, names: tuple[str, ...], title: str, introduction: str = "", *,
    their_words: bool = False,
) -> HttpResponse:  # fmt: skip
    """A page of the child's own part; with `their_words`, one that asks for those, or why there are none."""
    found, user = opened(request, pk, "assessment")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    if their_words:
        make = partial(make, person=found.person)
        initial["why_not_asked"] = given(NotAsked.Place.ASSESSMENT, pk)

    def save(form: Any) -> str:
        actions.write_own_part(found, form.cleaned_data, version=None, by=user, at=clock.now())
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title=title, caption=found.person.full_name, key=f"assessment:{title}:{pk}",
        initial=initial, editing=found, back=reverse("assessment", args=[pk]),
        introduction=introduction, done="Saved",
    )  # fmt: skip


@allowed("assessment.write")
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """The child's needs and own words."""
    names = ("needs", "childs_words", "how_heard")
    return _own_page(request, pk, forms.ChildForm, names, "The child's needs and own words", their_words=True)


@allowed("assessment.write")
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """The analysis and what is proposed."""

    def make(*args: Any, **kwargs: Any) -> forms.AnalysisForm:
        return forms.AnalysisForm(*args, on=clock.today(), **kwargs)

    return _own_page(request, pk, make, ("analysis", "what_next", "proposed_outcome"), "Analysis and what you propose")


@allowed("assessment.write")
def not_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the child has not been seen."""
    return _own_page(request, pk, forms.NotSeenForm, ("why_not_seen",), "Why the child has not been seen")


@allowed("assessment.write")
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """The family's part, for every child assessed together."""
    found, user = opened(request, pk, "assessment")
    if found.family is None:
        raise Http404
    of_all, names = found.family, [one.person.full_name for one in queries.assessed_together(found, user)]

    def save(form: forms.FamilyForm) -> str:
        actions.write_family_part(of_all, form.cleaned_data, version=None, by=user, at=clock.now())
        return reverse("assessment", args=[pk])

    return form_page(
        request, forms.FamilyForm, save, title="The family's part", caption=found.person.full_name,
        key=f"assessment:family:{of_all.pk}", initial={name: getattr(of_all, name) for name in actions.FAMILY_PARTS},
        editing=of_all, back=reverse("assessment", args=[pk]), done="Saved",
        introduction=f"This is also part of the assessment of {' and '.join(names)}." if names else "",
    )  # fmt: skip


@allowed("assessment.write")
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a time that the child was seen."""
    found, user = opened(request, pk, "assessment")

    def make(*args: Any, **kwargs: Any) -> forms.SeenForm:
        return forms.SeenForm(*args, on=clock.today(), person=found.person, **kwargs)

    def save(form: forms.SeenForm) -> str:
        actions.record_seen(found, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title="Seeing the child", caption=found.person.full_name, key=f"assessment:seen:{pk}",
        back=reverse("assessment", args=[pk]), done="Recorded", template="assessment/seen.html", assessment=found,
    )  # fmt: skip


@allowed("assessment.write")
def factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the factors."""
    found, user = opened(request, pk, "assessment")

    def make(*args: Any, **kwargs: Any) -> forms.FactorsForm:
        return forms.FactorsForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.FactorsForm) -> str:
        actions.set_factors(found, form.cleaned_data["factors"], by=user, at=clock.now())
        return reverse("assessment", args=[pk])

    initial = {"factors": list(found.factors.values_list("factor", flat=True))}
    return form_page(
        request, make, save, title="Factors", caption=found.person.full_name, key=f"assessment:factors:{pk}",
        initial=initial, editing=found, back=reverse("assessment", args=[pk]), done="Saved",
    )  # fmt: skip


@allowed("assessment.write")
def tools(request: HttpRequest, pk: int) -> HttpResponse:
    """Which tool's result to record."""
    found, _ = opened(request, pk, "assessment")
    shown = {"assessment": found, "tools": ToolResult.Tool.choices, "results": queries.tools_used(found)}
    return render(request, "assessment/tools.html", shown)


@allowed("assessment.write")
def tool(request: HttpRequest, pk: int, tool: str) -> HttpResponse:
    """Record what a tool found."""
    found, user = opened(request, pk, "assessment")
    if tool not in SCALES:
        raise Http404

    def make(*args: Any, **kwargs: Any) -> forms.ToolForm:
        return forms.ToolForm(*args, tool=tool, on=clock.today(), **kwargs)

    def save(form: forms.ToolForm) -> str:
        answers = form.cleaned_data
        actions.record_tool(
            found, tool=tool, used_on=answers["used_on"], grades=form.grades(), what_it_means=answers["what_it_means"],
            by=user, at=clock.now(),
        )  # fmt: skip
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title=ToolResult.Tool(tool).label, caption=found.person.full_name,
        key=f"assessment:{tool}:{pk}", back=reverse("assessment_tools", args=[pk]), done="Recorded",
    )  # fmt: skip


@allowed("assessment.authorise")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold a review point."""
    found, user = opened(request, pk, "assessment")

    def make(*args: Any, **kwargs: Any) -> forms.ReviewForm:
        return forms.ReviewForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.ReviewForm) -> str:
        actions.hold_review_point(found, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title="Review how the assessment goes", caption=found.person.full_name,
        key=f"assessment:review:{pk}", initial={"held_on": clock.today()}, back=reverse("assessment", args=[pk]),
        done="The review is recorded and the worker told",
    )  # fmt: skip


@allowed("assessment.write")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the assessment to a manager."""
    found, user = opened(request, pk, "assessment")

    def make(*args: Any, **kwargs: Any) -> forms.AskForm:
        return forms.AskForm(*args, managers=accounts_that_may("assessment.authorise", apart_from=user), **kwargs)

    def save(form: forms.AskForm) -> str:
        actions.ask_for_authorisation(found, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("assessment", args=[pk])

    manager = found.team.managers_account if found.team else None
    return form_page(
        request, make, save, title="Send it to be authorised", caption=found.person.full_name, button="Send",
        initial={"of": manager.pk if manager else None}, back=reverse("assessment", args=[pk]),
        done="Sent to be authorised",
    )  # fmt: skip


@allowed("assessment.authorise")
def authorise(request: HttpRequest, pk: int) -> HttpResponse:
    """Authorise the assessment, or return it."""
    found, user = opened(request, pk, "assessment")
    asked = sign_off_of(actions.SIGN_OFF, found.pk, found.person)
    if asked is None or asked.state != "waiting":
        messages.info(request, "This assessment is not waiting for a decision: it was answered, or was not sent yet.")
        return redirect("assessment", pk)

    def make(*args: Any, **kwargs: Any) -> forms.AuthoriseForm:
        return forms.AuthoriseForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.AuthoriseForm) -> str:
        answers, at = form.cleaned_data, clock.now()
        if answers["answer"] == "authorise":
            actions.authorise(found, asked, outcome=answers["outcome"], direction=answers["direction"], by=user, at=at)
        else:
            actions.return_for_work(found, asked, comment=answers["direction"], by=user, at=at)
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title="Authorise or return", caption=found.person.full_name, button="Save the decision",
        key=f"assessment:authorise:{pk}", initial={"outcome": found.proposed_outcome},
        back=reverse("assessment", args=[pk]), done="Your decision is recorded and the worker told",
        template="assessment/authorise.html", assessment=found, asked=asked,
        why=None if found.childs_words else why_not_asked(NotAsked.Place.ASSESSMENT, pk),
    )  # fmt: skip


@allowed("assessment.write")
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the assessment was shared."""
    found, user = opened(request, pk, "assessment")

    def make(*args: Any, **kwargs: Any) -> forms.ShareForm:
        return forms.ShareForm(*args, on=clock.today(), **kwargs)

    def save(form: forms.ShareForm) -> str:
        actions.share(found, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("assessment", args=[pk])

    return form_page(
        request, make, save, title="Share the assessment", caption=found.person.full_name,
        back=reverse("assessment", args=[pk]), initial={"shared_on": clock.today()}, done="Recorded",
    )  # fmt: skip
