"""What hangs from what: parents joined with their children, carers with whom they care for, and the rest.

Two children hang from one line only when all that is recorded of their parents is alike; so half-brothers and
half-sisters hang each from their own pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from casework.people.genogram.generations import Generations
from casework.people.genogram.kinds import CARERS, SIBLINGS
from casework.people.genogram.links import Link, parents_of


class Style(Enum):
    """How a line is drawn."""

    BIRTH = "birth"
    CARE = "care"
    GRANDPARENT = "grandparent"
    SIBLINGS = "siblings"


@dataclass(frozen=True, slots=True)
class Union:
    """Adults joined by a line with children hanging from it. No adults: brothers and sisters of unrecorded parents.

    `ended` are the adults for whom it is over; `presumed` the children known only as a brother or sister of the rest.
    """

    adults: tuple[str, ...]
    children: tuple[str, ...]
    style: Style
    ended: frozenset[str] = frozenset()
    presumed: frozenset[str] = frozenset()


def unions(placed: Generations) -> tuple[Union, ...]:
    """Every line to draw."""
    parents = parents_of(placed.links)
    births, bars = _with_siblings(_births(parents), placed.links, parents)
    return (*births, *_care(placed.links, parents), *_grandparents(placed.links, parents), *bars)


Key = frozenset[tuple[str, bool]]


def _births(parents: dict[str, list[Link]]) -> list[Union]:
    grouped: dict[Key, list[str]] = {}
    order: dict[Key, list[str]] = {}
    for child, links in parents.items():
        key = frozenset((link.related, link.ended) for link in links)
        grouped.setdefault(key, []).append(child)
        order.setdefault(key, [link.related for link in links])
    return [_union(key, order[key], children, Style.BIRTH) for key, children in grouped.items()]


def _union(key: Key, adults: Sequence[str], children: Iterable[str], style: Style) -> Union:
    return Union(tuple(adults), tuple(children), style, frozenset(one for one, ended in key if ended))


def _with_siblings(
    births: list[Union], links: Sequence[Link], parents: dict[str, list[Link]]
) -> tuple[list[Union], list[Union]]:
    """Births with those who are known only as somebody's brother or sister, and bars for whom that leaves out."""
    bars: list[Union] = []
    for cluster in _clusters([link for link in links if link.kind == "sibling"]):
        alone = [one for one in cluster if one not in parents]
        homes = [union for union in births if set(union.children) & set(cluster)]
        if not alone:
            continue
        if len(homes) == 1:
            births[births.index(homes[0])] = _joined_by(homes[0], alone)
        else:
            bars.append(Union((), tuple(cluster), Style.SIBLINGS))
    covered = [set(union.children) for union in (*births, *bars)]
    for link in links:
        pair = {link.person, link.related}
        if link.kind in SIBLINGS and not _share(link, parents) and not any(pair <= found for found in covered):
            bars.append(Union((), (link.person, link.related), Style.SIBLINGS))
    return births, bars


def _joined_by(union: Union, alone: Sequence[str]) -> Union:
    return Union(union.adults, (*union.children, *alone), union.style, union.ended, frozenset(alone))


def _share(link: Link, parents: dict[str, list[Link]]) -> bool:
    """Whether the two have a recorded parent in common."""
    one, other = ({each.related for each in parents.get(child, ())} for child in (link.person, link.related))
    return bool(one & other)


def _clusters(links: Iterable[Link]) -> list[list[str]]:
    """People in sets joined by links, each in order of first mention."""
    sets: list[list[str]] = []
    for link in links:
        pair = [link.person, link.related]
        touched = [one for one in sets if set(one) & set(pair)]
        sets = [one for one in sets if one not in touched]
        sets.append(list(dict.fromkeys([*(each for one in touched for each in one), *pair])))
    return sets


def _care(links: Sequence[Link], parents: dict[str, list[Link]]) -> list[Union]:
    """Step-parents and carers; those who foster a child together now are joined as a couple is."""
    adults_of: dict[str, dict[tuple[str, ...], Key]] = {}
    for link in _one_each(link for link in links if not _is_parent(link, parents)):
        couple = ("fostering",) if link.kind == "foster_carer" and not link.ended else (link.related,)
        found = adults_of.setdefault(link.person, {})
        found[couple] = found.get(couple, frozenset()) | {(link.related, link.ended)}
    grouped: dict[Key, list[str]] = {}
    for child, found in adults_of.items():
        for key in dict.fromkeys(found.values()):
            grouped.setdefault(key, []).append(child)
    return [_union(key, sorted(one for one, _ in key), children, Style.CARE) for key, children in grouped.items()]


def _one_each(links: Iterable[Link]) -> Iterable[Link]:
    """One caring link of each adult to a child: a step-parent may be recorded as the carer too."""
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = (link.person, link.related)
        if link.kind in ("step_parent", *CARERS) and (pair not in found or found[pair].ended):
            found[pair] = link
    return found.values()


def _is_parent(link: Link, parents: dict[str, list[Link]]) -> bool:
    return any(one.related == link.related for one in parents.get(link.person, ()))


def _grandparents(links: Sequence[Link], parents: dict[str, list[Link]]) -> list[Union]:
    """Grandparents whose own child in between is not recorded, or not as their child."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    caring = {(link.related, link.person) for link in links if link.kind in CARERS}
    for link in links:
        shown = (link.related, link.person) in caring or _is_parent(link, parents)
        between = [one.related for one in parents.get(link.person, ())]
        shown = shown or any(one.related == link.related for middle in between for one in parents.get(middle, ()))
        if link.kind == "grandparent" and not shown:
            grouped.setdefault((link.related, link.ended), []).append(link.person)
    return [_union(frozenset({key}), [key[0]], children, Style.GRANDPARENT) for key, children in grouped.items()]
