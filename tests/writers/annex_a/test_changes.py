"""What changed between two runs: rows by child and date, cells by their old and new text, and of what kind."""

import json
from datetime import date, datetime
from io import BytesIO
from random import Random

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Dataset
from goldenthread.writers.annex_a import build
from goldenthread.writers.annex_a.care import ACCEPTED, AGAIN, MISSING, OFFERED
from goldenthread.writers.annex_a.changes import Changes, What, changes_html, changes_json, changes_xlsx, compare
from goldenthread.writers.annex_a.changes.matching import match
from goldenthread.writers.built import Built
from writers.annex_a.authority import AS_AT as LATEST
from writers.annex_a.authority import authority
from writers.annex_a.drawn import AS_AT, record

LAST = date(2024, 6, 16)
FORTNIGHT_BEFORE = date(2019, 6, 16)


def changes(before: Dataset, after: Dataset) -> Changes:
    return compare(build(before, LAST), build(after, AS_AT))


def told(found: Changes, *columns: str) -> list[tuple[object, ...]]:
    return found.rows.select(columns or ("list", "child_id", "key", "what")).rows()


CONTACTS = "contact_id child_id received_on source\n"
KIND_OF_ROW = [
    ("happened since", "", "X1 C1 2024-06-17 6", [(1, "C1", "17/06/2024", What.new)]),
    ("recorded late", "", "X1 C1 2024-06-16 6", [(1, "C1", "16/06/2024", What.late)]),
    ("out of its months", "X1 C1 2023-12-29 6", "X1 C1 2023-12-29 6", [(1, "C1", "29/12/2023", What.passed)]),
    ("taken out", "X1 C1 2023-12-30 6", "", [(1, "C1", "30/12/2023", What.removed)]),
    ("as it was", "X1 C1 2024-02-01 6", "X1 C1 2024-02-01 6", []),
    ("under another number", "X1 C1 2024-02-01 6", "X9 C1 2024-02-01 6", []),
]


@pytest.mark.parametrize(("before", "after", "expected"), [c[1:] for c in KIND_OF_ROW], ids=[c[0] for c in KIND_OF_ROW])
def test_rows_come_and_go_for_a_reason(before: str, after: str, expected: list[tuple[object, ...]]) -> None:
    found = changes(record(contacts=CONTACTS + before), record(contacts=CONTACTS + after))
    assert told(found) == expected


def test_a_date_put_right_is_a_changed_cell_and_not_two_rows() -> None:
    before = record(cp_plans="cp_plan_id child_id started_on\nP1 C1 2024-02-01")
    after = record(cp_plans="cp_plan_id child_id started_on\nP1 C1 2024-02-02")
    assert told(changes(before, after), "list", "key", "what", "column", "old", "new") == [
        (7, "02/02/2024", What.changed, "Child Protection Plan Start Date", "01/02/2024", "02/02/2024")
    ]


