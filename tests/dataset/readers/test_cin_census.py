"""The census as canonical tables: what each group becomes, what is refused, and that every row is accounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.readers import READERS, cin_census_sound
from goldenthread.dataset.readers.cin_census import read_cin_census
from goldenthread.dataset.readers.common import ReadResult
from goldenthread.dataset.rejects import RefusedFile

HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>"""


def census(*children: str) -> str:
    return f"<Message>\n{HEADER}\n<Children>\n" + "\n".join(children) + "\n</Children>\n</Message>\n"


def tags(**values: str) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def child(name: str, *episodes: str, kinds: str = "", **identifiers: str) -> str:
    return (
        f"<Child>\n<ChildIdentifiers><LAchildID>{name}</LAchildID>{tags(**identifiers)}</ChildIdentifiers>\n"
        f"<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>{kinds}</ChildCharacteristics>\n{''.join(episodes)}\n</Child>"
    )


def episode(inside: str = "", on: str = "2025-05-01", **values: str) -> str:
    return f"<CINdetails>{tags(CINreferralDate=on, **values)}{inside}</CINdetails>"


def read(tmp_path: Path, text: str) -> ReadResult:
    path = tmp_path / "census.xml"
    path.write_text(text, encoding="utf-8")
    return read_cin_census(path)


def rows(result: ReadResult, table: str, *columns: str) -> list[tuple[object, ...]]:
    return result.tables[table].select(columns).rows()


def rejected(result: ReadResult) -> list[tuple[str, int | None, str, str]]:
    return [(reject.place, reject.row, reject.column, reject.value) for reject in result.rejects.found]


def test_the_header_says_the_day_and_the_authority(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("A1", episode())))
    assert (result.as_at, result.authority) == (date(2026, 3, 31), "999")


def test_history_begins_with_the_census_year_whatever_day_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text(census(child("A1", episode())), encoding="utf-8")
    assert read_cin_census(path, date(2026, 6, 1)).history_from == date(2025, 4, 1)
    path.write_text(census(child("A1", episode())).replace("2026-03-31", "soon"), encoding="utf-8")
    assert read_cin_census(path, date(2026, 6, 1)).history_from is None


@pytest.mark.parametrize(
    ("given_as", "sex", "gender"), [({"Sex": "F"}, "F", None), ({"GenderCurrent": "2"}, None, "2")]
)
def test_sex_since_2024_and_gender_until_then(
    tmp_path: Path, given_as: dict[str, str], sex: str | None, gender: str | None
) -> None:
    result = read(tmp_path, census(child("A1", episode(), **given_as)))
    assert rows(result, "people", "person_id", "sex", "gender") == [("A1", sex, gender)]


@pytest.mark.parametrize(
    ("kinds", "disabled"),
    [
        ("<Disabilities><Disability>NONE</Disability></Disabilities>", False),
        ("<Disabilities><Disability>AUT</Disability></Disabilities>", True),
        ("", None),
    ],
)
def test_no_disability_given_is_unknown_and_none_is_no(tmp_path: Path, kinds: str, disabled: bool | None) -> None:
    assert rows(read(tmp_path, census(child("A1", episode(), kinds=kinds))), "people", "disabled") == [(disabled,)]


def test_an_enquiry_gives_an_initial_conference_and_its_plan(tmp_path: Path) -> None:
    enquiry = tags(S47ActualStartDate="2025-05-02", InitialCPCtarget="2025-05-23", DateOfInitialCPC="2025-05-20")
    plan = tags(CPPstartDate="2025-05-20", InitialCategoryOfAbuse="NEG", LatestCategoryOfAbuse="EMO")
    plan += "<Reviews><CPPreviewDate>2025-08-01</CPPreviewDate></Reviews>"
    inside = f"<Section47>{enquiry}</Section47><ChildProtectionPlans>{plan}</ChildProtectionPlans>"
    result = read(tmp_path, census(child("A1", episode(inside))))
    assert rows(result, "conferences", "kind", "held_on", "cp_plan_id", "section_47_id", "outcome", "due_on") == [
        ("initial", date(2025, 5, 20), "A1-P20250520", "A1-S20250502", "plan_made", date(2025, 5, 23)),
        ("review", date(2025, 8, 1), "A1-P20250520", None, None, None),
    ]
    assert rows(result, "cp_plans", "referral_id", "conference_id") == [("A1-R20250501", "A1-C20250520")]
    assert rows(result, "cp_plan_categories", "category", "started_on") == [("NEG", date(2025, 5, 20))]


def test_a_conference_of_the_referral_itself_is_a_transfer_in(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("A1", episode(DateOfInitialCPC="2025-05-20"))))
    assert rows(result, "conferences", "kind", "section_47_id") == [("transfer_in", None)]


