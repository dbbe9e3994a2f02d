"""A statute file is checked whole: every fault at once, each with file and line."""

from pathlib import Path

import pytest

from goldenthread.statute import StatuteError, load_book

from .conftest import Written, faults_of, rule


def test_every_fault_is_reported_at_once_with_its_line(written: Written) -> None:
    found = faults_of(
        written,
        rule("one", trigger_events="trigger_events: [referral.recieved]", authority="authority: lawyers"),
        rule("two", sources="note: no citation"),
        rule("one"),
        rule("three", start='"2019-05-01"', end='"2018"', title="titel: misspelt"),
    )
    assert found == [
        "front_door.yaml:6: unknown authority 'lawyers' (known: statute, regulations, court_rules, statutory_guidance, "
        "national_minimum_standard, non_statutory_guidance, indicator_definition, local)",
        "front_door.yaml:10: unknown event kind 'referral.recieved' in trigger_events; "
        "did you mean 'referral.received'?",
        "front_door.yaml:18: a citation is compulsory: sources is missing or empty",
        "front_door.yaml:32: duplicate id 'one', already used at front_door.yaml:3",
        "front_door.yaml:47: title is missing",
        "front_door.yaml:48: unknown field 'titel'; did you mean 'title'?",
        "front_door.yaml:58: effective_to 2018 is before effective_from 2019-05-01",
    ]


CHAINED = "chained_to: {{rule: {rule}, note: So., source: {{title: Act, provision: s1, seen: primary}}}}"


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        (
            "limit",
            "limit: {number: 3, unit: months, counting: wd_day0}",
            "counting wd_day0 is in working_days, not months",
        ),
        ("limit", "limit: {number: 3, unit: fortnights, counting: none}", "unknown unit 'fortnights'"),
        ("limit", "limit: {number: 3, unit: months, counting: sometimes}", "unknown counting 'sometimes'"),
        (
            "limit",
            "limit: {number: -3, unit: working_days, counting: wd_day0}",
            "whole number of nought or more, not '-3'",
        ),
        ("limit", "limit: {unit: working_days, counting: wd_day0}", "counting wd_day0 needs a number"),
        ("limit", "", "limit is missing"),
        ("effective_from", "effective_from: soon", "should be a day (2019-08-15), a month (2018-11) or a year (2014)"),
        ("effective_from", "effective_from: 2019-02-30", "not '2019-02-30'"),
        ("kind", "kind: window", "why_no_obligation must say why"),
        ("satisfied_by", "satisfied_by: []", "names no event that satisfies it"),
        ("trigger_events", "trigger_events: [worker.started]", "mixes events about child and worker"),
        ("obligation", "applies_when: [{age_under: five}]", "age_under wants a whole number"),
        ("obligation", "applies_when: [{shoe_size: 5}]", "unknown condition 'shoe_size'"),
        (
            "obligation",
            "repeat: {every: 6, unit: weeks, counting: weeks_not_more_than}",
            "clock_from_previous must be true",
        ),
        ("obligation", "other_reading: {number: 1, unit: working_days, counting: wd_day0}", "says the same as limit"),
        ("obligation", "other_reading: {number: 9, unit: hours, counting: elapsed_hours}", "must give a day"),
        ("obligation", "other_reading: {unit: local, counting: local_parameter}", "must give a day"),
        ("obligation", "chained_to: {rule: one, note: So.}", "source of chained_to is missing"),
        ("obligation", "holiday_end: {until: noon, note: So.}", "until should be a time such as '12:00', not 'noon'"),
        ("obligation", "chained_to: {note: So., source: {}}", "rule is missing"),
        ("obligation", CHAINED.format(rule="nothing"), "is chained to an unknown rule 'nothing'"),
        ("obligation", CHAINED.format(rule="one"), "is chained to one, but nothing that starts it satisfies one"),
        ("obligation", "suspends: [nothing]", "suspends an unknown rule 'nothing'"),
        ("effective_from_basis", "effective_from_basis: hearsay", "unknown effective_from_basis 'hearsay'"),
        ("sources", "sources: [{title: Somewhere, provision: p. 1, seen: glimpsed}]", "unknown seen 'glimpsed'"),
    ],
)
def test_each_fault_is_named(written: Written, field: str, text: str, fault: str) -> None:
    assert any(fault in found for found in faults_of(written, rule(**{field: text})))


DECIDED = "trigger_events: [referral.decided]"


def test_a_rule_is_chained_to_one_that_its_trigger_satisfies(written: Written) -> None:
    later = rule("later", trigger_events=f"{DECIDED}\n    {CHAINED.format(rule='one')}")
    chain = written(rule("one"), later).rule("later").chained_to
    assert chain is not None
    assert (chain.rule, chain.source.provision) == ("one", "s1")


def test_a_rule_is_not_chained_to_one_of_which_nothing_falls_due(written: Written) -> None:
    later = rule("later", trigger_events=f"{DECIDED}\n    {CHAINED.format(rule='one')}")
    undated = rule("one", limit="limit: {unit: local, counting: local_parameter}")
    assert faults_of(written, undated, later) == [
        "front_door.yaml:18: rule later is chained to one, of which nothing ever falls due"
    ]


def test_another_reading_is_of_every_round(written: Written) -> None:
    again = "repeat: {every: 2, unit: working_days, counting: wd_day0}\n    clock_from_previous: true"
    other = "other_reading: {number: 1, unit: calendar_days, counting: calendar_day0}"
    found = faults_of(written, rule("one", satisfied_by=f"satisfied_by: [referral.decided]\n    {again}\n    {other}"))
    assert found == [
        "front_door.yaml:14: other_reading is of every round, so repeat must have the same limit as the first"
    ]


def test_versions_of_one_rule_may_follow_but_not_overlap(written: Written) -> None:
    assert len(written(rule("one", end='"2018"'), rule("one", start='"2019"')).rules) == 2


def test_overlapping_versions_are_refused(written: Written) -> None:
    found = faults_of(written, rule("one", end='"2019"'), rule("one", start='"2019-06"'))
    assert found == [
        "front_door.yaml:18: one is in force at the same time as another version of one, at front_door.yaml:3"
    ]


LOCAL = """\
local_authority: Anyshire
standards:
  - rule: {rule}
    limit: {{number: 24, unit: hours, counting: elapsed_hours}}
    note: Anyshire asks for a day.
    sources: [{{title: Anyshire procedures, provision: page 2, seen: primary}}]
"""


def test_a_local_standard_for_an_unknown_rule_is_refused(written: Written) -> None:
    found = faults_of(written, rule("decide"), local=LOCAL.format(rule="decid"))
    assert found == ["local.yaml:3: a local standard for an unknown rule 'decid'; did you mean 'decide'?"]


def test_two_local_standards_at_once_are_refused(written: Written) -> None:
    twice = LOCAL.format(rule="decide") + LOCAL.format(rule="decide").split("standards:\n")[1]
    assert "a second local standard for decide" in faults_of(written, rule("decide"), local=twice)[0]


def test_local_faults_come_together_with_those_of_the_book(written: Written) -> None:
    found = faults_of(written, rule("one", kind="kind: dreadline"), local=LOCAL.format(rule="two"))
    assert [line.split(":")[0] for line in found] == ["front_door.yaml", "local.yaml"]


def test_a_local_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(StatuteError, match="cannot be read"):
        load_book(Path("nowhere.yaml"))


def test_broken_yaml_is_refused_with_its_line(written: Written) -> None:
    assert faults_of(written, "  - id: [\n")[0].startswith("front_door.yaml:")
