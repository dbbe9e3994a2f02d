"""The record is checked by its own rules and by the returns', and each fault names the field to mend."""

from __future__ import annotations

from datetime import date

import polars as pl

from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.quality.record import check_record

AS_AT = date(2026, 3, 31)


def one_child(**changes: object) -> Dataset:
    """A child looked after since May 2025, with the changes to the episode."""
    episode = {
        "care_episode_id": "E1",
        "child_id": "C1",
        "care_period_id": "P1",
        "started_on": date(2025, 5, 1),
        "start_reason": "S",
        "legal_status": "C2",
        "category_of_need": "N1",
        "placement_type": "U6",
        "placement_provider": "PR1",
    }
    return dataset_of(
        {
            "people": pl.DataFrame(
                {"person_id": ["C1"], "is_child": [True], "born_on": [date(2015, 6, 1)], "sex": ["F"]}
            ),
            "care_periods": pl.DataFrame(
                {"care_period_id": ["P1"], "child_id": ["C1"], "started_on": [date(2025, 5, 1)]}
            ),
            "care_episodes": pl.DataFrame([episode | changes]),
        },
        Manifest(AS_AT, authority="E06000014"),
    )


def fields(dataset: Dataset, kind: str, rule: str) -> list[tuple[str, str, str]]:
    found = check_record(dataset, AS_AT).findings.filter(checked_as=kind, rule=rule)
    return sorted(found.select("child_id", "record_id", "field").iter_rows())


def test_a_returns_fault_leads_to_the_field_of_the_record() -> None:
    reversed_dates = one_child(ended_on=date(2025, 4, 30), end_reason="E4A")
    assert fields(reversed_dates, "ssda903", "356") == [("C1", "E1", "care_episodes.started_on")]
    assert fields(one_child(), "ssda903", "356") == []


def test_the_records_own_fault_leads_to_the_field_too() -> None:
    assert fields(one_child(), "record", "people.ethnicity") == [("C1", "C1", "people.ethnicity")]
    assert fields(one_child(placement_type=None), "record", "care_episodes.placement") == [
        ("C1", "E1", "care_episodes.placement_type")
    ]


def test_every_rule_of_both_returns_and_of_the_record_has_a_status() -> None:
    result = check_record(one_child(), AS_AT)
    assert set(result.rules["checked_as"]) == {"record", "ssda903", "cin-census"}
    assert set(result.rules["status"]) == {"ran", "skipped"}
    assert result.rules.filter(pl.col("status") == "skipped")["reason"].str.len_chars().min() > 0  # type: ignore[operator]


def test_a_year_without_rules_is_skipped_and_not_called_clean() -> None:
    result = check_record(one_child(), date(2019, 6, 30))
    skipped = result.rules.filter(pl.col("checked_as") != "record")
    assert set(skipped["status"]) == {"skipped"}
    assert all("2023" in reason for reason in skipped["reason"])


def test_one_childs_record_is_checked_like_all_childrens() -> None:
    many = dataset_of(
        {
            "people": pl.DataFrame(
                {"person_id": ["C1", "C2"], "is_child": [True, True], "born_on": [date(2015, 6, 1), date(2016, 6, 1)]}
            )
        },
        Manifest(AS_AT),
    )
    alone = dataset_of({"people": many.collect(many.lazy("people"))[0].head(1)}, Manifest(AS_AT))
    of_one = check_record(alone, AS_AT).findings.filter(pl.col("child_id").is_not_null())
    assert of_one.equals(check_record(many, AS_AT).findings.filter(child_id="C1"))
