"""The virus check: ClamAV's clamd, spoken to by its own protocol over a socket, when GOLDEN_THREAD_CLAMD names one."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import IO

CHUNK = 64 * 1024
SECONDS = 60


class ScannerDown(Exception):
    """The virus check is set up, and does not answer or cannot say."""


@dataclass(frozen=True)
class Scan:
    """What the check found: whether it was done, and the name of a virus, if there is one."""

    done: bool
    virus: str = ""


def scan(content: IO[bytes], clamd: str) -> Scan:
    """The answer of the clamd at `clamd`: "unix:/run/clamav/clamd.ctl" or "tcp:host:3310"; not done for an empty text.

    Raises ScannerDown.
    """
    if not clamd:
        return Scan(done=False)
    try:
        with _connection(clamd) as clam:
            answer = _answer(clam, content)
    except (OSError, ValueError) as problem:
        raise ScannerDown(str(problem)) from problem
    finally:
        content.seek(0)
    if answer == "stream: OK":
        return Scan(done=True)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan(done=True, virus=answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerDown(answer or "no answer")


def _connection(clamd: str) -> socket.socket:
    sort, _, where = clamd.partition(":")
    if sort == "unix":
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(SECONDS)
        try:
            made.connect(where)
        except OSError:
            made.close()
            raise
        return made
    if sort == "tcp":
        host, _, port = where.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    raise ValueError(f"GOLDEN_THREAD_CLAMD is {clamd!r}: write unix:/path/of/the/socket or tcp:host:port")


def _answer(clam: socket.socket, content: IO[bytes]) -> str:
    content.seek(0)
    clam.sendall(b"zINSTREAM\0")
    while chunk := content.read(CHUNK):
        clam.sendall(struct.pack("!I", len(chunk)) + chunk)
    clam.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and (more := clam.recv(4096)):
        answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
