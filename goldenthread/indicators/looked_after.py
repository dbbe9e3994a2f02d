"""Looked-after children: how many, where they live, how often they move, and whether they are seen."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import (
    FOSTER,
    RESIDENTIAL,
    care_periods,
    first_starts,
    homes,
    last_ceasings,
    looked_after,
    placements,
    share,
)
from goldenthread.indicators.front_door import BOARD
from goldenthread.indicators.limits import limit
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import FOREVER, Parts, flow, spans, true
from goldenthread.indicators.timelines import (
    aged,
    at_least,
    from_month,
    lasting_months,
    latest,
    up_to,
    within,
)

LOOKED_AFTER_STATISTICS = "DfE, Children looked after statistics and Local Authority Interactive Tool data dictionary"
JOURNEY = "York overview of children's services, 24 September 2019, journey table (Achieved Permanence)"
SECTION = "Looked-after children"
MANY = 3
"""Three or more placements, three or more workers: the published measures' own number."""
FAR_MILES = 20.0
LONG_LOOKED_AFTER_MONTHS, LONG_PLACED_MONTHS, UNDER = 30, 24, 16


def _looked_after(dataset: Dataset) -> Parts:
    return spans(looked_after(dataset), reason="looked_after")


def _started(dataset: Dataset) -> Parts:
    return spans(first_starts(dataset), reason="started")


def _ceased(dataset: Dataset) -> Parts:
    return spans(last_ceasings(dataset), reason="ceased")


