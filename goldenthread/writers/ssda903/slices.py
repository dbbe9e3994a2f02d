"""Which columns and rows of each canonical table a year's return is made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.writers.ssda903.year import CollectionYear


class When(Enum):
    """Which rows count, by their days."""

    ALWAYS = auto()
    IN_YEAR = auto()
    """A day in the year, up to the last that counts."""
    OF_YEAR = auto()
    """The same, and 31 March while the year is under way: the day of what is known of the year only."""
    BY_THEN = auto()
    """A day up to the last that counts, in whatever year."""
    TOUCHING = auto()
    """A span of time that reaches into the year."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of `table` by the day or days in `days`, about the children whose identifier is in `who`."""

    table: str
    columns: tuple[str, ...]
    when: When = When.ALWAYS
    days: tuple[str, ...] = ()
    who: str = "child_id"

    def rows(self, dataset: Dataset, year: CollectionYear) -> Lazy:
        """The rows of the year, whoever they are about."""
        frame = dataset.lazy(self.table)
        test = self._test(dataset, year)
        return (frame if test is None else frame.filter(test)).select(*self.wanted)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns, with those that the rows are chosen by."""
        return tuple(dict.fromkeys((self.who, *self.columns, *self.days) if self.who else self.columns))

    def _test(self, dataset: Dataset, year: CollectionYear) -> nw.Expr | None:
        first, last = nw.lit(year.first), nw.lit(year.last)
        match self.when:
            case When.ALWAYS:
                return None
            case When.IN_YEAR:
                return (nw.col(self.days[0]) >= first) & (nw.col(self.days[0]) <= last)
            case When.OF_YEAR:
                # A dataset made by the last day holds nothing later, only rows of the year that are dated its end.
                until = year.ends if dataset.manifest.as_at <= year.last else year.last
                return (nw.col(self.days[0]) >= first) & (nw.col(self.days[0]) <= nw.lit(until))
            case When.BY_THEN:
                return nw.col(self.days[0]) <= last
            case When.TOUCHING:
                start, end = (nw.col(name) for name in self.days)
                return (start <= last) & (end.is_null() | (end >= first))


@cache
def no_rows(wanted: Slice) -> pl.DataFrame:
    """What the slice of an empty table is, with the `number` of the child it would be about."""
    declared = TABLES[wanted.table].schema
    own = {"child_id" if name == wanted.who else name: declared[name] for name in wanted.wanted}
    return pl.DataFrame(schema={**own, "number": pl.Int64()} if wanted.who else own)


SPAN = ("started_on", "ended_on")

PERIODS = (
    Slice(
        "care_episodes",
        (
            "care_episode_id",
            "care_period_id",
            "start_reason",
            "legal_status",
            "category_of_need",
            "placement_type",
            "placement_provider",
            "end_reason",
            "placement_change_reason",
            "home_postcode",
            "placement_postcode",
            "urn",
        ),
        When.TOUCHING,
        SPAN,
    ),
    Slice("care_periods", ("care_period_id", "short_breaks_only"), When.TOUCHING, SPAN),
)
"""Who was looked after in the year."""

OF_CHILDREN = (
    Slice(
        "people",
        (
            "born_on",
            "died_on",
            "sex",
            "gender",
            "ethnicity",
            "upn",
            "upn_unknown_reason",
            "is_mother",
            "unaccompanied",
            "unaccompanied_until",
        ),
        who="person_id",
    ),
    Slice("looked_after_reviews", ("review_id", "participation"), When.IN_YEAR, ("held_on",)),
    Slice(
        "outcomes",
        (
            "health_assessment",
            "teeth_checked",
            "health_checks_up_to_date",
            "immunisations",
            "convicted",
            "substance_misuse",
            "intervention_received",
            "intervention_offered",
        ),
        When.OF_YEAR,
        ("year_end",),
    ),
    Slice("sdqs", ("sdq_id", "score", "missing_reason"), When.OF_YEAR, ("completed_on",)),
    Slice("health_assessments", ("status",), When.IN_YEAR, ("seen_on",)),
    Slice("dental_checks", (), When.IN_YEAR, ("checked_on",)),
    Slice("immunisations", ("up_to_date",), When.BY_THEN, ("checked_on",)),
    Slice("convictions", (), When.IN_YEAR, ("convicted_on",)),
    Slice("substance_misuse", ("intervention_offered", "intervention_received"), When.IN_YEAR, ("identified_on",)),
    Slice(
        "adoptions",
        (
            "adoption_id",
            "care_period_id",
            "matched_on",
            "reversed_on",
            "reversed_reason",
            "adopted_by_carer",
            "number_of_adopters",
            "sex_of_adopters",
            "adopters_legal_status",
        ),
        When.BY_THEN,
        ("decided_on",),
    ),
    Slice("previous_permanence", ("option", "authority", "ordered_on")),
    Slice("missing_episodes", ("missing_id", "kind"), When.TOUCHING, SPAN),
    Slice("deprivation_of_liberty_orders", ("deprivation_of_liberty_order_id",), When.TOUCHING, SPAN),
    Slice("allocations", ("allocation_id", "worker_id", "change_reason"), When.TOUCHING, SPAN),
)
"""What is told of each child of the return."""

OF_CARE_LEAVERS = (
    Slice("care_leaver_contacts", ("care_leaver_contact_id", "in_touch", "visit"), When.BY_THEN, ("contacted_on",)),
    Slice("care_leaver_activity", ("care_leaver_activity_id", "activity"), When.BY_THEN, ("started_on",)),
    Slice(
        "care_leaver_accommodation",
        ("care_leaver_accommodation_id", "accommodation", "suitable"),
        When.BY_THEN,
        ("started_on",),
    ),
)
"""What is told of each care leaver."""

WORKERS = Slice("workers", ("worker_id", "role", "registration"), who="")
