"""Files on records: known by their content, kept under names that say nothing, given out through the record alone."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from casework.access.models import Restriction
from casework.common import clock
from casework.common.refused import Refused
from casework.documents.actions import attach, mark_in_error
from casework.documents.checking import check
from casework.documents.kinds import BIGGEST, clean_name
from casework.documents.models import Document, StoredFile
from casework.drafts.models import DraftFile
from casework.history.models import Entry
from casework.people.models import Person
from tests.casework.documents.clamd import HARMLESS_VIRUS, a_clamd
from tests.casework.drafts.sending import opened
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
PDF = b"%PDF-1.7\n%%EOF\n"


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return packed.getvalue()


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CLAMD = ""
    return tmp_path / "files"


def a_file(content: bytes = PNG, name: str = "drawing.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def content(client: Any, address: str) -> Any:
    """The answer, read to its end, as a server reads it."""
    response = client.get(address)
    response.whole = b"".join(response.streaming_content) if response.streaming else b""
    return response


def a_document(person: Person, content: bytes = PNG, name: str = "drawing.png") -> Document:
    user = a_user("social_worker")
    [document] = attach([check(a_file(content, name))], people=[person.pk], by=user, at=FRIDAY_TEATIME)
    return document


JPEG, OLD = b"\xff\xd8\xff\xe0" + b"0" * 40, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = zipped("[Content_Types].xml", "word/document.xml")
TAKEN = (
    ("drawing.png", PNG, "png"),
    ("Report.PDF", PDF, "pdf"),
    ("photo.jpeg", JPEG, "jpeg"),
    ("letter.docx", WORD, "docx"),
    ("old.msg", OLD, "ole"),
    ("note.txt", "Ava’s words".encode(), "text"),
)
NOT_TAKEN = (
    ("page.html", b"<script>alert(1)</script>", "does not end in .txt"),
    ("picture.svg", b"<svg/>", "does not end in .txt"),
    ("report.pdf", PNG, "is a picture"),
    ("run.exe", b"MZ\x90\x00", "not a kind of file"),
    ("a.png", b"", "is empty"),
    ("macro.docx", zipped("word/document.xml", "word/vbaProject.bin"), "not a kind"),
    ("any.docx", zipped("a"), "not a kind"),
    ("big.png", PNG + b"0" * BIGGEST, "bigger than 25 MB"),
)


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN, ids=[row[0] for row in TAKEN])
def test_taken(name: str, content: bytes, kind: str) -> None:
    assert check(a_file(content, name)).kind.code == kind


@pytest.mark.parametrize(("name", "content", "why"), NOT_TAKEN, ids=[row[0] for row in NOT_TAKEN])
def test_not_taken(name: str, content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        check(a_file(content, name))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("..\\..\\etc/passwd.txt", "passwd.txt"), ("report\u202efdp.exe", "report fdp.exe"), ("a\r\nb.txt", "a b.txt"),
        ("", "file"), ('what?"<x>.pdf', "what x .pdf"), ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_cleaned(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@pytest.mark.django_db
def test_a_file_is_kept_under_a_name_that_says_nothing_and_reads_back(files: Path) -> None:
    document = a_document(a_child("Ava"), name="Ava drawing.png")
    [kept] = [path for path in files.rglob("*") if path.is_file()]
    assert kept == document.file.path
    assert "Ava" not in str(kept)
    assert "." not in kept.name
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_bytes() == PNG


@pytest.mark.django_db
def test_the_content_is_given_out_as_what_it_is_and_runs_nothing(sign_in: Any) -> None:
    child = a_child("Ava")
    document = a_document(child)
    client = sign_in("head_of_service")
    address = f"/people/{child.reference}/documents/{document.reference}/content"
    shown, saved = content(client, address), content(client, f"{address}?download")
    assert shown.whole == PNG
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"].startswith("inline")
    assert saved.whole == PNG
    assert saved["Content-Disposition"] == 'attachment; filename="drawing.png"'
    for response in (shown, saved):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
    assert (shown["X-Frame-Options"], saved["X-Frame-Options"]) == ("SAMEORIGIN", "DENY")
    page = client.get(f"/people/{child.reference}/documents/{document.reference}")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "Not checked for viruses" in page.content.decode()


@pytest.mark.django_db
def test_only_a_pdf_and_only_in_our_own_page_goes_without_the_sandbox(sign_in: Any) -> None:
    child = a_child("Ava")
    pdf, word = a_document(child, PDF, "a.pdf"), a_document(child, WORD, "a.docx")
    client = sign_in("head_of_service")
    base = f"/people/{child.reference}/documents"
    policy = content(client, f"{base}/{pdf.reference}/content")["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" not in policy
    assert "sandbox" in content(client, f"{base}/{pdf.reference}/content?download")["Content-Security-Policy"]
    assert content(client, f"{base}/{word.reference}/content")["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_a_file_is_had_through_its_own_record_alone(sign_in: Any) -> None:
    ava, bo = a_child("Ava"), a_child("Bo")
    document = a_document(ava)
    client = sign_in("head_of_service")
    for page in ("", "/content", "/in-error"):
        assert client.get(f"/people/{bo.reference}/documents/{document.reference}{page}").status_code == 404
    Restriction.objects.create(person=ava, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    for page in ("", "/content", "/in-error"):
        assert client.get(f"/people/{ava.reference}/documents/{document.reference}{page}").status_code == 404
    assert sign_in("administrator").get(f"/people/{ava.reference}/documents").status_code == 404


@pytest.mark.django_db
def test_uploads_looks_and_downloads_are_written_down(sign_in: Any) -> None:
    child = a_child("Ava")
    client = sign_in("head_of_service")
    base = f"/people/{child.reference}/documents"
    client.post(f"{base}/add", {**opened(client, f"{base}/add"), "attached": a_file(), "title": "A drawing"})
    document = Document.objects.get()
    client.get(f"{base}/{document.reference}")
    content(client, f"{base}/{document.reference}/content")
    content(client, f"{base}/{document.reference}/content?download")
    read = list(Entry.objects.filter(kind="read", person=child.pk).values_list("what", flat=True))
    did = ("looked at", "was shown", "downloaded")
    told = ["looked at the file", "was shown the file", "downloaded the file"]
    assert [f"{words} {document.reference}" for words in told] == [what for what in read if what.startswith(did)]
    assert Document.pgh_event_model.objects.filter(pgh_obj_id=document.pk, person_id=child.pk).count() == 1  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_note_for_two_children_puts_its_file_on_both_records(sign_in: Any, files: Path) -> None:
    mother, ava, bo = an_adult("Mona"), a_child("Ava"), a_child("Bo")
    related(ava, mother)
    related(bo, mother)
    client = sign_in("head_of_service")
    page = f"/people/{ava.reference}/notes/write"
    answers = {"kind": "meeting", "shared": "We met.", "also": str(bo.pk), f"part_{ava.pk}": "A", f"part_{bo.pk}": "B"}
    when = {"happened_at_day": "27", "happened_at_month": "11", "happened_at_year": "2026", "happened_at_time": "9:30"}
    response = client.post(
        page, {**opened(client, page), **when, **answers, "attached": [a_file(), a_file(PDF, "b.pdf")]}
    )
    assert response.status_code == 302
    assert StoredFile.objects.count() == 2
    assert sorted(document.person.forename for document in Document.objects.all()) == ["Ava", "Ava", "Bo", "Bo"]
    assert "drawing.png" in client.get(response["Location"]).content.decode()


@pytest.mark.django_db
def test_an_infected_file_is_refused_and_not_kept_anywhere(
    sign_in: Any, settings: Any, tmp_path: Path, files: Path
) -> None:
    child = a_child("Ava")
    client = sign_in("head_of_service")
    page = f"/people/{child.reference}/documents/add"
    with a_clamd(tmp_path) as settings.CLAMD:
        both = [a_file(), a_file(HARMLESS_VIRUS, "letter.txt")]
        refused = client.post(page, {**opened(client, page), "attached": both, "title": "Kept words"})
        assert refused.status_code == 422
        assert "the virus check found Golden-Thread-Test" in refused.content.decode()
        assert "Kept words" in refused.content.decode()
        assert not DraftFile.objects.exists()
        assert client.post(page, {**opened(client, page), "attached": a_file()}).status_code == 302
    assert StoredFile.objects.get().scanned_at is not None


@pytest.mark.django_db
def test_a_check_that_is_set_up_and_down_lets_nothing_in(sign_in: Any, settings: Any) -> None:
    settings.CLAMD = "unix:/nowhere/clamd.socket"
    client = sign_in("head_of_service")
    page = f"/people/{a_child('Ava').reference}/documents/add"
    refused = client.post(page, {**opened(client, page), "attached": a_file()})
    assert refused.status_code == 422
    assert "the virus check does not answer" in refused.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_file_in_error_is_marked_and_closed_to_all_but_those_who_audit(sign_in: Any) -> None:
    child = a_child("Ava")
    document = a_document(child)
    page = f"/people/{child.reference}/documents/{document.reference}"
    client = sign_in("front_door_officer")
    client.post(
        f"{page}/in-error", {**opened(client, f"{page}/in-error"), "reason": "Another Ava’s", "asked_by": "Mona"}
    )
    shown = client.get(page).content.decode()
    assert "Recorded in error" in shown
    assert "Another Ava’s" in shown
    assert "Download" not in shown
    assert client.get(f"{page}/content").status_code == 404
    assert content(sign_in("principal_social_worker"), f"{page}/content").status_code == 200
    with pytest.raises(Refused):
        mark_in_error(document, reason="", asked_by="", by=a_user("social_worker"), at=FRIDAY_TEATIME)


@pytest.mark.django_db
def test_what_a_broken_saving_left_on_the_disk_is_cleared_away(files: Path, capsys: Any) -> None:
    kept = a_document(a_child()).file.path
    loose = kept.with_name(kept.name[:2] + "0" * 62)
    fresh = kept.with_name(kept.name[:2] + "1" * 62)
    for path in (loose, fresh):
        path.write_bytes(b"x")
    for path in (loose, kept):
        old = (clock.now() - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
    call_command("remove_loose_files")
    assert capsys.readouterr().out == "1 loose file deleted.\n"
    assert (loose.exists(), kept.exists(), fresh.exists()) == (False, True, True)


@pytest.mark.django_db
def test_the_list_asks_the_database_no_more_for_more_files(sign_in: Any, django_assert_max_num_queries: Any) -> None:
    child = a_child("Ava")
    for _ in range(12):
        a_document(child)
    client = sign_in("head_of_service")
    with django_assert_max_num_queries(15):
        assert client.get(f"/people/{child.reference}/documents").content.decode().count("drawing.png") == 12
