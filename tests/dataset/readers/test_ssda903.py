"""The SSDA903 return to canonical tables: periods, placements and statuses from episodes, and all its other tables."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.readers import READERS
from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.readers.ssda903 import read_ssda903
from goldenthread.dataset.rejects import RefusedFile

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"


def folder(tmp_path: Path, name: str = "2024", **tables: str) -> Path:
    """A return: each table's lines, headings first, in a file of its own."""
    made = tmp_path / name
    made.mkdir()
    for table, text in tables.items():
        (made / f"{table}.csv").write_text("\n".join(line.strip() for line in text.strip().splitlines()), "utf-8")
    return made


def read(tmp_path: Path, year: int = 2024, **tables: str) -> ReadResult:
    return read_ssda903(folder(tmp_path, **tables), year=year)


def episodes(*lines: str) -> str:
    """Episodes written as start, reason, status, placement, end, end reason, reason for change, home postcode."""
    rows = [line.split() for line in lines]
    cells = [["" if cell == "-" else cell for cell in row] + [""] * (9 - len(row)) for row in rows]
    return "\n".join(
        [
            EPISODES,
            *(
                f"{c},{s},{rne},{ls},N1,{p},PR1,{e},{rec},{why},{home},YO2 2AA,SC1"
                for c, s, rne, ls, p, e, rec, why, home in cells
            ),
        ]
    )


def rows(result: ReadResult, table: str, *columns: str) -> list[tuple[object, ...]]:
    return result.tables[table].select(columns).rows()


def rejected(result: ReadResult) -> list[tuple[str, int | None, str]]:
    return [(reject.place, reject.row, reject.column) for reject in result.rejects.found]


MOVES = episodes(
    "A1 01/05/2023 S V2 U6 10/06/2023 X1 CARPL YO11AA",
    "A1 10/06/2023 L C1 U6 01/09/2023 X1 - YO11AA",
    "A1 01/09/2023 P C1 U4 10/01/2024 E4A - YO12BB",
    "A1 01/03/2024 S V2 K2 - - - YO12BB",
)


def test_a_period_runs_until_an_episode_ends_other_than_by_another(tmp_path: Path) -> None:
    result = read(tmp_path, episodes=MOVES)
    assert rows(result, "care_periods", "started_on", "ended_on", "end_reason", "short_breaks_only") == [
        (date(2023, 5, 1), date(2024, 1, 10), "E4A", False),
        (date(2024, 3, 1), None, None, False),
    ]


def test_a_change_of_legal_status_alone_makes_no_new_placement(tmp_path: Path) -> None:
    result = read(tmp_path, episodes=MOVES)
    assert rows(result, "placements", "placement_type", "started_on", "ended_on") == [
        ("U6", date(2023, 5, 1), date(2023, 9, 1)),
        ("U4", date(2023, 9, 1), date(2024, 1, 10)),
        ("K2", date(2024, 3, 1), None),
    ]


@pytest.mark.parametrize(("reason", "placements"), [("P", 2), ("T", 2), ("B", 2), ("U", 2), ("L", 1)])
def test_which_reasons_for_a_new_episode_are_new_placements(tmp_path: Path, reason: str, placements: int) -> None:
    lines = ("A1 01/05/2023 S V2 U6 10/06/2023 X1", f"A1 10/06/2023 {reason} C1 U6 - -")
    assert read(tmp_path, episodes=episodes(*lines)).tables["placements"].height == placements


def test_the_reason_for_a_change_of_placement_is_that_of_the_episode_it_ended(tmp_path: Path) -> None:
    lines = ("A1 01/05/2023 S V2 U6 10/06/2023 X1 ALLEG", "A1 10/06/2023 P V2 K2 - -")
    result = read(tmp_path, episodes=episodes(*lines))
    assert rows(result, "placements", "placement_type", "change_reason") == [("U6", "ALLEG"), ("K2", None)]


