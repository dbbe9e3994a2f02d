"""Where pictures of what the tests open go, where they are wanted."""

from __future__ import annotations

import os
from pathlib import Path

PICTURES = os.environ.get("GOLDEN_THREAD_PICTURES", "")
"""The folder; no pictures are taken where it is not named."""


def place_of(name: str) -> Path:
    """The path of the picture of that name, in a folder that is there."""
    place = Path(PICTURES) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
