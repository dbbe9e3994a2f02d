"""The threshold decision on a contact's children, its correction, and what the referrer is told."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from casework.access.rules import allowed
from casework.drafts.form_pages import form_page
from casework.front_door.actions import decisions as actions
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.forms.decisions import CorrectionForm, TellForm, VerdictForm
from casework.front_door.models import ContactChild
from casework.front_door.queries.referrals import teams_that_take
from casework.front_door.reading import open_contact
from casework.front_door.thresholds import edition_on
from casework.front_door.views.asking import BY_LETTER, asking, contact_address, named_choices, whom
from casework.front_door.views.decided import contact_decided
from casework.people.reading import readable


@allowed("contact.decide")
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision on one child of a contact or several."""
    who = asking(request)
    contact = open_contact(request, reference, "threshold decision")
    found = contact.children.filter(person__in=readable(who.user)).select_related("person", "decided_by")
    of_contact = list(found.order_by("pk"))
    if not of_contact:
        raise Http404
    # What is sent may have been decided meanwhile: it is then refused with the answers still there.
    children = {one.pk: one for one in of_contact if request.method == "POST" or one.decided_on is None}
    if not children:
        return contact_decided(request, contact, of_contact)
    edition = edition_on(who.today)

    def make(*args: object, **kwargs: object) -> VerdictForm:
        return VerdictForm(
            *args, children=named_choices(children.values()), edition=edition, teams=teams_that_take(), on=who.today,
            **kwargs,
        )  # fmt: skip

    def save(form: VerdictForm) -> str:
        chosen = [children[key] for key in form.chosen()]
        actions.decide(chosen, form.verdict(), by=who.user, at=who.at)
        return contact_address(contact)

    return form_page(
        request, make, save, title="Threshold decision", key=f"contact:{reference}:decide",
        caption=", ".join(name for _, name in named_choices(children.values())),
        template="front_door/decide.html", back=contact_address(contact), contact=contact, edition=edition,
        button="Decide", done="The decision is recorded.",
    )  # fmt: skip


@allowed("contact.decide")
def correct(request: HttpRequest, reference: str, child: str) -> HttpResponse:
    """A new decision on one child in place of the one made."""
    who = asking(request)
    contact = open_contact(request, reference, "correction of a decision")
    found = contact.children.filter(person__in=readable(who.user)).exclude(decided_on=None)
    decided: ContactChild = get_object_or_404(found.select_related("person"), reference=child)
    edition = edition_on(who.today)

    def make(*args: object, **kwargs: object) -> CorrectionForm:
        return CorrectionForm(
            *args, children=named_choices([decided]), edition=edition, teams=teams_that_take(), on=who.today, **kwargs
        )

    def save(form: CorrectionForm) -> str:
        why = form.cleaned_data["correction_reason"]
        actions.correct(decided, form.verdict(), correction_reason=why, by=who.user, at=who.at)
        return contact_address(contact)

    return form_page(
        request, make, save, title="Correct the decision", caption=decided.person.full_name,
        key=f"contact:{reference}:correct:{child}", template="front_door/decide.html", back=contact_address(contact),
        contact=contact, edition=edition, button="Correct", done="The decision is corrected. The first one stays.",
        initial=_last(decided, edition.headings if edition else ()),
    )  # fmt: skip


def _last(decided: ContactChild, headings: tuple[str, ...]) -> dict[str, str]:
    """What the last decision says, for its correction to begin from."""
    last = decided.decisions.filter(corrected_by=None).last()
    held = {"outcome": decided.outcome, "level_of_need": decided.level_of_need, "reason": decided.reason}
    if last is None:
        return held
    evidence = dict(last.evidence.values_list("heading", "what"))
    return {**held, "given": last.given} | {
        f"evidence_{number}": evidence.get(heading, "") for number, heading in enumerate(headings)
    }


@allowed("contact.triage", "contact.decide")
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """What whoever made the contact was told about its children."""
    who = asking(request)
    contact = open_contact(request, reference, "telling the referrer")
    found = contact.children.filter(person__in=readable(who.user)).select_related("person").order_by("pk")
    children = {child.pk: child for child in found}
    if not children:
        raise Http404

    def save(form: TellForm) -> str:
        answers = form.cleaned_data
        tell_referrer(
            [children[key] for key in form.chosen(children)], kind=answers["kind"], how=answers["how"],
            to_whom=answers["to_whom"], what=answers["what"], by=who.user, at=who.at,
        )  # fmt: skip
        return contact_address(contact)

    decided = all(child.decided_on for child in children.values())

    def make(*args: object, **kwargs: object) -> TellForm:
        return TellForm(*args, children=named_choices(children.values()), by_letter=not decided, **kwargs)

    return form_page(
        request, make, save, introduction=BY_LETTER if decided else "", title="Tell whoever made the contact",
        key=f"contact:{reference}:tell", back=contact_address(contact),
        caption=whom(contact, who.user),
        done="What they were told is kept.", initial={
            "kind": "outcome" if decided else "arrived", "to_whom": contact.caller_name or contact.agency
        },
    )  # fmt: skip
