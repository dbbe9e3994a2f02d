"""Pages on which a version of a plan is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.planning import forms, queries
from casework.planning.actions import versions as actions
from casework.planning.actions import writing
from casework.planning.actions.copying import FOR_PARENTS
from casework.planning.models import PlanVersion
from casework.planning.plans import plan_of
from casework.planning.prompts import PLACES, prompts_of
from casework.planning.views.opening import opened_part, opened_plan, opened_version
from casework.voice.models import NotAsked
from casework.voice.why import given

TEMPLATE = "planning/form.html"


@allowed("plans.write")
def begin(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Begin a new version, or go on with the one that is being written."""
    plan, person = opened_plan(request, kind, pk)
    user = user_of(request)
    draft = plan.versions.filter(in_force_from=None).first()
    if draft is not None:
        return redirect("plan_version", draft.pk)
    like = queries.like_what(plan, user)

    def make(*args: Any, **kwargs: Any) -> forms.LikeForm:
        return forms.LikeForm(*args, like=like, **kwargs)

    def save(form: forms.LikeForm) -> str:
        made = actions.begin_version(plan, like=form.like(), by=user, at=clock.now())
        return reverse("plan_version", args=[made.pk])

    own = next((str(version.pk) for version, _ in like if version.person_id == person.pk), "")
    return form_page(
        request, make, save, title="Write the plan", caption=person.full_name, button="Begin writing",
        key=f"plan:begin:{kind}:{pk}", initial={"like": own}, back=plan.address,
        introduction="" if like else "You write it a part at a time. It counts once it is agreed.",
    )  # fmt: skip


@allowed("plans.write")
def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """A part of the version that is not about one need."""
    version, person = opened_version(request, queries.version_for, pk)
    if part not in PARTS:
        raise Http404
    form, title, names = PARTS[part]
    words = queries.words_not_taken_up(version) if part == "child" else []
    asked: dict[str, Any] = {"words": words, "person": person} if part == "child" else {}
    initial = {name: getattr(version, name) for name in names}
    if part == "child":
        initial["why_not_asked"] = given(NotAsked.Place.PLAN, pk)

    def make(*args: Any, **kwargs: Any) -> Any:
        return form(*args, **asked, **kwargs)

    def save(filled: Any) -> str:
        given = filled.parts() if part == "child" else filled.cleaned_data
        actions.write_parts(version, given, by=user_of(request), at=clock.now())
        return _address(version)

    return _page(
        request, make, save, part, title=title, caption=person.full_name, key=f"plan:{part}:{pk}", editing=version,
        initial=initial, back=_address(version), done="Saved", person=person,
    )  # fmt: skip


