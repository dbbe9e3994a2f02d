"""Published arithmetic on a made-up folder in the publisher's layout: two authorities, a region and England."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import polars as pl
import pytest

from goldenthread.indicators.published import MEASURES, agreement, compared, disagreements
from goldenthread.indicators.published.children_in_need import OLDER_POPULATION
from goldenthread.indicators.published.command import add_parser
from goldenthread.indicators.published.reading import PublishedFileError

AREA = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
AREA += "new_la_code,la_name"


def authority(year: int, number: str, name: str) -> str:
    return f"{year},Reporting year,Local authority,E92000001,England,E12000099,Far Shire,{number},E0600{number},{name}"


def region(year: int) -> str:
    return f"{year},Reporting year,Regional,E92000001,England,E12000099,Far Shire,,,"


REFERRALS = (
    "category,referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent,"
    "not_in_need_count,not_in_need_percent,referral_child_count,rereferral_child_count,rereferral_child_percent"
)


def referrals(area: str, repeats: str, percent: str, *, count: str = "200") -> str:
    return f"{area},Referrals,{count},{repeats},{percent},10,5,20,10,180,9,5"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [
        f"{AREA},{REFERRALS}",
        referrals(authority(2025, "901", "Nowhereshire"), "29", "14.5"),
        referrals(authority(2025, "902", "Elsewhereshire"), "c", "c"),
        referrals(authority(2024, "901", "Nowhereshire"), "13", "6.4"),  # 6.5
        referrals(authority(2024, "902", "Elsewhereshire"), "1", "0.5"),
        referrals(region(2024), "10", "5.6", count="200"),  # each count to the nearest ten: 2.5 to 7.7
    ]
    write(tmp_path, "c1_children_in_need_referrals_and_rereferrals_2024_to_2025.csv", lines)
    people = [
        f"{AREA},age_group,population_estimate",
        f"{authority(2024, '901', 'Nowhereshire')},Children aged 0 to 17 years,40000",
        f"{authority(2025, '901', 'Nowhereshire')},Children aged 0 to 17 years,99999",
        f"{authority(2024, '902', 'Elsewhereshire')},Children aged 0 to 17 years,x",
        f"{authority(2023, '901', 'Nowhereshire')},Children aged 0 to 17 years,32000",
    ]
    write(tmp_path, "ons_mid-year_population_estimates_2023_to_2025.csv", people)
    return tmp_path


def write(folder: Path, name: str, lines: list[str]) -> None:
    (folder / name).write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")


def line(frame: pl.DataFrame, measure: str, level: str = "Local authority") -> dict[str, object]:
    return frame.filter(measure=measure, level=level).row(0, named=True)


def test_agreement_counts_matches_and_leaves_suppressed_rows_out(folder: Path) -> None:
    found = line(agreement(folder), "REREF_12M")
    assert (found["rows"], found["matched"], found["different"], found["not_comparable"]) == (3, 2, 1, 1)
    assert found["agreement"] == 66.67
    assert found["largest_difference"] == pytest.approx(0.1)
    assert found["judged"] is True


def test_disagreements_show_the_row_with_both_figures(folder: Path) -> None:
    (row,) = disagreements(folder, "REREF_12M").filter(outcome="different").to_dicts()
    assert (row["name"], row["time_period"], row["published"], row["recomputed"]) == ("Nowhereshire", 2024, "6.4", 6.5)
    assert (row["numerator"], row["denominator"], row["row"]) == (13.0, 200.0, 4)


def test_a_region_may_differ_within_the_rounding_of_its_counts(folder: Path) -> None:
    found = line(agreement(folder), "REREF_12M", "Regional")
    assert (found["matched"], found["within_rounding"], found["judged"]) == (0, 1, False)
    assert "nearest ten" in str(found["note"])


def test_an_unknown_measure_is_named(folder: Path) -> None:
    with pytest.raises(KeyError, match="No measure 'SPELLS'"):
        disagreements(folder, "SPELLS")


def test_rates_use_the_population_of_the_year_before(folder: Path) -> None:
    later = pl.DataFrame(
        {
            "measure": ["REF_RATE"] * 3,
            "time_period": ["2025", "2024", "2025"],
            "area": ["901", "901", "902"],
            "value": ["50", "62.5", "1"],  # 200 of 40,000 (mid-2024) and of 32,000 (mid-2023)
        }
    )
    found = line(agreement(folder, elsewhere=later), "REF_RATE")
    assert (found["published_in"], found["matched"], found["rows"]) == ("elsewhere", 2, 2)
    assert found["not_comparable"] == 1  # Elsewhereshire's population is not available


def test_a_measure_without_its_file_says_so(folder: Path) -> None:
    found = line(agreement(folder), "CLA_RATE", level="")
    assert found["rows"] == 0
    assert found["agreement"] is None
    assert "no file beginning 'cla_number_and_rate'" in str(found["note"])


def test_an_unknown_mark_is_refused_with_its_place(folder: Path) -> None:
    path = next(folder.glob("c1*"))
    path.write_text(path.read_text().replace(",29,", ",many,"))
    with pytest.raises(PublishedFileError, match="row 2, rereferral_count: 'many' is neither a number nor a mark"):
        agreement(folder)


def test_a_lost_column_is_refused_by_name(folder: Path) -> None:
    path = next(folder.glob("c1*"))
    path.write_text(path.read_text().replace("rereferral_percent", "repeat_percent"))
    with pytest.raises(PublishedFileError, match="no column rereferral_percent"):
        agreement(folder)


def test_two_releases_of_one_file_are_refused(folder: Path) -> None:
    (folder / "c1_children_in_need_referrals_2026.csv").write_text("x\n")
    with pytest.raises(PublishedFileError, match="Keep the newest release only"):
        agreement(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PublishedFileError, match="no such folder"):
        agreement(tmp_path / "nowhere")


def care_leavers(year: int, breakdown: str, count: str, percent: str) -> str:
    return f"{authority(year, '901', 'Nowhereshire')},19 to 21 years,{breakdown},{count},{percent}"


def test_long_files_divide_by_the_row_that_holds_the_total(tmp_path: Path) -> None:
    parts = sorted({dict(measure.where)["breakdown"] for measure in MEASURES if measure.id.startswith("CL_ACCOM")})
    rows = [care_leavers(2025, part, "29", "15") for part in parts]
    rows += [row.replace("19 to 21", "17 to 18") for row in rows]
    totals = [care_leavers(2025, "Suitability total", "200", "100")]
    totals.append(totals[0].replace("19 to 21", "17 to 18").replace("200", "100"))
    heading = f"{AREA},care_leaver_age,breakdown,care_leaver_count,care_leaver_percent"
    write(tmp_path, "la_care_leavers_accommodation_suitability.csv", [heading, *rows, *totals])
    found = agreement(tmp_path)
    assert line(found, "CL_ACCOM")["matched"] == 1  # 29 of 200 is 14.5, which goes up
    assert line(found, "CL_ACCOM_17_18")["different"] == 1  # 29 of 100


WORKFORCE = (
    "inpost_fte,inpost_headcount,leavers_fte,leavers_headcount,turnover_rate_fte,turnover_rate_headcount,agency_fte,"
    "agency_headcount,agency_rate_fte,agency_rate_headcount,agency_cover_fte,agency_cover_rate_fte,vacancy_fte,"
    "vacancy_rate_fte,vacancy_agency_cover_rate_fte,case_holders_fte,cases,caseload_fte,working_days_lost_fte,"
    "absence_rate_fte"
)


def workforce(area: str, *, absence: str, lost: str = "1265", turnover: str = "10") -> str:
    return f"{area},100,110,10,11,{turnover},10,25,25,20,18.5,20,80,25,20,80,50,800,16,{lost},{absence}"


def workforce_folder(folder: Path, rows: list[str]) -> Path:
    write(folder, "csww_indicators_2023_to_2024.csv", [f"{AREA},{WORKFORCE}", *rows])
    return folder


def test_absence_is_of_253_days_and_254_in_a_leap_year(tmp_path: Path) -> None:
    rows = [
        workforce(authority(2023, "901", "Nowhereshire"), lost="2542.7", absence="10.1"),  # 10.0502, of 25,300
        workforce(authority(2024, "901", "Nowhereshire"), lost="2542.7", absence="10"),  # 10.0106, of 25,400
    ]
    found = line(agreement(workforce_folder(tmp_path, rows)), "WF_ABSENCE")
    assert (found["matched"], found["rows"]) == (2, 2)


def test_full_time_equivalents_may_differ_within_a_tenth(tmp_path: Path) -> None:
    rows = [
        workforce(authority(2024, "901", "Nowhereshire"), absence="5", turnover="10"),  # 10.0 of 100.0
        workforce(authority(2024, "902", "Elsewhereshire"), absence="5", turnover="10.1"),  # 10.05 of 99.95
        workforce(authority(2024, "903", "Anyshire"), absence="5", turnover="10.2"),
    ]
    found = line(agreement(workforce_folder(tmp_path, rows)), "WF_TURN")
    assert (found["matched"], found["within_rounding"], found["different"]) == (1, 1, 1)


def test_an_area_with_an_authority_that_gave_no_count_is_told_apart(tmp_path: Path) -> None:
    rows = [
        workforce(authority(2023, "901", "Nowhereshire"), absence="5"),
        workforce(authority(2023, "902", "Elsewhereshire"), lost="u", absence="u"),
        workforce(region(2023), absence="10"),
    ]
    found = agreement(workforce_folder(tmp_path, rows))
    assert line(found, "WF_ABSENCE", "Regional")["area_incomplete"] == 1
    assert line(found, "WF_ABSENCE")["not_comparable"] == 1


def conferences(year: int, rate: str) -> str:
    return f"{authority(year, '901', 'Nowhereshire')},Section 47s,400,{rate},0,0,0,0,0,0,0,0,0,0"


def test_known_exceptions_are_counted_apart_and_only_in_their_years(folder: Path) -> None:
    columns = "category,Section47,Section47_rate,Section47_child,Section47_child_rate,ICPC,ICPC_rate,ICPC_child,"
    columns += "ICPC_child_rate,Duration_0-10_days,Duration_11-15_days,Duration_16-20_days,Duration_21+_days"
    rows = [conferences(2024, "126.1"), conferences(2025, "99.9")]
    write(folder, "c4_children_in_need_section_47s_and_icpcs_2024_to_2025.csv", [f"{AREA},{columns}", *rows])
    found = line(agreement(folder), "S47_RATE")
    assert (found["known_exceptions"], found["different"]) == (1, 1)
    assert found["note"] == OLDER_POPULATION.why


def test_every_row_compared_has_one_outcome_that_is_counted(folder: Path) -> None:
    rows = compared(folder)
    found = agreement(folder)
    counted = found.select(pl.sum_horizontal("rows", "not_comparable").sum()).item()
    assert counted == rows.height


def test_measures_have_one_id_each() -> None:
    ids = [measure.id for measure in MEASURES]
    assert len(ids) == len(set(ids))


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["published", *words])
    status: int = arguments.run(arguments)
    return status


def test_the_command_prints_one_json_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--folder", str(folder), "--format", "json") == 0
    lines = json.loads(capsys.readouterr().out)
    assert {one["measure"] for one in lines} == {measure.id for measure in MEASURES}


def test_the_command_lists_one_measures_differing_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--folder", str(folder), "--measure", "REREF_12M") == 0
    assert "Nowhereshire" in capsys.readouterr().out


def test_the_command_reports_a_bad_folder_and_gives_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--folder", str(tmp_path / "nowhere")) == 1
    assert "no such folder" in capsys.readouterr().err