def _placed(kinds: nw.Expr, reason: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        pieces = homes(dataset).filter(true(kinds)).select("child_id", "begins", "ends")
        return share(looked_after(dataset), pieces, met=reason, otherwise="elsewhere")

    return rows


def _located(location: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        pieces = homes(dataset).filter(nw.col("location") == location).select("child_id", "begins", "ends")
        return spans(within(looked_after(dataset), pieces), reason="placed")

    return rows


def _far(dataset: Dataset) -> Parts:
    far = (nw.col("location") == "OUT") & (nw.col("distance") > FAR_MILES)
    pieces = homes(dataset).filter(true(far)).select("child_id", "begins", "ends")
    return share(looked_after(dataset), pieces, met="far", otherwise="not_far")


def _moved_often(dataset: Dataset) -> Parts:
    held = placements(dataset).rename({"begins": "started_on", "ends": "left_on"})
    pieces = at_least(MANY, _in_year(held, "started_on", "left_on"))
    return share(looked_after(dataset), pieces, met="many", otherwise="few")


def _many_workers(dataset: Dataset) -> Parts:
    ever_looked_after = care_periods(dataset).select("child_id")
    held = dataset.lazy("allocations").join(ever_looked_after, on="child_id", how="semi")
    held = held.filter(~nw.col("worker_id").is_null())
    each = at_least(1, _in_year(held, "started_on", "ended_on", "worker_id"), by=("child_id", "worker_id"))
    return share(
        looked_after(dataset), at_least(MANY, each.select("child_id", "begins", "ends")), met="many", otherwise="few"
    )


def _in_year(frame: Lazy, start: str, end: str, *keep: str) -> Lazy:
    """Spans during which something ran at some time in the twelve months to the day: to twelve months past its end."""
    past = lasting_months(frame.with_columns(nw.coalesce(nw.col(end), nw.lit(FOREVER)).alias("left")), "left", 12)
    return (
        past.with_columns(nw.col(start).alias("begins"))
        .filter(nw.col("begins") < nw.col("ends"))
        .select("child_id", *keep, "begins", "ends")
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


def _visited(dataset: Dataset) -> Parts:
    """In time while the last visit in the placement (or its start) is no further back than the regulations allow."""
    first, after = limit("lac_visit_first_1wk"), limit("lac_visit_other_6wk")
    seen = dataset.lazy("visits").filter(nw.col("kind") == "looked_after")
    starts = up_to(homes(dataset).select("child_id", nw.col("begins").alias("day")), "day", first)
    visits = up_to(seen.select("child_id", nw.col("visited_on").alias("day")), "day", after)
    columns = ("child_id", "begins", "ends")
    placed = homes(dataset).select("child_id", nw.col("begins").alias("home_begins"), nw.col("ends").alias("home_ends"))
    # A visit counts for the placement it was made in: a new placement starts its own first week.
    inside = visits.join(placed, on="child_id", how="inner").filter(
        (nw.col("begins") >= nw.col("home_begins")) & (nw.col("begins") < nw.col("home_ends"))
    )
    clipped = inside.with_columns(
        nw.when(nw.col("home_ends") < nw.col("ends")).then(nw.col("home_ends")).otherwise(nw.col("ends")).alias("ends")
    )
    pieces = latest(nw.concat([starts.select(columns), clipped.select(columns)], how="vertical"), "ends")
    return share(looked_after(dataset), pieces, met="in_time", otherwise="overdue")


def _permanence(dataset: Dataset) -> Parts:
    frame = dataset.lazy("permanence_meetings")
    return flow(frame, "permanence_meetings", "permanence_meeting_id", "held_on", reason="discussed")


def _orders(dataset: Dataset) -> Parts:
    made = dataset.lazy("proceedings").filter(nw.col("outcome") == "care_order")
    return flow(made, "proceedings", "proceedings_id", "concluded_on", reason="made")


_LOOKED_AFTER_RATE = Indicator(
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
    missing="A period without an end date is open until the eighteenth birthday. One not said to be short "
    "breaks is not.",
    needs=("care_periods",),
    spans=_looked_after,
    denominator_population=True,
    reasons=(("looked_after", "The child was looked after at the end of this day."),),
)

STARTED = replace(
    _LOOKED_AFTER_RATE,
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

_SHARE = replace(
    _LOOKED_AFTER_RATE,
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

FOSTERED = _SHARE
RESIDENTIAL_CARE = replace(
    _SHARE,
    row="residential",
    printed_row=2,
    title="Looked-after children in residential care",
    numerator="Children looked after in a secure unit, children's home or hostel (K1, K2, H5; K3 since 28 "
    "October 2023)",
    spans=_placed(nw.col("placement_type").is_in(list(RESIDENTIAL)), "in_residential"),
    reasons=(("in_residential", "In a secure unit, children's home or hostel on this day."), _SHARE.reasons[1]),
)

MOVED_OFTEN = replace(
    _SHARE,
    id="62",
    row="",
    title="Looked-after children with three or more placements in the last 12 months",
    question="Do children in care have stable homes?",
    numerator="Children looked after who had three or more placements in the twelve months to the day, one "
    "already open at "
    "the start of them counting",
    exclusions="Short-term breaks; placements of less than a day; temporary absences; a move to being "
    "placed for adoption "
    "with the same carer",
    source=f"{BOARD}, 62; {LOOKED_AFTER_STATISTICS}",
    national_definition="CLA_3PLUS (the year to 31 March, whole number)",
    published="CLA_3PLUS",
    missing="A placement without an end date is open. A return to the same home after a temporary absence "
    "is no new one, "
    "where the home's number or postcode is held.",
    spans=_moved_often,
    reasons=(
        ("many", "Three or more placements in the twelve months to this day."),
        ("few", "Looked after, with fewer than three placements in the twelve months to this day."),
    ),
)

PLACED_OUT = replace(
    _LOOKED_AFTER_RATE,
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

STABLE = replace(
    _SHARE,
    id="CLA_LONG_STABLE",
    row="",
    title="Long-term stability of placements",
    question="Do children who stay long in care keep the same home?",
    numerator="Those in the same placement for two years or more, or placed for adoption where that and the "
    "placement before "
    "it make two years",
    denominator="Children under 16 looked after for two and a half years or more at the end of the day",
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_LONG_STABLE (31 March)",
    missing="A child with no date of birth is left out, since nothing says the child is under 16.",
    spans=_stable,
    reasons=(
        ("settled", "In the same placement for two years or more."),
        ("not_settled", "Looked after two and a half years or more, and in this placement for less than two."),
    ),
)

FAR_AWAY = replace(
    _SHARE,
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

MANY_WORKERS = replace(
    _SHARE,
    id="CLA_SW3",
    row="",
    title="Looked-after children with three or more social workers in the last 12 months",
    question="Do children in care keep their social worker?",
    numerator="Those with three or more different workers allocated in the twelve months to the day",
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_SW3 (the year to 31 March)",
    missing="An allocation without an end date is open; one to no named worker is not counted.",
    needs=("care_periods", "allocations"),
    spans=_many_workers,
    reasons=(
        ("many", "Three or more different workers in the twelve months to this day."),
        ("few", "Fewer than three different workers recorded in the twelve months to this day."),
    ),
)

VISITS = replace(
    _SHARE,
    id="LAC_VISIT",
    row="",
    title="Looked-after children visited in timescale",
    question="Are children in care seen as often as the regulations require?",
    numerator="Those last visited in this placement (or placed) no longer ago than the regulations allow: a "
    "week after the "
    "placement began, then six weeks",
    places=1,
    source=f"{JOURNEY}: statutory visiting timescales",
    national_definition="None: the regulations set the timescales and no measure",
    missing="No visit recorded is no visit. The longer intervals for a home meant to last are not used, "
    "because nothing "
    "recorded says that it is; the timeliness report applies them child by child.",
    needs=("care_periods", "placements", "visits"),
    spans=_visited,
    rules=("lac_visit_first_1wk", "lac_visit_other_6wk"),
    reasons=(
        ("in_time", "The last visit, or the start of the placement, is no further back than the regulations allow."),
        ("overdue", "The last visit is further back than the regulations allow, or no placement is recorded."),
    ),
)

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
    source=JOURNEY,
    national_definition=None,
    missing="Proceedings with no concluding date or outcome have not led to an order.",
    needs=("proceedings",),
    flow=_orders,
    reasons=(("made", "The court made a care order on this day."),),
)

PERMANENCE = replace(
    CARE_ORDERS,
    id="PERM_MEETINGS",
    title="Children discussed at the fortnightly permanence planning meeting",
    question="Is children's permanence kept in view?",
    numerator="Discussions of a child at a permanence planning meeting in the period; a child can count more than once",
    exclusions="None",
    source="York overview of children's services, 24 September 2019, journey table (Court Team): a "
    "fortnightly tracker, not "
    "further defined",
    missing="A child with no recorded discussion was not discussed.",
    needs=("permanence_meetings",),
    flow=_permanence,
    reasons=(("discussed", "The child was discussed on this day."),),
)

INDICATORS = (
    _LOOKED_AFTER_RATE,
    STARTED,
    CEASED,
    FOSTERED,
    RESIDENTIAL_CARE,
    MOVED_OFTEN,
    PLACED_OUT,
    PLACED_IN,
    STABLE,
    FAR_AWAY,
    MANY_WORKERS,
    VISITS,
    PERMANENCE,
    CARE_ORDERS,
)
