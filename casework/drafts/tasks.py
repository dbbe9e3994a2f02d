"""The night's tidying of drafts."""

from procrastinate.contrib.django import app

from casework.common import clock
from casework.drafts.actions import tidy_up


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="tidy_drafts", pass_context=False)
def tidy_drafts(timestamp: int) -> None:
    """Delete drafts of work that is finished, and tokens of pages saved long ago."""
    tidy_up(at=clock.now())
