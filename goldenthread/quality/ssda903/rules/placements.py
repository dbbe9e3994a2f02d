"""Rules on placements: their type and the child's age, how long temporary ones last, and why a child moved."""

from __future__ import annotations

from goldenthread.quality.conditions import (
    Expr,
    among,
    birthday,
    blank,
    col,
    count_in,
    differ,
    given,
    is_true,
    not_among,
    plus_days,
)
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import CONTINUES, CRIMINAL_RESPONSIBILITY, FOSTER, TEMPORARY, codes

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
WITH_HEADER = ("Episodes", "Header")
WITH_CURRENT_CARER = ("A3", "A5")
UNDER_PLACEMENT_ORDER = ("A5", "A6")
SUPPORTED_ACCOMMODATION = ("H5", "K3")
"""K3 since October 2023, H5 before."""
CARER_ON_HOLIDAY = "T3"
HOLIDAYS_ALLOWED = 2
MOVES = ("P", "T", "B", "U")
"""Reasons for a new episode that say the placement changed."""


def _old_enough(code: str, placements: tuple[str, ...], age: int, what: str) -> Rule:
    placement = placements[-1]
    return Rule(
        code=code,
        says=f"The child is too young for this placement: {what} is from the age of {age}. Check the placement and the "
        "date of birth.",
        fields=("Episodes.DECOM", "Episodes.PLACE", "Header.DOB"),
        needs=WITH_HEADER,
        source=SOURCE + code,
        on="Episodes",
        where=among("PLACE", placements) & (col("DECOM") < birthday(age)),
        points={"Episodes": "row", "Header": "header_row"},
        examples=f"""
            Header   1 DOB=02/06/{2025 - age}               !
            Episodes 1 DECOM=01/06/2025 PLACE={placement}   !
            Header   2 DOB=01/06/{2025 - age}
            Episodes 2 DECOM=01/06/2025 PLACE={placement}      # boundary: the birthday
            Header   3 DOB=02/06/{2025 - age}
            Episodes 3 DECOM=01/06/2025 PLACE=K2
            Header   4                                         # missing
            Episodes 4 DECOM=01/06/2025 PLACE={placement}
        """,
    )


def _too_long(code: str, placement: str, days: int, last: str, after: str, what: str) -> Rule:
    """A temporary placement from 1 June 2025 that ended; `last` is the last lawful day, `after` the next."""
    return Rule(
        code=code,
        says=f"{what} Check the dates; a longer stay is a placement of its own.",
        fields=("Episodes.DECOM", "Episodes.DEC", "Episodes.PLACE"),
        needs=WITH_HEADER,
        source=SOURCE + code,
        on="Episodes",
        where=(col("PLACE") == placement) & (col("DEC") > plus_days(col("DECOM"), days)),
        examples=f"""
            Header   1
            Episodes 1 DECOM=01/06/2025 DEC={after} PLACE={placement}  !
            Episodes 2 DECOM=01/06/2025 DEC={last} PLACE={placement}      # boundary
            Episodes 3 DECOM=01/06/2025 DEC={after} PLACE=U6
            Episodes 4 DECOM=01/06/2025 PLACE={placement}                 # missing
        """,
    )