def test_legal_statuses_run_over_changes_of_placement(tmp_path: Path) -> None:
    result = read(tmp_path, episodes=MOVES)
    assert rows(result, "legal_statuses", "legal_status", "started_on", "ended_on") == [
        ("V2", date(2023, 5, 1), date(2023, 6, 10)),
        ("C1", date(2023, 6, 10), date(2024, 1, 10)),
        ("V2", date(2024, 3, 1), None),
    ]


def test_home_postcodes_become_addresses_that_follow_one_another(tmp_path: Path) -> None:
    result = read(tmp_path, episodes=MOVES)
    assert rows(result, "addresses", "postcode", "started_on", "ended_on", "kind") == [
        ("YO1 1AA", date(2023, 5, 1), date(2023, 9, 1), "home"),
        ("YO1 2BB", date(2023, 9, 1), None, "home"),
    ]


@pytest.mark.parametrize("status", ["V3", "V4"])
def test_short_term_breaks_are_marked(tmp_path: Path, status: str) -> None:
    result = read(tmp_path, episodes=episodes(f"A1 01/05/2023 S {status} U6 03/05/2023 E8"))
    assert rows(result, "care_periods", "short_breaks_only") == [(True,)]


def test_a_gap_begins_a_new_period_even_where_an_episode_was_to_follow(tmp_path: Path) -> None:
    lines = ("A1 01/05/2023 S V2 U6 10/06/2023 X1", "A1 12/06/2023 P V2 K2 - -")
    assert read(tmp_path, episodes=episodes(*lines)).tables["care_periods"].height == 2


def test_an_episode_may_begin_the_day_after_the_last(tmp_path: Path) -> None:
    lines = ("A1 01/05/2023 S V2 U6 10/06/2023 X1", "A1 11/06/2023 P V2 K2 - -")
    assert read(tmp_path, episodes=episodes(*lines)).tables["care_periods"].height == 1


def test_a_period_that_began_before_the_return_is_said_to_be_longer_than_it_seems(tmp_path: Path) -> None:
    result = read(tmp_path, episodes=episodes("A1 01/05/2023 P V2 U6 - -", "B2 01/05/2023 S V2 U6 - -"))
    assert any("1 of 2 periods" in note for note in result.notes)


FAULTS = [
    (("A1 01/05/2023 S V2 U6 10/06/2023 X1", "A1 05/06/2023 P V2 K2 - -"), 3, "before an earlier one"),
    (("A1 01/05/2023 S V2 U6 - -", "A1 05/06/2023 P V2 K2 - -"), 2, "no end although"),
    (("A1 01/05/2023 S V2 U6 - -", "A1 01/05/2023 S V2 U6 - -"), 3, "repeats"),
    (("A1 01/05/2023 S V2 U6 - -", "B2 01/06/2023 S V2 K2 01/05/2023 E8"), 3, "ends before it starts"),
    (("A1 01/05/2023 S V2 U6 - -", "B2 - S V2 K2 - -"), 3, "is empty"),
]


@pytest.mark.parametrize(("lines", "line", "reason"), FAULTS)
def test_an_impossible_episode_is_refused_with_its_line_and_the_rest_loads(
    tmp_path: Path, lines: tuple[str, ...], line: int, reason: str
) -> None:
    result = read(tmp_path, episodes=episodes(*lines))
    (reject,) = result.rejects.found
    assert (reject.row, reject.whole_row) == (line, True)
    assert reason in reject.reason
    assert result.tables["care_episodes"].height == 1


@pytest.mark.parametrize(
    ("place", "ends", "kept"),
    [("H5", "01/02/2025", "H5"), ("H5", "-", None), ("Z11", "-", "Z11"), ("Z11", "01/02/2025", None)],
)
def test_a_placement_code_must_have_been_in_use_in_the_episode(
    tmp_path: Path, place: str, ends: str, kept: str | None
) -> None:
    started = "01/05/2024" if ends != "-" else "01/05/2025"
    result = read(tmp_path, 2026, episodes=episodes(f"A1 {started} S V2 {place} {ends} {'E8' if ends != '-' else '-'}"))
    assert rows(result, "care_episodes", "placement_type") == [(kept,)]
    assert rejected(result) == ([] if kept else [("Episodes", 2, "PLACE")])


