"""Every entry of the statute book and what the timeliness engine makes of it: nothing is silently inert."""

from __future__ import annotations

import polars as pl

from goldenthread.timeliness.plan import Plan

SCHEMA: dict[str, pl.DataType] = {
    "rule": pl.String(),
    "title": pl.String(),
    "stage": pl.String(),
    "layer": pl.String(),
    "followed": pl.Boolean(),
    "clocks": pl.Int64(),
    "within": pl.String(),
    "reason": pl.String(),
    "missing": pl.List(pl.String()),
}


def rules_listing(chosen: Plan) -> pl.DataFrame:
    """One row an entry of the book, in the order followed, then not followed but could be, then not.

    Columns: rule, title, stage, layer, followed (Boolean), clocks (how many run under it, local and national), within
    (the kind of episode it is followed in, or `child`), reason (why not, or what cannot be answered), missing (the
    event kinds or conditions the dataset lacks).
    """
    clocks: dict[str, int] = {}
    for one in chosen.followed:
        clocks[one.clock.rule.id] = clocks.get(one.clock.rule.id, 0) + 1
    rows: dict[str, tuple[object, ...]] = {}
    for one in chosen.followed:
        rule, left_out = one.clock.rule, one.conditions_unanswered
        reason = "Where the dataset cannot say whether the rule applies, it does not fire." if left_out else ""
        within = one.pattern.scope or "child"
        head = (rule.id, rule.title, rule.stage, rule.layer)
        rows[rule.id] = (*head, True, clocks[rule.id], within, reason, list(left_out))
    for refused in sorted(chosen.not_followed, key=lambda refused: (not refused.missing, refused.rule.stage)):
        rule = refused.rule
        rows.setdefault(
            rule.id,
            (rule.id, rule.title, rule.stage, rule.layer, False, 0, "", refused.reason, list(refused.missing)),
        )
    return pl.DataFrame(list(rows.values()), schema=SCHEMA, orient="row")
