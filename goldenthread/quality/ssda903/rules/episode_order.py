"""Rules on how one episode of care follows another within the year."""

from __future__ import annotations

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_blank,
    any_of,
    birthday,
    col,
    differ,
    given,
    is_true,
    not_among,
)
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import ADOPTED, CONTINUES

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
FOLLOWS_ON = ("P", "L", "T", "U", "B")
"""Reasons for a new episode that say the child was already looked after."""
PLACEMENT = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""What makes two placements two: any one of these differs."""
PLACED = tuple(f"Episodes.{column}" for column in PLACEMENT)


MOVED: Expr = any_of(differ(column, f"prev_{column}") for column in PLACEMENT)
NEW_STATUS = differ("LS", "prev_LS")
FOLLOWED_SAME_DAY = is_true(col("next_DECOM") == col("DEC"))

RULES: tuple[Rule, ...] = (
    Rule(
        code="142",
        says="This episode has no end although the child's next episode has begun. Give its end date and reason.",
        fields=("Episodes.DEC", "Episodes.REC"),
        needs=EPISODES,
        source=SOURCE + "142",
        on="Episodes",
        where=given("next_row") & any_blank("DEC", "REC"),
        examples="""
            Episodes 1 DECOM=01/06/2025 DEC=04/06/2025          !  # its reason is missing
            Episodes 1 DECOM=04/06/2025                            # boundary: the latest may be open
            Episodes 2 DECOM=01/06/2025 DEC=04/06/2025 REC=X1
            Episodes 2 DECOM=04/06/2025
            Episodes 3                                             # missing: no place in the order without DECOM
            Episodes 3 DECOM=04/06/2025
        """,
    ),
    Rule(
        code="199",
        says="An earlier episode says that this child was adopted from care. Check whether the reason is right; after "
        "an adoption the child has a new record.",
        fields=("Episodes.CHILD", "Episodes.REC"),
        needs=EPISODES,
        source=SOURCE + "199",
        on="Episodes",
        where=among("prev_REC", ADOPTED) | (col("nth") == 1) & among("last_latest_REC", ADOPTED),
        examples="""
            Episodes      1 DECOM=01/06/2025 DEC=04/06/2025 REC=E11
            Episodes      1 DECOM=01/09/2025                         !
            Episodes      2 DECOM=01/06/2025 DEC=04/06/2025 REC=E12     # boundary: nothing follows
            Episodes      3 DECOM=01/06/2025                         !
            Episodes_last 3 DECOM=01/06/2024 DEC=01/09/2024 REC=E12
            Episodes      4 DECOM=01/06/2025 DEC=04/06/2025             # missing
            Episodes      4 DECOM=01/09/2025
        """,
    ),
    Rule(
        code="302",
        says="The child's first episode starts before the child was born. Correct the date of birth or the start date.",
        fields=("Episodes.DECOM", "Header.DOB"),
        needs=("Episodes", "Header"),
        source=SOURCE + "302",
        on="Episodes",
        where=(col("nth") == 1) & (col("DECOM") < col("header_DOB")),
        points={"Episodes": "row", "Header": "header_row"},
        examples="""
            Header   1 DOB=02/06/2025                    !
            Episodes 1 DECOM=01/06/2025                  !
            Header   2 DOB=01/06/2025
            Episodes 2 DECOM=01/06/2025                     # boundary: taken into care on the day of birth
            Header   3                                      # missing
            Episodes 3 DECOM=01/06/2025
        """,
    ),
    Rule(
        code="352",
        says="The child was 18 or over when this period of care started. Check the date of birth and the start date.",
        fields=("Episodes.DECOM", "Episodes.RNE", "Header.DOB"),
        needs=("Episodes", "Header"),
        source=SOURCE + "352",
        on="Episodes",
        where=(col("RNE") == "S") & (col("DECOM") >= birthday(18)),
        points={"Episodes": "row", "Header": "header_row"},
        examples="""
            Header   1 DOB=01/06/2007                    !
            Episodes 1 DECOM=01/06/2025 RNE=S            !
            Header   2 DOB=02/06/2007
            Episodes 2 DECOM=01/06/2025 RNE=S               # boundary: the day before the birthday
            Header   3 DOB=01/06/2000
            Episodes 3 DECOM=01/06/2025                     # missing
        """,
    ),
    Rule(
        code="357",
        says="This is the child's first episode, so its reason must be S, started to be looked after. Correct the "
        "reason, or add the episode before it.",
        fields=("Episodes.RNE",),
        needs=EPISODES,
        source=SOURCE + "357",
        on="Episodes",
        where=(col("nth") == 1) & (col("DECOM") >= col("year_start")) & not_among("RNE", ["S"]),
        examples="""
            Episodes 1 DECOM=01/04/2025 RNE=P  !
            Episodes 2 DECOM=31/03/2025 RNE=P     # boundary: began before the year, so others may stand before it
            Episodes 3 DECOM=01/06/2025 RNE=S
            Episodes 3 DECOM=01/07/2025 RNE=P
            Episodes 4 DECOM=01/06/2025           # missing
        """,
    ),
    Rule(
        code="388",
        says="The reason for the end and the next episode disagree: X1 needs an episode that starts on the same day, "
        "and any other reason ends the child's care. Correct the reason or the dates.",
        fields=("Episodes.REC",),
        needs=EPISODES,
        source=SOURCE + "388",
        on="Episodes",
        where=(col("REC") == CONTINUES) & ~FOLLOWED_SAME_DAY | (col("REC") != CONTINUES) & FOLLOWED_SAME_DAY,
        examples="""
            Episodes 1 DECOM=01/06/2025 DEC=04/06/2025 REC=X1  !  # boundary: the next starts a day late
            Episodes 1 DECOM=05/06/2025 DEC=08/06/2025 REC=X1
            Episodes 1 DECOM=08/06/2025 DEC=09/06/2025 REC=E11 !
            Episodes 1 DECOM=09/06/2025 DEC=10/06/2025 REC=E11
            Episodes 2 DECOM=01/06/2025 DEC=04/06/2025            # missing
        """,
    ),
    Rule(
        code="431",
        says="The child is said to start to be looked after on the day the last episode ended. If care went on, "
        "correct the reason for this episode; if not, correct the dates.",
        fields=("Episodes.RNE", "Episodes.DECOM"),
        needs=EPISODES,
        source=SOURCE + "431",
        on="Episodes",
        where=(col("RNE") == "S") & (col("DECOM") == col("prev_DEC")),
        examples="""
            Episodes 1 DECOM=01/06/2025 DEC=04/06/2025 RNE=S
            Episodes 1 DECOM=04/06/2025 DEC=08/06/2025 RNE=S  !
            Episodes 1 DECOM=09/06/2025 RNE=S                    # boundary: a day between
            Episodes 2 DECOM=01/06/2025 RNE=S                    # missing
            Episodes 2 DECOM=01/07/2025 RNE=S
        """,
    ),
    Rule(
        code="432",
        says="The child's care had ended, so this episode must start a new period of care (S). Correct the reason.",
        fields=("Episodes.RNE",),
        needs=EPISODES,
        source=SOURCE + "432",
        on="Episodes",
        where=not_among("prev_REC", [CONTINUES]) & among("RNE", FOLLOWS_ON),
        examples="""
            Episodes 1 DECOM=01/06/2025 REC=E4A RNE=S
            Episodes 1 DECOM=04/06/2025 REC=X1 RNE=P   !
            Episodes 1 DECOM=08/06/2025 REC=E4A RNE=L     # boundary: X1, so care went on
            Episodes 1 DECOM=09/06/2025                   # missing
            Episodes 2 DECOM=01/06/2025 RNE=P             # nothing before it
        """,
    ),
    Rule(
        code="433",
        says="The reason says that this episode follows on, but it does not start on the day the last one ended. "
        "Correct the dates or the reason.",
        fields=("Episodes.RNE", "Episodes.DECOM"),
        needs=EPISODES,
        source=SOURCE + "433",
        on="Episodes",
        where=among("RNE", FOLLOWS_ON) & given("prev_row") & ~is_true(col("DECOM") == col("prev_DEC")),
        examples="""
            Episodes 1 DECOM=01/06/2025 DEC=04/06/2025 RNE=S
            Episodes 1 DECOM=05/06/2025 DEC=08/06/2025 RNE=P  !  # boundary: one day late
            Episodes 1 DECOM=08/06/2025 RNE=L
            Episodes 2 DECOM=01/06/2025 RNE=P                    # nothing before it
            Episodes 3 DECOM=01/06/2025 DEC=04/06/2025
            Episodes 3 DECOM=05/06/2025                          # missing
        """,
    ),
    Rule(
        code="434",
        says="The reason says that only the legal status changed, but it did not, or the placement did. Correct the "
        "reason, the legal status or the placement.",
        fields=("Episodes.RNE", "Episodes.LS", *PLACED),
        needs=EPISODES,
        source=SOURCE + "434",
        on="Episodes",
        where=(col("RNE") == "L") & given("prev_row") & (~NEW_STATUS | MOVED),
        examples="""
            Episodes 1 DECOM=01/06/2025 LS=C1 PLACE=U6 RNE=S
            Episodes 1 DECOM=02/06/2025 LS=C1 PLACE=U6 RNE=L  !
            Episodes 1 DECOM=03/06/2025 LS=C2 PLACE=U6 RNE=L
            Episodes 1 DECOM=04/06/2025 LS=V2 PLACE=K2 RNE=L  !  # boundary: both changed
            Episodes 2 DECOM=01/06/2025 RNE=L                    # missing: nothing to compare with
        """,
    ),
    Rule(
        code="435",
        says="The reason says that the placement changed and the legal status did not, but the episodes show otherwise."
        " Correct the reason, the legal status or the placement.",
        fields=("Episodes.RNE", "Episodes.LS", *PLACED),
        needs=EPISODES,
        source=SOURCE + "435",
        on="Episodes",
        where=among("RNE", ["P", "T"]) & given("prev_row") & (NEW_STATUS | ~MOVED),
        examples="""
            Episodes 1 DECOM=01/06/2025 LS=C1 PLACE=U6 RNE=S
            Episodes 1 DECOM=02/06/2025 LS=C1 PLACE=U6 RNE=P  !
            Episodes 1 DECOM=03/06/2025 LS=C1 PLACE=K2 RNE=P
            Episodes 1 DECOM=04/06/2025 LS=C2 PLACE=U6 RNE=T  !  # boundary: moved, but the status changed too
            Episodes 2 DECOM=01/06/2025 RNE=P                    # missing: nothing to compare with
        """,
    ),
    Rule(
        code="436",
        says="The reason says that both the placement and the legal status changed, but the episodes show otherwise. "
        "Correct the reason, the legal status or the placement.",
        fields=("Episodes.RNE", "Episodes.LS", *PLACED),
        needs=EPISODES,
        source=SOURCE + "436",
        on="Episodes",
        where=among("RNE", ["B", "U"]) & given("prev_row") & (~NEW_STATUS | ~MOVED),
        examples="""
            Episodes 1 DECOM=01/06/2025 LS=C1 PLACE=U6 RNE=S
            Episodes 1 DECOM=02/06/2025 LS=C1 PLACE=K2 RNE=B  !
            Episodes 1 DECOM=03/06/2025 LS=C2 PLACE=U6 RNE=B
            Episodes 1 DECOM=04/06/2025 LS=V2 PLACE=U6 RNE=U  !  # boundary: one of the two changed
            Episodes 2 DECOM=01/06/2025 RNE=B                    # missing: nothing to compare with
        """,
    ),
    Rule(
        code="437",
        says="Care is said to have ended with the child's death or at 18 or over, but a further episode follows. "
        "Correct the reason, or remove the later episode.",
        fields=("Episodes.REC",),
        needs=EPISODES,
        source=SOURCE + "437",
        on="Episodes",
        where=among("REC", ["E2", "E15"]) & given("next_row"),
        examples="""
            Episodes 1 DECOM=01/06/2025 REC=E2   !
            Episodes 1 DECOM=02/06/2025 REC=E15     # boundary: the last one
            Episodes 2 DECOM=01/06/2025 REC=E4A
            Episodes 2 DECOM=02/06/2025
            Episodes 3 REC=E2                       # missing: without a start it has no place in the order
        """,
    ),
    Rule(
        code="501",
        says="This episode starts before the one before it has ended. Correct one of the two dates.",
        fields=("Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=SOURCE + "501",
        on="Episodes",
        where=col("DECOM") < col("prev_DEC"),
        examples="""
            Episodes 1 DECOM=01/06/2025 DEC=04/06/2025
            Episodes 1 DECOM=03/06/2025 DEC=08/06/2025  !
            Episodes 1 DECOM=08/06/2025                    # boundary
            Episodes 1 DECOM=09/06/2025                    # missing: the one before is open
        """,
    ),
    Rule(
        code="504",
        says="The category of need differs from the one at the start of this period of care, where it must stay. "
        "Correct one of the two.",
        fields=("Episodes.CIN",),
        needs=EPISODES,
        source=SOURCE + "504",
        on="Episodes",
        where=not_among("RNE", ["S"]) & (col("CIN") != col("care_CIN")),
        examples="""
            Episodes 1 DECOM=01/06/2025 RNE=S CIN=N1
            Episodes 1 DECOM=02/06/2025 RNE=P CIN=N2  !
            Episodes 1 DECOM=03/06/2025 RNE=P CIN=N1
            Episodes 1 DECOM=04/06/2025 RNE=S CIN=N4     # boundary: a new period may have another
            Episodes 1 DECOM=05/06/2025 RNE=P            # missing
            Episodes 2 DECOM=01/06/2025 RNE=S            # missing: no other child lends its own
            Episodes 2 DECOM=02/06/2025 RNE=P CIN=N2
        """,
    ),
)
