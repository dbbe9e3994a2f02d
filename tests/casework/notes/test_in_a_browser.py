"""Notes and files as they are met in Chromium: a note for two children in few clicks, files in place, no barriers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.accounts.models import User
from casework.documents.actions import attach
from casework.documents.checking import check
from casework.documents.models import StoredFile
from casework.notes.actions import Slice, Written, write_note
from casework.notes.models import Note
from casework.people.models import Person
from tests.casework.live import somebody_at
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, barriers, browser, whole_browser

__all__ = ["browser", "whole_browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]


def test_a_note_for_two_children_takes_five_clicks_from_the_record(browser: Any, live_site: str) -> None:
    mother, ava, bo = an_adult("Mona"), a_child("Ava"), a_child("Bo")
    related(ava, mother)
    related(bo, mother)
    page = somebody_at(browser, live_site, a_user("head_of_service"))
    page.goto(f"{live_site}/people/{ava.reference}")
    page.click("summary:has-text('Add to this record')")
    page.click("a:text-is('Case note')")
    assert not page.is_visible(f"#id_part_{bo.pk}")
    page.click("label:has-text('Meeting')")
    page.click("label:has-text('Bo Example')")
    page.fill("#id_shared", "We met.")
    page.fill(f"#id_part_{ava.pk}", "Ava hid")
    page.fill(f"#id_part_{bo.pk}", "Bo drew")
    page.click("main button[type=submit]")
    page.locator("text=The note is on the record").wait_for()
    assert Note.objects.get().parts.count() == 2
    assert "Bo drew" not in page.inner_text("main")


@pytest.fixture
def filed(live_site: str, settings: Any, tmp_path: Path) -> tuple[Person, User, list[StoredFile]]:
    """A child, somebody who may read the record, and a PDF and a text that are attached to a note of it."""
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path, ""
    ava, user = a_child("Ava"), a_user("head_of_service")
    written = Written("meeting", FRIDAY_TEATIME, "We met.", [Slice(ava, "Ava hid", "No")], "The first time")
    note = write_note(written, by=user, at=FRIDAY_TEATIME)
    source = tmp_path / "report.typ"
    source.write_text('#set document(title: "Report")\n= School report')
    files = [("report.pdf", typst.compile(str(source))), ("words.txt", b"I like school.")]
    sent = [check(SimpleUploadedFile(name, content)) for name, content in files]
    return ava, user, attach(sent, people=[ava.pk], by=user, at=FRIDAY_TEATIME, attached_to=note.reference)


def test_no_file_that_is_shown_bars_anybody(browser: Any, live_site: str, filed: Any) -> None:
    ava, user, shown = filed
    page = somebody_at(browser, live_site, user, PHONE)
    for one in shown:
        page.goto(f"{live_site}/people/{ava.reference}/documents/{one.reference}")
        assert not barriers(page).response["violations"], one.name
        assert page.evaluate(SCROLL_WIDTH) <= PHONE, one.name


def test_a_file_is_shown_in_its_place(whole_browser: Any, live_site: str, filed: Any) -> None:
    ava, user, (pdf, _) = filed
    page = somebody_at(whole_browser, live_site, user, PHONE)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    complaints: list[str] = []
    page.goto(f"{live_site}/people/{ava.reference}/documents/{pdf.reference}")
    [_, inside] = page.frames[:2]
    inside.wait_for_load_state()
    assert inside.url.endswith(f"{pdf.reference}/content")
    assert not [words for words in complaints if "Refused" in words or "Content Security Policy" in words]
