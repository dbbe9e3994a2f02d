"""Care leavers: where they live, what they do, and whether the authority is in touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import FOSTER, care_periods, homes, share
from goldenthread.indicators.limits import limit_number
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.rows import COMMON, FOREVER, Parts, flow, pick, plus_days, things, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import aged, at_least, birthdays, lasting_months, latest, until, within

SECTION = "Care leavers"
AGES = (17, 21)
OLDER = (19, 20, 21)
YOUNGER = (17, 18)
STAYING_PUT = (19, 20)
ADULT = 18
OWED = ("relevant", "former_relevant")
GONE = ("DIED", "RHOM")
UNKNOWN_HOME = ("G", "H", "R")
FORMER_CARER = "Z"
IN_TOUCH = "care_leaver_in_touch_3m"
LONG_AGO = date(1985, 4, 1)
_PIECE = ("child_id", "begins", "ends")


@shared
def _leavers(dataset: Dataset, eligibility: tuple[str, ...] = OWED) -> Lazy:
    """Care leavers as things, each person once on any day: to the day of death, if that comes first."""
    owed = dataset.lazy("care_leavers").filter(
        nw.coalesce(nw.col("eligibility").is_in(list(eligibility)), nw.lit(True))
    )
    begun = owed.with_columns(nw.coalesce(nw.col("started_on"), nw.lit(LONG_AGO)).alias("from_on"))
    held = things(begun, "care_leavers", "care_leaver_id", "from_on", "ended_on").select(*COMMON, "begins", "ends")
    died = dataset.lazy("people").select(nw.col("person_id").alias("child_id"), "died_on")
    return until(latest(held, "row_id"), died.filter(~nw.col("died_on").is_null()), "died_on")


@shared
def _cohort(dataset: Dataset) -> Lazy:
    return within(_leavers(dataset), aged(dataset, *AGES))


def _state(dataset: Dataset, table: str, day: str, *columns: str) -> Lazy:
    """What was last recorded of a person, as pieces that last until the next record."""
    row_id = {"care_leaver_activity": "care_leaver_activity_id", "care_leaver_contacts": "care_leaver_contact_id"}.get(
        table, "care_leaver_accommodation_id"
    )
    frame = dataset.lazy(table).select(
        "child_id", row_id, *columns, nw.col(day).alias("begins"), nw.lit(FOREVER).alias("ends")
    )
    return latest(frame, row_id).drop(row_id)


@shared
def _homes(dataset: Dataset) -> Lazy:
    return _state(dataset, "care_leaver_accommodation", "started_on", "accommodation", "suitable")


@shared
def _activity(dataset: Dataset) -> Lazy:
    return _state(dataset, "care_leaver_activity", "started_on", "activity")


def _occupied() -> nw.Expr:
    return true(nw.col("activity").str.starts_with("F") | nw.col("activity").str.starts_with("P"))


def _suitable(dataset: Dataset) -> Parts:
    pieces = _homes(dataset).filter(true(nw.col("suitable"))).select(_PIECE)
    return share(_cohort(dataset), pieces, met="suitable", otherwise="not_suitable")


def _working(dataset: Dataset) -> Parts:
    pieces = _activity(dataset).filter(_occupied()).select(_PIECE)
    return share(_cohort(dataset), pieces, met="occupied", otherwise="not_occupied")


def _planned(dataset: Dataset) -> Parts:
    pathway = dataset.lazy("pathway_plans").filter(nw.col("kind").is_in(["plan", "review"]))
    made = pathway.select("child_id", nw.col("completed_on").alias("begins"), nw.lit(FOREVER).alias("ends"))
    care = dataset.lazy("care_plans").select(
        "child_id",
        nw.col("prepared_on").alias("begins"),
        nw.coalesce(nw.col("ended_on"), nw.lit(FOREVER)).alias("ends"),
    )
    return share(
        _cohort(dataset), at_least(1, nw.concat([made, care], how="vertical")), met="planned", otherwise="no_plan"
    )


def _advised(dataset: Dataset) -> Parts:
    held = dataset.lazy("personal_advisers").select(
        "child_id",
        nw.coalesce(nw.col("started_on"), nw.lit(LONG_AGO)).alias("begins"),
        nw.coalesce(nw.col("ended_on"), nw.lit(FOREVER)).alias("ends"),
    )
    return share(_cohort(dataset), at_least(1, held), met="advised", otherwise="no_adviser")


def _contacted(dataset: Dataset) -> Parts:
    made = dataset.lazy("care_leaver_contacts").filter((nw.col("in_touch") == "YES") | true(nw.col("visit")))
    lasting = lasting_months(made.select("child_id", "contacted_on"), "contacted_on", limit_number(IN_TOUCH))
    return share(_cohort(dataset), latest(lasting.select(_PIECE)), met="contacted", otherwise="not_contacted")


@shared
def _birthday_cohort(dataset: Dataset, ages: tuple[int, ...]) -> Lazy:
    """Care leavers on each of these birthdays: `child_id`, `birthday`, `row_id`. A service that ends that day
    counts."""
    days = nw.concat([birthdays(dataset, age, "birthday") for age in ages], how="vertical")
    owed = _leavers(dataset).select("child_id", "row_id", "begins", "ends")
    on_the_day = days.join(owed, on="child_id", how="inner").filter(
        (nw.col("begins") <= nw.col("birthday")) & (nw.col("ends") >= nw.col("birthday"))
    )
    cohort = on_the_day.group_by("child_id", "birthday").agg(nw.col("row_id").max())
    return _on_birthday(cohort, _state(dataset, "care_leaver_contacts", "contacted_on", "in_touch"), "in_touch")


def _on_birthday(cohort: Lazy, states: Lazy, *columns: str) -> Lazy:
    days = cohort.select("child_id", "birthday")
    matched = days.join(states, on="child_id", how="inner").filter(
        (nw.col("begins") <= nw.col("birthday")) & (nw.col("ends") > nw.col("birthday"))
    )
    return cohort.join(matched.select("child_id", "birthday", *columns), on=["child_id", "birthday"], how="left")


def _at_birthday(ages: tuple[int, ...]) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        frame = _on_birthday(_birthday_cohort(dataset, ages), _activity(dataset), "activity")
        gone = true(nw.col("in_touch").is_in(list(GONE)))
        return _birthday_rows(frame, ~gone, _occupied(), ((gone, "gone"), (_occupied(), "occupied")), "not_occupied")

    return rows


def _birthday_rows(
    frame: Lazy, counted: nw.Expr, met: nw.Expr, cases: tuple[tuple[nw.Expr, str], ...], otherwise: str
) -> Parts:
    return flow(
        frame,
        "care_leavers",
        "row_id",
        "birthday",
        denominator=counted,
        numerator=counted & met,
        reason=pick(*cases, otherwise=otherwise),
    )


def _home_at_birthday(dataset: Dataset) -> Parts:
    frame = _on_birthday(_birthday_cohort(dataset, OLDER), _homes(dataset), "accommodation", "suitable")
    gone = true(nw.col("in_touch").is_in(list(GONE)))
    nowhere = true(nw.col("accommodation").is_in(list(UNKNOWN_HOME)))
    suitable = true(nw.col("suitable"))
    cases = ((gone, "gone"), (nowhere, "home_unknown"), (suitable, "suitable"))
    return _birthday_rows(frame, ~gone & ~nowhere, suitable, cases, "not_suitable")


def _out_of_touch(dataset: Dataset) -> Parts:
    frame = _birthday_cohort(dataset, OLDER)
    gone, lost = true(nw.col("in_touch").is_in(list(GONE))), true(nw.col("in_touch") == "NO")
    return _birthday_rows(frame, ~gone, lost, ((gone, "gone"), (lost, "lost")), "in_touch")


def _staying_put(dataset: Dataset) -> Parts:
    fostered = homes(dataset).filter(true(nw.col("placement_type").str.starts_with(FOSTER)))
    fostered = fostered.select("child_id", nw.col("begins").alias("placed"), nw.col("ends").alias("moved"))
    grown = birthdays(dataset, ADULT, "adult_on")
    last = plus_days(nw.col("adult_on"), -1)
    left = care_periods(dataset).select("child_id", "ended_on").join(grown, on="child_id", how="inner")
    left = left.filter(nw.col("ended_on") >= last).join(fostered, on="child_id", how="inner")
    left = (
        left.filter((nw.col("placed") <= last) & (nw.col("moved") > last))
        .group_by("child_id")
        .agg(nw.col("adult_on").max())
    )
    days = nw.concat([birthdays(dataset, age, "birthday") for age in STAYING_PUT], how="vertical")
    cohort = days.join(left.select("child_id"), on="child_id", how="inner")
    cohort = cohort.with_columns(nw.col("child_id").alias("row_id"))
    frame = _on_birthday(cohort, _homes(dataset), "accommodation")
    stayed = true(nw.col("accommodation") == FORMER_CARER)
    return flow(
        frame,
        "people",
        "row_id",
        "birthday",
        numerator=stayed,
        reason=pick((stayed, "stayed"), otherwise="moved"),
    )


SUITABLE = Indicator(
    id="147",
    row="",
    section=SECTION,
    title="Care leavers aged 17 to 21 in suitable accommodation",
    question="Do care leavers have somewhere fit to live?",
    numerator="Those whose accommodation last recorded is suitable",
    denominator="Care leavers aged 17 to 21 owed a service (relevant or former relevant) at the end of the day",
    exclusions="Anyone who has died; qualifying care leavers",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=2,
    source=f"{BOARD}, 147",
    national_definition="None as printed: the published measure (CL_ACCOM) is about the birthday, aged 19 to 21",
    missing="Accommodation or suitability never recorded is not suitable. "
    "Unknown eligibility counts; unknown age does not.",
    needs=("care_leavers", "care_leaver_accommodation"),
    spans=_suitable,
    reasons=(
        ("suitable", "The accommodation last recorded is suitable."),
        ("not_suitable", "The accommodation last recorded is not suitable, or none is recorded."),
    ),
)

WORKING = replace(
    SUITABLE,
    id="148",
    title="Care leavers aged 17 to 21 in education, employment or training",
    question="Are care leavers learning or working?",
    numerator="Those whose activity last recorded is education, employment or training",
    source=f"{BOARD}, 148",
    national_definition="None as printed: the published measure (CL_EET) is about the birthday, aged 19 to 21",
    missing="No activity recorded is none. Unknown eligibility counts; unknown age does not.",
    needs=("care_leavers", "care_leaver_activity"),
    spans=_working,
    reasons=(
        ("occupied", "The activity last recorded is education, employment or training."),
        ("not_occupied", "The activity last recorded is none of these, or none is recorded."),
    ),
)

PLANNED = replace(
    WORKING,
    id="CSC058",
    title="Care leavers aged 17 to 21 with a care or pathway plan",
    question="Does every care leaver have a plan?",
    numerator="Those for whom a pathway plan has been completed or reviewed, or whose care plan is still open",
    source=f"{BOARD}, CSC058",
    national_definition=None,
    missing="No plan recorded is no plan.",
    needs=("care_leavers", "pathway_plans|care_plans"),
    spans=_planned,
    reasons=(
        ("planned", "A pathway plan has been completed or a care plan is open."),
        ("no_plan", "Neither a pathway plan nor an open care plan is recorded."),
    ),
)

ADVISED = replace(
    PLANNED,
    id="CSC059",
    title="Care leavers aged 17 to 21 with a personal adviser",
    question="Does every care leaver have someone to turn to?",
    numerator="Those with a personal adviser appointed at the end of the day",
    source=f"{BOARD}, CSC059",
    missing="No appointment recorded is no adviser; an appointment without an end is open.",
    needs=("care_leavers", "personal_advisers"),
    spans=_advised,
    reasons=(
        ("advised", "A personal adviser is appointed."),
        ("no_adviser", "No appointment is recorded for this day."),
    ),
)

CONTACTED = replace(
    PLANNED,
    id="CSC060",
    title="Care leavers aged 17 to 21 in contact within the last three months",
    question="Does the authority keep in touch with its care leavers?",
    numerator="Those with a contact in which they were in touch, or a visit, in the three months to the day",
    source=f"{BOARD}, CSC060; the window is that of York's standard (care_leaver_in_touch_3m), looked back over: "
    "visits count too, and so do contacts before the service changed, which no longer set anyone a date",
    missing="No contact recorded is no contact.",
    needs=("care_leavers", "care_leaver_contacts"),
    spans=_contacted,
    reasons=(
        ("contacted", "In touch or visited in the three months to this day."),
        ("not_contacted", "No contact is recorded in the three months to this day."),
    ),
)

_AT_BIRTHDAY = Indicator(
    id="CL_EET",
    row="19-21",
    section=SECTION,
    title="Care leavers aged 19 to 21 in education, employment or training on their birthday",
    question="Are care leavers learning or working?",
    numerator="Those whose activity last recorded by the birthday is education, employment or training",
    denominator="Care leavers whose 19th, 20th or 21st birthday fell in the period",
    exclusions="Those who died or returned home to a parent",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CL_EET (birthdays in the year to 31 March)",
    missing="Not in touch, or no activity recorded, stays in the denominator. A 29 February birthday falls on 1 March.",
    needs=("care_leavers", "care_leaver_activity"),
    flow=_at_birthday(OLDER),
    reasons=(
        ("occupied", "In education, employment or training on the birthday."),
        ("not_occupied", "In none of these on the birthday, or none is recorded."),
        ("gone", "Left out: died, or returned home to a parent."),
    ),
)

WORKING_OLDER = _AT_BIRTHDAY
WORKING_YOUNGER = replace(
    _AT_BIRTHDAY,
    row="17-18",
    printed_row=2,
    title="Care leavers aged 17 or 18 in education, employment or training on their birthday",
    denominator="Care leavers whose 17th or 18th birthday fell in the period",
    flow=_at_birthday(YOUNGER),
)

SUITABLE_OLDER = replace(
    _AT_BIRTHDAY,
    id="CL_ACCOM",
    row="",
    title="Care leavers aged 19 to 21 in suitable accommodation on their birthday",
    question="Do care leavers have somewhere fit to live?",
    numerator="Those whose accommodation last recorded by the birthday is suitable",
    exclusions="Those who died, returned home to a parent, went abroad or were deported, "
    "and those whose home is not known",
    national_definition="CL_ACCOM (birthdays in the year to 31 March)",
    missing="No accommodation recorded is not suitable; recorded as not known, it is left out.",
    needs=("care_leavers", "care_leaver_accommodation"),
    flow=_home_at_birthday,
    reasons=(
        ("suitable", "In suitable accommodation on the birthday."),
        ("not_suitable", "Accommodation not suitable on the birthday, or none recorded."),
        ("home_unknown", "Left out: abroad, deported, or the home is recorded as not known."),
        _AT_BIRTHDAY.reasons[2],
    ),
)

OUT_OF_TOUCH = replace(
    SUITABLE_OLDER,
    id="CL_TOUCH",
    title="Care leavers aged 19 to 21 with whom the authority was not in touch on their birthday",
    question="Has the authority lost touch with its care leavers?",
    numerator="Those last recorded by the birthday as not in touch",
    exclusions="Those who died or returned home to a parent",
    national_definition="CL_TOUCH (birthdays in the year to 31 March)",
    missing="No contact recorded is not counted as lost touch. "
    "Whether a third party gave the activity is not held, so nobody is left out for that.",
    needs=("care_leavers", "care_leaver_contacts"),
    flow=_out_of_touch,
    reasons=(
        ("lost", "Not in touch at the last contact recorded by the birthday."),
        ("in_touch", "In touch, refusing or not needing services at the last contact, or no contact recorded."),
        _AT_BIRTHDAY.reasons[2],
    ),
)

STAYING = replace(
    OUT_OF_TOUCH,
    id="CL_STAYPUT",
    title="Care leavers aged 19 or 20 still living with their former foster carers",
    question="Can young people stay with their foster family as adults?",
    numerator="Those whose accommodation last recorded by the birthday is with former foster carers",
    denominator="Young people whose 19th or 20th birthday fell in the period and who were in a foster placement at 18",
    exclusions="None",
    national_definition="CL_STAYPUT (year to 31 March)",
    missing="No accommodation recorded is not staying put.",
    needs=("care_periods", "placements", "care_leaver_accommodation"),
    flow=_staying_put,
    reasons=(
        ("stayed", "Living with former foster carers on the birthday."),
        ("moved", "Living elsewhere on the birthday, or no accommodation is recorded."),
    ),
)

INDICATORS = (
    SUITABLE,
    WORKING,
    PLANNED,
    ADVISED,
    CONTACTED,
    WORKING_OLDER,
    WORKING_YOUNGER,
    SUITABLE_OLDER,
    OUT_OF_TOUCH,
    STAYING,
)
