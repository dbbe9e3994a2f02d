"""Why the data of a query is right: recorded once, carried from run to run, and lapsed when the facts change.

Answers are kept beside the runs, one small file each, numbered in the order they were given and never changed.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.dataset.store import DatasetError, cannot_write
from goldenthread.quality.kept.store import IDENTITY, Run, open_run, runs_kept
from goldenthread.quality.rule import Severity

ANSWERS = "answers"
ANSWER_COLUMNS = {"number": pl.Int64, "on": pl.Date, **dict.fromkeys(IDENTITY, pl.String), "facts": pl.String,
                  "reason": pl.String, "by": pl.String}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Which finding: the columns that make it the same from run to run."""

    checked_as: str
    rule: str
    child_id: str | None
    record: str | None
    record_id: str | None


def answer(folder: Path, identity: Identity, reason: str, by: str, on: date) -> Path:
    """Record why the data of a query is right, said by the worker with the identifier `by` on the day.

    It is about the facts as the latest run kept up to that day found them, and stands for runs of that day and later.
    DatasetError when that run holds no such finding, when it is an error (which is mended, not explained), or when
    the reason or the worker is left empty.
    """
    if not reason.strip() or not by.strip():
        raise DatasetError("A query is explained with a reason, by a worker. Give both.")
    found = _finding(folder, identity, on)
    if found["severity"] != Severity.QUERY.value:
        raise DatasetError(
            f"{identity.rule} of {identity.child_id} is an error, which no reason explains. Mend {found['field']}."
        )
    return _append(folder, identity, found["facts"], reason.strip(), by.strip(), on)


def withdraw(folder: Path, identity: Identity, by: str, on: date) -> Path:
    """Record that an answer no longer stands from that day. DatasetError when none is standing to withdraw."""
    if not by.strip():
        raise DatasetError("An answer is withdrawn by a worker. Say who.")
    if not standing_answers(answers(folder), on).filter(_is(identity)).height:
        raise DatasetError(f"No answer to {identity.rule} of {identity.child_id} stands on {on}, so none is withdrawn.")
    return _append(folder, identity, None, None, by.strip(), on)


def answers(folder: Path) -> pl.DataFrame:
    """Every answer and withdrawal (`reason` and `facts` null) ever recorded, in order.

    Columns: number, on (its day), the finding's identity, facts (a hash), reason, by (worker id). DatasetError when
    one of the files cannot be read.
    """
    rows = [_read(file) for file in sorted((folder / ANSWERS).glob("[0-9]*.json"))]
    return pl.DataFrame(rows, schema=ANSWER_COLUMNS)


def standing_answers(recorded: pl.DataFrame, on: date) -> pl.DataFrame:
    """Of `answers`, the last one to each finding given by the end of the day and not withdrawn by then."""
    given = recorded.filter(pl.col("on") <= on).sort("on", "number")
    last = given.unique(IDENTITY, keep="last", maintain_order=True)
    return last.filter(pl.col("reason").is_not_null())


def marked(run: Run, recorded: pl.DataFrame) -> pl.DataFrame:
    """The run's findings with `answered` (explained, lapsed or null), reason, by and on.

    Explained: a query whose last answer, given by the day of the run and not withdrawn, is about the very facts the
    run found. Lapsed: there is such an answer, but the facts have changed since. Neither an error nor a lapsed answer
    is explained; what is not explained is open.
    """
    standing = standing_answers(recorded, run.as_at)
    told = standing.select(*IDENTITY, pl.col("facts").alias("facts_then"), "reason", "by", "on")
    placed = run.findings.join(told, on=list(IDENTITY), how="left", nulls_equal=True, maintain_order="left")
    answered = (pl.col("severity") == Severity.QUERY.value) & pl.col("facts_then").is_not_null()
    same = pl.col("facts") == pl.col("facts_then")
    word = pl.when(answered & same).then(pl.lit("explained")).when(answered).then(pl.lit("lapsed"))
    return placed.with_columns(word.alias("answered")).drop("facts_then")


def find_identity(held: pl.DataFrame, rule: str, child_id: str, record_id: str | None) -> Identity:
    """The one finding that fits, of a run's findings or of answers; DatasetError when none or several do."""
    wanted = (pl.col("rule") == rule) & (pl.col("child_id") == child_id)
    if record_id is not None:
        wanted &= pl.col("record_id") == record_id
    fitting = held.filter(wanted).select(IDENTITY)
    if fitting.height == 1:
        return Identity(*fitting.row(0))
    if not fitting.height:
        raise DatasetError(f"There is no {rule} of child {child_id} there. Check the rule, the child and the record.")
    named = ", ".join(str(found) for found in fitting["record_id"])
    raise DatasetError(f"{rule} of child {child_id} is found in several records: {named}. Say which with --record-id.")


def latest_run(folder: Path, on: date) -> Run:
    """The latest run kept up to the day. DatasetError when there is none, or as `open_run`."""
    days = [day for day in runs_kept(folder) if day <= on]
    if not days:
        raise DatasetError(f"{folder} keeps no run of {on} or before. Run 'goldenthread accuracy' first.")
    return open_run(folder, days[-1])


def _finding(folder: Path, identity: Identity, on: date) -> dict[str, str | None]:
    run = latest_run(folder, on)
    found = run.findings.filter(_is(identity))
    if not found.height:
        raise DatasetError(
            f"The run of {run.as_at} has no finding {identity.rule} of child {identity.child_id} in record "
            f"{identity.record_id}. It was mended, or one of the three is wrong."
        )
    return found.row(0, named=True)


def _is(identity: Identity) -> pl.Expr:
    return pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in asdict(identity).items())


def _append(folder: Path, identity: Identity, facts: str | None, reason: str | None, by: str, on: date) -> Path:
    """A new file with the next number: whole, and never over another's, even when two are answered at once."""
    said = {"on": on.isoformat(), **asdict(identity), "facts": facts, "reason": reason, "by": by}
    kept = folder / ANSWERS
    try:
        kept.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=kept)
        scratch = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(json.dumps(said, indent=2, ensure_ascii=False) + "\n")
            scratch.chmod(0o644)
            return _numbered(scratch, kept)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as fault:
        raise cannot_write(kept, fault) from fault


def _numbered(scratch: Path, kept: Path) -> Path:
    number = max((int(file.stem) for file in kept.glob("[0-9]*.json")), default=0) + 1
    while True:
        place = kept / f"{number:06}.json"
        try:
            place.hardlink_to(scratch)
            return place
        except FileExistsError:
            number += 1


def _read(file: Path) -> dict[str, object]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        held = {name: said[name] for name in ANSWER_COLUMNS if name != "number"}
        return {**held, "number": int(file.stem), "on": date.fromisoformat(said["on"])}
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise DatasetError(f"{file} cannot be read ({fault}). Take it from a backup.") from fault
