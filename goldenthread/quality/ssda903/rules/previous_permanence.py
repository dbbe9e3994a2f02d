"""Rules on how and where a child was permanently placed before coming back into care (PrevPerm)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import narwhals as nw

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_blank,
    any_given,
    blank,
    col,
    is_true,
    not_a_partial_date,
    not_among,
)
from goldenthread.quality.rule import Lazy, Rule, Year
from goldenthread.quality.ssda903.codes import authority_numbers, codes
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
PREVPERM = ("PrevPerm",)
NONE_BEFORE = "Z1"
PLACED_BEFORE = ("P1", "P2", "P3", "P4")
COLLECTED_FROM = date(2016, 4, 1)
"""Previous permanence has been asked of children who started to be looked after on or after this day."""

INCOMPLETE: Expr = (
    blank("prevperm_row")
    | blank("prevperm_PREV_PERM")
    | is_true(among("prevperm_PREV_PERM", PLACED_BEFORE)) & any_blank("prevperm_LA_PERM", "prevperm_DATE_PERM_text")
)


def _impossible_order_dates(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    bad = is_true(not_a_partial_date("DATE_PERM"))
    too_late = is_true(col("DATE_PERM") >= col("other_DECOM"))
    pairs = views.view(("PrevPerm", "Episodes")).filter(bad | too_late).select("row", "other_row")
    alone = views.tables["PrevPerm"].filter(bad).select("row")
    return {
        "PrevPerm": nw.concat([alone, pairs.select("row")], how="vertical"),
        "Episodes": pairs.select(row=col("other_row")),
    }


RULES: tuple[Rule, ...] = (
    Rule(
        code="630",
        says="The child started to be looked after this year, so the previous permanence has to be returned in full. "
        "Give the option, and for an order its date and authority.",
        fields=("Episodes.RNE", "PrevPerm.PREV_PERM", "PrevPerm.LA_PERM", "PrevPerm.DATE_PERM"),
        needs=("Episodes", "PrevPerm"),
        source=SOURCE + "630",
        on="Episodes",
        where=(col("RNE") == "S") & (col("DECOM") >= col("year_start")) & INCOMPLETE,
        points={"Episodes": "row", "PrevPerm": "prevperm_row"},
        examples="""
            Episodes 1 DECOM=01/06/2025 RNE=S                                !
            PrevPerm 2 PREV_PERM=P1 LA_PERM=816                              !
            Episodes 2 DECOM=01/04/2025 RNE=S                                !  # boundary: the first day of the year
            PrevPerm 3 PREV_PERM=P1 LA_PERM=816 DATE_PERM=ZZ/ZZ/2019
            Episodes 3 DECOM=01/06/2025 RNE=S
            PrevPerm 4 PREV_PERM=Z1
            Episodes 4 DECOM=01/06/2025 RNE=S
            Episodes 5 DECOM=31/03/2025 RNE=S
            Episodes 6 DECOM=01/06/2025                                         # missing
        """,
    ),
    Rule(
        code="631",
        says="This is not a code for a previous permanence option. Choose one from the list.",
        fields=("PrevPerm.PREV_PERM",),
        needs=PREVPERM,
        source=SOURCE + "631",
        on="PrevPerm",
        where=lambda year: not_among("PREV_PERM", codes("previous_permanence", year)),
        examples="""
            PrevPerm 1 PREV_PERM=P0  !
            PrevPerm 2 PREV_PERM=Z1
            PrevPerm 3 PREV_PERM=P4     # boundary: the last of the list
            PrevPerm 4                  # missing
        """,
    ),
    Rule(
        code="632",
        says="The date of the previous order is not possible: it is no date (write ZZ for a part that is not known), "
        "or not before the child's care. Correct it.",
        fields=("PrevPerm.DATE_PERM", "Episodes.DECOM"),
        needs=("Episodes", "PrevPerm"),
        source=SOURCE + "632",
        search=_impossible_order_dates,
        examples="""
            PrevPerm 1 DATE_PERM=01/06/2025  !
            Episodes 1 DECOM=01/06/2025      !
            PrevPerm 2 DATE_PERM=31/05/2025     # boundary: the day before
            Episodes 2 DECOM=01/06/2025
            PrevPerm 3 DATE_PERM=ZZ/13/2019  !  # there is no thirteenth month
            PrevPerm 4 DATE_PERM=ZZ/ZZ/2019
            Episodes 4 DECOM=01/06/2025
            PrevPerm 5                          # missing
            Episodes 5 DECOM=01/06/2025
        """,
    ),
    Rule(
        code="633",
        says="This is not the number of an authority, nor WAL, SCO, NIR or NUK. Give where the order was made.",
        fields=("PrevPerm.LA_PERM",),
        needs=PREVPERM,
        source=SOURCE + "633",
        on="PrevPerm",
        where=lambda year: not_among("LA_PERM", authority_numbers()),
        examples="""
            PrevPerm 1 LA_PERM=458  !
            PrevPerm 2 LA_PERM=816
            PrevPerm 3 LA_PERM=SCO
            PrevPerm 4 LA_PERM=942     # boundary: an authority made in 2023
            PrevPerm 5                 # missing
        """,
    ),
    Rule(
        code="634",
        says="Previous permanence is returned for a child whose care started before April 2016, when it was not asked. "
        "Remove it, or correct the start of care.",
        fields=("PrevPerm.LA_PERM", "PrevPerm.PREV_PERM", "PrevPerm.DATE_PERM", "Episodes.DECOM"),
        needs=("Episodes", "PrevPerm"),
        source=SOURCE + "634",
        on=("PrevPerm", "Episodes"),
        where=any_given("LA_PERM", "PREV_PERM", "DATE_PERM_text")
        & ((col("started_DECOM") < COLLECTED_FROM) | blank("started_DECOM") & (col("first_DECOM") < COLLECTED_FROM)),
        examples="""
            PrevPerm 1 PREV_PERM=P1                 !
            Episodes 1 DECOM=31/03/2016 RNE=S       !
            PrevPerm 2 PREV_PERM=P1                    # boundary
            Episodes 2 DECOM=01/04/2016 RNE=S
            PrevPerm 3 PREV_PERM=P1
            Episodes 3 DECOM=01/04/2020 RNE=P
            PrevPerm 4                                 # missing
            Episodes 4 DECOM=31/03/2016 RNE=S
        """,
    ),
    Rule(
        code="635",
        says="There was no previous permanence (Z1), so no date and no authority belong to it. Clear them, or correct "
        "the option.",
        fields=("PrevPerm.LA_PERM", "PrevPerm.DATE_PERM", "PrevPerm.PREV_PERM"),
        needs=PREVPERM,
        source=SOURCE + "635",
        on="PrevPerm",
        where=(col("PREV_PERM") == NONE_BEFORE) & any_given("LA_PERM", "DATE_PERM_text"),
        examples="""
            PrevPerm 1 PREV_PERM=Z1 LA_PERM=816           !
            PrevPerm 2 PREV_PERM=Z1 DATE_PERM=ZZ/ZZ/ZZZZ  !  # boundary: unknown, but an entry
            PrevPerm 3 PREV_PERM=P1 LA_PERM=816
            PrevPerm 4 PREV_PERM=Z1                          # missing
        """,
    ),
)
