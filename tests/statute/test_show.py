"""What `goldenthread statute` prints."""

import argparse
import json

import pytest

from goldenthread.statute import show


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    show.add_parser(parser.add_subparsers())
    status = show.run(parser.parse_args(["statute", *words]))
    out, err = capsys.readouterr()
    return status, out, err


def test_a_rule_shows_every_citation_and_how_it_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(capsys, "transfer_in_conference_15wd")
    assert status == 0
    assert "NOT SEEN" in out
    _, out, _ = printed(capsys, "lac_review_first_20wd")
    assert "read in the text" in out
    assert "legislation.gov.uk" in out


def test_a_rule_shows_what_it_is_chained_to_and_its_other_reading(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, "epo_8d")
    assert "what began police_protection_72h, where that is still running." in " ".join(out.split())
    assert "Children Act 1989 s45(3)" in out
    _, out, _ = printed(capsys, "cp_plan_visit")
    assert "20 calendar days: calendar days, the day after being day 1" in out
    (rule,) = json.loads(printed(capsys, "epo_8d", "--format", "json")[1])["rules"]
    assert (rule["chained_to"]["rule"], rule["other_reading"]) == ("police_protection_72h", None)


def test_the_book_marks_what_was_never_read_and_what_is_not_commenced(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(capsys, "--on", "2026-11-21")
    assert status == 0
    assert "transfer_in_conference_15wd  15 working days ?" in out
    assert "fgdm_offer_before_application  no number ‡" in out
    assert "single_assessment_45wd  45 working days\n" in out
    assert "core_group_subsequent  6 weeks  in City of York 4 weeks" in out
    assert "initial_assessment_10wd_retired" not in out


def test_the_diff_of_two_days_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = printed(capsys, "--on", "2019-08-01", "--diff", "2019-09-01")
    assert status == 0
    assert "sar_one_month_before_2019 -> sar_one_month_2019" in out


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = printed(capsys, "--on", "2019-08-01", "--stage", "front_door", "--format", "json")
    rules = {rule["id"]: rule for rule in json.loads(out)["rules"]}
    assert (status, err) == (0, "")
    assert rules["referral_decision_1wd"]["limit"] == {"number": 1, "unit": "working_days", "counting": "wd_day0"}
    assert rules["referral_decision_1wd"]["status"] == "in force"
    diff = json.loads(printed(capsys, "--on", "2019-08-01", "--diff", "2019-09-01", "--format", "json")[1])
    assert diff["replaced"] == [{"before": "sar_one_month_before_2019", "after": "sar_one_month_2019"}]


@pytest.mark.parametrize("words", [("no_such_rule",), ("--stage", "nowhere"), ("--diff", "2019-01-01")])
def test_wrong_use_is_said_and_ends_with_2(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    status, out, err = printed(capsys, *words)
    assert (status, out) == (2, "")
    assert err.startswith("goldenthread statute: ")


def test_a_book_with_faults_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = printed(capsys, "--local", "nowhere.yaml")
    assert status == 1
    assert "nowhere.yaml" in err
