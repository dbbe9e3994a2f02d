"""What is known of each child across the return, and across last year's: one row a child, joined to every view.

Columns, all missing where the child has no such row:

- `header_*`, `uasc_*`, `oc2_*`, `oc3_*`, `ad1_*`, `prevperm_*`: the child's first row of that table, every column of
  it in its own type, and its position, for example `header_DOB`, `header_row`. `last_header_*` and so on: last year's.
- `first_*`, `latest_*`: the child's first and latest episodes of the year by DECOM. `last_first_*`, `last_latest_*`:
  last year's. Episodes without a DECOM have no place in the order.
- `started_DECOM`, `started_row`: the latest episode of the year with which a period of care started (RNE "S").
- `sw_since`, `sw_episodes`: the earliest SW_DECOM and the number of the child's social worker episodes.
- `episodes`, `last_episodes`: how many rows the child has among the episodes of the year, and of last year.
- `all_respite`: every episode of the year is under V3 or V4. `any_respite`: at least one is.
- `continuous`: looked after without a break for the twelve months to the end of the year, respite apart.
- `is_uasc`: an unaccompanied asylum-seeking child this year or last, by the header or the UASC table. Never missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from goldenthread.quality.conditions import among, is_true
from goldenthread.quality.rule import Lazy, Year
from goldenthread.quality.ssda903.codes import CONTINUES, RESPITE
from goldenthread.quality.ssda903.shape import ONE_A_CHILD

Tables = Mapping[str, Lazy]


def child_facts(tables: Tables, last: Tables, year: Year) -> Lazy:
    """One row for each child named anywhere this year, with the columns above."""
    child = nw.col("CHILD")
    names = [frame.select("CHILD").filter(~child.is_null()) for frame in tables.values()]
    facts: Lazy = nw.concat(names, how="vertical").unique()
    for prefix, given in (("", tables), ("last_", last)):
        for table in ONE_A_CHILD:
            if table in given:
                facts = _beside(facts, _first_row(given[table]), f"{prefix}{table.lower()}_")
        facts = _beside(facts, _end(given["Episodes"], first=True), f"{prefix}first_")
        facts = _beside(facts, _end(given["Episodes"], first=False), f"{prefix}latest_")
        counts = _of_child(given["Episodes"], nw.len().alias(f"{prefix}episodes"))
        facts = facts.join(counts, on="CHILD", how="left")
    facts = facts.join(_started(tables["Episodes"]), on="CHILD", how="left")
    workers = _of_child(tables["SWEpisodes"], nw.col("SW_DECOM").min().alias("sw_since"), nw.len().alias("sw_episodes"))
    facts = facts.join(workers, on="CHILD", how="left")
    facts = facts.join(_respite(tables["Episodes"]), on="CHILD", how="left")
    facts = facts.join(_continuous(tables["Episodes"], year), on="CHILD", how="left")
    return facts.with_columns(continuous=is_true(nw.col("continuous")), is_uasc=_is_uasc())


def _is_uasc() -> nw.Expr:
    said = is_true(nw.col("header_UASC") == "1") | is_true(nw.col("last_header_UASC") == "1")
    return said | ~nw.col("uasc_row").is_null() | ~nw.col("last_uasc_row").is_null()


def _of_child(frame: Lazy, *facts: nw.Expr) -> Lazy:
    return frame.filter(~nw.col("CHILD").is_null()).group_by("CHILD").agg(*facts)


def _beside(facts: Lazy, rows: Lazy, prefix: str) -> Lazy:
    named = {name: f"{prefix}{name}" for name in rows.collect_schema().names() if name != "CHILD"}
    return facts.join(rows.rename(named), on="CHILD", how="left")


def _first_row(frame: Lazy) -> Lazy:
    chosen = _of_child(frame, nw.col("row").min())
    return chosen.join(frame.drop("CHILD"), on="row", how="left")


def _end(episodes: Lazy, *, first: bool) -> Lazy:
    """The child's first or latest dated episode; of two on one day, the first or the last as given."""
    at = nw.col("nth") == (1 if first else nw.col("of"))
    return episodes.filter(at).drop("nth", "of")


def _started(episodes: Lazy) -> Lazy:
    starts = episodes.filter((nw.col("RNE") == "S") & ~nw.col("nth").is_null())
    chosen = starts.group_by("CHILD").agg(nw.col("nth").max())
    places = starts.select("CHILD", "nth", started_DECOM=nw.col("DECOM"), started_row=nw.col("row"))
    return chosen.join(places, on=["CHILD", "nth"], how="left").drop("nth")


def _respite(episodes: Lazy) -> Lazy:
    respite = nw.when(among("LS", RESPITE)).then(nw.lit(1)).otherwise(nw.lit(0))
    counts = _of_child(episodes, respite.min().alias("__all"), respite.max().alias("__any"))
    return counts.select("CHILD", all_respite=nw.col("__all") == 1, any_respite=nw.col("__any") == 1)


def _continuous(episodes: Lazy, year: Year) -> Lazy:
    """Children whose care, respite apart, has no break from the first day of the year or before to its last.

    A break is an episode that starts a period of care (RNE "S"), one that follows an end of care, and a gap in dates.
    Source: SSDA903 guide, children looked after continuously for at least twelve months at 31 March (OC2).
    """
    care = episodes.filter(~nw.col("nth").is_null() & (nw.col("DECOM") <= year.end) & ~is_true(among("LS", RESPITE)))
    before = care.select("CHILD", nth=nw.col("nth") + 1, prev_DEC=nw.col("DEC"), prev_REC=nw.col("REC"))
    care = care.join(before, on=["CHILD", "nth"], how="left")
    begins = (
        is_true(nw.col("RNE") == "S")
        | nw.col("prev_DEC").is_null()
        | is_true(nw.col("prev_DEC") < nw.col("DECOM"))
        | is_true(nw.col("prev_REC") != CONTINUES)
    )
    later = nw.col("DECOM").max().over("CHILD")
    ongoing = nw.col("DEC").is_null() | (nw.col("DEC") > year.end) | is_true(nw.col("REC") == CONTINUES)
    care = care.with_columns(
        __begins=nw.when(begins).then(nw.col("DECOM")),
        __ongoing=nw.when((nw.col("DECOM") == later) & ongoing).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    ends = care.group_by("CHILD").agg(nw.col("__begins").max(), nw.col("__ongoing").max())
    return ends.select("CHILD", continuous=(nw.col("__begins") <= year.start) & (nw.col("__ongoing") == 1))
