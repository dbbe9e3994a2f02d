"""The CIN census to canonical tables: people, referrals, assessments, enquiries, conferences, plans, pre-proceedings.

The census says when things happened, never when they were recorded, and numbers nothing but children: identifiers are
made of child, kind and date (`identified`), so that one referral in two years' files is one referral.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.dataset.hostile import ordinary_file
from goldenthread.dataset.readers.cin_census_parts import (
    FLAG,
    TEXT,
    Reading,
    code_field,
    day_field,
    identified,
)
from goldenthread.dataset.readers.cin_census_tables import RawCensus, load_tables
from goldenthread.dataset.readers.common import LINE, Field, ReadResult, source_of
from goldenthread.dataset.store import conform
from goldenthread.dataset.values import whole
from goldenthread.dates.periods import financial_year, financial_year_of

EPISODE = "CINdetailsID"


def read_cin_census(path: Path, as_at: date | None = None) -> ReadResult:
    """The census in `path` as canonical tables, with everything that could not be read.

    The day it speaks of is the header's ReferenceDate unless `as_at` is given. Raises RefusedFile as `load_tables`.
    """
    raw = load_tables(ordinary_file(path))
    reading = Reading(path.name, raw.tables, raw.rejects)
    tables = {name: conform(name, frame) for name, frame in _canonical(reading).items()}
    source = source_of(
        path,
        "cin-census",
        rows_in=raw.rows_in,
        rows_out=raw.tables["Header"].height + sum(reading.used.values()),
        rejected=len(reading.rejects),
    )
    stated, where = _reference_day(reading)
    found, because = (as_at, "as asked") if as_at else (stated, where)
    authority = raw.tables["Header"]["LEA"].to_list()
    return ReadResult(
        tables,
        reading.rejects,
        (source,),
        reading.warnings,
        _notes(raw),
        as_at=found,
        as_at_because=because,
        authority=authority[0] if authority else None,
        # Of what came before its year the census holds only what was running still.
        history_from=financial_year(financial_year_of(stated)).first if stated else None,
    )


def _canonical(reading: Reading) -> dict[str, pl.DataFrame]:
    referrals, transfers = _referrals(reading)
    episodes = referrals.select(EPISODE, "referral_id")
    assessments = _assessments(reading, episodes)
    plans = _protection_plans(reading, episodes)
    enquiries, initial = _enquiries(reading, episodes)
    tables = {
        "people": _people(reading),
        "disabilities": _disabilities(reading),
        "referrals": referrals,
        "assessments": assessments,
        "assessment_factors": _factors(reading, assessments),
        "section_47_enquiries": enquiries,
        "conferences": _conferences(reading, initial, transfers, plans),
        "cin_plans": _cin_plans(reading, episodes),
        "cp_plans": plans,
        "cp_plan_categories": _categories(plans),
    } | _pre_proceedings(reading)
    tables["cp_plans"] = _with_conference(plans, tables["conferences"])
    tables["people"] = _with_disabled(tables["people"], tables["disabilities"])
    spare = {LINE, EPISODE, "AssessmentID", "CPPID"}
    return {name: frame.drop(spare & set(frame.columns)) for name, frame in tables.items()}


def _people(reading: Reading) -> pl.DataFrame:
    """Children of ChildIdentifiers with the ethnicity of ChildCharacteristics; Sex since 2024-25, gender until then."""
    people = reading.parsed(
        "ChildIdentifiers",
        [
            Field("UPN", "upn", TEXT),
            Field("FormerUPN", "former_upn", TEXT),
            code_field("UPNunknown", "upn_unknown_reason", "upn_unknown"),
            day_field("PersonBirthDate", "born_on"),
            day_field("ExpectedPersonBirthDate", "expected_on"),
            day_field("PersonDeathDate", "died_on"),
            code_field("GenderCurrent", "gender", "gender"),
            code_field("Sex", "sex", "sex"),
        ],
    )
    people = reading.once(people, ["child_id"], "ChildIdentifiers", "child_id", "this child")
    traits = reading.parsed("ChildCharacteristics", [code_field("Ethnicity", "ethnicity", "ethnicity")])
    traits = reading.once(traits, ["child_id"], "ChildCharacteristics", "ethnicity", "this child's group")
    joined = people.join(traits.drop(LINE), on="child_id", how="left", maintain_order="left")
    return joined.rename({"child_id": "person_id"}).with_columns(is_child=pl.lit(True))


def _disabilities(reading: Reading) -> pl.DataFrame:
    found = reading.parsed("Disabilities", [code_field("Disability", "disability", "disability", required=True)])
    return reading.once(found, ["child_id", "disability"], "Disabilities", "disability", "this disability of the child")


def _with_disabled(people: pl.DataFrame, disabilities: pl.DataFrame) -> pl.DataFrame:
    """`disabled`: true with any kind, false where only NONE is given, unknown where nothing is."""
    any_kind = disabilities.group_by(person_id="child_id").agg(disabled=(pl.col("disability") != "NONE").any())
    return people.join(any_kind, on="person_id", how="left", maintain_order="left")


def _referrals(reading: Reading) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Referrals, and apart from them the transfer-in conferences that stand in the same groups."""
    found = reading.parsed(
        "CINdetails",
        [
            day_field("CINreferralDate", "received_on", required=True),
            code_field("ReferralSource", "source", "referral_source"),
            code_field("PrimaryNeedCode", "primary_need", "primary_need"),
            day_field("CINclosureDate", "closed_on"),
            code_field("ReasonForClosure", "closure_reason", "closure_reason"),
            Field("ReferralNFA", "no_further_action", FLAG),
            day_field("DateOfInitialCPC", "held_on"),
        ],
        keep=(EPISODE,),
    )
    found = identified(found, "referral_id", "R", "received_on")
    transfers = found.filter(pl.col("held_on").is_not_null()).select(
        LINE, "child_id", "referral_id", EPISODE, "held_on"
    )
    return found.drop("held_on"), transfers


