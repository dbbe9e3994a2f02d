"""Pages of one recipient's copy: what is left out, made ready, sent, come back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, user_of
from casework.common import clock
from casework.common.refused import Refused
from casework.documents.serving import PDF_IN_PLACE
from casework.drafts.form_pages import form_page
from casework.letters import actions, forms, queries
from casework.letters.composing import compose, left_out_of
from casework.letters.models import Copy, Letter
from casework.letters.paper.pdf import pdf
from casework.letters.paper.tree import as_data
from casework.letters.views.letters import address_of, composed_or_why, opened
from casework.notes.files import given_out


def _opened(request: HttpRequest, reference: str, letter: str, copy: int, page: str) -> tuple[Letter, Copy]:
    _, found = opened(request, reference, letter, page)
    chosen = next((one for one in found.copies.all() if one.pk == copy), None)
    if chosen is None:
        raise Http404
    chosen.letter = found
    return found, chosen


def _back(copy: Copy) -> str:
    return f"{address_of(copy.letter)}?copy={copy.pk}"


@allowed("letters.write")
def add(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Say who gets a copy. The child's address is hidden from family who are not known to live there."""
    person, found = opened(request, reference, letter, "a copy of a letter")
    user, now, today = user_of(request), clock.now(), clock.today()
    known = queries.who_may_get(found, user, today)
    again = next((one for one in found.copies.all() if str(one.pk) == request.GET.get("again", "")), None)

    def make(*args: Any, **kwargs: Any) -> forms.AddCopy:
        return forms.AddCopy(*args, known=known, **kwargs)

    def save(form: forms.AddCopy) -> str:
        whom = form.whom()
        hidden = queries.APART if queries.lives_apart(whom, person, today) else ""
        return _back(actions.add_copy(found, whom, hides_address=hidden, by=user, at=now))

    return form_page(
        request,
        make,
        save,
        title="Add a copy",
        caption=found.name,
        back=address_of(found),
        button="Add the copy",
        initial=forms.AddCopy.again(again, known) if again else None,
    )


