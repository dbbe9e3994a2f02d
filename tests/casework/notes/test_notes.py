"""Case notes: one for several children, each with their own part; never altered; found again."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.access.models import Restriction
from casework.common.refused import Refused
from casework.notes.actions import Slice, Written, add_to_note, correct_note, mark_in_error, write_note
from casework.notes.models import Note, Part
from casework.notes.queries import Sought, as_shown, authors, children_near, notes_of, significant
from casework.people.models import Person
from tests.casework.drafts.sending import hidden, opened
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related

pytestmark = pytest.mark.django_db
AN_HOUR_BEFORE = FRIDAY_TEATIME - timedelta(hours=1)


@pytest.fixture
def family(db: None) -> list[Person]:
    """Three children of one mother."""
    mother = an_adult("Mona")
    children = [a_child(name) for name in ("Ava", "Bo", "Cy")]
    for child in children:
        related(child, mother)
    return children


def a_note(*slices: Slice, shared: str = "We met at the kitchen table.", **details: Any) -> Note:
    by = details.pop("by", None) or a_user("social_worker")
    usual = {"kind": "meeting", "happened_at": AN_HOUR_BEFORE}
    written = Written(shared=shared, slices=slices, **{**usual, **details})
    return write_note(written, by=by, at=FRIDAY_TEATIME)


def form_of(client: Any, person: Person, **answers: Any) -> dict[str, Any]:
    when = {"happened_at_day": "27", "happened_at_month": "11", "happened_at_year": "2026", "happened_at_time": "9:30"}
    sent = opened(client, f"/people/{person.reference}/notes/write")
    return {**sent, **when, "kind": "meeting", "shared": "We met.", **answers}


def test_several_children_each_need_a_part(family: list[Person]) -> None:
    ava, bo, _ = family
    with pytest.raises(Refused, match="Write what concerns Bo Example alone"):
        a_note(Slice(ava, "Quiet"), Slice(bo, " "))
    assert not Note.objects.exists()


@pytest.mark.parametrize("text", ["Quiet and tired", " quiet  and TIRED\n"])
def test_identical_parts_are_refused_unless_meant(family: list[Person], text: str) -> None:
    ava, bo, _ = family
    with pytest.raises(Refused, match="is the same as about another child"):
        a_note(Slice(ava, "Quiet and tired"), Slice(bo, text))
    assert a_note(Slice(ava, "Quiet and tired"), Slice(bo, text), same_on_purpose=True).same_on_purpose


def test_one_child_needs_no_part_and_nothing_is_noted_ahead_of_its_time(family: list[Person]) -> None:
    assert a_note(Slice(family[0])).parts.count() == 1
    with pytest.raises(Refused, match="what has happened"):
        a_note(Slice(family[0]), happened_at=FRIDAY_TEATIME + timedelta(minutes=1))


def test_each_record_shows_the_shared_part_and_its_own_alone(family: list[Person], sign_in: Any) -> None:
    ava, bo, cy = family
    a_note(Slice(ava, "Ava hid behind the sofa"), Slice(bo, "Bo made tea", "I like tea"))
    client = sign_in("head_of_service")
    page = client.get(f"/people/{ava.reference}/notes").content.decode()
    assert "kitchen table" in page
    assert "hid behind the sofa" in page
    assert "made tea" not in page
    assert "I like tea" not in page
    assert "Bo Example" in page
    assert "kitchen table" not in client.get(f"/people/{cy.reference}/notes").content.decode()


def test_a_restricted_sibling_is_nowhere_on_the_others_pages(family: list[Person], sign_in: Any) -> None:
    ava, bo, _ = family
    note = a_note(Slice(ava, "Ava hid"), Slice(bo, "Bo made tea"))
    Restriction.objects.create(person=bo, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    client = sign_in("head_of_service")
    for page in ("", "/write", f"/{note.reference}", f"/{note.reference}/add", f"/{note.reference}/in-error"):
        shown = client.get(f"/people/{ava.reference}/notes{page}")
        assert shown.status_code == 200
        assert not re.search(r"\bBo\b", shown.content.decode())
        assert "all its children" not in shown.content.decode()
    assert client.get(f"/people/{bo.reference}/notes/{note.reference}").status_code == 404
    assert bo not in children_near(ava, client.user, FRIDAY_TEATIME.date())


def test_another_childs_note_is_not_found_by_its_reference(family: list[Person], sign_in: Any) -> None:
    ava, bo, _ = family
    note = a_note(Slice(ava))
    assert sign_in("head_of_service").get(f"/people/{bo.reference}/notes/{note.reference}").status_code == 404


def test_a_note_stays_as_written_under_what_is_added_and_corrected(family: list[Person]) -> None:
    ava, bo, _ = family
    user = a_user("social_worker")
    note = a_note(Slice(ava, "Ava hid"), Slice(bo, "Bo made tea"))
    part, other = note.parts.order_by("pk")
    add_to_note(part, text="The school rang.", for_all=True, by=user, at=FRIDAY_TEATIME)
    correct_note(part, text="It was the chair.", reason="Wrong word", for_all=False, by=user, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="why the note was wrong"):
        correct_note(part, text="x", reason="", for_all=False, by=user, at=FRIDAY_TEATIME)
    [avas], [bos] = as_shown([part], user), as_shown([other], user)
    assert [one.text for one in avas.additions] == ["The school rang.", "It was the chair."]
    assert [one.text for one in bos.additions] == ["The school rang."]
    part.refresh_from_db()
    assert part.text == "Ava hid"
    assert note.parts.model.pgh_event_model.objects.filter(pgh_obj_id=part.pk).count() == 1


def test_a_note_in_error_leaves_a_marker_and_its_words_to_those_who_audit(family: list[Person], sign_in: Any) -> None:
    ava, bo, _ = family
    note = a_note(Slice(ava, "Ava hid"), Slice(bo, "Bo made tea"))
    part = note.parts.get(person=ava)
    worker = a_user("social_worker")
    mark_in_error([part], reason="Ava was not there.", asked_by="Mona Example, mother", by=worker, at=FRIDAY_TEATIME)
    page = f"/people/{ava.reference}/notes"
    as_business = sign_in("principal_social_worker").get(page).content.decode()
    assert "What was written" in as_business
    officer = sign_in("front_door_officer").get(page).content.decode()
    assert "Recorded in error" in officer
    assert "Mona Example, mother" in officer
    assert "Ava was not there." in officer
    assert "kitchen table" not in officer
    with pytest.raises(Refused, match="nothing is added"):
        add_to_note(Part.objects.get(pk=part.pk), text="x", for_all=False, by=worker, at=FRIDAY_TEATIME)
    assert "kitchen table" in sign_in("front_door_officer").get(f"/people/{bo.reference}/notes").content.decode()


LOOKED_FOR = (
    ("", {}, ["Second", "First"]),
    ("a word of the shared part", {"words": "KITCHEN"}, ["Second", "First"]),
    ("words of two parts", {"words": "kitchen first"}, ["First"]),
    ("the child's own words", {"words": "dog"}, ["Second"]),
    ("a word added later", {"words": "rang"}, ["First"]),
    ("a word of a brother's part", {"words": "tea"}, []),
    ("the kind", {"kind": "meeting"}, ["First"]),
    ("significant alone", {"significant": True}, ["Second"]),
    ("from a day", {"since": FRIDAY_TEATIME.date()}, ["Second"]),
    ("to a day", {"until": FRIDAY_TEATIME.date() - timedelta(days=1)}, ["First"]),
)


@pytest.mark.parametrize(("what", "sought", "expected"), LOOKED_FOR, ids=[row[0] for row in LOOKED_FOR])
def test_notes_are_found_by(what: str, sought: dict[str, Any], expected: list[str], family: list[Person]) -> None:
    ava, bo, _ = family
    first = a_note(Slice(ava, "First"), Slice(bo, "Bo made tea"), happened_at=FRIDAY_TEATIME - timedelta(days=1))
    a_note(Slice(ava, "Second", "My dog"), kind="direct_work", why_significant="Told us for the first time")
    add_to_note(first.parts.get(person=ava), text="School rang", for_all=True, by=a_user("director"), at=FRIDAY_TEATIME)
    assert [part.text for part in notes_of(ava, Sought(**sought))] == expected


def test_the_author_is_a_filter(family: list[Person]) -> None:
    user = a_user("social_worker")
    a_note(Slice(family[0], "Mine"), by=user)
    a_note(Slice(family[0], "Another's"))
    assert user.worker is not None
    assert [part.text for part in notes_of(family[0], Sought(author=user.worker.pk))] == ["Mine"]
    assert (user.worker.pk, user.worker.name) in authors(family[0])


def test_significant_notes_make_the_chronology_in_order(family: list[Person]) -> None:
    ava = family[0]
    a_note(Slice(ava, "Later"), why_significant="b")
    a_note(Slice(ava, "Earlier"), why_significant="a", happened_at=FRIDAY_TEATIME - timedelta(days=9))
    a_note(Slice(ava, "Everyday"))
    assert [one.part.text for one in significant(ava, a_user("head_of_service"))] == ["Earlier", "Later"]


def test_the_page_writes_one_note_for_two_children(family: list[Person], sign_in: Any) -> None:
    ava, bo, _ = family
    client = sign_in("head_of_service")
    parts = {f"part_{ava.pk}": "Same", f"part_{bo.pk}": "Same", "also": [str(bo.pk)]}
    page = f"/people/{ava.reference}/notes/write"
    refused = client.post(page, form_of(client, ava, **parts, significant="on"))
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "is the same as about another child" in shown
    assert "same_on_purpose" in shown
    assert "Say why it is significant" in shown
    parts[f"part_{bo.pk}"] = "Different"
    again = {**form_of(client, ava, **parts), **{k: v for k, v in hidden(refused).items() if k.startswith("draft_")}}
    saved = client.post(page, {**again, "significant": "on", "why_significant": "A first"})
    note = Note.objects.get()
    assert saved["Location"] == f"/people/{ava.reference}/notes/{note.reference}"
    assert {(part.person, part.text) for part in note.parts.all()} == {(ava, "Same"), (bo, "Different")}
    assert note.significant
    assert "A first" in client.get(saved["Location"]).content.decode()


def test_only_who_may_write_writes(family: list[Person], sign_in: Any) -> None:
    client = sign_in("director")
    assert client.get(f"/people/{family[0].reference}/notes").status_code == 200
    assert client.get(f"/people/{family[0].reference}/notes/write").status_code == 404


def test_the_page_asks_the_database_no_more_for_more_notes(family: list[Person], sign_in: Any) -> None:
    client = sign_in("head_of_service")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/people/{family[0].reference}/notes")
        return len(queries)

    a_note(*(Slice(child, f"About {child}") for child in family))
    asked()
    few = asked()
    for number in range(15):
        a_note(*(Slice(child, f"About {child} {number}") for child in family))
    assert asked() == few <= 25


def test_the_form_asks_few_questions_of_the_database(
    family: list[Person], sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("head_of_service")
    sent = form_of(client, family[0])
    with django_assert_max_num_queries(25):
        client.get(f"/people/{family[0].reference}/notes/write")
    with django_assert_max_num_queries(40):
        assert client.post(f"/people/{family[0].reference}/notes/write", sent).status_code == 302
