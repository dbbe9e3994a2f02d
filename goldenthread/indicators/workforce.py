"""The workforce: sickness, turnover, vacancies, agency workers and caseloads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import plus_months
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.rows import FOREVER, Parts, flow, plus_days, spans, things, together, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD
from goldenthread.indicators.timelines import at_least, lasting_months, within

STATISTICS = "DfE, Children's social work workforce statistics and Local Authority Interactive Tool data dictionary"
SECTION = "Workforce"
OURS, REST = "childrens_services", "rest_of_council"
SOCIAL_WORK = ("social_worker", "newly_qualified", "advanced_practitioner", "practice_manager", "reviewing_officer")
"""Roles that need a registered social worker and count in the social work workforce."""
DAYS_A_YEAR = 253
"""Working days in a full-time year, as the published absence rate counts them."""
MONTHS_A_YEAR = 12
LONG_AGO = date(1985, 4, 1)


@shared
def _social_workers(dataset: Dataset) -> Lazy:
    """Social workers as things with `agency` and `fte`; a worker of unknown part is the children's services' own."""
    workers = dataset.lazy("workers").filter(nw.col("role").is_in(list(SOCIAL_WORK)))
    dated = workers.with_columns(nw.coalesce(nw.col("started_on"), nw.lit(LONG_AGO)).alias("from_on"))
    kept = dated.select("worker_id", "from_on", "left_on", true(nw.col("agency")).alias("agency"), "fte")
    return things(kept, "workers", "worker_id", "from_on", "left_on", "worker_id", "agency", "fte", child=None)


@shared
def _in_post(dataset: Dataset) -> Lazy:
    return _social_workers(dataset).filter(~nw.col("agency") & ~nw.col("fte").is_null())


def _vacant(dataset: Dataset) -> Lazy:
    """Established posts while nobody of the authority's own fills them; an agency worker's post is vacant."""
    agency = dataset.lazy("workers").select("worker_id", true(nw.col("agency")).alias("by_agency"))
    posts = dataset.lazy("posts").filter(nw.col("role").is_in(list(SOCIAL_WORK)) & ~nw.col("fte").is_null())
    posts = posts.select(
        "post_id", "worker_id", "fte", "started_on", plus_days(nw.col("ended_on"), 1).alias("until_on")
    )
    empty = posts.join(agency, on="worker_id", how="left").filter(
        nw.col("worker_id").is_null() | true(nw.col("by_agency"))
    )
    return things(empty, "posts", "post_id", "started_on", "until_on", "fte", child=None)


def _vacancies(dataset: Dataset) -> Parts:
    fte = nw.col("fte")
    return together(
        spans(_vacant(dataset), amount=fte, weight=fte, reason="vacant"),
        spans(_in_post(dataset), numerator=False, weight=fte, reason="in_post"),
    )


def _agency(dataset: Dataset) -> Parts:
    fte = nw.col("fte")
    agency = _social_workers(dataset).filter(nw.col("agency") & ~fte.is_null())
    return together(
        spans(agency, amount=fte, weight=fte, reason="agency"),
        spans(_in_post(dataset), numerator=False, weight=fte, reason="in_post"),
    )


def _turnover(dataset: Dataset) -> Parts:
    fte = nw.col("fte")
    in_post = _in_post(dataset)
    left = lasting_months(in_post.filter(nw.col("ends") < FOREVER).rename({"ends": "gone"}), "gone", MONTHS_A_YEAR)
    return together(
        spans(left, denominator=False, numerator=True, amount=fte, reason="left"),
        spans(in_post, numerator=False, weight=fte, reason="in_post"),
    )


def _absence(dataset: Dataset) -> Parts:
    fte = nw.col("fte")
    own = _in_post(dataset).select("worker_id")
    away = dataset.lazy("absences").join(own, on="worker_id", how="inner").filter(~nw.col("days_lost").is_null())
    away = away.with_columns(nw.coalesce(nw.col("ended_on"), nw.col("started_on")).alias("last_on"))
    counted = lasting_months(away, "last_on", MONTHS_A_YEAR)
    lost = things(
        counted.select("absence_id", "days_lost", "begins", "ends"),
        "absences",
        "absence_id",
        "begins",
        "ends",
        "days_lost",
        child=None,
    )
    return together(
        spans(lost, denominator=False, numerator=True, amount=nw.col("days_lost"), reason="lost"),
        spans(_in_post(dataset), numerator=False, weight=fte * float(DAYS_A_YEAR), reason="in_post"),
    )


def _caseload(dataset: Dataset) -> Parts:
    staff = _social_workers(dataset).filter(nw.col("fte") > 0)
    held = things(dataset.lazy("allocations"), "allocations", "allocation_id", "started_on", "ended_on", "worker_id")
    held = held.select("child_id", "table", "row_id", "worker_id", "begins", "ends")
    pieces = staff.select("worker_id", "begins", "ends")
    cases = within(held, pieces, on="worker_id")
    busy = within(
        staff.select("child_id", "table", "row_id", "worker_id", "fte", "begins", "ends"),
        at_least(
            1, held.filter(~nw.col("worker_id").is_null()).select("worker_id", "begins", "ends"), by=("worker_id",)
        ),
        on="worker_id",
    )
    return together(
        spans(cases, denominator=False, numerator=True, reason="case"),
        spans(busy, numerator=False, weight=nw.col("fte"), reason="holds_cases"),
    )


def _month_ends(dataset: Dataset) -> Lazy:
    """Every month end from the start of the dataset's history to the month it was taken."""
    last = dataset.manifest.as_at
    first = dataset.manifest.history_from or plus_months(last, -15 * MONTHS_A_YEAR)
    days: list[date] = []
    month = plus_months(first.replace(day=1), 1)
    while month <= plus_months(last.replace(day=1), 1):
        days.append(month - timedelta(days=1))
        month = plus_months(month, 1)
    return dataset.adopt(pl.DataFrame({"month_end": days}, schema={"month_end": pl.Date}))


