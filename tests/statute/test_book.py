"""The book as it ships: what is law on a day, what changes, which clocks run."""

from datetime import date, datetime
from pathlib import Path

import pytest

from goldenthread.dates import Counting, Unit
from goldenthread.statute import KINDS, Limit, RuleKind, Seen, StatuteBook, UnknownRule, load_book
from goldenthread.statute.entry import legal_date

from .conftest import Written, rule
from .test_load import LOCAL


def test_the_book_holds_two_hundred_entries(book: StatuteBook) -> None:
    assert len({rule.id for rule in book.rules}) == len(book.rules) == 200


def test_no_rule_is_silent(book: StatuteBook) -> None:
    running = {clock.rule.id for clock in book.clocks()}
    inert = {found.rule.id: found.reason for found in book.inert()}
    assert running | set(inert) == {rule.id for rule in book.rules}
    assert not running & set(inert)
    assert all(inert.values())


def test_every_clock_gives_a_due_date(book: StatuteBook) -> None:
    for clock in book.clocks():
        due = clock.limit.due(datetime(2019, 6, 14, 17))
        assert due is not None, clock.id


def test_clock_names_are_unique(book: StatuteBook) -> None:
    names = [clock.id for clock in book.clocks()]
    assert len(names) == len(set(names))


def test_rules_share_their_subject_with_their_events(book: StatuteBook) -> None:
    assert {KINDS[kind].about for kind in book.rule("dbs_recheck_3y").event_kinds} == {"worker"}
    assert {KINDS[kind].about for kind in book.rule("core_group_first_10wd").event_kinds} == {"child"}


def test_a_rule_unread_in_any_source_says_so(book: StatuteBook) -> None:
    assert {source.seen for source in book.rule("transfer_in_conference_15wd").sources} == {Seen.not_seen}


@pytest.mark.parametrize(
    ("received", "version", "due"),
    [
        (date(2018, 5, 24), None, None),
        (date(2019, 8, 14), "sar_one_month_before_2019", date(2019, 9, 15)),
        (date(2019, 8, 15), "sar_one_month_2019", date(2019, 9, 16)),  # the 15th is a Sunday
        (date(2019, 8, 1), "sar_one_month_before_2019", date(2019, 9, 2)),
        (date(2020, 9, 1), "sar_one_month_2019", date(2020, 10, 1)),
    ],
)
def test_a_deadline_follows_the_law_of_the_trigger_day(
    book: StatuteBook, received: date, version: str | None, due: date | None
) -> None:
    found = book.version_for("sar_one_month", received)
    assert (found.id if found else None, found.limit.due(received) if found else None) == (version, due)


def test_a_friday_contact_has_two_clocks(book: StatuteBook) -> None:
    friday = datetime(2019, 6, 14, 17)
    assert book.rule("contact_decision_24h_york").limit.due(friday) == datetime(2019, 6, 15, 17)
    assert book.rule("referral_decision_1wd").limit.due(friday) == date(2019, 6, 17)


def test_the_coronavirus_version_stands_in_and_gives_back(book: StatuteBook) -> None:
    weeks = {
        day: found.limit.number
        for day in (date(2020, 4, 23), date(2020, 4, 24), date(2020, 9, 25), date(2020, 9, 26))
        if (found := book.version_for("temporary_approval_16wk", day))
    }
    assert list(weeks.values()) == [16, 24, 24, 16]
    clock = next(clock for clock in book.clocks() if clock.id == "temporary_approval_16wk")
    assert clock.spans == ((date(2011, 4, 1), date(2020, 4, 23)), (date(2020, 9, 26), None))


def test_what_is_enacted_and_not_commenced_is_never_in_force(book: StatuteBook) -> None:
    meeting = book.rule("fgdm_offer_before_application")
    assert meeting.status(date(2026, 11, 21)) == "enacted, not commenced"
    assert meeting not in book.in_force(date(2035, 1, 1))


def test_a_month_in_force_runs_from_its_first_day_to_its_last() -> None:
    assert legal_date("2018-11").first == date(2018, 11, 1)
    assert legal_date("2009").last == date(2009, 12, 31)
    assert legal_date("2020-02").last == date(2020, 2, 29)


