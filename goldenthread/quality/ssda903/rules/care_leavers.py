"""Rules on young people after care: in touch, what they do, where they live (OC3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import narwhals as nw

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_blank,
    any_given,
    any_in,
    birthday,
    blank,
    blank_or_not_among,
    col,
    days_between,
    given,
    is_true,
    later_of,
    not_among,
    plus_years,
)
from goldenthread.quality.rule import Lazy, Rule, View, Year
from goldenthread.quality.ssda903.codes import ACCOMMODATION, ACTIVITIES, ADOPTED, RESPITE
from goldenthread.quality.ssda903.rules.adopters import GIVEN_ITEMS
from goldenthread.quality.ssda903.rules.adopters import ITEMS as ADOPTION_ITEMS
from goldenthread.quality.ssda903.rules.health_and_outcomes import ITEMS as TWELVE_MONTH_ITEMS
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
OC3 = ("OC3",)
EPISODES_TOO = ("Episodes", "OC3")
ALL_THREE = ("Episodes", "Episodes_last", "OC3")
ITEMS = ("IN_TOUCH", "ACTIV", "ACCOM")
FIELDS = tuple(f"OC3.{item}" for item in ITEMS)
NO_LONGER_ASKED = ("DIED", "RHOM")
FORMER_FOSTER_CARERS = ("Z1", "Z2")
TAKEN_BY_ANOTHER_AUTHORITY, DIED = "E3", "E2"

RELEVANT_FROM, RELEVANT_AFTER, RELEVANT_DAYS = 14, 16, 13 * 7
"""Looked after for thirteen weeks since the age of 14, some of it after 16: Children Act 1989 Sch 2 para 19B; Care
Leavers (England) Regulations 2010, reg 3."""

ANY: Expr = any_given(*ITEMS)


def _between(birthday_: Expr, ended: Expr, end: Expr) -> Expr:
    return (birthday_ <= end) & (ended >= birthday_)


SOME_AGE: Expr = (birthday(17, "DOB") <= col("year_end")) & (birthday(19, "DOB") > col("year_end"))
"""Seventeen or eighteen at the end of the year."""
LEFT_AFTER_BIRTHDAY: Expr = is_true(
    (birthday(19, "DOB") > col("year_end")) & _between(birthday(18, "DOB"), col("other_DEC"), col("year_end"))
) | is_true((birthday(18, "DOB") > col("year_end")) & _between(birthday(17, "DOB"), col("other_DEC"), col("year_end")))
"""Beside an episode: it ended on or after the birthday of the year on which the young person turned 17 or 18."""
OPEN_EPISODE: Expr = blank("other_DEC_text", "other_REC")


def _code(code: str, column: str, allowed: Iterable[str], what: str, right: str, wrong: str) -> Rule:
    return Rule(
        code=code,
        says=f"This is not a code for {what}, or it is missing. Choose one from the list.",
        fields=(f"OC3.{column}",),
        needs=OC3,
        source=SOURCE + code,
        on="OC3",
        where=blank_or_not_among(column, allowed),
        examples=f"""
            OC3 1 {column}={wrong}  !
            OC3 2 {column}={right}
            OC3 3 {column}={right}X !  # boundary: a letter too many
            OC3 4                   !  # missing
        """,
    )


def _should_not_be_there(
    code: str,
    says: str,
    needs: tuple[str, ...],
    where: Expr,
    examples: str,
    on: View = "OC3",
    years: tuple[int, int | None] = (2023, None),
) -> Rule:
    points = {"OC3": "row"}
    return Rule(code, says, FIELDS, needs, SOURCE + code, examples, on=on, where=where, points=points, years=years)


def _died_in_care(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    died = [
        tables["Episodes"].filter((col("REC") == DIED) & given("CHILD")).select("CHILD")
        for tables in (views.tables, views.last)
    ]
    children = nw.concat(died, how="vertical").unique()
    return {"OC3": views.tables["OC3"].join(children, on="CHILD", how="inner")}


def _not_a_relevant_child(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    """Care leavers whose known care falls short of what makes a relevant child, and those who were adopted."""
    columns = ("CHILD", "DECOM", "DEC", "LS", "REC")
    both = nw.concat([views.tables["Episodes"].select(*columns), views.last["Episodes"].select(*columns)])
    both = both.filter(given("CHILD", "DECOM"))
    # An episode open in last year's return and ended in this is one episode.
    care = both.filter(~is_true(among("LS", RESPITE))).group_by("CHILD", "DECOM").agg(nw.col("DEC").min())
    born = views.tables["Header"].select("CHILD", born=nw.col("DOB")).filter(given("CHILD", "born")).unique("CHILD")
    care = care.join(born, on="CHILD", how="inner").with_columns(
        fourteen=plus_years(col("born"), RELEVANT_FROM),
        end=nw.coalesce(col("DEC"), nw.lit(year.end)),
        sixteen=plus_years(col("born"), RELEVANT_AFTER),
    )
    days = days_between(later_of("DECOM", "fourteen"), col("end"))
    known = care.group_by("CHILD").agg(
        nw.when(days > 0).then(days).otherwise(nw.lit(0)).sum().alias("days"),
        nw.when(col("end") >= col("sixteen")).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias("late"),
    )
    adopted = both.filter(among("REC", ADOPTED)).select("CHILD").unique()
    relevant = known.filter((col("days") >= RELEVANT_DAYS) & (col("late") == 1))
    relevant = relevant.select("CHILD").join(adopted, on="CHILD", how="anti")
    return {"OC3": views.tables["OC3"].join(relevant, on="CHILD", how="anti")}


def _asylum_of_a_care_leaver(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    in_year = (col("DECOM") <= year.end) & (blank("DEC") | (col("DEC") >= year.start))
    looked_after = views.tables["Episodes"].filter(given("CHILD") & in_year).select("CHILD").unique()
    leavers = views.view("OC3").filter(ANY & given("CHILD")).join(looked_after, on="CHILD", how="anti")
    still = blank("uasc_DUC_text") | (col("uasc_DUC") >= year.start)
    at_fault = leavers.filter(given("uasc_row") & still)
    return {"OC3": at_fault.select("row"), "UASC": at_fault.select(row=col("uasc_row"))}


RULES: tuple[Rule, ...] = (
    _should_not_be_there(
        "1002",
        "No episode of care is known of this young person, this year or last. Check the child's number, or remove the "
        "care leaver's row.",
        ALL_THREE,
        blank("episodes") & blank("last_episodes"),
        """
            OC3           1  !
            OC3           2     # boundary: last year only
            Episodes_last 2
            OC3           3
            Episodes      3
            Episodes      4     # missing
            OC3           4
        """,
    ),
    Rule(
        code="1000",
        says="The child died in care, so there is no care leaver to report on. Remove the row, or correct the episode.",
        fields=FIELDS,
        needs=EPISODES_TOO,
        source=SOURCE + "1000",
        search=_died_in_care,
        examples="""
            OC3           1               !
            Episodes      1 REC=E2
            OC3           2               !
            Episodes_last 2 REC=E2
            OC3           3                  # boundary: another reason
            Episodes      3 REC=E3
            OC3           4                  # missing
            Episodes      4
        """,
    ),
    Rule(
        code="1001",
        says="From the episodes known, this young person was not looked after for 13 weeks since 14 and also after 16, "
        "or was adopted, and is no care leaver. Check the episodes.",
        fields=FIELDS,
        needs=("Episodes", "Episodes_last", "Header", "OC3"),
        source=f"{SOURCE}1001; Care Leavers (England) Regulations 2010 reg 3",
        search=_not_a_relevant_child,
        examples="""
            Header        1 DOB=01/04/2009
            Episodes      1 DECOM=01/05/2025 DEC=30/07/2025 LS=C2    # 90 days
            OC3           1                                         !
            Header        2 DOB=01/04/2009
            Episodes      2 DECOM=01/05/2025 DEC=31/07/2025 LS=C2
            OC3           2                                            # boundary: 91 days
            Header        3 DOB=01/04/2009
            Episodes      3 DECOM=01/05/2025 DEC=31/12/2025 LS=V3
            OC3           3                                         !
            Header        4
            Episodes      4 DECOM=01/05/2025
            OC3           4                                         !  # missing date of birth: not known to be one
            Episodes_last 2 DECOM=01/05/2025
        """,
    ),
    _should_not_be_there(
        "1007",
        "The young person is 17 or 18 and still looked after, so is no care leaver yet. Remove the row.",
        EPISODES_TOO,
        ANY & SOME_AGE & OPEN_EPISODE,
        """
            OC3      1 DOB=31/03/2009 IN_TOUCH=YES  !  # boundary: seventeen on the last day
            Episodes 1 DECOM=01/06/2024
            OC3      2 DOB=01/04/2009 IN_TOUCH=YES
            Episodes 2 DECOM=01/06/2024
            OC3      3 DOB=31/03/2009 IN_TOUCH=YES
            Episodes 3 DECOM=01/06/2024 DEC=01/06/2025 REC=E8
            OC3      4 IN_TOUCH=YES                    # missing
            Episodes 4 DECOM=01/06/2024
        """,
        ("OC3", "Episodes"),
    ),
    _should_not_be_there(
        "1010",
        "Last year's return ended with this child in care, and this year's has no episode. Return the episode and how "
        "it ended.",
        ALL_THREE,
        blank("episodes") & given("last_latest_row") & blank("last_latest_DEC_text"),
        """
            OC3           1                                  !
            Episodes_last 1 DECOM=01/06/2024
            OC3           2                                     # boundary: it had ended
            Episodes_last 2 DECOM=01/06/2024 DEC=31/03/2025
            OC3           3                                     # missing: nothing last year
            OC3           4
            Episodes      4
            Episodes_last 4 DECOM=01/06/2024
        """,
    ),
    _should_not_be_there(
        "1011",
        "The child's care passed to another authority, which reports on the care leaver. Remove the row, or correct "
        "the last episode.",
        EPISODES_TOO,
        col("latest_REC") == TAKEN_BY_ANOTHER_AUTHORITY,
        """
            OC3      1                               !
            Episodes 1 DECOM=01/06/2025 REC=E3
            OC3      2                                  # boundary: not the last episode
            Episodes 2 DECOM=01/06/2025 REC=E3
            Episodes 2 DECOM=01/07/2025 REC=E8
            OC3      3                                  # missing
            Episodes 3 DECOM=01/06/2025
        """,
    ),
    Rule(
        code="1014",
        says="A care leaver who was not looked after this year needs no asylum row. Remove it from the UASC module.",
        fields=(*FIELDS, "UASC.DUC"),
        needs=("Episodes", "OC3", "UASC"),
        source=SOURCE + "1014",
        search=_asylum_of_a_care_leaver,
        examples="""
            OC3      1 IN_TOUCH=YES                        !
            UASC     1                                     !
            Episodes 1 DECOM=01/06/2024 DEC=31/03/2025
            OC3      2 IN_TOUCH=YES
            UASC     2                                        # boundary: looked after on the first day
            Episodes 2 DECOM=01/06/2024 DEC=01/04/2025
            OC3      3 IN_TOUCH=YES
            UASC     3 DUC=31/03/2025
            OC3      4                                        # missing
            UASC     4
        """,
    ),
    _should_not_be_there(
        "1016",
        "The young person left care on or after this year's 17th or 18th birthday, so is reported on next year. Remove "
        "the row.",
        EPISODES_TOO,
        ANY & LEFT_AFTER_BIRTHDAY & ~any_in("row", OPEN_EPISODE),
        """
            OC3      1 DOB=01/06/2008 IN_TOUCH=YES                  !  # boundary: left on the birthday
            Episodes 1 DECOM=01/06/2024 DEC=01/06/2025
            OC3      2 DOB=02/06/2008 IN_TOUCH=YES
            Episodes 2 DECOM=01/06/2024 DEC=01/06/2025
            OC3      3 DOB=01/06/2007 IN_TOUCH=YES                  !
            Episodes 3 DECOM=01/06/2024 DEC=01/07/2025
            OC3      4 DOB=01/06/2008 IN_TOUCH=YES                     # missing
            Episodes 4 DECOM=01/06/2024
        """,
        ("OC3", "Episodes"),
        years=(2024, None),
    ),
    _code("131", "IN_TOUCH", ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM"), "being in touch", "YES", "MAYBE"),
    _code("132", "ACTIV", ACTIVITIES, "what the young person does", "F2", "F3"),
    _code("133", "ACCOM", ACCOMMODATION, "where the young person lives", "U1", "U3"),
    Rule(
        code="134",
        says="A care leaver was not adopted, and yet an adoption is returned. Remove one of the two.",
        fields=(*FIELDS, *(f"AD1.{item}" for item in ADOPTION_ITEMS)),
        needs=("AD1", "OC3"),
        source=SOURCE + "134",
        on=("OC3", "AD1"),
        where=ANY & any_given(*(f"other_{item}" for item in GIVEN_ITEMS)),
        examples="""
            OC3 1 IN_TOUCH=YES  !
            AD1 1 NB_ADOPTR=2   !
            OC3 2 IN_TOUCH=YES
            AD1 2                  # boundary: an empty row
            OC3 3                  # missing
            AD1 3 NB_ADOPTR=2
        """,
    ),
    Rule(
        code="153",
        says="Of being in touch, activity and accommodation some are given and some are not. Give all three, or none.",
        fields=FIELDS,
        needs=OC3,
        source=SOURCE + "153",
        on="OC3",
        where=ANY & any_blank(*ITEMS),
        examples="""
            OC3 1 IN_TOUCH=YES                    !
            OC3 2 IN_TOUCH=YES ACTIV=F2           !  # boundary: one short
            OC3 3 IN_TOUCH=YES ACTIV=F2 ACCOM=U1
            OC3 4                                    # missing: none
        """,
    ),
    Rule(
        code="187",
        says="A child looked after for the whole year can be neither adopted in it nor a care leaver. Correct the "
        "episodes, or remove the row.",
        fields=(*(f"AD1.{item}" for item in ADOPTION_ITEMS), *FIELDS),
        needs=("AD1", "Episodes", "OC3"),
        source=SOURCE + "187",
        search=lambda views, year: {
            "OC3": views.view("OC3").filter(col("continuous") & ANY),
            "AD1": views.view("AD1").filter(col("continuous") & any_given(*GIVEN_ITEMS)),
        },
        examples="""
            Episodes 1 DECOM=01/04/2025
            OC3      1 IN_TOUCH=YES      !
            Episodes 2 DECOM=01/04/2025
            AD1      2 NB_ADOPTR=2       !
            Episodes 3 DECOM=02/04/2025
            OC3      3 IN_TOUCH=YES         # boundary: a day short
            Episodes 4 DECOM=01/04/2025
            OC3      4                      # missing
        """,
    ),
    Rule(
        code="215",
        says="Items of a care leaver and of a child looked after for twelve months are both returned. Remove those "
        "that do not belong.",
        fields=(*FIELDS, *(f"OC2.{item}" for item in TWELVE_MONTH_ITEMS)),
        needs=("OC2", "OC3"),
        source=SOURCE + "215",
        on=("OC3", "OC2"),
        where=ANY & any_given(*(f"other_{item}" for item in TWELVE_MONTH_ITEMS)),
        examples="""
            OC3 1 IN_TOUCH=YES    !
            OC2 1 TEETH_CHECK=0   !
            OC3 2 IN_TOUCH=YES
            OC2 2 SDQ_SCORE=3        # boundary: the SDQ is not one of these items
            OC3 3                    # missing
            OC2 3 TEETH_CHECK=0
        """,
    ),
    Rule(
        code="3001",
        says="Around the 17th birthday a young person is not yet with former foster carers. Correct the accommodation.",
        fields=("OC3.ACCOM", "Header.DOB"),
        needs=("Header", "OC3"),
        source=SOURCE + "3001",
        on="OC3",
        where=among("ACCOM", FORMER_FOSTER_CARERS)
        & (birthday(17) >= col("year_start"))
        & (birthday(17) <= col("year_end")),
        points={"OC3": "row", "Header": "header_row"},
        examples="""
            Header 1 DOB=31/03/2009  !  # boundary: seventeen on the last day
            OC3    1 ACCOM=Z1        !
            Header 2 DOB=01/04/2009
            OC3    2 ACCOM=Z1
            Header 3 DOB=31/03/2009
            OC3    3 ACCOM=U1
            Header 4                    # missing
            OC3    4 ACCOM=Z2
        """,
    ),
    Rule(
        code="344",
        says="The young person died or went home, so activity and accommodation are not asked. Clear them, or correct "
        "being in touch.",
        fields=FIELDS,
        needs=OC3,
        source=SOURCE + "344",
        on="OC3",
        where=among("IN_TOUCH", NO_LONGER_ASKED) & any_given("ACTIV", "ACCOM"),
        examples="""
            OC3 1 IN_TOUCH=DIED ACTIV=F2  !
            OC3 2 IN_TOUCH=RHOM ACCOM=U1  !
            OC3 3 IN_TOUCH=RHOM              # boundary: nothing else
            OC3 4 ACTIV=F2                   # missing
        """,
    ),
    Rule(
        code="345",
        says="You are in touch with the young person, so activity and accommodation are known. Give them instead of 0.",
        fields=FIELDS,
        needs=OC3,
        source=SOURCE + "345",
        on="OC3",
        where=(col("IN_TOUCH") == "YES") & (is_true(col("ACTIV") == "0") | is_true(col("ACCOM") == "0")),
        examples="""
            OC3 1 IN_TOUCH=YES ACTIV=0 ACCOM=U1  !
            OC3 2 IN_TOUCH=NO ACTIV=0 ACCOM=0       # boundary: not in touch
            OC3 3 IN_TOUCH=YES ACTIV=F2 ACCOM=U1
            OC3 4 IN_TOUCH=YES                      # missing
        """,
    ),
    Rule(
        code="347",
        says="A young person under 18 cannot live in a foyer. Correct the accommodation, or the date of birth.",
        fields=("OC3.ACCOM", "OC3.DOB"),
        needs=OC3,
        source=SOURCE + "347",
        on="OC3",
        where=col("ACCOM").str.starts_with("T") & (birthday(18, "DOB") > col("year_start")),
        years=(2024, None),
        examples="""
            OC3 1 DOB=02/04/2007 ACCOM=T1  !
            OC3 2 DOB=01/04/2007 ACCOM=T1     # boundary: eighteen on the first day
            OC3 3 DOB=02/04/2007 ACCOM=U1
            OC3 4 ACCOM=T1                    # missing
        """,
    ),
    Rule(
        code="348",
        says="Last year's return says that the young person had died. Correct being in touch, this year's or last.",
        fields=("OC3.IN_TOUCH",),
        needs=("OC3", "OC3_last"),
        source=SOURCE + "348",
        on="OC3",
        where=(col("last_oc3_IN_TOUCH") == "DIED") & not_among("IN_TOUCH", ["DIED"]),
        years=(2026, None),
        examples="""
            OC3      1 IN_TOUCH=YES   !
            OC3_last 1 IN_TOUCH=DIED
            OC3      2 IN_TOUCH=DIED     # boundary: and so it still says
            OC3_last 2 IN_TOUCH=DIED
            OC3      3 IN_TOUCH=YES
            OC3_last 3 IN_TOUCH=RHOM
            OC3      4                   # missing
            OC3_last 4 IN_TOUCH=DIED
        """,
    ),
    Rule(
        code="391",
        says="The young person was not 17 to 21 in this year, so no care leaver's items are asked. Remove them, or "
        "correct the date of birth.",
        fields=("OC3.DOB", *FIELDS),
        needs=OC3,
        source=SOURCE + "391",
        on="OC3",
        where=ANY & ((birthday(17, "DOB") > col("year_end")) | (birthday(22, "DOB") <= col("year_start"))),
        examples="""
            OC3 1 DOB=01/04/2009 IN_TOUCH=YES  !
            OC3 2 DOB=31/03/2009 IN_TOUCH=YES     # boundary: seventeen on the last day
            OC3 3 DOB=01/04/2003 IN_TOUCH=YES  !
            OC3 4 DOB=02/04/2003 IN_TOUCH=YES     # still 21 on the first
            OC3 5 IN_TOUCH=YES                    # missing
        """,
    ),
)
