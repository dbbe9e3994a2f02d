"""Somebody to be invited to a conference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """Somebody to invite: of which agency, who, as what, and whether a report is wanted."""

    agency: str
    name: str
    role: str = ""
    report_wanted: bool = False
