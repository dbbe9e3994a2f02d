"""The page on which a warning note is looked at again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.access.rules import allowed
from casework.accounts.models import User
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.people.actions.warnings import end_warning, keep_warning
from casework.people.forms.warnings import KEEP, ReviewForm
from casework.people.models import WarningNote
from casework.people.reading import open_record


@allowed("people.write")
def review_warning(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Keep the warning with a new day, or end it with a reason."""
    who, user = open_record(request, reference, "review of a warning"), request.user
    assert isinstance(user, User)
    note = WarningNote.objects.filter(person=who, pk=pk).first()
    if note is None:
        raise Http404
    back = reverse("person_details", args=[who.reference])

    def save(form: ReviewForm) -> str:
        answers, at = form.cleaned_data, clock.now()
        if answers["answer"] == KEEP:
            keep_warning(note, review_on=answers["review_on"], by=user, at=at)
        else:
            end_warning(note, reason=answers["reason"], by=user, at=at)
        return back

    return form_page(
        request, ReviewForm, save, title="Review a warning", caption=who.full_name, key=f"warning:{pk}:review",
        back=back, editing=note, template="people/review_warning.html", note=note, done="The warning is reviewed",
    )  # fmt: skip
