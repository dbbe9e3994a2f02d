"""Rules on an episode of need: its referral, its need, its closure, and that a child has one at a time."""

from __future__ import annotations

from datetime import date

from goldenthread.quality.cin_census.words import NO, YES, no, overlapping, undated
from goldenthread.quality.codes import codes
from goldenthread.quality.conditions import blank, blank_or_not_among, col, count_in, given, is_true, not_among
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"
SOURCES_SINCE = date(2013, 4, 1)
"""Sources of referral have been collected since the census of 2013-14 (rule 8866)."""
AFTER_ASSESSMENT = ("RC8", "RC9")
"""Reasons for closure that say an assessment was made."""

OPEN_FOR_HELP = undated("CINclosureDate") & is_true(no("ReferralNFA"))
RULES: tuple[Rule, ...] = (
    Rule(
        code="8568",
        says="Say whether the referral led to no further action: true or false, 1 or 0.",
        fields=("CINdetails.ReferralNFA",),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8568",
        on="CINdetails",
        where=blank("ReferralNFA") | ~col("ReferralNFA").str.to_lowercase().is_in([*YES, *NO]),
        examples="""
            CINdetails 1 ReferralNFA=yes   !
            CINdetails 2 ReferralNFA=FALSE    # boundary: in capitals
            CINdetails 3 ReferralNFA=1
            CINdetails 4 !                    # missing
        """,
    ),
    Rule(
        code="8610",
        says="A referral that led to further action needs its primary need. Give the code (N0 where none was stated).",
        fields=("CINdetails.PrimaryNeedCode", "CINdetails.ReferralNFA"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8610",
        on="CINdetails",
        where=no("ReferralNFA") & blank("PrimaryNeedCode"),
        examples="""
            CINdetails 1 ReferralNFA=FALSE !
            CINdetails 2 ReferralNFA=0 PrimaryNeedCode=N0    # boundary: not stated is an answer
            CINdetails 3 ReferralNFA=1
            CINdetails 4                                     # missing
        """,
    ),
    Rule(
        code="8640",
        says="The reason for closure is no code of the list. Give one of RC1 to RC9.",
        fields=("CINdetails.ReasonForClosure",),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8640",
        on="CINdetails",
        where=lambda year: not_among("ReasonForClosure", codes("closure_reason", year)),
        examples="""
            CINdetails 1 ReasonForClosure=RC10 !
            CINdetails 2 ReasonForClosure=RC9     # boundary: the last of the list
            CINdetails 3                          # missing
        """,
    ),
    Rule(
        code="8650",
        says="The primary need is no code of the list. Give one of N0 to N9.",
        fields=("CINdetails.PrimaryNeedCode",),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8650",
        on="CINdetails",
        where=lambda year: not_among("PrimaryNeedCode", codes("primary_need", year)),
        examples="""
            CINdetails 1 PrimaryNeedCode=N10 !
            CINdetails 2 PrimaryNeedCode=N9     # boundary: the last of the list
            CINdetails 3                        # missing
        """,
    ),
    Rule(
        code="8805",
        says="The episode has a closure date and no reason. Give the reason, or remove the date if it is open.",
        fields=("CINdetails.CINclosureDate", "CINdetails.ReasonForClosure"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8805",
        on="CINdetails",
        where=given("CINclosureDate") & blank("ReasonForClosure"),
        examples="""
            CINdetails 1 CINclosureDate=2025-05-26 !
            CINdetails 2 CINclosureDate=2025-05-26 ReasonForClosure=RC1    # boundary: both
            CINdetails 3                                                   # missing: both
        """,
    ),
    Rule(
        code="8810",
        says="The episode has a reason for closure and no date. Give the date, or remove the reason if it is open.",
        fields=("CINdetails.ReasonForClosure", "CINdetails.CINclosureDate"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8810",
        on="CINdetails",
        where=given("ReasonForClosure") & blank("CINclosureDate"),
        examples="""
            CINdetails 1 ReasonForClosure=RC1 !
            CINdetails 2 CINclosureDate=2025-05-26 ReasonForClosure=RC1    # boundary: both
            CINdetails 3                                                   # missing: both
        """,
    ),
    Rule(
        code="8815",
        says="This child has more than one open episode. Close the earlier ones, or join them.",
        fields=("CINdetails.CINclosureDate", "CINdetails.ReferralNFA"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8815",
        on="CINdetails",
        where=undated("CINclosureDate") & (count_in("LAchildID", OPEN_FOR_HELP) > 1),
        examples="""
            CINdetails 1 ReferralNFA=FALSE !
            CINdetails 1 ReferralNFA=0     !
            CINdetails 2 ReferralNFA=0         # boundary: the other led to nothing
            CINdetails 2 ReferralNFA=1
            CINdetails 3 ReferralNFA=0
            CINdetails 3                       # missing
        """,
    ),
    Rule(
        code="8816",
        says="This open episode is followed by a later one. Close it, or correct the dates of referral.",
        fields=("CINdetails.CINreferralDate", "CINdetails.ReferralNFA"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8816",
        on=("CINdetails", "CINdetails"),
        where=((col("CINreferralDate") < col("other_CINreferralDate")) & OPEN_FOR_HELP)
        | (
            (col("other_CINreferralDate") < col("CINreferralDate"))
            & undated("other_CINclosureDate")
            & is_true(no("other_ReferralNFA"))
        ),
        points={"CINdetails": "row"},
        examples="""
            CINdetails 1 CINreferralDate=2025-05-26 ReferralNFA=FALSE            !
            CINdetails 1 CINreferralDate=2025-05-27 CINclosureDate=2025-06-01    !
            CINdetails 2 CINreferralDate=2025-05-26 ReferralNFA=0                    # boundary: on the same day
            CINdetails 2 CINreferralDate=2025-05-26 CINclosureDate=2025-06-01
            CINdetails 3 CINreferralDate=2025-05-26 ReferralNFA=1
            CINdetails 3 CINreferralDate=2025-05-27 ReferralNFA=0
            CINdetails 4 CINreferralDate=2025-05-26                                  # missing
            CINdetails 4 CINreferralDate=2025-05-27 ReferralNFA=0
        """,
    ),
    Rule(
        code="8820",
        says="Two episodes of this child overlap: one was referred before the other closed. Correct the dates.",
        fields=("CINdetails.CINreferralDate", "CINdetails.CINclosureDate"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8820",
        on=("CINdetails", "CINdetails"),
        where=overlapping(
            "CINreferralDate",
            "CINclosureDate",
            last_day=False,
            is_open=lambda of: undated(f"{of}CINclosureDate") & is_true(no(f"{of}ReferralNFA")),
        ),
        points={"CINdetails": "row"},
        examples="""
            CINdetails 1 CINreferralDate=2025-05-26 CINclosureDate=2025-08-26    !
            CINdetails 1 CINreferralDate=2025-08-25                              !
            CINdetails 2 CINreferralDate=2025-05-26 CINclosureDate=2025-08-26
            CINdetails 2 CINreferralDate=2025-08-26                                 # boundary: on the day it closed
            CINdetails 3 CINreferralDate=2025-05-26 ReferralNFA=0                !
            CINdetails 3 CINreferralDate=2025-08-26 CINclosureDate=2025-08-27    !
            CINdetails 4 CINreferralDate=2025-05-26                                 # missing: whether it stayed open
            CINdetails 4 CINreferralDate=2025-08-26
        """,
    ),
    Rule(
        code="8825Q",
        says="The episode closed after assessment (RC8, RC9) and has none. Add the assessment, or correct the reason.",
        fields=("CINdetails.ReasonForClosure", "Assessments.CINdetailsID"),
        needs=("CINdetails", "Assessments"),
        source=f"{GUIDE}, rule 8825Q",
        on="CINdetails",
        where=col("ReasonForClosure").is_in(list(AFTER_ASSESSMENT)) & blank("episode_assessments"),
        severity=Severity.QUERY,
        examples="""
            CINdetails  1 CINdetailsID=1 ReasonForClosure=RC8 !
            CINdetails  1 CINdetailsID=2 ReasonForClosure=RC9    # boundary: one is enough
            Assessments 1 CINdetailsID=2
            CINdetails  2 CINdetailsID=3 ReasonForClosure=RC7
            CINdetails  3 CINdetailsID=4                         # missing
        """,
    ),
    Rule(
        code="8866",
        says="The source of the referral is missing or is no code of the list. Give one; 10 says it is unknown.",
        fields=("CINdetails.ReferralSource", "CINdetails.CINreferralDate"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8866",
        on="CINdetails",
        where=lambda year: (
            (col("CINreferralDate") >= SOURCES_SINCE)
            & blank_or_not_among("ReferralSource", codes("referral_source", year))
        ),
        examples="""
            CINdetails 1 CINreferralDate=2013-04-01 ReferralSource=1Z !
            CINdetails 2 CINreferralDate=2013-03-31 ReferralSource=1Z    # boundary: before sources were collected
            CINdetails 3 CINreferralDate=2025-05-26 ReferralSource=10
            CINdetails 4 CINreferralDate=2025-05-26 !                    # missing
            CINdetails 5
        """,
    ),
)
