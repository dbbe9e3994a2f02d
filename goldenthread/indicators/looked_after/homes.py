"""Where looked-after children live: with whom, in or out of the area, and how far from home."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import FOSTER, RESIDENTIAL, homes, looked_after, share
from goldenthread.indicators.looked_after.numbers import LOOKED_AFTER
from goldenthread.indicators.model import Rows, Unit
from goldenthread.indicators.rows import Parts, spans, true
from goldenthread.indicators.sources import BOARD, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import within

FAR_MILES = 20.0


def _placed(kinds: nw.Expr, reason: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        pieces = homes(dataset).filter(true(kinds)).select("child_id", "begins", "ends")
        return share(looked_after(dataset), pieces, met=reason, otherwise="elsewhere")

    return rows


FOSTERED = replace(
    LOOKED_AFTER,
    id="CSC057",
    row="foster",
    title="Looked-after children in foster care",
    question="Do children in care live in families?",
    numerator="Children looked after whose placement is with foster carers (U1 to U6)",
    denominator="Children looked after at the end of the day",
    unit=Unit.PERCENT,
    source=f"{BOARD}, CSC057",
    national_definition="None as printed; the published tables hold the parts",
    published="",
    missing="A child with no placement recorded is in the denominator alone. Temporary absences are not placements.",
    needs=("care_periods", "placements", "placements.placement_type"),
    denominator_population=False,
    spans=_placed(nw.col("placement_type").str.starts_with(FOSTER), "in_foster_care"),
    reasons=(
        ("in_foster_care", "Placed with foster carers on this day."),
        ("elsewhere", "Looked after, and placed elsewhere or with no placement recorded."),
    ),
)

RESIDENTIAL_CARE = replace(
    FOSTERED,
    row="residential",
    printed_row=2,
    title="Looked-after children in residential care",
    numerator="Children looked after in a secure unit, children's home or hostel "
    "(K1, K2, H5; K3 since 28 October 2023)",
    spans=_placed(nw.col("placement_type").is_in(list(RESIDENTIAL)), "in_residential"),
    reasons=(("in_residential", "In a secure unit, children's home or hostel on this day."), FOSTERED.reasons[1]),
)


def _located(location: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        pieces = homes(dataset).filter(nw.col("location") == location).select("child_id", "begins", "ends")
        return spans(within(looked_after(dataset), pieces), reason="placed")

    return rows


PLACED_OUT = replace(
    LOOKED_AFTER,
    id="CSS9a",
    title="Looked-after children placed outside the authority",
    question="How many children in care live away from their home area?",
    numerator="Children looked after whose placement is outside the authority",
    denominator="None: a count",
    unit=Unit.COUNT,
    places=0,
    source=f"{BOARD}, CSS9a",
    national_definition="None alone: the published measure joins distance and place (CLA_20MILES)",
    published="",
    missing="A placement whose place is not recorded is in neither count.",
    needs=("care_periods", "placements.location"),
    denominator_population=False,
    spans=_located("OUT"),
    reasons=(("placed", "Placed outside the authority on this day."),),
)

PLACED_IN = replace(
    PLACED_OUT,
    id="CSS9b",
    title="Looked-after children placed inside the authority",
    numerator="Children looked after whose placement is inside the authority",
    source=f"{BOARD}, CSS9b",
    spans=_located("IN"),
    reasons=(("placed", "Placed inside the authority on this day."),),
)


def _far(dataset: Dataset) -> Parts:
    far = (nw.col("location") == "OUT") & (nw.col("distance") > FAR_MILES)
    pieces = homes(dataset).filter(true(far)).select("child_id", "begins", "ends")
    return share(looked_after(dataset), pieces, met="far", otherwise="not_far")


FAR_AWAY = replace(
    FOSTERED,
    id="CLA_20MILES",
    row="",
    title="Looked-after children placed more than 20 miles from home and outside the authority",
    question="How many children in care live far from home?",
    numerator="Those placed more than 20 miles from home and outside the authority",
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_20MILES (31 March)",
    missing="Where distance or place is not recorded the child is not counted as far away.",
    needs=("care_periods", "placements.distance", "placements.location"),
    spans=_far,
    reasons=(
        ("far", "Placed more than 20 miles from home and outside the authority."),
        ("not_far", "Not known to be placed so far away."),
    ),
)

INDICATORS = (FOSTERED, RESIDENTIAL_CARE, PLACED_OUT, PLACED_IN, FAR_AWAY)
