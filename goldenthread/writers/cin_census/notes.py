"""What a census could not hold or the record could not give, each as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.readers import cin_census_structure as structure
from goldenthread.writers.cin_census.record import Record
from goldenthread.writers.cin_census.year import CensusYear

OF_EPISODES = {
    "assessments": "assessment",
    "section_47_enquiries": "section 47 enquiry",
    "cin_plans": "child in need plan",
    "cp_plans": "child protection plan",
}
PLURALS = {"child": "children", "enquiry": "enquiries", "section 47 enquiry": "section 47 enquiries"}

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Found:
    """What `build` learnt on its way."""

    record: Record
    year: CensusYear
    children: pl.DataFrame
    episodes: pl.DataFrame
    plans: pl.DataFrame
    unplaced_conferences: int
    authority: str | None


def notes(found: Found, tables: Tables) -> tuple[str, ...]:
    """The sentences: the whole return first, then what is empty, what is made from something else, what is left out."""
    return (
        *_of_the_whole(found, tables),
        *_empty(tables, found.year.number),
        *_not_given(tables),
        *_derived(found),
        *_without_a_place(found),
        *_not_collected(found),
    )


def _of_the_whole(found: Found, tables: Tables) -> Iterator[str]:
    if tables["Header"]["LEA"].is_null().any():
        known = f"names the authority {found.authority}" if found.authority else "does not name the authority"
        yield f"LEA, the authority's three-digit number, is empty: the record {known}."
    if found.episodes.is_empty():
        yield "No child has an episode in the year."
    if absent := found.children["person_id"].null_count():
        yield f"The record holds nothing of {counted(absent, 'child')} beyond a referral."


def _empty(tables: Tables, year: int) -> Iterator[str]:
    """One for each element that the census requires and some row has no value for."""
    elements = structure.with_all_inside(structure.of_year(structure.MESSAGE, year))
    required = {each.name for each in elements if each.required and not each.inside}
    for name, frame in tables.items():
        for column in frame.columns if name != "Header" else ():
            if column in required and (lacking := frame[column].null_count()):
                yield f"{column} is empty, though the census requires it, in {lacking:,} of {frame.height:,} {name}."


def _not_given(tables: Tables) -> Iterator[str]:
    """One for each optional element that every row should have, and some has not."""
    people, need = tables["ChildIdentifiers"], tables["CINdetails"]
    no_number = (pl.col("UPN").is_null() & pl.col("UPNunknown").is_null()).sum()
    no_need = (pl.col("PrimaryNeedCode").is_null() & (pl.col("ReferralNFA") == "0")).sum()
    silent = people.height - tables["Disabilities"]["LAchildID"].n_unique()
    for lacking, what, whose in (
        (people.select(no_number).item(), "UPN, or why there is none,", "child"),
        (silent, "Disability, or NONE,", "child"),
        (need.select(no_need).item(), "PrimaryNeedCode", "episode"),
        (tables["Section47"]["InitialCPCtarget"].null_count(), "InitialCPCtarget", "enquiry"),
    ):
        if lacking:
            yield f"{what} is left out for {counted(lacking, whose)}: the record does not give it."


def _derived(found: Found) -> Iterator[str]:
    if borrowed := int(found.children["borrowed"].sum()):
        asked, other = ("Sex", "gender") if found.year.number >= structure.SEX_SINCE else ("GenderCurrent", "sex")
        yield f"{asked} of {counted(borrowed, 'child')} is read from the recorded {other}."
    if here := int(found.plans["earlier_counted"].sum()):
        plans = counted(here, "child protection plan")
        yield f"NumberOfPreviousCPP of {plans} is the number of earlier plans in this record."


def _without_a_place(found: Found) -> Iterator[str]:
    for table, what in OF_EPISODES.items():
        begun = found.record[table].filter(pl.col("started_on") >= found.year.first)
        if lost := begun.join(found.episodes, on="referral_id", how="anti").height:
            yield f"Left out, being of no referral in the record: {counted(lost, what)} begun in the year."
    if found.unplaced_conferences:
        held = counted(found.unplaced_conferences, "conference")
        yield f"Left out, for want of an enquiry or of a second place in it: {held} held in the year."
    for table, what in (("care_periods", "looked after"), ("care_leavers", "using leaving care services")):
        absent = found.record[table].join(found.episodes, on="child_id", how="anti")["child_id"].n_unique()
        if absent:
            yield f"Left out, having no referral open in the year: {counted(absent, 'child')} {what} in it."


def _not_collected(found: Found) -> Iterator[str]:
    """What the census of another year would hold: whole groups, and codes that came or went."""
    if found.year.number < structure.PLANS_SINCE and found.record["cin_plans"].height:
        yield "Child in need plans are left out: the census collects them from 2021-22."
    if found.year.number >= structure.PRE_PROCEEDINGS_SINCE:
        yield "Pre-proceedings are left out: the rules of that group, new in 2026-27, have not been seen."
    for table, column, codes in (
        (found.episodes, "source", "referral_source"),
        (found.episodes, "closure_reason", "closure_reason"),
        (found.record["assessment_factors"], "factor", "assessment_factor"),
    ):
        if held := table.filter(~found.year.has_code(column, codes))[column].unique().sort().to_list():
            yield f"Left out, being no {codes.replace('_', ' ')} of that year's census: {', '.join(held)}."


def counted(number: int, what: str) -> str:
    """A number with its noun: 1 child, 2 children."""
    return f"{number:,} {what if number == 1 else PLURALS.get(what, what + 's')}"
