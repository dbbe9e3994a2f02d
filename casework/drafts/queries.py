"""Drafts as their owner may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from casework.accounts.models import User
from casework.common.kept_queries import Given, KeptQuery
from casework.drafts.models import Draft, Submission
from casework.drafts.sent import answers, choices, digest_with_files

OLD_AFTER = timedelta(days=14)
"""A draft untouched for this long is marked. It is never deleted by itself, unless its page was saved."""


@dataclass(frozen=True)
class Unfinished:
    """A draft in its owner's list. One about somebody whose record they may no longer open has no title or address."""

    reference: str
    title: str
    address: str
    people: tuple[str, ...]
    saved_at: datetime
    old: bool

    @property
    def can_be_opened(self) -> bool:
        """Whether the form can be gone on with."""
        return bool(self.address)


def of_the_work(owner: User, key: str) -> list[Draft]:
    """The owner's drafts of one piece of work, the latest first."""
    return list(Draft.objects.filter(owner=owner, key=key).order_by("-saved_at", "-pk"))


BY_REFERENCE = KeptQuery(lambda: Draft.objects.filter(owner=Given("owner"), reference=Given("reference")))
BY_TOKEN = KeptQuery(lambda: Submission.objects.filter(user=Given("user"), token=Given("token")))


def the_draft(owner: User, reference: str) -> Draft | None:
    """The owner's draft of that reference."""
    return BY_REFERENCE.first(owner=owner.pk, reference=reference)


def submission_of(user: User, token: str) -> Submission | None:
    """What was sent and saved with that token by the account."""
    return BY_TOKEN.first(user=user.pk, token=token) if token else None


def saved_at(data: QueryDict, files: MultiValueDict[str, Any], *, by: User) -> str:
    """Where the saving of these very answers of this page led, when they were saved already; else empty."""
    saved = submission_of(by, data.get("submission", ""))
    given = digest_with_files({**answers(data), **choices(data)}, files) if saved else ""
    return saved.address if saved and saved.digest == given else ""


OF_OWNER = KeptQuery(
    lambda: Draft.objects.filter(owner=Given("owner")).order_by("-saved_at", "-pk").defer("data", "base")
)


def unfinished(owner: User, readable: QuerySet[Any], at: datetime) -> list[Unfinished]:
    """Everything the owner has begun and not saved, the latest first.

    `readable` are the people whose records the owner may open now (`people.reading.readable`): a draft about anybody
    else is listed without a name or a title.
    """
    drafts = OF_OWNER.ask(owner=owner.pk)
    asked = {key for draft in drafts for key in draft.people}
    now_called = _after_merging(readable, asked)
    seen = readable.in_bulk(set(now_called.values())) if asked else {}
    return [_listed(draft, now_called, seen, at) for draft in drafts]


def _after_merging(readable: QuerySet[Any], keys: set[int]) -> dict[int, int]:
    people = readable.model._default_manager.filter(pk__in=keys)
    return dict(people.values_list("pk", Coalesce("merged_into", "pk"))) if keys else {}


def _listed(draft: Draft, now_called: dict[int, int], seen: dict[int, Any], at: datetime) -> Unfinished:
    old = draft.saved_at < at - OLD_AFTER
    people = [seen.get(now_called.get(key, key)) for key in draft.people]
    if any(person is None for person in people):
        title = "A form about somebody whose record you can no longer open"
        return Unfinished(draft.reference, title, "", (), draft.saved_at, old)
    names = tuple(dict.fromkeys(str(person) for person in people))
    mark = "&" if "?" in draft.address else "?"
    address = f"{draft.address}{mark}draft={draft.reference}"
    return Unfinished(draft.reference, draft.title, address, names, draft.saved_at, old)
