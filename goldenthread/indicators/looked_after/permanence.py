"""Permanence: children discussed at planning meetings, and care orders."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import SECTION
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, flow
from goldenthread.indicators.sources import JOURNEY


def _orders(dataset: Dataset) -> Parts:
    made = dataset.lazy("proceedings").filter(nw.col("outcome") == "care_order")
    return flow(made, "proceedings", "proceedings_id", "concluded_on", reason="made")


CARE_ORDERS = Indicator(
    id="CARE_ORDERS",
    row="",
    section=SECTION,
    title="Care orders granted",
    question="For how many children does the court make a care order?",
    numerator="Proceedings that concluded in the period with a care order",
    denominator="None: a count",
    exclusions="Interim care orders",
    unit=Unit.COUNT,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=f"{JOURNEY} (Achieved Permanence)",
    national_definition=None,
    missing="Proceedings with no concluding date or outcome have not led to an order.",
    needs=("proceedings",),
    flow=_orders,
    reasons=(("made", "The court made a care order on this day."),),
)


def _discussed(dataset: Dataset) -> Parts:
    frame = dataset.lazy("permanence_meetings")
    return flow(frame, "permanence_meetings", "permanence_meeting_id", "held_on", reason="discussed")


MEETINGS = replace(
    CARE_ORDERS,
    id="PERM_MEETINGS",
    title="Children discussed at the fortnightly permanence planning meeting",
    question="Is children's permanence kept in view?",
    numerator="Discussions of a child at a permanence planning meeting in the period; a child can count more than once",
    exclusions="None",
    source=f"{JOURNEY} (Court Team): a fortnightly tracker, not further defined",
    missing="A child with no recorded discussion was not discussed.",
    needs=("permanence_meetings",),
    flow=_discussed,
    reasons=(("discussed", "The child was discussed on this day."),),
)

INDICATORS = (MEETINGS, CARE_ORDERS)
