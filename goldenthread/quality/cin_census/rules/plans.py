"""Rules on child in need plans and child protection plans: one at a time, with what each must hold."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import begins_during, overlapping, same_episode, undated
from goldenthread.quality.codes import codes
from goldenthread.quality.conditions import blank, blank_or_not_among, col, count_in, differ, given, is_true
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"


def _category(code: str, column: str, which: str) -> Rule:
    """The rule that a category of abuse is given, from the list."""
    return Rule(
        code=code,
        says=f"The {which} category of abuse is missing or is no code of the list. Give NEG, PHY, SAB, EMO or MUL.",
        fields=(f"ChildProtectionPlans.{column}",),
        needs=("ChildProtectionPlans",),
        source=f"{GUIDE}, rule {code}",
        on="ChildProtectionPlans",
        where=lambda year: blank_or_not_among(column, codes("abuse_category", year)),
        examples=f"""
            ChildProtectionPlans 1 {column}=neg !
            ChildProtectionPlans 2 {column}=NEG    # boundary: in capitals
            ChildProtectionPlans 3 !               # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="4001",
        says="A child in need plan and a child protection plan of this episode are both open. End one.",
        fields=("CINplanDates.CINPlanEndDate", "ChildProtectionPlans.CPPendDate"),
        needs=("ChildProtectionPlans", "CINplanDates"),
        source=f"{GUIDE}, rule 4001",
        on=("ChildProtectionPlans", "CINplanDates"),
        where=same_episode()
        & undated("CPPendDate")
        & given("other_CINPlanStartDate")
        & undated("other_CINPlanEndDate"),
        examples="""
            ChildProtectionPlans 1 CINdetailsID=1                                                                !
            CINplanDates         1 CINdetailsID=1 CINPlanStartDate=2025-05-26                                    !
            CINplanDates         1 CINdetailsID=1 CINPlanStartDate=2025-04-26 CINPlanEndDate=2025-05-25    # boundary
            CINplanDates         1 CINdetailsID=1    # missing start
            ChildProtectionPlans 2 CINdetailsID=2 CPPendDate=2025-05-25
            CINplanDates         2 CINdetailsID=2 CINPlanStartDate=2025-05-25
        """,
    ),
    Rule(
        code="4003",
        says="A child protection review was held while a child in need plan ran. Correct the dates.",
        fields=(
            "CINplanDates.CINPlanStartDate",
            "CINplanDates.CINPlanEndDate",
            "Reviews.CPPreviewDate",
            "ChildProtectionPlans.CPPendDate",
        ),
        needs=("ChildProtectionPlans", "CINplanDates", "Reviews"),
        source=f"{GUIDE}, rule 4003",
        on=("Reviews", "CINplanDates"),
        where=given("plan_row")
        & (col("CPPreviewDate") >= col("other_CINPlanStartDate"))
        & (undated("other_CINPlanEndDate") | is_true(col("CPPreviewDate") < col("other_CINPlanEndDate")))
        & differ("CPPreviewDate", "plan_CPPendDate"),
        points={"Reviews": "row", "CINplanDates": "other_row", "ChildProtectionPlans": "plan_row"},
        examples="""
            ChildProtectionPlans 1 CINdetailsID=1 CPPID=1                                         !
            Reviews              1 CINdetailsID=1 CPPID=1 CPPreviewDate=2025-05-26                !
            CINplanDates         1 CINPlanStartDate=2025-05-26 CINPlanEndDate=2025-06-26          !
            CINplanDates         1 CINPlanStartDate=2025-04-26 CINPlanEndDate=2025-05-26          # boundary: it ended
            ChildProtectionPlans 2 CINdetailsID=2 CPPID=2 CPPendDate=2025-05-26
            Reviews              2 CINdetailsID=2 CPPID=2 CPPreviewDate=2025-05-26                   # the last review
            Reviews              2 CINdetailsID=2 CPPID=2                                            # missing
            CINplanDates         2 CINPlanStartDate=2025-05-26
        """,
    ),
    Rule(
        code="4004",
        says="More than one child in need plan of this episode is open. End the earlier ones.",
        fields=("CINplanDates.CINPlanEndDate",),
        needs=("CINplanDates",),
        source=f"{GUIDE}, rule 4004",
        on="CINplanDates",
        where=count_in(("LAchildID", "CINdetailsID"), undated("CINPlanEndDate")) > 1,
        examples="""
            CINplanDates 1 CINdetailsID=1 !
            CINplanDates 1 CINdetailsID=1 !
            CINplanDates 1 CINdetailsID=2                              # boundary: one
            CINplanDates 1 CINdetailsID=2 CINPlanEndDate=2025-05-26
            CINplanDates 2                                             # missing: their episode
            CINplanDates 2
        """,
    ),
    Rule(
        code="4014",
        says="Two child in need plans of this child overlap. Correct their dates.",
        fields=("CINplanDates.CINPlanStartDate", "CINplanDates.CINPlanEndDate"),
        needs=("CINplanDates",),
        source=f"{GUIDE}, rule 4014",
        on=("CINplanDates", "CINplanDates"),
        where=overlapping("CINPlanStartDate", "CINPlanEndDate"),
        points={"CINplanDates": "row"},
        examples="""
            CINplanDates 1 CINPlanStartDate=2025-05-26 CINPlanEndDate=2025-06-26    !
            CINplanDates 1 CINPlanStartDate=2025-06-26                              !
            CINplanDates 2 CINPlanStartDate=2025-05-26 CINPlanEndDate=2025-06-26
            CINplanDates 2 CINPlanStartDate=2025-06-27                                 # boundary: the day after
            CINplanDates 3 CINPlanStartDate=2025-05-26
            CINplanDates 3                                                             # missing
        """,
    ),
    Rule(
        code="4016",
        says="A child in need plan starts while a child protection plan runs. A child has one at a time.",
        fields=(
            "CINplanDates.CINPlanStartDate",
            "ChildProtectionPlans.CPPstartDate",
            "ChildProtectionPlans.CPPendDate",
        ),
        needs=("ChildProtectionPlans", "CINplanDates"),
        source=f"{GUIDE}, rule 4016",
        on=("CINplanDates", "ChildProtectionPlans"),
        where=begins_during(
            col("CINPlanStartDate"),
            col("other_CPPstartDate"),
            col("other_CPPendDate"),
            undated("other_CPPendDate"),
            last_day=False,
        ),
        examples="""
            ChildProtectionPlans 1 CPPstartDate=2025-05-26 CPPendDate=2025-08-26    !
            CINplanDates         1 CINPlanStartDate=2025-08-25                      !
            CINplanDates         1 CINPlanStartDate=2025-08-26                      # boundary: the day it ended
            ChildProtectionPlans 2 CPPstartDate=2025-05-26                          !
            CINplanDates         2 CINPlanStartDate=2025-05-26                      !
            CINplanDates         2                                                     # missing
        """,
    ),
    Rule(
        code="4017",
        says="A child protection plan starts while a child in need plan runs. A child has one at a time.",
        fields=("CINplanDates.CINPlanStartDate", "CINplanDates.CINPlanEndDate", "ChildProtectionPlans.CPPstartDate"),
        needs=("ChildProtectionPlans", "CINplanDates"),
        source=f"{GUIDE}, rule 4017",
        on=("ChildProtectionPlans", "CINplanDates"),
        where=begins_during(
            col("CPPstartDate"),
            col("other_CINPlanStartDate"),
            col("other_CINPlanEndDate"),
            undated("other_CINPlanEndDate"),
            last_day=False,
        ),
        examples="""
            CINplanDates         1 CINPlanStartDate=2025-05-26 CINPlanEndDate=2025-08-26    !
            ChildProtectionPlans 1 CPPstartDate=2025-08-25                                  !
            ChildProtectionPlans 1 CPPstartDate=2025-08-26                                  # boundary: the day it ended
            CINplanDates         2 CINPlanStartDate=2025-05-26                              !
            ChildProtectionPlans 2 CPPstartDate=2025-05-26                                  !
            ChildProtectionPlans 2                                                             # missing
        """,
    ),
    Rule(
        code="8730",
        says="Give how many child protection plans the child had before this one: a whole number, 0 for the first.",
        fields=("ChildProtectionPlans.NumberOfPreviousCPP",),
        needs=("ChildProtectionPlans",),
        source=f"{GUIDE}, rule 8730",
        on="ChildProtectionPlans",
        where=blank("NumberOfPreviousCPP") | (col("NumberOfPreviousCPP") < 0),
        examples="""
            ChildProtectionPlans 1 NumberOfPreviousCPP=-1 !
            ChildProtectionPlans 2 NumberOfPreviousCPP=0       # boundary: the first plan
            ChildProtectionPlans 3 NumberOfPreviousCPP=none !
            ChildProtectionPlans 4 !                           # missing
        """,
    ),
    Rule(
        code="8842Q",
        says="A review of this child protection plan has no date. Give the date, or remove the review.",
        fields=("Reviews.CPPreviewDate",),
        needs=("Reviews",),
        source=f"{GUIDE}, rule 8842Q",
        on="Reviews",
        where=blank("CPPreviewDate"),
        severity=Severity.QUERY,
        examples="""
            Reviews 1 CPPreviewDate=2025-02-29 !    # boundary: a day that does not exist
            Reviews 2 CPPreviewDate=2025-02-28
            Reviews 3 !                             # missing
        """,
    ),
    _category("8905", "InitialCategoryOfAbuse", "initial"),
    _category("8910", "LatestCategoryOfAbuse", "latest"),
    Rule(
        code="8935",
        says="This child has more than one open child protection plan. End the earlier ones.",
        fields=("ChildProtectionPlans.CPPendDate",),
        needs=("ChildProtectionPlans",),
        source=f"{GUIDE}, rule 8935",
        on="ChildProtectionPlans",
        where=undated("CPPendDate") & (count_in("LAchildID", undated("CPPendDate")) > 1),
        examples="""
            ChildProtectionPlans 1 CINdetailsID=1 !
            ChildProtectionPlans 1 CINdetailsID=2 !
            ChildProtectionPlans 2                             # boundary: one
            ChildProtectionPlans 2 CPPendDate=2025-05-26
            ChildProtectionPlans -                             # missing: whose they are
            ChildProtectionPlans -
        """,
    ),
    Rule(
        code="8940",
        says="Two child protection plans of this child overlap. Correct their dates.",
        fields=("ChildProtectionPlans.CPPstartDate", "ChildProtectionPlans.CPPendDate"),
        needs=("ChildProtectionPlans",),
        source=f"{GUIDE}, rule 8940",
        on=("ChildProtectionPlans", "ChildProtectionPlans"),
        where=overlapping("CPPstartDate", "CPPendDate"),
        points={"ChildProtectionPlans": "row"},
        examples="""
            ChildProtectionPlans 1 CINdetailsID=1 CPPID=1 CPPstartDate=2025-05-26 CPPendDate=2025-08-26    !
            ChildProtectionPlans 1 CINdetailsID=2 CPPID=1 CPPstartDate=2025-08-26                          !
            ChildProtectionPlans 2 CPPstartDate=2025-05-26 CPPendDate=2025-08-26
            ChildProtectionPlans 2 CPPstartDate=2025-08-27                                # boundary: the day after
            ChildProtectionPlans 3 CPPstartDate=2025-05-26
            ChildProtectionPlans 3                                                        # missing
        """,
    ),
)
