"""Two forms to try drafts with: one that adds a warning note, with a file; one that changes a person's details."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from casework.access.rules import allowed
from casework.common import clock
from casework.common.fields import DayField, LongText, YesNoField
from casework.common.refused import Refused
from casework.config.urls import urlpatterns as the_records
from casework.drafts.form_pages import form_page
from casework.people.models import Person, WarningNote
from casework.people.reading import open_record


class Warn(forms.Form):
    what = LongText(label="What must a worker know?")
    from_day = DayField(label="From when", required=False)
    told = YesNoField(label="Have they been told?", required=False)
    why_not = forms.CharField(label="Why not?", required=False)
    urgent = forms.BooleanField(label="Urgent", required=False)
    letter = forms.FileField(label="The letter", required=False)


class Details(forms.Form):
    known_as = forms.CharField(label="Known as", required=False)
    first_language = forms.CharField(label="First language", required=False)
    communication_needs = LongText(label="What helps them to communicate?", required=False)
    disabled = YesNoField(label="Are they disabled?", required=False)
    born_on = DayField(label="Date of birth", required=False)


@allowed("people.write")
def warn(request: HttpRequest, reference: str) -> HttpResponse:
    person = open_record(request, reference, "warning")

    def save(form: Warn) -> str:
        if form.cleaned_data["what"] == "refuse":
            raise Refused("Say what a worker must do.", "what")
        today = clock.today()
        letter = form.cleaned_data["letter"]
        WarningNote.objects.create(
            person=person, what=form.cleaned_data["what"], what_to_do=letter.read().decode() if letter else "",
            started_on=today, review_on=today,
        )  # fmt: skip
        if form.cleaned_data["what"] == "crash":
            raise RuntimeError("The process is killed here.")
        return f"/people/{person.reference}"

    return form_page(request, Warn, save, title=f"Warn about {person.full_name}", done="The warning is saved.")


@allowed("people.write")
def change(request: HttpRequest, reference: str) -> HttpResponse:
    person = open_record(request, reference, "details")
    names = list(Details.base_fields)

    def save(form: Details) -> str:
        Person.objects.filter(pk=person.pk).update(version=person.version + 1, **form.cleaned_data)
        return f"/people/{person.reference}"

    initial: dict[str, Any] = {name: getattr(person, name) for name in names}
    return form_page(request, Details, save, title="Change details", initial=initial, editing=person)


urlpatterns = [
    path("try/<str:reference>/warn", warn),
    path("try/<str:reference>/change", change),
    path("", include(the_records)),
]
