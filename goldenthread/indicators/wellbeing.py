"""The health and education of looked-after children: health assessments, teeth, immunisation, SDQ, PEPs, results."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import SECTION, events_in_year, looked_after, looked_after_a_year, share
from goldenthread.indicators.clocks import clocks
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import COMMON, FOREVER, Parts, flow, pick, plus_days, spans, true
from goldenthread.indicators.sources import BOARD, JOURNEY, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import aged, at_least, by_year, lasting_months, latest, within
from goldenthread.indicators.timely import answered

UNDER_FIVE = 4
"""Last year of age at which two health assessments a year are expected."""
SCHOOL_AND_EARLY_YEARS = (3, 17)
PEP_MONTHS = 6
INITIAL_ASSESSMENT = "initial_health_assessment_20wd"
SDQ_AGES, OFFENDER_AGES = (5, 16), (10, 17)
OLDEST = 120
_PIECE = ("child_id", "begins", "ends")


def _reported(dataset: Dataset, column: str) -> Lazy:
    """The year-end return's own yes, as a piece of the one day it speaks of."""
    said = dataset.lazy("outcomes").filter(true(nw.col(column)))
    day = nw.col("year_end")
    return said.select("child_id", day.alias("begins"), plus_days(day, 1).alias("ends"))


def _either(*pieces: Lazy) -> Lazy:
    return at_least(1, nw.concat([piece.select(_PIECE) for piece in pieces], how="vertical"))


def _health(dataset: Dataset) -> Parts:
    attended = dataset.lazy("health_assessments").filter(nw.coalesce(nw.col("status") == "attended", nw.lit(True)))
    once = within(events_in_year(attended, "seen_on"), aged(dataset, UNDER_FIVE + 1, OLDEST)).select(_PIECE)
    twice = within(events_in_year(attended, "seen_on", 2), aged(dataset, 0, UNDER_FIVE)).select(_PIECE)
    pieces = _either(once, twice, _reported(dataset, "health_assessment"))
    return share(looked_after_a_year(dataset), pieces, met="assessed", otherwise="not_assessed")


def _teeth(dataset: Dataset) -> Parts:
    checked = events_in_year(dataset.lazy("dental_checks"), "checked_on")
    pieces = _either(checked, _reported(dataset, "teeth_checked"))
    return share(looked_after_a_year(dataset), pieces, met="checked", otherwise="not_checked")


def _immunised(dataset: Dataset) -> Parts:
    open_ended = dataset.lazy("immunisations").select(
        "child_id", "up_to_date", nw.col("checked_on").alias("begins"), nw.lit(FOREVER).alias("ends")
    )
    current = latest(open_ended).filter(true(nw.col("up_to_date")))
    pieces = _either(current, _reported(dataset, "immunisations"))
    return share(looked_after_a_year(dataset), pieces, met="up_to_date", otherwise="not_up_to_date")


def _convicted(dataset: Dataset) -> Parts:
    in_age = within(looked_after_a_year(dataset), aged(dataset, *OFFENDER_AGES))
    pieces = _either(events_in_year(dataset.lazy("convictions"), "convicted_on"), _reported(dataset, "convicted"))
    return share(in_age, pieces, met="convicted", otherwise="not_convicted")


def _sdq(dataset: Dataset) -> Parts:
    scored = (
        dataset.lazy("sdqs").filter(~nw.col("score").is_null()).select("child_id", "sdq_id", "score", "completed_on")
    )
    pieces = latest(lasting_months(scored, "completed_on", 12), "sdq_id").drop("completed_on", "sdq_id")
    in_age = within(looked_after_a_year(dataset), aged(dataset, *SDQ_AGES))
    return spans(within(in_age, pieces), amount=nw.col("score"), reason="scored")


def _missing(dataset: Dataset) -> Parts:
    """Children looked after at some time in the year to date, and those of them who went missing in it."""
    last = dataset.manifest.as_at
    periods = in_order(
        by_year(looked_after(dataset), last), ("child_id", "ends"), ("begins", "row_id"), before={"other": "begins"}
    )
    first = periods.filter(nw.col("other").is_null()).select(*COMMON, "begins", "ends")
    gone = dataset.lazy("missing_episodes").select(
        "child_id",
        nw.col("started_on").alias("begins"),
        # A child found the same day was missing on that day.
        nw.coalesce(plus_days(nw.col("ended_on"), 1), nw.lit(FOREVER)).alias("ends"),
    )
    care = looked_after(dataset).select(_PIECE)
    while_looked_after = by_year(within(gone, care).select(_PIECE), last)
    return share(first, at_least(1, while_looked_after), met="missing", otherwise="not_missing")


