"""Frames that several indicators share are planned once: planning costs more than a small authority's sums."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from goldenthread.dataset.store import Dataset

Made = TypeVar("Made")
Asked = ParamSpec("Asked")
Key: TypeAlias = tuple[object, tuple[object, ...]]

_latest: tuple[Dataset | None, dict[Key, object]] = (None, {})
"""The dataset last asked about, and what was planned for it. Plans hold no data; only the clocks of the statute book
(`goldenthread.indicators.clocks`) are held worked out, until another dataset is asked about."""


def shared(plan: Callable[Concatenate[Dataset, Asked], Made]) -> Callable[Concatenate[Dataset, Asked], Made]:
    """The function of a dataset (and hashable arguments), made to give the same plan when asked the same again."""

    @wraps(plan)
    def planned(dataset: Dataset, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        global _latest
        if _latest[0] is not dataset:
            _latest = (dataset, {})
        made, key = _latest[1], (plan, (*asked, *sorted(named.items())))
        if key not in made:
            made[key] = plan(dataset, *asked, **named)
        found: Made = made[key]  # type: ignore[assignment]  # the key holds the function whose result it is
        return found

    return planned  # type: ignore[return-value]  # wraps() keeps the first parameter's name, Callable has none
