"""Events of a person: birth, birthdays the law turns on, death, disability."""

from goldenthread.journey.source import EventSource, Unless

# Parents are people too. Someone not said to be anything is taken to be a child: the returns list only children.
_CHILD = (Unless("is_child", False),)


def _birthday(years: int) -> EventSource:
    return EventSource(f"child.turned_{years}", "people", "born_on", where=_CHILD, subject="person_id", birthday=years)


SOURCES = (
    EventSource("child.born", "people", "born_on", where=_CHILD, subject="person_id"),
    *(_birthday(years) for years in (5, 16, 18, 21, 25)),
    EventSource("child.died", "people", "died_on", where=_CHILD, subject="person_id"),
    # No table says when a disability began: the day it was recorded is the day the authority knew.
    EventSource("disability.recorded", "disabilities", "recorded_at"),
)
