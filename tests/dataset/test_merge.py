"""Merging several sources of one authority: what is one, what is kept, what is reported."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from goldenthread.dataset.merge import CONFLICTS, Part, merge, same_when
from goldenthread.dataset.tables import TABLES

D = date.fromisoformat


def table(name: str, columns: str, *rows: tuple[object, ...]) -> dict[str, pl.DataFrame]:
    names = columns.split()
    schema = {column: TABLES[name].schema[column] for column in names}
    return {name: pl.DataFrame(rows, schema=schema, orient="row")}


PLAN = "cp_plan_id child_id started_on ended_on initial_category"


def test_the_same_plan_in_two_sources_is_one_and_its_gaps_are_filled() -> None:
    merged = merge(
        [
            Part("census", table("cp_plans", PLAN, ("P9", "C1", D("2024-01-01"), None, "NEG"))),
            Part("annex", table("cp_plans", PLAN, ("A7-2", "C1", D("2024-01-01"), D("2024-05-01"), None))),
        ]
    )
    assert merged.tables["cp_plans"].select(PLAN.split()).rows() == [
        ("P9", "C1", D("2024-01-01"), D("2024-05-01"), "NEG")
    ]
    assert merged.recognised == 1
    assert not merged.conflicts.height


def test_a_disagreement_keeps_the_first_source_and_lists_the_other_value() -> None:
    people = "person_id born_on ethnicity"
    merged = merge(
        [
            Part("ssda903", table("people", people, ("C1", D("2010-01-01"), "WBRI"))),
            Part("annex", table("people", people, ("C1", D("2010-02-01"), "WBRI"), ("C2", None, None))),
        ]
    )
    assert merged.tables["people"].select(people.split()).rows() == [
        ("C1", D("2010-01-01"), "WBRI"),
        ("C2", None, None),
    ]
    assert dict(merged.conflicts.schema) == CONFLICTS
    assert merged.conflicts.rows() == [
        (
            "people",
            "C1",
            "C1",
            "born_on",
            "01/01/2010",
            "ssda903",
            "01/02/2010",
            "annex",
            "ssda903 is believed before annex",
        )
    ]


def test_the_order_of_the_sources_decides() -> None:
    one = Part("one", table("people", "person_id gender", ("C1", "1")))
    other = Part("other", table("people", "person_id gender", ("C1", "2")))
    assert merge([one, other]).tables["people"]["gender"].to_list() == ["1"]
    assert merge([other, one]).tables["people"]["gender"].to_list() == ["2"]


def test_different_rows_of_one_identifier_stay_apart_and_their_links_follow() -> None:
    def month(day: str) -> dict[str, pl.DataFrame]:
        referral = table("referrals", "referral_id child_id received_on", ("A3-2", "C1", D(day)))
        return referral | table(
            "assessments", "assessment_id child_id referral_id started_on", ("A4-2", "C1", "A3-2", D(day))
        )

    merged = merge([Part("march", month("2024-03-01")), Part("april", month("2024-04-01"))])
    assert merged.tables["referrals"]["referral_id"].to_list() == ["A3-2", "A3-2~2"]
    assert merged.tables["assessments"].select("assessment_id", "referral_id", "started_on").rows() == [
        ("A4-2", "A3-2", D("2024-03-01")),
        ("A4-2~2", "A3-2~2", D("2024-04-01")),
    ]
    assert not merged.conflicts.height


def test_a_link_to_a_recognised_row_takes_its_identifier() -> None:
    referral = "referral_id child_id received_on"
    merged = merge(
        [
            Part("census", table("referrals", referral, ("R-1", "C1", D("2024-03-01")))),
            Part(
                "annex",
                table("referrals", referral, ("A3-2", "C1", D("2024-03-01")))
                | table(
                    "assessments",
                    "assessment_id child_id referral_id started_on",
                    ("A4-2", "C1", "A3-2", D("2024-03-02")),
                ),
            ),
        ]
    )
    assert merged.tables["assessments"]["referral_id"].to_list() == ["R-1"]
    assert not merged.conflicts.height


def test_rows_known_by_what_they_link_are_matched_after_their_links() -> None:
    def source(assessment: str, factor: str) -> dict[str, pl.DataFrame]:
        made = table("assessments", "assessment_id child_id started_on", (assessment, "C1", D("2024-03-02")))
        return made | table("assessment_factors", "assessment_id child_id factor", (assessment, "C1", factor))

    merged = merge([Part("one", source("X", "1A")), Part("two", source("Y", "1A")), Part("three", source("Z", "2B"))])
    assert merged.tables["assessment_factors"].select("assessment_id", "factor").rows() == [("X", "1A"), ("X", "2B")]


def test_two_alike_in_one_source_stay_two() -> None:
    contacts = table(
        "contacts", "contact_id child_id received_on", ("K1", "C1", D("2024-01-01")), ("K2", "C1", D("2024-01-01"))
    )
    assert merge([Part("one", contacts)]).tables["contacts"].height == 2
    assert merge([Part("one", contacts), Part("two", contacts)]).tables["contacts"].height == 2


def test_a_source_merged_with_itself_is_itself() -> None:
    frames = table("people", "person_id gender", ("C1", "1")) | table(
        "visits", "visit_id child_id kind visited_on", ("V1", "C1", "child_protection", D("2024-01-01"))
    )
    once, twice = merge([Part("one", frames)]), merge([Part("one", frames), Part("two", frames)])
    assert all(once.tables[name].equals(twice.tables[name]) for name in once.tables)
    assert twice.recognised == 2
    assert not twice.conflicts.height


def test_a_visit_of_another_kind_on_the_same_day_is_another_visit() -> None:
    visits = "visit_id child_id kind visited_on"
    merged = merge(
        [
            Part("one", table("visits", visits, ("V1", "C1", "child_protection", D("2024-01-01")))),
            Part("two", table("visits", visits, ("V1", "C1", "looked_after", D("2024-01-01")))),
        ]
    )
    assert merged.tables["visits"].height == 2


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("people", ("person_id",)),
        ("cp_plans", ("child_id", "started_on")),
        ("visits", ("child_id", "visited_on", "kind")),
        ("legal_statuses", ("child_id", "started_on", "legal_status")),
        ("contacts", ("child_id", "received_on")),
        ("peps", ("child_id", "initiated_on", "completed_on")),
    ],
)
def test_what_makes_two_rows_one(name: str, columns: tuple[str, ...]) -> None:
    assert same_when(TABLES[name]) == columns


def test_every_table_can_be_told_apart() -> None:
    for table in TABLES.values():
        assert same_when(table), table.name