def test_a_changed_cell_has_its_old_and_new_text_and_the_row_of_the_record() -> None:
    cases = "referral_id child_id received_on primary_need team worker_id\nR1 C1 2024-02-01 {} {} W1"
    before, after = record(referrals=cases.format("N1", "North")), record(referrals=cases.format("N5", "South"))
    found = changes(before, after)
    assert told(found, "list", "what", "column", "old", "new", "team", "record", "record_id") == [
        (3, What.changed, "Allocated Team", "North", "South", "South", "referrals", "R1"),
        (6, What.changed, "Primary Need Code", "N1 - Abuse or neglect", "N5 - Family dysfunction", "South", "referrals",
         "R1"),
        (6, What.changed, "Allocated Team", "North", "South", "South", "referrals", "R1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [("2024-05-01", "2024-06-20", What.moved_on), ("2024-06-10", "2024-05-01", What.changed)],
)
def test_a_later_visit_moves_on_and_an_earlier_one_was_taken_out(before: str, after: str, what: What) -> None:
    plans = "cp_plan_id child_id started_on\nP1 C1 2024-02-01"
    visits = "child_id kind visited_on cp_plan_id seen_alone\nC1 child_protection {} P1 yes"
    first = record(cp_plans=plans, visits=visits.format(before))
    found = changes(first, record(cp_plans=plans, visits=visits.format(after)))
    assert told(found, "column", "what") == [("Date of the Last Statutory Visit", what)]


def test_birthdays_and_falling_counts_come_by_themselves() -> None:
    data = record(
        people="person_id born_on\nC1 2012-06-20",
        care_periods="child_id started_on ended_on\nC1 2023-01-01 2023-06-25\nC1 2024-02-01 -",
        missing_episodes="child_id kind started_on\nC1 M 2023-06-20",
    )
    found = told(changes(data, data), "column", "old", "new", "what")
    assert found == [
        ("Age of Child (Years)", "11", "12", What.time),
        (AGAIN, "a) Yes", "b) No", What.time),
        (MISSING, "1", "0", What.time),
        (OFFERED, "c) Unknown", None, What.time),
        (ACCEPTED, "c) Unknown", None, What.time),
    ]


def test_a_rising_count_is_something_that_happened() -> None:
    care = "child_id started_on\nC1 2024-02-01"
    episodes = "child_id kind started_on\n"
    found = changes(
        record(care_periods=care, missing_episodes=episodes),
        record(care_periods=care, missing_episodes=episodes + "C1 M 2024-06-20"),
    )
    assert (MISSING, "0", "1", What.changed) in told(found, "column", "old", "new", "what")


def test_an_earlier_case_gives_way_to_a_later_one_of_the_child() -> None:
    cases = "child_id received_on primary_need closed_on closure_reason\nC1 2024-02-01 N1 2024-03-01 RC7\n"
    found = changes(record(referrals=cases), record(referrals=cases + "C1 2024-06-20 N1 - -"))
    rows = [row for row in told(found) if row[0] == 6]
    assert rows == [(6, "C1", "01/02/2024", What.replaced), (6, "C1", "20/06/2024", What.new)]


def test_of_two_contacts_on_a_day_those_alike_go_together() -> None:
    drawn = CONTACTS + "X1 C1 2024-02-01 6\nX2 C1 2024-02-01 7\nX3 C1 2024-02-01 7"
    after = CONTACTS + "X3 C1 2024-02-01 8\nX2 C1 2024-02-01 6\nX1 C1 2024-02-01 7"
    found = changes(record(contacts=drawn), record(contacts=after))
    assert told(found, "column", "old", "new") == [("Contact Source", "r) 7: Other legal agency", "s) 8: Other")]


def test_the_earlier_run_comes_first() -> None:
    run = build(record(), AS_AT)
    with pytest.raises(ValueError, match="Give the earlier one first"):
        compare(run, run)


CELLS = st.lists(
    st.tuples(st.sampled_from(["C1", "C2"]), st.sampled_from(["01/02/2024", "02/02/2024"]), st.sampled_from("ab")),
    max_size=8,
)


def contacts_of(cells: list[tuple[str, str, str]]) -> pl.DataFrame:
    columns = ("Child Unique ID", "Date of Contact", "Contact Source")
    return pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String), orient="row")


@given(before=CELLS, after=CELLS, seed=st.integers(0, 1000))
def test_every_row_is_matched_once_and_where_it_stands_makes_no_difference(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]], seed: int
) -> None:
    found = match(1, contacts_of(before), contacts_of(after), [])
    assert sorted([*found.both["before"], *found.gone]) == list(range(len(before)))
    assert sorted([*found.both["after"], *found.added]) == list(range(len(after)))
    assert all(before[one][:2] == after[other][:2] for one, other in found.both.rows())
    keys = [cells[:2] for cells in before]
    shared = sum(min(keys.count(key), [cells[:2] for cells in after].count(key)) for key in set(keys))
    assert found.both.height == shared
    shuffled = Random(seed).sample(after, len(after))
    again = match(1, contacts_of(before), contacts_of(shuffled), [])
    told = sorted((before[one], after[other]) for one, other in found.both.rows())
    assert told == sorted((before[one], shuffled[other]) for one, other in again.both.rows())


@pytest.fixture(scope="module")
def fortnight() -> tuple[Built, Built, Changes]:
    """The authority's run as it was known a fortnight before, the run of the day, and what changed."""
    data = authority(9, children=4_000)
    before = build(as_known(data, FORTNIGHT_BEFORE), FORTNIGHT_BEFORE)
    after = build(data, LATEST)
    return before, after, compare(before, after)


def test_a_fortnight_of_an_authority_adds_up(fortnight: tuple[Built, Built, Changes]) -> None:
    before, after, found = fortnight
    for row in found.totals.to_dicts():
        came = row["new"] + row["late"]
        went = row["passed"] + row["removed"] + row["replaced"]
        assert row["after"] == row["before"] + came - went == after.tables[f"List {row['list']}"].height
        assert row["before"] == before.tables[f"List {row['list']}"].height
    assert {*found.rows["what"]} >= {What.new, What.late, What.passed, What.changed, What.moved_on, What.time}
    assert found.rows.filter(pl.col("what") == What.new).height > 20


