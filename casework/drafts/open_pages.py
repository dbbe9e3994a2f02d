"""A form as it was given to somebody: signed into the page, so that what comes back is kept for them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing

SALT = "golden-thread.drafts.open-page"
GOOD_FOR = timedelta(days=30)
"""A page left open longer than this can no longer be kept after a sign-out; what it saved before is a draft already."""


@dataclass(frozen=True)
class OpenPage:
    """Whose form (an account's key), of which piece of work, about whom, and the version of the row it changes."""

    owner: int
    key: str
    title: str
    address: str
    people: tuple[int, ...] = ()
    based_on: int | None = None
    base: Mapping[str, str] = field(default_factory=dict)

    def signed(self) -> str:
        """The text that goes into the page. It can be read there; it cannot be made or altered."""
        whole = [self.owner, self.key, self.title, self.address, self.people, self.based_on, dict(self.base)]
        return signing.dumps(whole, salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str) -> OpenPage | None:
        """The page that a text of `signed` was made of; None for any other text, or one too old."""
        try:
            owner, key, title, address, people, based_on, base = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        except (signing.BadSignature, ValueError):
            return None
        return cls(owner, key, title, address, tuple(people), based_on, base)
