"""The record checked as it changes and each night, and returns made, by the background worker."""

from procrastinate.contrib.django import app

from casework.accuracy.actions import checks, returns
from casework.common import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="check_what_changed", pass_context=False)
def check_what_changed(timestamp: int) -> None:
    """Check the records that were changed in the last minute."""
    checks.check_what_changed(at=clock.now())


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="check_everything", pass_context=False)
def check_everything(timestamp: int) -> None:
    """The night's check of everybody, which also finds what days and other children's records bring."""
    checks.check_everything(at=clock.now())


@app.task(pass_context=False)
def make_return(number: int) -> None:
    """Make a return that was asked for."""
    returns.make_return(number, at=clock.now())
