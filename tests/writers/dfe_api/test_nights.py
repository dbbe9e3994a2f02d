"""Night after night: whatever changes in the record and whatever the service does, in the end it holds the record.

An example is a list of nights. Each has a record, drawn from a few names so that things vanish, come back and move
between episodes and children, and a script of what the requests of its run meet; the run may die with an answer in hand
that it has not written down. Then the service behaves, and must come to hold exactly the last record, by
either reading of what it was sent, with nothing of what has vanished.
"""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import event, given
from hypothesis import strategies as st

from goldenthread.writers.dfe_api import Kind, standings
from tests.writers.dfe_api.authority import NIGHT, Authority, Night, Now
from tests.writers.dfe_api.holdings import Content
from tests.writers.dfe_api.receiver import BREAKING, FIREWALLED, MISBEHAVIOURS, REFUSED, receiving

CHILDREN, REFERRALS, PLANS = ("P1", "P2"), ("R1", "R2", "R3"), ("N1", "N2")
AT_FAULT = (REFUSED, FIREWALLED, BREAKING)
NIGHTS_ENOUGH = 4
"""A batch of two is sent one by one after one failure, and what earlier nights left apart is sent apart."""

IN_DOUBT = tuple(how for how in MISBEHAVIOURS if how.endswith("after taking it"))
NAMES = st.sampled_from(["Fernsby", "Fernsby", "Nettlecombe", *AT_FAULT])
SCRIPTS = st.lists(st.sampled_from(["", "", *MISBEHAVIOURS, *IN_DOUBT]), max_size=6) | st.sampled_from(
    [[how] * 3 for how in MISBEHAVIOURS]
)


@st.composite
def authorities(draw: st.DrawFn) -> Authority:
    """A record in which every referral is of a child there is, and every plan under a referral there is."""
    children = draw(st.dictionaries(st.sampled_from(CHILDREN), NAMES))
    if not children:
        return Authority()
    referrals = draw(st.dictionaries(st.sampled_from(REFERRALS), st.sampled_from(sorted(children))))
    adopted = draw(st.sets(st.sampled_from(REFERRALS)))
    scores = draw(st.dictionaries(st.sampled_from(CHILDREN), st.integers(0, 2)))
    plans: dict[str, tuple[str, str | None]] = {}
    if referrals:
        under = st.tuples(st.sampled_from(sorted(referrals)), st.sampled_from([None, "2025-09-01"]))
        plans = draw(st.dictionaries(st.sampled_from(PLANS), under))
    return Authority(
        children,
        referrals,
        plans,
        {child: score for child, score in scores.items() if child in children},
        {referral: "2025-08-01" for referral in adopted if referral in referrals},
    )


@dataclass(frozen=True)
class Drawn:
    """One night: the record, what the requests meet, after how many answers the run dies (None: it does not), and
    what the requests meet when what is left is sent once more (None: it is not)."""

    authority: Authority
    script: list[str]
    dies_after: int | None
    again: list[str] | None


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Drawn], Authority]:
    """Some nights and the record at the end: among few records, so that one comes back as it was."""
    records = st.sampled_from(draw(st.lists(authorities(), min_size=1, max_size=3)))
    dies = st.none() | st.none() | st.integers(0, 1)
    nights = st.lists(st.builds(Drawn, records, SCRIPTS, dies, st.none() | SCRIPTS), min_size=1, max_size=4)
    return draw(nights), deepcopy(draw(records))


@given(life=lives())
def test_in_the_end_the_service_holds_the_record_as_it_stands(life: tuple[list[Drawn], Authority]) -> None:
    nights, last = life
    with TemporaryDirectory() as folder, receiving() as receiver:
        night = Night(Path(folder) / "state", receiver)
        for drawn in nights:
            lived(night, drawn)
        faulty = {child for child, name in last.children.items() if name in AT_FAULT}
        for _ in range(NIGHTS_ENOUGH if faulty else 1):
            end(night, last)
        nobody_at_fault_holds_up_another(night, last, faulty)
        last.children |= dict.fromkeys(faulty, "Mended")
        end(night, last)
        assert night.held() == [last.content()] * 2
        prepared = night.prepare(last)
        assert sum(prepared.counts.values()) == prepared.counts[Kind.unchanged] == len(last.content())
        assert set(standings(night.folder)["standing"]) <= {"accepted"}


def end(night: Night, last: Authority) -> None:
    """A night on which the service behaves; what it had refused out of turn is tried again."""
    night.prepare(last, retry_refused=True)
    night.send()


def lived(night: Night, drawn: Drawn) -> None:
    night.prepare(drawn.authority)
    with suppress(Died):
        sent = night.send(drawn.script, now=dying_after(drawn.dies_after))
        event(
            f"stopped: {bool(sent.stopped)}, failed: {bool(sent.failed.height)}, refused: {bool(sent.refused.height)}"
        )
    if drawn.again is not None:
        night.send(drawn.again)


class Died(Exception):
    """The run is cut short, as by a machine that goes down."""


def dying_after(answers: int | None) -> Now:
    """A clock that stops the run when it is asked the time of one answer too many."""
    heard = iter(range(answers)) if answers is not None else None

    def now() -> datetime:
        if heard is not None and next(heard, None) is None:
            raise Died
        return NIGHT

    return now


def nobody_at_fault_holds_up_another(night: Night, last: Authority, faulty: set[str]) -> None:
    """The others are held as they stand, but for what a record at fault still holds of theirs; and it has a reason."""
    expected = last.content()
    by_place = night.held()[0]
    assert without(by_place, faulty) == without(expected, faulty)
    found = standings(night.folder)
    assert set(found.filter(standing="accepted")["child_id"]) == expected.keys() - faulty
    assert "" not in set(found.filter(found["child_id"].is_in(faulty))["reason"])


def without(content: Content, children: set[str]) -> Content:
    return {child: places for child, places in content.items() if child not in children}
