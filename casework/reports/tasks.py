"""The board of each morning, ready before anybody asks."""

from procrastinate.contrib.django import app

from casework.common import clock
from casework.reports.actions import work_out_board


@app.periodic(cron="45 5 * * *")
@app.task(queueing_lock="board_of_the_morning", pass_context=False)
def board_of_the_morning(timestamp: int) -> None:
    """Work out today's board."""
    at = clock.now()
    work_out_board(as_at=clock.local(at).date(), at=at)
