"""Where the daily flow is sent and with what keys, from the environment; and what the service can answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

from goldenthread.writers.dfe_api.ledger import DailyFlowError

PREFIX = "GOLDENTHREAD_DFE_"
ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
LONGEST_REASON = 500
"""Characters of an answer that are kept."""


@dataclass(frozen=True, slots=True)
class Service:
    """The service and the keys to it. The keys are never shown: not in an error, a log or a `repr`."""

    url: str
    la_code: str
    token_url: str
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    scope: str = field(repr=False)
    supplier_key: str = field(repr=False)
    user_agent: str = "goldenthread"

    @property
    def endpoint(self) -> str:
        """The address children are posted to. It names the authority and no child."""
        return f"{self.url.rstrip('/')}/children_social_care_data/{self.la_code}/children"


def service_from(environ: Mapping[str, str]) -> Service:
    """The service named in the environment: GOLDENTHREAD_DFE_URL, _LA_CODE, _TOKEN_URL, _CLIENT_ID, _CLIENT_SECRET,
    _SCOPE and _SUPPLIER_KEY, as the DfE's portal gives them; _USER_AGENT where the gateway turns ours away.

    DailyFlowError naming every variable that is missing, an address that is not https, or an authority that is no
    number.
    """
    needed = ("URL", "LA_CODE", "TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "SCOPE", "SUPPLIER_KEY")
    given = {name: environ.get(PREFIX + name, "").strip() for name in (*needed, "USER_AGENT")}
    if missing := [PREFIX + name for name in needed if not given[name]]:
        raise DailyFlowError(f"Nothing is sent without {', '.join(missing)}. Set them in the environment.")
    for name in ("URL", "TOKEN_URL"):
        _check_address(PREFIX + name, given[name])
    if not re.fullmatch(r"\d{3}", given["LA_CODE"]):
        raise DailyFlowError(f"{PREFIX}LA_CODE is not the authority's three digits.")
    if broken := [PREFIX + name for name, value in given.items() if not (value.isascii() and value.isprintable())]:
        raise DailyFlowError(f"{', '.join(broken)}: there is a line break or another strange character in it.")
    return Service(
        given["URL"],
        given["LA_CODE"],
        given["TOKEN_URL"],
        given["CLIENT_ID"],
        given["CLIENT_SECRET"],
        given["SCOPE"],
        given["SUPPLIER_KEY"],
        given["USER_AGENT"] or "goldenthread",
    )


def _check_address(name: str, address: str) -> None:
    parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE)
    if not secure or not parts.hostname:
        raise DailyFlowError(f"{name} is no https address, and children's records go by nothing less.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise DailyFlowError(f"{name} holds more than an address: leave out names, keys and what follows a ? or #.")


@dataclass(frozen=True, slots=True)
class Accepted:
    """Every record is held, with a receipt each in the order sent."""

    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """No record is held, and the same body would be refused again. `positions` are the records found at fault.

    Of every answer but `Accepted`, `brief` may be shown to anyone. `detail` is the service's own text, which may repeat
    what was sent: it is kept in the state and nowhere else.
    """

    brief: str
    detail: str = ""
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Disallowed:
    """The gateway let nothing through: for what is in the body, or because we may not send at all."""

    brief: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The key was not good."""

    brief: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Limited:
    """Too many requests; `after` is how many seconds to wait, None when the service does not say."""

    brief: str
    detail: str = ""
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Unreached:
    """The request did not get to the service: nothing is held."""

    brief: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """It cannot be told whether the records are held. `again`: whether to try once more within the run."""

    brief: str
    detail: str = ""
    again: bool = True


NotAccepted: TypeAlias = Refused | Disallowed | Unauthorised | Limited | Unreached | Unclear
Answer: TypeAlias = Accepted | NotAccepted


def reason_of(answer: NotAccepted) -> str:
    """The whole reason, as kept with the record."""
    return f"{answer.brief}: {answer.detail}" if answer.detail else answer.brief


def answer_of(status: int, text: str, retry_after: str | None, sent: int) -> Answer:
    """What the answer to a request of `sent` records means."""
    brief, detail = str(status), _plain(text)
    match status:
        case 200:
            return _receipts(text, sent)
        case 401:
            return Unauthorised(brief, detail)
        case 403:
            return Disallowed(brief, detail)
        case 413:
            return Refused(brief, detail)
        case 429:
            return Limited(brief, detail, _seconds(retry_after))
        case _ if 400 <= status < 500:
            return Refused(brief, detail, _positions(text, sent))
        case _:
            # 204 is among these: nothing says whether what had no content was the body or only the answer.
            return Unclear(brief, detail, again=status >= 500)


def _receipts(text: str, sent: int) -> Answer:
    try:
        found = json.loads(text)
    except ValueError:
        return Unclear("200, but the answer is cut short or no JSON", again=False)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        return Unclear("200, but the answer is no list of receipts", again=False)
    if len(found) != sent:
        return Unclear(f"200, but {len(found)} receipts for {sent} records", again=False)
    return Accepted(tuple(_plain(each) for each in found))


def _positions(text: str, sent: int) -> tuple[int, ...]:
    found = {int(digits) for digits in re.findall(r"\[(\d{1,3})\]", text)}
    return tuple(sorted(position for position in found if position < sent))


def _seconds(retry_after: str | None) -> float | None:
    """The seconds to wait; a date instead of a number is not looked at."""
    return float(retry_after) if retry_after and re.fullmatch(r"\d{1,6}", retry_after.strip()) else None


def _plain(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * LONGEST_REASON])
    return " ".join(shown.split())[:LONGEST_REASON]
