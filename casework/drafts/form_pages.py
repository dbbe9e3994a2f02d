"""One way to ask questions on a page and save the answers: shown, checked, refused with a reason, saved once.

What is typed is kept until it is saved: before an attempt to save, after every refusal, when the session has ended,
when somebody else has changed the same thing (docs/explanation/drafts.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from casework.accounts.models import User
from casework.common import clock
from casework.common.models import Recorded
from casework.common.refused import Refused
from casework.drafts import actions, conflicts, queries
from casework.drafts.models import Draft, Submission
from casework.drafts.open_pages import OpenPage
from casework.drafts.sent import answers, choices, digest_with_files

F = TypeVar("F", bound=forms.BaseForm)


def form_page(
    request: HttpRequest,
    make: Callable[..., F],
    save: Callable[[F], str],
    *,
    title: str,
    key: str = "",
    done: str = "",
    initial: dict[str, Any] | None = None,
    template: str = "common/form.html",
    editing: Recorded | None = None,
    about: Iterable[int] = (),
    **context: Any,
) -> HttpResponse:
    """The page of a form; or, when what was sent is right, a redirect to the address that `save` gives.

    `make(data, files, initial=...)` builds the form. `save` runs in a transaction, once for each page; it may raise
    Refused: its sentence is shown with the answers still there. `done` is said on the next page.

    `key` names the piece of work, for drafts; the page's address where none is given. `editing` is the row that the
    answers change, as this request read it, and `initial` its answers: when its `version` has grown since the page
    was opened, both are shown and nothing is overwritten (the action that `save` calls makes the version grow).
    `about` are the keys of people whose records the page shows, beyond those that `open_record` gave this request.
    """
    page = Page(request, make, title, key or _address(request), initial, template, editing, tuple(about), context)
    return page.sent(save, done) if request.method == "POST" else page.asked()


@dataclass(frozen=True)
class Page:
    """A form's page in one request."""

    request: HttpRequest
    make: Callable[..., Any]
    title: str
    key: str
    initial: dict[str, Any] | None
    template: str
    editing: Recorded | None
    about: tuple[int, ...]
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def user(self) -> User:
        """Who is asking."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def asked(self) -> HttpResponse:
        """The page, with the draft there is of it."""
        drafts = queries.of_the_work(self.user, self.key)
        wanted = self.request.GET.get("draft")
        draft = next((one for one in drafts if one.reference == wanted), drafts[0] if drafts else None)
        if draft is None:
            return self.shown(self.make(None, None, initial=self.initial))
        others = [one for one in drafts if one != draft]
        if self._moved(draft.based_on):
            return self.conflict(draft.sent(), draft.base, draft)
        return self.shown(self._unjudged(draft.sent()), draft, going_on=True, other_drafts=others)

    def sent(self, save: Callable[[Any], str], done: str) -> HttpResponse:
        """What becomes of the answers."""
        data: QueryDict = self.request.POST
        opened = self._opened(data)
        if self._moved(opened.based_on):
            kept = actions.keep(opened, data, by=self.user, at=clock.now())
            return self.conflict(data, opened.base, kept)
        if conflicts.undecided(data):  # The draft stays as based on the row before: coming back to it asks again.
            as_it_was = queries.the_draft(self.user, data.get("draft_reference", ""))
            return self.conflict(data, opened.base, as_it_was, failed=True)
        if data.getlist("draft_choices"):
            data = conflicts.chosen(self._untouched(), data)
        files = actions.with_kept_files(data, self.request.FILES, by=self.user)
        form = self.make(data, files, initial=self.initial)
        before = None
        if form.is_valid():
            try:
                return self._saved(opened, data, lambda: save(form), done)
            except Refused as refused:
                form.add_error(refused.field, refused.message)
            except actions.SavedBefore as again:
                before = again.submission
            except actions.RowMoved:
                return redirect(self.request.get_full_path())
        return self.refused(form, opened, data, files, before)

    def _saved(self, opened: OpenPage, data: QueryDict, save: Callable[[], str], done: str) -> HttpResponse:
        """Saved, once. The answers are kept before it is tried, so that not even a crash loses them."""
        reference, now = data.get("draft_reference", ""), clock.now()
        if not actions.sent_before(data, by=self.user):
            reference = actions.keep(opened, data, by=self.user, at=now).reference
        given = {**answers(self.request.POST), **choices(self.request.POST)}
        digest = digest_with_files(given, self.request.FILES)
        sending = actions.Sending(data.get("submission", "")[:64], reference, digest, self.editing)
        saved = actions.save_once(sending, save, by=self.user, at=now)
        if done and saved.now:
            messages.success(self.request, done)
        return redirect(saved.address)

    def refused(
        self, form: Any, opened: OpenPage, data: QueryDict, files: Any, before: Submission | None
    ) -> HttpResponse:
        """The page again with what was sent, which is kept, files too where nothing is wrong with them."""
        draft = actions.keep(opened, data, by=self.user, at=clock.now())
        right = files.copy()
        for name in [name for name in files if name in form.errors]:
            right.setlist(name, [])
        actions.keep_files(draft, right, by=self.user)
        return self.shown(form, draft, status=422, saved_before=before)

    def conflict(self, data: QueryDict, base: Any, draft: Draft | None, failed: bool = False) -> HttpResponse:
        """Theirs and yours side by side."""
        assert self.editing is not None
        form = self._untouched()
        shown = {
            "form": form,
            "title": self.title,
            "differences": conflicts.differences(form, data, base),
            "hidden": [(name, value) for name in conflicts.names_of(form) for value in data.getlist(name)],
            "change": conflicts.last_change(self.editing),
            "failed": failed,
            "draft": draft,
            "back": self.context.get("back"),
            **self._of_the_page(form, draft),
        }
        return render(self.request, "drafts/conflict.html", shown, status=422 if failed else 409)

    def shown(self, form: Any, draft: Draft | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """The page as asked for."""
        of_the_page = self._of_the_page(form, draft)
        shown = {"form": form, "title": self.title, "form_key": self.key, "draft": draft, **of_the_page, **more}
        return render(self.request, self.template, {**shown, **self.context}, status=status)

    def _of_the_page(self, form: Any, draft: Draft | None) -> dict[str, Any]:
        """What every form carries in hidden boxes."""
        return {
            "submission": uuid.uuid4().hex,
            "draft_page": self._open(conflicts.bases(self._untouched()) if self.editing else {}).signed(),
            "draft_reference": draft.reference if draft else uuid.uuid4().hex,
            "draft_version": draft.version if draft else 0,
            "kept_files": list(draft.files.defer("content")) if draft else [],
        }

    def _open(self, base: dict[str, str]) -> OpenPage:
        read = [read.person for read in self.request.__dict__.get("golden_thread_reads", []) if read.kind == "read"]
        people = dict.fromkeys(person for person in (*read, *self.about) if person is not None)
        version = self.editing.version if self.editing else None
        return OpenPage(self.user.pk, self.key, self.title, _address(self.request), tuple(people), version, base)

    def _opened(self, data: QueryDict) -> OpenPage:
        """The page as it was given out; as it would be now, for a request that came from no page."""
        opened = OpenPage.read(data.get("draft_page", ""))
        if opened is None or (opened.owner, opened.key) != (self.user.pk, self.key):
            return self._open({})
        return opened

    def _moved(self, based_on: int | None) -> bool:
        return self.editing is not None and based_on is not None and based_on != self.editing.version

    def _untouched(self) -> Any:
        """The form with the answers that it starts from."""
        return self.make(None, None, initial=self.initial)

    def _unjudged(self, data: QueryDict) -> Any:
        """The form with a draft in it and no errors: nobody has asked for it to be saved yet."""
        form = self.make(data, None, initial=self.initial)
        form._errors = ErrorDict()
        return form


def _address(request: HttpRequest) -> str:
    """The page's address without the draft that was asked for."""
    query = request.GET.copy()
    query.pop("draft", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
