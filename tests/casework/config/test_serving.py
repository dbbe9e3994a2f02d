"""How gunicorn serves the record: nobody waits beside a worker that has nothing to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from casework.database.embedded import free_port

PROJECT = Path(__file__).parents[3]
SERVING = PROJECT / "casework/config/serving.py"
SITE = """
import os, time

def site(environ, answer):
    answer("200 OK", [("Content-Type", "text/plain")])
    if environ["PATH_INFO"] == "/long":
        open("begun", "w").close()
        while not os.path.exists("enough"):
            time.sleep(0.02)
    return [b"answered"]
"""
IMPATIENT = """
exec(open({serving!r}).read())
OneAtATime.silence = 0.2
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[int]:
    """The port of a small site that two workers serve as they serve the record, but less patient."""
    (tmp_path / "site_served.py").write_text(SITE)
    (tmp_path / "impatient.py").write_text(IMPATIENT.format(serving=str(SERVING)))
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "site_served:site", "--config", "impatient.py"]
    running = subprocess.Popen(
        [*words, "--bind", f"127.0.0.1:{port}"], cwd=tmp_path, stderr=subprocess.DEVNULL,
        env=os.environ | {"WEB_CONCURRENCY": "2", "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    try:
        wait_until(lambda: answers(port), "the site answers")
        yield port
    finally:
        (tmp_path / "enough").touch()
        running.terminate()
        assert running.wait(timeout=60) == 0


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that must come to be."""
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, f"It did not come to be that {what}"
        time.sleep(0.02)


def answers(port: int) -> bool:
    """Whether the site gives its page."""
    with suppress(OSError):
        return got(port) == b"answered"
    return False


def got(port: int, page: str = "/", patience: float = 60) -> bytes:
    """What the site answers."""
    with urlopen(f"http://127.0.0.1:{port}{page}", timeout=patience) as answer:
        body: bytes = answer.read()
    return body


def test_a_long_page_keeps_nobody_waiting(site: int, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as beside:
        long = beside.submit(got, site, "/long")
        wait_until((tmp_path / "begun").exists, "the long page is begun")
        try:
            for _ in range(40):
                assert got(site, patience=10) == b"answered"
            assert not long.done()
        finally:
            (tmp_path / "enough").touch()
        assert long.result() == b"answered"


def test_connections_on_which_nothing_was_said_keep_nobody_waiting(site: int) -> None:
    opened = [socket.create_connection(("127.0.0.1", site)) for _ in range(6)]
    assert got(site, patience=10) == b"answered"
    opened[0].sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
    assert opened[0].recv(1000).startswith(b"HTTP/1.1 200")
    for one in opened:
        one.close()


def test_requests_that_break_off_in_the_middle_are_left(site: int) -> None:
    opened = [socket.create_connection(("127.0.0.1", site)) for _ in range(4)]
    for one in opened:
        one.sendall(b"GET / HTTP/1.1\r\nHost:")
    assert got(site, patience=10) == b"answered"
    for one in opened:
        one.close()