def _pep(dataset: Dataset) -> Parts:
    of_age = within(looked_after(dataset), aged(dataset, *SCHOOL_AND_EARLY_YEARS))
    done = lasting_months(dataset.lazy("peps").select("child_id", "completed_on"), "completed_on", PEP_MONTHS)
    return share(of_age, latest(done.select(_PIECE)), met="current", otherwise="not_current")


def _initial_health(dataset: Dataset) -> Parts:
    """Children who stayed looked after until the assessment was due, counted on the day it was due."""
    stayed = nw.col("ended_on").is_null() | true(nw.col("ended_on") > nw.col("due_on"))
    return answered(clocks(dataset, INITIAL_ASSESSMENT), "care_periods", "due_on", counted=stayed)


def _results(key_stage: str) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        taken = dataset.lazy("education_results").filter(nw.col("key_stage") == key_stage)
        reached = nw.col("expected_standard")
        known = ~reached.is_null()
        return flow(
            taken,
            "education_results",
            "child_id",
            "taken_on",
            denominator=known,
            numerator=known & true(reached),
            reason=pick((~known, "no_result"), (reached, "reached"), otherwise="not_reached"),
        )

    return rows


HEALTH = Indicator(
    id="CF4",
    row="",
    section=SECTION,
    title="Annual health assessments of children looked after for a year or more",
    question="Is the health of children in care looked at when it should be?",
    numerator="Those seen for a health assessment in the twelve months to the day; twice for those under five",
    denominator="Children looked after for twelve months or more at the end of the day",
    exclusions="Short-term breaks; refused, cancelled and missed assessments are not counted as had",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=2,
    source=f"{BOARD}, CF4; {LOOKED_AFTER_STATISTICS}",
    national_definition="CLA_HEALTH (the year to 31 March, whole number)",
    published="CLA_HEALTH",
    missing="An assessment of unknown status is taken to have happened. "
    "The yearly return's own yes stands on its year end.",
    needs=("care_periods", "health_assessments|outcomes.health_assessment"),
    spans=_health,
    reasons=(
        ("assessed", "Had the health assessments expected in the twelve months to this day."),
        ("not_assessed", "Fewer health assessments are recorded than expected in the twelve months to this day."),
    ),
)

TEETH = replace(
    HEALTH,
    id="CLA_DENTAL",
    title="Dental checks of children looked after for a year or more",
    question="Are the teeth of children in care checked?",
    numerator="Those with a dental check in the twelve months to the day",
    exclusions="Short-term breaks",
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_DENTAL (the year to 31 March)",
    published="",
    missing="No check recorded is no check. The yearly return's own yes stands on its year end.",
    needs=("care_periods", "dental_checks|outcomes.teeth_checked"),
    spans=_teeth,
    reasons=(
        ("checked", "Teeth checked in the twelve months to this day."),
        ("not_checked", "No dental check is recorded in the twelve months to this day."),
    ),
)

IMMUNISED = replace(
    TEETH,
    id="CLA_IMMS",
    title="Immunisations up to date, children looked after for a year or more",
    question="Are children in care protected by immunisation?",
    numerator="Those whose immunisations were up to date for their age when last looked at",
    national_definition="CLA_IMMS (31 March)",
    missing="Immunisations never looked at are not up to date. The yearly return's own yes stands on its year end.",
    needs=("care_periods", "immunisations|outcomes.immunisations"),
    spans=_immunised,
    reasons=(
        ("up_to_date", "Immunisations up to date when last looked at."),
        ("not_up_to_date", "Immunisations not up to date, or never looked at."),
    ),
)

SDQ = replace(
    TEETH,
    id="CLA_SDQ",
    title="Average strengths and difficulties score, aged 5 to 16, looked after for a year or more",
    question="How are children in care feeling?",
    numerator="Sum of the latest scores of the twelve months to the day (0 to 13 normal, 14 to 16 borderline, "
    "17 up a cause for concern)",
    denominator="Children aged 5 to 16 looked after for twelve months or more who have a score",
    unit=Unit.AVERAGE,
    places=1,
    national_definition="CLA_SDQ (the year to 31 March)",
    missing="A child without a score is left out of both parts.",
    needs=("care_periods", "sdqs.score"),
    spans=_sdq,
    reasons=(("scored", "Has a score in the twelve months to this day; the amount is the latest."),),
)

