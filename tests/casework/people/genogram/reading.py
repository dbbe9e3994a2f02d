"""Reading a drawing back: its elements, boxes and texts."""

from dataclasses import dataclass

from lxml import etree

from casework.people.genogram import Genogram

Element = etree._Element


@dataclass(frozen=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Rectangle") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def parsed(drawn: Genogram) -> Element:
    return etree.fromstring(drawn.svg.encode())


def tags(element: Element) -> set[str]:
    return {etree.QName(one).localname for one in element.iter()}


def boxes(drawn: Genogram) -> list[Rectangle]:
    found = []
    for one in parsed(drawn).iterfind(".//{*}rect[@class='gt-genogram__box']"):
        x, y, width, height = (float(one.get(key, "nan")) for key in ("x", "y", "width", "height"))
        found.append(Rectangle(x, y, x + width, y + height))
    return found


def texts(element: Element) -> list[str]:
    return ["".join(one.itertext()) for one in element.iterfind(".//{*}text")]


def people_shown(drawn: Genogram) -> dict[str, Element]:
    """Each person's group by the first word of the name."""
    groups = parsed(drawn).iterfind(".//{*}g[@class='gt-genogram__person']")
    named = ((group, [one for one in texts(group) if not one.lstrip("~").isdigit()]) for group in groups)
    return {told[0].split()[0]: group for group, told in named}
