"""Rules on what may not stand in an episode: work after no further action, work after closure, work left unfinished."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import Place, same_episode, undated, wherever, yes
from goldenthread.quality.conditions import any_given, col, given, is_true
from goldenthread.quality.rule import Rule

GUIDE = "DfE, CIN census validation rules"
AFTER_ASSESSMENT = ("RC8", "RC9")
"""Closed after assessment, with nothing further or with early help."""

CLOSED_AFTER_ASSESSMENT = same_episode() & col("other_ReasonForClosure").is_in(list(AFTER_ASSESSMENT))
NO_FURTHER_ACTION = same_episode() & is_true(yes("other_ReferralNFA"))


RULES: tuple[Rule, ...] = (
    Rule(
        code="2990",
        says="The episode closed after assessment (RC8, RC9), yet an enquiry, conference or plan is recorded in it.",
        fields=(
            "CINdetails.ReasonForClosure",
            "CINdetails.DateOfInitialCPC",
            "Section47.LAchildID",
            "ChildProtectionPlans.LAchildID",
            "CINplanDates.LAchildID",
        ),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 2990",
        search=wherever(
            *(
                Place((table, "CINdetails"), CLOSED_AFTER_ASSESSMENT, {table: "row", "CINdetails": "other_row"})
                for table in ("Section47", "ChildProtectionPlans", "CINplanDates")
            ),
            Place(
                "CINdetails",
                col("ReasonForClosure").is_in(list(AFTER_ASSESSMENT)) & given("DateOfInitialCPC"),
                {"CINdetails": "row"},
            ),
        ),
        examples="""
            CINdetails           1 CINdetailsID=1 ReasonForClosure=RC8                               !
            Section47            1 CINdetailsID=1                                                    !
            CINdetails           2 CINdetailsID=2 ReasonForClosure=RC9 DateOfInitialCPC=2025-05-26   !
            CINdetails           3 CINdetailsID=3 ReasonForClosure=RC7    # boundary: another reason
            ChildProtectionPlans 3 CINdetailsID=3
            CINdetails           4 CINdetailsID=4 ReasonForClosure=RC8
            CINplanDates         4    # missing: its episode
        """,
    ),
    Rule(
        code="4000",
        says="A child in need plan is recorded for a referral that led to no further action. Correct either.",
        fields=("CINplanDates.LAchildID", "CINdetails.ReferralNFA"),
        needs=("CINplanDates", "CINdetails"),
        source=f"{GUIDE}, rule 4000",
        on=("CINplanDates", "CINdetails"),
        where=NO_FURTHER_ACTION,
        examples="""
            CINdetails   1 CINdetailsID=1 ReferralNFA=TRUE    !
            CINplanDates 1 CINdetailsID=1                     !
            CINdetails   1 CINdetailsID=2 ReferralNFA=false
            CINplanDates 1 CINdetailsID=2                        # boundary: another episode of the child
            CINdetails   1 CINdetailsID=3                        # missing
            CINplanDates 1 CINdetailsID=3
        """,
    ),
    Rule(
        code="8565",
        says="Something in this episode is dated after the episode closed. Correct that date or the closure date.",
        fields=(
            "CINdetails.CINclosureDate",
            "CINdetails.DateOfInitialCPC",
            "Assessments.AssessmentActualStartDate",
            "Assessments.AssessmentAuthorisationDate",
            "Section47.S47ActualStartDate",
            "Section47.DateOfInitialCPC",
            "ChildProtectionPlans.CPPendDate",
            "CINplanDates.CINPlanStartDate",
            "CINplanDates.CINPlanEndDate",
        ),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8565",
        search=wherever(
            *(
                Place(
                    (table, "CINdetails"),
                    same_episode() & (col("other_CINclosureDate") < col(day)),
                    {table: "row", "CINdetails": "other_row"},
                )
                for table, day in (
                    ("Assessments", "AssessmentActualStartDate"),
                    ("Assessments", "AssessmentAuthorisationDate"),
                    ("Section47", "S47ActualStartDate"),
                    ("Section47", "DateOfInitialCPC"),
                    ("ChildProtectionPlans", "CPPendDate"),
                    ("CINplanDates", "CINPlanStartDate"),
                    ("CINplanDates", "CINPlanEndDate"),
                )
            ),
            Place("CINdetails", col("CINclosureDate") < col("DateOfInitialCPC"), {"CINdetails": "row"}),
        ),
        examples="""
            CINdetails           1 CINdetailsID=1 CINclosureDate=2025-05-26                                !
            Assessments          1 CINdetailsID=1 AssessmentAuthorisationDate=2025-05-27                   !
            ChildProtectionPlans 1 CINdetailsID=1 CPPendDate=2025-05-27                                    !
            CINplanDates         1 CINdetailsID=1 CINPlanEndDate=2025-05-26    # boundary: on the day
            CINdetails           2 CINdetailsID=2 CINclosureDate=2025-05-26 DateOfInitialCPC=2025-05-27    !
            CINdetails           3 CINdetailsID=3    # missing: still open
            Section47            3 CINdetailsID=3 S47ActualStartDate=2025-05-27
        """,
    ),
    Rule(
        code="8831",
        says="The referral led to no further action, yet an assessment, enquiry or conference is recorded.",
        fields=(
            "CINdetails.DateOfInitialCPC",
            "Assessments.AssessmentActualStartDate",
            "Assessments.AssessmentAuthorisationDate",
            "Section47.S47ActualStartDate",
        ),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8831",
        search=wherever(
            Place(
                ("Assessments", "CINdetails"),
                NO_FURTHER_ACTION & any_given("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
                {"Assessments": "row", "CINdetails": "other_row"},
            ),
            Place(
                ("Section47", "CINdetails"),
                NO_FURTHER_ACTION & given("S47ActualStartDate"),
                {"Section47": "row", "CINdetails": "other_row"},
            ),
            Place("CINdetails", yes("ReferralNFA") & given("DateOfInitialCPC"), {"CINdetails": "row"}),
        ),
        examples="""
            CINdetails  1 CINdetailsID=1 ReferralNFA=TRUE                                !
            Assessments 1 CINdetailsID=1 AssessmentActualStartDate=2025-05-26            !
            CINdetails  2 CINdetailsID=2 ReferralNFA=1 DateOfInitialCPC=2025-05-26       !
            CINdetails  3 CINdetailsID=3 ReferralNFA=1
            Section47   3 CINdetailsID=3                                                    # missing: no date
            CINdetails  4 CINdetailsID=4 ReferralNFA=0                                      # boundary: it went on
            Section47   4 CINdetailsID=4 S47ActualStartDate=2025-05-26
        """,
    ),
    Rule(
        code="8832",
        says="A child protection plan is recorded for a referral that led to no further action. Correct either.",
        fields=("ChildProtectionPlans.LAchildID", "CINdetails.ReferralNFA"),
        needs=("ChildProtectionPlans", "CINdetails"),
        source=f"{GUIDE}, rule 8832",
        on=("ChildProtectionPlans", "CINdetails"),
        where=NO_FURTHER_ACTION,
        examples="""
            CINdetails           1 CINdetailsID=1 ReferralNFA=True    !
            ChildProtectionPlans 1 CINdetailsID=1                     !
            CINdetails           1 CINdetailsID=2 ReferralNFA=0
            ChildProtectionPlans 1 CINdetailsID=2                        # boundary: another episode of the child
            CINdetails           1 CINdetailsID=3                        # missing
            ChildProtectionPlans 1 CINdetailsID=3
        """,
    ),
    Rule(
        code="8867",
        says="The episode is closed and this assessment is not finished. Give the date it was authorised.",
        fields=("CINdetails.CINclosureDate", "Assessments.AssessmentAuthorisationDate"),
        needs=("CINdetails", "Assessments"),
        source=f"{GUIDE}, rule 8867",
        on=("Assessments", "CINdetails"),
        where=same_episode() & given("other_CINclosureDate") & undated("AssessmentAuthorisationDate"),
        examples="""
            CINdetails  1 CINdetailsID=1 CINclosureDate=2025-05-26                  !
            Assessments 1 CINdetailsID=1                                            !
            Assessments 1 CINdetailsID=1 AssessmentAuthorisationDate=2025-05-26        # boundary: on the last day
            CINdetails  2 CINdetailsID=2                                               # missing: still open
            Assessments 2 CINdetailsID=2
        """,
    ),
    Rule(
        code="8868",
        says="The episode is closed: its enquiry needs either a conference date or the flag that none was needed.",
        fields=("Section47.DateOfInitialCPC", "Section47.ICPCnotRequired", "CINdetails.CINclosureDate"),
        needs=("Section47", "CINdetails"),
        source=f"{GUIDE}, rule 8868",
        on=("Section47", "CINdetails"),
        where=same_episode()
        & given("other_CINclosureDate")
        & (undated("DateOfInitialCPC") != is_true(yes("ICPCnotRequired"))),
        examples="""
            CINdetails 1 CINdetailsID=1 CINclosureDate=2025-05-26                       !
            Section47  1 CINdetailsID=1                                                 !
            Section47  1 CINdetailsID=1 ICPCnotRequired=TRUE                               # boundary: one of the two
            Section47  1 CINdetailsID=1 ICPCnotRequired=0 DateOfInitialCPC=2025-05-20
            Section47  1 CINdetailsID=1 ICPCnotRequired=1 DateOfInitialCPC=2025-05-20   !
            CINdetails 2 CINdetailsID=2                                                    # missing: still open
            Section47  2 CINdetailsID=2
        """,
    ),
)
