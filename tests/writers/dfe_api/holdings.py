"""What a service holds after the bodies it was sent: two readings of the documents, each of which must come out right.

`ByPlace` knows an object by its identifier and where it stands; `ByIdentifier` by its identifier alone, wherever it
stands, and reads a body from its beginning to its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from goldenthread.writers.dfe_api.build import Json, Payload
from goldenthread.writers.dfe_api.places import objects

LISTS = {
    "child_and_family_assessments": "child_and_family_assessment_id",
    "child_in_need_plans": "child_in_need_plan_id",
    "section_47_assessments": "section_47_assessment_id",
    "child_protection_plans": "child_protection_plan_id",
    "child_looked_after_placements": "child_looked_after_placement_id",
}
ONES = ("child_details", "health_and_wellbeing")
EPISODE_ONES = ("adoption", "care_leavers")
Content: TypeAlias = dict[str, Payload]
"""Child to place to what is held there."""


class Holdings(Protocol):
    """What is held, and how a body of one child adds to it."""

    def take(self, body: Payload) -> None: ...

    def content(self) -> Content: ...


def is_purge(value: Json) -> bool:
    return isinstance(value, dict) and value.get("purge") is True


def own(episode: Payload) -> Payload:
    """An episode without the objects that are held apart from it."""
    return {name: value for name, value in episode.items() if name not in LISTS and name not in EPISODE_ONES}


@dataclass
class ByPlace:
    children: Content = field(default_factory=dict)

    def take(self, body: Payload) -> None:
        child = str(body["la_child_id"])
        if is_purge(body):
            self.children.pop(child, None)
            return
        held = self.children.setdefault(child, {})
        for name in ONES:
            self._put(held, name, body)
        for episode in objects(body["social_care_episodes"]):
            self._episode(held, f"{episode['social_care_episode_id']}/", episode)

    def _episode(self, held: Payload, at: str, episode: Payload) -> None:
        if is_purge(episode):
            for place in [place for place in held if place.startswith(at)]:
                del held[place]
            return
        held[at] = own(episode)
        for name in EPISODE_ONES:
            self._put(held, name, episode, at)
        for name, identifier in LISTS.items():
            for each in objects(episode.get(name)):
                self._put(held, f"{name}/{each[identifier]}", {f"{name}/{each[identifier]}": each}, at)

    def _put(self, held: Payload, name: str, within: Payload, at: str = "") -> None:
        if name not in within:
            return
        if is_purge(within[name]):
            held.pop(at + name, None)
        else:
            held[at + name] = within[name]

    def content(self) -> Content:
        return self.children


@dataclass
class ByIdentifier:
    children: dict[str, Payload] = field(default_factory=dict)
    episodes: dict[str, tuple[str, Payload]] = field(default_factory=dict)
    items: dict[tuple[str, str], tuple[str, Payload]] = field(default_factory=dict)

    def take(self, body: Payload) -> None:
        child = str(body["la_child_id"])
        if is_purge(body):
            self.children.pop(child, None)
            for key in [key for key, (owner, _) in self.episodes.items() if owner == child]:
                self._purge_episode(key)
            return
        held = self.children.setdefault(child, {})
        for name in ONES:
            if is_purge(body.get(name)):
                held.pop(name, None)
            elif name in body:
                held[name] = body[name]
        for episode in objects(body["social_care_episodes"]):
            self._take_episode(child, str(episode["social_care_episode_id"]), episode)

    def _take_episode(self, child: str, key: str, episode: Payload) -> None:
        if is_purge(episode):
            self._purge_episode(key)
            return
        ones = self.episodes[key][1]["ones"] if key in self.episodes else {}
        assert isinstance(ones, dict)
        kept: Payload = {name: value for name, value in ones.items() if name not in episode}
        sent: Payload = {
            name: episode[name] for name in EPISODE_ONES if name in episode and not is_purge(episode[name])
        }
        self.episodes[key] = (child, {"own": own(episode), "ones": kept | sent})
        for name, identifier in LISTS.items():
            for each in objects(episode.get(name)):
                if is_purge(each):
                    self.items.pop((name, str(each[identifier])), None)
                else:
                    self.items[name, str(each[identifier])] = (key, each)

    def _purge_episode(self, key: str) -> None:
        self.episodes.pop(key, None)
        for item in [item for item, (owner, _) in self.items.items() if owner == key]:
            del self.items[item]

    def content(self) -> Content:
        found: Content = {child: dict(held) for child, held in self.children.items()}
        for key, (child, episode) in self.episodes.items():
            ones = episode["ones"]
            assert isinstance(ones, dict)
            found[child][f"{key}/"] = episode["own"]
            found[child] |= {f"{key}/{name}": value for name, value in ones.items()}
        for (name, identifier), (key, each) in self.items.items():
            found[self.episodes[key][0]][f"{key}/{name}/{identifier}"] = each
        return found


def content_of(payload: Payload) -> Payload:
    """Place to content of one payload, as a service that never held anything else would hold it."""
    fresh = ByPlace()
    fresh.take(payload)
    return fresh.children[str(payload["la_child_id"])]