MOVED_ON: Expr = (
    (col("REC") == CONTINUES)
    & among("next_RNE", MOVES)
    & ~is_true(among("PLACE", TEMPORARY))
    & ~is_true(among("next_PLACE", TEMPORARY))
)
CAME_BACK: Expr = is_true(col("next_RNE") == "P") & (
    blank("prev_row") | ~differ("next_PLACE", "prev_PLACE") & ~differ("next_PL_POST", "prev_PL_POST")
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="146",
        says="This is not a placement type that may be used this year. Choose one from the list.",
        fields=("Episodes.PLACE",),
        needs=EPISODES,
        source=SOURCE + "146",
        on="Episodes",
        where=lambda year: not_among("PLACE", codes("placement_type", year)),
        examples="""
            Episodes 1 PLACE=X9   !
            Episodes 2 PLACE=U6
            Episodes 3 PLACE=Z1   !  # boundary: replaced by Z11 to Z14
            Episodes 4               # missing
        """,
    ),
    Rule(
        code="217",
        says="A child placed for adoption with the present foster carers stays where it is, so the reason is S, T or "
        "U. Correct the reason, or the placement.",
        fields=("Episodes.PLACE", "Episodes.DECOM", "Episodes.RNE"),
        needs=EPISODES,
        source=SOURCE + "217",
        on="Episodes",
        where=among("PLACE", WITH_CURRENT_CARER) & not_among("RNE", ["S", "T", "U"]),
        examples="""
            Episodes 1 PLACE=A5 RNE=P  !
            Episodes 2 PLACE=A5 RNE=T
            Episodes 3 PLACE=A6 RNE=P     # boundary: with new carers
            Episodes 4 PLACE=A3           # missing
        """,
    ),
    Rule(
        code="225",
        says="The child moved to another placement: say why. Choose a reason for the change from the list.",
        fields=("Episodes.REASON_PLACE_CHANGE",),
        needs=EPISODES,
        source=SOURCE + "225",
        on="Episodes",
        where=MOVED_ON & blank("REASON_PLACE_CHANGE"),
        examples="""
            Episodes 1 DECOM=01/06/2025 REC=X1 PLACE=U6                            !
            Episodes 1 DECOM=01/07/2025 REC=X1 RNE=P PLACE=K2
            Episodes 1 DECOM=01/08/2025 RNE=L PLACE=K2                                # boundary: the status changed
            Episodes 2 DECOM=01/06/2025 REC=X1 PLACE=U6 REASON_PLACE_CHANGE=CREQB
            Episodes 2 DECOM=01/07/2025 RNE=P PLACE=K2
            Episodes 3 DECOM=01/06/2025 REC=X1 PLACE=U6
            Episodes 3 DECOM=01/07/2025 RNE=P PLACE=T1
            Episodes 4 DECOM=01/06/2025 PLACE=U6                                      # missing
            Episodes 4 DECOM=01/07/2025 RNE=P PLACE=K2
        """,
    ),
    Rule(
        code="226",
        says="No reason for a move is asked when a child goes to a temporary placement or comes back from one. Clear "
        "it.",
        fields=("Episodes.REASON_PLACE_CHANGE", "Episodes.PLACE"),
        needs=EPISODES,
        source=SOURCE + "226",
        on="Episodes",
        where=given("REASON_PLACE_CHANGE")
        & (is_true(among("PLACE", TEMPORARY)) | is_true(among("next_PLACE", TEMPORARY))),
        examples="""
            Episodes 1 DECOM=01/06/2025 PLACE=U6 REASON_PLACE_CHANGE=CREQB  !
            Episodes 1 DECOM=01/07/2025 PLACE=T1 REASON_PLACE_CHANGE=OTHER  !
            Episodes 1 DECOM=01/08/2025 PLACE=U6 REASON_PLACE_CHANGE=CREQB     # boundary: to another home
            Episodes 1 DECOM=01/09/2025 PLACE=K2
            Episodes 2 DECOM=01/06/2025 PLACE=T1                               # missing
        """,
    ),
    Rule(
        code="233",
        says="The episode goes on, so there is no move to give a reason for. Clear the reason, or end the episode.",
        fields=("Episodes.REASON_PLACE_CHANGE", "Episodes.DEC"),
        needs=EPISODES,
        source=SOURCE + "233",
        on="Episodes",
        where=given("REASON_PLACE_CHANGE") & blank("DEC_text"),
        years=(2026, None),
        examples="""
            Episodes 1 REASON_PLACE_CHANGE=OTHER                  !
            Episodes 2 REASON_PLACE_CHANGE=OTHER DEC=31/03/2026      # boundary: on the last day
            Episodes 3                                               # missing
        """,
    ),
    Rule(
        code="234",
        says="A child under 10 cannot be taken into custody. Correct the reason for the move, or the date of birth.",
        fields=("Episodes.REASON_PLACE_CHANGE", "Header.DOB"),
        needs=WITH_HEADER,
        source=f"{SOURCE}234; Children and Young Persons Act 1933 s.50",
        on="Episodes",
        where=(col("REASON_PLACE_CHANGE") == "CUSTOD") & (col("DEC") < birthday(CRIMINAL_RESPONSIBILITY)),
        points={"Episodes": "row", "Header": "header_row"},
        years=(2026, None),
        examples="""
            Header   1 DOB=02/06/2015                             !
            Episodes 1 DEC=01/06/2025 REASON_PLACE_CHANGE=CUSTOD  !
            Header   2 DOB=01/06/2015
            Episodes 2 DEC=01/06/2025 REASON_PLACE_CHANGE=CUSTOD     # boundary: the birthday
            Header   3                                               # missing
            Episodes 3 DEC=01/06/2025 REASON_PLACE_CHANGE=CUSTOD
        """,
    ),
    Rule(
        code="336",
        says="The child is placed for adoption with the present foster carers, but was not in foster care just before. "
        "Correct one of the two placements.",
        fields=("Episodes.PLACE",),
        needs=EPISODES,
        source=SOURCE + "336",
        on="Episodes",
        where=among("PLACE", WITH_CURRENT_CARER) & not_among("prev_PLACE", (*FOSTER, *WITH_CURRENT_CARER)),
        examples="""
            Episodes 1 DECOM=01/06/2025 PLACE=K2
            Episodes 1 DECOM=01/07/2025 PLACE=A3  !
            Episodes 1 DECOM=01/08/2025 PLACE=A5     # boundary: now under an order, with the same carers
            Episodes 2 DECOM=01/06/2025 PLACE=U6
            Episodes 2 DECOM=01/07/2025 PLACE=A5
            Episodes 3 DECOM=01/06/2025              # missing
            Episodes 3 DECOM=01/07/2025 PLACE=A3
        """,
    ),
    _old_enough("371", SUPPORTED_ACCOMMODATION, 16, "supported accommodation"),
    _old_enough("372", ("R5",), 10, "youth custody or prison"),
    _old_enough("373", ("S1",), 4, "a residential school"),
    _old_enough("374", ("P3",), 14, "residential employment"),
    _too_long(
        "375",
        "T1",
        42,
        "13/07/2025",
        "14/07/2025",
        "A temporary placement in hospital lasted over six weeks.",
    ),
    _too_long(
        "376", "T3", 21, "22/06/2025", "23/06/2025", "A placement for the carer's holiday lasted over three weeks."
    ),
    Rule(
        code="377",
        says="The child had more than two temporary placements for a carer's holiday. Check the codes; a third is a "
        "placement of its own.",
        fields=("Episodes.PLACE",),
        needs=EPISODES,
        source=SOURCE + "377",
        on="Episodes",
        where=(col("PLACE") == CARER_ON_HOLIDAY)
        & (count_in("CHILD", col("PLACE") == CARER_ON_HOLIDAY) > HOLIDAYS_ALLOWED),
        examples="""
            Episodes 1 PLACE=T3  !
            Episodes 1 PLACE=T3  !
            Episodes 1 PLACE=T3  !
            Episodes 1 PLACE=U6
            Episodes 2 PLACE=T3     # boundary: two
            Episodes 2 PLACE=T3
            Episodes 2              # missing
        """,
    ),
    Rule(
        code="378",
        says="A child placed with parents cannot be accommodated under section 20. Correct the placement, or the legal "
        "status.",
        fields=("Episodes.PLACE", "Episodes.LS"),
        needs=EPISODES,
        source=f"{SOURCE}378; Children Act 1989 s.20",
        on="Episodes",
        where=(col("PLACE") == "P1") & (col("LS") == "V2"),
        examples="""
            Episodes 1 PLACE=P1 LS=V2  !
            Episodes 2 PLACE=P1 LS=C2
            Episodes 3 PLACE=P1 LS=V3     # boundary: short breaks
            Episodes 4 PLACE=P1           # missing
        """,
    ),
    _too_long(
        "379", "T4", 7, "08/06/2025", "09/06/2025", "A temporary placement of the kind T4 lasted over seven days."
    ),
    Rule(
        code="383",
        says="After a temporary placement a child goes back to the placement before it, with the reason P. Correct the "
        "next episode, or the temporary placement.",
        fields=("Episodes.PLACE", "Episodes.RNE", "Episodes.PL_POST"),
        needs=EPISODES,
        source=SOURCE + "383",
        on="Episodes",
        where=among("PLACE", TEMPORARY) & given("next_row") & ~CAME_BACK,
        examples="""
            Episodes 1 DECOM=01/06/2025 PLACE=U6
            Episodes 1 DECOM=01/07/2025 PLACE=T1        !
            Episodes 1 DECOM=08/07/2025 PLACE=K2 RNE=P
            Episodes 2 DECOM=01/06/2025 PLACE=U6
            Episodes 2 DECOM=01/07/2025 PLACE=T1           # boundary: back to the same
            Episodes 2 DECOM=08/07/2025 PLACE=U6 RNE=P
            Episodes 3 DECOM=01/07/2025 PLACE=T1           # missing: nothing follows
        """,
    ),
    Rule(
        code="408",
        says="The child is placed for adoption under a placement order, but the legal status is not E1. Correct one of "
        "the two.",
        fields=("Episodes.PLACE", "Episodes.LS"),
        needs=EPISODES,
        source=SOURCE + "408",
        on="Episodes",
        where=among("PLACE", UNDER_PLACEMENT_ORDER) & not_among("LS", ["E1"]),
        examples="""
            Episodes 1 PLACE=A5 LS=C2  !
            Episodes 2 PLACE=A6 LS=E1
            Episodes 3 PLACE=A4 LS=C2     # boundary: with consent
            Episodes 4 PLACE=A5           # missing
        """,
    ),
    Rule(
        code="1009",
        says="This is not a reason for a change of placement. Choose one from the list.",
        fields=("Episodes.REASON_PLACE_CHANGE",),
        needs=EPISODES,
        source=SOURCE + "1009",
        on="Episodes",
        where=lambda year: not_among("REASON_PLACE_CHANGE", codes("placement_change_reason", year)),
        examples="""
            Episodes 1 REASON_PLACE_CHANGE=NONE    !
            Episodes 2 REASON_PLACE_CHANGE=OTHER
            Episodes 3 REASON_PLACE_CHANGE=OTHERS  !  # boundary: a letter too many
            Episodes 4                                # missing
        """,
    ),
)