@allowed("plans.write")
def words_for_parents(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the parents are given the child's words to read."""
    shown, person = opened_version(request, queries.version_for, pk)

    def make(*args: Any, **kwargs: Any) -> forms.ForParentsForm:
        return forms.ForParentsForm(*args, person=person, **kwargs)

    def save(form: forms.ForParentsForm) -> str:
        actions.say_who_reads(shown, version=shown.version, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return _address(shown)

    return form_page(
        request, make, save, title="For the parents to read?", caption=person.full_name, editing=shown,
        introduction=f"“{shown.childs_view.strip()}”", back=_address(shown), done="Saved",
        initial={name: getattr(shown, name) for name in FOR_PARENTS},
    )  # fmt: skip


PARTS: Mapping[str, tuple[Any, str, tuple[str, ...]]] = {
    "family": (forms.FamilyForm, "For the parents", ("worried_about", "going_well", "parents_must")),
    "child": (forms.ChildForm, "What the child thinks", ("childs_view", *FOR_PARENTS)),
    "contingency": (
        forms.ContingencyForm, "If things do not change",
        ("contingency", "decide_by", "seen_every_weeks", "who_to_ring"),
    ),
}  # fmt: skip


@allowed("plans.write")
def add_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a need."""
    version, person = opened_version(request, queries.version_for, pk)

    def save(form: forms.NeedForm) -> str:
        writing.add_need(version, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return _address(version)

    return _page(
        request, forms.NeedForm, save, "need", title="Add a need", caption=person.full_name,
        key=f"plan:need:new:{pk}", back=_address(version), done="Added. Now add what will be done",
    )  # fmt: skip


@allowed("plans.write")
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a need differently."""
    wording = opened_part(request, queries.need_for, pk)
    version, outcome = wording.plan_version, writing.outcome_of(wording)

    def save(form: forms.NeedForm) -> str:
        writing.put_need(wording, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return _address(version)

    initial = {"what": wording.what, "family_words": wording.family_words, "outcome": outcome.what if outcome else ""}
    return _page(
        request, forms.NeedForm, save, "need", title="The need", caption=version.person.full_name,
        key=f"plan:need:{pk}", initial=initial, editing=wording, back=_address(version), done="Saved",
    )  # fmt: skip


@allowed("plans.write")
def add_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an action towards an outcome."""
    outcome = opened_part(request, queries.outcome_for, pk)
    version = outcome.plan_version

    def save(form: forms.ActionForm) -> str:
        writing.add_action(outcome, form.said(), by=user_of(request), at=clock.now())
        return _address(version)

    return _page(
        request, _action_form(request, version), save, "action", title="Add an action",
        caption=version.person.full_name, key=f"plan:action:new:{pk}", back=_address(version), done="Added",
        introduction=f"So that: {outcome.what}" if outcome.what else "",
    )  # fmt: skip


@allowed("plans.write")
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an action differently."""
    wording = opened_part(request, queries.action_for, pk)
    version = wording.plan_version

    def save(form: forms.ActionForm) -> str:
        writing.put_action(wording, form.said(), by=user_of(request), at=clock.now())
        return _address(version)

    return _page(
        request, _action_form(request, version, wording), save, "action", title="The action",
        caption=version.person.full_name, key=f"plan:action:{pk}", initial=forms.initial_of(wording),
        editing=wording, back=_address(version), done="Saved",
    )  # fmt: skip


def _action_form(request: HttpRequest, version: PlanVersion, wording: Any = None) -> Callable[..., forms.ActionForm]:
    workers = queries.workers_on(version.person, user_of(request))
    family = queries.family_on(version.person, user_of(request))
    if wording is not None and wording.owner_worker and wording.owner_worker not in workers:
        workers.append(wording.owner_worker)
    if wording is not None and wording.owner_person and wording.owner_person not in family:
        family.append(wording.owner_person)

    def make(*args: Any, **kwargs: Any) -> forms.ActionForm:
        return forms.ActionForm(*args, workers=workers, family=family, **kwargs)

    return make


@allowed("plans.write")
def take_need_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a need out of the draft."""
    wording = opened_part(request, queries.need_for, pk)
    return _sure(
        request, wording.plan_version, lambda: writing.take_need_out(wording, by=user_of(request), at=clock.now()),
        "Take this need out?", f"“{wording.what}”, with its outcome and actions. Earlier versions keep it.",
    )  # fmt: skip


@allowed("plans.write")
def take_action_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an action out of the draft."""
    wording = opened_part(request, queries.action_for, pk)
    return _sure(
        request, wording.plan_version, lambda: writing.take_action_out(wording, by=user_of(request), at=clock.now()),
        "Take this action out?", f"“{wording.what}”. Earlier versions keep it.",
    )  # fmt: skip


@allowed("plans.write")
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version, _ = opened_version(request, queries.version_for, pk)
    plan = plan_of(version)
    return _sure(
        request, version, lambda: actions.throw_away(version, by=user_of(request), at=clock.now()),
        "Throw this draft away?", "The plan that is in force stays as it is.", after=plan.address,
    )  # fmt: skip


def _sure(
    request: HttpRequest, version: PlanVersion, act: Callable[[], None], title: str, introduction: str, after: str = ""
) -> HttpResponse:
    def save(_form: forms.SureForm) -> str:
        act()
        return after or _address(version)

    return form_page(
        request, forms.SureForm, save, title=title, caption=version.person.full_name, button="Yes, take it out",
        back=_address(version), done="It is out", introduction=introduction,
    )  # fmt: skip


@allowed("plans.write")
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the version is the plan from now on."""
    version, person = opened_version(request, queries.version_for, pk)
    plan = plan_of(version)
    if not version.draft:
        return redirect(plan.address)
    first = not plan.versions.exclude(in_force_from=None).exists()

    def make(*args: Any, **kwargs: Any) -> forms.AgreeForm:
        return forms.AgreeForm(*args, on=clock.today(), first=first, **kwargs)

    def save(form: forms.AgreeForm) -> str:
        actions.bring_into_force(version, by=user_of(request), at=clock.now(), **form.cleaned_data)
        return plan.address

    return _page(
        request, make, save, "agree", title="This is the plan from now on", caption=person.full_name,
        button="Make it the plan", key=f"plan:agree:{pk}", initial={"in_force_from": clock.today()},
        back=_address(version), done="This is the plan now. Give the parents their page",
    )  # fmt: skip


@allowed("plans.write")
@require_POST
def prompts(request: HttpRequest) -> HttpResponse:
    """The prompts about what is being typed, as the script beside the form asks. Nothing of it is kept."""
    form = request.POST.get("form", "")
    found = prompts_of(form, _typed(request.POST)) if form in PLACES else []
    return JsonResponse({"prompts": [vars(one) for one in found]})


def _typed(data: Mapping[str, Any]) -> dict[str, str]:
    """The answers as text: a day in three boxes as one, an owner wherever it is named."""
    answers = {name: str(value) for name, value in data.items()}
    for day in ("by_when", "decide_by"):
        answers[day] = answers.get(day) or answers.get(f"{day}_day", "")
    answers["owner"] = answers.get("owner") or answers.get("owner_named", "")
    return answers


def _page(request: HttpRequest, make: Any, save: Any, which: str, **context: Any) -> HttpResponse:
    """A form with its prompts beside it: of what it starts from, and as it is typed where there is a script."""
    start = request.POST if request.method == "POST" else context.get("initial") or {}
    beside = prompts_of(which, _typed({name: value or "" for name, value in start.items()}))
    begun = request.method == "POST" or context.get("editing") is not None
    return form_page(request, make, save, template=TEMPLATE, which=which, prompts=beside if begun else [], **context)


def _address(version: PlanVersion) -> str:
    return reverse("plan_version", args=[version.pk])
