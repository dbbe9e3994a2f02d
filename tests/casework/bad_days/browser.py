"""A browser without script: it keeps cookies, reads forms, and sends them as a browser would."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html


@dataclass(frozen=True)
class Form:
    """A form as it is on a page: where it goes, and every answer in it, in order."""

    address: str
    answers: tuple[tuple[str, str], ...]

    def filled(self, **changes: str | list[str]) -> Form:
        """The form with these answers in place of those it had."""
        kept = [(name, value) for name, value in self.answers if name not in changes]
        lists = {name: [value] if isinstance(value, str) else value for name, value in changes.items()}
        return Form(self.address, (*kept, *((name, one) for name, values in lists.items() for one in values)))

    def __getitem__(self, name: str) -> str:
        return dict(self.answers)[name]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    address: str
    text: str
    headers: dict[str, str]

    @property
    def goes_to(self) -> str:
        """The address that a redirect leads to."""
        assert self.status == 302, f"{self.status} from {self.address}: {self.text[:2000]}"
        return self.headers["location"]

    def form(self) -> Form:
        """The form of the page: the one that asks for something to be saved."""
        found = [form for form in html.fromstring(self.text).forms if (form.method or "").upper() == "POST"]
        assert found, f"No form at {self.address} ({self.status}): {self.text[:2000]}"
        typed = {box.name for box in found[0].iter("textarea")}
        blank = {box.name for box in found[0].iter("input") if "checked" in box.attrib and not box.get("value")}
        return Form(urljoin(self.address, found[0].action or self.address), tuple(
            # The line break after the tag is no part of a long text. "Not said" is chosen and says nothing.
            (name, value.removeprefix("\n") if name in typed else "" if name in blank else value)
            for name, value in found[0].form_values()
        ))  # fmt: skip


class Gone(Exception):
    """No answer came: the server was away, or went away before it answered."""


@dataclass
class Browser:
    """One person's browser at the record's address."""

    site: str
    cookies: dict[str, str] = field(default_factory=dict)
    patience: float = 30

    def get(self, address: str) -> Answer:
        """The page at the address. Raises Gone."""
        return self._ask("GET", address, None)

    def send(self, form: Form) -> Answer:
        """What comes back when the form is sent; redirects are not followed. Raises Gone."""
        return self._ask("POST", form.address, urlencode(form.answers))

    def sign_in(self, email: str, password: str, at: str = "/account/login/") -> Answer:
        """What comes back when that account signs in."""
        return self.send(self.get(at).form().filled(login=email, password=password))

    def _ask(self, method: str, address: str, body: str | None) -> Answer:
        where = urljoin(self.site, address)
        parts = urlsplit(where)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Referer": where}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.site}
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.patience)
        try:
            connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
            return self._taken(connection.getresponse(), where)
        except (OSError, http.client.HTTPException) as gone:
            raise Gone(f"{method} {where}: {gone!r}") from gone
        finally:
            connection.close()

    def _taken(self, response: Any, where: str) -> Answer:
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return Answer(response.status, where, text, {k.lower(): v for k, v in response.headers.items()})
