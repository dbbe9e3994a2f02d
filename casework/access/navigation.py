"""The places that the navigation of every page leads to, who sees each, and the menus that gather them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse


@dataclass(frozen=True)
class Place:
    """A link of the navigation: `view` is the name of the page, `menu` the title of the menu it is kept in."""

    title: str
    view: str
    permissions: tuple[str, ...]
    menu: str = ""

    @property
    def address(self) -> str:
        """Where it leads: looked for once, not on every page."""
        return _address_of(self.view)


@cache
def _address_of(view: str) -> str:
    return reverse(view)


@dataclass(frozen=True)
class Menu:
    """Places that share one title in the navigation. A menu of one place is that place."""

    title: str
    places: tuple[Place, ...]

    @property
    def views(self) -> list[str]:
        """The names of the pages that it leads to."""
        return [place.view for place in self.places]


FIT_IN_A_LINE = 6
"""So many places need no menus."""

# A manager sees fourteen places. What is used all day is a link; what is watched or counted is one step further.
_WATCH, _FIGURES = "Children to watch", "Figures"


PLACES: tuple[Place, ...] = (
    Place("My work", "my_work", ("work.own",)),
    Place("Front door", "triage_board", ("contact.triage", "contact.decide")),
    Place("Record a contact", "record_contact", ("contact.record",)),
    Place("Unfinished", "unfinished", ("work.own",)),
    Place("Questions for us", "questions", ("contact.contribute",)),
    Place("Teams", "teams", ("work.team",)),
    Place("Early help", "early_help_families", ("early_help.write", "contact.triage")),
    Place("Conferences", "conferences", ("conference.arrange", "conference.chair")),
    Place("Emergency powers", "emergency_now", ("court.watch",), _WATCH),
    Place("Missing", "missing_now", ("missing.watch",), _WATCH),
    Place("Private fostering", "privately_fostered", ("fostering.watch",), _WATCH),
    Place("Places and groups", "links", ("exploitation.write",), _WATCH),
    Place("What is late", "timeliness", ("reports.view",), _FIGURES),
    Place("Board", "board", ("reports.view",), _FIGURES),
    Place("Accuracy", "accuracy", ("accuracy.view",), _FIGURES),
    Place("Returns", "returns", ("returns.make",), _FIGURES),
    Place("Letter templates", "letter_templates", ("letters.word",)),
    Place("Accounts", "accounts", ("accounts.manage",)),
)


def menus(places: Iterable[Place]) -> list[Menu]:
    """The places in order, those of one menu together. A menu of one place, and any where all fit, is its places."""
    shown = tuple(places)
    gathered: dict[str, list[Place]] = {}
    for place in shown:
        title = place.menu if len(shown) > FIT_IN_A_LINE else ""
        gathered.setdefault(title or place.title, []).append(place)
    return [Menu(title if len(found) > 1 else found[0].title, tuple(found)) for title, found in gathered.items()]
