"""A service on this machine that behaves as the pilot's is described to, and misbehaves when told to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs

from goldenthread.writers.dfe_api.build import Payload
from tests.writers.dfe_api.holdings import ByIdentifier, ByPlace, Holdings

SECRET, KEY, CLIENT, TOKEN = "shibboleth-of-nowhere", "subscription-of-nowhere", "client-of-nowhere", "token-of-nowhere"
PATH = "/receiver/1/children_social_care_data/999/children"
FIREWALLED, REFUSED, BREAKING = "Firewalled", "Refused", "Breaking"
"""Surnames at which the gateway, the service's own check and the service itself give way."""

MISBEHAVIOURS = (
    "400",
    "401",
    "403",
    "413",
    "429",
    "500",
    "503 after taking it",
    "204",
    "302",
    "hang up",
    "hang up after taking it",
    "short after taking it",
    "garbled after taking it",
    "token 401",
    "token 500",
)
"""What a request may meet besides what its records deserve."""


@dataclass
class Receiver:
    """The service. `script` is what the next requests meet, in order; after it, or at "", each meets what it deserves.

    `bodies` are the batches that came, taken or not; `headers` those of the last request.
    """

    holdings: tuple[Holdings, ...] = field(default_factory=lambda: (ByPlace(), ByIdentifier()))
    script: list[str] = field(default_factory=list)
    bodies: list[list[Payload]] = field(default_factory=list)
    headers: Message = field(default_factory=Message)
    paths: list[str] = field(default_factory=list)
    tokens: int = 0
    port: int = 0
    closing: Event = field(default_factory=Event)

    @property
    def environ(self) -> dict[str, str]:
        """The environment in which this service is configured."""
        at = f"http://127.0.0.1:{self.port}"
        named = {
            "URL": f"{at}/receiver/1",
            "LA_CODE": "999",
            "TOKEN_URL": f"{at}/token",
            "CLIENT_ID": CLIENT,
            "CLIENT_SECRET": SECRET,
            "SCOPE": "nowhere/.default",
            "SUPPLIER_KEY": KEY,
        }
        return {f"GOLDENTHREAD_DFE_{name}": value for name, value in named.items()}

    def sizes(self) -> list[int]:
        """How many records each batch had."""
        return [len(body) for body in self.bodies]

    def take(self, batch: list[Payload]) -> None:
        for held in self.holdings:
            for body in batch:
                held.take(body)


@dataclass(frozen=True)
class Reply:
    """An answer; None for the status hangs up."""

    status: int | None
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver at work."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.paths.append(self.path)
            reply = (
                token(receiver, body) if self.path == "/token" else children(receiver, self.path, self.headers, body)
            )
            if reply.status is None:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            content = b"" if reply.status == 204 else reply.text.encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def token(receiver: Receiver, body: bytes) -> Reply:
    if receiver.script and receiver.script[0].startswith("token"):
        return Reply(int(receiver.script.pop(0).split()[1]), f"{SECRET} is wrong")
    form = parse_qs(body.decode())
    if form["client_id"] != [CLIENT] or form["client_secret"] != [SECRET] or "grant_type" not in form:
        return Reply(401, "who are you?")
    receiver.tokens += 1
    return Reply(200, json.dumps({"access_token": f"{TOKEN}-{receiver.tokens}", "expires_in": 3599}))


def children(receiver: Receiver, path: str, headers: Message, body: bytes) -> Reply:
    receiver.headers = headers
    if headers["Authorization"] != f"Bearer {TOKEN}-{receiver.tokens}" or path != PATH:
        return Reply(401, "Invalid token")
    if headers["SupplierKey"] != KEY or headers["Content-Type"] != "application/json":
        return Reply(403, "Not a subscriber")
    batch: list[Payload] = json.loads(body)
    receiver.bodies.append(batch)
    return misbehaved(receiver, receiver.script.pop(0), batch) if receiver.script else deserved(receiver, batch)


def deserved(receiver: Receiver, batch: list[Payload]) -> Reply:
    """What the records deserve: one that is wrong brings down the batch."""
    surnames = [surname_of(body) for body in batch]
    if len(batch) > 100:
        return Reply(413, "Too large")
    if FIREWALLED in surnames:
        return Reply(403, "<html>Request blocked</html>")
    if BREAKING in surnames:
        return Reply(500, "Out of order")
    wrong = [f"[{position}].child_details: not valid" for position, name in enumerate(surnames) if name == REFUSED]
    if wrong:
        return Reply(400, json.dumps({"errors": wrong}))
    receiver.take(batch)
    return Reply(200, json.dumps(receipts(batch)))


def misbehaved(receiver: Receiver, how: str, batch: list[Payload]) -> Reply:
    if how == "wait":
        receiver.closing.wait(5)
        return Reply(None)
    well = deserved(receiver, batch) if how == "" or how.endswith("after taking it") else Reply(None)
    match how.split()[0] if how else "":
        case "":
            return well
        case "hang":
            return Reply(None)
        case "short":
            return Reply(200, json.dumps(receipts(batch)[1:])) if well.status == 200 else well
        case "garbled":
            return Reply(200, '["2026-07-01_02:00') if well.status == 200 else well
        case "302":
            return Reply(302, "", {"Location": f"http://127.0.0.1:{receiver.port}/elsewhere"})
        case "token":
            return Reply(int(how.split()[1]), "Not today")
        case "429":
            return Reply(429, "Slower", {"Retry-After": how.split()[1] if " " in how else "7"})
        case status:
            return Reply(int(status), "Not today")


def receipts(batch: list[Payload]) -> list[str]:
    return [f"2026-07-01_02:00:00.000000_{body['la_child_id']}" for body in batch]


def surname_of(body: Payload) -> str:
    details = body.get("child_details")
    return str(details.get("surname")) if isinstance(details, dict) else ""
