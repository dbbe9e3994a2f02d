"""Rules on legal status: how long it may last, at what age, and what it may stand beside."""

from __future__ import annotations

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_in,
    birthday,
    blank_or_not_among,
    col,
    days_between,
    earlier_of,
    later_of,
    plus_days,
    sum_in,
    when_given,
)
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import CRIMINAL_RESPONSIBILITY, RESPITE, TEMPORARY

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
SHORT_BREAK = "V3"
"""Short breaks of which every episode is recorded; under V4 only the agreement is, so days cannot be counted."""
CRIMINAL = ("J1", "J2", "J3")
LONG_TERM_FOSTER = ("U1", "U4")

SHORT_BREAK_DAYS = 17
SHORT_BREAK_DAYS_IN_A_YEAR = 75
"""Care Planning, Placement and Case Review (England) Regulations 2010, reg 48: 17 days at a time, 75 in a year."""

LASTED_UNTIL = when_given("status_end", "year_end")
IN_YEAR_FROM: Expr = later_of("DECOM", "year_start")
IN_YEAR_UNTIL: Expr = earlier_of("DEC", "year_end")
BREAK_IN_YEAR: Expr = (col("LS") == SHORT_BREAK) & (IN_YEAR_FROM < IN_YEAR_UNTIL)
DAYS_OF_BREAKS: Expr = sum_in("CHILD", days_between(IN_YEAR_FROM, IN_YEAR_UNTIL), BREAK_IN_YEAR)


