"""What the dataset can answer about a child on the day a clock starts: the conditions of the statute book.

Each condition is an expression over columns that a fact puts beside the trigger. Missing means unknown: an expression
is null where the record cannot answer, and the rule then does not fire, unless the condition is declared to take
silence for no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import age, with_plus_months
from goldenthread.journey.follow import preceding
from goldenthread.statute.conditions import CONDITIONS
from goldenthread.statute.model import Condition, ConditionValue

LONG_TERM_FOSTERING = ("U1", "U4")
PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
CARE_APPLICATIONS = ("care", "supervision")
EMERGENCY_PROTECTION, POLICE = "emergency_protection", "police"
ONE_WEEK = timedelta(weeks=1)

Attach = Callable[[Dataset, Lazy], Lazy]


def _person(dataset: Dataset, frame: Lazy) -> Lazy:
    people = dataset.lazy("people").select(
        nw.col("person_id").alias("subject"),
        nw.col("born_on").alias("f_born"),
        nw.col("expected_on").alias("f_expected"),
    )
    return frame.join(people, on="subject", how="left")


def _latest(dataset: Dataset, frame: Lazy, table: str, start: str, columns: dict[str, str], *where: nw.Expr) -> Lazy:
    """Beside each trigger, the child's latest row of `table` begun by that day. `columns`: its columns to new names."""
    rows = dataset.lazy(table).filter(*where) if where else dataset.lazy(table)
    begun = f"f_{table}_begun"
    chosen = rows.select(
        nw.col("child_id").alias("subject"),
        nw.col(start).alias(begun),
        *(nw.col(column).alias(name) for column, name in columns.items()),
    )
    return preceding(frame, chosen, by=["subject"], left_on="on", right_on=begun, tie=[begun])


def _care_period(dataset: Dataset, frame: Lazy) -> Lazy:
    columns = {"care_period_id": "f_period", "ended_on": "f_period_ended", "short_breaks_only": "f_short_breaks"}
    frame = _latest(dataset, frame, "care_periods", "started_on", columns)
    return frame.with_columns(_open("f_care_periods_begun", "f_period_ended").alias("f_looked_after"))


def _placement(dataset: Dataset, frame: Lazy) -> Lazy:
    lasting = ~(nw.col("temporary").fill_null(False))
    columns = {"ended_on": "f_placement_ended", "placement_type": "f_placement_type", "emergency": "f_emergency"}
    frame = _latest(dataset, frame, "placements", "started_on", columns, lasting)
    frame = frame.with_columns(_open("f_placements_begun", "f_placement_ended").alias("f_placed"))
    return with_plus_months(frame, "f_placements_begun", 12, "f_placement_year_over")


def _legal_status(dataset: Dataset, frame: Lazy) -> Lazy:
    # Sources that give only the return's episodes have legal statuses nowhere else.
    table = "legal_statuses" if dataset.rows("legal_statuses") else "care_episodes"
    columns = {"legal_status": "f_legal_status", "ended_on": "f_legal_ended"}
    frame = _latest(dataset, frame, table, "started_on", columns)
    held = nw.when(_open(f"f_{table}_begun", "f_legal_ended")).then(nw.col("f_legal_status"))
    return frame.with_columns(held.alias("f_legal_status"))


def _first_review(dataset: Dataset, frame: Lazy) -> Lazy:
    reviews = dataset.lazy("looked_after_reviews").filter(~nw.col("care_period_id").is_null())
    first = reviews.group_by("care_period_id").agg(nw.col("held_on").min().alias("f_first_review"))
    return frame.join(first.rename({"care_period_id": "f_period"}), on="f_period", how="left")


def _care_plan(dataset: Dataset, frame: Lazy) -> Lazy:
    plans = dataset.lazy("care_plans").filter(~nw.col("care_period_id").is_null())
    first = plans.group_by("care_period_id").agg(nw.col("prepared_on").min().alias("f_first_care_plan"))
    return frame.join(first.rename({"care_period_id": "f_period"}), on="f_period", how="left")


def _proceedings(dataset: Dataset, frame: Lazy) -> Lazy:
    ours = nw.col("kind").is_in(list(CARE_APPLICATIONS))
    return _latest(dataset, frame, "proceedings", "issued_on", {"concluded_on": "f_concluded"}, ours)


