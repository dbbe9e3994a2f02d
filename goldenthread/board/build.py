"""The board of a dataset as at a day: every figure from one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.board.compose import compose
from goldenthread.board.model import Audience, Board
from goldenthread.board.rows import Asked, figures_by_key
from goldenthread.board.series import by_month, days_needed
from goldenthread.board.targets import Targets
from goldenthread.dataset.held import held
from goldenthread.dataset.store import Dataset
from goldenthread.indicators import BOARD, NOT_COMPUTED, Indicator, why_not
from goldenthread.indicators.compute import worked_out

MONTHS = 36


def build_board(
    dataset: Dataset,
    as_at: date,
    months: int = MONTHS,
    targets: Targets | None = None,
    audience: Audience = "internal",
    *,
    indicators: Sequence[Indicator] = BOARD,
    folder: str = "DIR",
) -> Board:
    """The board as at a day, with `months` of history for the charts.

    `targets` are those of `load_targets`; the printed ones when not given. For the audience "published" small numbers
    are hidden (`goldenthread.board.disclosure`). `folder` is named in the command that lists the children behind a row.
    """
    dataset = held(dataset)
    wanted = {one.key: one for each in indicators for one in (each, by_month(each))}
    found = figures_by_key(worked_out(dataset, wanted.values(), days_needed(as_at, months)))
    missing = why_not(dataset, indicators)
    asked = Asked(as_at, months, dataset.manifest.history_from, folder)
    return compose(indicators, found, missing, dataset.manifest, asked, targets, audience, NOT_COMPUTED)
