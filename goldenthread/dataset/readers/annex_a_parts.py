"""Which canonical rows a row of each list gives rise to.

A `Part` is one table's share of one list. The columns that name their heading in the table's own declaration
(`annex_a="3.Date of referral"`) are taken as declared; a part says only what is beyond that: a heading used for a
second table, a constant, or a reading of the row, each with the reason for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import (
    ADVISER,
    CASE_STATUS,
    CHILD_ID,
    declared,
)

ROW_ID = "_row_id"
"""`A4-000123`: list 4, sheet row 123. Rows of several tables made from one row share it, which is how they link."""
AS_AT = "_as_at"

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of a series of short-term breaks (SSDA903 code set of legal statuses)."""
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
"""Placement types that are an absence from another placement (SSDA903 code set of placement types)."""

_ENTERED, _CEASED = pl.col("Date Started to be Looked After"), pl.col("Date Ceased to be Looked After")
_PLAN_STARTED, _PLAN_ENDED = pl.col("Child Protection Plan Start Date"), pl.col("Child Protection Plan End Date")
_REVIEW_CONFERENCE = pl.col("Date of latest review conference")
_HEALTH = pl.col("Date of Last Health Assessment")
_CASE = pl.col(CASE_STATUS)


@dataclass(frozen=True, slots=True)
class Part:
    """One table's share of a list.

    `needs` are headings of which one must be filled for the row to have anything for this table; when the part is the
    list's `main` one, a row without is rejected with its place. `columns` maps columns to headings, `readings` to
    expressions over the list's parsed columns, `ROW_ID` and `AS_AT`. `where` chooses rows. `once` names columns that
    make two rows of the list one row of the table (two enquiries that led to the same conference).
    """

    list: int
    table: str
    needs: tuple[str, ...]
    main: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, pl.Expr] = field(default_factory=dict)
    where: pl.Expr | None = None
    once: tuple[str, ...] = ()

    def all_columns(self) -> dict[str, str]:
        """Column to heading: what the table declares for this list, then what the part adds."""
        of_table = {
            column.name: heading
            for heading, columns in declared(self.list).items()
            for table, column in columns
            if table == self.table
        }
        child = {} if self.table == "adopters" else {"child_id": CHILD_ID}
        return child | of_table | dict(self.columns)


_IN_PERIOD = pl.when(_ENTERED.is_not_null()).then(pl.col(ROW_ID))
_IN_PLAN = pl.when(_PLAN_STARTED.is_not_null()).then(pl.col(ROW_ID))

