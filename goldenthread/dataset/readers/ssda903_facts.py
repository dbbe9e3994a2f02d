"""Reviews, outcomes, care leavers, adoption, earlier permanence, missing episodes and social workers of the SSDA903."""

from __future__ import annotations

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.readers.common import Field
from goldenthread.dataset.readers.ssda903_episodes import refuse_overlaps
from goldenthread.dataset.readers.ssda903_years import (
    FLAG,
    IDENTIFIER,
    TEXT,
    YEAR_END,
    Reading,
    coded,
    dated,
    numbered,
)
from goldenthread.dataset.values import UNKNOWN, Parser, code, resolved, whole
from goldenthread.dates.months import anniversary

ADOPTIVE_PLACEMENTS = ("A3", "A4", "A5", "A6")
ADOPTED = ("E11", "E12")
SUITABLE = {"1": True, "2": False}


def with_period(frame: pl.DataFrame, periods: pl.DataFrame, day: str) -> pl.DataFrame:
    """`frame` with the period of care that the child was in on `day`; empty where none is known."""
    spans = periods.select("child_id", "care_period_id", _from="started_on", _to="ended_on").sort("_from")
    joined = frame.sort(day, maintain_order=True).join_asof(
        spans, left_on=day, right_on="_from", by="child_id", strategy="backward", check_sortedness=False
    )
    inside = pl.col("_to").is_null() | (pl.col(day) <= pl.col("_to"))
    return joined.with_columns(care_period_id=pl.when(inside).then("care_period_id")).drop("_from", "_to")


