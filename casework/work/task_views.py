"""Pages of tasks: giving one, finishing it, passing it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.roles import ROLES
from casework.access.rules import allowed
from casework.accounts.models import Team, User
from casework.common import clock
from casework.common.fields import DayField, LongText
from casework.drafts.form_pages import form_page
from casework.people.reading import open_record
from casework.tasks import actions
from casework.tasks.models import Task
from casework.tasks.queries import open_tasks, sign_offs_asked

BY_ITSELF = "It is ticked off by itself once {}. Say here that it is done only where the record will not show it."


def staff() -> Any:
    """Accounts that have work of their own."""
    roles = [role.code for role in ROLES.values() if role.may("work.own")]
    return User.objects.filter(is_active=True, role__in=roles).order_by("name")


class TaskForm(forms.Form):
    """What is to be done, by whom and when."""

    what = forms.CharField(label="What is to be done?", max_length=300)
    owner = forms.ModelChoiceField(
        label="Who does it?", queryset=User.objects.none(), required=False, empty_label="Anybody in a team"
    )
    team = forms.ModelChoiceField(
        label="Or which team?", queryset=Team.objects.all(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff()  # type: ignore[attr-defined]
        self.fields["due_on"] = DayField(label="By when?", required=False, earliest=on)


class FinishForm(forms.Form):
    """What came of it."""

    outcome = LongText(label="What came of it?", required=False, rows=3)


class PassForm(forms.Form):
    """Who is to do it instead."""

    to = forms.ModelChoiceField(label="Who is to do it?", queryset=User.objects.none(), empty_label="Choose one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff()  # type: ignore[attr-defined]


@allowed("work.own")
def tasks(request: HttpRequest) -> HttpResponse:
    """One's own tasks and those of the team that nobody has taken."""
    assert isinstance(request.user, User)
    return render(request, "work/tasks.html", {"tasks": open_tasks(request.user), "today": clock.today()})


@allowed("work.own")
def give_task(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a task that is about this person."""
    person, user = open_record(request, reference, "task"), request.user
    assert isinstance(user, User)

    def make(*args: Any, **kwargs: Any) -> TaskForm:
        return TaskForm(*args, on=clock.today(), **kwargs)

    def save(form: TaskForm) -> str:
        actions.give_task(person=person, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("person", args=[reference])

    return form_page(
        request, make, save, title="Give a task", caption=person.full_name, key=f"task:{person.pk}",
        initial={"owner": user.pk}, back=reverse("person", args=[reference]), done="The task is given",
    )  # fmt: skip


def _own(request: HttpRequest, pk: int) -> tuple[Task, User]:
    """The open task, when it is the account's own or its team's. Raises Http404."""
    user = request.user
    assert isinstance(user, User)
    task = next((one for one in open_tasks(user) if one.pk == pk), None)
    if task is None:
        raise Http404
    if task.person is not None:
        open_record(request, task.person.reference, "task")
    return task, user


@allowed("work.own")
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done."""
    task, user = _own(request, pk)

    def save(form: FinishForm) -> str:
        actions.finish_task(task, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("tasks")

    return form_page(
        request, FinishForm, save, title="This task is done", caption=task.what, button="It is done",
        back=reverse("tasks"), done="Done", introduction=BY_ITSELF.format(task.get_answered_by_display())
        if task.answered_by else "",
    )  # fmt: skip


@allowed("work.own")
def pass_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task to somebody else."""
    task, user = _own(request, pk)

    def save(form: PassForm) -> str:
        actions.pass_task(task, by=user, at=clock.now(), **form.cleaned_data)
        return reverse("tasks")

    return form_page(
        request, PassForm, save, title="Pass this task on", caption=task.what, back=reverse("tasks"), done="Passed on"
    )


@allowed("work.own")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one sent to be signed off: the manager is away, or there is more to write."""
    user = request.user
    assert isinstance(user, User)
    asked = next((one for one in sign_offs_asked(user) if one.pk == pk), None)
    if asked is None:
        messages.info(request, "It does not wait any more: it was answered, or taken back already.")
        return redirect("my_work")
    open_record(request, asked.person.reference, "sign-off")
    actions.withdraw(asked, by=user, at=clock.now())
    messages.success(request, "It is yours again. Change it if need be, and send it when it is ready.")
    return redirect(asked.address)


@allowed("work.own")
@require_POST
def take_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a team's task."""
    task, user = _own(request, pk)
    actions.pass_task(task, to=user, by=user, at=clock.now())
    return redirect("tasks")
