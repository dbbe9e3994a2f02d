"""Adoption and special guardianship: how many, and how long children wait."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import threshold_in_days
from goldenthread.indicators.care import care_periods, last_ceasings
from goldenthread.indicators.limits import limit_number
from goldenthread.indicators.model import Basis, Indicator, NotComputed, Rows, Unit
from goldenthread.indicators.rows import (
    FOREVER,
    Parts,
    day_number,
    earlier,
    flow,
    pick,
    plus_days,
    spans,
    things,
    together,
    true,
)
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import to_year_end

SCORECARDS = "DfE, Adoption scorecards: methodology and thresholds"
SECTION = "Adoption"
ADOPTED = ("E11", "E12")
GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
"""Special guardianship, with the two codes that E45 to E48 replaced."""


@shared
def _adoptions(dataset: Dataset) -> Lazy:
    """Plans of adoption with `entered_on` and `left_on`: the period of care in which the plan was made."""
    periods = care_periods(dataset).select(
        "child_id", nw.col("started_on").alias("entered_on"), nw.col("ended_on").alias("left_on")
    )
    plans = dataset.lazy("adoptions")
    known = plans.select("adoption_id", "child_id", "decided_on").join(periods, on="child_id", how="inner")
    before = known.filter(nw.col("entered_on") <= nw.col("decided_on"))
    entered = before.group_by("adoption_id").agg(nw.col("entered_on").max())
    dated = entered.join(
        before.select("adoption_id", "entered_on", "left_on"), on=["adoption_id", "entered_on"], how="left"
    )
    return plans.join(dated, on="adoption_id", how="left")


def _entering_to_placed(dataset: Dataset) -> Parts:
    days = day_number(nw.col("placed_on")) - day_number(nw.col("entered_on"))
    return _waits(dataset, days, "no_placement")


def _order_to_match(dataset: Dataset) -> Parts:
    gap = day_number(nw.col("matched_on")) - day_number(nw.col("placement_order_on"))
    return _waits(dataset, nw.when(gap < 0).then(nw.lit(0)).otherwise(gap), "no_order")


def _waits(dataset: Dataset, days: nw.Expr, code: str) -> Parts:
    known = true(days >= 0)
    return flow(
        _adoptions(dataset),
        "adoptions",
        "adoption_id",
        "adopted_on",
        denominator=known,
        numerator=known,
        amount=nw.when(known).then(days).otherwise(nw.lit(0)),
        reason=pick((known, "waited"), otherwise=code),
    )


def _within_14_months(dataset: Dataset) -> Parts:
    """Children with a decision, waiting or adopted this year; in time until they have waited too long unplaced."""
    most = threshold_in_days(limit_number("adoption_a3_14m"))
    plans = _adoptions(dataset).filter(~nw.col("entered_on").is_null())
    year_end = to_year_end(plans.filter(~nw.col("adopted_on").is_null()), "adopted_on")
    plans = plans.join(year_end.select("adoption_id", nw.col("ends").alias("year_ends")), on="adoption_id", how="left")
    stopped = earlier(nw.col("reversed_on"), nw.col("left_on"))
    ends = nw.coalesce(nw.col("year_ends"), stopped, nw.lit(FOREVER))
    plans = plans.with_columns(ends.alias("process_ends"), plus_days(nw.col("entered_on"), most).alias("too_long_on"))
    kept = plans.select("child_id", "adoption_id", "decided_on", "process_ends", "placed_on", "too_long_on")
    counted = things(kept, "adoptions", "adoption_id", "decided_on", "process_ends", "placed_on", "too_long_on")
    in_time = true(nw.col("placed_on") < nw.col("too_long_on"))
    until = nw.when(in_time).then(nw.col("ends")).otherwise(earlier(nw.col("too_long_on"), nw.col("ends")))
    return together(
        spans(counted, numerator=False, reason="too_long"),
        spans(
            counted.with_columns(until.alias("ends")),
            denominator=False,
            numerator=True,
            reason="in_time",
        ),
    )


def _ceased_for(reasons: tuple[str, ...], met: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        so = true(nw.col("end_reason").is_in(list(reasons)))
        return spans(last_ceasings(dataset), numerator=so, reason=pick((so, met), otherwise="otherwise"))

    return rows


def _adopted(dataset: Dataset) -> Parts:
    adopted = care_periods(dataset).filter(nw.col("end_reason").is_in(list(ADOPTED)))
    return flow(adopted, "care_periods", "care_period_id", "ended_on", reason="adopted")


WAIT = Indicator(
    id="RAASC001",
    row="York",
    printed_row=2,
    section=SECTION,
    title="Average days from entering care to moving in with the adoptive family (A1)",
    question="How long do children who are adopted wait for their family?",
    numerator="Days from starting to be looked after to being placed for adoption, of children adopted in the period",
    denominator="Children adopted in the period with both days",
    exclusions="Children with no day of placement",
    unit=Unit.AVERAGE_DAYS,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=f"{BOARD}, RAASC001, row RAA Member - York; {SCORECARDS}",
    national_definition="ADOPT_A1, published as a three-year average",
    missing="A child without one of the two days is left out. The period of care is the last to begin by the decision.",
    needs=("adoptions.adopted_on", "care_periods"),
    flow=_entering_to_placed,
    rules=("adoption_a1_14m",),
    reasons=(
        ("waited", "Adopted in the period; the amount is the days waited."),
        (
            "no_placement",
            "Left out: the day of entering care or of moving in is not held, or they are the wrong way round.",
        ),
    ),
)

MATCH = replace(
    WAIT,
    id="RAASC002",
    title="Average days from the placement order to the match (A2)",
    question="How long does it take to find a family?",
    numerator="Days from the placement order to the match, of children adopted in the period; none where matched first",
    denominator="Children adopted in the period with a placement order and a match",
    exclusions="Children with no placement order or no match",
    source=f"{BOARD}, RAASC002, row RAA Member - York; {SCORECARDS}",
    national_definition="ADOPT_A2, published as a three-year average",
    missing="A child without one of the two days is left out.",
    needs=("adoptions.adopted_on", "adoptions.placement_order_on"),
    flow=_order_to_match,
    rules=("adoption_a2_4m",),
    reasons=(
        (
            "waited",
            "Adopted in the period; the amount is the days from order to match, none where the match came first.",
        ),
        ("no_order", "Left out: there is no placement order or no match."),
    ),
)

SOON = replace(
    WAIT,
    id="RAASC003",
    title="Children who waited less than 14 months from entering care to moving in (A3)",
    question="How many children wait too long?",
    numerator="Those placed within 14 months (426 days) of entering care, or not placed and not yet waiting so long",
    denominator="Children with a decision to place for adoption who were adopted in the year to date "
    "or are still waiting",
    exclusions="Children whose plan was reversed or who left care another way; "
    "children whose entry to care is not held",
    unit=Unit.PERCENT,
    places=2,
    source=f"{BOARD}, RAASC003, row RAA Member - York; {SCORECARDS} (whether those waiting count was not confirmed; "
    "the printed title says they do)",
    national_definition="ADOPT_A3, published over three years; its denominator was not confirmed",
    missing="No day of placement is still waiting.",
    needs=("adoptions", "care_periods"),
    flow=None,
    spans=_within_14_months,
    rules=("adoption_a3_14m",),
    reasons=(
        ("in_time", "Moved in within 14 months of entering care, or has waited less than that so far."),
        ("too_long", "Waited 14 months or more."),
    ),
)

ADOPTED_COUNT = Indicator(
    id="CSC039",
    row="",
    section=SECTION,
    title="Children who ceased to be looked after because they were adopted",
    question="How many children are adopted?",
    numerator="Periods of being looked after that ended in the period with adoption (E11, E12)",
    denominator="None: a count",
    exclusions="Short-term breaks",
    unit=Unit.COUNT,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=f"{BOARD}, CSC039",
    national_definition="None as a count; ADOPT_PCT is the share",
    missing="A period without an end reason is not an adoption.",
    needs=("care_periods", "care_periods.end_reason"),
    flow=_adopted,
    reasons=(("adopted", "Ceased to be looked after on this day because of adoption."),),
)

ADOPTED_SHARE = Indicator(
    id="ADOPT_PCT",
    row="",
    section=SECTION,
    title="Children who left care through adoption",
    question="What share of children who leave care are adopted?",
    numerator="Those who were adopted (E11, E12)",
    denominator="Children who ceased to be looked after in the year to date, each once, at the last ceasing",
    exclusions="Short-term breaks",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="ADOPT_PCT (year to 31 March)",
    missing="A ceasing with no reason stays in the denominator.",
    needs=("care_periods", "care_periods.end_reason"),
    spans=_ceased_for(ADOPTED, "adopted"),
    reasons=(
        ("adopted", "The child's last ceasing so far this financial year was an adoption."),
        ("otherwise", "The child's last ceasing so far this financial year had another reason, or none recorded."),
    ),
)

GUARDED_SHARE = replace(
    ADOPTED_SHARE,
    id="SGO_PCT",
    title="Children who left care to special guardians",
    question="What share of children who leave care leave to special guardians?",
    numerator="Those who left under a special guardianship order (E45 to E48; E43 and E44 before them)",
    national_definition="SGO_PCT (year to 31 March)",
    spans=_ceased_for(GUARDIANSHIP, "guardian"),
    reasons=(
        ("guardian", "The child's last ceasing so far this financial year was to special guardians."),
        ADOPTED_SHARE.reasons[1],
    ),
)


def _over_three_years(indicator: Indicator, id: str) -> Indicator:
    return replace(
        indicator, id=id, row="", printed_row=1, basis=Basis.THREE_YEARS, source=SCORECARDS, national_definition=id
    )


INDICATORS = (
    WAIT,
    MATCH,
    SOON,
    ADOPTED_COUNT,
    ADOPTED_SHARE,
    GUARDED_SHARE,
    _over_three_years(WAIT, "ADOPT_A1"),
    _over_three_years(MATCH, "ADOPT_A2"),
)

_AGENCY = (
    "Printed for the whole regional adoption agency: needs the agency's figures, which one authority does not hold."
)
NOT_COMPUTED = (
    NotComputed("RAASC001", "", SECTION, "A1, regional adoption agency", _AGENCY),
    NotComputed("RAASC002", "", SECTION, "A2, regional adoption agency", _AGENCY),
    NotComputed("RAASC003", "", SECTION, "A3, regional adoption agency", _AGENCY),
    NotComputed(
        "ADOPT_A3",
        "",
        SECTION,
        "A3 over three years",
        "The published denominator was not confirmed in any page read; "
        "RAASC003/York computes the printed reading for the year to date.",
    ),
)