def test_a_later_years_row_replaces_the_earlier_one(tmp_path: Path) -> None:
    before = folder(tmp_path, "return-a", episodes=episodes("A1 01/05/2022 S V2 U6 - - - YO11AA"))
    after = folder(
        tmp_path, "return-b",
        episodes=episodes("A1 01/05/2022 S V2 U6 10/06/2023 X1 - YO11AA", "A1 10/06/2023 L C2 U6 - - - YO11AA"),
    )  # fmt: skip
    result = read_ssda903([before, after])
    assert rows(result, "care_periods", "started_on", "ended_on") == [(date(2022, 5, 1), None)]
    assert rows(result, "legal_statuses", "legal_status", "ended_on") == [("V2", date(2023, 6, 10)), ("C2", None)]
    assert not result.rejects.found
    assert result.as_at == date(2024, 3, 31)
    assert [source.rows_out for source in result.sources] == [2, 0]


def test_two_returns_of_one_year_are_refused(tmp_path: Path) -> None:
    both = [folder(tmp_path, name, episodes=episodes("A1 01/05/2022 S V2 U6 - -")) for name in ("one", "two")]
    with pytest.raises(RefusedFile, match="of one collection year"):
        read_ssda903(both)


def test_one_slip_of_the_pen_does_not_choose_the_year(tmp_path: Path) -> None:
    many = episodes(*(f"C{n} 01/05/2023 S V2 U6 - -" for n in range(150)), "A1 01/05/2203 S V2 U6 - -")
    assert read_ssda903(folder(tmp_path, episodes=many)).as_at == date(2024, 3, 31)


def test_people_have_the_header_and_what_uasc_adds(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        header="""CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
        A1,2,27/03/2008,WBRI,A123456789012,1,
        B2,M,01/02/2010,AOTH,UN3,,""",
        uasc="CHILD,SEX,DOB,DUC\nB2,1,01/02/2010,01/02/2028",
    )
    columns = ("person_id", "sex", "gender", "upn", "upn_unknown_reason", "is_mother", "unaccompanied")
    assert sorted(rows(result, "people", *columns)) == [
        ("A1", "F", "2", "A123456789012", None, True, False),
        ("B2", "M", "1", None, "UN3", None, True),
    ]


def test_sex_may_be_reported_as_unknown(tmp_path: Path) -> None:
    result = read(tmp_path, 2025, header="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,U,27/03/2008,WBRI,,,")
    assert rows(result, "people", "sex", "gender") == [("U", "0")]
    assert not result.rejects.found


def test_the_child_of_a_mother_is_a_person_and_no_case(tmp_path: Path) -> None:
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,2,27/03/2006,WBRI,,1,05/05/2023\nB2,2,27/03/2006,WBRI,,0,"
    result = read(tmp_path, header=header)
    born = date(2023, 5, 5)
    assert [row for row in rows(result, "people", "person_id", "born_on", "is_child") if row[1] == born] == [
        ("A1-B20230505", born, False)
    ]
    columns = ("person_id", "related_person_id", "relationship")
    assert rows(result, "relationships", *columns) == [("A1-B20230505", "A1", "mother")]
    checked = check_tables(result.tables, as_at=result.as_at)
    assert not checked.rejects.found
    assert not [warning for warning in checked.warnings.found if warning.place == "relationships"]


def test_a_row_without_a_child_is_listed_once(tmp_path: Path) -> None:
    result = read(tmp_path, header="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n,2,27/03/2008,WBRI,,1,05/05/2023")
    assert rejected(result) == [("Header", 2, "CHILD")]


def test_without_a_uasc_table_nothing_is_known_of_any_child(tmp_path: Path) -> None:
    result = read(tmp_path, header="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,2,27/03/2008,WBRI,,,")
    assert rows(result, "people", "unaccompanied") == [(None,)]


