"""Plans on the person's record."""

from casework.people import panels
from casework.people.models import Person


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.RecordPage("plans", "Plans", 25, "people.read", "plans_of_person", is_child))


def is_child(person: Person) -> bool:
    """Plans are of children, born or unborn."""
    return person.is_child
