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
    derivable={
        "Episodes.PL_LA": ("postcodes", "Episodes.PL_POST"),
        "Episodes.PL_LOCATION": ("Episodes.PL_LA", "local_authority"),
        "Episodes.PL_DISTANCE": ("postcodes", "Episodes.HOME_POST", "Episodes.PL_POST"),
    },
)