def test_the_changes_turn_the_earlier_run_into_the_later(fortnight: tuple[Built, Built, Changes]) -> None:
    before, after, found = fortnight
    for number, key in ((7, "Child Protection Plan Start Date"), (8, "Date Started to be Looked After")):
        earlier = {(row["Child Unique ID"], row[key]): dict(row) for row in before.tables[f"List {number}"].to_dicts()}
        later = {(row["Child Unique ID"], row[key]): dict(row) for row in after.tables[f"List {number}"].to_dicts()}
        for row in found.rows.filter(pl.col("list") == number).iter_rows(named=True):
            place = (row["child_id"], row["key"])
            match What(row["what"]):
                case What.new | What.late:
                    earlier[place] = later[place]
                case What.passed | What.removed | What.replaced:
                    del earlier[place]
                case _:
                    assert earlier[place][row["column"]] == row["old"]
                    earlier[place][row["column"]] = row["new"]
        assert earlier == later


def test_the_json_has_every_change(fortnight: tuple[Built, Built, Changes]) -> None:
    found = fortnight[2]
    document = json.loads(changes_json(found))
    assert (document["before"], document["after"]) == ("2019-06-16", "2019-06-30")
    assert len(document["changes"]) == found.rows.height
    assert [row["title"] for row in document["lists"]][:2] == ["Contacts", "Early Help"]


def test_the_workbook_has_every_change_with_real_dates(fortnight: tuple[Built, Built, Changes]) -> None:
    found = fortnight[2]
    book = openpyxl.load_workbook(BytesIO(changes_xlsx(found)))
    assert book.sheetnames == ["Changes", "By list"]
    page = list(book["Changes"].iter_rows(values_only=True))
    assert len(page) == found.rows.height + 1
    assert page[0][:4] == ("List", "Child or adopter", "Date of the row", "What changed")
    dates = {type(row[2]) for row in page[1:]}
    assert dates <= {datetime, type(None)} and datetime in dates
    assert book["Changes"].freeze_panes == "C2"
    assert len(list(book["By list"].iter_rows())) == 12


def test_a_workbook_of_changes_runs_nothing() -> None:
    team = "referral_id child_id received_on team\nR1 C1 2024-02-01 {}"
    found = changes(record(referrals=team.format("North")), record(referrals=team.format("=1+1")))
    cells = next(openpyxl.load_workbook(BytesIO(changes_xlsx(found)))["Changes"].iter_rows(min_row=2))
    assert [cell.value for cell in cells][5:8] == ["North", "'=1+1", "'=1+1"]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_the_page_shows_the_children_closest_first_and_says_what_it_leaves_out(
    fortnight: tuple[Built, Built, Changes],
) -> None:
    found = fortnight[2]
    page = changes_html(found, authority="Amberford", shown=3)
    assert page.count("<section ") == 3
    assert "What changed in Annex A from 16 June 2019 to 30 June 2019" in page
    first = page[page.index("<section ") :].split("<h3")[1]
    assert "8 Children in Care" in first
    assert "Below are 3 of" in page
    quiet = found.rows.filter(pl.col("what").is_in([What.passed, What.moved_on, What.time])).height
    assert f"{quiet:,} changes came by themselves" in page


def test_a_fact_of_the_child_that_several_lists_repeat_stands_once() -> None:
    tables = {"contacts": "child_id received_on\nC1 2024-02-01", "referrals": "child_id received_on\nC1 2024-02-01"}
    girl, boy = "person_id gender\nC1 2", "person_id gender\nC1 1"
    page = changes_html(changes(record(people=girl, **tables), record(people=boy, **tables)))
    assert page.count("a) Male") == 1
    assert "1 and 3" in page


def test_markup_in_a_name_is_shown_and_never_run() -> None:
    team = "referral_id child_id received_on team\nR1 C1 2024-02-01 {}"
    page = changes_html(changes(record(referrals=team.format("N")), record(referrals=team.format("<script>x"))))
    assert "<script>" not in page and "&lt;script&gt;x" in page


def test_a_quiet_fortnight_says_so() -> None:
    assert "Nothing changed but by the passing of days" in changes_html(changes(record(), record()))
