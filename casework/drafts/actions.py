"""Keep a draft, throw it away, and save a form once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.db.models import Q
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from casework.accounts.models import User
from casework.accounts.stamps import version_of
from casework.common.kept_queries import Given, KeptQuery, prepared
from casework.common.models import Recorded
from casework.common.whole import whole
from casework.drafts.models import Draft, DraftFile, Submission
from casework.drafts.open_pages import OpenPage
from casework.drafts.queries import OLD_AFTER, submission_of, the_draft
from casework.drafts.sent import answers, digest

BIGGEST_FILE = 25 * 1024 * 1024
TOKENS_KEPT = timedelta(days=60)
"""For how long a page that was saved is known again when it is sent again."""


class RowMoved(Exception):
    """The row has been changed by somebody else since the page was opened."""


class SavedBefore(Exception):
    """The same page was saved before, with other answers."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(submission.address)
        self.submission = submission


@dataclass(frozen=True)
class Opening:
    """Which opening of a form speaks: its draft's reference, the draft's version as it saw it, how often it spoke."""

    reference: str
    page: str
    version: int = 0
    sequence: int = 0

    @classmethod
    def told_by(cls, data: QueryDict) -> Opening:
        """As the page's hidden boxes say; a new draft where they say nothing of use."""
        reference = data.get("draft_reference", "")[:32] or uuid.uuid4().hex
        return cls(reference, data.get("submission", "")[:64], _number(data, "version"), _number(data, "sequence"))


def _number(data: QueryDict, name: str) -> int:
    text = data.get(f"draft_{name}", "")
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() else 0


def keep(page: OpenPage, data: QueryDict, *, by: User, at: datetime) -> Draft:
    """The draft, with these answers; a new one where another opening of the form has saved the draft since."""
    try:
        return _keep(page, data, by, at)
    except IntegrityError:  # The page spoke twice at once, and the other was first.
        return _keep(page, data, by, at)


TO_CHANGE = KeptQuery(
    lambda: Draft.objects.select_for_update().filter(owner=Given("owner"), reference=Given("reference"))
)


@whole
def _keep(page: OpenPage, data: QueryDict, by: User, at: datetime) -> Draft:
    opening = Opening.told_by(data)
    draft = TO_CHANGE.first(owner=by.pk, reference=opening.reference)
    if draft is None:
        draft = Draft(owner=by, reference=opening.reference, version=0)
    elif draft.page == opening.page and draft.sequence > opening.sequence:
        return draft
    elif draft.page != opening.page and draft.version != opening.version:
        draft = Draft(owner=by, reference=uuid.uuid4().hex, version=0)
    draft.key, draft.title, draft.address, draft.people = page.key, page.title, page.address, list(page.people)
    draft.based_on, draft.base = page.based_on, dict(page.base)
    draft.data, draft.page, draft.sequence, draft.saved_at = answers(data), opening.page, opening.sequence, at
    draft.version += 1
    draft.save()
    return draft


@whole
def keep_files(draft: Draft, files: MultiValueDict[str, Any], *, by: User) -> None:
    """Keep files beside the draft, each in place of those kept for the same question."""
    assert draft.owner_id == by.pk
    for field, found in files.lists():
        small_enough = [file for file in found if file.size <= BIGGEST_FILE]
        draft.files.filter(field=field).delete()
        for file in small_enough:
            file.seek(0)
            DraftFile.objects.create(
                draft=draft, field=field, name=file.name, content_type=file.content_type or "", content=file.read()
            )


def with_kept_files(data: QueryDict, files: MultiValueDict[str, Any], *, by: User) -> MultiValueDict[str, Any]:
    """The files sent, and for questions without one those kept earlier, but for those whose `draft_drop` was ticked."""
    draft = the_draft(by, data.get("draft_reference", ""))
    if draft is None:
        return files
    draft.files.filter(pk__in=[key for key in data.getlist("draft_drop") if key.isdigit()]).delete()
    whole = files.copy()
    for kept in draft.files.order_by("pk"):
        if kept.field not in files:
            whole.appendlist(kept.field, SimpleUploadedFile(kept.name, bytes(kept.content), kept.content_type))
    return whole


