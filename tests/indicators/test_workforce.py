"""The workforce, drawn as tables."""

from datetime import date

from indicators.drawn import dataset
from indicators.figure import counts, figure

WORKERS = """
    worker_id role          part_of            agency fte started_on left_on
    w1        social_worker childrens_services no     1.0 2010-01-01 -
    w2        social_worker childrens_services -      0.5 2010-01-01 2018-07-01
    w3        social_worker childrens_services yes    1.0 2018-01-01 -
    w4        other         childrens_services no     1.0 2010-01-01 -
    w5        social_worker childrens_services no     -   2010-01-01 -
    """


def test_vacant_posts_are_those_no_one_of_our_own_fills() -> None:
    drawn = dataset(
        workers=WORKERS,
        posts="""
        post_id role          fte worker_id started_on ended_on
        p1      social_worker 1.0 w1        2010-01-01 -
        p2      social_worker 0.5 w2        2010-01-01 2018-06-30
        p2      social_worker 0.5 -         2018-07-01 -
        p3      social_worker 1.0 w3        2018-01-01 -
        p4      other         1.0 -         2018-01-01 -
        """,
    )
    assert figure(drawn, "CSWF02", "2018-06-30") == (1.0, 2.5, 40.0)
    assert figure(drawn, "CSWF02", "2018-07-01") == (1.5, 2.5, 60.0)
    assert figure(drawn, "WF_AGENCY", "2018-07-01") == (1.0, 2.0, 50.0)


def test_turnover_looks_back_a_year_and_divides_by_those_in_post_now() -> None:
    drawn = dataset(workers=WORKERS)
    assert figure(drawn, "WF_TURN", "2019-06-30") == (0.5, 1.0, 50.0)
    assert figure(drawn, "WF_TURN", "2019-07-01") == (0, 1.0, 0.0)


def test_caseload_counts_only_workers_who_hold_cases() -> None:
    drawn = dataset(
        workers=WORKERS,
        allocations="""
        child_id worker_id started_on ended_on
        ann      w1        2019-01-01 -
        ben      w1        2019-01-01 -
        cat      w3        2019-01-01 2019-06-30
        dan      w4        2019-01-01 -
        eve      -         2019-01-01 -
        fay      w5        2019-01-01 -
        """,
    )
    assert figure(drawn, "WF_CASELOAD", "2019-06-29") == (3, 2.0, 1.5)
    assert figure(drawn, "WF_CASELOAD", "2019-06-30") == (2, 1.0, 2.0)


ABSENCES = """
    worker_id started_on ended_on   days_lost
    w1        2019-05-01 2019-05-10 8.0
    w1        2018-05-01 2018-06-30 9.0
    w2        2018-06-20 2018-07-01 2.5
    w1        2019-06-01 2019-06-02 -
    w3        2019-06-01 2019-06-03 3.0
    """


def test_sickness_divides_by_the_average_in_post_at_month_ends() -> None:
    drawn = dataset(workers=WORKERS, absences=ABSENCES)
    # Twelve months of two full-time workers; w2 has left, w3 is an agency worker, w5 has no full-time equivalent.
    assert figure(drawn, "STF100/childrens", "2019-06-30") == (10.5, 2.0, 5.25)
    assert figure(drawn, "WF_ABSENCE", "2019-06-30") == (10.5, 253.0, 4.2)


def test_the_rest_of_the_council_is_added_from_its_monthly_counts() -> None:
    months = [date(2018 + (month + 6) // 12, (month + 6) % 12 + 1, 1) for month in range(12)]
    ends = [date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal() - 1 for day in months]
    rows = "\n".join(f"rest_of_council {date.fromordinal(end)} 98 60 120 3" for end in ends)
    drawn = dataset(
        workers=WORKERS,
        absences=ABSENCES,
        workforce_counts=f"part_of month_end fte_in_post days_lost headcount leavers\n{rows}",
    )
    assert figure(drawn, "STF100", "2019-06-30") == (730.5, 100.0, 7.31)  # 7.305, half up
    assert figure(drawn, "STF202", "2019-06-30") == (37, 123, 30.08)
    assert counts(drawn, "STF202/childrens", "2019-06-30") == (1, 3)


def test_a_dataset_without_monthly_counts_cannot_answer_for_the_council() -> None:
    assert figure(dataset(workers=WORKERS, absences=ABSENCES), "STF100", "2019-06-30") == (None, None, None)
