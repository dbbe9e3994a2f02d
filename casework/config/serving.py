"""How gunicorn serves the record (`bin/serve`), and the bare page that it is measured against (`bench/record.py`)."""

import atexit
import os
import socket
import sys
from typing import Any

from gunicorn.workers.sync import SyncWorker  # type: ignore[import-untyped]

os.environ.setdefault("POLARS_MAX_THREADS", "1")
"""A save works out a few children's clocks: two threads took half as long again to share them out. Each worker has
its own."""


class OneAtATime(SyncWorker):  # type: ignore[misc]  # gunicorn is not typed
    """A worker that takes the next request when it is ready for it, and so never one that another could answer.

    One that takes them while it is busy (`gthread`) leaves them waiting beside an idle one: at thirty requests a
    second, 95 of 100 pages took 285 ms and not 166.
    """

    silence = 30
    """Seconds that it waits for the rest of a request, or for a browser to take the whole of a page."""

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        """Answer a request; who falls silent in the middle of it is left after a while."""
        client.settimeout(self.silence)
        super().handle(listener, client, addr)


preload_app = True
worker_class = OneAtATime
workers = int(os.environ.get("WEB_CONCURRENCY") or len(os.sched_getaffinity(0)) + 1)
"""One more than there are cores, unless the environment says otherwise: while it makes a long page the others go on."""
timeout = 600
"""Seconds after which a worker that answers nothing is replaced: a year's workbook of a large authority takes some."""
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 30


def when_ready(server: Any) -> None:
    """A browser opens connections ahead of need: none comes to a worker before something was said on it."""
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 60)


def post_fork(_server: object, _worker: object) -> None:
    """What the first process does at its end is not the worker's: Polars would wait for a thread that is not there."""
    atexit._clear()


def post_worker_init(_worker: object) -> None:
    """Each worker makes ready for its first save; the bare page has none."""
    record = sys.modules.get("casework.config.wsgi")
    if record is not None:
        record.begin()
