"""The day's difference: what is new, changed or gone since it was last sent, and the batches that say so to the DfE."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.dataset.whole_files import write_whole
from goldenthread.writers.dfe_api.build import Payloads, build
from goldenthread.writers.dfe_api.jobs import Body, Job, Kind, jobs
from goldenthread.writers.dfe_api.ledger import Change, DailyFlowError, Entry, Event, Line, stamp
from goldenthread.writers.dfe_api.state import State, opened

MOST_TAKEN_BACK = 0.1
"""Share of all that the DfE holds that a run may take back unasked. Our own caution: a night on which a table failed to
load looks like a night on which everything in it vanished. Each 1 April the window moves by a year and passes it."""
TAKES_BACK, HOLDS, AUTHORITY = "takes back", "holds", "authority"


DIFFERENCES: Mapping[str, pl.DataType] = {
    "child_id": pl.String(),
    "kind": pl.String(),
    "added": pl.List(pl.String()),
    "changed": pl.List(pl.String()),
    "gone": pl.List(pl.String()),
    "reason": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared.

    `counts` gives the children of each kind. `differences` has a row for every child that is not `unchanged`: the
    places added, changed and taken back, and the reason where it is refused or kept back. `faults` are rows of the
    record not sent as they stand. `batches` are the files written, each the body of one request. `taken_back` of the
    `held` places would be purged; where `needs_consent`, sending asks for a person's word first.
    """

    as_at: date
    counts: Mapping[Kind, int]
    differences: pl.DataFrame
    faults: pl.DataFrame
    batches: tuple[Path, ...]
    taken_back: int
    held: int

    @property
    def needs_consent(self) -> bool:
        return too_much(self.taken_back, self.held)


def too_much(taken_back: int, held: int) -> bool:
    """Whether a run would take back more than may go unasked."""
    return taken_back > MOST_TAKEN_BACK * held


def prepare(dataset: Dataset, as_at: date, folder: Path, now: datetime, *, retry_refused: bool = False) -> Prepared:
    """Build the payloads as at a day and prepare them; see `prepare_payloads`."""
    return prepare_payloads(build(dataset, as_at), folder, now, retry_refused=retry_refused)


def prepare_payloads(payloads: Payloads, folder: Path, now: datetime, *, retry_refused: bool = False) -> Prepared:
    """Compare the payloads with what was last sent, and write the batches that bring the DfE up to date.

    The batches lie in a folder of the state folder that only this run has; those of the run before are removed once
    these are whole. Nothing is sent. With `retry_refused`, records refused before are sent again unchanged.

    DailyFlowError as for `opened`, and when the state was kept for another authority; DatasetError when it cannot be
    written to.
    """
    with opened(folder, make=True) as state:
        _same_authority(state, payloads.authority)
        ledger = state.ledger()
        found = list(jobs(payloads, ledger, retry_refused))
        files = _written(state, found)
        with state.transaction():
            _record(state, payloads.as_at, found, files, ledger, stamp(now))
        _clear_away(folder, keep=f"batches-{state.next_run() - 1}")
    return _prepared(payloads, found, ledger, tuple(folder / file.name for file in files))


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file of bodies: its name within the state folder, its SHA-256, and its entries in order."""

    name: str
    sha256: str
    entries: tuple[Entry, ...]


def _written(state: State, found: Iterable[Job]) -> list[BatchFile]:
    """The bodies in files of as many as may go together, first steps before second, those that failed before last."""
    bodies = [body for job in found for body in job.bodies]
    bodies.sort(key=lambda body: (body.entry.step, -body.crowd))
    own = f"batches-{state.next_run()}"
    shutil.rmtree(state.folder / own, ignore_errors=True)
    files: list[BatchFile] = []
    for (_, crowd), alike in groupby(bodies, key=lambda body: (body.entry.step, body.crowd)):
        while batch := list(islice(alike, crowd)):
            files.append(_write(state.folder, f"{own}/{len(files) + 1:05d}.json", batch))
    return files


def _write(folder: Path, name: str, batch: Sequence[Body]) -> BatchFile:
    content = request_body(body.text for body in batch)
    write_whole(folder / name, content)
    entries = (replace(body.entry, file=name, position=position) for position, body in enumerate(batch))
    return BatchFile(name, sha256(content).hexdigest(), tuple(entries))


def request_body(texts: Iterable[str]) -> bytes:
    """The body of a request: a JSON array of the children's texts."""
    return f"[{','.join(texts)}]".encode()


def _record(
    state: State,
    as_at: date,
    found: Sequence[Job],
    files: Sequence[BatchFile],
    ledger: Mapping[str, Line],
    at: str,
) -> None:
    state.begin_run(as_at.isoformat(), at)
    for file in files:
        state.put_batch(file.name, file.sha256, file.entries)
    state.put(job.line for job in found if job.line is not None and job.line != ledger[job.child])
    withdrawn = [job.child for job in found if job.line is None and job.child in ledger]
    state.forget(withdrawn)
    state.log(at, (Change(child, Event.withdrawn) for child in withdrawn))
    state.set_about(TAKES_BACK, str(_count_taken_back(found)))
    state.set_about(HOLDS, str(_count_held(ledger)))


def _same_authority(state: State, authority: str | None) -> None:
    kept = state.about(AUTHORITY)
    if kept is not None and kept != (authority or ""):
        raise DailyFlowError(
            f"{state.folder} was kept for the authority {kept or 'without a code'}, and the dataset is of "
            f"{authority or 'one without a code'}. Name each authority's own folder."
        )
    with state.transaction():
        state.set_about(AUTHORITY, authority or "")


def _clear_away(folder: Path, keep: str) -> None:
    """Remove the batches of earlier runs: they hold what was sent, and the record holds it already."""
    for old in folder.glob("batches-*"):
        if old.name != keep:
            shutil.rmtree(old, ignore_errors=True)


def _count_taken_back(found: Iterable[Job]) -> int:
    return sum(len(job.found.gone) for job in found if job.bodies)


def _count_held(ledger: Mapping[str, Line]) -> int:
    return sum(len(line.places) for line in ledger.values())


def _prepared(
    payloads: Payloads, found: Sequence[Job], ledger: Mapping[str, Line], batches: tuple[Path, ...]
) -> Prepared:
    told = [job for job in found if job.kind is not Kind.unchanged]
    columns = {
        "child_id": [job.child for job in told],
        "kind": [job.kind.value for job in told],
        "added": [job.found.added for job in told],
        "changed": [job.found.changed for job in told],
        "gone": [job.found.gone for job in told],
        "reason": [job.reason for job in told],
    }
    return Prepared(
        payloads.as_at,
        {kind: sum(job.kind is kind for job in found) for kind in Kind},
        pl.DataFrame(columns, schema=DIFFERENCES),
        payloads.faults,
        batches,
        _count_taken_back(found),
        _count_held(ledger),
    )
