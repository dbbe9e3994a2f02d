"""How far the figures worked out again agree with the figures published, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from goldenthread.indicators.published.measure import LOCAL_AUTHORITY, KnownException, Measure
from goldenthread.indicators.published.measures import MEASURES
from goldenthread.indicators.published.reading import MARKS, NUMBER, PublishedFileError, find_file, read_published
from goldenthread.indicators.published.recompute import (
    DIFFERENT,
    INCOMPLETE,
    KNOWN,
    MATCHED,
    NOT_COMPARABLE,
    WITHIN_ROUNDING,
    recompute,
)
from goldenthread.indicators.rounding import percentage

SAME_FILE = "the same file"
ELSEWHERE = "elsewhere"
# Authorities' own counts are exact, so theirs are the rows that judge a measure; failing them, the next level.
LEVELS = ("Local authority", "Regional", "National")

OUTCOMES = (MATCHED, WITHIN_ROUNDING, KNOWN, INCOMPLETE, DIFFERENT, NOT_COMPARABLE)

COMPARED = pl.Schema(
    {
        "measure": pl.String,
        "published_in": pl.String,
        "file": pl.String,
        "row": pl.UInt32,
        "time_period": pl.Int32,
        "level": pl.String,
        "area": pl.String,
        "name": pl.String,
        "numerator": pl.Float64,
        "denominator": pl.Float64,
        "published": pl.String,
        "recomputed": pl.Float64,
        "difference": pl.Float64,
        "outcome": pl.String,
    }
)
AGREEMENT = pl.Schema(
    {
        "measure": pl.String,
        "title": pl.String,
        "published_in": pl.String,
        "level": pl.String,
        "judged": pl.Boolean,
        "rows": pl.Int64,
        "matched": pl.Int64,
        "agreement": pl.Float64,
        "largest_difference": pl.Float64,
        "within_rounding": pl.Int64,
        "known_exceptions": pl.Int64,
        "area_incomplete": pl.Int64,
        "different": pl.Int64,
        "not_comparable": pl.Int64,
        "note": pl.String,
    }
)


def compared(
    folder: Path, *, elsewhere: pl.DataFrame | None = None, measures: Sequence[Measure] = MEASURES
) -> pl.DataFrame:
    """Every published figure beside the figure worked out from the counts; columns of ``COMPARED``.

    ``elsewhere`` holds figures published in another place: [measure, time_period, area, value], ``measure`` being a
    published definition and ``area`` an authority's three-digit number or a national statistics code. ``outcome`` is
    "matched", "within rounding" (differs, but no more than the rounding of the counts allows), "known exception",
    "area incomplete" (a larger area, one of whose authorities has no count), "different", or "not comparable" where
    a count or the published figure is suppressed or missing.
    Raises PublishedFileError for a file whose layout or values cannot be used. A measure whose file is absent gives
    no rows here, and says so in ``agreement``.
    """
    files: dict[str, pl.DataFrame] = {}
    frames = [COMPARED.to_frame()]
    for measure in measures:
        path = find_file(folder, measure.file)
        if path is None:
            continue
        if measure.file not in files:
            files[measure.file] = read_published(path)
        worked_out = recompute(measure, path, files[measure.file], folder)
        if measure.published:
            frames.append(_judge(worked_out, measure, SAME_FILE, path))
        if elsewhere is not None and measure.definition:
            printed = elsewhere.filter(pl.col("measure") == measure.definition)
            printed = printed.select(pl.col("time_period").cast(pl.Int32), "area", pl.col("value").alias("printed"))
            both = worked_out.drop("printed").join(printed, on=["time_period", "area"], how="inner")
            frames.append(_judge(both.with_columns(pl.col("printed").cast(pl.String)), measure, ELSEWHERE, path))
    return pl.concat(frames)


def agreement(
    folder: Path, *, elsewhere: pl.DataFrame | None = None, measures: Sequence[Measure] = MEASURES
) -> pl.DataFrame:
    """Agreement by measure, place of publication and level of area; columns of ``AGREEMENT``.

    ``rows`` are those where both figures are known; ``agreement`` is the matched share of them in per cent, two
    places, half up; ``judged`` marks the level that decides (authorities, whose counts are exact, where there are
    any). Rows that could not be compared are counted apart and count neither way.
    """
    if not folder.is_dir():
        raise PublishedFileError(f"{folder}: no such folder. Give the folder with the published CSV files.")
    rows = compared(folder, elsewhere=elsewhere, measures=measures)
    counted = rows.group_by("measure", "published_in", "level").agg(
        *(_count(outcome) for outcome in OUTCOMES),
        pl.col("difference").abs().max().alias("largest_difference"),
    )
    found = {(row["measure"], row["published_in"], row["level"]): row for row in counted.to_dicts()}
    lines = [line for measure in measures for line in _lines(measure, found, folder)]
    return pl.DataFrame(lines, schema=AGREEMENT)


def disagreements(folder: Path, measure: str, *, elsewhere: pl.DataFrame | None = None) -> pl.DataFrame:
    """The rows of one measure where both figures are known and differ; columns of ``COMPARED``.

    Authorities first, then the widest gap.

    Raises KeyError for a measure that is not declared.
    """
    chosen = [one for one in MEASURES if one.id == measure]
    if not chosen:
        raise KeyError(f"No measure '{measure}'. There are: {', '.join(one.id for one in MEASURES)}.")
    rows = compared(folder, elsewhere=elsewhere, measures=chosen)
    apart = rows.filter(~pl.col("outcome").is_in([MATCHED, NOT_COMPARABLE]))
    rank = pl.col("level").replace_strict({level: number for number, level in enumerate(LEVELS)}, default=9)
    gap = pl.col("difference").abs()
    return apart.sort(rank, gap, "time_period", "row", descending=[False, True, True, False])


def _judge(worked_out: pl.DataFrame, measure: Measure, published_in: str, path: Path) -> pl.DataFrame:
    """Each row's outcome, comparing whole numbers in units of the last decimal place."""
    known = measure.known if published_in == SAME_FILE else ()
    tens = 10**measure.places
    printed = pl.col("printed")
    bad = worked_out.filter(printed.is_not_null() & ~printed.str.contains(NUMBER) & ~printed.is_in(MARKS))
    if not bad.is_empty():
        first = bad.row(0, named=True)
        raise PublishedFileError(
            f"{path.name} row {first['row']}, {measure.published}: '{first['printed']}' is neither a number nor a "
            "mark such as c or z."
        )
    frame = worked_out.with_columns((printed.cast(pl.Float64, strict=False) * tens).alias("stated"))
    stated = pl.col("stated")
    # A value printed to more places than the measure has is not a match, however near.
    matched = (stated - pl.col("recomputed")).abs() < 1e-6
    outcome = (
        pl.when(stated.is_null() | pl.col("recomputed").is_null())
        .then(pl.lit(NOT_COMPARABLE))
        .when(matched)
        .then(pl.lit(MATCHED))
        .when(stated.is_between(pl.col("low") - 1e-6, pl.col("high") + 1e-6))
        .then(pl.lit(WITHIN_ROUNDING))
        .when(pl.any_horizontal(pl.lit(False), *(_known(exception) for exception in known)))
        .then(pl.lit(KNOWN))
        .when((pl.col("level") != LOCAL_AUTHORITY) & pl.col("incomplete"))
        .then(pl.lit(INCOMPLETE))
        .otherwise(pl.lit(DIFFERENT))
    )
    return frame.select(
        pl.lit(measure.id).alias("measure"),
        pl.lit(published_in).alias("published_in"),
        pl.lit(path.name).alias("file"),
        "row",
        "time_period",
        "level",
        "area",
        "name",
        pl.col("numerator") / 100,
        pl.col("denominator") / 100,
        printed.alias("published"),
        (pl.col("recomputed") / tens).round(measure.places).alias("recomputed"),
        ((pl.col("recomputed") - stated) / tens).round(measure.places).alias("difference"),
        outcome.alias("outcome"),
    ).cast(COMPARED)