@shared
def _staff(dataset: Dataset) -> Lazy:
    """The children's services' own staff, person by person."""
    own = nw.coalesce(nw.col("part_of"), nw.lit(OURS)) == OURS
    workers = dataset.lazy("workers").filter(own & ~true(nw.col("agency")))
    return workers.with_columns(nw.coalesce(nw.col("started_on"), nw.lit(LONG_AGO)).alias("from_on"))


@shared
def _staff_months(dataset: Dataset) -> Lazy:
    staff = _staff(dataset).select(
        "worker_id", "fte", "from_on", nw.coalesce(nw.col("left_on"), nw.lit(FOREVER)).alias("to_on")
    )
    return staff.join(_month_ends(dataset), how="cross").filter(
        (nw.col("from_on") <= nw.col("month_end")) & (nw.col("to_on") > nw.col("month_end"))
    )


@shared
def _sickness(dataset: Dataset) -> Parts:
    lost = dataset.lazy("absences").join(_staff(dataset).select("worker_id"), on="worker_id", how="inner")
    lost = lost.filter(~nw.col("days_lost").is_null()).with_columns(
        nw.coalesce(nw.col("ended_on"), nw.col("started_on")).alias("last_on")
    )
    in_post = _staff_months(dataset).filter(~nw.col("fte").is_null())
    return together(
        _numerator(lost, "absences", "absence_id", "last_on", nw.col("days_lost"), "lost"),
        _denominator(in_post, "workers", "worker_id", nw.col("fte"), "in_post"),
    )


@shared
def _leaving(dataset: Dataset) -> Parts:
    return together(
        _numerator(_staff(dataset), "workers", "worker_id", "left_on", nw.lit(1.0), "left"),
        _denominator(_staff_months(dataset), "workers", "worker_id", nw.lit(1.0), "in_post"),
    )


def _numerator(frame: Lazy, table: str, row_id: str, on: str, amount: nw.Expr, reason: str) -> Parts:
    return flow(
        frame,
        table,
        row_id,
        on,
        denominator=False,
        numerator=True,
        amount=amount,
        reason=reason,
        child=None,
    )


def _denominator(frame: Lazy, table: str, row_id: str, weight: nw.Expr, reason: str) -> Parts:
    """A twelfth of each month's staff, so that twelve months sum to the average in post."""
    share = weight * (1 / MONTHS_A_YEAR)  # engines divide by a constant in two ways, which differ in the last digit
    return flow(frame, table, row_id, "month_end", numerator=False, weight=share, reason=reason, child=None)


