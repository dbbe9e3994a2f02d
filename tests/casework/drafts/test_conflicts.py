"""Two people changing the same thing: both are shown, and neither is overwritten."""

import re
from typing import Any

import pytest
from django.test import Client

from casework.drafts.models import Draft
from casework.people.models import Person
from tests.casework.drafts.sending import hidden, opened
from tests.casework.making import a_child

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.casework.drafts.pages")]
AT_FIRST = {"known_as": "Avie", "first_language": "English", "communication_needs": "None known", "disabled": "no"}


@pytest.fixture
def child() -> Person:
    return a_child("Ava", **{**AT_FIRST, "disabled": False})


def both_open(child: Person, sign_in: Any) -> tuple[Client, dict[str, Any], str]:
    """Mine, opened before somebody else saves a language, a need and a disability."""
    mine, theirs = sign_in("head_of_service"), sign_in("head_of_service")
    page = f"/try/{child.reference}/change"
    sent, first = opened(mine, page), opened(theirs, page)
    theirs_now = {**AT_FIRST, "first_language": "Polish", "communication_needs": "Pictures", "disabled": "yes"}
    assert theirs.post(page, {**first, **theirs_now, **born}).status_code == 302
    return mine, sent, page


born = {"born_on_day": "1", "born_on_month": "5", "born_on_year": "2015"}
MY_ANSWERS = {**AT_FIRST, **born, "known_as": "Aves", "communication_needs": "A friend who signs"}


def test_the_second_is_shown_both_and_nothing_is_overwritten(child: Person, sign_in: Any) -> None:
    mine, sent, page = both_open(child, sign_in)
    response = mine.post(page, {**sent, **MY_ANSWERS})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else has changed this" in shown
    assert re.search(r"Wilma Worker \d+ saved it on", shown)
    for words in ("Aves", "Avie", "Polish", "A friend who signs", "Pictures"):
        assert words in shown
    assert "Date of birth" not in shown
    child.refresh_from_db()
    assert (child.known_as, child.first_language) == ("Avie", "Polish")


def test_an_answer_that_one_alone_changed_is_offered_and_one_both_changed_is_asked(child: Person, sign_in: Any) -> None:
    mine, sent, page = both_open(child, sign_in)
    shown = mine.post(page, {**sent, **MY_ANSWERS}).content.decode()
    ticked = re.findall(r'name="choice_(\w+)" value="(\w+)" id="\w+" checked', shown)
    assert ticked == [("known_as", "mine"), ("first_language", "theirs"), ("disabled", "theirs")]


def test_choices_are_saved_answer_by_answer(child: Person, sign_in: Any) -> None:
    mine, sent, page = both_open(child, sign_in)
    conflict = hidden(mine.post(page, {**sent, **MY_ANSWERS}))
    choices = {"choice_known_as": "mine", "choice_first_language": "theirs", "choice_disabled": "theirs"}
    incomplete = mine.post(page, {**conflict, **choices})
    assert incomplete.status_code == 422
    assert "Choose which answer to keep" in incomplete.content.decode()
    choices["choice_communication_needs"] = "both"
    assert mine.post(page, {**hidden(incomplete), **choices}).status_code == 302
    child.refresh_from_db()
    assert (child.known_as, child.first_language, child.disabled) == ("Aves", "Polish", True)
    assert child.communication_needs == "Pictures\n\nA friend who signs"
    assert not Draft.objects.exists()


def test_a_conflict_left_for_later_is_still_one(child: Person, sign_in: Any) -> None:
    mine, sent, page = both_open(child, sign_in)
    mine.post(page, {**sent, **MY_ANSWERS})
    later = mine.get(page)
    assert later.status_code == 409
    assert "A friend who signs" in later.content.decode()
    assert mine.post(page, hidden(later)).status_code == 422
    assert mine.get(page).status_code == 409


def test_a_third_change_while_choosing_is_a_conflict_again(child: Person, sign_in: Any) -> None:
    mine, sent, page = both_open(child, sign_in)
    conflict = hidden(mine.post(page, {**sent, **MY_ANSWERS}))
    Person.objects.filter(pk=child.pk).update(first_language="Welsh", version=9)
    kept = {f"choice_{name}": "mine" for name in conflict["draft_choices"]}
    again = mine.post(page, {**conflict, **kept})
    assert again.status_code == 409
    assert "Welsh" in again.content.decode()


def test_nobody_else_changed_it_and_it_is_saved(child: Person, sign_in: Any) -> None:
    mine = sign_in("head_of_service")
    page = f"/try/{child.reference}/change"
    assert mine.post(page, {**opened(mine, page), **MY_ANSWERS}).status_code == 302
    child.refresh_from_db()
    assert (child.known_as, child.version) == ("Aves", 2)
