"""Rules on the child: birth, sex, ethnicity and disabilities."""

from __future__ import annotations

from goldenthread.quality.cin_census.words import Place, no, outside_year, undated, wherever
from goldenthread.quality.codes import codes
from goldenthread.quality.conditions import (
    Expr,
    any_in,
    birthday,
    blank,
    blank_or_not_among,
    col,
    count_in,
    given,
    is_true,
    not_among,
    plus_days,
    plus_months,
)
from goldenthread.quality.rule import Rule, Severity, Year

GUIDE = "DfE, CIN census validation rules"
SEX_SINCE = 2025
"""The census of 2024-25 took Sex in place of GenderCurrent."""
OLDEST = 25
DAYS_BEFORE, MONTHS_AFTER = 30, 9
"""How far an expected birth may lie from the reference date (rule 8530Q)."""


def _sex_not_given(year: Year) -> Expr:
    if year.number < SEX_SINCE:
        return blank_or_not_among("GenderCurrent", codes("gender", year))
    return blank_or_not_among("Sex", codes("sex", year))


def _unborn_with_a_sex(year: Year) -> Expr:
    unborn = undated("PersonBirthDate") & given("ExpectedPersonBirthDate")
    if year.number < SEX_SINCE:
        return unborn & blank_or_not_among("GenderCurrent", ["0"])
    return unborn & blank_or_not_among("Sex", ["U"])


def _wrong_disability(year: Year, of: str = "") -> Expr:
    return blank_or_not_among(f"{of}Disability", codes("disability", year))


