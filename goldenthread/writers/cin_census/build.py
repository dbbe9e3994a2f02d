"""The census of a year, built from the record."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from goldenthread.dataset.readers import cin_census_shape as shape
from goldenthread.dataset.store import Dataset
from goldenthread.writers.built import Built
from goldenthread.writers.cin_census import children as of_children
from goldenthread.writers.cin_census import episodes as of_episodes
from goldenthread.writers.cin_census import protection
from goldenthread.writers.cin_census.conferences import conferences_placed
from goldenthread.writers.cin_census.notes import Found, notes
from goldenthread.writers.cin_census.record import taken
from goldenthread.writers.cin_census.rows import Part, no_origin
from goldenthread.writers.cin_census.year import CensusYear, census_year

KIND = "cin-census"
NUMBER_OF_AUTHORITY = re.compile(r"\d{3}")


def build(dataset: Dataset, as_at: date, *, year: int | None = None) -> Built:
    """The children in need census of the year that ends in `year`, or that holds `as_at`, as known on `as_at`.

    The tables are those of `load_tables` on the written file: Header, ChildIdentifiers, ChildCharacteristics,
    Disabilities, CINdetails, Assessments, AssessmentFactorsList (column AssessmentFactor), CINplanDates, Section47,
    ChildProtectionPlans and Reviews, linked by LAchildID, CINdetailsID, AssessmentID and CPPID, the last three counted
    through the file; days as 2026-03-31, flags as 1 and 0.

    In it is every child with a referral received, open or closed from 1 April to the reference date, 31 March, or
    to `as_at` where that is earlier; nothing that happened later is seen. Of their episodes it holds the assessments,
    enquiries and plans that were not over before the year. A value the record lacks stays empty, and `notes` says so.
    Raises ValueError for a year that begins after `as_at`.
    """
    asked = census_year(as_at, year, dataset.manifest.history_from)
    parts, found = _parts(dataset, asked)
    first = header(asked, as_at, dataset.manifest.authority)
    tables = {"Header": first, **{part.name: part.table for part in parts}}
    origins = {"Header": no_origin(first.height), **{part.name: part.origin for part in parts}}
    return Built(KIND, as_at, tables, origins, notes(found, tables))


def _parts(dataset: Dataset, year: CensusYear) -> tuple[tuple[Part, ...], Found]:
    """The tables but the header, in the order of the file, and what there is to be said of them."""
    record = taken(dataset, year)
    placed = conferences_placed(record, year)
    episodes = of_episodes.episodes_of(record, placed.enquiries, placed.transfers, year)
    children = of_children.children(record, episodes, year)
    assessments = of_episodes.assessments(record, episodes, year)
    plans = protection.plans(record, episodes, year)
    parts = (
        of_children.identifier_part(children, year),
        of_children.characteristics_part(children),
        of_children.disability_part(record, children),
        of_episodes.details(episodes, placed.transfers, year),
        of_episodes.assessment_part(assessments),
        of_episodes.factor_part(record, assessments, year),
        of_episodes.need_plan_part(record, episodes, year),
        protection.enquiry_part(placed.enquiries, episodes, year),
        protection.plan_part(plans, year),
        protection.review_part(record, plans),
    )
    return parts, Found(record, year, children, episodes, plans, placed.unplaced, dataset.manifest.authority)


def header(year: CensusYear, as_at: date, authority: str | None) -> pl.DataFrame:
    """The one row of Header. LEA is the authority's three-digit number, empty where the record has another code."""
    named = authority if authority and NUMBER_OF_AUTHORITY.fullmatch(authority) else None
    values = {
        "Collection": "CIN",
        "Year": str(year.number),
        "ReferenceDate": year.reference.isoformat(),
        "SourceLevel": "L",
        "LEA": named,
        "SoftwareCode": "Golden Thread",
        "SerialNo": "001",
        "DateTime": f"{as_at.isoformat()}T00:00:00",
    }
    names = (*shape.COLLECTION, *shape.SOURCE)
    return pl.DataFrame({name: [values.get(name)] for name in names}, schema=dict.fromkeys(names, pl.String()))
