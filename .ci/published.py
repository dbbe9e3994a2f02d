"""Published arithmetic on the Department's real files: every figure again from its counts, and against the checks.

Fails when a measure agrees on a smaller share of authorities' rows than the checks recorded, known exceptions
counted in, or when any row of any area differs for no reason that is declared.

    .venv/bin/python .ci/published.py [FOLDER] [INDICATORS.yaml]
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import yaml

from goldenthread.board.data import COMPARATORS
from goldenthread.indicators.published import MEASURES, agreement, compared
from goldenthread.indicators.published.children_in_need import OLDER_POPULATION
from goldenthread.indicators.published.command import print_table

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHOWN = (
    "measure", "published_in", "level", "rows", "matched", "agreement", "largest_difference", "within_rounding",
    "known_exceptions", "area_incomplete", "different", "not_comparable",
)  # fmt: skip


def main(folder: Path, definitions: Path) -> int:
    """Print the agreement and every shortfall. 0 when there is none."""
    elsewhere = pl.read_csv(COMPARATORS, infer_schema=False)
    found = agreement(folder, elsewhere=elsewhere)
    print_table(found.filter("judged").select(SHOWN))
    larger = found.filter(~pl.col("judged") & (pl.col("level") != ""))
    sums = ("rows", "matched", "within_rounding", "known_exceptions", "area_incomplete", "different", "not_comparable")
    print("Larger areas, all measures together:")
    print_table(larger.group_by("published_in", "level").agg(pl.col(sums).sum()).sort("published_in", "level"))
    for measure in MEASURES:
        for known in measure.known:
            areas = f", areas {', '.join(known.areas)}" if known.areas else ""
            print(f"Known exception: {measure.id}, {', '.join(map(str, known.years))}{areas}: {known.why}.")
    shortfalls = [
        *below_the_checks(found, definitions),
        *unexplained(folder, elsewhere),
        *not_of_one_population(folder),
    ]
    for shortfall in shortfalls:
        print(f"SHORT: {shortfall}", file=sys.stderr)
    together = found.filter("judged")
    print(f"{len(MEASURES)} measures; {together['matched'].sum():,} of {together['rows'].sum():,} judged rows match.")
    return 1 if shortfalls else 0


def below_the_checks(found: pl.DataFrame, definitions: Path) -> list[str]:
    """Every check whose share of matching rows is not reached, or whose measure is not worked out."""
    short: list[str] = []
    checks = yaml.safe_load(definitions.read_text())["indicators"]
    print("Against the recorded checks (rows there take in every year that the check could reach):")
    for check in (entry for entry in checks if "checked" in entry):
        mine = found.filter("judged", measure=check["id"])
        own = mine.filter(published_in="the same file")
        mine = own if not own.is_empty() else mine
        rows, match = check["checked"]["rows"], check["checked"]["match"]
        if mine.is_empty():
            short.append(f"{check['id']}: not worked out")
            continue
        line = mine.row(0, named=True)
        good = line["matched"] + line["known_exceptions"]
        said = f"here {line['matched']} of {line['rows']}, {line['known_exceptions']} known"
        print(f"  {check['id']:16} check {match} of {rows}; {said} ({line['published_in']})")
        if good * rows < match * line["rows"]:
            short.append(f"{check['id']}: {said}; the check had {match} of {rows}")
    return short


def unexplained(folder: Path, elsewhere: pl.DataFrame) -> list[str]:
    """Every row, of any area, that differs for no declared reason from the published figure."""
    apart = compared(folder, elsewhere=elsewhere).filter(outcome="different")
    return [
        f"{row['measure']} {row['time_period']} {row['name']}: published {row['published']}, "
        f"worked out {row['recomputed']} ({row['file']} row {row['row']})"
        for row in apart.iter_rows(named=True)
    ]


def not_of_one_population(folder: Path) -> list[str]:
    """Authorities whose rates of 2023 and 2024 cannot all have been worked out on one (older) population.

    The exception for those years rests on this: five rates published together imply the same number of children.
    """
    excused = [measure for measure in MEASURES if OLDER_POPULATION in measure.known and not measure.where]
    rate = pl.col("published").cast(pl.Float64)
    count = pl.col("numerator") * 10_000
    implied = (
        compared(folder, measures=excused)
        .filter(pl.col("time_period").is_in(OLDER_POPULATION.years), pl.col("outcome") != "not comparable")
        .filter(rate > 0, level="Local authority")
        .group_by("time_period", "name")
        .agg((count / (rate + 0.05)).max().alias("least"), (count / (rate - 0.05)).min().alias("most"))
    )
    apart = implied.filter(pl.col("least") > pl.col("most") + 1e-6)
    print(f"Older populations: {implied.height - apart.height} of {implied.height} authorities' rates share one.")
    return [f"{name} {year}: its rates do not share one population" for year, name, *_ in apart.iter_rows()]


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "data" / "dfe"
    definitions = Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED / "reference" / "indicators.yaml"
    sys.exit(main(folder, definitions))
