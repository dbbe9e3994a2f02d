"""Which team, seat and worker holds a child's case on a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.cases import Cases, Children
from goldenthread.dataset.synthetic.chance import NONE, Whole, known
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator
from goldenthread.dataset.synthetic.teams import ASSESSMENT, DISABILITY, PERMANENCE, SAFEGUARDING, TEAMS, Workforce

DAYS_TO_PERMANENCE = 28
"""A looked-after child's case passes to the permanence team about this long after care begins."""

TEAM_NAMES = pl.Series([team.name for team in TEAMS], dtype=pl.String)
SERVICE_NAMES = pl.Series([team.service for team in TEAMS], dtype=pl.String)


@dataclass(frozen=True, slots=True)
class Desk:
    """The spans of each case: `assessment` from the referral, `middle` from the first plan, `permanence` in care."""

    workforce: Workforce
    assessment_seat: Whole
    middle: Whole
    middle_seat: Whole
    permanence: Whole
    permanence_seat: Whole

    def seat(self, case: Whole, day: Whole) -> Whole:
        """The seat that holds each case on each day."""
        found = self.assessment_seat[case]
        middle = self.middle[case]
        found = np.where(known(middle) & (day >= middle), self.middle_seat[case], found)
        permanence = self.permanence[case]
        return np.where(known(permanence) & (day >= permanence), self.permanence_seat[case], found)

    def worker(self, case: Whole, day: Whole) -> Chosen:
        """The worker who holds each case on each day."""
        return self.workforce.named(self.workforce.holder(self.seat(case, day), day))

    def team(self, case: Whole, day: Whole) -> Chosen:
        """The name of the team that holds each case on each day."""
        return Chosen(TEAM_NAMES, self.workforce.team[self.seat(case, day)])


def desk(tabulator: Tabulator, children: Children, cases: Cases, workforce: Workforce) -> Desk:
    """Who holds each case, brothers and sisters with the same worker."""
    family = children.family[cases.child]
    plans = np.vstack([cases.first_need, cases.protection])
    first_plan = np.where(known(plans), plans, np.iinfo(np.int64).max).min(axis=0)
    middle = np.where(first_plan < np.iinfo(np.int64).max, first_plan, NONE)
    taken = known(cases.care_start) & (cases.care_end > cases.care_start + DAYS_TO_PERMANENCE)
    permanence = np.where(taken, cases.care_start + DAYS_TO_PERMANENCE, NONE)
    middle = np.where(known(permanence) & (middle >= permanence), NONE, middle)
    middle_team = np.where(children.disabled[cases.child], DISABILITY, SAFEGUARDING)
    mixed = family * 31 + cases.course * 17
    return Desk(
        workforce=workforce,
        assessment_seat=workforce.seat_for(np.full(cases.count, ASSESSMENT), mixed),
        middle=middle,
        middle_seat=workforce.seat_for(middle_team, mixed),
        permanence=permanence,
        permanence_seat=workforce.seat_for(np.full(cases.count, PERMANENCE), family * 31),
    )
