"""One run's connection to the service: the token, the pause between requests, and the request itself."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from goldenthread.writers.dfe_api.service import Answer, Service, Unauthorised, Unclear, Unreached, answer_of

TIMEOUT = 60.0
PAUSE = 0.4
"""Seconds between requests, at least."""
LONGEST_ANSWER = 1_000_000
NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


class _NoRedirect(HTTPRedirectHandler):
    """Keys and records go to the address named or nowhere: an answer that sends us elsewhere is an answer."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@cache
def _secure() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(slots=True)
class Connection:
    """A connection. `wait` is given the seconds to wait; `timeout` is of one request."""

    service: Service
    wait: Callable[[float], None]
    timeout: float = TIMEOUT
    requests: int = 0
    _token: str | None = field(default=None, repr=False)
    _opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = build_opener(_NoRedirect(), HTTPSHandler(context=_secure()))

    def post(self, body: bytes, records: int) -> Answer:
        """Post a batch of so many records. A token that is turned away is forgotten, and asked for anew next time."""
        if self._token is None:
            fault = self._ask_for_token()
            if fault is not None:
                return fault
        headers = {
            "Authorization": f"Bearer {self._token}",
            "SupplierKey": self.service.supplier_key,
            "Content-Type": "application/json",
        }
        found = self._request(self.service.endpoint, body, headers)
        if not isinstance(found, _Response):
            return found
        answer = answer_of(found.status, found.text, found.retry_after, records)
        if isinstance(answer, Unauthorised):
            self._token = None
        return answer

    def _ask_for_token(self) -> Answer | None:
        """Fetch a token; the answer that stands for the whole request when there is none to be had."""
        service = self.service
        form = {
            "grant_type": "client_credentials",
            "client_id": service.client_id,
            "client_secret": service.client_secret,
            "scope": service.scope,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        found = self._request(service.token_url, urlencode(form).encode(), headers)
        if not isinstance(found, _Response):
            return Unreached(f"no token: {found.brief}")
        self._token = _token_in(found.text) if found.status == 200 else None
        if self._token is not None:
            return None
        # The answer is not repeated: it may hold what was asked with.
        if found.status >= 500:
            return Unreached(f"no token: the sign-in service answered {found.status}")
        return Unauthorised(f"no token: the sign-in service answered {found.status}")

    def _request(self, address: str, body: bytes, headers: Mapping[str, str]) -> _Response | Unreached | Unclear:
        if self.requests:
            self.wait(PAUSE)
        self.requests += 1
        asked = Request(address, body, {**headers, "User-Agent": self.service.user_agent}, method="POST")
        try:
            with self._opener.open(asked, timeout=self.timeout) as answer:
                return _Response(answer.status, _text(answer), answer.headers.get("Retry-After"))
        except HTTPError as answer:
            with answer:
                return _refusal(answer)
        except URLError as fault:
            why = fault.reason
            if isinstance(why, NEVER_SENT):
                return Unreached(f"the service could not be reached: {type(why).__name__}")
            return Unclear(f"no answer: {type(why).__name__}")
        except (OSError, HTTPException) as fault:
            return Unclear(f"no answer: {type(fault).__name__}")


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    text: str
    retry_after: str | None


def _refusal(answer: HTTPError) -> _Response | Unclear:
    try:
        return _Response(answer.code, _text(answer), answer.headers.get("Retry-After"))
    except (OSError, HTTPException) as fault:
        return Unclear(f"{answer.code}, and then no more: {type(fault).__name__}")


def _text(answer: IO[bytes]) -> str:
    return answer.read(LONGEST_ANSWER).decode("utf-8", errors="replace")


def _token_in(text: str) -> str | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    token = found.get("access_token") if isinstance(found, dict) else None
    return token if isinstance(token, str) and token.isascii() and token.isprintable() and token else None
