"""The schema checks: what is kept, what is taken out, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.checks import Checked, check_tables
from goldenthread.dataset.tables import TABLES

D = date.fromisoformat


def table(name: str, columns: str, *rows: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    names = columns.split()
    schema = {column: TABLES[name].schema[column] for column in names}
    return {name: pl.DataFrame(rows, schema=schema, orient="row")}


def plans(*rows: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    return table("cp_plans", "cp_plan_id child_id started_on ended_on", *rows)


def said(checked: Checked) -> str:
    (reject,) = checked.rejects.found
    return f"{reject.place}.{reject.column} {reject.value}: {reject.reason}"


def test_sound_rows_are_kept_with_every_declared_column() -> None:
    checked = check_tables(plans(("P1", "C1", D("2024-01-01"), D("2024-03-01")), ("P2", "C1", D("2024-03-01"), None)))
    assert checked.tables["cp_plans"].height == 2
    assert dict(checked.tables["cp_plans"].schema) == TABLES["cp_plans"].schema
    assert not len(checked.rejects)


def test_a_second_open_plan_is_refused_and_both_are_named() -> None:
    checked = check_tables(plans(("P2", "C1", D("2024-02-01"), None), ("P1", "C1", D("2024-01-01"), None)))
    assert checked.tables["cp_plans"]["cp_plan_id"].to_list() == ["P1"]
    assert "cp_plan_id P2" in said(checked)
    assert "during row cp_plan_id P1, child_id C1 (01/01/2024 still open)" in said(checked)
    assert checked.rejects.found[0].whole_row


def test_a_row_that_overlaps_only_a_refused_row_is_kept() -> None:
    checked = check_tables(
        plans(
            ("P1", "C1", D("2024-01-01"), D("2024-01-10")),
            ("P2", "C1", D("2024-01-05"), D("2024-01-20")),
            ("P3", "C1", D("2024-01-15"), D("2024-01-25")),
        )
    )
    assert checked.tables["cp_plans"]["cp_plan_id"].to_list() == ["P1", "P3"]


def test_other_childrens_episodes_do_not_overlap_and_other_tables_may() -> None:
    two = plans(("P1", "C1", D("2024-01-01"), None), ("P2", "C2", D("2024-01-01"), None))
    referrals = table(
        "referrals", "referral_id child_id received_on", ("R1", "C1", D("2024-01-01")), ("R2", "C1", D("2024-01-02"))
    )
    assert not len(check_tables(two | referrals).rejects)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(0, 40), st.none() | st.integers(0, 15)), min_size=1, max_size=12
    )
)
def test_what_is_kept_never_overlaps_and_what_is_refused_always_would(spans: list[tuple[str, int, int | None]]) -> None:
    first = D("2024-01-01")
    rows = [
        (
            f"P{number}",
            child,
            first + timedelta(days=start),
            None if days is None else first + timedelta(days=start + days),
        )
        for number, (child, start, days) in enumerate(spans)
    ]
    checked = check_tables(plans(*rows))
    kept = [
        row[:4] for row in checked.tables["cp_plans"].select("cp_plan_id", "child_id", "started_on", "ended_on").rows()
    ]

    def overlap(one: tuple, other: tuple) -> bool:  # type: ignore[type-arg]
        """Whether the later of the two starts before the earlier has ended."""
        early, late = sorted((one, other), key=lambda row: (row[2], row[3] or date.max))
        return one[1] == other[1] and late[2] < (early[3] or date.max)

    assert not any(overlap(one, other) for one in kept for other in kept if one[0] < other[0])
    refused = [row for row in rows if row not in kept]
    assert len(refused) == len(checked.rejects)
    assert all(any(overlap(row, other) for other in kept) for row in refused)


def test_an_episode_that_ends_before_it_starts_is_lost_as_a_row() -> None:
    checked = check_tables(plans(("P1", "C1", D("2024-03-01"), D("2024-01-01"))))
    assert not checked.tables["cp_plans"].height
    assert "ended_on 01/01/2024 is before started_on 01/03/2024" in said(checked)


def test_another_pair_out_of_order_loses_only_the_later_fact() -> None:
    referrals = table(
        "referrals",
        "referral_id child_id received_on decided_on",
        ("R1", "C1", D("2024-03-01"), D("2024-02-01")),
    )
    checked = check_tables(referrals)
    assert checked.tables["referrals"].select("received_on", "decided_on").rows() == [(D("2024-03-01"), None)]
    assert "referrals.decided_on 01/02/2024" in said(checked)


def test_a_repeated_key_keeps_the_first_row() -> None:
    checked = check_tables(plans(("P1", "C1", D("2024-01-01"), None), ("P1", "C2", D("2024-02-01"), None)))
    assert checked.tables["cp_plans"]["child_id"].to_list() == ["C1"]
    assert "repeats the key" in said(checked)


def test_a_row_without_a_required_value_is_lost() -> None:
    checked = check_tables(plans(("P1", None, D("2024-01-01"), None)))
    assert not checked.tables["cp_plans"].height
    assert "child_id must be there" in said(checked)


def test_an_unknown_code_becomes_unknown_and_the_row_stays() -> None:
    people = table("people", "person_id gender", ("C1", "1"), ("C2", "male"))
    checked = check_tables(people)
    assert checked.tables["people"]["gender"].to_list() == ["1", None]
    assert "people.gender male: is no code of 'gender' (row person_id C2)" in said(checked)


@pytest.mark.parametrize(
    ("started", "ended", "kept"),
    [("2024-01-01", None, True), ("2025-04-01", None, False), ("2025-03-31", "2025-06-01", True)],
)
def test_a_retired_code_is_refused_on_rows_that_begin_after_it(started: str, ended: str | None, kept: bool) -> None:
    placements = table(
        "placements",
        "placement_id child_id started_on ended_on placement_type",
        ("L1", "C1", D(started), D(ended) if ended else None, "P2"),
    )
    checked = check_tables(placements)
    assert (checked.tables["placements"]["placement_type"][0] == "P2") is kept
    assert len(checked.rejects) == (0 if kept else 1)


def test_a_code_is_judged_by_the_rows_end_as_well() -> None:
    closed = table(
        "referrals",
        "referral_id child_id received_on closed_on closure_reason",
        ("R1", "C1", D("2021-01-01"), D("2022-05-01"), "RC9"),
        ("R2", "C1", D("2021-01-01"), D("2021-05-01"), "RC9"),
    )
    assert check_tables(closed).tables["referrals"]["closure_reason"].to_list() == ["RC9", None]


@pytest.mark.parametrize("born", ["1899-12-31", "2101-01-01"])
def test_an_implausible_date_becomes_unknown(born: str) -> None:
    checked = check_tables(table("people", "person_id born_on", ("C1", D(born))))
    assert checked.tables["people"]["born_on"].to_list() == [None]
    assert "no plausible date" in said(checked)


def test_a_date_to_come_is_warned_of_and_kept_unless_it_may_lie_ahead() -> None:
    assessments = table("assessments", "assessment_id child_id started_on", ("A1", "C1", D("2024-07-01")))
    unborn = table("people", "person_id expected_on", ("C1", D("2024-09-01")))
    checked = check_tables(assessments | unborn, as_at=D("2024-06-30"))
    (warning,) = checked.warnings.found
    assert (warning.place, warning.column, warning.value) == ("assessments", "started_on", "01/07/2024")
    assert checked.tables["assessments"].height == 1


def test_a_link_to_a_row_that_is_not_there_is_a_warning() -> None:
    frames = plans(("P1", "C1", D("2024-01-01"), None)) | table("people", "person_id", ("C2",))
    (warning,) = check_tables(frames).warnings.found
    assert (warning.column, warning.value) == ("child_id", "C1")
    assert "names no row of people" in warning.reason


def test_links_to_a_table_that_the_source_lacks_are_warned_of_once() -> None:
    frames = plans(("P1", "C1", D("2024-01-01"), None), ("P2", "C2", D("2024-01-01"), None))
    (warning,) = check_tables(frames).warnings.found
    assert warning.value == "2 cells"


def test_a_cell_of_another_type_is_turned_or_listed() -> None:
    frames = {
        "people": pl.DataFrame({"person_id": [1, 2], "born_on": ["2020-01-01", "soon"], "disabled": [True, None]})
    }
    checked = check_tables(frames)
    assert checked.tables["people"].select("person_id", "born_on").rows() == [("1", D("2020-01-01")), ("2", None)]
    assert "people.born_on soon: is no day" in said(checked)


def test_a_column_never_declared_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        check_tables({"people": pl.DataFrame({"person_id": ["1"], "shoe_size": [3]})})
