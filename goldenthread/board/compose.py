"""The board put together from figures already worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from goldenthread.board.layout import lines
from goldenthread.board.model import Audience, Board
from goldenthread.board.present import day_text
from goldenthread.board.rows import Asked, Figures, board_row, current_label, year_label
from goldenthread.board.series import previous_year_ends
from goldenthread.board.targets import Targets
from goldenthread.dataset.store import Manifest
from goldenthread.indicators.model import Indicator, NotComputed

TITLE = "Children's social care improvement board"


def compose(
    indicators: Iterable[Indicator],
    figures: Figures,
    missing: Mapping[str, str],
    manifest: Manifest,
    asked: Asked,
    targets: Targets | None = None,
    audience: Audience = "internal",
    not_computed: Sequence[NotComputed] = (),
) -> Board:
    """The board of the figures. `missing` says, by the key of an indicator, why the dataset cannot answer it.

    `not_computed` are the rows that the board names and no dataset of this shape can answer.
    """
    reasons = {one.key: one.why for one in not_computed} | dict(missing)
    rows = tuple(
        board_row(line, figures, asked, reasons.get(line.indicator.key if line.indicator else line.key, ""))
        for line in lines(indicators, targets, not_computed)
    )
    board = Board(
        title=TITLE,
        authority=manifest.authority_name or manifest.authority or "Authority not named in the dataset",
        as_at=asked.as_at,
        audience="internal",
        months=asked.months,
        previous_labels=tuple(year_label(end) for end in previous_year_ends(asked.as_at)),
        current_label=current_label(asked.as_at),
        rows=rows,
        notes=_notes(manifest, asked.as_at),
        sources=tuple(f"{source.file} ({source.kind}, SHA-256 {source.sha256})" for source in manifest.sources),
    )
    if audience == "internal":
        return board
    from goldenthread.board.publish import publishable  # its equations bring numpy with them: loaded when asked for

    return publishable(board)


def _notes(manifest: Manifest, as_at: date) -> tuple[str, ...]:
    notes = []
    if as_at > manifest.as_at:
        notes.append(
            f"The dataset holds what was known on {day_text(manifest.as_at)}. The board is as at a later day, so "
            "whatever happened in between is not in it."
        )
    if manifest.history_from is None:
        notes.append("The dataset does not say how far back it goes: earlier years may be incomplete.")
    return tuple(notes)
