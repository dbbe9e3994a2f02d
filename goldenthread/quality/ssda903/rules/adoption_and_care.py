"""Rules on adoption beside the child's care: the decision, the match, the placement and the adoption in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_blank,
    any_given,
    any_in,
    blank,
    col,
    differ,
    given,
    is_true,
    not_among,
)
from goldenthread.quality.rule import Lazy, Rule, Search, Year
from goldenthread.quality.ssda903.codes import ADOPTED, CONTINUES, PLACED_FOR_ADOPTION
from goldenthread.quality.ssda903.rules.adopters import GIVEN_ITEMS, ITEMS
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
ADOPTION_FIELDS = tuple(f"AD1.{item}" for item in ITEMS)
PLACEMENT_ORDER = "E1"
CURRENT_CARER, OTHER_ADOPTER = ("A2", "A3", "A5"), ("A1", "A4", "A6")
"""Placements for adoption with the foster carer the child already had, and with someone else."""

ADOPTED_IN_YEAR: Expr = among("REC", ADOPTED) & (col("DEC") >= col("year_start")) & (col("DEC") <= col("year_end"))
PLACED_FIRST: Expr = among("PLACE", PLACED_FOR_ADOPTION) & ~is_true(among("prev_PLACE", PLACED_FOR_ADOPTION))
"""The episode with which a placement for adoption begins."""
ORDER_MADE: Expr = (col("LS") == PLACEMENT_ORDER) & differ("LS", "prev_LS")
STANDS: Expr = any_in("CHILD", blank("other_DATE_PLACED_CEASED_text"))
"""Beside the child's decisions: one of them at least was not reversed."""


