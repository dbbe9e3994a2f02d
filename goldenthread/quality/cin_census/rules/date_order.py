"""Rules on dates in the wrong order: before the referral, and an end before its beginning."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import same_episode, same_plan
from goldenthread.quality.conditions import blank, col, given, is_true, plus_days
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"
DAYS_OF_PREGNANCY = 280
"""Forty weeks (rule 8606)."""


def _before_referral(code: str, what: str, table: str, day: str) -> Rule:
    """The rule that `day` is not before the referral of its episode."""
    return Rule(
        code=code,
        says=f"{what} before the referral of its episode. Correct the date, or move the record to the right episode.",
        fields=(f"{table}.{day}", "CINdetails.CINreferralDate"),
        needs=(table, "CINdetails"),
        source=f"{GUIDE}, rule {code}",
        on=(table, "CINdetails"),
        where=same_episode() & (col(day) < col("other_CINreferralDate")),
        examples=f"""
            CINdetails 1 CINdetailsID=1 CINreferralDate=2025-05-26    !
            {table}    1 CINdetailsID=1 {day}=2025-05-25              !
            {table}    1 CINdetailsID=1 {day}=2025-05-26                 # boundary: on the day
            CINdetails 1 CINdetailsID=2 CINreferralDate=2025-06-26
            {table}    1 CINdetailsID=2                                  # missing
        """,
    )


def _never_before(code: str, says: str, table: str, start: str, end: str) -> Rule:
    """The rule that `end` is not before `start` of the same row."""
    return Rule(
        code=code,
        says=f"{says} Correct one of the dates.",
        fields=(f"{table}.{start}", f"{table}.{end}"),
        needs=(table,),
        source=f"{GUIDE}, rule {code}",
        on=table,
        where=col(end) < col(start),
        examples=f"""
            {table} 1 {start}=2025-05-26 {end}=2025-05-25 !
            {table} 2 {start}=2025-05-26 {end}=2025-05-26    # boundary: on one day
            {table} 3 {start}=2025-05-26                     # missing
        """,
    )


def _on_one_day(code: str, says: str, table: str, start: str, end: str, severity: Severity) -> Rule:
    """The rule that a plan does not end on the day it starts."""
    return Rule(
        code=code,
        says=says,
        fields=(f"{table}.{start}", f"{table}.{end}"),
        needs=(table,),
        source=f"{GUIDE}, rule {code}",
        on=table,
        where=col(start) == col(end),
        severity=severity,
        examples=f"""
            {table} 1 {start}=2025-05-26 {end}=2025-05-26 !
            {table} 2 {start}=2025-05-26 {end}=2025-05-27    # boundary: a day later
            {table} 3                                        # missing: both
        """,
    )


RULES: tuple[Rule, ...] = (
    _before_referral("1103", "This assessment starts", "Assessments", "AssessmentActualStartDate"),
    _before_referral("1104", "This initial conference was held", "Section47", "DateOfInitialCPC"),
    _before_referral("1105", "This child protection plan starts", "ChildProtectionPlans", "CPPstartDate"),
    _before_referral("2889", "This section 47 enquiry starts", "Section47", "S47ActualStartDate"),
    _before_referral("4015", "This child in need plan starts", "CINplanDates", "CINPlanStartDate"),
    _never_before(
        "4011", "This child in need plan ends before it starts.", "CINplanDates", "CINPlanStartDate", "CINPlanEndDate"
    ),
    _on_one_day(
        "4012Q",
        "This child in need plan starts and ends on one day. Check both dates.",
        "CINplanDates",
        "CINPlanStartDate",
        "CINPlanEndDate",
        Severity.QUERY,
    ),
    Rule(
        code="8606",
        says="The referral is more than 40 weeks before the child's birth, or expected birth. Correct either date.",
        fields=(
            "CINdetails.CINreferralDate",
            "ChildIdentifiers.PersonBirthDate",
            "ChildIdentifiers.ExpectedPersonBirthDate",
        ),
        needs=("CINdetails", "ChildIdentifiers"),
        source=f"{GUIDE}, rule 8606",
        on=("CINdetails", "ChildIdentifiers"),
        where=is_true(col("CINreferralDate") < plus_days(col("other_PersonBirthDate"), -DAYS_OF_PREGNANCY))
        | is_true(col("CINreferralDate") < plus_days(col("other_ExpectedPersonBirthDate"), -DAYS_OF_PREGNANCY)),
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2026-01-26            !
            CINdetails       1 CINreferralDate=2025-04-20            !
            CINdetails       1 CINreferralDate=2025-04-21               # boundary: 280 days before
            ChildIdentifiers 2 ExpectedPersonBirthDate=2026-01-26    !
            CINdetails       2 CINreferralDate=2025-04-20            !
            ChildIdentifiers 3                                          # missing: both
            CINdetails       3 CINreferralDate=2025-04-20
        """,
    ),
    _never_before(
        "8608",
        "This assessment was authorised before it started.",
        "Assessments",
        "AssessmentActualStartDate",
        "AssessmentAuthorisationDate",
    ),
    Rule(
        code="8615",
        says="A conference was held, but the enquiry's start is missing or later. Give or correct the start date.",
        fields=("Section47.S47ActualStartDate", "Section47.DateOfInitialCPC"),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8615",
        on="Section47",
        where=given("DateOfInitialCPC")
        & (blank("S47ActualStartDate") | is_true(col("S47ActualStartDate") > col("DateOfInitialCPC"))),
        examples="""
            Section47 1 S47ActualStartDate=2025-05-27 DateOfInitialCPC=2025-05-26 !
            Section47 2 S47ActualStartDate=2025-05-26 DateOfInitialCPC=2025-05-26    # boundary: on one day
            Section47 3 DateOfInitialCPC=2025-05-26 !                                # missing start
            Section47 4 S47ActualStartDate=2025-05-26
        """,
    ),
    _never_before(
        "8630", "This episode closed before it was referred.", "CINdetails", "CINreferralDate", "CINclosureDate"
    ),
    _on_one_day(
        "8840",
        "This child protection plan starts and ends on one day. Correct the dates, or remove the plan.",
        "ChildProtectionPlans",
        "CPPstartDate",
        "CPPendDate",
        Severity.ERROR,
    ),
    Rule(
        code="8841",
        says="This review was held on or before the day its child protection plan started. Correct one of the dates.",
        fields=("ChildProtectionPlans.CPPstartDate", "Reviews.CPPreviewDate"),
        needs=("ChildProtectionPlans", "Reviews"),
        source=f"{GUIDE}, rule 8841",
        on=("Reviews", "ChildProtectionPlans"),
        where=same_plan() & (col("CPPreviewDate") <= col("other_CPPstartDate")),
        examples="""
            ChildProtectionPlans 1 CINdetailsID=1 CPPID=1 CPPstartDate=2025-05-26     !
            Reviews              1 CINdetailsID=1 CPPID=1 CPPreviewDate=2025-05-26    !
            Reviews              1 CINdetailsID=1 CPPID=1 CPPreviewDate=2025-05-27       # boundary: the day after
            Reviews              1 CINdetailsID=1 CPPID=1                                # missing
            ChildProtectionPlans 1 CINdetailsID=2 CPPID=2 CPPstartDate=2025-08-26
        """,
    ),
    _never_before(
        "8925",
        "This child protection plan ends before it starts.",
        "ChildProtectionPlans",
        "CPPstartDate",
        "CPPendDate",
    ),
)
