"""An area's own rules and measures: data that a setting may take from another file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_rules(named: str, here: Path) -> Any:
    """What the file that the setting names says, or else the one that comes with us."""
    return yaml.safe_load(Path(named or here).read_text(encoding="utf-8"))
