"""Rules on the facts of an adoption and of the adopters (AD1)."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_blank,
    any_given,
    col,
    not_a_date,
    not_among,
)
from goldenthread.quality.rule import Condition, Rule
from goldenthread.quality.ssda903.codes import codes

SOURCE = "DfE, SSDA903 validation rules, rule "
AD1 = ("AD1",)
ITEMS = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
GIVEN_ITEMS = ("DATE_INT_text", "DATE_MATCH_text", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
"""The items as written, so that a date that is no date still counts as an entry."""
COUPLE = ("MM", "FF", "MF")
SAME_SEX = ("MM", "FF")
SINGLE = ("M1", "F1")


def _date(code: str, column: str, what: str) -> Rule:
    return Rule(
        code=code,
        says=f"The date {what} is not a date of the calendar. Write it as day/month/year.",
        fields=(f"AD1.{column}",),
        needs=AD1,
        source=SOURCE + code,
        on="AD1",
        where=not_a_date(column),
        examples=f"""
            AD1 1 {column}=31/06/2025  !
            AD1 2 {column}=30/06/2025     # boundary
            AD1 3 {column}=30/06/25    !
            AD1 4                         # missing
        """,
    )


def _code(code: str, column: str, where: Condition, what: str, right: str, wrong: str) -> Rule:
    return Rule(
        code=code,
        says=f"This is not a code for {what}. Choose one from the list.",
        fields=(f"AD1.{column}",),
        needs=AD1,
        source=SOURCE + code,
        on="AD1",
        where=where,
        examples=f"""
            AD1 1 {column}={wrong}  !
            AD1 2 {column}={right}
            AD1 3 {column}={right}{right}  !  # boundary: the code twice
            AD1 4                             # missing
        """,
    )


def _couple(code: str, status: str, where: Expr, says: str, right: Sequence[str], wrong: Sequence[str]) -> Rule:
    """The adopters' legal status and their sexes must agree."""
    return Rule(
        code=code,
        says=says,
        fields=("AD1.LS_ADOPTR", "AD1.SEX_ADOPTR"),
        needs=AD1,
        source=SOURCE + code,
        on="AD1",
        where=(col("LS_ADOPTR") == status) & where,
        examples=f"""
            AD1 1 LS_ADOPTR={status} SEX_ADOPTR={wrong[0]}   !
            AD1 2 LS_ADOPTR={status} SEX_ADOPTR={wrong[-1]}  !
            AD1 3 LS_ADOPTR={status} SEX_ADOPTR={right[-1]}     # boundary: the one that fits
            AD1 4 LS_ADOPTR=L9 SEX_ADOPTR={wrong[0]}
            AD1 5 LS_ADOPTR={status}                            # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    _date("112", "DATE_INT", "on which it was decided that the child should be placed for adoption"),
    _date("113", "DATE_MATCH", "on which the child and the adopters were matched"),
    _code("114", "FOSTER_CARE", not_among("FOSTER_CARE", ["0", "1"]), "adoption by a former carer", "1", "2"),
    Rule(
        code="151",
        says="Some of the six facts of the adoption are given and some are not. Give all of them, or none.",
        fields=tuple(f"AD1.{item}" for item in ITEMS),
        needs=AD1,
        source=SOURCE + "151",
        on="AD1",
        where=any_given(*GIVEN_ITEMS) & any_blank(*GIVEN_ITEMS),
        examples="""
            AD1 1 DATE_INT=01/06/2025                                                       !
            AD1 2 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF           !  # boundary: one of six
            AD1 3 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF LS_ADOPTR=L2
            AD1 4                                                                              # missing: none
        """,
    ),
    _code("175", "NB_ADOPTR", not_among("NB_ADOPTR", ["1", "2"]), "the number of adopters", "2", "0"),
    _code(
        "176",
        "SEX_ADOPTR",
        lambda year: not_among("SEX_ADOPTR", codes("adopter_sex", year)),
        "the adopters' sex",
        "MF",
        "FM",
    ),
    _code(
        "177",
        "LS_ADOPTR",
        lambda year: not_among("LS_ADOPTR", codes("adopter_legal_status", year)),
        "the adopters' legal status",
        "L0",
        "L1",
    ),
    Rule(
        code="333",
        says="The decision for adoption is later than the match with the adopters. Correct one of the two dates.",
        fields=("AD1.DATE_INT", "AD1.DATE_MATCH"),
        needs=AD1,
        source=SOURCE + "333",
        on="AD1",
        where=col("DATE_INT") > col("DATE_MATCH"),
        examples="""
            AD1 1 DATE_INT=02/06/2025 DATE_MATCH=01/06/2025  !
            AD1 2 DATE_INT=01/06/2025 DATE_MATCH=01/06/2025     # boundary
            AD1 3 DATE_INT=01/06/2025                           # missing
        """,
    ),
    Rule(
        code="511",
        says="Two adopters are given, but their sexes are not those of two people. Use MM, FF or MF, or correct the "
        "number.",
        fields=("AD1.NB_ADOPTR", "AD1.SEX_ADOPTR"),
        needs=AD1,
        source=SOURCE + "511",
        on="AD1",
        where=(col("NB_ADOPTR") == "2") & not_among("SEX_ADOPTR", COUPLE),
        examples="""
            AD1 1 NB_ADOPTR=2 SEX_ADOPTR=M1  !
            AD1 2 NB_ADOPTR=1 SEX_ADOPTR=M1     # boundary: one adopter
            AD1 3 NB_ADOPTR=2 SEX_ADOPTR=MF
            AD1 4 NB_ADOPTR=2                   # missing
        """,
    ),
    _couple(
        "514",
        "L0",
        not_among("SEX_ADOPTR", SINGLE),
        "The adopter is single, but two people are given. Correct the legal status or the sexes.",
        SINGLE,
        COUPLE,
    ),
    _couple(
        "517",
        "L3",
        not_among("SEX_ADOPTR", ["MF"]),
        "Under this legal status (L3) the adopters are a man and a woman (MF). Correct the legal status or the sexes.",
        ["MF"],
        ["MM", "M1"],
    ),
    _couple(
        "518",
        "L4",
        not_among("SEX_ADOPTR", SAME_SEX),
        "Under this legal status (L4) the adopters are of one sex (MM or FF). Correct the legal status or the sexes.",
        SAME_SEX,
        ["MF", "F1"],
    ),
    _couple(
        "519",
        "L2",
        not_among("SEX_ADOPTR", COUPLE),
        "Civil partners are two people. Correct the legal status or the sexes.",
        COUPLE,
        SINGLE,
    ),
    _couple(
        "520",
        "L11",
        among("SEX_ADOPTR", SAME_SEX),
        "The adopters are given as a man and a woman who are married, and as of one sex. Correct the legal status or "
        "the sexes.",
        ["MF"],
        SAME_SEX,
    ),
    _couple(
        "524",
        "L12",
        not_among("SEX_ADOPTR", SAME_SEX),
        "Under this legal status (L12) the adopters are of one sex (MM or FF). Correct the legal status or the sexes.",
        SAME_SEX,
        ["MF", "M1"],
    ),
)
