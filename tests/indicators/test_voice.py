"""The child's voice, drawn as tables."""

from indicators.drawn import dataset
from indicators.figure import counts, reasons

PEOPLE = """
    person_id born_on
    ann       2010-01-01
    ben       2001-05-01
    cat       2019-04-10
    dan       -
    """
PLANS = """
    child_id started_on ended_on
    ann      2019-01-01 2019-06-01
    cat      2019-01-01 -
    dan      2019-01-01 -
    """
CARE = """
    child_id started_on short_breaks_only
    ann      2019-03-01 -
    ben      2018-01-01 no
    """
WORDS = """
    words_id child_id said_on    answered_on
    one      ann      2019-02-28 2019-03-02
    two      ann      2019-03-01 -
    three    ben      2018-12-31 2019-01-31
    four     cat      2019-05-01 -
    """
DRAWN = dataset(people=PEOPLE, cp_plans=PLANS, care_periods=CARE, words=WORDS)


def test_a_child_on_a_plan_or_looked_after_is_counted_once_and_heard_for_three_months() -> None:
    assert counts(DRAWN, "VOICE_HEARD", "2019-03-30") == (2, 2)  # ann is on both; ben's last day of three months
    assert counts(DRAWN, "VOICE_HEARD", "2019-03-31") == (1, 2)
    assert counts(DRAWN, "VOICE_HEARD", "2019-05-01") == (2, 2)  # cat was born in April, ben came of age; dan unknown
    assert counts(DRAWN, "VOICE_HEARD", "2019-05-31") == (2, 2)
    assert counts(DRAWN, "VOICE_HEARD", "2019-06-01") == (1, 2)  # ann's words of 1 March are three months old
    said = reasons(DRAWN, "VOICE_HEARD", "2019-06-01")
    assert said["ann"].startswith("No words of the child") and said["cat"].startswith("The child's own words")


def test_words_count_by_the_day_they_were_said_and_are_answered_once_it_is_written_what_changed() -> None:
    assert counts(DRAWN, "VOICE_ANSWERED", "2019-06-30") == (2, 4)
    assert counts(DRAWN, "VOICE_ANSWERED", "2018-12-31") == (1, 1)
    assert reasons(DRAWN, "VOICE_ANSWERED", "2019-06-30")["four"].startswith("Nothing is written down yet")
