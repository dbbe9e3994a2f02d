"""How often looked-after children move, and whether those who stay long in care keep the same home."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import looked_after, placements, running_in_year, share
from goldenthread.indicators.looked_after.numbers import LOOKED_AFTER
from goldenthread.indicators.model import Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import Parts, true
from goldenthread.indicators.sources import BOARD, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import aged, at_least, from_month, within

MANY_PLACEMENTS = 3
"""The published measure's own number."""
LONG_LOOKED_AFTER_MONTHS, LONG_PLACED_MONTHS, UNDER = 30, 24, 16


def _moved_often(dataset: Dataset) -> Parts:
    held = placements(dataset).rename({"begins": "started_on", "ends": "left_on"})
    pieces = at_least(MANY_PLACEMENTS, running_in_year(held, "started_on", "left_on"))
    return share(looked_after(dataset), pieces, met="many", otherwise="few")


MOVED_OFTEN = replace(
    LOOKED_AFTER,
    id="62",
    title="Looked-after children with three or more placements in the last 12 months",
    question="Do children in care have stable homes?",
    numerator="Children looked after who had three or more placements in the twelve months to the day, "
    "one already open at the start of them counting",
    denominator="Children looked after at the end of the day",
    exclusions="Short-term breaks; placements of less than a day; temporary absences; "
    "a move to being placed for adoption with the same carer",
    unit=Unit.PERCENT,
    source=f"{BOARD}, 62; {LOOKED_AFTER_STATISTICS}",
    national_definition="CLA_3PLUS (the year to 31 March, whole number)",
    published="CLA_3PLUS",
    missing="A placement without an end date is open. "
    "A return to the same home after a temporary absence is no new one, where the home's number or postcode is held.",
    needs=("care_periods", "placements", "placements.placement_type"),
    denominator_population=False,
    spans=_moved_often,
    reasons=(
        ("many", "Three or more placements in the twelve months to this day."),
        ("few", "Looked after, with fewer than three placements in the twelve months to this day."),
    ),
)


def _stable(dataset: Dataset) -> Parts:
    young = aged(dataset, 0, UNDER - 1)
    long = within(from_month(looked_after(dataset), LONG_LOOKED_AFTER_MONTHS), young)
    settled = from_month(_with_adopters(placements(dataset)), LONG_PLACED_MONTHS)
    return share(long, settled.select("child_id", "begins", "ends"), met="settled", otherwise="not_settled")


def _with_adopters(held: Lazy) -> Lazy:
    """Placements, one for adoption reckoned from the start of the one before it."""
    frame = in_order(held, ("child_id",), ("begins", "placement_id"), before={"before": "begins"})
    adoptive = true(nw.col("kind").str.starts_with("A")) & ~nw.col("before").is_null()
    joined = frame.with_columns(nw.when(adoptive).then(nw.col("before")).otherwise(nw.col("begins")).alias("begins"))
    return joined.drop("before")


STABLE = replace(
    MOVED_OFTEN,
    id="CLA_LONG_STABLE",
    title="Long-term stability of placements",
    question="Do children who stay long in care keep the same home?",
    numerator="Those in the same placement for two years or more, "
    "or placed for adoption where that and the placement before it make two years",
    denominator="Children under 16 looked after for two and a half years or more at the end of the day",
    exclusions=LOOKED_AFTER.exclusions,
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_LONG_STABLE (31 March)",
    published="",
    missing="A child with no date of birth is left out, since nothing says the child is under 16.",
    spans=_stable,
    reasons=(
        ("settled", "In the same placement for two years or more."),
        ("not_settled", "Looked after two and a half years or more, and in this placement for less than two."),
    ),
)

INDICATORS = (MOVED_OFTEN, STABLE)