def test_a_child_that_header_lacks_is_a_person_and_warned_of(tmp_path: Path) -> None:
    result = read(tmp_path, reviews="CHILD,DOB,REVIEW,REVIEW_CODE\nA1,27/03/2008,01/05/2023,PN1")
    assert rows(result, "people", "person_id") == [("A1",)]
    assert [warning.value for warning in result.warnings.found] == ["A1"]


def test_reviews_and_missing_episodes_belong_to_the_period_of_their_day(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        episodes=MOVES,
        reviews="CHILD,DOB,REVIEW,REVIEW_CODE\nA1,27/03/2008,28/05/2023,PN1\nA1,27/03/2008,01/02/2024,PN2",
        missing="CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,27/03/2008,M,05/03/2024,06/03/2024",
    )
    assert rows(result, "looked_after_reviews", "held_on", "care_period_id") == [
        (date(2023, 5, 28), "A1-L20230501"),
        (date(2024, 2, 1), None),
    ]
    assert rows(result, "missing_episodes", "kind", "care_period_id") == [("M", "A1-L20240301")]


def test_outcomes_are_dated_the_end_of_their_year(tmp_path: Path) -> None:
    heads = "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT"
    heads += ",SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED"
    result = read(tmp_path, oc2=f"{heads}\nA1,27/03/2012,17,,0,,1,1,0,0,,\nB2,27/03/2012,41,SDQ1,0,,1,1,0,0,,")
    assert (
        rows(result, "outcomes", "year_end", "teeth_checked", "health_assessment", "health_checks_up_to_date")
        == [(date(2024, 3, 31), True, False, None)] * 2
    )
    assert rows(result, "sdqs", "completed_on", "score", "missing_reason") == [
        (date(2024, 3, 31), 17, None),
        (date(2024, 3, 31), None, "SDQ1"),
    ]
    assert rejected(result) == [("OC2", 3, "SDQ_SCORE")]


@pytest.mark.parametrize(
    ("born", "birthday"),
    [("27/03/2005", date(2024, 3, 27)), ("31/03/2005", date(2024, 3, 31)), ("01/04/2005", date(2023, 4, 1))],
)
def test_care_leavers_are_as_on_their_birthday_in_the_year(tmp_path: Path, born: str, birthday: date) -> None:
    result = read(tmp_path, oc3=f"CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nA1,{born},YES,F2,U2")
    assert rows(result, "care_leaver_contacts", "contacted_on", "in_touch") == [(birthday, "YES")]
    assert rows(result, "care_leaver_activity", "activity", "started_on") == [("F2", birthday)]
    assert rows(result, "care_leaver_accommodation", "accommodation", "suitable") == [("U", False)]


def test_a_care_leaver_not_in_touch_has_no_activity_or_accommodation(tmp_path: Path) -> None:
    result = read(tmp_path, oc3="CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nA1,27/03/2005,NO,0,0")
    assert not result.rejects.found
    assert (result.tables["care_leaver_activity"].height, result.tables["care_leaver_accommodation"].height) == (0, 0)


def test_an_adoption_joins_decision_match_placement_and_order(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        episodes=episodes("A1 01/05/2022 S E1 U6 01/06/2023 X1", "A1 01/06/2023 P E1 A6 01/02/2024 E11"),
        ad1="""CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR
        A1,27/03/2021,01/10/2022,01/05/2023,0,2,MF,L11""",
        placed="""CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED
        A1,27/03/2021,01/10/2022,,
        B2,27/03/2021,01/10/2022,01/12/2022,RD1""",
    )
    columns = ("child_id", "decided_on", "matched_on", "placed_on", "adopted_on", "reversed_on", "reversed_reason")
    day = date(2022, 10, 1)
    assert sorted(rows(result, "adoptions", *columns)) == [
        ("A1", day, date(2023, 5, 1), date(2023, 6, 1), date(2024, 2, 1), None, None),
        ("B2", day, None, None, None, date(2022, 12, 1), "RD1"),
    ]


