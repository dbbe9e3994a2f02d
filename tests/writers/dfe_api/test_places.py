"""Whatever a service held before, the bodies of a child bring it to the record as it stands and to nothing besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.writers.dfe_api.build import Payload
from goldenthread.writers.dfe_api.places import identities, objects, places_of, purge_of_child, steps
from tests.writers.dfe_api.holdings import LISTS, ByIdentifier, ByPlace, Holdings, content_of

SOME = st.dictionaries(st.sampled_from("ab"), st.integers(0, 2))
PLANS = st.dictionaries(
    st.sampled_from(["N1", "N2", "N3"]), st.tuples(st.sampled_from(["R1", "R2"]), st.integers(0, 2))
)


@st.composite
def payloads(draw: st.DrawFn) -> Payload:
    """A child with up to two episodes; each plan is under one of them, as in any record."""
    plans = draw(PLANS)
    episodes: list[Payload] = []
    for key in sorted(draw(st.sets(st.sampled_from(["R1", "R2"])))):
        episode: Payload = {"social_care_episode_id": key, "state": draw(st.integers(0, 2)), "purge": False}
        episode |= {name: [] for name in LISTS}
        episode["child_in_need_plans"] = [
            {"child_in_need_plan_id": plan, "state": state, "purge": False}
            for plan, (under, state) in plans.items()
            if under == key
        ]
        if draw(st.booleans()):
            episode["adoption"] = {**draw(SOME), "purge": False}
        episodes.append(episode)
    child: Payload = {"la_child_id": "P1", "purge": False, "child_details": {**draw(SOME), "purge": False}}
    if draw(st.booleans()):
        child["health_and_wellbeing"] = {**draw(SOME), "purge": False}
    return {**child, "social_care_episodes": [*episodes]}


@pytest.mark.parametrize("reading", [ByPlace, ByIdentifier])
@given(days=st.lists(payloads(), min_size=1, max_size=5))
def test_day_after_day_the_service_holds_the_record_as_it_stands(reading: type[Holdings], days: list[Payload]) -> None:
    service = reading()
    held: dict[str, str] = {}
    for payload in days:
        leaving = identities(held.keys() - places_of(payload).keys())
        for step in steps(payload, held, leaving):
            service.take(step.body)
            held = dict(step.places)
        assert service.content() == {"P1": content_of(payload)}
        assert held == places_of(payload)
    service.take(purge_of_child("P1"))
    assert service.content() == {}


def test_an_episode_that_is_leaving_another_child_takes_nothing_with_it() -> None:
    episode: Payload = {"social_care_episode_id": "R1", "adoption": {"purge": False}, "purge": False}
    before: Payload = {"la_child_id": "P1", "child_details": {"purge": False}, "social_care_episodes": [episode]}
    after: Payload = {**before, "social_care_episodes": [{"social_care_episode_id": "R1", "purge": False}]}
    service = ByPlace()
    service.take(before)
    for step in steps(after, places_of(before), {"social_care_episodes/R1"}):
        service.take(step.body)
    assert service.content() == {"P1": content_of(after)}


@given(payload=payloads())
def test_a_record_never_held_is_sent_as_it_is(payload: Payload) -> None:
    (step,) = steps(payload, {}, set())
    assert step.body == payload


@given(before=payloads(), after=payloads())
def test_purges_are_of_what_has_vanished_and_of_nothing_else(before: Payload, after: Payload) -> None:
    gone = places_of(before).keys() - places_of(after).keys()
    (first, *_) = steps(after, places_of(before), identities(gone))
    episodes = {place for place in gone if place.count("/") == 1}
    within = {place for place in gone if any(place.startswith(f"{episode}/") for episode in episodes)}
    assert purged(first.body) == gone - within


def purged(body: Payload) -> set[str]:
    """The places a body purges."""
    found = {"health_and_wellbeing"} if asks(body.get("health_and_wellbeing")) else set()
    for episode in objects(body["social_care_episodes"]):
        at = f"social_care_episodes/{episode['social_care_episode_id']}"
        if asks(episode):
            found.add(at)
        if asks(episode.get("adoption")):
            found.add(f"{at}/adoption")
        for name, identifier in LISTS.items():
            found |= {f"{at}/{name}/{each[identifier]}" for each in objects(episode.get(name)) if asks(each)}
    return found


def asks(value: object) -> bool:
    return isinstance(value, dict) and value["purge"] is True