def discard(draft: Draft, *, by: User) -> None:
    """Throw a draft away, with its files."""
    assert draft.owner_id == by.pk
    draft.delete()


@dataclass(frozen=True)
class Sending:
    """A form that was sent: its page's token and draft, a digest of its answers, and the row as the page had it."""

    token: str
    reference: str
    digest: str
    editing: Recorded | None = None


@dataclass(frozen=True)
class Saved:
    """Where to go after a form was saved; `now` is false when it had been saved already."""

    address: str
    now: bool


FIRST_SENT = """
INSERT INTO drafts_submission (user_id, token, digest, at, address) VALUES ($1, $2, $3, $4, '')
ON CONFLICT (user_id, token) DO NOTHING RETURNING id
"""
LED_TO = "UPDATE drafts_submission SET address = $1 WHERE id = $2 RETURNING id"
THROWN_AWAY = """
WITH thrown AS (SELECT id FROM drafts_draft WHERE owner_id = $1 AND reference = $2),
files AS (DELETE FROM drafts_draftfile WHERE draft_id IN (SELECT id FROM thrown))
DELETE FROM drafts_draft WHERE id IN (SELECT id FROM thrown) RETURNING id
"""


def save_once(sending: Sending, save: Callable[[], str], *, by: User, at: datetime) -> Saved:
    """Do what `save` does, once for each token, and delete the draft: all of it or nothing.

    Returns the address that it gave, or gave the first time. Raises SavedBefore when the token was used for other
    answers, and RowMoved when the row has changed since `editing` was read.
    """
    with whole:
        submission = None
        if sending.token:
            submission = prepared(FIRST_SENT, [by.pk, sending.token, sending.digest, at])
            if not submission:
                return _as_before(sending, by)
        _hold(sending.editing)
        address = save()
        if submission:
            prepared(LED_TO, [address, *submission[0]])
        prepared(THROWN_AWAY, [by.pk, sending.reference])
        return Saved(address, now=True)


def _as_before(sending: Sending, by: User) -> Saved:
    submission = submission_of(by, sending.token)
    assert submission is not None  # another transaction has saved it, or this would have been the first
    if submission.digest != sending.digest:
        raise SavedBefore(submission)
    prepared(THROWN_AWAY, [by.pk, sending.reference])
    return Saved(submission.address, now=False)


def _hold(row: Recorded | None) -> None:
    """Let nobody else change the row until this is saved."""
    if row is None:
        return
    if version_of(type(row)).first(key=row.pk) != row.version:
        raise RowMoved


def sent_before(data: QueryDict, *, by: User) -> bool:
    """Whether these very answers of this page were saved already, so that no draft of them is wanted."""
    saved = submission_of(by, data.get("submission", ""))
    return saved is not None and saved.digest.startswith(digest(answers(data)))


@dataclass(frozen=True)
class TidiedUp:
    """How many drafts of work that is finished, and how many old tokens of saved pages, were deleted."""

    drafts: int
    tokens: int


@whole
def tidy_up(*, at: datetime) -> TidiedUp:
    """Delete what nobody needs: untouched drafts of pages that were saved since, and tokens of pages saved long ago.

    A draft that was not finished is never deleted, however old.
    """
    old = Draft.objects.filter(saved_at__lt=at - OLD_AFTER).exclude(page="")
    finished = [draft.pk for draft in old if _finished(draft)]
    Draft.objects.filter(pk__in=finished).delete()
    tokens, _ = Submission.objects.filter(at__lt=at - TOKENS_KEPT).delete()
    return TidiedUp(len(finished), tokens)


def _finished(draft: Draft) -> bool:
    """Whether the page it was typed on was saved after it, or with these very answers."""
    saved = Submission.objects.filter(user=draft.owner_id, token=draft.page).exclude(address="")
    return saved.filter(Q(at__gte=draft.saved_at) | Q(digest__startswith=digest(draft.data))).exists()
