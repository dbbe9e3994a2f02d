"""Rules on the reviews of a child's case, and how the child took part."""

from __future__ import annotations

from goldenthread.quality.conditions import among, birthday, blank, blank_or_not_among, col, not_a_date
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import codes

SOURCE = "DfE, SSDA903 validation rules, rule "
REVIEWS = ("Reviews",)
TOO_YOUNG = "PN0"
"""Participation of a child who was under four."""
TAKES_PART_FROM = 4

RULES: tuple[Rule, ...] = (
    Rule(
        code="166",
        says="The date of the review is missing, or is not a date of the calendar. Write it as day/month/year.",
        fields=("Reviews.REVIEW",),
        needs=REVIEWS,
        source=SOURCE + "166",
        on="Reviews",
        where=blank("REVIEW_text") | not_a_date("REVIEW"),
        examples="""
            Reviews 1 REVIEW=31/06/2025  !
            Reviews 2 REVIEW=30/06/2025     # boundary
            Reviews 3                    !  # missing
        """,
    ),
    Rule(
        code="167",
        says="How the child took part in the review is missing, or is no code for it. Choose one from the list.",
        fields=("Reviews.REVIEW_CODE",),
        needs=REVIEWS,
        source=SOURCE + "167",
        on="Reviews",
        where=lambda year: blank_or_not_among("REVIEW_CODE", codes("participation", year)),
        examples="""
            Reviews 1 REVIEW_CODE=PN8  !
            Reviews 2 REVIEW_CODE=PN7     # boundary: the last of the list
            Reviews 3                  !  # missing
        """,
    ),
    Rule(
        code="440",
        says="The review says that the child was under 4, who was 4 or over that day. Correct how the child took part, "
        "or the dates.",
        fields=("Reviews.DOB", "Reviews.REVIEW", "Reviews.REVIEW_CODE"),
        needs=REVIEWS,
        source=SOURCE + "440",
        on="Reviews",
        where=(col("REVIEW_CODE") == TOO_YOUNG) & (col("REVIEW") >= birthday(TAKES_PART_FROM, "DOB")),
        examples="""
            Reviews 1 DOB=01/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN0  !  # boundary: the birthday itself
            Reviews 2 DOB=02/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN0
            Reviews 3 DOB=01/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN1
            Reviews 4 REVIEW=01/06/2025 REVIEW_CODE=PN0                    # missing
        """,
    ),
    Rule(
        code="441",
        says="The review says how a child of 4 or over took part, but the child was under 4 that day. Use PN0, or "
        "correct the dates.",
        fields=("Reviews.DOB", "Reviews.REVIEW", "Reviews.REVIEW_CODE"),
        needs=REVIEWS,
        source=SOURCE + "441",
        on="Reviews",
        where=among("REVIEW_CODE", [f"PN{number}" for number in range(1, 8)])
        & (col("REVIEW") < birthday(TAKES_PART_FROM, "DOB")),
        examples="""
            Reviews 1 DOB=02/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN1  !
            Reviews 2 DOB=01/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN1     # boundary: the birthday itself
            Reviews 3 DOB=02/06/2021 REVIEW=01/06/2025 REVIEW_CODE=PN0
            Reviews 4 REVIEW=01/06/2025 REVIEW_CODE=PN1                    # missing
        """,
    ),
)
