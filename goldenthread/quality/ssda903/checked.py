"""The SSDA903 as a return that can be checked."""

from __future__ import annotations

from goldenthread.quality.returns import Checked
from goldenthread.quality.ssda903.prepare import prepare
from goldenthread.quality.ssda903.rules import RULES
from goldenthread.quality.ssda903.shape import SHAPE

CHECKED = Checked(
    shape=SHAPE,
    rules=RULES,
    prepare=prepare,
    derivable={f"Episodes.{name}": "postcodes" for name in ("PL_LA", "PL_LOCATION", "PL_DISTANCE")},
)
