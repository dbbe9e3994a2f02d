"""Clean returns of a made-up authority, damaged one cell at a time: the rules that must fire do, and say where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest

from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.quality import Result, check
from goldenthread.quality.returns import checked
from goldenthread.writers import cin_census, ssda903

AS_AT = date(2026, 3, 31)
CHILDREN, SEED = 4000, 10
"""Enough that every table of both returns has rows."""
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Damage:
    """A cell of a table that holds something, what is put in it, and the rules that must find it."""

    kind: str
    table: str
    column: str
    into: str | None
    rules: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.table}.{self.column}={self.into}"


def _each(kind: str, table: str, column: str, *pairs: tuple[str | None, str]) -> tuple[Damage, ...]:
    return tuple(Damage(kind, table, column, into, tuple(rules.split())) for into, rules in pairs)


SSDA903, CIN = "ssda903", "cin-census"
NO_DATE, LATE = "31/02/2026", "01/06/2031"
DAMAGES: tuple[Damage, ...] = (
    *_each(SSDA903, "Header", "SEX", ("X", "101"), (None, "101"), ("U", "232")),
    *_each(SSDA903, "Header", "DOB", (NO_DATE, "102 INT17"), (None, "102"), (LATE, "301 302"), ("01/06/1980", "351")),
    *_each(SSDA903, "Header", "ETHNIC", ("XXXX", "103"), (None, "103")),
    *_each(SSDA903, "Header", "UPN", ("I123456789012", "168"), (None, "442")),
    *_each(SSDA903, "Header", "MC_DOB", (NO_DATE, "171")),
    *_each(SSDA903, "Header", "CHILD", ("NOBODY", "INT03")),
    *_each(SSDA903, "Episodes", "DECOM", (NO_DATE, "141"), (LATE, "354"), ("01/06/1985", "353")),
    *_each(SSDA903, "Episodes", "RNE", ("X", "143")),
    *_each(SSDA903, "Episodes", "LS", ("X9", "144")),
    *_each(SSDA903, "Episodes", "CIN", ("N9", "145")),
    *_each(SSDA903, "Episodes", "PLACE", ("X9", "146")),
    *_each(SSDA903, "Episodes", "PLACE_PROVIDER", ("PR9", "178"), (None, "178 526")),
    *_each(SSDA903, "Episodes", "DEC", (NO_DATE, "147"), (None, "148"), (LATE, "385"), ("01/06/1985", "356")),
    *_each(SSDA903, "Episodes", "REC", ("X", "149"), (None, "148")),
    *_each(SSDA903, "Episodes", "REASON_PLACE_CHANGE", ("WHIM", "1009")),
    *_each(SSDA903, "Episodes", "HOME_POST", ("NOWHERE", "392c")),
    *_each(SSDA903, "Episodes", "PL_POST", ("NOWHERE", "392c")),
    *_each(SSDA903, "Reviews", "REVIEW", (NO_DATE, "166"), (None, "166")),
    *_each(SSDA903, "Reviews", "REVIEW_CODE", ("PN9", "167"), (None, "167")),
    *_each(SSDA903, "Reviews", "DOB", ("01/01/2011", "INT17")),
    *_each(SSDA903, "OC2", "SDQ_SCORE", ("41", "180"), ("ten", "180")),
    *_each(SSDA903, "OC2", "IMMUNISATIONS", ("2", "181"), (None, "182 191")),
    *_each(SSDA903, "OC2", "SUBSTANCE_MISUSE", ("Y", "181")),
    *_each(SSDA903, "OC3", "IN_TOUCH", ("MAYBE", "131"), (None, "131")),
    *_each(SSDA903, "OC3", "ACTIV", ("F9", "132")),
    *_each(SSDA903, "OC3", "ACCOM", ("U9", "133")),
    *_each(SSDA903, "Missing", "MISSING", ("X", "1006"), (None, "565")),
    *_each(SSDA903, "Missing", "MIS_START", (NO_DATE, "1004"), (None, "564")),
    *_each(SSDA903, "Missing", "MIS_END", (NO_DATE, "1005"), (LATE, "571")),
    *_each(SSDA903, "SWEpisodes", "SW_ID", ("AB1", "SW02STG1"), (None, "SW01aSTG1")),
    *_each(SSDA903, "SWEpisodes", "SW_DECOM", ("zz", "SW04STG1"), (LATE, "SW06STG2")),
    *_each(SSDA903, "SWEpisodes", "SW_DEC", ("zz", "SW05STG1"), (LATE, "SW07STG2")),
    *_each(CIN, "ChildIdentifiers", "LAchildID", ("X" * 21, "1570"), ("A-1", "1580")),
    *_each(CIN, "ChildIdentifiers", "PersonBirthDate", ("2031-06-01", "8520"), (None, "8525Q")),
    *_each(CIN, "ChildIdentifiers", "Sex", ("X", "4180"), (None, "4180")),
    *_each(CIN, "ChildCharacteristics", "Ethnicity", ("XXXX", "4220"), (None, "4220")),
    *_each(CIN, "CINdetails", "CINreferralDate", (None, "8600"), ("2031-06-01", "8600")),
    *_each(CIN, "CINdetails", "ReferralSource", ("9Z", "8866"), (None, "8866")),
    *_each(CIN, "CINdetails", "PrimaryNeedCode", ("N99", "8650")),
    *_each(CIN, "CINdetails", "CINclosureDate", ("2019-06-01", "8620 8630"), (None, "8810")),
    *_each(CIN, "CINdetails", "ReasonForClosure", ("RC99", "8640"), (None, "8805")),
    *_each(CIN, "CINdetails", "ReferralNFA", ("perhaps", "8568"), (None, "8568")),
    *_each(CIN, "Assessments", "AssessmentAuthorisationDate", ("2019-06-01", "8608 8696")),
    *_each(CIN, "Section47", "DateOfInitialCPC", ("2019-06-01", "8715 8615")),
    *_each(CIN, "ChildProtectionPlans", "CPPstartDate", (None, "8720"), ("2031-06-01", "8720")),
    *_each(CIN, "ChildProtectionPlans", "CPPendDate", ("2019-06-01", "8925 8930")),
    *_each(CIN, "ChildProtectionPlans", "InitialCategoryOfAbuse", ("XXX", "8905"), (None, "8905")),
    *_each(CIN, "ChildProtectionPlans", "LatestCategoryOfAbuse", ("XXX", "8910")),
    *_each(CIN, "ChildProtectionPlans", "NumberOfPreviousCPP", (None, "8730"), ("-1", "8730")),
    *_each(CIN, "CINplanDates", "CINPlanStartDate", (None, "4010"), ("2031-06-01", "4010")),
    *_each(CIN, "CINplanDates", "CINPlanEndDate", ("2019-06-01", "4011 4013")),
    *_each(CIN, "Reviews", "CPPreviewDate", (None, "8842Q"), ("2009-06-01", "8841")),
)


@pytest.fixture(scope="module")
def clean() -> dict[str, Frames]:
    tables, manifest, _ = synthesise(CHILDREN, SEED, AS_AT, 0.0)
    record = dataset_of(tables, manifest)
    return {
        SSDA903: dict(ssda903.build(record, AS_AT).tables),
        CIN: dict(cin_census.build(record, AS_AT).tables),
    }


@pytest.fixture(scope="module")
def before(clean: dict[str, Frames]) -> dict[str, set[tuple[object, ...]]]:
    return {kind: _found(check(kind, tables)) for kind, tables in clean.items()}


def _found(result: Result) -> set[tuple[object, ...]]:
    assert result.failed.is_empty()
    return set(result.findings.iter_rows())


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_a_damaged_cell_is_found(
    damage: Damage, clean: dict[str, Frames], before: dict[str, set[tuple[object, ...]]]
) -> None:
    tables = dict(clean[damage.kind])
    row = _a_row(tables, damage)
    tables[damage.table] = _with_cell(tables[damage.table], row, damage.column, damage.into)
    rules = [rule for rule in checked(damage.kind).rules if rule.code in damage.rules]
    new = _found(check(damage.kind, tables, rules=rules)) - before[damage.kind]
    fired = {rule for rule, _, _, _ in new}
    assert set(damage.rules) <= fired, f"row {row}: {sorted(map(str, fired))}"


def _a_row(tables: Frames, damage: Damage) -> int:
    """A row in which the column holds something, or the first where none does; of the header, of a reviewed child."""
    frame = tables[damage.table]
    able = frame[damage.column].is_not_null()
    if damage.table == "Header":
        reviewed = frame["CHILD"].is_in(tables["Reviews"]["CHILD"].implode())
        able = reviewed & able if (reviewed & able).any() else reviewed
    return int(able.arg_true()[0]) if able.any() else 0


def _with_cell(frame: pl.DataFrame, row: int, column: str, into: str | None) -> pl.DataFrame:
    at = pl.int_range(pl.len()) == row
    return frame.with_columns(pl.when(at).then(pl.lit(into, dtype=pl.String)).otherwise(pl.col(column)).alias(column))
