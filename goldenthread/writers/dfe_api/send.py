"""Sending what was prepared, record by record in the end: what fails waits for the next run, what is refused is kept
with the reason, and neither holds up the others."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from goldenthread.writers.dfe_api.connection import TIMEOUT, Connection
from goldenthread.writers.dfe_api.ledger import DailyFlowError
from goldenthread.writers.dfe_api.places import compact
from goldenthread.writers.dfe_api.prepare import HOLDS, TAKES_BACK, too_much
from goldenthread.writers.dfe_api.run import Piece, Run, Sent, nothing_sent
from goldenthread.writers.dfe_api.service import Service, service_from
from goldenthread.writers.dfe_api.state import State, opened

SWITCHED_OFF = "Sending is switched off: nothing was sent. It has to be asked for each time."
SERVICE = "service"


def send(
    folder: Path,
    environ: Mapping[str, str],
    now: Callable[[], datetime],
    *,
    switched_on: bool = False,
    purge_agreed: bool = False,
    wait: Callable[[float], None] = time.sleep,
    tell: Callable[[str], None] = lambda sentence: None,
    timeout: float = TIMEOUT,
) -> Sent:
    """Send what `prepare` left in the state folder, if `switched_on`; what is left over, or failed, may be sent again.

    The service and its keys are those of `environ` (see `service_from`). `tell` is given a sentence after each request,
    with counts and no child. A batch stands or falls together at the service: one that is refused is sent again in
    parts, until the record at fault is alone.

    DailyFlowError when the service is not configured, is another than this folder was kept for, or would be asked to
    take back more than may go unasked without `purge_agreed`; when nothing was prepared, or a batch file was altered.
    """
    if not switched_on:
        return nothing_sent(SWITCHED_OFF)
    service = service_from(environ)
    with opened(folder) as state:
        _check(state, service, purge_agreed)
        run = Run(state, Connection(service, wait, timeout), now, wait, tell)
        for step in (1, 2):
            run.deliver(_batches(state, step))
        return run.result()


def _check(state: State, service: Service, purge_agreed: bool) -> None:
    address = service.endpoint
    kept = state.about(SERVICE)
    if kept is not None and kept != address:
        raise DailyFlowError(
            f"{state.folder} says what is held at {kept}, and {address} is another service. Keep a folder for each."
        )
    taken_back, held = int(state.about(TAKES_BACK) or 0), int(state.about(HOLDS) or 0)
    if too_much(taken_back, held) and not purge_agreed:
        raise DailyFlowError(
            f"{taken_back} of the {held} things held at the DfE would be deleted there. Look at the differences: if "
            "they did go from the record, agree to it; if a table was not loaded, load it and prepare again."
        )
    with state.transaction():
        state.set_about(SERVICE, address)


def _batches(state: State, step: int) -> Iterator[list[Piece]]:
    """What waits of a step, batch file by batch file."""
    digests = state.batches()
    for name, entries in groupby(state.waiting(step), key=lambda entry: entry.file):
        bodies = _bodies(state.folder / name, digests[name])
        yield [Piece(entry, bodies[entry.position]) for entry in entries]


def _bodies(file: Path, digest: str) -> list[str]:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise DailyFlowError(f"{file} cannot be read: {fault.strerror}. Prepare again.") from fault
    if sha256(content).hexdigest() != digest:
        raise DailyFlowError(f"{file} is not as it was prepared. Prepare again.")
    return [compact(body) for body in json.loads(content)]
