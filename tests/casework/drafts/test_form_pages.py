"""What is typed is kept until it is saved, and saved once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.common import clock
from casework.drafts.models import Draft, DraftFile, Submission
from casework.drafts.queries import unfinished
from casework.drafts.sent import digest
from casework.drafts.tasks import tidy_drafts
from casework.people.models import WarningNote
from casework.people.reading import readable
from tests.casework.drafts.sending import hidden, opened
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.casework.drafts.pages")]
SAVE = "/unfinished/save"


@pytest.fixture
def client(sign_in: Any) -> Client:
    return sign_in("head_of_service")  # type: ignore[no-any-return]


@pytest.fixture
def page() -> str:
    return f"/try/{a_child('Ava').reference}/warn"


def value_in(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', response.content.decode())
    return found[1] if found else ""


def test_what_was_refused_is_kept_and_shown_again_exactly(client: Client, page: str) -> None:
    answers = {
        "what": "",
        "from_day_day": "31",
        "from_day_month": "2",
        "told": "no",
        "why_not": "Not safe & yet",
        "urgent": "on",
    }
    assert client.post(page, {**opened(client, page), **answers}).status_code == 422
    again = client.get(page)
    shown = again.content.decode()
    assert "We kept what you had typed" in shown
    assert value_in(again, "from_day_day") == "31"
    assert value_in(again, "why_not") == "Not safe &amp; yet"
    assert re.search(r'value="no"[^>]*checked', shown)
    assert re.search(r'name="urgent"[^>]*checked', shown)
    assert "There is a problem" not in shown
    assert Draft.objects.get().version == 1


def test_a_refusal_by_the_action_is_kept_too(client: Client, page: str) -> None:
    response = client.post(page, {**opened(client, page), "what": "refuse"})
    assert response.status_code == 422
    assert "Say what a worker must do." in response.content.decode()
    assert Draft.objects.get().data["what"] == ["refuse"]
    assert not Submission.objects.exists()


def test_a_character_that_the_database_cannot_hold_is_left_out_and_the_rest_is_kept(client: Client, page: str) -> None:
    pasted = {"what": "", "why_not": "Pasted\0 from a PDF", "from_day_day": "1"}
    assert client.post(page, {**opened(client, page), **pasted}).status_code == 422
    assert Draft.objects.get().data["why_not"] == ["Pasted from a PDF"]
    assert client.get("/people/find", {"q": "Ava\0"}).status_code == 200
    assert client.get("/people/P1%00").status_code == 404


def test_a_number_longer_than_a_date_can_be_is_refused_and_kept(client: Client, page: str) -> None:
    long = {"from_day_day": "9" * 40, "from_day_month": "1", "from_day_year": "2026", "what": "A dog"}
    response = client.post(page, {**opened(client, page), **long})
    assert (response.status_code, value_in(response, "from_day_day")) == (422, "9" * 40)
    assert "must be a real date" in response.content.decode()


def test_saving_deletes_the_draft(client: Client, page: str) -> None:
    again = hidden(client.post(page, {**opened(client, page), "what": ""}))
    assert client.post(page, {**again, "what": "A dog"}).status_code == 302
    assert not Draft.objects.exists()
    assert WarningNote.objects.get().what == "A dog"


def test_a_crash_in_the_middle_of_saving_leaves_the_draft_and_nothing_half_done(client: Client, page: str) -> None:
    with pytest.raises(RuntimeError):
        client.post(page, {**opened(client, page), "what": "crash"})
    assert not WarningNote.objects.exists()
    assert not Submission.objects.exists()
    assert Draft.objects.get().data["what"] == ["crash"]


def test_the_same_page_sent_twice_saves_once_and_leads_to_the_same_place(client: Client, page: str) -> None:
    sent = {**opened(client, page), "what": "A dog"}
    first, second = client.post(page, sent), client.post(page, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert WarningNote.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_saved_page_gone_back_to_and_changed_is_neither_lost_nor_saved_unasked(client: Client, page: str) -> None:
    sent = {**opened(client, page), "what": "A dog"}
    client.post(page, sent)
    response = client.post(page, {**sent, "what": "Two dogs"})
    assert response.status_code == 422
    assert "You saved this page before" in response.content.decode()
    assert WarningNote.objects.count() == 1
    assert Draft.objects.get().data["what"] == ["Two dogs"]
    client.post(page, {**hidden(response), "what": "Two dogs"})
    assert [note.what for note in WarningNote.objects.order_by("pk")] == ["A dog", "Two dogs"]


def test_typing_is_kept_and_two_tabs_do_not_overwrite_each_other(client: Client, page: str) -> None:
    one, other = opened(client, page), opened(client, page)
    told = client.post(SAVE, {**one, "what": "In one tab"}).json()
    assert re.fullmatch(r"Saved as a draft at \d+:\d\d[ap]m", told["says"])
    client.post(SAVE, {**other, "what": "In the other"})
    assert {draft.data["what"][0] for draft in Draft.objects.all()} == {"In one tab", "In the other"}
    third, fourth = opened(client, page), opened(client, page)
    assert third["draft_reference"] == fourth["draft_reference"] == other["draft_reference"]
    client.post(SAVE, {**third, "what": "Gone on with"})
    client.post(SAVE, {**fourth, "what": "Gone on with elsewhere"})
    assert Draft.objects.filter(data__what=["Gone on with"]).exists()
    assert Draft.objects.filter(data__what=["Gone on with elsewhere"]).exists()


def test_an_earlier_saving_that_arrives_late_changes_nothing(client: Client, page: str) -> None:
    one = opened(client, page)
    client.post(SAVE, {**one, "draft_sequence": "2", "what": "Later"})
    client.post(SAVE, {**one, "draft_sequence": "1", "what": "Earlier"})
    assert Draft.objects.get().data["what"] == ["Later"]


def test_a_saving_that_arrives_after_the_form_was_saved_makes_no_draft(client: Client, page: str) -> None:
    one = {**opened(client, page), "what": "A dog"}
    client.post(page, one)
    client.post(SAVE, one)
    assert not Draft.objects.exists()


def test_a_file_outlives_a_refusal_and_can_be_left_out(client: Client, page: str) -> None:
    letter = SimpleUploadedFile("letter.txt", b"Dear Ava", "text/plain")
    refused = client.post(page, {**opened(client, page), "what": "", "letter": letter})
    assert "This file is kept from last time" in refused.content.decode()
    assert client.post(page, {**hidden(refused), "what": "A dog"}).status_code == 302
    assert WarningNote.objects.get().what_to_do == "Dear Ava"
    assert not DraftFile.objects.exists()
    letter.seek(0)
    refused = client.post(page, {**opened(client, page), "what": "", "letter": letter})
    kept = DraftFile.objects.get()
    client.post(page, {**hidden(refused), "what": "A cat", "draft_drop": str(kept.pk)})
    assert WarningNote.objects.get(what="A cat").what_to_do == ""


def test_a_form_sent_after_the_session_ended_comes_back_to_its_owner_alone(
    client: Client, page: str, sign_in: Any
) -> None:
    sent = {**opened(client, page), "what": "An hour's work"}
    client.session.flush()
    response = client.post(page, sent)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert page in response["Location"]
    assert not WarningNote.objects.exists()
    another = sign_in("head_of_service").get(page).content.decode()
    assert "An hour" not in another
    back = sign_in(client.user).get(page).content.decode()  # type: ignore[attr-defined]
    assert "We kept what you had typed" in back
    assert "An hour&#x27;s work" in back


def test_typing_after_the_session_ended_is_kept(client: Client, page: str) -> None:
    sent = {**opened(client, page), "what": "Still typing"}
    client.session.flush()
    told = client.post(SAVE, sent, headers={"Accept": "application/json"}).json()
    assert told["signed_out"]
    assert Draft.objects.get().owner == client.user  # type: ignore[attr-defined]


def test_nothing_is_kept_for_a_page_that_was_not_given_out(client: Client, page: str) -> None:
    sent = {**opened(client, page), "what": "Forged"}
    client.session.flush()
    for token in ("", "x", sent["draft_page"][:-2] + "zz"):
        assert client.post(page, {**sent, "draft_page": token}).status_code == 302
    assert not Draft.objects.exists()


def test_a_page_from_before_the_last_sign_in_is_kept_for_whose_page_it_was(page: str) -> None:
    owner, another = a_user("head_of_service"), a_user("head_of_service")
    browser = Client(enforce_csrf_checks=True, HTTP_X_FORWARDED_PROTO="https", HTTP_REFERER="https://testserver/")

    def sign_in(who: Any) -> None:
        browser.force_login(who)
        session = browser.session
        session["golden_thread_second_factor"] = True
        session.save()

    sign_in(owner)
    sent = {**opened(browser, page), "what": "From before"}
    sign_in(another)
    browser.cookies["csrftoken"] = "x" * 32
    refused = browser.post(page, sent)
    assert refused.status_code == 403
    assert "From before" not in browser.get(page).content.decode()
    sign_in(owner)
    browser.cookies["csrftoken"] = "y" * 32
    assert browser.post(page, {**sent, "what": "From before, and more"})["Location"] == page
    assert "From before, and more" in browser.get(page).content.decode()


def test_unfinished_work_names_nobody_who_may_not_be_seen(client: Client, page: str) -> None:
    client.post(page, {**opened(client, page), "what": ""})
    listed = client.get("/unfinished").content.decode()
    assert "Warn about Ava Example" in listed
    child = WarningNote.person.field.related_model.objects.get(forename="Ava")
    Restriction.objects.create(person=child, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    listed = client.get("/unfinished").content.decode()
    assert "Ava" not in listed
    assert "whose record you can no longer open" in listed
    assert "Ava" not in client.get(f"/unfinished/{Draft.objects.get().reference}/discard").content.decode()


def test_an_old_draft_is_marked_and_stays(client: Client, page: str) -> None:
    client.post(page, {**opened(client, page), "what": ""})
    Draft.objects.update(saved_at=clock.now() - timedelta(days=400))
    [one] = unfinished(client.user, readable(client.user), clock.now())  # type: ignore[attr-defined]
    assert one.old
    assert "Over 2 weeks old" in client.get("/unfinished").content.decode()


def test_only_its_owner_discards_a_draft(client: Client, page: str, sign_in: Any) -> None:
    client.post(page, {**opened(client, page), "what": ""})
    address = f"/unfinished/{Draft.objects.get().reference}/discard"
    assert sign_in("head_of_service").post(address).status_code == 404
    assert client.get(address).status_code == 200
    assert Draft.objects.exists()
    client.post(address)
    assert not Draft.objects.exists()


def test_the_list_asks_the_database_no_more_for_more_drafts(
    client: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        client.post(SAVE, {**opened(client, page), "draft_reference": "", "what": "x"})
    with django_assert_max_num_queries(12):
        assert client.get("/unfinished").content.decode().count("Warn about Ava") == 30


def test_the_night_tidies_away_what_was_finished_and_nothing_that_was_not() -> None:
    now, user, other = clock.now(), a_user("social_worker"), a_user("social_worker")
    typed = {"what": ["x"]}

    def a_draft(
        name: str, page: str, *, days: int, owner: User = user, data: dict[str, list[str]] | None = None
    ) -> None:
        Draft.objects.create(owner=owner, reference=name, key=name, title=name, address="/", page=page, version=1,
                             saved_at=now - timedelta(days=days), data=data or {"what": ["other"]})  # fmt: skip

    def saved(token: str, *, days: int) -> None:
        Submission.objects.create(user=user, token=token, digest=f"{digest(typed)}…", address="/x",
                                  at=now - timedelta(days=days))  # fmt: skip

    saved("A", days=20), saved("B", days=20), saved("old", days=61)
    a_draft("saved after it was typed", "A", days=21)
    a_draft("the very answers, kept late", "B", days=19, data=typed)
    a_draft("saved, but lately", "A", days=13)
    a_draft("changed after it was saved", "B", days=19)
    a_draft("never saved", "C", days=400)
    a_draft("another's page", "A", days=21, owner=other)
    tidy_drafts(0)
    kept = ["another's page", "changed after it was saved", "never saved", "saved, but lately"]
    assert sorted(Draft.objects.values_list("title", flat=True)) == kept
    assert sorted(Submission.objects.values_list("token", flat=True)) == ["A", "B"]


def test_the_night_s_work_is_scheduled() -> None:
    names = {name for name, _ in app.periodic_registry.periodic_tasks}
    assert {f"casework.{name}" for name in ("drafts.tasks.tidy_drafts", "documents.tasks.tidy_files")} <= names
