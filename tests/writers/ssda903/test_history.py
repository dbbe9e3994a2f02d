"""Last year's return with the care leavers' whole history in it."""

from __future__ import annotations

from datetime import date

from goldenthread.dataset.store import Dataset
from goldenthread.quality import check
from goldenthread.writers.ssda903 import build, previous_with_history
from writers.ssda903.drawn import record

LAST_DAY = date(2026, 3, 31)
PEOPLE = """
person_id is_child born_on
C1        yes      2006-06-01
C2        yes      2006-06-01
C3        yes      2012-06-01
"""
LEAVERS = """
care_leaver_id child_id eligibility     started_on
L1             C1       former_relevant 2024-06-01
"""
EPISODES = """
care_episode_id child_id started_on ended_on   start_reason end_reason
E1              C1       2019-05-01 2021-05-01 S            X1
E2              C1       2021-05-01 2024-03-31 L            E17
E3              C2       2019-05-01 2021-05-01 S            E4A
E4              C3       2023-05-01 -          S            -
"""


def held() -> Dataset:
    return record(LAST_DAY, people=PEOPLE, care_leavers=LEAVERS, care_episodes=EPISODES)


def test_the_care_leavers_of_this_year_have_every_episode_of_long_ago_and_others_only_last_years() -> None:
    dataset = held()
    last = previous_with_history(dataset, build(dataset, LAST_DAY))
    assert last["Episodes"].select("CHILD", "DECOM", "DEC", "REC").rows() == [
        ("C1", "01/05/2019", "01/05/2021", "X1"),
        ("C1", "01/05/2021", "31/03/2024", "E17"),
        ("C3", "01/05/2023", None, None),
    ]
    assert last["Header"].equals(build(dataset, date(2025, 3, 31)).tables["Header"])


def test_with_the_history_a_care_leaver_who_left_years_ago_is_known_as_one() -> None:
    dataset = held()
    this = build(dataset, LAST_DAY)
    assert this.tables["OC3"]["CHILD"].to_list() == ["C1"]
    for last, found in (
        (build(dataset, date(2025, 3, 31)).tables, {"1001", "1002"}),
        (previous_with_history(dataset, this), set()),
    ):
        findings = check("ssda903", this.tables, last, 2026).findings
        assert set(findings["rule"]) & {"1001", "1002"} == found
