"""Giving tasks and finishing them; asking for a sign-off and answering."""

from __future__ import annotations

from datetime import date, datetime

from casework.accounts.models import Team, User
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.notices.actions import tell
from casework.people.models import Person
from casework.tasks.models import SignOff, Task


def give_task(
    *, what: str, by: User, at: datetime, owner: User | None = None, team: Team | None = None,
    person: Person | None = None, due_on: date | None = None, address: str = "", answered_by: str = "",
) -> Task:  # fmt: skip
    """A task for somebody, or for a team. Its owner is told, unless they gave it to themselves."""
    if owner is None and team is None:
        raise Refused("Say who is to do this, or which team.", "owner")
    with whole:
        task = Task.objects.create(
            what=what, owner=owner, team=team, person=person, due_on=due_on, address=address,
            answered_by=answered_by, made_by=by, made_at=at,
        )  # fmt: skip
        if owner is not None and owner != by:
            tell([owner], f"{by} has given you a task: {what}", address="/tasks", at=at)
    return task


def finish_task(task: Task, *, by: User, at: datetime, outcome: str = "") -> None:
    """Done. A second press changes nothing."""
    if task.done_at is None:
        task.done_at, task.done_by, task.outcome = at, by, outcome
        task.save()


def answer(person: Person, what: Task.AnsweredBy, *, came: str, by: User, at: datetime) -> None:
    """That has happened for the person: the tasks that it does are done. Called in the transaction that records it."""
    for task in Task.objects.select_for_update(of=("self",)).filter(person=person, answered_by=what, done_at=None):
        finish_task(task, by=by, at=at, outcome=came)


def pass_task(task: Task, *, to: User, by: User, at: datetime) -> None:
    """Give the task to somebody else. Raises Refused for one that is done."""
    if task.done_at is not None:
        raise Refused("This task is done already.")
    with whole:
        task.owner = to
        task.save()
        tell([to], f"{by} has passed you a task: {task.what}", address="/tasks", at=at)


def ask_for_sign_off(
    *, person: Person, kind: str, row: int, title: str, address: str, of: User, by: User, at: datetime,
    comment: str = "",
) -> SignOff:  # fmt: skip
    """Send a piece of work to a manager. Raises Refused when it waits for somebody already, or to oneself."""
    if of == by:
        raise Refused("Somebody else has to sign this off: choose another manager.", "of")
    with whole:
        if SignOff.objects.filter(kind=kind, row=row, state=SignOff.State.WAITING).exists():
            raise Refused("This waits for a sign-off already.")
        asked = SignOff.objects.create(
            person=person, kind=kind, row=row, title=title, address=address, asked_by=by, asked_at=at, asked_of=of,
            comment_asking=comment,
        )  # fmt: skip
        tell([of], f"{by} asks you to sign off: {title}", address=address, at=at)
    return asked


def sign(asked: SignOff, *, by: User, at: datetime, comment: str = "") -> None:
    """Signed off. Called by the stage's own action, in its transaction."""
    _answer(asked, SignOff.State.SIGNED, by, at, comment)
    tell([asked.asked_by], f"{by} has signed off: {asked.title}", address=asked.address, at=at)


def send_back(asked: SignOff, *, by: User, at: datetime, comment: str) -> None:
    """Returned, with what has to change. Raises Refused without a comment."""
    if not comment.strip():
        raise Refused("Say what has to change before it can be signed off.", "comment")
    with whole:
        _answer(asked, SignOff.State.RETURNED, by, at, comment)
        tell([asked.asked_by], f"{by} has returned: {asked.title}", address=asked.address, at=at)


def withdraw(asked: SignOff, *, by: User, at: datetime) -> None:
    """Taken back by the one who asked, who can then send it to another manager. Raises Refused for anybody else."""
    if asked.asked_by_id != by.pk:
        raise Refused(f"Only {asked.asked_by} can take this back.")
    with whole:
        _answer(asked, SignOff.State.WITHDRAWN, by, at, "")
        tell([asked.asked_of], f"{by} has taken back: {asked.title}", address=asked.address, at=at)


def _answer(asked: SignOff, state: SignOff.State, by: User, at: datetime, comment: str) -> None:
    if asked.state != SignOff.State.WAITING:
        raise Refused(f"This has been answered already: {asked.get_state_display().lower()} by {asked.answered_by}.")
    asked.state, asked.answered_by, asked.answered_at, asked.comment = state, by, at, comment
    asked.save()
