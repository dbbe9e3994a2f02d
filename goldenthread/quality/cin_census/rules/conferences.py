"""Rules on section 47 enquiries and the initial conferences they lead to."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import (
    Place,
    at_weekend,
    overlapping,
    same_dates,
    same_episode,
    undated,
    wherever,
    within_year,
    yes,
)
from goldenthread.quality.conditions import Expr, any_in, blank, col, count_in, differ, is_true
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"
EPISODE = ("LAchildID", "CINdetailsID")


def _unfinished(of: str = "") -> Expr:
    return undated(f"{of}DateOfInitialCPC") & ~is_true(yes(f"{of}ICPCnotRequired"))


# A plan beside the enquiries of its episode that may lead to a conference: it must start on the day of one of them.
BESIDE = same_episode() & ~is_true(yes("other_ICPCnotRequired")) & within_year("CPPstartDate")
TOGETHER = BESIDE & is_true(col("CPPstartDate") == col("other_DateOfInitialCPC"))
NO_CONFERENCE_THAT_DAY = is_true(BESIDE) & ~any_in("row", TOGETHER)

RULES: tuple[Rule, ...] = (
    Rule(
        code="2884",
        says="One initial conference is given twice, in the episode and in a section 47 enquiry. Remove one of them.",
        fields=("Section47.DateOfInitialCPC", "CINdetails.DateOfInitialCPC"),
        needs=("Section47", "CINdetails"),
        source=f"{GUIDE}, rule 2884",
        on=("Section47", "CINdetails"),
        where=col("DateOfInitialCPC") == col("other_DateOfInitialCPC"),
        examples="""
            Section47  1 CINdetailsID=1 DateOfInitialCPC=2025-05-26    !
            CINdetails 1 CINdetailsID=2 DateOfInitialCPC=2025-05-26    !
            CINdetails 1 CINdetailsID=3 DateOfInitialCPC=2025-05-27       # boundary: another day
            Section47  2 CINdetailsID=4                                   # missing: both
            CINdetails 2 CINdetailsID=4
        """,
    ),
    Rule(
        code="2885",
        says="This child protection plan does not start on the day of its initial conference. Correct either date.",
        fields=("ChildProtectionPlans.CPPstartDate", "Section47.DateOfInitialCPC", "CINdetails.DateOfInitialCPC"),
        needs=("ChildProtectionPlans", "Section47", "CINdetails"),
        source=f"{GUIDE}, rule 2885",
        search=wherever(
            Place(("ChildProtectionPlans", "Section47"), NO_CONFERENCE_THAT_DAY, {"ChildProtectionPlans": "row"}),
            Place(
                ("ChildProtectionPlans", "Section47"),
                NO_CONFERENCE_THAT_DAY & ~any_in("other_row", TOGETHER),
                {"Section47": "other_row"},
            ),
            Place(
                ("ChildProtectionPlans", "CINdetails"),
                same_episode()
                & within_year("CPPstartDate")
                & blank("episode_enquiries")
                & differ("CPPstartDate", "other_DateOfInitialCPC"),
                {"ChildProtectionPlans": "row", "CINdetails": "other_row"},
            ),
        ),
        examples="""
            CINdetails           1 CINdetailsID=1 DateOfInitialCPC=2025-05-26
            Section47            1 CINdetailsID=1 DateOfInitialCPC=2025-05-27 ICPCnotRequired=0    !
            ChildProtectionPlans 1 CINdetailsID=1 CPPstartDate=2025-05-26                          !
            CINdetails           2 CINdetailsID=2 DateOfInitialCPC=2025-05-26
            Section47            2 CINdetailsID=2 ICPCnotRequired=TRUE
            ChildProtectionPlans 2 CINdetailsID=2 CPPstartDate=2025-05-26    # boundary: on the day
            CINdetails           3 CINdetailsID=3                            !
            ChildProtectionPlans 3 CINdetailsID=3 CPPstartDate=2025-05-26    !
            ChildProtectionPlans 3 CINdetailsID=3                            # missing
        """,
    ),
    Rule(
        code="8839",
        says="Two or more enquiries of this episode have neither a conference nor the flag that none was needed.",
        fields=("Section47.DateOfInitialCPC", "Section47.ICPCnotRequired"),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8839",
        on="Section47",
        where=_unfinished() & (count_in(EPISODE, _unfinished()) > 1),
        examples="""
            Section47 1 CINdetailsID=1 ICPCnotRequired=0 !
            Section47 1 CINdetailsID=1 ICPCnotRequired=0 !
            Section47 1 CINdetailsID=2 ICPCnotRequired=0       # boundary: one, and one that needs none
            Section47 1 CINdetailsID=2 ICPCnotRequired=TRUE
            Section47 2 ICPCnotRequired=0                      # missing: their episode
            Section47 2 ICPCnotRequired=0
        """,
    ),
    Rule(
        code="8870Q",
        says="The target date for this initial conference is a Saturday or Sunday. Check how it was worked out.",
        fields=("Section47.InitialCPCtarget",),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8870Q",
        on="Section47",
        where=at_weekend("InitialCPCtarget"),
        severity=Severity.QUERY,
        examples="""
            Section47 1 InitialCPCtarget=2025-05-24 !
            Section47 2 InitialCPCtarget=2025-05-25 !
            Section47 3 InitialCPCtarget=2025-05-23      # boundary: the Friday
            Section47 4 InitialCPCtarget=2025-05-26
            Section47 5                                  # missing
        """,
    ),
    Rule(
        code="8875",
        says="This initial conference is dated on a Saturday or Sunday. Correct the date.",
        fields=("Section47.DateOfInitialCPC",),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8875",
        on="Section47",
        where=at_weekend("DateOfInitialCPC"),
        examples="""
            Section47 1 DateOfInitialCPC=2025-05-24 !
            Section47 2 DateOfInitialCPC=2025-05-25 !
            Section47 3 DateOfInitialCPC=2025-05-26      # boundary: the Monday
            Section47 4                                  # missing
        """,
    ),
    Rule(
        code="8890",
        says="Two section 47 enquiries of this episode were under way at the same time. Correct their dates.",
        fields=("Section47.S47ActualStartDate", "Section47.DateOfInitialCPC"),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8890",
        on=("Section47", "Section47"),
        where=same_episode()
        & overlapping("S47ActualStartDate", "DateOfInitialCPC", is_open=_unfinished)
        & ~same_dates("S47ActualStartDate", "DateOfInitialCPC"),
        points={"Section47": "row"},
        examples="""
            Section47 1 CINdetailsID=1 S47ActualStartDate=2025-05-26 DateOfInitialCPC=2025-06-13    !
            Section47 1 CINdetailsID=1 S47ActualStartDate=2025-06-13 ICPCnotRequired=1              !
            Section47 2 CINdetailsID=2 S47ActualStartDate=2025-05-26 DateOfInitialCPC=2025-06-13
            Section47 2 CINdetailsID=2 S47ActualStartDate=2025-06-14 ICPCnotRequired=1    # boundary: the day after
            Section47 3 CINdetailsID=3 S47ActualStartDate=2025-05-26 ICPCnotRequired=1
            Section47 3 CINdetailsID=3 S47ActualStartDate=2025-06-13 ICPCnotRequired=1
            Section47 4 S47ActualStartDate=2025-05-26                                     # missing: their episode
            Section47 4 S47ActualStartDate=2025-05-27
        """,
    ),
)
