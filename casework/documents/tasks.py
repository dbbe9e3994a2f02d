"""The night's tidying of file contents."""

from procrastinate.contrib.django import app

from casework.common import clock
from casework.documents.actions import LOOSE_AFTER, remove_loose_files


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="tidy_files", pass_context=False)
def tidy_files(timestamp: int) -> None:
    """Delete contents that no record tells of: of savings that were broken off a day ago or more."""
    remove_loose_files(older_than=clock.now() - LOOSE_AFTER)