def _and_rest(ours: Rows, lost: str, in_post: str, *, reasons: tuple[str, str]) -> Rows:
    """The children's services, and the rest of the council from its monthly counts."""

    def rows(dataset: Dataset) -> Parts:
        rest = dataset.lazy("workforce_counts").filter(nw.col("part_of") == REST)
        gone, held = rest.filter(~nw.col(lost).is_null()), rest.filter(~nw.col(in_post).is_null())
        amount, weight = nw.col(lost).cast(nw.Float64), nw.col(in_post).cast(nw.Float64)
        return together(
            ours(dataset),
            _numerator(gone, "workforce_counts", "part_of", "month_end", amount, reasons[0]),
            _denominator(held, "workforce_counts", "part_of", weight, reasons[1]),
        )

    return rows


_REST_SICK, _REST_LEFT = ("rest_lost", "rest_in_post"), ("rest_left", "rest_in_post")

SICKNESS_OURS = Indicator(
    id="STF100",
    row="childrens",
    printed_row=2,
    section=SECTION,
    title="Sickness days per full-time equivalent, children's services",
    question="How much time is lost to sickness?",
    numerator="Full-time-equivalent working days lost to sickness absences that ended in the period",
    denominator="Average full-time equivalents in post at the month ends of the period",
    exclusions="Agency workers",
    unit=Unit.DAYS_PER_FTE,
    basis=Basis.ROLLING_12_MONTHS,
    places=2,
    source=f"{BOARD}, STF100, row Children's Specialist Services",
    national_definition="None: the published absence rate (WF_ABSENCE) is a percentage of social workers' days",
    missing="An absence with no days lost recorded is left out, "
    "and a worker with no full-time equivalent is in no average. An absence still running counts on the day it began. "
    "Fewer than twelve months of staff make the average too small.",
    needs=("absences.days_lost", "workers.fte"),
    flow=_sickness,
    reasons=(
        ("lost", "A sickness absence ended on this day; the amount is its full-time-equivalent days."),
        ("in_post", "In post at the month end; the weight is a twelfth of the full-time equivalent."),
    ),
)

SICKNESS = replace(
    SICKNESS_OURS,
    row="",
    printed_row=1,
    title="Sickness days per full-time equivalent, whole council without schools",
    source=f"{BOARD}, STF100",
    needs=("absences.days_lost", "workers.fte", "workforce_counts.days_lost"),
    flow=_and_rest(_sickness, "days_lost", "fte_in_post", reasons=_REST_SICK),
    reasons=(
        *SICKNESS_OURS.reasons,
        ("rest_lost", "Days lost in the month in the rest of the council."),
        ("rest_in_post", "In post at the month end in the rest of the council; the weight is a twelfth."),
    ),
)

LEAVING_OURS = replace(
    SICKNESS_OURS,
    id="STF202",
    title="Staff turnover, children's services",
    question="How many staff leave?",
    numerator="People who left in the period",
    denominator="Average people in post at the month ends of the period",
    unit=Unit.PERCENT,
    source=f"{BOARD}, STF202, row Children's Specialist Services",
    national_definition="None: the published turnover (WF_TURN) is of social workers, by full-time equivalent",
    missing="A worker without a leaving date is in post. Fewer than twelve months of staff make the average too small.",
    needs=("workers", "workers.started_on"),
    flow=_leaving,
    reasons=(
        ("left", "Left on this day."),
        ("in_post", "In post at the month end; the weight is a twelfth."),
    ),
)

LEAVING = replace(
    LEAVING_OURS,
    row="",
    printed_row=1,
    title="Staff turnover, whole council without schools",
    source=f"{BOARD}, STF202",
    needs=("workers", "workers.started_on", "workforce_counts.leavers"),
    flow=_and_rest(_leaving, "leavers", "headcount", reasons=_REST_LEFT),
    reasons=(
        *LEAVING_OURS.reasons,
        ("rest_left", "People who left the rest of the council in the month."),
        ("rest_in_post", "In post at the month end in the rest of the council; the weight is a twelfth."),
    ),
)

