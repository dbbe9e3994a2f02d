"""The CIN census as a return that can be checked."""

from __future__ import annotations

from goldenthread.quality.cin_census.prepare import prepare
from goldenthread.quality.cin_census.rules import RULES
from goldenthread.quality.cin_census.shape import SHAPE
from goldenthread.quality.returns import Checked

CHECKED = Checked(shape=SHAPE, rules=RULES, prepare=prepare, derivable={})
