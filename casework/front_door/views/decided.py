"""What is said where a page was opened for something that was done meanwhile: in another tab, or by somebody else.

A form that is sent then is not turned away here: its action refuses it, and the answers stay on the page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day, moment
from casework.front_door.models import Contact, ContactChild, Referral
from casework.front_door.views.asking import contact_address, referral_address


def contact_decided(request: HttpRequest, contact: Contact, children: list[ContactChild]) -> HttpResponse:
    """Nothing is left to decide on the contact."""
    return _said(
        request, "This contact has been decided", [_of_child(child) for child in children],
        "To change a decision, open the contact and correct it.", "Open the contact", contact_address(contact),
    )  # fmt: skip


def referral_decided(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The next step has been decided, or the referral closed without one."""
    if referral.closed_on and not referral.decided_on:
        return referral_closed(request, referral)
    step = meaning("referral_outcome", referral.outcome) if referral.outcome else "not recorded"
    by = f" by {referral.decided_by}" if referral.decided_by else ""
    line = f"{referral.person.full_name}: {step}, decided{by} on {_when(referral)}."
    return _said(
        request, "The next step has been decided", [line], "To change it, open the referral and correct it.",
        "Open the referral", referral_address(referral),
    )  # fmt: skip


def referral_closed(request: HttpRequest, referral: Referral) -> HttpResponse:
    """The referral is closed."""
    line = f"The referral of {referral.person.full_name} closed on {day(referral.closed_on)}."
    new = "A new concern is a new contact."
    return _said(request, "This referral is closed", [line], new, "Open the referral", referral_address(referral))


def nothing_to_correct(request: HttpRequest, referral: Referral) -> HttpResponse:
    """There is no next step yet that could be corrected."""
    line = f"Nothing is decided yet about the referral of {referral.person.full_name}."
    return _said(
        request, "There is no decision to correct", [line], "Decide it first.", "Open the referral",
        referral_address(referral),
    )  # fmt: skip


def _of_child(child: ContactChild) -> str:
    outcome = meaning("contact_outcome", child.outcome) if child.outcome else "not recorded"
    by = f" by {child.decided_by}" if child.decided_by else ""
    return f"{child.person.full_name}: {outcome}, decided{by} on {_when(child)}."


def _when(one: ContactChild | Referral) -> str:
    return moment(one.decided_at) if one.decided_at else day(one.decided_on)


def _said(request: HttpRequest, title: str, lines: list[str], next: str, open: str, back: str) -> HttpResponse:
    shown = {"title": title, "lines": lines, "next": next, "open": open, "back": back}
    return render(request, "front_door/decided.html", shown)
