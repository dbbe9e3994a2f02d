"""What a browser sends of a day and a time."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

BOXES = {"day": "%d", "month": "%m", "year": "%Y", "time": "%H:%M"}


def boxes(name: str, at: datetime) -> dict[str, str]:
    """The four boxes of a moment."""
    local = timezone.localtime(at)
    return {f"{name}_{part}": f"{local:{form}}" for part, form in BOXES.items()}
