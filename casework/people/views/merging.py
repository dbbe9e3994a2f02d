"""Two records of one person: finding the other, seeing both, merging them, and taking that back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.access.rules import allowed
from casework.access.throttle import too_often
from casework.accounts.models import User
from casework.common import clock
from casework.common.refused import Refused
from casework.drafts.form_pages import form_page
from casework.people.actions import merging
from casework.people.asked import parse
from casework.people.forms.merging import MergeForm, UndoForm
from casework.people.found import Line, lines
from casework.people.frame import record_page
from casework.people.merging import queries
from casework.people.merging.differences import compare
from casework.people.merging.words import counted, left_alone, told
from casework.people.models import Merge, Person
from casework.people.reading import open_record
from casework.people.search import SHOWN, find
from casework.people.views.finding import note_search


@allowed("people.merge")
def find_same(request: HttpRequest, reference: str) -> HttpResponse:
    """Which other record is of the same person: the likely ones, and a search."""
    who, user, today = open_record(request, reference, "merging"), request.user, clock.today()
    assert isinstance(user, User)
    text = request.GET.get("q", "").replace("\x00", "").strip()
    shown: dict[str, Any] = {"person": who, "asked": text}
    if text and too_often(user, "search"):
        return render(request, "people/find_same.html", {**shown, "too_often": True}, status=429)
    found = _searched(request, who, user, text) if text else queries.likely_same(who, user, today)
    return render(request, "people/find_same.html", {**shown, "found": found})


def _searched(request: HttpRequest, who: Person, user: User, text: str) -> list[Line]:
    today = clock.today()
    matches = [match for match in find(parse(text, today), user, SHOWN) if match.person != who.pk]
    note_search(request, text, len(matches))
    return [line for line in lines(matches, user, today) if line.may_open]


@allowed("people.merge")
def merge_with(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Both side by side, what will move, and the question whether to. Both records must be within reach."""
    stays, goes, user = open_record(request, reference, "merging"), open_record(request, other, "merging"), request.user
    assert isinstance(user, User)
    if stays.pk == goes.pk:
        messages.info(request, "These are one record already.")
        return redirect("person", stays.reference)
    compared = compare(stays, goes)

    def make(*args: Any, **kwargs: Any) -> MergeForm:
        return MergeForm(*args, compared=compared, **kwargs)

    def save(form: MergeForm) -> str:
        answers = {"choices": form.choices_made(), "reason": form.cleaned_data["reason"]}
        merging.merge(stays, goes, by=user, at=clock.now(), **answers)
        return reverse("person", args=[stays.reference])

    coming = queries.coming(stays, goes)
    return form_page(
        request, make, save, title="Are these one person?", template="people/merge.html", button="Merge them",
        key=f"person:{stays.pk}:merge:{goes.pk}", back=reverse("find_same", args=[stays.reference]),
        done=f"{goes.reference} is now part of this record", about=[goes.pk], stays=stays, goes=goes, compared=compared,
        sides=queries.side_by_side(stays, goes, user, clock.today()), moves=counted(coming.moves),
        aside=told(coming.aside, user), related=queries.related_to_each_other(stays, goes),
    )  # fmt: skip


@allowed("people.merge")
def merges(request: HttpRequest, reference: str) -> HttpResponse:
    """The records that have become part of this one: what came over, what is kept aside, and the way back."""
    who, user = open_record(request, reference, "merges"), request.user
    assert isinstance(user, User)
    found = list(queries.merges_into(who))
    standing = next((one.pk for one in found if one.undone_at is None), None)
    asides = told([(row[0], row[1], row[2]) for one in found if one.undone_at is None for row in one.aside], user)
    shown = [(one, counted((row[0], row[1], row[2]) for row in one.moved)) for one in found]
    return record_page(request, who, "people/merges.html", here="", merges=shown, asides=asides, last=standing)


@allowed("people.merge")
def undo_merge(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What goes back and what stays, and the question whether to."""
    who, user = open_record(request, reference, "merges"), request.user
    assert isinstance(user, User)
    made = Merge.objects.filter(stays=who, pk=pk).select_related("stays", "goes").first()
    if made is None:
        raise Http404
    back = reverse("merges", args=[who.reference])
    try:
        merging.check_undo(made)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect(back)

    def save(form: UndoForm) -> str:
        left = merging.undo(made, reason=form.cleaned_data["reason"], by=user, at=clock.now())
        if left:
            messages.warning(request, f"Changed since the merge, and left as it is: {', '.join(left_alone(left))}.")
        return back

    going = queries.going(made)
    return form_page(
        request, UndoForm, save, title="Make them two records again?", template="people/undo_merge.html",
        button="Undo the merge", key=f"merge:{made.pk}:undo", back=back, done="They are two records again", made=made,
        returning=counted(going.back), since=told(going.since, user), gone=counted(going.gone),
        changed=queries.changed_in_words(made), caption=who.full_name,
    )  # fmt: skip
