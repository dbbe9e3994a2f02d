"""An action that may not be done now, said so that the reader knows what to do."""


class Refused(Exception):
    """`message` is a sentence for the page; `field` the question it is about, if one is."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field