def test_a_conference_written_twice_is_one_and_warned_of(tmp_path: Path) -> None:
    enquiry = tags(S47ActualStartDate="2025-05-02", DateOfInitialCPC="2025-05-20")
    result = read(
        tmp_path, census(child("A1", episode(f"<Section47>{enquiry}</Section47>", DateOfInitialCPC="2025-05-20")))
    )
    assert rows(result, "conferences", "kind") == [("initial",)]
    assert [warning.column for warning in result.warnings.found] == ["DateOfInitialCPC"]


def test_the_same_referral_in_two_years_has_the_same_identifier(tmp_path: Path) -> None:
    before = read(tmp_path, census(child("Z9", episode()), child("A1", episode())))
    after = read(tmp_path, census(child("A1", episode(CINclosureDate="2026-01-05"))))
    assert rows(after, "referrals", "referral_id")[0] in rows(before, "referrals", "referral_id")


def test_two_referrals_on_one_day_have_two_identifiers(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("A1", episode(), episode())))
    assert rows(result, "referrals", "referral_id") == [("A1-R20250501",), ("A1-R20250501-2",)]


def test_a_bad_cell_is_listed_and_the_rest_of_its_row_loads(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("A1", episode(ReferralSource="1A", CINclosureDate="2025-02-30"))))
    assert rejected(result) == [("CINdetails", 8, "CINclosureDate", "2025-02-30")]
    assert rows(result, "referrals", "source", "closed_on") == [("1A", None)]


def test_a_referral_without_its_date_is_lost_and_its_assessments_are_not(tmp_path: Path) -> None:
    inside = "<Assessments>" + tags(AssessmentActualStartDate="2025-05-02") + "</Assessments>"
    result = read(tmp_path, census(child("A1", episode(inside, on=""))))
    assert rejected(result) == [("CINdetails", 8, "CINreferralDate", "")]
    assert rows(result, "assessments", "referral_id", "started_on") == [(None, date(2025, 5, 2))]


def test_a_factor_given_twice_is_listed(tmp_path: Path) -> None:
    factors = "<AssessmentFactors>1A</AssessmentFactors>" * 2
    start = tags(AssessmentActualStartDate="2025-05-02")
    inside = (
        f"<Assessments>{start}<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment></Assessments>"
    )
    result = read(tmp_path, census(child("A1", episode(inside))))
    assert rows(result, "assessment_factors", "factor") == [("1A",)]
    assert rejected(result) == [("AssessmentFactorsList", 8, "AssessmentFactor", "1A")]


def test_a_child_without_identifier_is_refused_with_all_its_rows(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("", episode()), child("B2", episode())))
    assert rows(result, "people", "person_id") == [("B2",)]
    lost = sorted(reject.place for reject in result.rejects.found)
    assert lost == ["CINdetails", "ChildCharacteristics", "ChildIdentifiers"]


def test_pre_proceedings_of_2026_and_the_application_to_court(tmp_path: Path) -> None:
    inside = tags(PPStartDate="2026-09-09", LBPSentDate="2026-09-20", FGDMMeetingOffer="1", ReviewMeetingsCount="3")
    inside = f"<PreProceedingsandFGDM>{inside}{tags(CourtAppDate='2026-12-18')}</PreProceedingsandFGDM>"
    result = read(tmp_path, census(child("A1", episode(inside))))
    columns = ("started_on", "letter_sent_on", "family_group_offered", "review_meetings")
    assert rows(result, "pre_proceedings", *columns) == [(date(2026, 9, 9), date(2026, 9, 20), True, 3)]
    assert rows(result, "proceedings", "kind", "issued_on") == [("care", date(2026, 12, 18))]


