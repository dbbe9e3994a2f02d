"""Rules on assessments and the factors they found."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import Place, overlapping, same_dates, same_episode, undated, wherever
from goldenthread.quality.codes import codes
from goldenthread.quality.conditions import (
    any_in,
    blank,
    blank_or_not_among,
    col,
    count_in,
    given,
    not_among,
)
from goldenthread.quality.rule import Rule, Severity

GUIDE = "DfE, CIN census validation rules"
NO_FACTORS = "21"
AFTER_ASSESSMENT = ("RC8", "RC9")
FACTOR_AND_ASSESSMENT = {"Assessments": "assessment_row", "AssessmentFactorsList": "row"}
START, END = "AssessmentActualStartDate", "AssessmentAuthorisationDate"
EPISODE = ("LAchildID", "CINdetailsID")


def _superseded(code: str, factor: str, instead: str) -> Rule:
    """The rule that a factor is not used since the census of 2024-25."""
    return Rule(
        code=code,
        says=f"Factor {factor} is no longer used. Say which of {instead} was found.",
        fields=("Assessments.AssessmentFactors", "AssessmentFactorsList.AssessmentFactor"),
        needs=("Assessments",),
        source=f"{GUIDE} 2024-25, rule {code}",
        on="AssessmentFactorsList",
        where=col("AssessmentFactor") == factor,
        points=FACTOR_AND_ASSESSMENT,
        severity=Severity.QUERY,
        years=(2025, None),
        examples=f"""
            Assessments           1 CINdetailsID=1 AssessmentID=1                               !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor={factor}     !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor={factor[:2]}B    # boundary: in use
            Assessments           2 AssessmentFactors={factor}                                  !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1                                   # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="2991Q",
        says="This section 47 enquiry stands in an episode without an assessment. Add the assessment, or explain.",
        fields=("Section47.LAchildID", "Assessments.LAchildID"),
        needs=("Assessments", "Section47"),
        source=f"{GUIDE}, rule 2991Q",
        on="Section47",
        where=blank("episode_assessments"),
        severity=Severity.QUERY,
        examples="""
            Section47   1 CINdetailsID=1 !
            Assessments 1 CINdetailsID=2
            Section47   1 CINdetailsID=2      # boundary: the next episode has one
            Section47   2 !                   # missing: in no episode, so beside no assessment
        """,
    ),
    Rule(
        code="8614",
        says="Factors are given for an assessment that is not finished. Give the date it was authorised.",
        fields=(f"Assessments.{END}", "Assessments.AssessmentFactors"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8614",
        on="Assessments",
        where=undated(END) & (col("factors") > 0),
        examples="""
            Assessments           1 CINdetailsID=1 AssessmentID=1 !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=1A
            Assessments           2 AssessmentFactors=1A !
            Assessments           3 AssessmentFactors=1A AssessmentAuthorisationDate=2026-03-31    # boundary: finished
            Assessments           4                                                                # missing: both
        """,
    ),
    Rule(
        code="8863Q",
        says="Two assessments of this episode were under way at the same time. Correct the dates, or join them.",
        fields=(f"Assessments.{START}", f"Assessments.{END}"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8863Q",
        on=("Assessments", "Assessments"),
        where=same_episode() & overlapping(START, END) & ~same_dates(START, END),
        points={"Assessments": "row"},
        severity=Severity.QUERY,
        examples=f"""
            Assessments 1 CINdetailsID=1 {START}=2025-05-26 {END}=2025-06-26    !
            Assessments 1 CINdetailsID=1 {START}=2025-06-26                     !
            Assessments 1 CINdetailsID=2 {START}=2025-06-26                        # another episode
            Assessments 2 CINdetailsID=3 {START}=2025-05-26 {END}=2025-06-26
            Assessments 2 CINdetailsID=3 {START}=2025-06-27                        # boundary: the day after
            Assessments 3 {START}=2025-05-26                                       # missing: their episode
            Assessments 3 {START}=2025-05-27
        """,
    ),
    Rule(
        code="8869",
        says="Factor 21, nothing found, stands beside another factor of the assessment. Remove the wrong one.",
        fields=("Assessments.AssessmentFactors", "AssessmentFactorsList.AssessmentFactor"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8869",
        on="AssessmentFactorsList",
        where=any_in("assessment_row", col("AssessmentFactor") == NO_FACTORS)
        & any_in("assessment_row", not_among("AssessmentFactor", [NO_FACTORS])),
        points=FACTOR_AND_ASSESSMENT,
        examples="""
            Assessments           1 CINdetailsID=1 AssessmentID=1                        !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=21    !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=1A    !
            Assessments           1 CINdetailsID=1 AssessmentID=2
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=2 AssessmentFactor=21       # boundary: alone
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=2                           # missing
        """,
    ),
    Rule(
        code="8873Q",
        says="The only assessment of this episode found nothing (21), so it should close with RC8 or RC9.",
        fields=("Assessments.AssessmentFactors", "CINdetails.ReasonForClosure"),
        needs=("Assessments", "CINdetails"),
        source=f"{GUIDE}, rule 8873Q",
        on=("AssessmentFactorsList", "CINdetails"),
        where=same_episode()
        & (col("AssessmentFactor") == NO_FACTORS)
        & (col("episode_assessments") == 1)
        & blank_or_not_among("other_ReasonForClosure", AFTER_ASSESSMENT),
        points=FACTOR_AND_ASSESSMENT | {"CINdetails": "other_row"},
        severity=Severity.QUERY,
        examples="""
            CINdetails            1 CINdetailsID=1 ReasonForClosure=RC7                  !
            Assessments           1 CINdetailsID=1 AssessmentID=1                        !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=21    !
            CINdetails            2 CINdetailsID=2 ReasonForClosure=RC9                     # boundary: as it should be
            Assessments           2 CINdetailsID=2 AssessmentID=2
            AssessmentFactorsList 2 CINdetailsID=2 AssessmentID=2 AssessmentFactor=21
            CINdetails            3 CINdetailsID=3 ReasonForClosure=RC7
            Assessments           3 CINdetailsID=3 AssessmentID=3
            Assessments           3 CINdetailsID=3 AssessmentID=4
            AssessmentFactorsList 3 CINdetailsID=3 AssessmentID=4 AssessmentFactor=21
            CINdetails            4 CINdetailsID=4 ReasonForClosure=RC7
            Assessments           4 CINdetailsID=4 AssessmentID=5                           # missing: no factor
        """,
    ),
    Rule(
        code="8896",
        says="More than one assessment of this episode is unfinished. Give the date each was authorised.",
        fields=(f"Assessments.{END}",),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8896",
        on="Assessments",
        where=undated(END) & (count_in(EPISODE, undated(END)) > 1),
        examples=f"""
            Assessments 1 CINdetailsID=1 !
            Assessments 1 CINdetailsID=1 !
            Assessments 1 CINdetailsID=2                     # boundary: one
            Assessments 1 CINdetailsID=2 {END}=2025-05-26
            Assessments 2                                    # missing: their episode
            Assessments 2
        """,
    ),
    Rule(
        code="8897Q",
        says="This assessment is finished but names no factor of the list. Add what was found; 21 says nothing was.",
        fields=(f"Assessments.{END}", "Assessments.AssessmentFactors", "AssessmentFactorsList.AssessmentFactor"),
        needs=("Assessments", "AssessmentFactorsList"),
        source=f"{GUIDE}, rule 8897Q",
        search=wherever(
            Place("Assessments", (col(END) >= col("year_start")) & (col("factors") == 0), {"Assessments": "row"}),
            Place(
                "AssessmentFactorsList",
                lambda year: (
                    (col(f"assessment_{END}") >= col("year_start"))
                    & not_among("AssessmentFactor", codes("assessment_factor", year))
                ),
                FACTOR_AND_ASSESSMENT,
            ),
        ),
        severity=Severity.QUERY,
        examples=f"""
            Assessments           1 CINdetailsID=1 AssessmentID=1 {END}=2025-04-01       !
            Assessments           1 CINdetailsID=1 AssessmentID=2 {END}=2025-03-31          # boundary: before the year
            Assessments           2 CINdetailsID=2 AssessmentID=3 {END}=2025-05-26       !
            AssessmentFactorsList 2 CINdetailsID=2 AssessmentID=3 AssessmentFactor=99    !
            Assessments           3 CINdetailsID=3 AssessmentID=4 {END}=2025-05-26
            AssessmentFactorsList 3 CINdetailsID=3 AssessmentID=4 AssessmentFactor=1A
            Assessments           4 CINdetailsID=4 AssessmentID=5                           # missing: not finished
        """,
    ),
    Rule(
        code="8898",
        says="This assessment has the same factor twice. Remove one.",
        fields=("Assessments.AssessmentFactors", "AssessmentFactorsList.AssessmentFactor"),
        needs=("Assessments",),
        source=f"{GUIDE}, rule 8898",
        on="AssessmentFactorsList",
        where=count_in(("assessment_row", "AssessmentFactor"), given("assessment_row")) > 1,
        points=FACTOR_AND_ASSESSMENT,
        examples="""
            Assessments           1 CINdetailsID=1 AssessmentID=1                        !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=1A    !
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=1 AssessmentFactor=1A    !
            Assessments           1 CINdetailsID=1 AssessmentID=2
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=2 AssessmentFactor=1A
            AssessmentFactorsList 1 CINdetailsID=1 AssessmentID=2 AssessmentFactor=1B       # boundary: another code
            AssessmentFactorsList 2 AssessmentFactor=1A                                     # missing: their assessment
            AssessmentFactorsList 2 AssessmentFactor=1A
        """,
    ),
    _superseded("8945Q", "18A", "18B, by another child, and 18C, by an adult,"),
    _superseded("8950Q", "19A", "19B, by another child, and 19C, by an adult,"),
)
