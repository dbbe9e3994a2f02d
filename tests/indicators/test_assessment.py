"""Assessments and section 47 enquiries, drawn as tables."""

import pytest

from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

# Monday 1 April 2019; Good Friday was 19 April, Easter Monday 22 April, the May holidays 6 and 27 May.
ASSESSMENTS = """
    assessment_id child_id kind   started_on authorised_on
    same_day      ann      single 2019-04-01 2019-04-01
    ten           ben      single 2019-04-01 2019-04-15
    eleven        cat      single 2019-04-01 2019-04-16
    forty_five    dan      -      2019-04-01 2019-06-07
    forty_six     eve      single 2019-04-01 2019-06-10
    backwards     fay      single 2019-04-02 2019-04-01
    initial       gus      initial 2019-04-01 2019-04-08
    unfinished    hal      single 2019-04-01 -
    """


@pytest.mark.parametrize(
    ("band", "numerator"), [("0-10", 2), ("11-30", 1), ("31-45", 1), ("within-45", 4), ("over-45", 1)]
)
def test_assessments_fall_in_the_band_of_their_working_days(band: str, numerator: int) -> None:
    assert counts(dataset(assessments=ASSESSMENTS), f"CSC020/{band}", "2019-06-30") == (numerator, 5)


def test_the_bands_and_the_rest_make_the_whole() -> None:
    drawn = dataset(assessments=ASSESSMENTS)
    whole = sum(counts(drawn, f"CSC020/{band}", "2019-06-30")[0] or 0 for band in ("0-10", "11-30", "31-45", "over-45"))
    assert whole == 5


def test_printed_and_published_measure_of_45_days_are_one() -> None:
    drawn = dataset(assessments=ASSESSMENTS)
    assert figure(drawn, "EFL3", "2019-06-30") == figure(drawn, "ASSESS_45", "2019-06-30") == (4, 5, 80.0)


def test_assessment_authorised_before_it_started_is_left_out() -> None:
    found = reasons(dataset(assessments=ASSESSMENTS), "EFL3", "2019-06-30")
    assert found["backwards"].startswith("Left out")
    assert "initial" not in found
    assert "unfinished" not in found


def test_enquiries_count_on_the_day_they_start() -> None:
    drawn = dataset(
        population="authority year children\nYork 2019 37000",
        section_47_enquiries="child_id started_on\nann 2019-04-01\nann 2019-06-30\nben 2019-03-31\ncat 2019-07-01",
    )
    assert figure(drawn, "CSC050", "2019-06-30") == (2, 37000, 0.54)


def test_child_not_recorded_as_seen_is_not_seen_in_time() -> None:
    drawn = dataset(
        section_47_enquiries="""
        section_47_id child_id started_on started_at       child_first_seen_on child_first_seen_at
        at_once       ann      2019-04-05 2019-04-05T10:00 2019-04-05          -
        next_day      ben      2019-04-05 2019-04-05T10:00 2019-04-06          2019-04-06T10:00
        too_late      cat      2019-04-05 2019-04-05T10:00 2019-04-06          2019-04-06T10:01
        never         dan      2019-04-05 2019-04-05T10:00 -                   -
        """,
    )
    assert figure(drawn, "SEEN_24H", "2019-06-30") == (2, 4, 50.0)
    assert reasons(drawn, "SEEN_24H", "2019-06-30")["never"] == "No day on which the child was seen is recorded."


def test_five_working_days_run_from_the_day_that_an_accepted_referral_was_received() -> None:
    drawn = dataset(
        referrals="""
        referral_id child_id received_on decided_on outcome           closed_on
        in_time     ann      2019-04-04  2019-04-05 assessment        -
        late        ben      2019-04-04  2019-04-05 assessment        -
        unseen      cat      2019-04-04  2019-04-05 assessment        -
        refused     dan      2019-04-04  2019-04-05 no_further_action -
        withdrawn   eve      2019-04-04  2019-04-05 assessment        2019-04-09
        fresh       fay      2019-06-27  2019-06-28 assessment        -
        """,
        assessments="""
        child_id referral_id started_on child_first_seen_on
        ann      in_time     2019-04-09 2019-04-11
        ben      late        2019-04-09 2019-04-12
        """,
    )
    assert counts(drawn, "SEEN_5WD", "2019-06-30") == (1, 3)
    found = reasons(drawn, "SEEN_5WD", "2019-06-30")
    assert found["unseen"] == "No day on which the child was seen is recorded."
    assert found["withdrawn"].startswith("Left out: it ended")
    assert found["fresh"].startswith("Left out: the child has not been seen, and there is time yet")
    assert "refused" not in found


def test_child_seen_on_a_visit_has_been_seen() -> None:
    drawn = dataset(
        section_47_enquiries="""
        section_47_id child_id started_on started_at       child_first_seen_on child_first_seen_at
        s1            ann      2019-04-05 2019-04-05T10:00 2019-04-09          2019-04-09T09:00
        """,
        visits="child_id kind visited_on visited_at seen\nann assessment 2019-04-05 2019-04-05T16:00 yes",
    )
    assert counts(drawn, "SEEN_24H", "2019-06-30") == (1, 1)
