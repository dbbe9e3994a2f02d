"""Times of day in sentences about drafts."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def clock_time(at: datetime) -> str:
    """5:02pm, in England."""
    local = timezone.localtime(at)
    return f"{local:%-I:%M}{'am' if local.hour < 12 else 'pm'}"
