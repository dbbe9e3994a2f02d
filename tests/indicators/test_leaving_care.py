"""Care leavers, drawn as tables."""

import pytest

from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

PEOPLE = """
    person_id born_on    died_on
    ann       1999-06-01 -
    ben       2002-07-01 -
    cat       1997-07-01 -
    dan       1999-06-01 2019-06-01
    eve       2000-02-29 -
    """
LEAVERS = """
    care_leaver_id child_id eligibility     started_on ended_on
    ann1           ann      relevant        2015-06-01 2017-06-01
    ann2           ann      former_relevant 2017-06-01 -
    ben1           ben      relevant        2018-07-01 -
    cat1           cat      former_relevant 2015-07-01 -
    dan1           dan      former_relevant 2017-06-01 -
    eve1           eve      qualifying      -          -
    """


def test_cohort_is_those_owed_a_service_aged_17_to_21_and_alive() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_leavers=LEAVERS,
        care_leaver_accommodation="""
        child_id accommodation suitable started_on
        ann      U             yes      2018-01-01
        ann      X             no       2019-06-30
        cat      U             yes      2018-01-01
        """,
    )
    assert counts(drawn, "147", "2019-05-31") == (2, 3)  # ann and cat housed; dan is not dead yet, ben is 16
    assert counts(drawn, "147", "2019-06-29") == (2, 2)
    assert counts(drawn, "147", "2019-06-30") == (1, 2)
    assert counts(drawn, "147", "2019-07-01") == (0, 2)  # cat is 22, ben is 17
    assert set(reasons(drawn, "147", "2019-06-30")) == {"ann2", "cat1"}


def test_activity_plan_adviser_and_contact() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_leavers=LEAVERS,
        care_leaver_activity="child_id activity started_on\nann F2 2018-09-01\ncat G5 2018-09-01\ncat P5 2019-07-01",
        pathway_plans="child_id kind completed_on\nann review 2016-01-01\ncat needs_assessment 2016-01-01",
        personal_advisers="child_id started_on ended_on\nann - -\ncat 2016-01-01 2019-06-30",
        care_leaver_contacts="""
        child_id contacted_on in_touch visit
        ann      2019-03-31   YES      -
        cat      2019-03-29   YES      -
        cat      2019-06-01   NO       no
        """,
    )
    assert figure(drawn, "148", "2019-06-30") == (1, 2, 50.0)
    assert figure(drawn, "CSC058", "2019-06-30") == (1, 2, 50.0)
    assert figure(drawn, "CSC059", "2019-06-30") == (1, 2, 50.0)
    assert counts(drawn, "CSC060", "2019-06-29") == (1, 2)
    assert counts(drawn, "CSC060", "2019-06-30") == (0, 2)  # 31 March is three months ago to the day


@pytest.mark.parametrize(("state", "expected"), [("YES", (1, 1)), ("REFU", (1, 1)), ("RHOM", (0, 0)), ("DIED", (0, 0))])
def test_birthday_cohort_leaves_out_those_who_died_or_went_home(state: str, expected: tuple[int, int]) -> None:
    drawn = dataset(
        people="person_id born_on\nann 1999-06-01",
        care_leavers="child_id eligibility\nann former_relevant",
        care_leaver_activity="child_id activity started_on\nann F2 2018-09-01",
        care_leaver_contacts=f"child_id contacted_on in_touch\nann 2019-05-20 {state}",
    )
    assert counts(drawn, "CL_EET", "2019-06-30") == expected


def test_leap_day_birthday_falls_on_the_first_of_march() -> None:
    drawn = dataset(
        people="person_id born_on\neve 2000-02-29",
        care_leavers="child_id eligibility\neve former_relevant",
        care_leaver_activity="child_id activity started_on\neve F2 2018-09-01",
    )
    assert counts(drawn, "CL_EET", "2019-02-28") == (0, 0)
    assert counts(drawn, "CL_EET", "2019-03-01") == (1, 1)


def test_home_that_is_not_known_is_left_out_and_none_recorded_is_not_suitable() -> None:
    drawn = dataset(
        people="person_id born_on\nann 1999-06-01\nben 1999-06-01\ncat 1999-06-01",
        care_leavers="child_id eligibility\nann former_relevant\nben former_relevant\ncat -",
        care_leaver_accommodation="child_id accommodation suitable started_on\nann U yes 2019-01-01\nben R "
        "- 2019-01-01",
        care_leaver_contacts="child_id contacted_on in_touch\nann 2019-05-20 NO",
    )
    assert figure(drawn, "CL_ACCOM", "2019-06-30") == (1, 2, 50)
    assert figure(drawn, "CL_TOUCH", "2019-06-30") == (1, 3, 33)


def test_staying_put_is_of_those_fostered_at_eighteen() -> None:
    drawn = dataset(
        people="person_id born_on\nann 2000-06-01\nben 2000-06-01\ncat 2000-06-01",
        care_periods="child_id started_on ended_on\nann 2010-01-01 2018-06-01\nben 2010-01-01 2018-06-01\n"
        "cat 2010-01-01 2018-06-01",
        placements="child_id started_on placement_type\nann 2010-01-01 U4\nben 2010-01-01 K2\ncat 2010-01-01 U6",
        care_leaver_accommodation="child_id accommodation started_on\nann Z 2018-06-01\nben Z "
        "2018-06-01\ncat Z 2018-06-01\n"
        "cat U 2019-06-01",
    )
    assert figure(drawn, "CL_STAYPUT", "2019-06-30") == (1, 2, 50)