def _no_decision(condition: Expr) -> Search:
    """Episodes that meet the condition, of children with no dated decision, and what those children do have."""

    def search(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
        decisions = views.tables["PlacedAdoption"]
        decided = decisions.filter(given("DATE_PLACED_text")).select("CHILD").unique()
        episodes = views.view("Episodes").filter(condition & given("CHILD")).join(decided, on="CHILD", how="anti")
        children = episodes.select("CHILD").unique()
        return {
            "Episodes": episodes,
            "PlacedAdoption": decisions.join(children, on="CHILD", how="inner"),
        }

    return search


def _left_without_reversal(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    decisions = views.tables["PlacedAdoption"]
    for_adoption = is_true(among("PLACE", PLACED_FOR_ADOPTION)) | is_true(col("LS") == PLACEMENT_ORDER)
    left = not_among("REC", [CONTINUES, *ADOPTED])
    episodes = views.tables["Episodes"].filter(given("CHILD") & for_adoption & left)
    unfinished = decisions.filter(given("CHILD") & any_blank("DATE_PLACED_CEASED_text", "REASON_PLACED_CEASED"))
    complete = decisions.filter(given("CHILD", "DATE_PLACED_CEASED_text", "REASON_PLACED_CEASED"))
    reversed_only = complete.select("CHILD").unique().join(unfinished.select("CHILD"), on="CHILD", how="anti")
    at_fault = episodes.join(reversed_only, on="CHILD", how="anti")
    children = at_fault.select("CHILD").unique()
    return {"Episodes": at_fault, "PlacedAdoption": unfinished.join(children, on="CHILD", how="inner")}


def _adopted_late(code: str, wrong: Expr, says: str, fields: Sequence[str], boundary: str, late: str) -> Rule:
    """Facts of the adoption beside the episode that ended with it, on 1 September 2025 after starting on 1 June."""
    return Rule(
        code=code,
        says=says,
        fields=("AD1.DATE_MATCH", *fields),
        needs=("AD1", "Episodes"),
        source=SOURCE + code,
        on=("AD1", "Episodes"),
        where=among("other_REC", ADOPTED) & wrong,
        examples=f"""
            AD1      1 DATE_MATCH={late}                              !
            Episodes 1 DECOM=01/06/2025 DEC=01/09/2025 REC=E11        !
            AD1      2 DATE_MATCH={boundary}                             # boundary
            Episodes 2 DECOM=01/06/2025 DEC=01/09/2025 REC=E12
            AD1      3 DATE_MATCH={late}
            Episodes 3 DECOM=01/06/2025 DEC=01/09/2025 REC=E4A
            AD1      4                                                   # missing
            Episodes 4 DECOM=01/06/2025 DEC=01/09/2025 REC=E11
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="1003",
        says="The decision to place the child for adoption is dated before this period of care started. Correct the "
        "decision's date or the start of care.",
        fields=("PlacedAdoption.DATE_PLACED", "Episodes.DECOM", "Episodes.RNE"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "1003",
        on="PlacedAdoption",
        where=col("DATE_PLACED") < col("started_DECOM"),
        points={"PlacedAdoption": "row", "Episodes": "started_row"},
        examples="""
            PlacedAdoption 1 DATE_PLACED=31/05/2025    !
            Episodes       1 DECOM=01/06/2025 RNE=S    !
            PlacedAdoption 2 DATE_PLACED=01/06/2025       # boundary
            Episodes       2 DECOM=01/06/2025 RNE=S
            PlacedAdoption 3 DATE_PLACED=31/05/2025
            Episodes       3 DECOM=01/06/2025 RNE=P
            PlacedAdoption 4                              # missing
            Episodes       4 DECOM=01/06/2025 RNE=S
        """,
    ),
    Rule(
        code="184",
        says="The decision to place the child for adoption is dated before the child was born. Correct one of the two.",
        fields=("PlacedAdoption.DATE_PLACED", "Header.DOB"),
        needs=("Header", "PlacedAdoption"),
        source=SOURCE + "184",
        on="PlacedAdoption",
        where=col("DATE_PLACED") < col("header_DOB"),
        points={"PlacedAdoption": "row", "Header": "header_row"},
        examples="""
            PlacedAdoption 1 DATE_PLACED=31/05/2025  !
            Header         1 DOB=01/06/2025          !
            PlacedAdoption 2 DATE_PLACED=01/06/2025     # boundary
            Header         2 DOB=01/06/2025
            PlacedAdoption 3 DATE_PLACED=31/05/2025     # missing
            Header         3
        """,
    ),
    _adopted_late(
        "331",
        col("DATE_MATCH") > col("other_DECOM"),
        "The child was matched with the adopters after being placed with them. Correct one of the two dates.",
        ("Episodes.DECOM", "Episodes.REC"),
        "01/06/2025",
        "02/06/2025",
    ),
    Rule(
        code="334",
        says="The decision for adoption is dated before this period of care started. Correct the decision's date or "
        "the start of care.",
        fields=("AD1.DATE_INT", "Episodes.DECOM", "Episodes.RNE"),
        needs=("AD1", "Episodes"),
        source=SOURCE + "334",
        on="AD1",
        where=col("DATE_INT") < col("started_DECOM"),
        points={"AD1": "row", "Episodes": "started_row"},
        examples="""
            AD1      1 DATE_INT=31/05/2025       !
            Episodes 1 DECOM=01/06/2025 RNE=S    !
            AD1      2 DATE_INT=01/06/2025          # boundary
            Episodes 2 DECOM=01/06/2025 RNE=S
            AD1      3 DATE_INT=31/05/2025
            Episodes 3 DECOM=01/06/2025 RNE=P
            AD1      4                              # missing
            Episodes 4 DECOM=01/06/2025 RNE=S
        """,
    ),
    Rule(
        code="335",
        says="The last placement and the adoption disagree on whether the adopter was already the child's foster "
        "carer. Correct one of the two.",
        fields=("Episodes.PLACE", "AD1.FOSTER_CARE"),
        needs=("AD1", "Episodes"),
        source=SOURCE + "335",
        on=("Episodes", "AD1"),
        where=among("REC", ADOPTED)
        & (
            (col("other_FOSTER_CARE") == "0") & among("PLACE", CURRENT_CARER)
            | (col("other_FOSTER_CARE") == "1") & among("PLACE", OTHER_ADOPTER)
        ),
        examples="""
            Episodes 1 REC=E11 PLACE=A5    !
            AD1      1 FOSTER_CARE=0       !
            Episodes 2 REC=E12 PLACE=A4    !
            AD1      2 FOSTER_CARE=1       !
            Episodes 3 REC=E11 PLACE=A5       # boundary: by the carer, as the placement says
            AD1      3 FOSTER_CARE=1
            Episodes 4 REC=E11 PLACE=A5       # missing
            AD1      4
        """,
    ),
    Rule(
        code="521",
        says="The decision for adoption is later than the start of the placement for adoption. Correct one of the two "
        "dates.",
        fields=("AD1.DATE_INT", "Episodes.DECOM", "Episodes.PLACE"),
        needs=("AD1", "Episodes"),
        source=SOURCE + "521",
        on=("Episodes", "AD1"),
        where=PLACED_FIRST & (col("other_DATE_INT") > col("DECOM")),
        examples="""
            AD1      1 DATE_INT=02/06/2025           !
            Episodes 1 DECOM=01/06/2025 PLACE=A4     !
            AD1      2 DATE_INT=01/06/2025              # boundary
            Episodes 2 DECOM=01/06/2025 PLACE=A4
            AD1      3 DATE_INT=02/06/2025
            Episodes 3 DECOM=01/06/2025 PLACE=U6
            AD1      4                                  # missing
            Episodes 4 DECOM=01/06/2025 PLACE=A4
        """,
    ),
    Rule(
        code="523",
        says="The decision for adoption has two dates, one in each module. Correct the one that is wrong.",
        fields=("PlacedAdoption.DATE_PLACED", "AD1.DATE_INT"),
        needs=("AD1", "PlacedAdoption"),
        source=SOURCE + "523",
        on=("AD1", "PlacedAdoption"),
        where=(col("DATE_INT") != col("other_DATE_PLACED")) & blank("other_DATE_PLACED_CEASED_text"),
        examples="""
            AD1            1 DATE_INT=01/06/2025                                      !
            PlacedAdoption 1 DATE_PLACED=02/06/2025                                   !
            AD1            2 DATE_INT=01/06/2025                                         # boundary
            PlacedAdoption 2 DATE_PLACED=01/06/2025
            PlacedAdoption 2 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/07/2024
            AD1            3                                                             # missing
            PlacedAdoption 3 DATE_PLACED=01/06/2025
        """,
    ),
    Rule(
        code="525",
        says="The decision to place the child for adoption was reversed, and yet an adoption is returned. Remove the "
        "adoption, or correct the reversal.",
        fields=("PlacedAdoption.DATE_PLACED_CEASED", *ADOPTION_FIELDS),
        needs=("AD1", "PlacedAdoption"),
        source=SOURCE + "525",
        on=("AD1", "PlacedAdoption"),
        where=any_given(*GIVEN_ITEMS) & given("other_DATE_PLACED_CEASED_text") & ~STANDS,
        examples="""
            AD1            1 NB_ADOPTR=2                      !
            PlacedAdoption 1 DATE_PLACED_CEASED=01/06/2025    !
            AD1            2 NB_ADOPTR=2                         # boundary: a second decision stands
            PlacedAdoption 2 DATE_PLACED_CEASED=01/06/2024
            PlacedAdoption 2 DATE_PLACED=01/03/2025
            AD1            3                                     # missing
            PlacedAdoption 3 DATE_PLACED_CEASED=01/06/2025
        """,
    ),
    Rule(
        code="551",
        says="The child is placed for adoption, but no decision to do so is returned. Give its date, or correct the "
        "placement.",
        fields=("PlacedAdoption.DATE_PLACED", "Episodes.PLACE"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "551",
        search=_no_decision(among("PLACE", PLACED_FOR_ADOPTION)),
        examples="""
            Episodes       1 PLACE=A3                  !
            Episodes       2 PLACE=A6                  !  # missing
            PlacedAdoption 2                           !
            Episodes       3 PLACE=A6
            PlacedAdoption 3 DATE_PLACED=01/06/2025
            Episodes       4 PLACE=U6                     # boundary: fostered
        """,
    ),
    Rule(
        code="552",
        says="The decision to place the child for adoption is later than the start of that placement. Correct one of "
        "the two dates.",
        fields=("PlacedAdoption.DATE_PLACED", "Episodes.DECOM"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "552",
        on=("Episodes", "PlacedAdoption"),
        where=PLACED_FIRST & (col("other_DATE_PLACED") > col("DECOM")),
        examples="""
            Episodes       1 DECOM=01/06/2025 PLACE=A3    !
            PlacedAdoption 1 DATE_PLACED=02/06/2025       !
            Episodes       2 DECOM=01/06/2025 PLACE=A3       # boundary
            PlacedAdoption 2 DATE_PLACED=01/06/2025
            Episodes       3 DECOM=01/06/2025 PLACE=K2
            PlacedAdoption 3 DATE_PLACED=02/06/2025
            Episodes       4 PLACE=A3                        # missing
            PlacedAdoption 4 DATE_PLACED=02/06/2025
        """,
    ),
    Rule(
        code="553",
        says="A placement order was made, but no decision to place the child for adoption is returned. Give its date, "
        "or correct the legal status.",
        fields=(
            "PlacedAdoption.DATE_PLACED",
            "PlacedAdoption.DATE_PLACED_CEASED",
            "PlacedAdoption.REASON_PLACED_CEASED",
        ),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "553",
        search=_no_decision(col("LS") == PLACEMENT_ORDER),
        examples="""
            Episodes       1 LS=E1                     !
            Episodes       2 LS=E1                     !  # missing
            PlacedAdoption 2                           !
            Episodes       3 LS=E1
            PlacedAdoption 3 DATE_PLACED=01/06/2025
            Episodes       4 LS=C1                        # boundary: another status
        """,
    ),
    Rule(
        code="554",
        says="The decision to place the child for adoption is later than the placement order. Correct one of the two "
        "dates.",
        fields=("PlacedAdoption.DATE_PLACED", "Episodes.DECOM", "Episodes.LS"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "554",
        on=("Episodes", "PlacedAdoption"),
        where=ORDER_MADE & (col("other_DATE_PLACED") > col("DECOM")),
        examples="""
            Episodes       1 DECOM=01/06/2025 LS=E1    !
            PlacedAdoption 1 DATE_PLACED=02/06/2025    !
            Episodes       2 DECOM=01/06/2025 LS=E1       # boundary
            PlacedAdoption 2 DATE_PLACED=01/06/2025
            Episodes       3 DECOM=01/05/2025 LS=C2
            PlacedAdoption 3 DATE_PLACED=02/06/2025
            Episodes       4 LS=E1                        # missing
            PlacedAdoption 4 DATE_PLACED=02/06/2025
        """,
    ),
    Rule(
        code="557",
        says="The child was to be placed for adoption and left care without being adopted, but the reversal of the "
        "decision is not complete. Give its date and reason.",
        fields=(
            "PlacedAdoption.DATE_PLACED_CEASED",
            "PlacedAdoption.REASON_PLACED_CEASED",
            "Episodes.PLACE",
            "Episodes.LS",
            "Episodes.REC",
        ),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "557",
        search=_left_without_reversal,
        examples="""
            Episodes       1 PLACE=A3 LS=C2 REC=E4A                                   !
            PlacedAdoption 1 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/06/2025     !
            Episodes       2 PLACE=U6 LS=E1 REC=E8                                    !  # missing: no decision at all
            Episodes       3 PLACE=A3 LS=E1 REC=E4A                                      # boundary: both given
            PlacedAdoption 3 DATE_PLACED_CEASED=01/06/2025 REASON_PLACED_CEASED=RD1
            Episodes       4 PLACE=A3 LS=E1 REC=E12
            Episodes       5 PLACE=A3 LS=E1 REC=X1
        """,
    ),
    Rule(
        code="558",
        says="The child was adopted, so the decision to place for adoption was not reversed. Clear the date of the "
        "reversal, or correct the reason that care ended.",
        fields=("PlacedAdoption.DATE_PLACED_CEASED", "Episodes.REC"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "558",
        on=("Episodes", "PlacedAdoption"),
        where=among("REC", ADOPTED) & given("other_DATE_PLACED_CEASED_text") & ~STANDS,
        examples="""
            Episodes       1 REC=E11                          !
            PlacedAdoption 1 DATE_PLACED_CEASED=01/06/2025    !
            Episodes       2 REC=E11                             # boundary: a second decision stands
            PlacedAdoption 2 DATE_PLACED_CEASED=01/06/2024
            PlacedAdoption 2 DATE_PLACED=01/03/2025
            Episodes       3 REC=E12                             # missing
            PlacedAdoption 3
        """,
    ),
    _adopted_late(
        "582",
        col("DATE_MATCH") == col("other_DEC"),
        "The child was matched with the adopters on the day of the adoption, where the match comes well before. Check "
        "both dates.",
        ("Episodes.DEC",),
        "31/08/2025",
        "01/09/2025",
    ),
    Rule(
        code="601",
        says="The child was adopted in the year, but the facts of the adoption are not complete. Give all six.",
        fields=("Episodes.REC", *ADOPTION_FIELDS),
        needs=("AD1", "Episodes"),
        source=SOURCE + "601",
        on="Episodes",
        where=ADOPTED_IN_YEAR & any_blank(*(f"ad1_{item}" for item in GIVEN_ITEMS)),
        points={"Episodes": "row", "AD1": "ad1_row"},
        examples="""
            Episodes 1 DEC=01/06/2025 REC=E11                                                           !
            Episodes 2 DEC=01/06/2025 REC=E12                                                           !
            AD1      2 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF                  !  # boundary
            Episodes 3 DEC=01/06/2025 REC=E11
            AD1      3 DATE_INT=1 DATE_MATCH=1 FOSTER_CARE=0 NB_ADOPTR=2 SEX_ADOPTR=MF LS_ADOPTR=L2
            Episodes 4 DEC=31/03/2025 REC=E11                                                              # last year
            Episodes 5 REC=E11                                                                             # missing
        """,
    ),
    Rule(
        code="602",
        says="Facts of an adoption are returned, but no episode ended with an adoption in the year. Remove them, or "
        "correct the episode.",
        fields=("AD1.CHILD", *ADOPTION_FIELDS),
        needs=("AD1", "Episodes"),
        source=SOURCE + "602",
        search=lambda views, year: {
            "AD1": views.tables["AD1"]
            .filter(any_given(*GIVEN_ITEMS))
            .join(
                views.view("Episodes").filter(ADOPTED_IN_YEAR & given("CHILD")).select("CHILD").unique(),
                on="CHILD",
                how="anti",
            )
        },
        examples="""
            AD1      1 NB_ADOPTR=2                  !
            Episodes 1 DEC=01/06/2025 REC=E4A
            AD1      2 NB_ADOPTR=2                     # boundary: adopted on the last day
            Episodes 2 DEC=31/03/2026 REC=E12
            AD1      3 NB_ADOPTR=2                  !
            Episodes 3 DEC=31/03/2025 REC=E12
            AD1      4                                 # missing
            Episodes 4 REC=X1
        """,
    ),
)