def test_the_command_reads_with_this_reader(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_text(census(child("A1", episode())), encoding="utf-8")
    assert READERS["cin-census"].read(path, date(2026, 4, 1)).as_at == date(2026, 4, 1)


def test_what_was_read_passes_the_checks_of_the_dataset(tmp_path: Path) -> None:
    enquiry = tags(S47ActualStartDate="2025-05-02", DateOfInitialCPC="2025-05-20")
    result = read(tmp_path, census(child("A1", episode(f"<Section47>{enquiry}</Section47>"), Sex="M")))
    checked = check_tables(result.tables, as_at=result.as_at)
    assert not checked.rejects.found
    assert {name: frame.height for name, frame in checked.tables.items()} == {
        name: frame.height for name, frame in result.tables.items()
    }


CELLS = st.sampled_from(["2025-05-01", "2025-13-01", "", "1A", "N1", "NEG", "true", "2", "UN7", "nonsense"])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 5), pool=st.lists(CELLS, min_size=6, max_size=6))
def test_rows_in_are_rows_out_and_rows_rejected(
    tmp_path_factory: pytest.TempPathFactory, seed: int, number: int, pool: list[str]
) -> None:
    rng = Random(seed)
    pick = rng.choice

    def one() -> str:
        plan = tags(CPPstartDate=pick(pool), InitialCategoryOfAbuse=pick(pool))
        plan += f"<Reviews>{tags(CPPreviewDate=pick(pool))}{tags(CPPreviewDate=pick(pool))}</Reviews>"
        factors = "".join(tags(AssessmentFactors=pick(pool)) for _ in range(3))
        started = tags(AssessmentActualStartDate=pick(pool))
        found = f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment>"
        inside = f"<Assessments>{started}{found}</Assessments>"
        inside += f"<Section47>{tags(S47ActualStartDate=pick(pool), DateOfInitialCPC=pick(pool))}</Section47>"
        inside += f"<CINPlanDates>{tags(CINPlanStartDate=pick(pool))}</CINPlanDates>"
        inside += f"<ChildProtectionPlans>{plan}</ChildProtectionPlans>"
        kinds = f"<Disabilities>{tags(Disability=pick(['LD', 'x']))}{tags(Disability='LD')}</Disabilities>"
        return child(pick(["A1", "B2", ""]), episode(inside, on=pick(pool)), kinds=kinds)

    result = read(tmp_path_factory.mktemp("census"), census(*(one() for _ in range(number))))
    source = result.sources[0]
    lost = sum(reject.whole_row for reject in result.rejects.found)
    assert source.rows_in == source.rows_out + lost
    assert source.rows_in == 1 + number * 14
    own = (
        "referrals",
        "assessments",
        "assessment_factors",
        "section_47_enquiries",
        "cin_plans",
        "cp_plans",
        "disabilities",
    )
    reviews = result.tables["conferences"].filter(pl.col("kind") == "review").height
    traits = sum(r.place == "ChildCharacteristics" for r in result.rejects.found)
    out = sum(result.tables[name].height for name in own) + result.tables["people"].height + reviews
    assert out + (number - traits) + 1 == source.rows_out


@pytest.fixture(params=["with care", "scanned while another process verifies it"])
def way_of_reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "with care":
        monkeypatch.setattr(cin_census_sound, "LARGE", 0)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Message><Header/><Children><Child>&b;</Child></Children></Message>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE Message SYSTEM "file:///etc/passwd">
<Message/>"""


@pytest.mark.usefixtures("way_of_reading")
@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_a_document_type_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedFile, match=r"document type declaration .* line 2"):
        read(tmp_path, text)


@pytest.mark.usefixtures("way_of_reading")
def test_bytes_that_are_not_the_encoding_declared_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "census.xml"
    path.write_bytes(census(child("Zoë", episode())).encode("windows-1252"))
    with pytest.raises(RefusedFile, match=r"not UTF-8|is UTF-8, but byte EB at line 6"):
        read_cin_census(path)


@pytest.mark.usefixtures("way_of_reading")
@pytest.mark.parametrize("text", ["", "  ", "not XML at all", "<Other><Child/></Other>", "PK\x03\x04"])
def test_what_is_no_census_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RefusedFile):
        read(tmp_path, text)


@pytest.mark.usefixtures("way_of_reading")
def test_a_file_cut_short_keeps_the_children_before_the_break_and_says_where(tmp_path: Path) -> None:
    whole = census(child("A1", episode()), child("B2", episode(), episode(CINclosureDate="2026-01-01")))
    cut = whole[: whole.index("<CINclosureDate>") + 20]
    result = read(tmp_path, cut)
    assert rows(result, "people", "person_id") == [("A1",)]
    assert rows(result, "referrals", "child_id") == [("A1",)]
    last = result.rejects.found[-1]
    assert (last.row, last.value, last.whole_row) == (cut.count("\n") + 1, "B2", True)


@pytest.mark.usefixtures("way_of_reading")
def test_a_value_beyond_all_reason_is_listed_and_not_carried(tmp_path: Path) -> None:
    result = read(tmp_path, census(child("A1", episode(), UPN="A" * 3_000_000)))
    assert rows(result, "people", "upn") == [(None,)]
    assert [(reject.column, len(reject.value)) for reject in result.rejects.found] == [("UPN", 63)]


@pytest.mark.usefixtures("way_of_reading")
def test_nesting_beyond_all_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="deep"):
        read(tmp_path, census("<a>" * 5000 + "</a>" * 5000))


@pytest.mark.usefixtures("way_of_reading")
def test_thousands_of_kinds_of_element_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="kinds of element"):
        read(tmp_path, census("".join(f"<E{number}/>" for number in range(2000))))
