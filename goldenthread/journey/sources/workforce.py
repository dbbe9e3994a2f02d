"""Events of workers and of the oversight of their cases."""

from goldenthread.journey.source import EventSource, having


def _worker(kind: str, table: str, on: str) -> EventSource:
    return EventSource(kind, table, on, subject="worker_id")


SOURCES = (
    _worker("worker.started", "workers", "started_on"),
    _worker("worker.left", "workers", "left_on"),
    # The assessed and supported year begins when the newly qualified worker starts.
    EventSource(
        "assessed_year.started",
        "workers",
        "started_on",
        where=(having("role", "newly_qualified"),),
        subject="worker_id",
    ),
    _worker("worker_absence.started", "absences", "started_on"),
    _worker("worker_absence.ended", "absences", "ended_on"),
    _worker("dbs_check.completed", "dbs_checks", "checked_on"),
    EventSource("supervision.held", "supervisions", "held_on"),
)
