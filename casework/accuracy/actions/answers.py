"""Saying why the data that a query asks about is right, and taking it back."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.accuracy.models import Answer, Finding
from casework.common.refused import Refused
from casework.common.whole import whole


@whole
def answer_query(finding: Finding, *, reason: str, by: User, at: datetime) -> Answer:
    """The reason recorded, for the facts as the finding has them. It takes the place of one that has lapsed."""
    finding = Finding.objects.select_for_update().filter(pk=finding.pk).first() or finding
    if finding.error or finding.person_id is None:
        raise Refused("This is an error, which no reason explains. Mend the record.")
    if not reason.strip():
        raise Refused("Say why the record is right.", "reason")
    standing = _standing(finding)
    if standing is not None and standing.facts == finding.facts:
        raise Refused(f"{standing.recorded_by or 'Somebody'} has given a reason already: “{standing.reason}”")
    if standing is not None:
        _withdraw(standing, by, at)
    made = Answer.objects.create(
        person_id=finding.person_id, checked_as=finding.checked_as, rule=finding.rule, record=finding.record,
        record_id=finding.record_id, facts=finding.facts, reason=reason.strip(), **stamp(by, at),
    )  # fmt: skip
    finding.answer = made
    finding.save(update_fields=["answer"])
    return made


@whole
def withdraw_answer(finding: Finding, *, by: User, at: datetime) -> None:
    """The reason that stands no longer stands: the query is open again."""
    standing = _standing(finding)
    if standing is None:
        raise Refused("No reason stands here any more.")
    _withdraw(standing, by, at)
    finding.answer = None
    finding.save(update_fields=["answer"])


def _standing(finding: Finding) -> Answer | None:
    return Answer.objects.select_for_update(of=("self",)).select_related("recorded_by").filter(
        person=finding.person, checked_as=finding.checked_as, rule=finding.rule, record=finding.record,
        record_id=finding.record_id, withdrawn_at=None,
    ).first()  # fmt: skip


def _withdraw(answer: Answer, by: User, at: datetime) -> None:
    answer.withdrawn_at, answer.withdrawn_by = at, by.worker
    answer.version += 1
    answer.save()
