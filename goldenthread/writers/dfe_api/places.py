"""What of a child the DfE holds, place by place, and how a place is taken back.

A place is one object that can be purged: "child_details", "social_care_episodes/R1",
"social_care_episodes/R1/child_in_need_plans/N7", and "child" for the child itself. The documents seen say of `purge`
only that it asks the DfE to delete what it holds. They are read so: objects with an identifier are held until they are
purged, whether or not they are sent again; an object or list without one (an adoption, the questionnaires, the workers)
is replaced by the one sent, and an object purged when there is none; purging an object purges what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from goldenthread.writers.dfe_api.build import Json, Payload
from goldenthread.writers.dfe_api.shape import (
    ADOPTION,
    CARE_LEAVERS,
    CHILD_ID,
    DETAILS,
    EPISODE_ID,
    EPISODES,
    HEALTH,
    LISTS,
    PURGE,
)

Places: TypeAlias = Mapping[str, str]
"""Place to the digest of what is there; empty where it may hold something, but what is not known."""

CHILD = "child"
UNKNOWN = ""
IDENTIFIERS = {each.name: each.identifier.name for each in LISTS}
DIGEST_LENGTH = 16
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Step:
    """One body to send for a child, and what the DfE holds of the child once it is accepted.

    `final` is false for a body that only makes way for the next.
    """

    body: Payload
    places: Places
    final: bool


def places_of(payload: Payload) -> dict[str, str]:
    """Every place of a payload with the digest of its content, that of the places within it left out."""
    held = {CHILD: _digest({CHILD_ID: payload[CHILD_ID]})}
    held |= {name: _digest(payload[name]) for name in (DETAILS, HEALTH) if name in payload}
    for episode in objects(payload.get(EPISODES)):
        at = f"{EPISODES}/{episode[EPISODE_ID]}"
        held[at] = _digest({name: value for name, value in episode.items() if not _is_place(name)})
        held |= {f"{at}/{name}": _digest(episode[name]) for name in (ADOPTION, CARE_LEAVERS) if name in episode}
        for name, identifier in IDENTIFIERS.items():
            for each in objects(episode.get(name)):
                held[f"{at}/{name}/{each[identifier]}"] = _digest(each)
    return held


def identity(place: str) -> str | None:
    """What a service might know the object by, wherever it stands; None for one that has no identifier."""
    match place.split("/"):
        case [_, _]:
            return place
        case [_, _, name, own]:
            return f"{name}/{own}"
        case _:
            return None


def identities(places: Iterable[str]) -> set[str]:
    """The identities of those places that have one."""
    return {found for place in places if (found := identity(place)) is not None}


def steps(payload: Payload, held: Places, leaving: Set[str]) -> list[Step]:
    """The bodies that bring what the DfE holds of a child to this payload, and nothing besides.

    Whatever has vanished is purged in the same body. `leaving` are the identities purged today of any child. Where one
    of them is wanted here, having moved, it is purged here too where it may be held, and sent in a second body once
    everything is purged: a service that knew it by its identifier alone might otherwise delete what had just been sent.
    """
    wanted = places_of(payload)
    moved = {place for place in wanted if identity(place) in leaving}
    if not moved:
        return [Step(with_purges(payload, held.keys() - wanted.keys()), wanted, final=True)]
    cleared = _without(payload, moved)
    present = places_of(cleared)
    first = Step(with_purges(cleared, held.keys() - present.keys()), present, final=False)
    return [first, Step(payload, wanted, final=True)]


def purge_of_child(child_id: str) -> Payload:
    """The body that takes back everything held of a child."""
    return {CHILD_ID: child_id, PURGE: True}


def with_purges(payload: Payload, gone: Iterable[str]) -> Payload:
    """The payload with a purge for every place that is gone; one within an episode that is gone goes with it."""
    whole = dict(payload)
    episodes = [dict(episode) for episode in objects(payload.get(EPISODES))]
    by_id = {str(episode[EPISODE_ID]): episode for episode in episodes}
    for place in sorted(gone):
        match place.split("/"):
            case [_, episode_id]:
                episodes.append({EPISODE_ID: episode_id, PURGE: True})
            case [_, episode_id, name] if episode_id in by_id:
                by_id[episode_id][name] = {PURGE: True}
            case [_, episode_id, name, own] if episode_id in by_id:
                here = by_id[episode_id]
                here[name] = [*objects(here.get(name)), {IDENTIFIERS[name]: own, PURGE: True}]
            case [name]:
                whole[name] = {PURGE: True}
    kept: list[Json] = [*episodes]
    return {**whole, EPISODES: kept}


def objects(value: Json) -> list[Payload]:
    """The objects of a list; none where there is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def compact(payload: Json) -> str:
    """The JSON text of a body, without spaces."""
    return COMPACT.encode(payload)


def _without(payload: Payload, moved: Set[str]) -> Payload:
    episodes: list[Json] = []
    for episode in objects(payload.get(EPISODES)):
        at = f"{EPISODES}/{episode[EPISODE_ID]}"
        if at in moved:
            continue
        here = dict(episode)
        for name, identifier in IDENTIFIERS.items():
            kept: list[Json] = []
            kept += [each for each in objects(here.get(name)) if f"{at}/{name}/{each[identifier]}" not in moved]
            here[name] = kept
        episodes.append(here)
    return {**payload, EPISODES: episodes}


def _is_place(name: str) -> bool:
    return name in IDENTIFIERS or name in (ADOPTION, CARE_LEAVERS)


def _digest(value: Json) -> str:
    return sha256(compact(value).encode()).hexdigest()[:DIGEST_LENGTH]
