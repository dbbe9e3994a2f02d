"""Rules on children looked after: no gap and no overlap in placements, a home for every day, a plan and a reviewer."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.conditions import blank, col, given, is_true, overlaps, plus_days
from goldenthread.quality.record.views import RecordViews
from goldenthread.quality.rule import Lazy, Rule, Year

SOURCE = "Ofsted inspectors' questions of Annex A: where has this child lived?"
A_DAY = 1


def _gaps(views: RecordViews, year: Year) -> Mapping[str, Lazy]:
    """Episodes of a period of care that end before the period does, with no episode from that day or the next."""
    episodes = views.view("care_episodes").filter(given("care_period_id", "started_on"))
    periods = views.table("care_periods").select("care_period_id", period_ended_on=col("ended_on"))
    ended = episodes.filter(given("ended_on")).join(periods, on="care_period_id", how="inner")
    going_on = ended.filter(blank("period_ended_on") | (col("period_ended_on") > plus_days(col("ended_on"), A_DAY)))
    starts = episodes.select("care_period_id", next_start=col("started_on"))
    followed = going_on.join(starts, on="care_period_id", how="inner").filter(
        (col("next_start") >= col("ended_on")) & (col("next_start") <= plus_days(col("ended_on"), A_DAY))
    )
    return {"care_episodes": going_on.join(followed.select("row").unique(), on="row", how="anti")}


def _no_episode(views: RecordViews, year: Year) -> Mapping[str, Lazy]:
    held = views.table("care_episodes").filter(given("care_period_id")).select("care_period_id").unique()
    return {"care_periods": views.table("care_periods").join(held, on="care_period_id", how="anti")}


RULES: tuple[Rule, ...] = (
    Rule(
        code="care_episodes.gap",
        says="After this episode nothing says where the child lived, though care went on. Add the episode between.",
        fields=("care_episodes.ended_on", "care_episodes.started_on"),
        needs=("care_episodes", "care_periods"),
        source=SOURCE,
        search=_gaps,
        examples="""
            care_periods  1 care_period_id=A started_on=2025-04-01
            care_episodes 1 care_episode_id=A1 care_period_id=A started_on=2025-04-01 ended_on=2025-06-01  !
            care_episodes 1 care_episode_id=A2 care_period_id=A started_on=2025-06-03
            care_periods  2 care_period_id=B started_on=2025-04-01
            care_episodes 2 care_episode_id=B1 care_period_id=B started_on=2025-04-01 ended_on=2025-06-01
            care_episodes 2 care_episode_id=B2 care_period_id=B started_on=2025-06-02                         # boundary
            care_periods  3 care_period_id=C started_on=2025-04-01
            care_episodes 3 care_episode_id=C1 care_period_id=C started_on=2025-04-01                         # missing
        """,
    ),
    Rule(
        code="care_episodes.overlap",
        says="Two episodes of the child's care share days, so the child lived in two places. Correct the dates.",
        fields=("care_episodes.started_on", "care_episodes.ended_on"),
        needs=("care_episodes",),
        source=SOURCE,
        on=("care_episodes", "care_episodes"),
        where=overlaps("started_on", "ended_on"),
        points={"care_episodes": "row"},
        examples="""
            care_episodes 1 care_episode_id=A1 started_on=2025-04-01 ended_on=2025-06-02
            care_episodes 1 care_episode_id=A2 started_on=2025-06-01 ended_on=2025-07-01  !
            care_episodes 2 care_episode_id=B1 started_on=2025-04-01 ended_on=2025-06-01
            care_episodes 2 care_episode_id=B2 started_on=2025-06-01                         # boundary
            care_episodes 3 care_episode_id=C1                                               # missing
        """,
    ),
    Rule(
        code="care_periods.no_episode",
        says="The child is or was looked after and nothing says where. Record the placement.",
        fields=("care_periods.started_on", "care_episodes.started_on"),
        needs=("care_periods",),
        source=SOURCE,
        search=_no_episode,
        examples="""
            care_periods  1 care_period_id=A started_on=2025-04-01                         !  # missing
            care_periods  2 care_period_id=B started_on=2025-04-01
            care_episodes 2 care_episode_id=B1 care_period_id=B started_on=2025-04-01         # boundary
        """,
    ),
    Rule(
        code="care_episodes.placement",
        says="The episode does not say what kind of placement it is. Record it.",
        fields=("care_episodes.placement_type",),
        needs=("care_episodes",),
        source=SOURCE,
        on="care_episodes",
        where=blank("placement_type"),
        examples="""
            care_episodes 1 care_episode_id=A started_on=2025-04-01                      !  # missing
            care_episodes 2 care_episode_id=B started_on=2025-04-01 placement_type=U6
            care_episodes 3 care_episode_id=C started_on=2025-04-01 placement_type=T0       # boundary: temporary
        """,
    ),
    Rule(
        code="care_periods.end_reason",
        says="The child's care ended and no reason is recorded. Record why.",
        fields=("care_periods.end_reason",),
        needs=("care_periods",),
        source=SOURCE,
        on="care_periods",
        where=given("ended_on") & blank("end_reason"),
        examples="""
            care_periods 1 care_period_id=A started_on=2025-04-01 ended_on=2025-06-01                   !  # missing
            care_periods 2 care_period_id=B started_on=2025-04-01 ended_on=2025-06-01 end_reason=E4A
            care_periods 3 care_period_id=C started_on=2025-04-01                                          # boundary
        """,
    ),
    Rule(
        code="care_periods.after_death",
        says="The child died, and is still shown as looked after. End the period of care on that day.",
        fields=("care_periods.ended_on", "people.died_on"),
        needs=("care_periods", "people"),
        source=SOURCE,
        on="care_periods",
        where=given("child_died_on") & (blank("ended_on") | is_true(col("ended_on") > col("child_died_on"))),
        examples="""
            people       1 is_child=true died_on=2025-06-01
            care_periods 1 care_period_id=A started_on=2025-04-01                        !
            people       2 is_child=true died_on=2025-06-01
            care_periods 2 care_period_id=B started_on=2025-04-01 ended_on=2025-06-01       # boundary
            people       3 is_child=true                                                    # missing
            care_periods 3 care_period_id=C started_on=2025-04-01
        """,
    ),
)
