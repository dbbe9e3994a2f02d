"""What other agencies are asked: by the front door, and as their own account sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from casework.access.rules import allowed
from casework.drafts.form_pages import form_page
from casework.front_door.actions import partners as actions
from casework.front_door.forms.partners import AnswerForm, AskForm
from casework.front_door.queries.partners import agencies_with_accounts, question_page, questions_of
from casework.front_door.reading import open_contact, open_question, people_of
from casework.front_door.views.asking import asking, contact_address, whom
from casework.people.reading import readable


@allowed("contact.triage", "contact.decide")
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Another agency is asked what it knows."""
    who = asking(request)
    contact = open_contact(request, reference, "asking an agency")
    people = {person.pk: person for person in readable(who.user).filter(pk__in=people_of(contact))}

    def save(form: AskForm) -> str:
        answers = form.cleaned_data
        actions.ask_agency(
            contact, kind=answers["kind"], agency=answers["agency"], question=answers["question"],
            about=[people[key] for key in answers["about"]], by=who.user, at=who.at,
        )  # fmt: skip
        return contact_address(contact)

    children = contact.children.values_list("person", flat=True)
    labels = [(key, person.full_name) for key, person in people.items()]
    return form_page(
        request, lambda *args, **kwargs: AskForm(*args, agencies=agencies_with_accounts(), people=labels, **kwargs),
        save, title="Ask an agency what it knows", key=f"contact:{reference}:ask", back=contact_address(contact),
        caption=whom(contact, who.user),
        done="They are asked.", button="Ask", initial={"about": list(children), "question": ""},
    )  # fmt: skip


@allowed("contact.triage", "contact.decide")
def write_answer(request: HttpRequest, reference: str, asked: str) -> HttpResponse:
    """An agency's answer, written by whoever took it."""
    who = asking(request)
    contact = open_contact(request, reference, "an agency's answer")
    question = get_object_or_404(contact.contributions, reference=asked, answered_at=None)

    def save(form: AnswerForm) -> str:
        actions.answer_question(question, **form.cleaned_data, by=who.user, at=who.at)
        return contact_address(contact)

    return form_page(
        request, lambda *args, **kwargs: AnswerForm(*args, by_partner=False, **kwargs), save,
        title=f"What {question.agency} answered", key=f"contact:{reference}:answer:{asked}",
        caption=whom(contact, who.user),
        back=contact_address(contact), introduction=f"Asked: {question.question}", done="The answer is kept.",
    )  # fmt: skip


@allowed("contact.contribute")
def questions(request: HttpRequest) -> HttpResponse:
    """What the partner's agency is asked, and has answered, in contacts that still wait."""
    return render(request, "front_door/questions.html", {"questions": questions_of(asking(request).user)})


@allowed("contact.contribute")
def question(request: HttpRequest, reference: str) -> HttpResponse:
    """One question: of whom, what is asked, and the agency's answer."""
    who = asking(request)
    found = open_question(request, reference)
    shown = question_page(found, who.today)
    if found.answered_at:
        return render(request, "front_door/question.html", {"shown": shown})

    def save(form: AnswerForm) -> str:
        actions.answer_question(found, **form.cleaned_data, said_by=who.user.name, by=who.user, at=who.at)
        return reverse("questions")

    return form_page(
        request, lambda *args, **kwargs: AnswerForm(*args, by_partner=True, **kwargs), save,
        title="What does your agency know?", key=f"question:{reference}", template="front_door/question_form.html",
        back=reverse("questions"), shown=shown, button="Send", done="Thank you. The front door has your answer.",
    )  # fmt: skip
