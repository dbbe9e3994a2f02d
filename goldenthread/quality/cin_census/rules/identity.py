"""Rules on who the child is: the authority's own number, the pupil number, and that each child has an episode."""

from __future__ import annotations

from goldenthread.quality.cin_census.upn import LENGTH, LETTERS, WHOLE, authorities
from goldenthread.quality.cin_census.words import yes
from goldenthread.quality.conditions import Expr, blank, col, count_in, given, is_true, plus_years
from goldenthread.quality.rule import Rule, Severity, Year

GUIDE = "DfE, CIN census validation rules"
LONGEST_ID = 20
SCHOOL_AGE_BEFORE = 5
FIRST_YEAR_BY_AUGUST = 2025
"""Until the census of 2023-24 rule 8770Q spoke of children more than five years old."""
REASONS_FOR_A_PUPIL = ("UN2", "UN3", "UN4", "UN5", "UN6", "UN7")
WHOLE_LENGTH = col("UPN").str.len_chars() == LENGTH


def _no_pupil_number(year: Year) -> Expr:
    needed = given("child_helped") & blank("UPN")
    if year.number < FIRST_YEAR_BY_AUGUST:
        return needed & blank("UPNunknown") & (col("PersonBirthDate") < plus_years(col("year_end"), -SCHOOL_AGE_BEFORE))
    explained = is_true(col("UPNunknown").str.to_uppercase().is_in(list(REASONS_FOR_A_PUPIL)))
    return needed & ~explained & (col("PersonBirthDate") <= col("born_for_school"))


