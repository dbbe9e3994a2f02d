"""What is written is what the reference asks for; and a workbook that nobody here made goes in and comes out again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.readers.annex_a import read_annex_a
from goldenthread.dataset.readers.annex_a_lists import AGE, BORN, DISABILITY, ETHNICITY, LISTS, UASC_9
from goldenthread.dataset.readers.annex_a_sheets import lay_out
from goldenthread.dataset.readers.common import Field, parse_columns
from goldenthread.dataset.store import Manifest, dataset_of
from goldenthread.dataset.workbooks import read_workbook
from goldenthread.writers.annex_a import build, write_workbook
from goldenthread.writers.annex_a.care import ABSENT, AGAIN, MISSING
from goldenthread.writers.annex_a.changes.matching import KEYS
from goldenthread.writers.annex_a.columns import days_of, numbers_of
from goldenthread.writers.annex_a.protection import EMERGENCY
from goldenthread.writers.annex_a.words import NO, YES, all_words

OFSTED_SETS = {  # ours: the reference's
    "referral_source": "contact_referral_source",
    "category_of_need": "category_of_need_cla",
    "closure_reason": "reason_for_closure",
    "abuse_category": "category_of_abuse",
    "care_end_reason": "reason_ceased_cla",
    "placement_area": "la_of_placement",
    "care_leaver_eligibility": "eligibility_category",
    "in_touch": "la_in_touch",
    "accommodation": "accommodation_type",
    "suitability": "accommodation_suitability",
    "activity": "activity_status",
    "adoption_reversed_reason": "adoption_no_longer_reason",
}

LOST = {
    # Counts, an earlier period and the use of a power stand for dated rows that a workbook does not have.
    ("List 3", "Number of Referrals in Last 12 Months"),
    ("List 5", "Number of Section 47 Enquiries in the last 12 months"),
    ("List 5", "Number of ICPCs in the last 12 months"),
    ("List 7", EMERGENCY),
    ("List 8", AGAIN),
    ("List 8", "Number of Placements in the Last 12 months"),
    ("List 8", MISSING),
    ("List 8", ABSENT),
}
CHANGED = {
    # The lists disagree about these people: the list of closer involvement is believed, and the import says so.
    *(("List 9", heading) for heading in (ETHNICITY, BORN, DISABILITY)),
    ("List 8", ETHNICITY),  # empty: written as not yet obtained
    ("List 9", UASC_9),  # a column of 2024 that the sample does not have: nothing recorded is a No
    # Being in touch without a day was so on the day of the lists.
    ("List 9", "Latest Date of Contact"),
    # The sample gives ages with decimals; Ofsted asks for completed years.
    *((wanted.place, AGE) for wanted in LISTS if any(heading.name == AGE for heading in wanted.headings)),
}
OUT_OF_THEIR_MONTHS = {"List 10": 5, "List 11": 5}
"""Adopted or placed ten years before the sample's other dates, where the lists go back twelve months."""


@pytest.fixture(scope="module")
def reference(shared: Path) -> Mapping[str, Any]:
    text = (shared / "reference/annex_a.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def test_the_columns_are_the_references_in_its_order(reference: Mapping[str, Any]) -> None:
    for wanted, entry in zip(LISTS, reference["lists"], strict=True):
        assert [heading.name for heading in wanted.headings] == [column["name"] for column in entry["columns"]]


def test_dates_and_numbers_are_where_the_reference_has_them(reference: Mapping[str, Any]) -> None:
    for entry in reference["lists"]:
        number = entry["list"]
        assert set(days_of(number)) == {one["name"] for one in entry["columns"] if one["type"] == "date"}
        assert set(numbers_of(number)) == {one["name"] for one in entry["columns"] if one["type"] == "integer"}


def test_the_texts_are_the_references_word_for_word(reference: Mapping[str, Any]) -> None:
    for name, words in all_words().items():
        wanted = [entry["code"] for entry in reference["codesets"][OFSTED_SETS.get(name, name)]["codes"]]
        texts = [text for code, text in words.texts.items() if code not in words.not_ofsted]
        assert texts == wanted, name
    assert [entry["code"] for entry in reference["codesets"]["yes_no"]["codes"]] == [YES, NO]


def test_the_sample_goes_in_and_comes_out_and_what_was_lost_is_known(shared: Path, tmp_path: Path) -> None:
    sample, copy = shared / "data/annex_a/Annex_A.xlsx", tmp_path / "copy.xlsx"
    read = read_annex_a(sample)
    checked = check_tables(read.tables, as_at=read.as_at)
    assert read.as_at is not None
    manifest = Manifest(as_at=read.as_at, history_from=read.history_from)
    write_workbook(build(dataset_of(checked.tables, manifest), read.as_at), copy)
    before, after = cells(sample), cells(copy)
    for wanted in LISTS:
        key = list(KEYS[wanted.number])
        both = before[wanted.place].join(after[wanted.place], on=key, how="inner", nulls_equal=True, suffix=" again")
        lost = before[wanted.place].height - both.height
        assert lost == OUT_OF_THEIR_MONTHS.get(wanted.place, 0), wanted.place
        for heading in (heading.name for heading in wanted.headings if heading.name not in key):
            other = both.filter(pl.col(heading).ne_missing(pl.col(f"{heading} again")))
            if (wanted.place, heading) in LOST:
                assert other[f"{heading} again"].null_count() == other.height
            elif (wanted.place, heading) not in CHANGED:
                assert other.is_empty(), (wanted.place, heading, other.select(heading, f"{heading} again").rows())
    # List 6 has one child more: list 5 has a section 47 enquiry of it, so it was a child in need.
    assert after["List 6"].height == before["List 6"].height + 1


def cells(path: Path) -> dict[str, pl.DataFrame]:
    """Each list of the workbook, parsed as the reader parses it."""
    found = {}
    for raw in lay_out(read_workbook(path), path.name).lists:
        wanted = raw.annex_list
        fields = [Field(heading.name, heading.name, wanted.parser(heading)) for heading in wanted.headings]
        found[wanted.place], _ = parse_columns(raw.frame, fields, file=path.name, place=raw.sheet)
    return found