def _plan(dataset: Dataset, frame: Lazy) -> Lazy:
    columns = {"ended_on": "f_plan_ended", "pre_birth": "f_pre_birth"}
    return _latest(dataset, frame, "cp_plans", "started_on", columns)


def _private_fostering(dataset: Dataset, frame: Lazy) -> Lazy:
    columns = {"private_fostering_id": "f_arrangement"}
    frame = _latest(dataset, frame, "private_fostering", "notified_on", columns)
    return with_plus_months(frame, "f_private_fostering_begun", 12, "f_arrangement_year_over")


def _fostering_notice(dataset: Dataset, frame: Lazy) -> Lazy:
    notices = dataset.lazy("private_fostering_notices").select(
        nw.col("private_fostering_notice_id").alias("row_id"),
        nw.col("told_on").alias("f_fostering_told"),
        nw.col("proposed_on").alias("f_fostering_proposed"),
    )
    return frame.join(notices, on="row_id", how="left")


def _emergency_order(dataset: Dataset, frame: Lazy) -> Lazy:
    ours = nw.col("kind") == EMERGENCY_PROTECTION
    return _latest(dataset, frame, "emergency_orders", "made_on", {"applicant": "f_applicant"}, ours)


def _open(begun: str, ended: str) -> nw.Expr:
    return ~nw.col(begun).is_null() & (nw.col(ended).is_null() | (nw.col(ended) > nw.col("on")))


@dataclass(frozen=True)
class Fact:
    """What puts the columns a condition reads beside the triggers. `after` names the facts it builds on."""

    attach: Attach
    after: tuple[str, ...] = ()


FACTS: dict[str, Fact] = {
    "person": Fact(_person),
    "care_period": Fact(_care_period),
    "placement": Fact(_placement),
    "legal_status": Fact(_legal_status),
    "first_review": Fact(_first_review, ("care_period",)),
    "care_plan": Fact(_care_plan, ("care_period",)),
    "proceedings": Fact(_proceedings),
    "plan": Fact(_plan),
    "private_fostering": Fact(_private_fostering),
    "fostering_notice": Fact(_fostering_notice),
    "emergency_order": Fact(_emergency_order),
}
"""The facts, each after those it builds on."""


def _codes(value: ConditionValue) -> list[str]:
    return list(value) if isinstance(value, tuple) else [str(value)]


def _placement_type() -> nw.Expr:
    return nw.when(nw.col("f_placed")).then(nw.col("f_placement_type"))


def _year(started: str, over: str, value: ConditionValue) -> nw.Expr:
    first = nw.when(~nw.col(started).is_null()).then(nw.col("on") < nw.col(over))
    return first if value == "first" else ~first


def _weeks_before(day: str, weeks: ConditionValue) -> nw.Expr:
    # Through a zoneless Datetime: see goldenthread.dates.frames.
    return (nw.col(day).cast(nw.Datetime) - nw.lit(ONE_WEEK) * nw.lit(weeks)).cast(nw.Date)


def _proposed_by(last: nw.Expr) -> nw.Expr:
    in_time = nw.col("f_fostering_told") <= last
    return nw.when(in_time).then(nw.lit(True)).otherwise(nw.col("f_fostering_proposed") <= last)