def _known(exception: KnownException) -> pl.Expr:
    year = pl.col("time_period").is_in(exception.years)
    return year & pl.col("area").is_in(exception.areas) if exception.areas else year


def _count(outcome: str) -> pl.Expr:
    return (pl.col("outcome") == outcome).sum().cast(pl.Int64).alias(outcome)


def _lines(
    measure: Measure, found: dict[tuple[str, str, str], dict[str, int | float | None]], folder: Path
) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for published_in in (SAME_FILE, ELSEWHERE):
        present = [level for level in LEVELS if (measure.id, published_in, level) in found]
        for level in present:
            row = found[measure.id, published_in, level]
            lines.append(_line(measure, published_in, level, level == present[0], row))
    if not lines:
        why = (
            f"no file beginning '{measure.file}'"
            if find_file(folder, measure.file) is None
            else "its published figures are in another file; none was given"
        )
        lines.append(_line(measure, ELSEWHERE if not measure.published else SAME_FILE, "", False, {}, why))
    return lines


def _line(
    measure: Measure,
    published_in: str,
    level: str,
    judged: bool,
    row: dict[str, int | float | None],
    why: str = "",
) -> dict[str, object]:
    def of(outcome: str) -> int:
        return int(row.get(outcome) or 0)

    rows = sum(of(outcome) for outcome in OUTCOMES if outcome != NOT_COMPARABLE)
    reasons = [known.why for known in measure.known] if of(KNOWN) else []
    if of(WITHIN_ROUNDING):
        reasons.append(measure.remark or "counts of larger areas are published to the nearest ten")
    if of(INCOMPLETE):
        reasons.append("an authority of the area has no count, which the published figure leaves out")
    return {
        "measure": measure.id,
        "title": measure.title,
        "published_in": published_in,
        "level": level,
        "judged": judged,
        "rows": rows,
        "matched": of(MATCHED),
        "agreement": percentage(of(MATCHED), rows, 2),
        "largest_difference": row.get("largest_difference"),
        "within_rounding": of(WITHIN_ROUNDING),
        "known_exceptions": of(KNOWN),
        "area_incomplete": of(INCOMPLETE),
        "different": of(DIFFERENT),
        "not_comparable": of(NOT_COMPARABLE),
        "note": why or "; ".join(reasons),
    }
