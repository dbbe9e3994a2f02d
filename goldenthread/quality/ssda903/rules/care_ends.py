"""Rules on how a period of care begins and ends: the placement it begins or ends in, and the child's age."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.quality.conditions import Expr, among, birthday, col, not_among
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import ADOPTED, CONTINUES, PLACED_FOR_ADOPTION, TEMPORARY

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
SPECIAL_GUARDIANSHIP = ("E45", "E46", "E47", "E48")


def _aged(code: str, reasons: Sequence[str], age: int, says: str, *, from_age: bool) -> Rule:
    """Care that ends for one of the reasons, of a child who is too old for it (`from_age`) or too young."""
    turned = birthday(age)
    wrong: Expr = col("DEC") >= turned if from_age else col("DEC") < turned
    on_birthday, day_before = ("!", " ") if from_age else (" ", "!")
    return Rule(
        code=code,
        says=says,
        fields=("Episodes.REC", "Episodes.DEC", "Header.DOB"),
        needs=("Episodes", "Header"),
        source=SOURCE + code,
        on="Episodes",
        where=among("REC", reasons) & wrong,
        points={"Episodes": "row", "Header": "header_row"},
        examples=f"""
            Header   1 DOB=01/06/{2025 - age}              {on_birthday}
            Episodes 1 DEC=01/06/2025 REC={reasons[0]}     {on_birthday}  # boundary: the birthday itself
            Header   2 DOB=02/06/{2025 - age}              {day_before}
            Episodes 2 DEC=01/06/2025 REC={reasons[-1]}    {day_before}  # the day before it
            Header   3 DOB=01/06/{2025 - age}
            Episodes 3 DEC=01/06/2025 REC=X1
            Header   4                                        # missing
            Episodes 4 DEC=01/06/2025 REC={reasons[0]}
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="380",
        says="A period of care cannot start in a temporary placement. Return the placement the child was placed in, or "
        "correct the placement or the reason.",
        fields=("Episodes.PLACE", "Episodes.RNE"),
        needs=EPISODES,
        source=SOURCE + "380",
        on="Episodes",
        where=(col("RNE") == "S") & among("PLACE", TEMPORARY),
        examples="""
            Episodes 1 RNE=S PLACE=T4  !
            Episodes 2 RNE=P PLACE=T4     # boundary: care had already started
            Episodes 3 RNE=S PLACE=U6
            Episodes 4 RNE=S              # missing
        """,
    ),
    Rule(
        code="381",
        says="A period of care cannot end in a temporary placement. Return the placement the child went back to, or "
        "correct the placement or the reason.",
        fields=("Episodes.PLACE", "Episodes.REC"),
        needs=EPISODES,
        source=SOURCE + "381",
        on="Episodes",
        where=not_among("REC", [CONTINUES]) & among("PLACE", TEMPORARY),
        examples="""
            Episodes 1 REC=E4A PLACE=T1  !
            Episodes 2 REC=X1 PLACE=T1      # boundary: care goes on
            Episodes 3 REC=E4A PLACE=K2
            Episodes 4 PLACE=T1             # missing
        """,
    ),
    _aged(
        "386",
        ADOPTED,
        18,
        "The child is said to have been adopted at 18 or over, which the law does not allow here. Check the date of "
        "birth, the end date and the reason.",
        from_age=True,
    ),
    _aged(
        "387",
        ("E5", "E6"),
        14,
        "The child is said to have moved to independent living before the age of 14. Check the date of birth, the end "
        "date and the reason.",
        from_age=False,
    ),
    _aged(
        "389",
        ("E7",),
        16,
        "The child is said to have moved to adult social care before the age of 16. Check the date of birth, the end "
        "date and the reason.",
        from_age=False,
    ),
    Rule(
        code="390",
        says="The child is said to have been adopted, but the last placement is not one for adoption. Correct the "
        "placement or the reason.",
        fields=("Episodes.PLACE", "Episodes.REC"),
        needs=EPISODES,
        source=SOURCE + "390",
        on="Episodes",
        where=among("REC", ADOPTED) & not_among("PLACE", PLACED_FOR_ADOPTION),
        examples="""
            Episodes 1 REC=E11 PLACE=U6  !
            Episodes 2 REC=E12 PLACE=A6     # boundary: the last of the adoptive placements
            Episodes 3 REC=E4A PLACE=U6
            Episodes 4 REC=E11              # missing
        """,
    ),
    _aged(
        "407",
        SPECIAL_GUARDIANSHIP,
        18,
        "Care is said to have ended with a special guardianship order at 18 or over, when none can be made. Check the "
        "date of birth, the end date and the reason.",
        from_age=True,
    ),
    _aged(
        "460",
        ("E17",),
        18,
        "The child is said to have stayed with the carers at 18 or over, but was under 18. Check the date of birth, "
        "the end date and the reason.",
        from_age=False,
    ),
)
