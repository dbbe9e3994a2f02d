"""Rules on who the child is: known by name, birth, sex and ethnicity, and known once."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from goldenthread.quality.conditions import Expr, blank, col, count_in, given
from goldenthread.quality.record.views import RecordViews
from goldenthread.quality.rule import Lazy, Rule, Severity, Year

SOURCE = "Ofsted inspectors' questions of Annex A: who is this child?"
CHILD: Expr = col("is_child")
LETTERS_ALIKE = 3
"""Letters of a forename that two entries of one child share when the rest is written otherwise (Kate, Katie)."""


def _unknown(code: str, column: str, what: str) -> Rule:
    return Rule(
        code=f"people.{code}",
        says=f"The child's {what} is not recorded. Ask, and record it.",
        fields=(f"people.{column}",),
        needs=("people",),
        source=SOURCE,
        on="people",
        where=CHILD & blank(column),
        examples=f"""
            people 1 is_child=true                    !  # missing
            people 2 is_child=true {column}=NOBT
            people 3 is_child=false                      # boundary: an adult
        """,
    )


def _entered_twice(views: RecordViews, year: Year) -> Mapping[str, Lazy]:
    """Children of one birthday and surname whose forenames begin alike, or of one pupil number."""
    people = views.table("people").filter(CHILD)
    beginning = nw.col("forename").str.to_lowercase().str.slice(0, LETTERS_ALIKE)
    named = people.filter(given("forename", "surname", "born_on")).with_columns(
        beginning=beginning, family=nw.col("surname").str.to_lowercase()
    )
    alike = named.filter(count_in(("born_on", "family", "beginning"), CHILD) > 1)
    same_number = people.filter(given("upn")).filter(count_in("upn", CHILD) > 1)
    found = nw.concat([alike.select("row"), same_number.select("row")], how="vertical")
    return {"people": found.unique()}


RULES: tuple[Rule, ...] = (
    Rule(
        code="people.birth",
        says="Neither the child's date of birth nor, before birth, the day it is expected is recorded. Record one.",
        fields=("people.born_on", "people.expected_on"),
        needs=("people",),
        source=SOURCE,
        on="people",
        where=CHILD & blank("born_on", "expected_on"),
        examples="""
            people 1 is_child=true                          !  # missing
            people 2 is_child=true born_on=2015-06-01
            people 3 is_child=true expected_on=2026-06-01      # boundary: unborn
        """,
    ),
    _unknown("ethnicity", "ethnicity", "ethnicity"),
    Rule(
        code="people.sex",
        says="The child's sex is not recorded. Record it, or that it is not known before birth.",
        fields=("people.sex",),
        needs=("people",),
        source=SOURCE,
        on="people",
        where=CHILD & blank("sex", "gender") & given("born_on"),
        examples="""
            people 1 is_child=true born_on=2015-06-01         !  # missing
            people 2 is_child=true born_on=2015-06-01 sex=F
            people 3 is_child=true expected_on=2026-06-01        # boundary: unborn
        """,
    ),
    Rule(
        code="people.twice",
        says="This child seems to be entered twice: the same birthday, surname and beginning of the name, or the same "
        "pupil number. Compare the two, and join them if they are one.",
        fields=("people.person_id", "people.forename", "people.surname", "people.born_on", "people.upn"),
        needs=("people",),
        source=SOURCE,
        search=_entered_twice,
        severity=Severity.QUERY,
        examples="""
            people 1 is_child=true forename=Katie surname=Example born_on=2015-06-01  !
            people 2 is_child=true forename=Anna surname=Example born_on=2015-06-01
            people 3 is_child=true forename=Kat surname=example born_on=2015-06-01    !
            people 4 is_child=true forename=Katie surname=Example born_on=2015-06-02     # boundary: a day later
            people 5 is_child=true forename=Katie surname=Example                        # missing
        """,
    ),
)