VACANCIES = Indicator(
    id="CSWF02",
    row="",
    section=SECTION,
    title="Vacancy rate of social workers",
    question="How many social work posts are empty?",
    numerator="Full-time equivalents of social work posts not filled by the authority's own staff",
    denominator="Full-time equivalents of those vacancies and of social workers in post",
    exclusions="Roles that need no registered social worker",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{BOARD}, CSWF02; {STATISTICS}",
    national_definition="WF_VAC (30 September)",
    published="WF_VAC",
    missing="A post with no holder is vacant. Posts and workers with no full-time equivalent are left out.",
    needs=("posts.fte", "workers.fte"),
    spans=_vacancies,
    reasons=(
        ("vacant", "The post was vacant, or filled by an agency worker, on this day."),
        ("in_post", "A social worker of the authority's own, in post on this day."),
    ),
)

AGENCY = replace(
    VACANCIES,
    id="CSWF01",
    title="Agency social workers",
    question="How far does the service rest on agency workers?",
    numerator="Full-time equivalents of agency social workers",
    denominator="Full-time equivalents of agency social workers and of social workers in post",
    source=f"{BOARD}, CSWF01; {STATISTICS}",
    national_definition="WF_AGENCY (30 September)",
    published="WF_AGENCY",
    missing="A worker not said to be from an agency is the authority's own. "
    "Workers with no full-time equivalent are left out.",
    needs=("workers.fte", "workers.agency"),
    spans=_agency,
    reasons=(("agency", "An agency social worker on this day."), VACANCIES.reasons[1]),
)

TURNOVER = replace(
    AGENCY,
    id="WF_TURN",
    title="Turnover of social workers",
    question="How many social workers leave?",
    numerator="Full-time equivalents of social workers who left in the twelve months to the day",
    denominator="Full-time equivalents of social workers in post at the end of the day (not an average)",
    exclusions="Agency workers; roles that need no registered social worker",
    source=STATISTICS,
    national_definition="WF_TURN (the year to 30 September)",
    published="",
    missing="A worker without a leaving date is in post. Workers with no full-time equivalent are left out.",
    needs=("workers.fte",),
    spans=_turnover,
    reasons=(("left", "Left in the twelve months to this day."), VACANCIES.reasons[1]),
)

CASELOAD = replace(
    TURNOVER,
    id="WF_CASELOAD",
    title="Average caseload of social workers",
    question="How many children does a social worker hold?",
    numerator="Cases allocated to social workers at the end of the day, agency workers' among them",
    denominator="Full-time equivalents of social workers, agency ones among them, who hold one case or more",
    exclusions="Cases allocated to nobody or to other roles; workers of no full-time equivalent",
    unit=Unit.AVERAGE,
    national_definition="WF_CASELOAD (30 September)",
    missing="An allocation without an end is open. "
    "A worker with no full-time equivalent is left out, with the cases held.",
    needs=("workers.fte", "allocations"),
    spans=_caseload,
    reasons=(
        ("case", "A case allocated to a social worker on this day."),
        ("holds_cases", "A social worker who held a case on this day; the weight is the full-time equivalent."),
    ),
)

ABSENCE = replace(
    TURNOVER,
    id="WF_ABSENCE",
    title="Sickness absence rate of social workers",
    question="How much social work time is lost to sickness?",
    numerator="Full-time-equivalent days lost to absences that ended in the twelve months to the day",
    denominator="Full-time equivalents in post at the end of the day, times 253 days",
    national_definition="WF_ABSENCE (the year to 30 September); in leap years the published rates follow from 254 days",
    missing="An absence with no days lost recorded is left out; one still running counts from the day it began.",
    needs=("workers.fte", "absences.days_lost"),
    spans=_absence,
    reasons=(
        ("lost", "An absence that ended in the twelve months to this day; the amount is its days."),
        ("in_post", "A social worker in post on this day; the weight is 253 days of the full-time equivalent."),
    ),
)

INDICATORS = (SICKNESS, SICKNESS_OURS, VACANCIES, AGENCY, LEAVING, LEAVING_OURS, TURNOVER, CASELOAD, ABSENCE)
