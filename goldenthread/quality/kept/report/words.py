"""The words the formats of the accuracy report share."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.kept.compare import Standing
from goldenthread.quality.kept.report.model import AccuracyReport

RETURN_NAMES: Mapping[str, str] = {
    "ssda903": "SSDA903 (children looked after)",
    "cin-census": "CIN census",
    "record": "The record itself (what inspectors look at)",
}


def return_name(checked_as: str) -> str:
    """The return in words."""
    return RETURN_NAMES.get(checked_as, checked_as)


def table_name(table: str) -> str:
    """A table in words: `cp_plans` is `Cp plans`."""
    return table.replace("_", " ").capitalize().replace("Cp ", "CP ").replace("Cin ", "CIN ")


def how_it_stands(row: Mapping[str, int | None]) -> str:
    """Of a row of `figures.how_far`, how far the return is from submittable, in a few words."""
    ran, not_run = row["rules_ran"] or 0, row["rules_not_run"] or 0
    unknown = f" {not_run:,} {_plural(not_run, 'rule', 'rules')} did not run." if not_run else ""
    if not ran:
        return f"Not known: no rule was run for this year.{unknown}"
    errors, queries = row["errors"] or 0, row["queries"] or 0
    if not errors and not queries:
        return f"Nothing found stands in the way.{unknown}"
    parts = [f"{errors:,} to mend"] * bool(errors) + [f"{queries:,} to mend or explain"] * bool(queries)
    return f"{' and '.join(parts)}.{unknown}"


def change_words(change: int | None) -> str:
    """A change since the last run: `3 more`, `2 fewer`, `no change`; empty where it is not known."""
    if change is None:
        return ""
    return "no change" if change == 0 else f"{change:,} more" if change > 0 else f"{-change:,} fewer"


def headline(report: AccuracyReport) -> str:
    """What changed since the last run, in one sentence."""
    new, back, mended = (report.count(one) for one in (Standing.NEW, Standing.CAME_BACK, Standing.MENDED))
    if report.before is None:
        return f"{new:,} found. This is the first run kept: the next will be compared with it."
    before = f"{report.before.day} {report.before:%B %Y}"
    return f"Since the run of {before}: {new:,} new, {back:,} came back, {mended:,} mended."


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