RULES: tuple[Rule, ...] = (
    Rule(
        code="4180",
        says="The child's sex must be given as M, F or U (until 2023-24: gender as 1, 2, 0 or 9).",
        fields=("ChildIdentifiers.Sex", "ChildIdentifiers.GenderCurrent"),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 4180; of GenderCurrent until 2023-24",
        on="ChildIdentifiers",
        where=_sex_not_given,
        examples="""
            ChildIdentifiers 1 Sex=m !
            ChildIdentifiers 2 Sex=U    # boundary: unknown is an answer
            ChildIdentifiers 3 !        # missing
        """,
    ),
    Rule(
        code="4220",
        says="The child's ethnicity is missing or is no code of the list. Give one; NOBT says it is not yet known.",
        fields=("ChildCharacteristics.Ethnicity",),
        needs=("ChildCharacteristics",),
        source=f"{GUIDE}, rule 4220",
        on="ChildCharacteristics",
        where=lambda year: blank_or_not_among("Ethnicity", codes("ethnicity", year)),
        examples="""
            ChildCharacteristics 1 Ethnicity=ENGL !
            ChildCharacteristics 2 Ethnicity=NOBT    # boundary: not yet obtained is an answer
            ChildCharacteristics 3 !                 # missing
        """,
    ),
    Rule(
        code="8520",
        says="The date of birth is after the census year. Correct it, or give it as the expected date of birth.",
        fields=("ChildIdentifiers.PersonBirthDate",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8520",
        on="ChildIdentifiers",
        where=col("PersonBirthDate") > col("year_end"),
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2026-04-01 !
            ChildIdentifiers 2 PersonBirthDate=2026-03-31    # boundary: born on the last day
            ChildIdentifiers 3                               # missing
        """,
    ),
    Rule(
        code="8525Q",
        says="Give either the date of birth or, for an unborn child, the expected one: not both and not neither.",
        fields=("ChildIdentifiers.PersonBirthDate", "ChildIdentifiers.ExpectedPersonBirthDate"),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8525Q",
        on="ChildIdentifiers",
        where=blank("PersonBirthDate") == blank("ExpectedPersonBirthDate"),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2025-05-26 ExpectedPersonBirthDate=2025-05-26 !
            ChildIdentifiers 2 PersonBirthDate=2025-05-26                                       # boundary: one
            ChildIdentifiers 3 ExpectedPersonBirthDate=2026-05-26
            ChildIdentifiers 4 !                                                                # missing: both
        """,
    ),
    Rule(
        code="8530Q",
        says="The birth is expected outside March to December of the year the census ends in. Check the date.",
        fields=("ChildIdentifiers.ExpectedPersonBirthDate",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8530Q",
        on="ChildIdentifiers",
        where=(col("ExpectedPersonBirthDate") <= plus_days(col("year_end"), -DAYS_BEFORE))
        | (col("ExpectedPersonBirthDate") >= plus_months(col("year_end"), MONTHS_AFTER)),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 ExpectedPersonBirthDate=2026-03-01 !
            ChildIdentifiers 2 ExpectedPersonBirthDate=2026-03-02      # boundary: 29 days before the end
            ChildIdentifiers 3 ExpectedPersonBirthDate=2026-12-30
            ChildIdentifiers 4 ExpectedPersonBirthDate=2026-12-31 !
            ChildIdentifiers 5                                         # missing
        """,
    ),
    Rule(
        code="8535Q",
        says="The child died before the date of birth, or that date is missing. Check both dates.",
        fields=("ChildIdentifiers.PersonDeathDate", "ChildIdentifiers.PersonBirthDate"),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8535Q",
        on="ChildIdentifiers",
        where=given("PersonDeathDate")
        & (blank("PersonBirthDate") | is_true(col("PersonDeathDate") < col("PersonBirthDate"))),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2025-05-26 PersonDeathDate=2025-05-25 !
            ChildIdentifiers 2 PersonBirthDate=2025-05-26 PersonDeathDate=2025-05-26    # boundary: on the day of birth
            ChildIdentifiers 3 PersonDeathDate=2025-05-26 !                             # missing birth
            ChildIdentifiers 4 PersonBirthDate=2025-05-26
        """,
    ),
    Rule(
        code="8540",
        says="A child referred on to help needs a disability code of the list; NONE says there is no disability.",
        fields=("Disabilities.Disability", "ChildIdentifiers.PersonBirthDate", "CINdetails.ReferralNFA"),
        needs=("Disabilities", "ChildIdentifiers", "CINdetails"),
        source=f"{GUIDE}, rule 8540",
        search=wherever(
            Place(
                on=("ChildIdentifiers", "CINdetails"),
                where=given("PersonBirthDate") & no("other_ReferralNFA") & blank("child_disabilities"),
                points={"ChildIdentifiers": "row", "CINdetails": "other_row"},
            ),
            Place(
                on="Disabilities",
                where=lambda year: _wrong_disability(year) & given("child_born", "child_helped"),
                points={"Disabilities": "row"},
            ),
            Place(
                on=("ChildIdentifiers", "Disabilities"),
                where=lambda year: _wrong_disability(year, "other_") & given("PersonBirthDate", "child_helped"),
                points={"ChildIdentifiers": "row"},
            ),
            Place(
                on=("CINdetails", "Disabilities"),
                where=lambda year: _wrong_disability(year, "other_") & given("child_born") & no("ReferralNFA"),
                points={"CINdetails": "row"},
            ),
        ),
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2015-05-26 !
            CINdetails       1 ReferralNFA=false          !
            ChildIdentifiers 2 PersonBirthDate=2015-05-26 !
            CINdetails       2 ReferralNFA=0              !
            Disabilities     2 Disability=BLIND           !
            ChildIdentifiers 3 PersonBirthDate=2015-05-26
            CINdetails       3 ReferralNFA=0
            Disabilities     3 Disability=NONE                # boundary: none is an answer
            ChildIdentifiers 4 PersonBirthDate=2015-05-26
            CINdetails       4 ReferralNFA=1
            ChildIdentifiers 5                                # missing birth: perhaps not born
            CINdetails       5 ReferralNFA=0
        """,
    ),
    Rule(
        code="8545Q",
        says="The child died outside the census year. Check the date; leave out a child who died before it began.",
        fields=("ChildIdentifiers.PersonDeathDate",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8545Q",
        on="ChildIdentifiers",
        where=outside_year("PersonDeathDate"),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 PersonDeathDate=2025-03-31 !
            ChildIdentifiers 2 PersonDeathDate=2025-04-01      # boundary: the first day
            ChildIdentifiers 3 PersonDeathDate=2026-04-01 !
            ChildIdentifiers 4                                 # missing
        """,
    ),
    Rule(
        code="8750",
        says="An unborn child's sex must be U (until 2023-24: gender 0). Change it, or give the date of birth.",
        fields=(
            "ChildIdentifiers.Sex",
            "ChildIdentifiers.GenderCurrent",
            "ChildIdentifiers.PersonBirthDate",
            "ChildIdentifiers.ExpectedPersonBirthDate",
        ),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8750; of GenderCurrent until 2023-24",
        on="ChildIdentifiers",
        where=_unborn_with_a_sex,
        examples="""
            ChildIdentifiers 1 ExpectedPersonBirthDate=2026-05-26 Sex=F                               !
            ChildIdentifiers 2 ExpectedPersonBirthDate=2026-05-26 Sex=U
            ChildIdentifiers 3 ExpectedPersonBirthDate=2026-03-26 Sex=F PersonBirthDate=2026-03-27    # boundary: born
            ChildIdentifiers 4 Sex=F                                                                  # missing: both
        """,
    ),
    Rule(
        code="8775Q",
        says=f"The person is over {OLDEST}, with an episode open or closed after that birthday. Check the dates.",
        fields=("ChildIdentifiers.PersonBirthDate", "CINdetails.CINclosureDate"),
        needs=("ChildIdentifiers", "CINdetails"),
        source=f"{GUIDE}, rule 8775Q",
        on=("ChildIdentifiers", "CINdetails"),
        where=(birthday(OLDEST, "PersonBirthDate") < col("year_end"))
        & (
            undated("other_CINclosureDate") | is_true(col("other_CINclosureDate") > birthday(OLDEST, "PersonBirthDate"))
        ),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2001-03-30  !
            CINdetails       1                             !
            CINdetails       1 CINclosureDate=2026-03-30       # boundary: closed on the birthday
            CINdetails       1 CINclosureDate=2026-03-31   !
            ChildIdentifiers 2 PersonBirthDate=2001-03-31
            CINdetails       2
            ChildIdentifiers 3                                 # missing
            CINdetails       3
        """,
    ),
    Rule(
        code="8790",
        says="This child has a disability recorded beside NONE, no disability. Remove the one that is wrong.",
        fields=("Disabilities.Disability",),
        needs=("Disabilities",),
        source=f"{GUIDE}, rule 8790",
        on="Disabilities",
        where=any_in("LAchildID", col("Disability") == "NONE") & not_among("Disability", ["NONE"]),
        examples="""
            Disabilities 1 Disability=NONE
            Disabilities 1 Disability=MOB  !
            Disabilities 2 Disability=NONE    # boundary: none twice is another fault
            Disabilities 2 Disability=NONE
            Disabilities 3 Disability=NONE
            Disabilities 3                    # missing
        """,
    ),
    Rule(
        code="8794",
        says="This child has the same disability twice. Remove one.",
        fields=("Disabilities.Disability",),
        needs=("Disabilities",),
        source=f"{GUIDE}, rule 8794",
        on="Disabilities",
        where=count_in(("LAchildID", "Disability"), given("row")) > 1,
        examples="""
            Disabilities 1 Disability=MOB  !
            Disabilities 1 Disability=MOB  !
            Disabilities 1 Disability=HAND    # boundary: another code
            Disabilities 2 Disability=MOB
            Disabilities 3                    # missing
            Disabilities 3
        """,
    ),
)
