"""Restriction and who looked, on the person's record."""

from casework.people import panels


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("who_looked", "Who looked", 900, "history.view", "who_looked"))
    panels.add(panels.Addition("restriction", "A restriction on who sees it", 90, "restrict.manage", "restriction"))
