"""Early help: assessments begun, assessments open, and whether statutory services are kept at bay."""

from __future__ import annotations

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.child_in_need import INTERVENTIONS
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, flow, spans, things
from goldenthread.indicators.sources import JOURNEY

SOURCE = f"{JOURNEY} (Early Help and Prevention)"


def _initiated(dataset: Dataset) -> Parts:
    frame = dataset.lazy("early_help_assessments")
    return flow(frame, "early_help_assessments", "early_help_id", "started_on", reason="started")


def _open(dataset: Dataset) -> Parts:
    frame = dataset.lazy("early_help_assessments")
    return spans(things(frame, "early_help_assessments", "early_help_id", "started_on", "closed_on"), reason="open")


INITIATED = Indicator(
    id="EHA_INITIATED",
    row="",
    section="Early help",
    title="Early help assessments initiated",
    question="How many early help assessments are begun?",
    numerator="Early help assessments that started in the period",
    denominator="None: a count",
    exclusions="None",
    unit=Unit.COUNT,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=SOURCE,
    national_definition=None,
    missing="An assessment always has a start date; nothing else is read.",
    needs=("early_help_assessments",),
    flow=_initiated,
    reasons=(("started", "An early help assessment started on this day."),),
)

OPEN = Indicator(
    id="EHA_OPEN",
    row="",
    section="Early help",
    title="Early help assessments open",
    question="How many children are being helped early?",
    numerator="Early help assessments started and not closed by the end of the day",
    denominator="None: a count",
    exclusions="None",
    unit=Unit.COUNT,
    basis=Basis.SNAPSHOT,
    places=0,
    source=SOURCE,
    national_definition=None,
    missing="An assessment without a closing date is open.",
    needs=("early_help_assessments",),
    spans=_open,
    reasons=(("open", "The early help was open on this day."),),
)

INDICATORS = (INITIATED, OPEN, INTERVENTIONS)
