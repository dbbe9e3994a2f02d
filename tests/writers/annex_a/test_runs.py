"""Runs that are kept: what is opened is what was built, and nothing is ever lost or half kept in silence."""

from datetime import date
from pathlib import Path

import pytest

from goldenthread.dataset.store import DatasetError
from goldenthread.writers.annex_a.runs import keep_run, open_run, run_before, runs_kept
from goldenthread.writers.built import Built
from writers.annex_a.drawn import AS_AT, lists

EARLIER = date(2024, 6, 16)


def run(as_at: date = AS_AT, source: str = "6") -> Built:
    return lists(as_at, contacts=f"contact_id child_id received_on source\nX1 C1 2024-02-01 {source}")


def same(one: Built, other: Built) -> bool:
    frames = [(one.tables, other.tables), (one.origins, other.origins)]
    alike = all(ours[name].equals(theirs[name], null_equal=True) for ours, theirs in frames for name in ours)
    return alike and (one.kind, one.as_at, one.notes) == (other.kind, other.as_at, other.notes)


def test_a_run_is_opened_as_it_was_built(tmp_path: Path) -> None:
    place = keep_run(run(), tmp_path)
    assert place.name == "2024-06-30"
    assert same(open_run(tmp_path, AS_AT), run())


def test_runs_are_found_by_their_days(tmp_path: Path) -> None:
    assert runs_kept(tmp_path / "none yet") == ()
    for as_at in (AS_AT, EARLIER):
        keep_run(run(as_at), tmp_path)
    (tmp_path / "2024-06-20").mkdir()
    (tmp_path / "notes.txt").write_text("not a run")
    assert runs_kept(tmp_path) == (EARLIER, AS_AT)
    before = run_before(tmp_path, AS_AT)
    assert before is not None and before.as_at == EARLIER
    assert run_before(tmp_path, EARLIER) is None


def test_the_same_run_may_be_kept_again_and_another_only_when_asked(tmp_path: Path) -> None:
    keep_run(run(), tmp_path)
    keep_run(run(), tmp_path)
    with pytest.raises(DatasetError, match="already holds another run of that day"):
        keep_run(run(source="7"), tmp_path)
    assert same(open_run(tmp_path, AS_AT), run())
    keep_run(run(source="7"), tmp_path, replace=True)
    assert same(open_run(tmp_path, AS_AT), run(source="7"))
    assert [found.name for found in tmp_path.iterdir()] == ["2024-06-30"]


def test_a_day_without_a_run_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no run that was kept"):
        open_run(tmp_path, AS_AT)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("list_01.parquet", b"PAR1", "list_01.parquet is not as it was written"),
        ("list_01.parquet", None, "is no run that was kept: it has no list_01.parquet"),
        ("run.json", b"{", "cannot be read"),
        ("run.json", b"[]", "cannot be read"),
        ("run.json", b'{"tables": {}}', "cannot be read"),
    ],
)
def test_a_damaged_run_is_not_opened(tmp_path: Path, file: str, content: bytes | None, said: str) -> None:
    place = keep_run(run(), tmp_path)
    if content is None:
        (place / file).unlink()
    else:
        (place / file).write_bytes(content)
    with pytest.raises(DatasetError, match=said):
        open_run(tmp_path, AS_AT)


def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match="cannot be written"):
        keep_run(run(), tmp_path / "file")
    assert [found.name for found in tmp_path.iterdir()] == ["file"]
