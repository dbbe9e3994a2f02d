"""A test run's server is one for all its workers, and is gone when the last of them is, however it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

WORKER = """
import sys, pathlib
from casework.database.testing import test_server
with test_server(pathlib.Path(sys.argv[1])) as server:
    print(server.port, server.places.home, flush=True)
    sys.stdin.read()
"""


def worker(shared: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WORKER, str(shared)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_workers_share_a_server_that_goes_with_the_last(tmp_path: Path) -> None:
    with worker(tmp_path) as one, worker(tmp_path) as two:
        assert one.stdout is not None and two.stdout is not None
        told = one.stdout.readline()
        assert told == two.stdout.readline()
        home = Path(told.split()[1])
        one.communicate()
        assert (home / "data" / "postmaster.pid").exists()
        os.kill(two.pid, signal.SIGKILL)
    until = time.monotonic() + 20
    while home.exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert not home.exists()
