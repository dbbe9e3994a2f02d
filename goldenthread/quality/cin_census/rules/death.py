"""Rules on what is recorded after a child's death."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import undated
from goldenthread.quality.conditions import col
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"


def _after_death(code: str, says: str, table: str, day: str, severity: Severity = Severity.ERROR) -> Rule:
    """The rule that `day` of a row of `table` is not after the child's death."""
    return Rule(
        code=code,
        says=f"{says} Correct this date or the date of death.",
        fields=(f"{table}.{day}", "ChildIdentifiers.PersonDeathDate"),
        needs=(table, "ChildIdentifiers"),
        source=f"{GUIDE}, rule {code}",
        on=(table, "ChildIdentifiers"),
        where=col(day) > col("other_PersonDeathDate"),
        severity=severity,
        examples=f"""
            ChildIdentifiers 1 PersonDeathDate=2025-05-26    !
            {table}          1 {day}=2025-05-27              !
            {table}          1 {day}=2025-05-26                 # boundary: on the day of death
            {table}          1
            ChildIdentifiers 2                                  # missing
            {table}          2 {day}=2025-05-27
        """,
    )


RULES: tuple[Rule, ...] = (
    _after_death("4008", "A child in need plan starts after the child's death.", "CINplanDates", "CINPlanStartDate"),
    _after_death(
        "4009Q", "A child in need plan ends after the child's death.", "CINplanDates", "CINPlanEndDate", Severity.QUERY
    ),
    _after_death(
        "8555Q", "The child was referred after the date of death.", "CINdetails", "CINreferralDate", Severity.QUERY
    ),
    _after_death("8915", "A protection plan starts after the child's death.", "ChildProtectionPlans", "CPPstartDate"),
    _after_death("8920", "A protection plan ends after the child's death.", "ChildProtectionPlans", "CPPendDate"),
    Rule(
        code="8585Q",
        says="The episode closed because the child died, but no date of death is given. Give it, or another reason.",
        fields=("CINdetails.ReasonForClosure", "ChildIdentifiers.PersonDeathDate"),
        needs=("CINdetails", "ChildIdentifiers"),
        source=f"{GUIDE}, rule 8585Q",
        on=("CINdetails", "ChildIdentifiers"),
        where=(col("ReasonForClosure") == "RC2") & undated("other_PersonDeathDate"),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1                            !
            CINdetails       1 ReasonForClosure=RC2       !
            CINdetails       1 ReasonForClosure=RC1
            ChildIdentifiers 2 PersonDeathDate=2025-05-26
            CINdetails       2 ReasonForClosure=RC2          # boundary: the date is there
            CINdetails       1                               # missing reason
        """,
    ),
)