CONVICTED = replace(
    TEETH,
    id="CLA_CONV",
    title="Children aged 10 to 17 convicted or cautioned, looked after for a year or more",
    question="Do children in care get into trouble with the law?",
    numerator="Those convicted or given a youth caution in the twelve months to the day",
    denominator="Children aged 10 to 17 looked after for twelve months or more at the end of the day",
    national_definition="CLA_CONV (the year to 31 March)",
    missing="No conviction recorded is none. The yearly return's own yes stands on its year end.",
    needs=("care_periods", "convictions|outcomes.convicted"),
    spans=_convicted,
    reasons=(
        ("convicted", "Convicted or cautioned in the twelve months to this day."),
        ("not_convicted", "No conviction or caution is recorded in the twelve months to this day."),
    ),
)

MISSING = replace(
    TEETH,
    id="CLA_MISSING",
    title="Looked-after children who went missing or were away without authorisation",
    question="How many children in care go missing?",
    numerator="Those with an incident in the year to date, one already running on 1 April among them",
    denominator="Children looked after at any time in the year to date, each once",
    basis=Basis.YEAR_TO_DATE,
    national_definition="CLA_MISSING (year to 31 March); away without authorisation is under-recorded nationally",
    missing="An incident without an end is still running.",
    needs=("care_periods", "missing_episodes"),
    spans=_missing,
    reasons=(
        ("missing", "Missing or away at some time in the year to date while looked after."),
        ("not_missing", "Looked after in the year to date, with no incident recorded in it."),
    ),
)

PEP = replace(
    HEALTH,
    id="EH4",
    title="Personal education plans completed",
    question="Does every child in care have a current plan for education?",
    numerator="Those whose personal education plan was completed or reviewed in the six months to the day",
    denominator="Children looked after aged 3 to 17 at the end of the day",
    exclusions="Short-term breaks",
    source=f"{BOARD}, EH4; every school-age and early years child; six months is another council's published rule",
    national_definition="None (PEP): guidance gives duties and no measure",
    published="PEP",
    missing="A plan without a completed date is not complete. A child with no date of birth is left out.",
    needs=("care_periods", "peps"),
    spans=_pep,
    reasons=(
        ("current", "A plan was completed or reviewed in the six months to this day."),
        ("not_current", "No plan was completed or reviewed in the six months to this day."),
    ),
)

INITIAL_HEALTH = replace(
    HEALTH,
    id="CIC1",
    title="Initial health assessments within 20 working days of entering care",
    question="Is a child's health looked at when the child comes into care?",
    numerator="Those first seen for an initial health assessment within 20 working days of starting to be looked after",
    denominator="Children who started to be looked after, whose 20 working days ran out in the period",
    exclusions="Short-term breaks; children who ceased to be looked after by the due day",
    basis=Basis.YEAR_TO_DATE,
    source=f"{BOARD}, CIC1",
    national_definition="None (IHA_20WD): statutory guidance sets the time and no measure",
    published="IHA_20WD",
    missing="No assessment recorded is not in time. The day seen counts, not the day of the report.",
    needs=("care_periods", "health_assessments"),
    flow=_initial_health,
    spans=None,
    rules=(INITIAL_ASSESSMENT,),
    reasons=(
        ("in_time", "First seen within the working days allowed."),
        ("late", "First seen after the working days allowed."),
        ("not_done", "No initial health assessment is recorded."),
        ("not_yet_due", "Left out: not seen yet, and there is time."),
        ("ended_first", "Left out: ceased to be looked after by the day it was due."),
    ),
)

RESULTS_KS2 = Indicator(
    id="EDUCATION",
    row="KS2",
    section=SECTION,
    title="Looked-after children who reached the expected standard at key stage 2",
    question="Do children in care do well at school?",
    numerator="Results in the period that reached the expected standard in reading, writing and mathematics",
    denominator="Results in the period",
    exclusions="Entries with no result",
    unit=Unit.PERCENT,
    basis=Basis.ROLLING_12_MONTHS,
    places=1,
    source=f"{JOURNEY} (Achieved Permanence): educational attainment, not further defined",
    national_definition="The DfE publishes attainment of children looked after from matched pupil data, "
    "which no authority holds",
    missing="A result that is not known is left out of both parts.",
    needs=("education_results.expected_standard",),
    flow=_results("KS2"),
    reasons=(
        ("reached", "Reached the expected standard."),
        ("not_reached", "Did not reach the expected standard."),
        ("no_result", "Left out: the result is not known."),
    ),
)

RESULTS_KS4 = replace(
    RESULTS_KS2,
    row="KS4",
    printed_row=2,
    title="Looked-after children with grade 4 or above in English and mathematics at key stage 4",
    numerator="Results in the period with grade 4 or above in English and mathematics",
    flow=_results("KS4"),
)

INDICATORS = (PEP, HEALTH, INITIAL_HEALTH, TEETH, IMMUNISED, SDQ, CONVICTED, MISSING, RESULTS_KS2, RESULTS_KS4)