PARTS: tuple[Part, ...] = (
    Part(1, "contacts", ("Date of Contact",), main=True),
    Part(2, "early_help_assessments", ("Assessment start date",), main=True),
    Part(3, "referrals", ("Date of referral",), main=True),
    Part(
        4,
        "assessments",
        ("Continuous Assessment Start Date",),
        main=True,
        readings={"kind": pl.lit("single")},
    ),
    # The heading speaks of the strategy discussion and of the enquiry it began: the day is that of both.
    Part(
        5,
        "strategy_discussions",
        ("Strategy discussion initiating Section 47 Enquiry Start Date",),
        columns={"held_on": "Strategy discussion initiating Section 47 Enquiry Start Date"},
        readings={"outcome": pl.lit("section_47")},
        once=("child_id", "held_on"),
    ),
    Part(
        5,
        "section_47_enquiries",
        ("Strategy discussion initiating Section 47 Enquiry Start Date",),
        main=True,
        readings={
            "strategy_discussion_id": pl.col(ROW_ID),
            "outcome": pl.when(pl.col("Date of Initial Child Protection Conference").is_not_null()).then(
                pl.lit("conference")
            ),
        },
    ),
    Part(
        5,
        "conferences",
        ("Date of Initial Child Protection Conference",),
        readings={"kind": pl.lit("initial"), "section_47_id": pl.col(ROW_ID)},
        once=("child_id", "kind", "held_on"),
    ),
    # A plan's own start is not in list 6: the start of need stands for it, and the notes say so.
    Part(
        6,
        "cin_plans",
        ("CIN Start Date",),
        columns={"started_on": "CIN Start Date", "ended_on": "CIN Closure Date"},
        where=_CASE == "child_in_need",
    ),
    Part(
        6,
        "visits",
        ("Date Child Was Last Seen",),
        columns={"visited_on": "Date Child Was Last Seen"},
        readings={
            "kind": _CASE.replace_strict({"closed": "child_in_need"}, default=_CASE).fill_null("child_in_need"),
            "seen": pl.lit(True),
            "cin_plan_id": pl.when((_CASE == "child_in_need") & pl.col("CIN Start Date").is_not_null()).then(
                pl.col(ROW_ID)
            ),
        },
        once=("child_id", "kind", "visited_on"),
    ),
    Part(7, "cp_plans", ("Child Protection Plan Start Date",), main=True),
    Part(
        7,
        "cp_plan_categories",
        ("Initial Category of Abuse",),
        columns={
            "category": "Initial Category of Abuse",
            "started_on": "Child Protection Plan Start Date",
        },
        readings={"cp_plan_id": pl.col(ROW_ID)},
        where=_PLAN_STARTED.is_not_null(),
    ),
    Part(
        7,
        "visits",
        ("Date of the Last Statutory Visit",),
        readings={
            "kind": pl.lit("child_protection"),
            "purpose": pl.lit("statutory"),
            "seen": pl.when(pl.col("Was the Child Seen Alone?")).then(True),
            "cp_plan_id": _IN_PLAN,
        },
        once=("child_id", "kind", "visited_on"),
    ),
    Part(
        7,
        "conferences",
        ("Date of latest review conference",),
        columns={"held_on": "Date of latest review conference"},
        readings={
            "kind": pl.lit("review"),
            "cp_plan_id": _IN_PLAN,
            "outcome": pl.when(_PLAN_ENDED == _REVIEW_CONFERENCE)
            .then(pl.lit("plan_ended"))
            .when(_PLAN_ENDED.is_null() | (_PLAN_ENDED > _REVIEW_CONFERENCE))
            .then(pl.lit("plan_continued")),
        },
        once=("child_id", "kind", "held_on"),
    ),
    Part(
        8,
        "care_periods",
        ("Date Started to be Looked After",),
        main=True,
        readings={"short_breaks_only": pl.col("Child's Legal Status").is_in(SHORT_BREAKS)},
    ),
    # A legal status and a placement cannot outlast the period of care they belong to.
    Part(
        8,
        "legal_statuses",
        ("Child's Legal Status",),
        readings={"ended_on": _CEASED, "care_period_id": _IN_PERIOD},
        where=pl.col("Start date of current legal status").is_not_null(),
    ),
    Part(
        8,
        "placements",
        ("Start Date of Most Recent Placement",),
        readings={
            "ended_on": _CEASED,
            "care_period_id": _IN_PERIOD,
            "temporary": pl.col("Placement Type").is_in(TEMPORARY),
        },
    ),
    Part(
        8,
        "looked_after_reviews",
        ("Date of Latest Statutory Review",),
        readings={"care_period_id": _IN_PERIOD},
    ),
    Part(
        8,
        "visits",
        ("Date of Last Social Work Visit",),
        columns={"visited_on": "Date of Last Social Work Visit"},
        readings={
            "kind": pl.lit("looked_after"),
            "purpose": pl.lit("statutory"),
            "care_period_id": _IN_PERIOD,
        },
        once=("child_id", "kind", "visited_on"),
    ),
    # The list does not say whether the last assessment was the initial one. The initial one belongs to the first
    # weeks of care; three months leave room for a late one, and the first review assessment is later still.
    Part(
        8,
        "health_assessments",
        ("Date of Last Health Assessment",),
        readings={
            "kind": pl.when(_HEALTH.is_between(_ENTERED, _ENTERED.dt.offset_by("3mo")))
            .then(pl.lit("initial"))
            .otherwise(pl.lit("review")),
            "status": pl.lit("attended"),
            "care_period_id": _IN_PERIOD,
        },
    ),
    Part(
        8,
        "dental_checks",
        ("Date of Last Dental Check",),
        readings={"care_period_id": _IN_PERIOD},
    ),
    # The plan has no date of its own: it stood at the latest review, or failing that on the day of the list.
    Part(
        8,
        "permanence_plans",
        ("What is the permanence plan for this child?",),
        readings={
            "decided_on": pl.coalesce(pl.col("Date of Latest Statutory Review"), pl.col(AS_AT)),
            "care_period_id": _IN_PERIOD,
        },
    ),
    # The missing episode itself has no date here, so only the interview's row can be held.
    Part(
        8,
        "return_interviews",
        (
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
            "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        ),
        readings={"missing_id": pl.col(ROW_ID)},
    ),
    Part(9, "care_leavers", (CHILD_ID,), main=True),
    Part(
        9,
        "pathway_plans",
        ("Latest Pathway Plan Review Date",),
        readings={"kind": pl.lit("review"), "care_leaver_id": pl.col(ROW_ID)},
    ),
    Part(9, "personal_advisers", (ADVISER,)),
    # Being in touch, activity and home are as they stand on the day of the list.
    Part(
        9,
        "care_leaver_contacts",
        ("LA in Touch", "Latest Date of Contact"),
        readings={
            "contacted_on": pl.coalesce(pl.col("Latest Date of Contact"), pl.col(AS_AT)),
            "care_leaver_id": pl.col(ROW_ID),
        },
    ),
    Part(9, "care_leaver_activity", ("Activity Status",), readings={"started_on": pl.col(AS_AT)}),
    Part(9, "care_leaver_accommodation", ("Type of Accommodation",), readings={"started_on": pl.col(AS_AT)}),
    Part(10, "adoptions", ("Date of Decision that Child Should be Placed for Adoption",), main=True),
    Part(11, "adopters", ("Individual adopter identifier",), main=True),
)
"""Every part, in order of the lists. What list 6 says of a referral is added in `annex_a_needs`."""
