"""Files that came with a contact: kept with it, read by whoever may read what was said, refused like any other."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.access.models import Restriction
from casework.documents.models import Document, StoredFile
from casework.front_door.models import Contact
from casework.history.models import Entry
from tests.casework.documents.clamd import HARMLESS_VIRUS, a_clamd
from tests.casework.front_door.test_recording import MESSAGE
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated
from tests.casework.making_contacts import AN_HOUR, a_contact

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + AN_HOUR)
    settings.MEDIA_ROOT, settings.CLAMD = tmp_path / "files", ""


def form(content: bytes = PDF, name: str = "police form.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def with_a_file(*children: Any) -> tuple[Contact, str]:
    """A contact with one file, and the address of the file's page."""
    contact = a_contact(*children)
    stored = StoredFile.objects.create(stored_as="a" * 64, name="a.pdf", kind="pdf", size=9, sha256="0" * 64)
    stored.path.parent.mkdir(parents=True)
    stored.path.write_bytes(PDF)
    document = Document.objects.create(file=stored, title="Police form", attached_to=contact.reference)
    return contact, f"/contacts/{contact.reference}/files/{document.reference}"


def test_the_form_that_came_is_attached_while_the_contact_is_recorded_and_later(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    client.post("/contacts/record", {**MESSAGE, "attached": form()})
    contact = Contact.objects.get()
    page = f"/contacts/{contact.reference}"
    client.post(f"{page}/files/add", {"attached": form(name="letter.pdf"), "title": "School’s letter"})
    assert list(Document.objects.order_by("pk").values_list("title", "person", "attached_to")) == [
        ("police form.pdf", None, contact.reference), ("School’s letter", None, contact.reference)
    ]  # fmt: skip
    shown = client.get(page).content.decode()
    assert "police form.pdf" in shown
    assert "School’s letter" in shown
    first = Document.objects.order_by("pk")[0]
    assert "<iframe" in client.get(f"{page}/files/{first.reference}").content.decode()
    given = client.get(f"{page}/files/{first.reference}/content")
    assert b"".join(given.streaming_content) == PDF


def test_an_infected_form_is_refused_and_what_was_typed_stays(sign_in: Any, settings: Any, tmp_path: Path) -> None:
    client = sign_in("front_door_officer")
    with a_clamd(tmp_path) as settings.CLAMD:
        refused = client.post("/contacts/record", {**MESSAGE, "attached": form(HARMLESS_VIRUS, "letter.txt")})
    assert refused.status_code == 422
    assert "the virus check found" in refused.content.decode()
    assert MESSAGE["agency"] in refused.content.decode()
    assert not Contact.objects.exists()


def test_who_reads_the_contact_reads_its_files_and_each_look_is_on_every_child_s_record(sign_in: Any) -> None:
    ada, ben = a_child("Ada"), a_child("Ben")
    worker = a_user("social_worker")
    allocated(ada, worker.worker)
    contact, address = with_a_file(ada, ben)
    client = sign_in(worker)
    b"".join(client.get(f"{address}/content?download").streaming_content)
    looked = Entry.objects.filter(what__startswith="downloaded the file")
    assert set(looked.values_list("person", flat=True)) == {ada.pk, ben.pk}
    other = a_contact(ada)
    assert client.get(address.replace(contact.reference, other.reference)).status_code == 404


def test_a_file_is_hidden_with_its_contact_when_one_of_its_children_is_restricted(sign_in: Any) -> None:
    ada, ben = a_child("Ada"), a_child("Ben")
    worker = a_user("social_worker")
    allocated(ada, worker.worker)
    _, address = with_a_file(ada, ben)
    client = sign_in(worker)
    assert client.get(address).status_code == 200
    Restriction.objects.create(person=ben, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    assert [client.get(f"{address}{page}").status_code for page in ("", "/content", "/in-error")] == [404] * 3
    assert client.get(f"/people/{ada.reference}/documents").content.decode().count("Police form") == 0


def test_a_file_in_error_stays_marked_and_closed(sign_in: Any) -> None:
    contact, address = with_a_file()
    client = sign_in("front_door_officer")
    client.post(f"{address}/in-error", {"reason": "Another family’s", "asked_by": "PC Pat Sample"})
    assert "Another family’s" in client.get(address).content.decode()
    assert client.get(f"{address}/content").status_code == 404
    assert "Recorded in error" in client.get(f"/contacts/{contact.reference}").content.decode()
