"""Why a rule cannot be run on what was given: the table, the derived column or the reference data it lacks."""

from __future__ import annotations

from goldenthread.quality.reference import Reference
from goldenthread.quality.returns import Checked, Frames
from goldenthread.quality.rule import Rule

LAST_YEAR = "_last"
REFERENCE = {
    "providers": "the list of providers (Ofsted) was not given",
    "postcodes": "the postcode look-up was not given",
    "local_authority": "the authority's own code was not given",
    "xml": "only an XML upload holds this item",
}


def why_skipped(rule: Rule, what: Checked, tables: Frames, previous: Frames, reference: Reference) -> str:
    """The reason the rule is skipped, as a sentence part; empty when it can be run."""
    reasons = [_lacks(need, what, tables, previous, reference) for need in rule.needs]
    return "; ".join(reason for reason in reasons if reason)


def _lacks(need: str, what: Checked, tables: Frames, previous: Frames, reference: Reference) -> str:
    if need in REFERENCE:
        return "" if reference.has(need) else REFERENCE[need]
    table, _, column = need.partition(".")
    held, whose = (previous, "last year's ") if table.endswith(LAST_YEAR) else (tables, "")
    name = table.removesuffix(LAST_YEAR)
    if name not in held:
        return f"{whose}{name} was not given"
    if not column or column in held[name].columns:
        return ""
    year = LAST_YEAR if table.endswith(LAST_YEAR) else ""
    sources = what.derivable.get(f"{name}.{column}", ())
    lacks = [_lacks(_of_year(source, year), what, tables, previous, reference) for source in sources]
    if sources and not any(lacks):
        return ""
    return ", and ".join([f"{whose}{name} has no {column}", *(reason for reason in lacks if reason)])


def _of_year(need: str, year: str) -> str:
    """The need of a column's source, in the same year's table as the column."""
    table, point, column = need.partition(".")
    return f"{table}{year}.{column}" if point else need
