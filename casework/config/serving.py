"""How gunicorn serves the record (`bin/serve`), and the bare page that it is measured against (`bench/record.py`)."""

import os
import sys

os.environ.setdefault("POLARS_MAX_THREADS", "1")
"""A save works out a few children's clocks: two threads took half as long again to share them out. Each worker has
its own."""
preload_app = True
worker_class = "gthread"
threads = 1
"""Threads that share a worker wait for each other: at thirty requests a second, pages ready in 60 ms took 400."""
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, len(os.sched_getaffinity(0))))
"""As many as there are cores, and two at the least, so that a long page keeps nobody waiting, unless the environment
says otherwise. The database works on the same cores: with one more, 95 of 100 pages took 281 ms and not 253; with two
more, 443."""
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 30


def post_worker_init(_worker: object) -> None:
    """Each worker makes ready for its first save; the bare page has none."""
    record = sys.modules.get("casework.config.wsgi")
    if record is not None:
        record.begin()
