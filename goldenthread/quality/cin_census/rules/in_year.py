"""Rules on the census year: what must have happened in it, and what may not have waited until its end."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import no, outside_year, undated
from goldenthread.quality.conditions import blank, col, is_true
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"


def _in_year(code: str, says: str, table: str, day: str) -> Rule:
    """The rule that `day`, where given, is in the census year."""
    return Rule(
        code=code,
        says=f"{says} outside the census year. Correct the date, or leave out what belongs to another year.",
        fields=(f"{table}.{day}",),
        needs=(table,),
        source=f"{GUIDE}, rule {code}",
        on=table,
        where=outside_year(day),
        examples=f"""
            {table} 1 {day}=2025-03-31 !
            {table} 2 {day}=2025-04-01      # boundary: the first day of the year
            {table} 3 {day}=2026-03-31
            {table} 4 {day}=2026-04-01 !
            {table} 5                       # missing
        """,
    )


def _given_by_the_end(code: str, says: str, table: str, day: str) -> Rule:
    """The rule that `day` is given, and is not after the census year."""
    return Rule(
        code=code,
        says=f"{says} is missing or after the census year. Give the date, or leave out what had not begun.",
        fields=(f"{table}.{day}",),
        needs=(table,),
        source=f"{GUIDE}, rule {code}",
        on=table,
        where=blank(day) | (col(day) > col("year_end")),
        examples=f"""
            {table} 1 {day}=2026-04-01 !
            {table} 2 {day}=2026-03-31      # boundary: the last day of the year
            {table} 3 {day}=2019-05-26
            {table} 4 !                     # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    _given_by_the_end("4010", "The start of this child in need plan", "CINplanDates", "CINPlanStartDate"),
    _in_year("4013", "This child in need plan ends", "CINplanDates", "CINPlanEndDate"),
    Rule(
        code="8569Q",
        says="A referral from before the year cannot have led to no further action in it. Correct either.",
        fields=("CINdetails.CINreferralDate", "CINdetails.ReferralNFA"),
        needs=("CINdetails",),
        source=f"{GUIDE}, rule 8569Q",
        on="CINdetails",
        where=(col("CINreferralDate") < col("working_day_before_year")) & ~is_true(no("ReferralNFA")),
        severity=Severity.QUERY,
        examples="""
            CINdetails 1 CINreferralDate=2025-03-30 ReferralNFA=1        !
            CINdetails 2 CINreferralDate=2025-03-31 ReferralNFA=1           # boundary: one working day before the year
            CINdetails 3 CINreferralDate=2025-03-30 ReferralNFA=FALSE
            CINdetails 4 ReferralNFA=1                                      # missing
        """,
    ),
    _given_by_the_end("8600", "The date of this referral", "CINdetails", "CINreferralDate"),
    _in_year("8620", "This episode closed", "CINdetails", "CINclosureDate"),
    Rule(
        code="8670Q",
        says="This assessment started more than 45 working days before the year ended and is not finished. Check it.",
        fields=("Assessments.AssessmentActualStartDate", "Assessments.AssessmentAuthorisationDate"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8670Q",
        on="Assessments",
        where=undated("AssessmentAuthorisationDate")
        & (col("AssessmentActualStartDate") < col("last_timely_assessment")),
        severity=Severity.QUERY,
        examples="""
            Assessments 1 AssessmentActualStartDate=2026-01-26 !
            Assessments 2 AssessmentActualStartDate=2026-01-27    # boundary: 45 working days before 31 March
            Assessments 3 AssessmentActualStartDate=2026-01-26 AssessmentAuthorisationDate=2026-03-31
            Assessments 4                                         # missing
        """,
    ),
    Rule(
        code="8675Q",
        says="This enquiry started more than 15 working days before the year ended without a conference. Check it.",
        fields=("Section47.S47ActualStartDate", "Section47.DateOfInitialCPC", "Section47.ICPCnotRequired"),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8675Q",
        on="Section47",
        where=undated("DateOfInitialCPC")
        & no("ICPCnotRequired")
        & (col("S47ActualStartDate") < col("last_timely_enquiry")),
        severity=Severity.QUERY,
        examples="""
            Section47 1 S47ActualStartDate=2026-03-09 ICPCnotRequired=FALSE !
            Section47 2 S47ActualStartDate=2026-03-10 ICPCnotRequired=0        # boundary: 15 working days before
            Section47 3 S47ActualStartDate=2026-03-09 ICPCnotRequired=1
            Section47 4 S47ActualStartDate=2026-03-09                          # missing: whether one was needed
        """,
    ),
    _in_year("8696", "This assessment was authorised", "Assessments", "AssessmentAuthorisationDate"),
    _in_year("8715", "This initial conference was held", "Section47", "DateOfInitialCPC"),
    _given_by_the_end("8720", "The start of this child protection plan", "ChildProtectionPlans", "CPPstartDate"),
    Rule(
        code="8736",
        says="This assessment is not finished, so it must have started in the year. Give its end or mend the start.",
        fields=("Assessments.AssessmentActualStartDate", "Assessments.AssessmentAuthorisationDate"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8736",
        on="Assessments",
        where=undated("AssessmentAuthorisationDate")
        & (blank("AssessmentActualStartDate") | is_true(outside_year("AssessmentActualStartDate"))),
        examples="""
            Assessments 1 AssessmentActualStartDate=2025-03-31 !
            Assessments 2 AssessmentActualStartDate=2025-04-01    # boundary: the first day of the year
            Assessments 3 AssessmentActualStartDate=2025-03-31 AssessmentAuthorisationDate=2025-04-01
            Assessments 4 !                                       # missing: both
        """,
    ),
    Rule(
        code="8740",
        says="This enquiry had no conference by the end of the year, so it must have started in the year. Correct it.",
        fields=("Section47.S47ActualStartDate", "Section47.DateOfInitialCPC", "Section47.ICPCnotRequired"),
        needs=("Section47",),
        source=f"{GUIDE}, rule 8740",
        on="Section47",
        where=undated("DateOfInitialCPC") & no("ICPCnotRequired") & outside_year("S47ActualStartDate"),
        examples="""
            Section47 1 S47ActualStartDate=2025-03-31 ICPCnotRequired=False !
            Section47 2 S47ActualStartDate=2025-04-01 ICPCnotRequired=0        # boundary: the first day of the year
            Section47 3 S47ActualStartDate=2025-03-31 ICPCnotRequired=true
            Section47 4 ICPCnotRequired=0                                      # missing
        """,
    ),
    _in_year("8930", "This child protection plan ends", "ChildProtectionPlans", "CPPendDate"),
)
