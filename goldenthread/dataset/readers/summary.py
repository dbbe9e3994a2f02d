"""What `goldenthread import` says on standard error when it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.rejects import Reject, Rejects
from goldenthread.dataset.store import Manifest

EXAMPLES = 5


def print_summary(console: Console, results: Sequence[ReadResult], manifest: Manifest, rejects: Rejects) -> None:
    """Rows in, loaded and rejected by list; the rows of each table; the notes; the first rejects."""
    _print_tallies(console, results, rejects)
    held = Table("table", "rows", title=f"As at {manifest.as_at:%d/%m/%Y}")
    held.columns[1].justify = "right"
    for name, rows in manifest.tables.items():
        held.add_row(name.replace("_", " "), f"{rows:,}")
    console.print(held)
    for note in manifest.notes:
        _say(console, f"- {note}")
    if not len(rejects):
        _say(console, "Everything was loaded.")
        return
    _say(console, f"Not loaded, the first {min(EXAMPLES, len(rejects))} of {len(rejects):,}:")
    for reject in rejects.found[:EXAMPLES]:
        _say(console, f"  {sentence(reject)}")


def _say(console: Console, text: str) -> None:
    """A line as it is: the values in it are people's own, and no mark-up."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _print_tallies(console: Console, results: Sequence[ReadResult], rejects: Rejects) -> None:
    tallies = [(tally, result) for result in results for tally in result.tallies]
    if not tallies:
        return
    lost = Counter((reject.file, reject.place) for reject in rejects.found)
    table = Table("list", "rows in", "rows loaded", "cells or rows rejected", title="Read")
    for column in table.columns[1:]:
        column.justify = "right"
    for tally, result in tallies:
        files = {source.file for source in result.sources}
        rejected = sum(lost[file, place] for file in files for place in {tally.place, tally.sheet or tally.place})
        table.add_row(tally.place, f"{tally.rows_in:,}", f"{tally.rows_out:,}", f"{rejected:,}")
    console.print(table)


def sentence(reject: Reject) -> str:
    """A reject as one line: where, what, why and what to do."""
    row = f" row {reject.row}" if reject.row is not None else ""
    column = f", {reject.column}" if reject.column else ""
    return f"{reject.file}, {reject.place}{row}{column}: {reject.value!r} {reject.reason}. {reject.what_to_do}".rstrip()