# Each gives a Boolean expression, null for unknown, of whether the condition has the value asked for.
_EXPRESSIONS: dict[str, tuple[tuple[str, ...], Callable[[ConditionValue], nw.Expr]]] = {
    "age_under": (("person",), lambda value: age("f_born", "on") < nw.lit(value)),
    "age_from": (("person",), lambda value: age("f_born", "on") >= nw.lit(value)),
    # A birth day that is to come, or none while one is expected. Of a child with neither, only the age is not known.
    "unborn": (
        ("person",),
        lambda _: (
            nw.when(nw.col("f_born").is_null())
            .then(~nw.col("f_expected").is_null())
            .otherwise(nw.col("f_born") > nw.col("on"))
        ),
    ),
    "unborn_plan": (
        ("person", "plan"),
        lambda _: (
            (nw.col("f_pre_birth").fill_null(False) | (nw.col("f_cp_plans_begun") < nw.col("f_born")))
            & _open("f_cp_plans_begun", "f_plan_ended")
        ),
    ),
    "looked_after": (("care_period",), lambda _: nw.col("f_looked_after")),
    "short_breaks_only": (("care_period",), lambda _: nw.col("f_looked_after") & nw.col("f_short_breaks")),
    "legal_status_in": (("legal_status",), lambda value: nw.col("f_legal_status").is_in(_codes(value))),
    "legal_status_not_in": (
        ("legal_status",),
        lambda value: nw.when(~nw.col("f_legal_status").is_null()).then(~nw.col("f_legal_status").is_in(_codes(value))),
    ),
    "first_review_held": (
        ("care_period", "first_review"),
        lambda _: nw.col("f_looked_after") & (nw.col("f_first_review") <= nw.col("on")),
    ),
    "in_care_proceedings": (("proceedings",), lambda _: _open("f_proceedings_begun", "f_concluded")),
    "placement_year": (
        ("placement",),
        lambda value: nw.when(nw.col("f_placed")).then(_year("f_placements_begun", "f_placement_year_over", value)),
    ),
    "placement_type_in": (("placement",), lambda value: _placement_type().is_in(_codes(value))),
    "placement_type_not_in": (
        ("placement",),
        lambda value: nw.when(~_placement_type().is_null()).then(~_placement_type().is_in(_codes(value))),
    ),
    "placement_emergency": (("placement",), lambda _: nw.when(nw.col("f_placed")).then(nw.col("f_emergency"))),
    "placement_until_18": (
        ("placement",),
        lambda _: nw.when(~_placement_type().is_null()).then(_placement_type().is_in(list(LONG_TERM_FOSTERING))),
    ),
    "placed_for_adoption": (("placement",), lambda _: _placement_type().is_in(list(PLACED_FOR_ADOPTION))),
    "care_plan_before_placement": (
        ("care_period", "care_plan"),
        lambda _: nw.col("f_first_care_plan") <= nw.col("on"),
    ),
    # Of an order whose applicant is not recorded, the shorter of the two periods is kept.
    "emergency_order_for_police": (
        ("emergency_order",),
        lambda _: nw.col("f_applicant").is_null() | (nw.col("f_applicant") == POLICE),
    ),
    "fostering_proposed_weeks_before": (("fostering_notice",), lambda value: _proposed_by(_weeks_before("on", value))),
    "arrangement_year": (
        ("private_fostering",),
        lambda value: _year("f_private_fostering_begun", "f_arrangement_year_over", value),
    ),
}

ANSWERABLE: frozenset[str] = frozenset(_EXPRESSIONS)
"""The conditions the dataset can answer. The rest are asked of things no table holds."""


def facts_needed(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The facts these conditions read, in the order they must be attached."""
    wanted = {fact for one in conditions if one.name in _EXPRESSIONS for fact in _EXPRESSIONS[one.name][0]}
    return tuple(name for name in FACTS if name in wanted)


def with_facts(dataset: Dataset, frame: Lazy, facts: Iterable[str]) -> Lazy:
    """The triggers (columns `subject` and `on`) with the columns of these facts."""
    for name in facts:
        frame = FACTS[name].attach(dataset, frame)
    return frame


def holds(condition: Condition) -> nw.Expr:
    """Whether the condition has its value on the trigger's day (Boolean; null for unknown)."""
    kind = CONDITIONS[condition.name]
    if condition.name not in _EXPRESSIONS:
        return nw.lit(True)  # the plan keeps it only where silence is the answer asked for
    expression = _EXPRESSIONS[condition.name][1](condition.value)
    if kind.answer == "yes_no":
        expression = expression.fill_null(False) if kind.if_unrecorded == "no" else expression
        return expression if condition.value else ~expression
    return expression


def applies(alternatives: tuple[tuple[Condition, ...], ...]) -> nw.Expr:
    """Whether any of the sets holds all through (Boolean, never null: unknown is no)."""
    sets = []
    for alternative in alternatives:
        together = nw.lit(True)
        for condition in alternative:
            together = together & holds(condition).fill_null(False)
        sets.append(together)
    found = sets[0]
    for one in sets[1:]:
        found = found | one
    return found
