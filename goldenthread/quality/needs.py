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
    source = what.derivable.get(f"{name}.{column}", "")
    if source and reference.has(source):
        return ""
    return f"{whose}{name} has no {column}" + (f", and {REFERENCE[source]}" if source else "")
