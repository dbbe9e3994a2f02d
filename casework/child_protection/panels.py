"""Child protection on the person's record."""


def add_all() -> None:
    """Add them, once, when the application starts."""