def _of_episode(frame: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """`frame` with the referral of its group; empty where that referral could not be read."""
    return frame.join(episodes, on=EPISODE, how="left", maintain_order="left")


def _assessments(reading: Reading, episodes: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed(
        "Assessments",
        [
            day_field("AssessmentActualStartDate", "started_on", required=True),
            day_field("AssessmentInternalReviewDate", "review_point_on"),
            day_field("AssessmentAuthorisationDate", "authorised_on"),
        ],
        keep=(EPISODE, "AssessmentID"),
    )
    return identified(_of_episode(found, episodes), "assessment_id", "A", "started_on")


def _factors(reading: Reading, assessments: pl.DataFrame) -> pl.DataFrame:
    table = "AssessmentFactorsList"
    found = reading.parsed(
        table,
        [code_field("AssessmentFactor", "factor", "assessment_factor", required=True)],
        keep=("AssessmentID",),
    )
    found = found.join(
        assessments.select("AssessmentID", "assessment_id"), on="AssessmentID", how="left", maintain_order="left"
    )
    lost = found.filter(pl.col("assessment_id").is_null())
    reading.reject_rows(lost, table, "factor", "its assessment could not be loaded", "Mend the assessment.")
    found = found.filter(pl.col("assessment_id").is_not_null())
    return reading.once(found, ["assessment_id", "factor"], table, "factor", "this factor of the assessment")


def _enquiries(reading: Reading, episodes: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Enquiries, and the initial conferences that stand in them."""
    found = reading.parsed(
        "Section47",
        [
            day_field("S47ActualStartDate", "started_on", required=True),
            day_field("InitialCPCtarget", "conference_target_on"),
            day_field("DateOfInitialCPC", "held_on"),
            Field("ICPCnotRequired", "conference_not_required", FLAG),
        ],
        keep=(EPISODE,),
    )
    found = identified(_of_episode(found, episodes), "section_47_id", "S", "started_on")
    initial = found.filter(pl.col("held_on").is_not_null()).select(
        LINE, "child_id", "referral_id", EPISODE, "section_47_id", "held_on", due_on="conference_target_on"
    )
    return found.drop("held_on"), initial


def _protection_plans(reading: Reading, episodes: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed(
        "ChildProtectionPlans",
        [
            day_field("CPPstartDate", "started_on", required=True),
            day_field("CPPendDate", "ended_on"),
            code_field("InitialCategoryOfAbuse", "initial_category", "abuse_category"),
            code_field("LatestCategoryOfAbuse", "latest_category", "abuse_category"),
            Field("NumberOfPreviousCPP", "previous_plans", whole(least=0, most=99)),
        ],
        keep=(EPISODE, "CPPID"),
    )
    return identified(_of_episode(found, episodes), "cp_plan_id", "P", "started_on")


def _categories(plans: pl.DataFrame) -> pl.DataFrame:
    """The category each plan began with. The day the latest began is not in the census, so it makes no row."""
    return plans.filter(pl.col("initial_category").is_not_null()).select(
        "cp_plan_id", "child_id", "started_on", category="initial_category"
    )


def _conferences(reading: Reading, initial: pl.DataFrame, transfers: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Initial conferences of enquiries, transfer-in ones of the referral itself, and the reviews of plans.

    A date that the referral repeats from its own enquiry is the same conference, not a transfer.
    """
    same = transfers.join(initial, on=[EPISODE, "held_on"], how="semi")
    reading.warn_rows(
        same, "CINdetails", "held_on", "is also the date of the enquiry's conference: taken as one conference",
        "Keep DateOfInitialCPC of CINdetails for a child who moved in on a plan.",
    )  # fmt: skip
    transfers = transfers.join(initial, on=[EPISODE, "held_on"], how="anti", maintain_order="left")
    first = pl.concat(
        [initial.with_columns(kind=pl.lit("initial")), transfers.with_columns(kind=pl.lit("transfer_in"))],
        how="diagonal",
    )
    made = plans.select(EPISODE, "cp_plan_id", held_on="started_on").unique([EPISODE, "held_on"], keep="first")
    first = first.join(made, on=[EPISODE, "held_on"], how="left", maintain_order="left").with_columns(
        # A plan that starts on the day is the conference's; without one the census does not say what was decided.
        outcome=pl.when(pl.col("cp_plan_id").is_not_null()).then(pl.lit("plan_made"))
    )
    return identified(pl.concat([first, _reviews(reading, plans)], how="diagonal"), "conference_id", "C", "held_on")


def _reviews(reading: Reading, plans: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed("Reviews", [day_field("CPPreviewDate", "held_on", required=True)], keep=("CPPID",))
    found = found.join(
        plans.select("CPPID", "cp_plan_id", "referral_id"), on="CPPID", how="left", maintain_order="left"
    )
    return found.drop("CPPID").with_columns(kind=pl.lit("review"))


def _with_conference(plans: pl.DataFrame, conferences: pl.DataFrame) -> pl.DataFrame:
    first = conferences.filter((pl.col("kind") != "review") & pl.col("cp_plan_id").is_not_null())
    first = first.select("cp_plan_id", "conference_id").unique("cp_plan_id", keep="first", maintain_order=True)
    return plans.join(first, on="cp_plan_id", how="left", maintain_order="left")


def _cin_plans(reading: Reading, episodes: pl.DataFrame) -> pl.DataFrame:
    found = reading.parsed(
        "CINplanDates",
        [day_field("CINPlanStartDate", "started_on", required=True), day_field("CINPlanEndDate", "ended_on")],
        keep=(EPISODE,),
    )
    return identified(_of_episode(found, episodes), "cin_plan_id", "N", "started_on")


def _pre_proceedings(reading: Reading) -> dict[str, pl.DataFrame]:
    """Pre-proceedings, and the application to court where one is dated: for a care or supervision order, as `care`."""
    table = "PreProceedings"
    found = reading.parsed(
        table,
        [
            day_field("PPStartDate", "started_on", required=True),
            day_field("LBPSentDate", "letter_sent_on"),
            Field("FGDMMeetingOffer", "family_group_offered", FLAG),
            Field("FGDMMeetingFac", "family_group_held", FLAG),
            day_field("InitialPPMeetingDate", "first_meeting_on"),
            Field("ReviewMeetingsCount", "review_meetings", whole(least=0, most=999)),
            day_field("StepDecisionDate", "ended_on"),
            code_field("PPOutcome", "outcome", "pre_proceedings_outcome"),
            day_field("CourtAppDate", "issued_on"),
            day_field("LetterInitCPDate", "letter_initiating_on"),
        ],
    )
    found = identified(found, "pre_proceedings_id", "L", "started_on")
    reading.warn_rows(
        found.filter(pl.col("letter_initiating_on").is_not_null()), table, "letter_initiating_on",
        "is LetterInitCPDate, which the dataset has no place for", "Nothing: the rest of the group is loaded.",
    )  # fmt: skip
    issued = found.filter(pl.col("issued_on").is_not_null()).select(LINE, "child_id", "issued_on", kind=pl.lit("care"))
    return {
        "pre_proceedings": found.drop("issued_on", "letter_initiating_on"),
        "proceedings": identified(issued, "proceedings_id", "J", "issued_on"),
    }


def _reference_day(reading: Reading) -> tuple[date | None, str]:
    """The header's ReferenceDate, and where it was found; a header without one leaves the day unknown."""
    stated = reading.raw["Header"]["ReferenceDate"].to_list()
    found = pl.Series(stated, dtype=pl.String).str.to_date("%Y-%m-%d", strict=False).to_list()
    if found and found[0]:
        return found[0], f"ReferenceDate of {reading.file}"
    return None, ""


def _notes(raw: RawCensus) -> tuple[str, ...]:
    cut = ("The file breaks off: the children after the break are missing.",) if raw.truncated else ()
    year = raw.tables["Header"]["Year"].to_list()
    return (*cut, f"Census of {year[0]}.") if year and year[0] else cut
