"""Returns made from the live record: the files that the dataset gives, for those who may have them, written down."""

import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from casework.access.models import Restriction
from casework.accuracy.actions import returns
from casework.accuracy.models import Return
from casework.canonical.actions import bring_over
from casework.common import clock
from casework.history.models import Entry
from casework.people.models import Person
from goldenthread.dataset.store import Manifest, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.writers import annex_a, cin_census, ssda903
from tests.casework.making import FRIDAY_TEATIME, a_user
from tests.casework.making_accuracy import a_return

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def on_friday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY_TEATIME)
    settings.MEDIA_ROOT = tmp_path / "files"


def made(kind: str, as_at: date = FRIDAY) -> Return:
    asked = Return.objects.create(kind=kind, as_at=as_at, asked_at=FRIDAY_TEATIME, asked_by=a_user("analyst"))
    return returns.make_return(asked.pk, at=FRIDAY_TEATIME)


def cells(path: Path) -> list[Any]:
    with path.open("rb") as file:
        book = load_workbook(file)
        return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]


def test_the_files_from_the_record_are_those_from_the_dataset_it_was_made_of(tmp_path: Path) -> None:
    frames, manifest, _ = synthesise(children=150, as_at=FRIDAY, faults=0)
    bring_over(frames, manifest, why="A test")
    known = Manifest(FRIDAY, manifest.authority, manifest.authority_name, history_from=manifest.history_from)
    source = dataset_of(frames, known)
    child = Person.objects.get(reference=frames["care_episodes"]["child_id"][-1])
    Restriction.objects.create(person=child, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    before = made("annex-a", FRIDAY - timedelta(days=14))
    workbook, census, episodes = (made(kind) for kind in Return.Kind)
    assert {one.state for one in (before, workbook, census, episodes)} == {"made"}

    annex_a.write_workbook(annex_a.build(source, FRIDAY), tmp_path / "a.xlsx")
    assert cells(workbook.path) == cells(tmp_path / "a.xlsx")
    cin_census.write_xml(cin_census.build(source, FRIDAY), tmp_path / "c.xml")
    assert census.path.read_bytes() == (tmp_path / "c.xml").read_bytes()
    files = ssda903.write_csv_set(ssda903.build(source, FRIDAY), tmp_path / "s")
    with zipfile.ZipFile(episodes.path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {f.name: f.read_bytes() for f in files}

    assert child.reference in (tmp_path / "s" / "header.csv").read_text()
    assert episodes.restricted == 1
    assert before.compared_with is None and workbook.compared_with == FRIDAY - timedelta(days=14)
    held = {one["name"]: one["rows"] for one in workbook.content["tables"]}
    assert {one["title"]: one["after"] for one in workbook.content["changes"]} == held


def test_asking_makes_it_at_once_where_no_worker_runs(sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = sign_in("analyst")
    form = {"kind": "cin-census", "as_at_day": "27", "as_at_month": "11", "as_at_year": "2026"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/returns/make", form)
    asked = Return.objects.get()
    assert answer["Location"] == f"/returns/{asked.pk}"
    # An empty record: the census refuses to be empty, in words that say so.
    assert asked.state == "failed"
    page = client.get(f"/returns/{asked.pk}").content.decode()
    assert "It could not be made." in page and "No child is in the census" in page


def test_asking_leaves_it_to_the_worker_where_one_runs(
    sign_in: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returns, "worker_runs", lambda at: True)
    client = sign_in("director")
    form = {"kind": "annex-a", "as_at_day": "27", "as_at_month": "11", "as_at_year": "2026"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/returns/make", form)
    asked = Return.objects.get()
    assert asked.state == "asked"
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%make_return'")
        assert [args for (args,) in cursor.fetchall()][-1] == f'{{"number": {asked.pk}}}'
    assert "It is being made" in client.get(f"/returns/{asked.pk}").content.decode()


def test_a_day_to_come_is_refused(sign_in: Any) -> None:
    client = sign_in("analyst")
    answer = client.post(
        "/returns/make", {"kind": "annex-a", "as_at_day": "28", "as_at_month": "11", "as_at_year": "2026"}
    )
    assert answer.status_code == 422 and not Return.objects.exists()


def test_each_download_is_written_in_the_history(sign_in: Any) -> None:
    client, found = sign_in("analyst"), a_return(children=12, restricted=2)
    answer = client.get(f"/returns/{found.pk}/file")
    assert b"".join(answer.streaming_content) == b"x"
    assert answer["Content-Disposition"] == 'attachment; filename="annex-a-2026-11-27.xlsx"'
    entry = Entry.objects.filter(kind="read", who=client.user.pk).latest("position")
    assert entry.what == "annex-a-2026-11-27.xlsx downloaded: 12 people, 2 of them with restricted records"
    assert sign_in("head_of_service").get(f"/returns/{found.pk}/file").status_code == 404