def test_the_rule_printed_from_november_2018_is_in_force_on_the_first(book: StatuteBook) -> None:
    rule = book.rule("contact_decision_24h_york")
    assert not rule.in_force(date(2018, 10, 31))
    assert rule.in_force(date(2018, 11, 1))


def test_diff_pairs_the_versions_and_lists_what_came_and_went(book: StatuteBook) -> None:
    changed = book.diff(date(2013, 4, 14), date(2013, 4, 15))
    assert {rule.id for rule in changed.ended} == {"initial_assessment_10wd_retired", "core_assessment_35wd_retired"}
    assert "single_assessment_45wd" in {rule.id for rule in changed.started}
    pairs = [(old.id, new.id) for old, new in book.diff(date(2019, 8, 14), date(2019, 8, 15)).replaced]
    assert pairs == [("sar_one_month_before_2019", "sar_one_month_2019")]
    assert book.diff(date(2020, 12, 1), date(2020, 12, 1)).started == ()


def test_an_authoritys_number_replaces_a_local_example(book: StatuteBook) -> None:
    clocks = [clock for clock in book.clocks() if clock.rule.id == "core_group_subsequent"]
    assert [(clock.layer, clock.limit.number) for clock in clocks] == [("local", 4)]
    assert clocks[0].repeat is not None
    assert (clocks[0].repeat.every, clocks[0].repeat.until) == (4, ("child_protection_plan.ended",))


def test_an_authoritys_number_is_its_answer_to_a_rule_read_two_ways(tmp_path: Path) -> None:
    visit = next(clock for clock in load_book().clocks() if clock.id == "cp_plan_visit")
    assert visit.other_reading == Limit(20, Unit.calendar_days, Counting.calendar_day0)
    own = LOCAL.format(rule="cp_plan_visit").replace("standards:", "extends: york\nstandards:")
    (tmp_path / "anyshire.yaml").write_text(
        own.replace("24, unit: hours, counting: elapsed_hours", "20, unit: working_days, counting: wd_day0")
    )
    clocks = [clock for clock in load_book(tmp_path / "anyshire.yaml").clocks() if clock.rule.id == "cp_plan_visit"]
    assert [(clock.limit.counting, clock.other_reading) for clock in clocks] == [(Counting.wd_day0, None)]


def test_an_authoritys_number_runs_beside_a_national_one(written: Written) -> None:
    clocks = written(rule("decide"), local=LOCAL.format(rule="decide")).clocks()
    friday = datetime(2019, 6, 14, 17)
    assert [(clock.layer, clock.limit.due(friday)) for clock in clocks] == [
        ("statutory", date(2019, 6, 17)),
        ("local", datetime(2019, 6, 15, 17)),
    ]


def test_another_authority_can_build_on_york_and_change_it(tmp_path: Path) -> None:
    own = LOCAL.format(rule="core_group_subsequent").replace("standards:", "extends: york\nstandards:")
    (tmp_path / "anyshire.yaml").write_text(
        own.replace("24, unit: hours, counting: elapsed_hours", "3, unit: weeks, counting: weeks_not_more_than")
    )
    book = load_book(tmp_path / "anyshire.yaml")
    assert [s.limit.number for s in book.standards_for("core_group_subsequent") if s.limit] == [3]
    assert len(book.rules) == 200
    assert len(load_book(None).rules) < 200


def test_a_rule_dated_by_a_report_may_be_taken_as_older(book: StatuteBook) -> None:
    day = date(2019, 6, 30)
    visit = "cp_plan_visit"
    assert visit not in {clock.id for clock in book.clocks(day)}
    assert visit in {clock.id for clock in book.clocks(day, reports_prove_earlier=True)}


def test_rules_without_their_events_are_listed(book: StatuteBook) -> None:
    lacking = book.unprovided({"referral.received", "referral.decided"})
    assert "referral_decision_1wd" not in lacking
    assert lacking["referral_acknowledgement_1wd"] == ("referral.acknowledged",)
    assert not book.unprovided(KINDS)


def test_only_deadlines_and_alerts_make_obligations(book: StatuteBook) -> None:
    assert {clock.rule.kind for clock in book.clocks()} == {RuleKind.deadline, RuleKind.alert}


def test_an_unknown_rule_is_answered_with_the_nearest(book: StatuteBook) -> None:
    with pytest.raises(UnknownRule, match="did you mean 'core_group_first_10wd'"):
        book.rule("core_group_first_10w")