def _longest(code: str, status: str, days: int, says: str, law: str) -> Rule:
    """The status may last so many days, however many episodes it is made of; while open, to the end of the year."""
    day = f"{1 + days:02d}/06/2025"
    return Rule(
        code=code,
        says=says,
        fields=("Episodes.LS", "Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=f"{SOURCE}{code}; {law}",
        on="Episodes",
        where=(col("LS") == status) & (plus_days(col("status_start"), days) < LASTED_UNTIL),
        examples=f"""
            Episodes 1 LS={status} DECOM=31/05/2025 DEC={day}          !
            Episodes 2 LS={status} DECOM=01/06/2025 DEC={day}             # boundary
            Episodes 3 LS={status} DECOM=31/05/2025 DEC=01/06/2025     !  # one status in two episodes
            Episodes 3 LS={status} DECOM=01/06/2025 DEC={day}          !
            Episodes 4 LS={status} DEC={day}                              # missing
            Episodes 5 LS=C2 DECOM=01/05/2025 DEC={day}
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="358",
        says="The child was under 10, and so too young for a criminal legal status. Check the date of birth and the "
        "legal status.",
        fields=("Episodes.DECOM", "Episodes.LS", "Header.DOB"),
        needs=("Episodes", "Header"),
        source=f"{SOURCE}358; Children and Young Persons Act 1933 s.50",
        on="Episodes",
        where=among("LS", CRIMINAL) & (col("DECOM") < birthday(CRIMINAL_RESPONSIBILITY)),
        points={"Episodes": "row", "Header": "header_row"},
        examples="""
            Header   1 DOB=02/06/2015            !
            Episodes 1 DECOM=01/06/2025 LS=J1    !
            Header   2 DOB=01/06/2015
            Episodes 2 DECOM=01/06/2025 LS=J1       # boundary: the tenth birthday
            Header   3 DOB=02/06/2015
            Episodes 3 DECOM=01/06/2025 LS=C2
            Header   4                              # missing
            Episodes 4 DECOM=01/06/2025 LS=J1
        """,
    ),
    Rule(
        code="359",
        says="The child is looked after beyond the 18th birthday, which only section 20(5) in a children's home allows "
        "(V2 and K2). End the episode, or correct the legal status and the placement.",
        fields=("Episodes.DEC", "Episodes.LS", "Episodes.PLACE", "Header.DOB"),
        needs=("Episodes", "Header"),
        source=f"{SOURCE}359; Children Act 1989 s.20(5)",
        on="Episodes",
        where=(when_given("DEC", "year_end") > birthday(18))
        & (blank_or_not_among("LS", ["V2"]) | blank_or_not_among("PLACE", ["K2"])),
        points={"Episodes": "row", "Header": "header_row"},
        examples="""
            Header   1 DOB=01/06/2007                                        !
            Episodes 1 DECOM=01/06/2024 DEC=02/06/2025 LS=C2 PLACE=K2        !
            Header   2 DOB=01/06/2007
            Episodes 2 DECOM=01/06/2024 DEC=01/06/2025 LS=C2 PLACE=K2           # boundary: ends on the birthday
            Header   3 DOB=01/06/2007
            Episodes 3 DECOM=01/06/2024 LS=V2 PLACE=K2
            Header   4 DOB=01/06/2007                                        !
            Episodes 4 DECOM=01/06/2024 LS=V2 PLACE=U6                       !  # still open at the end of the year
            Header   5                                                          # missing
            Episodes 5 DECOM=01/06/2024 LS=C2 PLACE=U6
        """,
    ),
    _longest(
        "361",
        "L1",
        3,
        "Police protection lasted longer than 72 hours. Check the dates, and whether another legal status followed.",
        "Children Act 1989 s.46(6)",
    ),
    _longest(
        "362",
        "L2",
        21,
        "The emergency protection order lasted longer than 21 days, its extension included. Check the dates, and "
        "whether another legal status followed.",
        "Children Act 1989 s.45",
    ),
    _longest(
        "363",
        "L3",
        7,
        "The child assessment order lasted longer than 7 days. Check the dates, and whether another status followed.",
        "Children Act 1989 s.43(5)",
    ),
    _longest(
        "364",
        "J2",
        21,
        "Detention under PACE is shown as lasting longer than 21 days. Check the dates, and whether another legal "
        "status followed.",
        "Police and Criminal Evidence Act 1984 ss.41-46",
    ),
    Rule(
        code="365",
        says="A single short break lasted longer than 17 days. Check the dates; a longer stay is not a short break.",
        fields=("Episodes.LS", "Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=f"{SOURCE}365; Care Planning Regulations 2010 reg 48",
        on="Episodes",
        where=(col("LS") == SHORT_BREAK) & (when_given("DEC", "year_end") > plus_days(col("DECOM"), SHORT_BREAK_DAYS)),
        examples="""
            Episodes 1 LS=V3 DECOM=01/06/2025 DEC=19/06/2025  !
            Episodes 2 LS=V3 DECOM=01/06/2025 DEC=18/06/2025     # boundary: the seventeenth day
            Episodes 3 LS=V3 DECOM=01/06/2025                 !  # still open at the end of the year
            Episodes 4 LS=C2 DECOM=01/06/2025 DEC=19/06/2025
            Episodes 5 LS=V3 DEC=19/06/2025                      # missing
        """,
    ),
    Rule(
        code="366",
        says="Within a short break the child cannot change placement, so every episode of one must start with S. "
        "Correct the reason for the episode.",
        fields=("Episodes.RNE",),
        needs=EPISODES,
        source=f"{SOURCE}366",
        on="Episodes",
        where=(col("LS") == SHORT_BREAK) & blank_or_not_among("RNE", ["S"]),
        examples="""
            Episodes 1 LS=V3 RNE=P  !
            Episodes 2 LS=V3 RNE=S
            Episodes 3 LS=V4 RNE=P     # boundary: the other kind of short break
            Episodes 4 LS=V3        !  # missing: it must be S
        """,
    ),
    Rule(
        code="367",
        says="The child had more than 75 days of short breaks in the year. Check the dates; beyond that the child is "
        "looked after in full.",
        fields=("Episodes.LS", "Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=f"{SOURCE}367; Care Planning Regulations 2010 reg 48",
        on="Episodes",
        where=BREAK_IN_YEAR & (DAYS_OF_BREAKS > SHORT_BREAK_DAYS_IN_A_YEAR),
        examples="""
            Episodes 1 LS=V3 DECOM=01/06/2025 DEC=01/07/2025  !
            Episodes 1 LS=V3 DECOM=01/08/2025 DEC=16/09/2025  !
            Episodes 1 LS=C2 DECOM=16/09/2025
            Episodes 2 LS=V3 DECOM=01/06/2025 DEC=01/07/2025     # boundary: 30 and 45 days
            Episodes 2 LS=V3 DECOM=01/08/2025 DEC=15/09/2025
            Episodes 3 LS=V3 DECOM=01/01/2024 DEC=31/03/2025     # before the year
            Episodes 4 LS=V3 DEC=15/09/2025                      # missing
        """,
    ),
    Rule(
        code="382",
        says="A child on a short break cannot be in a temporary placement. Correct the placement or the legal status.",
        fields=("Episodes.LS", "Episodes.PLACE"),
        needs=EPISODES,
        source=f"{SOURCE}382",
        on="Episodes",
        where=among("LS", RESPITE) & among("PLACE", TEMPORARY),
        examples="""
            Episodes 1 LS=V4 PLACE=T0  !
            Episodes 2 LS=V2 PLACE=T0     # boundary
            Episodes 3 LS=V3 PLACE=U6
            Episodes 4 LS=V3              # missing
        """,
    ),
    Rule(
        code="384",
        says="A child on a short break cannot be in a long-term foster placement. Correct the placement or the legal "
        "status.",
        fields=("Episodes.PLACE", "Episodes.LS"),
        needs=EPISODES,
        source=f"{SOURCE}384",
        on="Episodes",
        where=among("LS", RESPITE) & among("PLACE", LONG_TERM_FOSTER),
        examples="""
            Episodes 1 LS=V3 PLACE=U1  !
            Episodes 2 LS=V3 PLACE=U2     # boundary: fostered, not for the long term
            Episodes 3 LS=C2 PLACE=U4
            Episodes 4 LS=V4              # missing
        """,
    ),
    Rule(
        code="426",
        says="The child has both kinds of short break (V3 and V4) in one year. Record all of them under one kind.",
        fields=("Episodes.LS",),
        needs=EPISODES,
        source=f"{SOURCE}426",
        on="Episodes",
        where=among("LS", RESPITE) & any_in("CHILD", col("LS") == "V3") & any_in("CHILD", col("LS") == "V4"),
        examples="""
            Episodes 1 LS=V3  !
            Episodes 1 LS=V4  !
            Episodes 1 LS=C2
            Episodes 2 LS=V3
            Episodes 2 LS=V3
            Episodes 3 LS=V4     # boundary: another child has the other kind
            Episodes 3           # missing
        """,
    ),
)
