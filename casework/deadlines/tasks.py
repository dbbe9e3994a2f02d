"""The night's full working out of every clock."""

import logging

from procrastinate.contrib.django import app

from casework.common import clock
from casework.deadlines.recompute import recompute

log = logging.getLogger(__name__)


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="recompute_deadlines", pass_context=False)
def recompute_deadlines(timestamp: int) -> None:
    """Work every clock out anew and mend what differs; a difference is logged as an error, by clock, without names."""
    found = recompute(at=clock.now())
    for one in found.wrong:
        log.error("A clock was not as the record has it: %s, from %s, %s.", one.clock, one.table, one.what)