@allowed("people.read")
def paper(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """A copy that is not ready yet, as it would be printed, marked as a draft; its kept file once it is."""
    found, chosen = _opened(request, reference, letter, copy, "a letter, as it would be printed")
    if chosen.pdf is not None and not found.others:
        return redirect("document", found.person.reference, chosen.pdf.reference)
    if chosen.pdf is not None:
        return redirect("copy_kept", reference, letter, copy, "pdf")
    try:
        made = pdf(compose(found, chosen, by=user_of(request), on=clock.today()).paper, clock.now())
    except Refused as refused:
        return HttpResponse(refused.message, content_type="text/plain; charset=utf-8", status=422)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="draft.pdf"'
    answer["Content-Security-Policy"] = PDF_IN_PLACE
    answer["Cache-Control"] = "private, no-store"
    return answer


@allowed("people.read")
def kept(request: HttpRequest, reference: str, letter: str, copy: int, ending: str) -> HttpResponseBase:
    """The file of a copy that is about several children, which is on no child's record alone."""
    found, chosen = _opened(request, reference, letter, copy, "a letter, as it was made")
    file = {"pdf": chosen.pdf, "docx": chosen.word}.get(ending)
    if file is None or not found.others:
        raise Http404
    return given_out(request, file)


@allowed("letters.write")
def leave_out(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """Leave parts out of this copy."""
    found, chosen = _opened(request, reference, letter, copy, "leaving out of a letter")
    composed, _ = composed_or_why(found, chosen, request)
    left = {one.number for one in left_out_of(found, chosen)}
    sections = [one for one in (composed.sections if composed else ()) if one[0] not in left]
    if not sections:
        return redirect(_back(chosen))

    def make(*args: Any, **kwargs: Any) -> forms.LeaveOut:
        return forms.LeaveOut(*args, sections=sections, **kwargs)

    def save(form: forms.LeaveOut) -> str:
        given = form.cleaned_data
        actions.leave_out(
            chosen, form.sections(), reason=given["reason"], says_so=given["says_so"] == "yes", by=user_of(request),
            at=clock.now(),
        )  # fmt: skip
        return _back(chosen)

    return form_page(
        request, make, save, title=f"Leave out of {chosen.name}’s copy", caption=found.name, back=_back(chosen),
        button="Leave out", initial={"says_so": "yes"},
    )  # fmt: skip


@allowed("letters.write")
@require_POST
def put_back(request: HttpRequest, reference: str, letter: str, copy: int, number: int) -> HttpResponse:
    """Have a part in the copy after all."""
    _, chosen = _opened(request, reference, letter, copy, "putting back in a letter")
    try:
        actions.put_back(chosen, number, by=user_of(request), at=clock.now())
    except Refused as refused:
        return HttpResponse(refused.message, content_type="text/plain; charset=utf-8", status=409)
    return redirect(_back(chosen))


@allowed("letters.write")
def address(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """Say whether the child's address is in the copy."""
    found, chosen = _opened(request, reference, letter, copy, "the address in a letter")

    def save(form: forms.Address) -> str:
        actions.hide_address(chosen, form.cleaned_data["why"].strip(), by=user_of(request), at=clock.now())
        return _back(chosen)

    return form_page(
        request, forms.Address, save, title=f"The child’s address in {chosen.name}’s copy", caption=found.name,
        initial={"why": chosen.why_address_hidden}, editing=chosen, back=_back(chosen),
    )  # fmt: skip


@allowed("letters.write")
def ready(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """See the copy for the last time, and make it ready."""
    found, chosen = _opened(request, reference, letter, copy, "making a letter ready")
    composed, wrong = composed_or_why(found, chosen, request)

    def save(_form: forms.Ready) -> str:
        actions.make_ready(chosen, version=None, by=user_of(request), at=clock.now())
        return _back(chosen)

    return form_page(
        request, forms.Ready, save, title=f"Make {chosen.name}’s copy ready", caption=found.name, editing=chosen,
        back=_back(chosen), button="Make it ready", template="letters/ready.html", composed=composed, wrong=wrong,
        paper=as_data(composed.paper) if composed else None, chosen=chosen, left=left_out_of(found, chosen),
        done="The copy is ready. Its PDF and Word files are kept on the record. Nothing has been sent: send it, and "
        "then record that you did.",
    )  # fmt: skip


@allowed("letters.write")
def sent(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """Record how and when it went."""
    found, chosen = _opened(request, reference, letter, copy, "sending a letter")
    today = clock.today()

    def make(*args: Any, **kwargs: Any) -> forms.Send:
        return forms.Send(*args, today=today, **kwargs)

    def save(form: forms.Send) -> str:
        actions.send(chosen, **form.cleaned_data, by=user_of(request), at=clock.now())
        return _back(chosen)

    return form_page(
        request, make, save, title=f"{chosen.name}’s copy was sent", caption=found.name, back=_back(chosen),
        initial={"sent_on": today}, done="It is recorded as sent.",
        introduction="The record sends nothing by itself. Say here what you did.",
    )  # fmt: skip


@allowed("letters.write")
def returned(request: HttpRequest, reference: str, letter: str, copy: int) -> HttpResponse:
    """Record that it came back."""
    found, chosen = _opened(request, reference, letter, copy, "a letter that came back")
    today = clock.today()

    def make(*args: Any, **kwargs: Any) -> forms.Returned:
        return forms.Returned(*args, today=today, **kwargs)

    def save(form: forms.Returned) -> str:
        actions.returned(chosen, **form.cleaned_data, by=user_of(request), at=clock.now())
        return _back(chosen)

    return form_page(
        request, make, save, title=f"{chosen.name}’s copy came back", caption=found.name, back=_back(chosen),
        initial={"on": today}, done="Recorded.",
    )  # fmt: skip
