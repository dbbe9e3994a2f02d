"""Children in need: episodes open on a day, and the statutory interventions that begin."""

from __future__ import annotations

import narwhals as nw

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, flow, spans, things, together, true
from goldenthread.indicators.sources import BOARD, CIN_STATISTICS, JOURNEY

_BEGINNINGS = (
    ("cin_plans", "cin_plan_id", "plan_in_need"),
    ("cp_plans", "cp_plan_id", "plan_protection"),
    ("care_periods", "care_period_id", "looked_after"),
)


def _open_episodes(dataset: Dataset) -> Parts:
    acted_on = dataset.lazy("referrals").filter(
        ~true(nw.col("no_further_action")) & ~true(nw.col("outcome") == "no_further_action")
    )
    return spans(things(acted_on, "referrals", "referral_id", "received_on", "closed_on"), reason="open")


def _interventions(dataset: Dataset) -> Parts:
    frames = []
    for table, row_id, reason in _BEGINNINGS:
        frame = dataset.lazy(table)
        if table == "care_periods":
            frame = frame.filter(~true(nw.col("short_breaks_only")))
        if table == "cp_plans":
            frame = frame.filter(~true(nw.col("temporary_other_authority")))
        frames.append(flow(frame, table, row_id, "started_on", reason=reason))
    return together(*frames)


IN_NEED = Indicator(
    id="EFL4",
    row="",
    section="Children in need",
    title="Children in need per 10,000 children",
    question="How many episodes of need are open, for the size of the child population?",
    numerator="Episodes of need (referrals) open at the end of the day; episodes, not children",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Referrals that led to no further action",
    unit=Unit.RATE_PER_10000,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{BOARD}, EFL4; {CIN_STATISTICS}",
    national_definition="CIN_RATE (31 March)",
    published="CIN_RATE",
    missing="An episode without a closing date is open. A source that holds no closing dates cannot answer.",
    needs=("referrals", "referrals.closed_on"),
    spans=_open_episodes,
    denominator_population=True,
    reasons=(("open", "The episode of need was open on this day."),),
)

INTERVENTIONS = Indicator(
    id="STAT_INTERVENTIONS",
    row="",
    section="Early help",
    title="Statutory interventions begun per 10,000 children",
    question="Does early help keep children out of statutory services?",
    numerator="Child in need plans, child protection plans and periods of being looked after that began in the period",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Short-term breaks; another authority's plan held here for a time",
    unit=Unit.RATE_PER_10000,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{JOURNEY} (Early Help and Prevention); the table names it and does not define it, so the reading is ours",
    national_definition="None",
    missing="Whether short breaks only, or another authority's plan, is taken as no when not recorded.",
    needs=("care_periods", "cp_plans"),
    flow=_interventions,
    denominator_population=True,
    reasons=(
        ("plan_in_need", "A child in need plan began on this day."),
        ("plan_protection", "A child protection plan began on this day."),
        ("looked_after", "The child became looked after on this day."),
    ),
)

INDICATORS = (IN_NEED,)
"""`INTERVENTIONS` stands with early help, which it is printed with."""
