"""Prompts: what they find, what they leave alone."""

import pytest

from casework.planning.prompts import prompts_of
from casework.planning.reading_age import reading_age
from casework.planning.saying import sayings

PLAIN = "You need to take Kit to school by 9 each day. Put the phone away at 8. We will ring you on Friday."
HARD = (
    "Parental engagement with commissioned substance misuse interventions is anticipated throughout the intervention "
    "period, notwithstanding previously identified difficulties regarding transportation."
)


@pytest.mark.parametrize(
    ("form", "answers", "fields"),
    [
        ("need", {"what": "", "outcome": ""}, []),  # not begun
        ("need", {"what": "Sleep", "outcome": ""}, ["outcome"]),
        ("need", {"what": "Sleep", "outcome": "Kit is asleep by 9"}, []),
        ("need", {"what": "Sleep", "outcome": "Continue to be monitored"}, ["outcome", "outcome"]),
        ("need", {"what": "Sleep", "outcome": "Mo completes a course"}, ["outcome"]),
        ("action", {"what": "Ring the school", "owner": "Mo", "by_when": "2026-11-02"}, []),
        ("action", {"what": "Ensure he is safe", "owner": "Mo", "by_when": "3"}, ["what"]),
        ("action", {"what": "Ring the school", "owner": "", "by_when": ""}, ["owner", "by_when"]),
        ("family", {"parents_must": PLAIN}, []),
        ("family", {"parents_must": HARD}, ["parents_must", "parents_must"]),
        ("contingency", {"contingency": "", "decide_by": ""}, ["contingency", "decide_by"]),
        ("child", {"childs_view": " "}, ["childs_view"]),
    ],
)
def test_what_is_said(form: str, answers: dict[str, str], fields: list[str]) -> None:
    assert [one.field for one in prompts_of(form, answers)] == fields


def test_each_saying_has_a_reason_and_a_word_it_stands_for() -> None:
    for one in sayings().vague:
        assert one.why and "{word}" in one.says and one.places <= {"outcome", "action", "parents"}


def test_a_word_inside_another_is_not_found() -> None:
    assert prompts_of("need", {"what": "x", "outcome": "He sits in the support worker’s car without crying"}) == []
    assert prompts_of("need", {"what": "x", "outcome": "Kit reads the timetable"}) == []
    assert prompts_of("need", {"what": "x", "outcome": "Kit’s school attendance is 95 in 100 or more"}) == []
    assert prompts_of("need", {"what": "x", "outcome": "Kit’s bed is completely dry"}) == []


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("need", "Kit eats his main course and, of course, pudding", ""),
        ("need", "Kit watches his favourite programme before bed", ""),
        ("need", "Mum does a parenting course", "course"),
        ("need", "Kit is considerate to his sister", ""),
        ("need", "Mum considers moving", "considers"),
        ("need", "Dad goes to work on Mondays and Kit sleeps at Nan’s", ""),
        ("need", "Mum works and they work on his reading", "work on"),
        ("action", "Put the baby monitor by the cot", ""),
        ("action", "Monitor the cot", "Monitor"),
        ("action", "The support worker takes Kit to school at 8", ""),
        ("action", "Support worker to support Mum", "support"),
        ("action", "Mo gives the school their new address", ""),
        ("action", "Address the mess", "Address"),
        ("action", "Pay the child maintenance on the 1st", ""),
        ("action", "Maintain routines", "Maintain"),
    ],
)
def test_an_ordinary_sentence_raises_no_false_alarm(form: str, text: str, found: str) -> None:
    answers = {"need": {"what": "x", "outcome": text}, "action": {"what": text, "owner": "Mo", "by_when": "3"}}
    said = [one.says for one in prompts_of(form, answers[form])]
    assert [one[1 : one.index("”")] for one in said] == ([found] if found else [])


def test_the_reading_age_of_plain_words_is_low() -> None:
    assert reading_age(PLAIN) <= 8
    assert reading_age(HARD) >= 20
    assert reading_age("- Ring\n- Come\n- Sit") < 11  # lines are sentences
