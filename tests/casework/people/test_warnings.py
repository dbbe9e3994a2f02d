"""Warning notes that are to be looked at again: who sees them listed, and how each is reviewed."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.access.models import Restriction
from casework.people.models import Person, WarningNote
from tests.casework.drafts.sending import opened
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, an_adult, related

pytestmark = pytest.mark.django_db
TODAY = FRIDAY_TEATIME.date()


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def a_warning(person: Person, days_over: int, what: str) -> WarningNote:
    day = TODAY - timedelta(days=days_over)
    return WarningNote.objects.create(person=person, what=what, started_on=date(2026, 1, 5), review_on=day)


def test_my_work_and_the_team_list_warnings_due_of_children_and_their_families_worst_first(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    ada, father, stranger = a_child("Ada"), an_adult("Fred"), an_adult("Stella")
    related(ada, father, "father")
    allocated(ada, worker.worker)
    a_warning(ada, 0, "Due today")
    a_warning(father, 40, "A dog that bites")
    a_warning(ada, -1, "Not due yet")
    a_warning(stranger, 90, "Somebody else’s")
    WarningNote.objects.filter(pk=a_warning(ada, 9, "Over already").pk).update(ended_on=TODAY)
    for user, page in ((worker, "/"), (manager, f"/teams/{team.pk}")):
        shown = sign_in(user).get(page).content.decode()
        assert "Warnings to review (2)" in shown
        assert shown.index("40 days over") < shown.index("A dog that bites") < shown.index("Due today")
        assert not any(words in shown for words in ("Not due yet", "Somebody else", "Over already"))


def test_a_warning_about_somebody_restricted_is_in_no_list(sign_in: Any) -> None:
    worker, ada, father = a_user("social_worker"), a_child("Ada"), an_adult("Fred")
    related(ada, father, "father")
    allocated(ada, worker.worker)
    note = a_warning(father, 40, "A dog that bites")
    Restriction.objects.create(person=father, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    client = sign_in(worker)
    assert "Warnings to review" not in client.get("/").content.decode()
    assert client.get(f"/people/{father.reference}/warnings/{note.pk}/review").status_code == 404


def reviewed(client: Any, note: WarningNote, **answers: str) -> Any:
    page = f"/people/{note.person.reference}/warnings/{note.pk}/review"
    return client.post(page, {**opened(client, page), **answers})


def day(when: date) -> dict[str, str]:
    return {"review_on_day": str(when.day), "review_on_month": str(when.month), "review_on_year": str(when.year)}


def test_a_warning_is_kept_with_a_later_day_or_ended_with_a_reason(sign_in: Any) -> None:
    client, note = sign_in("head_of_service"), a_warning(a_child("Ada"), 40, "A dog that bites")
    assert "Review it" in client.get(f"/people/{note.person.reference}").content.decode()
    assert "a day after today" in reviewed(client, note, answer="keep").content.decode()
    assert reviewed(client, note, answer="keep", **day(TODAY)).status_code == 422
    assert reviewed(client, note, answer="keep", **day(TODAY + timedelta(days=90))).status_code == 302
    note.refresh_from_db()
    assert (note.review_on, note.ended_on, note.version) == (TODAY + timedelta(days=90), None, 2)
    assert "Say why the warning ends" in reviewed(client, note, answer="end").content.decode()
    reviewed(client, note, answer="end", reason="The dog has died.")
    note.refresh_from_db()
    assert (note.ended_on, note.ended_reason) == (TODAY, "The dog has died.")
    assert "This warning ended on 27 November 2026" in reviewed(client, note, answer="end", reason="x").content.decode()
