"""Rules on the work with a child: plans with visits, cases with plans, closures that close everything."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.conditions import Expr, blank, col, given, is_true, plus_days
from goldenthread.quality.record.views import RecordViews
from goldenthread.quality.rule import Lazy, Rule, Search, Severity, Year

SOURCE = "Ofsted inspectors' questions of Annex A: what is being done for this child?"
SETTLING_IN = 42
"""Days (six weeks) a new plan has before no visit at all on it is asked about; the visits' own limits are the
statute book's, and what is late is in the daily report."""


def _without_visit(table: str, link: str) -> Search:
    def search(views: RecordViews, year: Year) -> Mapping[str, Lazy]:
        visited = views.table("visits").filter(given(link, "visited_on")).select(link).unique()
        standing = views.view(table).filter(
            blank("ended_on") & (plus_days(col("started_on"), SETTLING_IN) < col("today"))
        )
        by_child = (
            views.table("visits").filter(given("visited_on")).select(child=col("child_id"), day=col("visited_on"))
        )
        seen = standing.join(by_child, on="child", how="inner").filter(col("day") >= col("started_on"))
        unvisited = standing.join(visited, on=link, how="anti").join(seen.select("row").unique(), on="row", how="anti")
        return {table: unvisited}

    return search


def _no_visits(table: str, key: str, what: str) -> Rule:
    return Rule(
        code=f"{table}.no_visit",
        says=f"{what} has stood for over six weeks and no visit is recorded. Visit, or record the visits made.",
        fields=(f"{table}.started_on", "visits.visited_on"),
        needs=(table,),
        source=SOURCE,
        search=_without_visit(table, key),
        examples=f"""
            {table} 1 {key}=A started_on=2026-02-16                  !
            {table} 2 {key}=B started_on=2026-02-17                     # boundary: six weeks to the day
            {table} 3 {key}=C started_on=2025-06-01
            visits  3 {key}=C visited_on=2025-07-01 visit_id=V
            {table} 4 {key}=D                                           # missing
        """,
    )


def _open_on_closed_case(table: str, key: str, what: str) -> Rule:
    closed: Expr = given("other_closed_on") & (col("referral_id") == col("other_referral_id"))
    return Rule(
        code=f"{table}.case_closed",
        says=f"{what} is open though the case was closed. End it on the day it ended, or correct the closure.",
        fields=(f"{table}.ended_on", "referrals.closed_on"),
        needs=(table, "referrals"),
        source=SOURCE,
        on=(table, "referrals"),
        where=blank("ended_on") & closed,
        points={table: "row"},
        examples=f"""
            referrals 1 referral_id=A received_on=2025-04-01 closed_on=2025-09-01
            {table}   1 {key}=A referral_id=A started_on=2025-06-01                        !
            referrals 2 referral_id=B received_on=2025-04-01 closed_on=2025-09-01
            {table}   2 {key}=B referral_id=B started_on=2025-06-01 ended_on=2025-09-01       # boundary
            referrals 3 referral_id=C received_on=2025-04-01
            {table}   3 {key}=C referral_id=C started_on=2025-06-01                           # missing: not closed
        """,
    )


RULES: tuple[Rule, ...] = (
    _no_visits("cp_plans", "cp_plan_id", "The child protection plan"),
    _no_visits("cin_plans", "cin_plan_id", "The child in need plan"),
    _open_on_closed_case("cp_plans", "cp_plan_id", "The child protection plan"),
    _open_on_closed_case("cin_plans", "cin_plan_id", "The child in need plan"),
    Rule(
        code="referrals.closed_no_reason",
        says="The case was closed and no reason is recorded. Record why.",
        fields=("referrals.closure_reason",),
        needs=("referrals",),
        source=SOURCE,
        on="referrals",
        where=given("closed_on") & blank("closure_reason") & ~is_true(col("no_further_action")),
        examples="""
            referrals 1 referral_id=A received_on=2025-04-01 closed_on=2025-09-01                         !  # missing
            referrals 2 referral_id=B received_on=2025-04-01 closed_on=2025-09-01 closure_reason=RC7
            referrals 3 referral_id=C received_on=2025-04-01                                                 # boundary
        """,
    ),
    Rule(
        code="visits.seen",
        says="The visit does not say whether the child was seen. Record it: it is the first thing anyone asks.",
        fields=("visits.seen",),
        needs=("visits",),
        source=SOURCE,
        on="visits",
        where=given("visited_on") & blank("seen"),
        severity=Severity.QUERY,
        examples="""
            visits 1 visit_id=A visited_on=2025-06-01              !  # missing
            visits 2 visit_id=B visited_on=2025-06-01 seen=false      # boundary: not seen, and so it says
            visits 3 visit_id=C
        """,
    ),
    Rule(
        code="cp_plans.category",
        says="The child protection plan has no category of abuse. Record the conference's decision.",
        fields=("cp_plans.initial_category",),
        needs=("cp_plans",),
        source=SOURCE,
        on="cp_plans",
        where=blank("initial_category"),
        examples="""
            cp_plans 1 cp_plan_id=A started_on=2025-06-01                          !  # missing
            cp_plans 2 cp_plan_id=B started_on=2025-06-01 initial_category=NEG
            cp_plans 3 cp_plan_id=C started_on=2025-06-01 initial_category=EMO        # boundary
        """,
    ),
    Rule(
        code="cp_plans.and_cin_plan",
        says="A child in need plan runs beside the child protection plan. End the one that was replaced.",
        fields=("cin_plans.ended_on", "cp_plans.ended_on"),
        needs=("cin_plans", "cp_plans"),
        source="CIN census validation rule 4001",
        on=("cin_plans", "cp_plans"),
        where=blank("ended_on", "other_ended_on") & given("started_on", "other_started_on"),
        points={"cin_plans": "row", "cp_plans": "other_row"},
        examples="""
            cin_plans 1 cin_plan_id=A started_on=2025-04-01                        !
            cp_plans  1 cp_plan_id=A started_on=2025-06-01                         !
            cin_plans 2 cin_plan_id=B started_on=2025-04-01 ended_on=2025-06-01       # boundary
            cp_plans  2 cp_plan_id=B started_on=2025-06-01
            cin_plans 3 cin_plan_id=C                                                 # missing
            cp_plans  3 cp_plan_id=C started_on=2025-06-01
        """,
    ),
)
