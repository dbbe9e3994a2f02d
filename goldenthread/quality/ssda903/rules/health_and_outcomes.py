"""Rules on children looked after for twelve months: health, convictions, substance misuse and the SDQ (OC2)."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.conditions import (
    Expr,
    any_blank,
    any_given,
    any_of,
    birthday,
    blank,
    blank_or_not_among,
    col,
    given,
    is_true,
    not_among,
)
from goldenthread.quality.rule import Lazy, Rule, Year
from goldenthread.quality.ssda903.codes import CRIMINAL_RESPONSIBILITY, codes
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
OC2 = ("OC2",)
EPISODES_TOO = ("Episodes", "OC2")
OF_EVERY_CHILD = ("IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE")
ITEMS = ("CONVICTED", "HEALTH_CHECK", *OF_EVERY_CHILD, "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
YES_OR_NO = ("0", "1")
LOWEST_SDQ, HIGHEST_SDQ = 0, 40
"""Strengths and Difficulties Questionnaire, total difficulties score."""
DEVELOPMENT_CHECKS_UNTIL = 5
"""Health surveillance or promotion checks are returned of children under five."""

CONTINUOUS: Expr = col("continuous")
NOT_TWELVE_MONTHS: Expr = ~is_true(col("continuous"))
TWELVE_MONTHS = "DECOM=01/04/2025 RNE=P LS=C2"
ELEVEN_MONTHS = "DECOM=02/04/2025 RNE=S LS=C2"


def _turned(age: int) -> Expr:
    """Reaches the age after the first day of the year and by its last."""
    return (birthday(age, "DOB") > col("year_start")) & (birthday(age, "DOB") <= col("year_end"))


def _rule(
    code: str, says: str, fields: tuple[str, ...], where: Expr, examples: str, needs: tuple[str, ...] = OC2
) -> Rule:
    named = tuple(f"OC2.{field}" for field in fields)
    return Rule(code, says, named, needs, SOURCE + code, examples, on="OC2", where=where)


def _aged(
    code: str, says: str, field: str, where: Expr, young: str, old: str, *, needs_old: bool, blank_: bool
) -> Rule:
    """An item that is (not) asked from an age at the end of the year; `young` is a day short of it, `old` just old."""
    value = f"{field}=" if blank_ else f"{field}=1"
    on_old, on_young = ("!", " ") if needs_old else (" ", "!")
    episodes = f"Episodes {{}} {TWELVE_MONTHS}" if blank_ else ""
    rows = "\n".join(episodes.format(child) for child in (1, 2, 3))
    other = f"{field}=1" if blank_ else f"{field}="
    return _rule(
        code,
        says,
        ("DOB", field),
        where,
        f"""
            OC2 1 DOB={old} {value}    {on_old}  # boundary: on the last day of the year
            OC2 2 DOB={young} {value}  {on_young}
            OC2 3 DOB={old} {other}
            OC2 4 {value}                        # missing
            {rows}
        """,
        EPISODES_TOO if blank_ else OC2,
    )


def _with_items(code: str, item: str, what: str) -> Rule:
    return _rule(
        code,
        f"{what} is given, so immunisations, teeth, health assessment and substance misuse must be as well. Give all "
        "four.",
        (item, *OF_EVERY_CHILD),
        given(item) & any_blank(*OF_EVERY_CHILD),
        f"""
            OC2 1 {item}=1                                                                           !
            OC2 2 {item}=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1                         !  # boundary
            OC2 3 {item}=0 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
            OC2 4                                                                                       # missing
        """,
    )


def _not_of_twelve_months(code: str, says: str, items: tuple[str, ...]) -> Rule:
    return _rule(
        code,
        says,
        tuple(item.removesuffix("_text") for item in items),
        NOT_TWELVE_MONTHS & any_given(*items),
        f"""
            Episodes 1 {ELEVEN_MONTHS}
            OC2      1 {items[0].removesuffix("_text")}=1  !
            Episodes 2 {TWELVE_MONTHS}
            OC2      2 {items[0].removesuffix("_text")}=1     # boundary: from the first day of the year
            Episodes 3 {TWELVE_MONTHS} DEC=01/09/2025 REC=E4A
            OC2      3 {items[-1].removesuffix("_text")}=1 !
            Episodes 4 {ELEVEN_MONTHS}
            OC2      4                                        # missing
        """,
        EPISODES_TOO,
    )


def _left_blank(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    """Unfinished rows, and the latest episodes of children who should have a row and have none."""
    unfinished = views.view("OC2").filter(CONTINUOUS & any_blank(*OF_EVERY_CHILD))
    absent = views.view("Episodes").filter(CONTINUOUS & blank("oc2_row") & (col("row") == col("latest_row")))
    return {"OC2": unfinished, "Episodes": absent}


RULES: tuple[Rule, ...] = (
    _rule(
        "157",
        "The child was 4 to 16, so the reason for no SDQ score cannot be the child's age (SDQ1). Give the score, or "
        "another reason.",
        ("SDQ_REASON", "DOB"),
        CONTINUOUS
        & (col("SDQ_REASON") == "SDQ1")
        & (birthday(4, "DOB") <= col("year_start"))
        & (birthday(17, "DOB") > col("year_end")),
        f"""
            Episodes 1 {TWELVE_MONTHS}
            OC2      1 DOB=01/04/2021 SDQ_REASON=SDQ1  !  # boundary: four on the first day of the year
            Episodes 2 {TWELVE_MONTHS}
            OC2      2 DOB=02/04/2021 SDQ_REASON=SDQ1
            Episodes 3 {TWELVE_MONTHS}
            OC2      3 DOB=01/04/2012 SDQ_REASON=SDQ2
            Episodes 4 {TWELVE_MONTHS}
            OC2      4 SDQ_REASON=SDQ1                    # missing
        """,
        EPISODES_TOO,
    ),
    _rule(
        "158",
        "The child received help with substance misuse, so whether it was offered is not asked. Clear that item.",
        ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
        (col("INTERVENTION_RECEIVED") == "1") & given("INTERVENTION_OFFERED"),
        """
            OC2 1 INTERVENTION_RECEIVED=1 INTERVENTION_OFFERED=1  !
            OC2 2 INTERVENTION_RECEIVED=1 INTERVENTION_OFFERED=0  !  # boundary: a no is an entry too
            OC2 3 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=1
            OC2 4 INTERVENTION_RECEIVED=1                            # missing
        """,
    ),
    _rule(
        "159",
        "The child has a substance misuse problem and received no help: say whether help was offered.",
        ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
        (col("SUBSTANCE_MISUSE") == "1") & (col("INTERVENTION_RECEIVED") == "0") & blank("INTERVENTION_OFFERED"),
        """
            OC2 1 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0                         !
            OC2 2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0 INTERVENTION_OFFERED=0     # boundary: a no will do
            OC2 3 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=1
            OC2 4 SUBSTANCE_MISUSE=1                                                    # missing
        """,
    ),
    _rule(
        "180",
        "An SDQ score is a whole number from 0 to 40. Correct it.",
        ("SDQ_SCORE",),
        given("SDQ_SCORE_text")
        & (
            blank("SDQ_SCORE")
            | ~col("SDQ_SCORE_text").str.contains("^[0-9]+$")
            | (col("SDQ_SCORE") < LOWEST_SDQ)
            | (col("SDQ_SCORE") > HIGHEST_SDQ)
        ),
        """
            OC2 1 SDQ_SCORE=41    !
            OC2 2 SDQ_SCORE=40       # boundary
            OC2 3 SDQ_SCORE=-1    !
            OC2 4 SDQ_SCORE=high  !
            OC2 5 SDQ_SCORE=10.5  !
            OC2 6                    # missing
        """,
    ),
    _rule(
        "181",
        "Each of these items is answered with 0 for no or 1 for yes. Correct the one that is neither.",
        ITEMS,
        any_of(not_among(item, YES_OR_NO) for item in ITEMS),
        """
            OC2 1 TEETH_CHECK=2     !
            OC2 2 TEETH_CHECK=1
            OC2 3 CONVICTED=01      !  # boundary: no one writes 01 for 1
            OC2 4 HEALTH_CHECK=Y    !
            OC2 5                      # missing
        """,
    ),
    _rule(
        "182",
        "Immunisations, teeth, health assessment and substance misuse must all be given, or every item left blank.",
        ITEMS,
        any_given(*ITEMS) & any_blank(*OF_EVERY_CHILD),
        """
            OC2 1 INTERVENTION_OFFERED=1                                                  !
            OC2 2 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1                       !
            OC2 3 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=0 SUBSTANCE_MISUSE=0       # boundary: just the four
            OC2 4                                                                            # missing: none
        """,
    ),
    _not_of_twelve_months(
        "185",
        "An SDQ score is asked only of children looked after for the whole year. Remove it, or correct the episodes.",
        ("SDQ_SCORE_text",),
    ),
    _rule(
        "186",
        "The child was 4 to 16 and looked after for the whole year, so an SDQ score is wanted. Give it, or the reason "
        "that there is none.",
        ("SDQ_SCORE",),
        CONTINUOUS
        & (birthday(4, "DOB") <= col("year_start"))
        & (birthday(17, "DOB") > col("year_end"))
        & blank("SDQ_SCORE_text", "SDQ_REASON"),
        f"""
            Episodes 1 {TWELVE_MONTHS}
            OC2      1 DOB=01/04/2009                  !  # boundary: seventeen the day after the year
            Episodes 2 {TWELVE_MONTHS}
            OC2      2 DOB=31/03/2009
            Episodes 3 {TWELVE_MONTHS}
            OC2      3 DOB=01/04/2012 SDQ_REASON=SDQ2
            Episodes 4 {TWELVE_MONTHS}
            OC2      4                                    # missing
        """,
        EPISODES_TOO,
    ),
    _rule(
        "188",
        "The child was under 4 at the end of the year, when no SDQ is made. Remove the score or the reason, or correct "
        "the date of birth.",
        ("SDQ_SCORE", "SDQ_REASON"),
        (birthday(4, "DOB") > col("year_end")) & any_given("SDQ_SCORE_text", "SDQ_REASON"),
        """
            OC2 1 DOB=01/04/2022 SDQ_SCORE=3      !
            OC2 2 DOB=31/03/2022 SDQ_SCORE=3         # boundary: four on the last day
            OC2 3 DOB=01/04/2022 SDQ_REASON=SDQ1  !
            OC2 4 SDQ_SCORE=3                        # missing
        """,
    ),
    _rule(
        "189",
        "The child was 17 or over when the year began, when no SDQ is made. Remove the score or the reason, or correct "
        "the date of birth.",
        ("DOB", "SDQ_SCORE", "SDQ_REASON"),
        (birthday(17, "DOB") <= col("year_start")) & any_given("SDQ_SCORE_text", "SDQ_REASON"),
        """
            OC2 1 DOB=01/04/2008 SDQ_SCORE=3      !
            OC2 2 DOB=02/04/2008 SDQ_SCORE=3         # boundary: seventeen the day after the first
            OC2 3 DOB=01/04/2008 SDQ_REASON=SDQ1  !
            OC2 4 SDQ_SCORE=3                        # missing
        """,
    ),
    _not_of_twelve_months(
        "190",
        "These items are asked only of children looked after for the whole year. Remove them, or correct the episodes.",
        ITEMS,
    ),
    Rule(
        "191",
        "The child was looked after for the whole year, so immunisations, teeth, health assessment and substance "
        "misuse are asked. Give all four.",
        (*(f"OC2.{item}" for item in OF_EVERY_CHILD), "Episodes.CHILD"),
        EPISODES_TOO,
        SOURCE + "191",
        f"""
            Episodes 1 {TWELVE_MONTHS}
            OC2      1 TEETH_CHECK=1                                                                    !
            Episodes 2 {TWELVE_MONTHS}                                                                  !  # missing
            Episodes 3 {TWELVE_MONTHS}
            OC2      3 IMMUNISATIONS=1 TEETH_CHECK=1 HEALTH_ASSESSMENT=1 SUBSTANCE_MISUSE=0
            Episodes 4 {ELEVEN_MONTHS}
            OC2      4                                                                                     # boundary
        """,
        search=_left_blank,
    ),
    _rule(
        "192",
        "The child has a substance misuse problem: say whether help with it was received.",
        ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED"),
        (col("SUBSTANCE_MISUSE") == "1") & blank("INTERVENTION_RECEIVED"),
        """
            OC2 1 SUBSTANCE_MISUSE=1                          !
            OC2 2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0     # boundary: a no will do
            OC2 3 SUBSTANCE_MISUSE=0
            OC2 4                                                # missing
        """,
    ),
    _rule(
        "193",
        "No substance misuse problem is recorded, so help with one is not asked. Clear those items, or record the "
        "problem.",
        ("SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
        blank_or_not_among("SUBSTANCE_MISUSE", ["1"]) & any_given("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
        """
            OC2 1 SUBSTANCE_MISUSE=0 INTERVENTION_RECEIVED=0  !  # boundary: a no is an entry too
            OC2 2 SUBSTANCE_MISUSE=1 INTERVENTION_RECEIVED=0
            OC2 3 INTERVENTION_OFFERED=1                      !
            OC2 4                                                # missing
        """,
    ),
    Rule(
        "196",
        "This is not a reason for having no SDQ score. Choose one from the list.",
        ("OC2.SDQ_REASON",),
        OC2,
        SOURCE + "196",
        """
            OC2 1 SDQ_REASON=SDQ6  !
            OC2 2 SDQ_REASON=SDQ5     # boundary: the last of the list
            OC2 3 SDQ_REASON=SDQ   !
            OC2 4                     # missing
        """,
        on="OC2",
        where=lambda year: not_among("SDQ_REASON", codes("sdq_missing_reason", year)),
    ),
    _rule(
        "197B",
        "The child turned 4 or 17 in the year: give an SDQ score, or the reason that there is none.",
        ("SDQ_REASON", "DOB"),
        CONTINUOUS & blank("SDQ_SCORE_text", "SDQ_REASON") & (_turned(4) | _turned(17)),
        f"""
            Episodes 1 {TWELVE_MONTHS}
            OC2      1 DOB=31/03/2022                  !  # boundary: four on the last day
            Episodes 2 {TWELVE_MONTHS}
            OC2      2 DOB=01/04/2022
            Episodes 3 {TWELVE_MONTHS}
            OC2      3 DOB=02/04/2008                  !
            Episodes 4 {TWELVE_MONTHS}
            OC2      4 DOB=02/04/2008 SDQ_SCORE=12
            Episodes 5 {TWELVE_MONTHS}
            OC2      5                                    # missing
        """,
        EPISODES_TOO,
    ),
    _rule(
        "197a",
        "There is an SDQ score, so no reason for having none belongs here. Clear the reason.",
        ("SDQ_SCORE", "SDQ_REASON"),
        given("SDQ_SCORE_text", "SDQ_REASON"),
        """
            OC2 1 SDQ_SCORE=3 SDQ_REASON=SDQ2  !
            OC2 2 SDQ_SCORE=0 SDQ_REASON=SDQ2  !  # boundary: nought is a score
            OC2 3 SDQ_REASON=SDQ2
            OC2 4                                 # missing
        """,
    ),
    _not_of_twelve_months(
        "198",
        "The reason for no SDQ score is asked only of children looked after for the whole year. Remove it, or correct "
        "the episodes.",
        ("SDQ_REASON",),
    ),
    _aged(
        "542",
        "The child was under 10 at the end of the year, and too young for a conviction. Clear the item, or correct the "
        "date of birth.",
        "CONVICTED",
        (birthday(CRIMINAL_RESPONSIBILITY, "DOB") > col("year_end")) & given("CONVICTED"),
        "01/04/2016",
        "31/03/2016",
        needs_old=False,
        blank_=False,
    ),
    _aged(
        "543",
        "The child was 10 or over and looked after for the whole year: say whether there was a conviction.",
        "CONVICTED",
        CONTINUOUS & (birthday(CRIMINAL_RESPONSIBILITY, "DOB") <= col("year_end")) & blank("CONVICTED"),
        "01/04/2016",
        "31/03/2016",
        needs_old=True,
        blank_=True,
    ),
    _with_items("544", "CONVICTED", "Whether the child was convicted"),
    _aged(
        "545",
        "The child was under 5 and looked after for the whole year: say whether development checks are up to date.",
        "HEALTH_CHECK",
        CONTINUOUS & (birthday(DEVELOPMENT_CHECKS_UNTIL, "DOB") > col("year_end")) & blank("HEALTH_CHECK"),
        "01/04/2021",
        "31/03/2021",
        needs_old=False,
        blank_=True,
    ),
    _aged(
        "546",
        "Development checks are asked of children under 5, and this child was older at the end of the year. Clear the "
        "item, or correct the date of birth.",
        "HEALTH_CHECK",
        (birthday(DEVELOPMENT_CHECKS_UNTIL, "DOB") <= col("year_end")) & given("HEALTH_CHECK"),
        "01/04/2021",
        "31/03/2021",
        needs_old=True,
        blank_=False,
    ),
    _with_items("547", "HEALTH_CHECK", "Whether development checks are up to date"),
)