RULES: tuple[Rule, ...] = (
    Rule(
        code="1510",
        says="The first letter of this UPN does not fit its digits, so one of them was mistyped. Copy the UPN again.",
        fields=("ChildIdentifiers.UPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1510",
        on="ChildIdentifiers",
        where=col("UPN").str.slice(0, 1) != col("UPN_letter"),
        examples="""
            ChildIdentifiers 1 UPN=N123456789123 !
            ChildIdentifiers 2 UPN=P123456789123      # boundary: the letter after N, and the right one
            ChildIdentifiers 3 UPN=P123456789124 !
            ChildIdentifiers 4 UPN=A12345678912B     # a temporary number is not checked
            ChildIdentifiers 5                       # missing
        """,
    ),
    Rule(
        code="1520",
        says="Two or more children have this UPN. Find whose it is and correct the others.",
        fields=("ChildIdentifiers.UPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1520",
        on="ChildIdentifiers",
        where=count_in("UPN", given("row")) > 1,
        examples="""
            ChildIdentifiers 1 UPN=P123456789123 !
            ChildIdentifiers 2 UPN=P123456789123 !
            ChildIdentifiers 3 UPN=T123456789124    # boundary: one digit apart
            ChildIdentifiers 4                      # missing
            ChildIdentifiers 5                      # missing: two without a number do not share one
        """,
    ),
    Rule(
        code="1530",
        says="Characters 2 to 4 of this UPN are no authority's number. Copy the UPN again from the school's record.",
        fields=("ChildIdentifiers.UPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1530",
        on="ChildIdentifiers",
        where=lambda year: WHOLE_LENGTH & ~col("UPN").str.slice(1, 3).is_in(list(authorities(year.number))),
        examples="""
            year 2023
            ChildIdentifiers 1 UPN=R421962919251 !
            ChildIdentifiers 2 UPN=R420962919251      # boundary: the nearest authority there is
            ChildIdentifiers 3 UPN=R942962919251 !    # not yet an authority in 2022-23
            ChildIdentifiers 4 UPN=R421
            ChildIdentifiers 5                        # missing
        """,
    ),
    Rule(
        code="1540",
        says="Characters 5 to 12 of this UPN must all be digits. Copy the UPN again from the school's record.",
        fields=("ChildIdentifiers.UPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1540",
        on="ChildIdentifiers",
        where=~col("UPN").str.slice(4, 8).str.contains(r"^[0-9]{8}$"),
        examples="""
            ChildIdentifiers 1 UPN=T12345678A123 !
            ChildIdentifiers 2 UPN=R34 !                # cut short: it has no such characters
            ChildIdentifiers 3 UPN=T12345678912B        # boundary: the letter is the thirteenth
            ChildIdentifiers 4                          # missing
        """,
    ),
    Rule(
        code="1550",
        says="The last character of this UPN must be a digit or, in a temporary number, a letter but I, O or S.",
        fields=("ChildIdentifiers.UPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1550",
        on="ChildIdentifiers",
        where=WHOLE_LENGTH & ~col("UPN").str.contains(f"[0-9{LETTERS}]$"),
        examples="""
            ChildIdentifiers 1 UPN=T12345678912I !
            ChildIdentifiers 2 UPN=T12345678912H    # boundary: the letter before I
            ChildIdentifiers 3 UPN=T12345678912I9
            ChildIdentifiers 4                      # missing
        """,
    ),
    Rule(
        code="1560Q",
        says="This former UPN is not a letter, eleven digits and a digit or letter. Correct or remove it.",
        fields=("ChildIdentifiers.FormerUPN",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 1560Q",
        on="ChildIdentifiers",
        where=~col("FormerUPN").str.contains(WHOLE),
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 FormerUPN=T12345678912 !
            ChildIdentifiers 2 FormerUPN=T12345678912B    # boundary: a temporary number ends in a letter
            ChildIdentifiers 3 FormerUPN=P123456789123
            ChildIdentifiers 4 FormerUPN=T1234567891BB !
            ChildIdentifiers 5                            # missing
        """,
    ),
    Rule(
        code="1570",
        says=f"The child's number is longer than {LONGEST_ID} characters. Give the child a shorter one in this return.",
        fields=("ChildIdentifiers.LAchildID",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE} 2024-25, rule 1570",
        on="ChildIdentifiers",
        where=col("LAchildID").str.len_chars() > LONGEST_ID,
        years=(2025, None),
        examples="""
            ChildIdentifiers 123456789012345678901 !
            ChildIdentifiers 12345678901234567890     # boundary: twenty
            ChildIdentifiers -                        # missing
        """,
    ),
    Rule(
        code="1580",
        says="The child's number may hold only letters and digits. Remove spaces, dashes and other signs.",
        fields=("ChildIdentifiers.LAchildID",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE} 2024-25, rule 1580",
        on="ChildIdentifiers",
        where=~col("LAchildID").str.contains(r"^[0-9A-Za-z]+$"),
        years=(2025, None),
        examples="""
            ChildIdentifiers 12-34 !
            ChildIdentifiers aB34      # boundary: letters and digits alone
            ChildIdentifiers -         # missing
        """,
    ),
    Rule(
        code="8500",
        says="This child has no number of the authority's own. Give it: nothing can be matched without it.",
        fields=("ChildIdentifiers.LAchildID",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8500",
        on="ChildIdentifiers",
        where=blank("LAchildID"),
        examples="""
            ChildIdentifiers - UPN=P123456789123 !    # missing
            ChildIdentifiers 0                        # boundary: nought is a number
        """,
    ),
    Rule(
        code="8510",
        says="Two or more records have this child's number. Join them if they are one child, or correct the number.",
        fields=("ChildIdentifiers.LAchildID",),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 8510",
        on="ChildIdentifiers",
        where=count_in("LAchildID", given("row")) > 1,
        examples="""
            ChildIdentifiers 1 !
            ChildIdentifiers 1 !
            ChildIdentifiers 01    # boundary: another number
            ChildIdentifiers -     # missing
            ChildIdentifiers -
        """,
    ),
    Rule(
        code="8590",
        says="This child has no episode of need in the return. Add the episode, or leave the child out.",
        fields=("ChildIdentifiers.LAchildID",),
        needs=("ChildIdentifiers", "CINdetails"),
        source=f"{GUIDE}, rule 8590",
        on="ChildIdentifiers",
        where=given("LAchildID") & blank("child_episodes"),
        examples="""
            ChildIdentifiers 1 !
            ChildIdentifiers 2
            CINdetails       2      # boundary: one episode is enough
            ChildIdentifiers -      # missing: whose episodes they would be is not known
        """,
    ),
    Rule(
        code="8770Q",
        says="This child is of school age and has no UPN. Give it, or the reason it is not known (not UN1).",
        fields=("ChildIdentifiers.UPN", "ChildIdentifiers.UPNunknown"),
        needs=("ChildIdentifiers", "CINdetails"),
        source=f"{GUIDE}, rule 8770Q; until 2023-24, of children more than five years old with neither",
        on="ChildIdentifiers",
        where=_no_pupil_number,
        severity=Severity.QUERY,
        examples="""
            ChildIdentifiers 1 PersonBirthDate=2020-08-31                   !
            ChildIdentifiers 2 PersonBirthDate=2020-08-31 UPNunknown=UN1    !
            ChildIdentifiers 3 PersonBirthDate=2020-09-01                      # boundary: not yet of school age
            ChildIdentifiers 4 PersonBirthDate=2020-08-31 UPNunknown=un5
            ChildIdentifiers 5                                                 # missing
            CINdetails       1 ReferralNFA=0
            CINdetails       2 ReferralNFA=FALSE
            CINdetails       3 ReferralNFA=0
            CINdetails       4 ReferralNFA=0
            CINdetails       5 ReferralNFA=0
        """,
    ),
    Rule(
        code="8772",
        says="UN7 says that no referral of this child led to further action, but one did. Give another reason.",
        fields=("ChildIdentifiers.UPNunknown", "CINdetails.ReferralNFA"),
        needs=("ChildIdentifiers", "CINdetails"),
        source=f"{GUIDE}, rule 8772",
        on=("ChildIdentifiers", "CINdetails"),
        where=(col("UPNunknown") == "UN7") & ~is_true(yes("other_ReferralNFA")),
        examples="""
            ChildIdentifiers 1 UPNunknown=UN7    !
            CINdetails       1 ReferralNFA=true
            CINdetails       1 ReferralNFA=0     !
            ChildIdentifiers 2 UPNunknown=UN7       # boundary: every referral led to nothing
            CINdetails       2 ReferralNFA=TRUE
            ChildIdentifiers 3                      # missing
            CINdetails       3 ReferralNFA=0
        """,
    ),
)