def test_earlier_permanence_keeps_its_partly_known_date(tmp_path: Path) -> None:
    result = read(
        tmp_path, prev="CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nA1,27/03/2021,P1,816,ZZ/05/2018", reviews=REVIEW
    )
    assert rows(result, "previous_permanence", "option", "authority", "ordered_on") == [("P1", "816", "ZZ/05/2018")]


REVIEW = "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,27/03/2021,01/05/2023,PN0"


def test_social_workers_become_allocations_and_workers(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        sw="""CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON
        A1,27/03/2012,SW9,01/04/2023,01/09/2023,LEFTRL
        A1,27/03/2012,SW8,01/09/2023,,FCONTA""",
    )
    assert rows(result, "allocations", "worker_id", "ended_on", "change_reason") == [
        ("SW9", date(2023, 9, 1), "LEFTRL"),
        ("SW8", None, "FCONTA"),
    ]
    assert rows(result, "workers", "worker_id", "role") == [("SW9", "social_worker"), ("SW8", "social_worker")]


def test_orders_that_deprive_of_liberty_are_read_two_at_once_as_well(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        2027,
        dolo="""CHILD,DOB,DOLO_START,DOLO_END
        A1,27/03/2012,01/05/2026,
        A1,27/03/2012,01/06/2026,01/09/2026
        A2,27/03/2012,02/06/2026,01/06/2026
        A3,27/03/2012,,01/06/2026""",
    )
    assert rows(result, "deprivation_of_liberty_orders", "child_id", "started_on", "ended_on") == [
        ("A1", date(2026, 5, 1), None),
        ("A1", date(2026, 6, 1), date(2026, 9, 1)),
    ]
    assert [(reject.place, reject.row) for reject in result.rejects.found] == [("DoLo", 5), ("DoLo", 4)]


def test_what_was_read_passes_the_checks_of_the_dataset(tmp_path: Path) -> None:
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,2,27/03/2008,WBRI,,,"
    result = read(tmp_path, header=header, episodes=MOVES, reviews=REVIEW)
    checked = check_tables(result.tables, as_at=result.as_at)
    assert not checked.rejects.found
    assert checked.tables["care_episodes"].height == 4


def test_the_command_reads_with_this_reader(tmp_path: Path) -> None:
    path = folder(tmp_path, episodes=MOVES)
    assert READERS["ssda903"].read(path, date(2024, 6, 1)).as_at == date(2024, 6, 1)


SPANS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "B2", ""]),
        st.integers(0, 40),
        st.integers(-2, 20) | st.none(),
        st.sampled_from(["S", "P", "L", "nonsense"]),
        st.sampled_from(["X1", "E8", ""]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(spans=SPANS)
def test_rows_in_are_rows_out_and_rows_rejected_and_no_child_is_in_two_places(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[str, int, int | None, str, str]]
) -> None:
    first = date(2023, 5, 1)
    lines = [EPISODES]
    for who, start, length, why, rec in spans:
        begun = first + timedelta(days=start)
        ended = f"{begun + timedelta(days=length):%d/%m/%Y}" if length is not None else ""
        lines.append(f"{who},{begun:%d/%m/%Y},{why},V2,N1,U6,PR1,{ended},{rec},,,,")
    result = read(tmp_path_factory.mktemp("return"), episodes="\n".join(lines))
    (source,) = result.sources
    lost = sum(reject.whole_row for reject in result.rejects.found)
    assert source.rows_in == len(spans) == source.rows_out + lost
    assert result.tables["care_episodes"].height == source.rows_out
    for table in ("care_episodes", "care_periods", "placements", "legal_statuses"):
        spans_of = (
            result.tables[table]
            .sort("child_id", "started_on")
            .select("child_id", "ended_on", next=pl.col("started_on").shift(-1).over("child_id"))
        )
        assert spans_of.filter(
            (pl.col("ended_on").is_null() & pl.col("next").is_not_null()) | (pl.col("next") < pl.col("ended_on"))
        ).is_empty()
    assert not check_tables({name: result.tables[name] for name in ("care_episodes", "care_periods")}).rejects.found