def reviews(reading: Reading, periods: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed(
        "Reviews",
        [dated("REVIEW", "held_on", required=True), coded("REVIEW_CODE", "participation", "participation")],
    )
    found = reading.use(reading.newest(found, ["child_id", "held_on"], "Reviews"))
    return with_period(numbered(found, "review_id", "V", "held_on"), periods, "held_on")


def outcomes(reading: Reading) -> dict[str, pl.DataFrame]:
    """The yearly outcomes, and the questionnaires among them, dated the end of the year."""
    flags = {
        "HEALTH_ASSESSMENT": "health_assessment",
        "TEETH_CHECK": "teeth_checked",
        "HEALTH_CHECK": "health_checks_up_to_date",
        "IMMUNISATIONS": "immunisations",
        "CONVICTED": "convicted",
        "SUBSTANCE_MISUSE": "substance_misuse",
        "INTERVENTION_RECEIVED": "intervention_received",
        "INTERVENTION_OFFERED": "intervention_offered",
    }
    found = reading.parsed(
        "OC2",
        [
            Field("SDQ_SCORE", "score", whole(least=0, most=40)),
            coded("SDQ_REASON", "missing_reason", "sdq_missing_reason"),
            *(Field(source, column, FLAG) for source, column in flags.items()),
        ],
    )
    found = reading.use(reading.newest(found, ["child_id", YEAR_END], "OC2"))
    asked = found.filter(pl.any_horizontal(pl.col("score", "missing_reason").is_not_null()))
    sdqs = asked.select("child_id", "score", "missing_reason", completed_on=YEAR_END)
    return {
        "outcomes": found.drop("score", "missing_reason"),
        "sdqs": numbered(sdqs, "sdq_id", "Q", "completed_on"),
    }


def _accommodation() -> Parser:
    """A letter and a digit: where the young person lives, and 1 for suitable or 2 for not; 0 when not in touch."""
    letters = code_set("accommodation")

    def resolve(value: str) -> str | None:
        plain = value.upper()
        if plain == "0":
            return UNKNOWN
        return plain if letters.valid(plain[:1]) and plain[1:] in SUITABLE else None

    reason = "is no accommodation code: a letter, and 1 for suitable or 2 for unsuitable"
    return Parser(pl.String(), lambda cells: resolved(cells, resolve), reason, "Use a code such as B1, U2 or 0.")


def care_leavers(reading: Reading) -> dict[str, pl.DataFrame]:
    """OC3 as contacts, activity and accommodation on the birthday in the year, which is the day it asks about."""
    found = reading.parsed(
        "OC3",
        [
            dated("DOB", "born_on", required=True),
            coded("IN_TOUCH", "in_touch", "in_touch"),
            Field("ACTIV", "activity", code(code_set("activity"), also={"0": UNKNOWN})),
            Field("ACCOM", "place", _accommodation()),
        ],
    )
    found = reading.use(reading.newest(found, ["child_id", YEAR_END], "OC3")).with_columns(_birthday())
    people = found.select("child_id", care_leaver_id=pl.col("child_id") + "-O").unique(maintain_order=True)
    found = found.join(people, on="child_id", maintain_order="left")
    active = found.filter(pl.col("activity").is_not_null()).select("child_id", "activity", started_on="birthday")
    housed = found.filter(pl.col("place").is_not_null()).select(
        "child_id",
        accommodation=pl.col("place").str.head(1),
        suitable=pl.col("place").str.slice(1).replace_strict(SUITABLE, return_dtype=pl.Boolean),
        started_on="birthday",
    )
    contacts = found.select("child_id", "care_leaver_id", "in_touch", contacted_on="birthday")
    return {
        "care_leavers": people,
        "care_leaver_contacts": numbered(contacts, "care_leaver_contact_id", "O", "contacted_on"),
        "care_leaver_activity": numbered(active, "care_leaver_activity_id", "O", "started_on"),
        "care_leaver_accommodation": numbered(housed, "care_leaver_accommodation_id", "O", "started_on"),
    }


def _birthday() -> pl.Expr:
    """The birthday in the twelve months to the end of the year."""
    in_year = pl.col(YEAR_END).dt.year()
    years = in_year - pl.col("born_on").dt.year()
    late = (pl.col("born_on").dt.month().cast(pl.Int32) * 100 + pl.col("born_on").dt.day()) > 331
    return (
        pl.struct(pl.col("born_on"), (years - late.cast(pl.Int32)).alias("years"))
        .map_elements(lambda who: anniversary(who["born_on"], who["years"]), return_dtype=pl.Date)
        .alias("birthday")
    )


def adoptions(reading: Reading, episodes: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Plans of adoption, by the day the authority decided: DATE_PLACED of every plan, DATE_INT of those adopted.

    Both dates are that decision (rules 112 and 115). The child is placed on the first day of an adoptive placement
    (A3 to A6) after it, and adopted on the day an episode ends by E11 or E12.
    """
    decided = reading.parsed(
        "PlacedAdoption",
        [
            dated("DATE_PLACED", "decided_on", required=True),
            dated("DATE_PLACED_CEASED", "reversed_on"),
            coded("REASON_PLACED_CEASED", "reversed_reason", "adoption_reversed_reason"),
        ],
    )
    decided = reading.use(reading.newest(decided, ["child_id", "decided_on"], "PlacedAdoption"))
    adopted = reading.parsed(
        "AD1",
        [
            dated("DATE_INT", "decided_on", required=True),
            dated("DATE_MATCH", "matched_on"),
            Field("FOSTER_CARE", "adopted_by_carer", FLAG),
            Field("NB_ADOPTR", "number_of_adopters", whole(least=1, most=2)),
            coded("SEX_ADOPTR", "sex_of_adopters", "adopter_sex"),
            coded("LS_ADOPTR", "adopters_legal_status", "adopter_legal_status"),
        ],
    )
    adopted = reading.use(reading.newest(adopted, ["child_id", "decided_on"], "AD1"))
    spare = ["_line", "_file", YEAR_END]
    plans = decided.drop(spare).join(adopted.drop(spare), on=["child_id", "decided_on"], how="full", coalesce=True)
    placed = episodes.filter(pl.col("placement_type").is_in(ADOPTIVE_PLACEMENTS)).select(
        "child_id", placed_on="started_on"
    )
    ended = episodes.filter(pl.col("end_reason").is_in(ADOPTED)).select("child_id", adopted_on="ended_on")
    plans = _first_after(_first_after(plans, placed, "placed_on"), ended, "adopted_on")
    return with_period(numbered(plans, "adoption_id", "F", "decided_on"), periods, "decided_on")


def _first_after(plans: pl.DataFrame, events: pl.DataFrame, day: str) -> pl.DataFrame:
    """`plans` with the first `day` of the child on or after the decision, unless the plan had been reversed by then."""
    plans = plans.sort("decided_on", maintain_order=True)
    joined = plans.join_asof(
        events.drop_nulls().sort(day),
        left_on="decided_on",
        right_on=day,
        by="child_id",
        strategy="forward",
        coalesce=False,
        check_sortedness=False,
    )
    return joined.with_columns(
        pl.when(pl.col("reversed_on").is_null() | (pl.col(day) <= pl.col("reversed_on"))).then(day)
    )


def previous_permanence(reading: Reading) -> pl.DataFrame:
    found = reading.parsed(
        "PrevPerm",
        [
            coded("PREV_PERM", "option", "previous_permanence", required=True),
            Field("LA_PERM", "authority", TEXT),
            Field("DATE_PERM", "ordered_on", TEXT),
        ],
    )
    return reading.use(reading.newest(found, ["child_id", "option"], "PrevPerm"))


def missing_episodes(reading: Reading, periods: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed(
        "Missing",
        [
            coded("MISSING", "kind", "missing_kind"),
            dated("MIS_START", "started_on", required=True),
            dated("MIS_END", "ended_on"),
        ],
    )
    found = refuse_overlaps(reading, _forwards(reading, found, "Missing"), "Missing")
    return with_period(numbered(reading.use(found), "missing_id", "M", "started_on"), periods, "started_on")


def deprivation_of_liberty_orders(reading: Reading) -> pl.DataFrame:
    """Orders that deprive a child of liberty; two at once are kept, for rule 705 to find."""
    found = reading.parsed("DoLo", [dated("DOLO_START", "started_on", required=True), dated("DOLO_END", "ended_on")])
    found = reading.use(_forwards(reading, found, "DoLo"))
    return numbered(found, "deprivation_of_liberty_order_id", "L", "started_on")


def allocations(reading: Reading) -> dict[str, pl.DataFrame]:
    """Social workers and the spans in which each held a child's case."""
    found = reading.parsed(
        "SWEpisodes",
        [
            Field("SW_ID", "worker_id", IDENTIFIER),
            dated("SW_DECOM", "started_on", required=True),
            dated("SW_DEC", "ended_on"),
            coded("SW_REASON", "change_reason", "worker_change_reason"),
        ],
    )
    found = reading.use(refuse_overlaps(reading, _forwards(reading, found, "SWEpisodes"), "SWEpisodes"))
    workers = (
        found.select("worker_id", role=pl.lit("social_worker")).drop_nulls().unique("worker_id", maintain_order=True)
    )
    return {"allocations": numbered(found, "allocation_id", "W", "started_on"), "workers": workers}


def _forwards(reading: Reading, found: pl.DataFrame, table: str) -> pl.DataFrame:
    """One row for each child and start, without those that end before they start."""
    found = reading.newest(found, ["child_id", "started_on"], table)
    backwards = (pl.col("ended_on") < pl.col("started_on")).fill_null(False)
    reading.reject_rows(found.filter(backwards), table, "ended_on", "ends before it starts", "Correct the dates.")
    return found.filter(~backwards)
