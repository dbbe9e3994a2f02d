"""How many children are looked after, start to be and cease to be."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import SECTION, first_starts, last_ceasings, looked_after
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, spans
from goldenthread.indicators.sources import BOARD, LOOKED_AFTER_STATISTICS


def _looked_after(dataset: Dataset) -> Parts:
    return spans(looked_after(dataset), reason="looked_after")


LOOKED_AFTER = Indicator(
    id="EFL1",
    row="",
    section=SECTION,
    title="Children looked after per 10,000 children",
    question="How many children are looked after, for the size of the child population?",
    numerator="Children looked after at the end of the day",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Children only under a series of short-term breaks (legal statuses V3 and V4); anyone aged 18 or over",
    unit=Unit.RATE_PER_10000,
    basis=Basis.SNAPSHOT,
    places=2,
    source=f"{BOARD}, EFL1; {LOOKED_AFTER_STATISTICS}",
    national_definition="CLA_RATE (31 March, whole number)",
    published="CLA_RATE",
    missing="A period without an end date is open until the eighteenth birthday. "
    "One not said to be short breaks is not.",
    needs=("care_periods",),
    spans=_looked_after,
    denominator_population=True,
    reasons=(("looked_after", "The child was looked after at the end of this day."),),
)


def _started(dataset: Dataset) -> Parts:
    return spans(first_starts(dataset), reason="started")


STARTED = replace(
    LOOKED_AFTER,
    id="CLA_START",
    title="Children who started to be looked after per 10,000 children",
    question="How many children come into care, for the size of the child population?",
    numerator="Children who started to be looked after in the year to date, each once, at the first start",
    basis=Basis.YEAR_TO_DATE,
    places=1,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_START (year to 31 March, whole number)",
    published="",
    missing="A period always has a start date. One not said to be short breaks is not.",
    spans=_started,
    reasons=(("started", "The child first started to be looked after this financial year on or before this day."),),
)


def _ceased(dataset: Dataset) -> Parts:
    return spans(last_ceasings(dataset), reason="ceased")


CEASED = replace(
    STARTED,
    id="CLA_CEASE",
    title="Children who ceased to be looked after per 10,000 children",
    question="How many children leave care, for the size of the child population?",
    numerator="Children who ceased to be looked after in the year to date, each once, at the last ceasing",
    national_definition="CLA_CEASE (year to 31 March, whole number)",
    missing="A period without an end date has not ended. One not said to be short breaks is not.",
    spans=_ceased,
    reasons=(("ceased", "The child's last ceasing so far this financial year."),),
)

INDICATORS = (LOOKED_AFTER, STARTED, CEASED)
