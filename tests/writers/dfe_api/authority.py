"""A small made-up authority whose record can be changed from one day to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import polars as pl

from goldenthread.writers.dfe_api import Payloads, Prepared, Sent, prepare_payloads, send
from goldenthread.writers.dfe_api.build import Payload
from goldenthread.writers.dfe_api.faults import FAULTS
from goldenthread.writers.dfe_api.window import window_at
from tests.writers.dfe_api.holdings import LISTS, Content, content_of
from tests.writers.dfe_api.receiver import Receiver

AS_AT = date(2026, 6, 30)
NIGHT = datetime(2026, 7, 1, 2)
CODE = "X99000001"
Now: TypeAlias = Callable[[], datetime]


@dataclass
class Authority:
    """The record: children by surname; the child of each referral; the referral and last day of each plan; the score of
    a child's questionnaire; the day of decision of a referral's plan of adoption.

    A child with a referral is in the cohort.
    """

    children: dict[str, str] = field(default_factory=dict)
    referrals: dict[str, str] = field(default_factory=dict)
    plans: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    questionnaires: dict[str, int] = field(default_factory=dict)
    adoptions: dict[str, str] = field(default_factory=dict)

    def payloads(self) -> Payloads:
        cohort = sorted(set(self.referrals.values()))
        texts = [json.dumps(self.payload(child)) for child in cohort]
        hashes = [sha256(text.encode()).hexdigest() for text in texts]
        schema = dict.fromkeys(("child_id", "payload", "hash"), pl.String())
        return Payloads(
            AS_AT,
            window_at(AS_AT),
            CODE,
            pl.DataFrame([cohort, texts, hashes], schema=schema),
            pl.DataFrame(schema={"child_id": pl.String(), "reason": pl.String()}),
            pl.DataFrame(schema=FAULTS),
            pl.Series(sorted(self.children), dtype=pl.String()),
        )

    def payload(self, child: str) -> Payload:
        made: Payload = {
            "la_child_id": child,
            "purge": False,
            "child_details": {"surname": self.children[child], "purge": False},
        }
        if child in self.questionnaires:
            scores: Payload = {"date": "2025-02-01", "score": self.questionnaires[child]}
            made["health_and_wellbeing"] = {"sdq_assessments": [scores], "purge": False}
        own = sorted(referral for referral, owner in self.referrals.items() if owner == child)
        made["social_care_episodes"] = [self.episode(referral) for referral in own]
        return made

    def episode(self, referral: str) -> Payload:
        made: Payload = {"social_care_episode_id": referral, "referral_date": "2025-01-06"}
        made |= {name: [] for name in LISTS}
        made["child_in_need_plans"] = [
            {"child_in_need_plan_id": plan, "end_date": ended, "purge": False}
            for plan, (under, ended) in sorted(self.plans.items())
            if under == referral
        ]
        if referral in self.adoptions:
            made["adoption"] = {"initial_decision_date": self.adoptions[referral], "purge": False}
        return {**made, "purge": False}

    def content(self) -> Content:
        """What a service should hold: the record as it stands, place by place."""
        return {child: content_of(self.payload(child)) for child in set(self.referrals.values())}

    def remove_child(self, child: str) -> None:
        """Every trace of the child gone from the record."""
        for referral in [key for key, owner in self.referrals.items() if owner == child]:
            self.remove_referral(referral)
        self.children.pop(child, None)
        self.questionnaires.pop(child, None)

    def remove_referral(self, referral: str) -> None:
        self.referrals.pop(referral, None)
        self.adoptions.pop(referral, None)
        self.plans = {key: plan for key, plan in self.plans.items() if plan[0] != referral}


def of_children(number: int) -> Authority:
    """So many children, each with a referral and a plan under it."""
    names = [f"P{each:04d}" for each in range(1, number + 1)]
    return Authority(
        {child: f"Fernsby{child}" for child in names},
        {f"R{child}": child for child in names},
        {f"N{child}": (f"R{child}", None) for child in names},
    )


@dataclass
class Night:
    """A night's work in a state folder: prepare and send, without waiting. `said` and `waited` keep what was told."""

    folder: Path
    receiver: Receiver
    said: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def prepare(self, authority: Authority, *, retry_refused: bool = False) -> Prepared:
        return prepare_payloads(authority.payloads(), self.folder, NIGHT, retry_refused=retry_refused)

    def send(self, script: Sequence[str] = (), *, timeout: float = 10.0, now: Now = lambda: NIGHT) -> Sent:
        self.receiver.script[:] = script
        try:
            return send(
                self.folder,
                self.receiver.environ,
                now,
                switched_on=True,
                purge_agreed=True,
                wait=self.waited.append,
                tell=self.said.append,
                timeout=timeout,
            )
        finally:
            self.receiver.script.clear()

    def run(self, authority: Authority, script: Sequence[str] = ()) -> Sent:
        self.prepare(authority)
        return self.send(script)

    def held(self) -> list[Content]:
        """What each reading of the service holds."""
        return [held.content() for held in self.receiver.holdings]
