"""Core groups and child in need reviews on the person's record."""

from __future__ import annotations

from casework.child_protection import beside
from casework.meetings.models import ChildAtMeeting
from casework.meetings.queries.conferences import since_the_last
from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("meetings", "Meetings", 140, "people.read", "person_meetings", is_child))
    beside.add("meetings/since_conference.html", since_the_last)
    its_page = panels.pages_of("meeting", ChildAtMeeting)
    panels.read_here("core_groups", its_page)
    panels.read_here("cin_reviews", its_page)


def is_child(person: Person) -> bool:
    """Core groups and reviews are of children, born or unborn."""
    return person.is_child
