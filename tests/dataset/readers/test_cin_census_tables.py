"""The census flattened to text: against a second, plain reading of the same file, and for each shape it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from goldenthread.dataset.readers import cin_census_sound, cin_census_xml
from goldenthread.dataset.readers.cin_census_shape import INSIDE, REPEATED, TABLES
from goldenthread.dataset.readers.cin_census_tables import RawCensus, load_tables


@pytest.fixture(autouse=True, scope="module", params=["with care", "scanned while another process verifies it"])
def way_of_reading(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every fact of this module holds of small files and of large ones, which are read in another way."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "with care":
            patch.setattr(cin_census_sound, "LARGE", 0)
        yield


HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>"""


def census(*children: str, root: str = "<Message>") -> str:
    return f"{root}\n{HEADER}\n<Children>\n" + "\n".join(children) + "\n</Children>\n</Message>\n"


def child(name: str, *episodes: str, more: str = "") -> str:
    return (
        f"<Child>\n<ChildIdentifiers><LAchildID>{name}</LAchildID>{more}</ChildIdentifiers>\n"
        f"<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>\n{''.join(episodes)}\n</Child>"
    )


def episode(inside: str = "", on: str = "2025-05-01") -> str:
    return f"<CINdetails><CINreferralDate>{on}</CINreferralDate>{inside}</CINdetails>"


def load(tmp_path: Path, text: str | bytes, name: str = "census.xml") -> RawCensus:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_tables(path)


def column(raw: RawCensus, table: str, name: str) -> list[str | None]:
    return raw.tables[table][name].to_list()


def rejected(raw: RawCensus) -> list[tuple[int | None, str, str]]:
    return [(reject.row, reject.column, reject.value) for reject in raw.rejects.found]


TWO_REVIEWS = (
    "<Reviews><CPPreviewDate>2025-08-01</CPPreviewDate><CPPreviewDate>2026-01-01</CPPreviewDate></Reviews>",
    "<Reviews><CPPreviewDate>2025-08-01</CPPreviewDate></Reviews>"
    "<Reviews><CPPreviewDate>2026-01-01</CPPreviewDate></Reviews>",
)


@pytest.mark.parametrize("reviews", TWO_REVIEWS)
def test_both_shapes_of_reviews_give_one_row_a_date(tmp_path: Path, reviews: str) -> None:
    plan = f"<ChildProtectionPlans><CPPstartDate>2025-05-20</CPPstartDate>{reviews}</ChildProtectionPlans>"
    raw = load(tmp_path, census(child("A1", episode(plan))))
    assert column(raw, "Reviews", "CPPreviewDate") == ["2025-08-01", "2026-01-01"]
    assert column(raw, "Reviews", "CPPID") == ["1", "1"]


def test_a_review_without_its_date_is_still_a_row(tmp_path: Path) -> None:
    plan = "<ChildProtectionPlans><Reviews></Reviews><Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans>"
    raw = load(tmp_path, census(child("A1", episode(plan))))
    assert column(raw, "Reviews", "CPPreviewDate") == [None, None]


def test_groups_are_linked_to_their_own_child_episode_and_assessment(tmp_path: Path) -> None:
    first = episode("<Assessments><AssessmentActualStartDate>2025-05-02</AssessmentActualStartDate></Assessments>")
    factors = "<FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors>"
    factors += "<AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment>"
    second = episode(f"<Assessments>{factors}</Assessments>", on="2025-09-01")
    raw = load(tmp_path, census(child("A1", first), child("B2", episode(), second)))
    assert column(raw, "CINdetails", "LAchildID") == ["A1", "B2", "B2"]
    assert column(raw, "Assessments", "CINdetailsID") == ["1", "3"]
    assert raw.tables["AssessmentFactorsList"].select("LAchildID", "AssessmentID", "AssessmentFactor").rows() == [
        ("B2", "2", "1A"),
        ("B2", "2", "2B"),
    ]


def test_the_line_of_a_row_is_the_line_its_group_starts_on(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode()), child("B2", episode())))
    # Root 1, header 2 and 3, Children 4, Child 5, its groups on 6, 7 and 8.
    assert column(raw, "CINdetails", "_line") == [8, 13]
    assert column(raw, "Header", "_line") == [2]


@pytest.mark.parametrize(
    "text",
    [
        census(child("A1", episode()), root='<Message xmlns="urn:made:up">'),
        census(child("A1", episode()))
        .replace("<Message>", '<c:Message xmlns:c="urn:made:up">')
        .replace("</Message>", "</c:Message>"),
        '<?xml version="1.0" encoding="UTF-8"?>' + census(child("A1", episode())),
        "\ufeff" + census(child("A1", episode())),
        census(child("A1", "<!-- <CINdetails> -->", episode())),
        census(child("<![CDATA[A1]]>", episode())),
        census(child("A1", episode())).replace("<Child>", '<Child note="a > b" x=\'"\'>'),
        census(child("A1", episode())).replace("\n", "\r\n"),
        census(child("  A1\t", episode())),
        census(child("&#65;1", episode())),
        census(child("A<!-- between -->1", episode())),
    ],
)
def test_every_way_of_writing_the_same_census_reads_the_same(tmp_path: Path, text: str) -> None:
    raw = load(tmp_path, text)
    assert column(raw, "CINdetails", "LAchildID") == ["A1"]
    assert column(raw, "CINdetails", "_line") == [8]
    assert not rejected(raw)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_declared_encoding_is_followed(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + census(child("Zoë", episode()))
    raw = load(tmp_path, text.encode(encoding))
    assert column(raw, "ChildIdentifiers", "LAchildID") == ["Zoë"]


def test_entities_of_xml_itself_are_decoded_once(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A&amp;lt;1 &gt; B", episode())))
    assert column(raw, "ChildIdentifiers", "LAchildID") == ["A&lt;1 > B"]


def test_an_unknown_element_is_listed_with_its_line_and_child(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode("\n<Mood>good</Mood>"))))
    assert rejected(raw) == [(9, "Mood", "good")]
    assert "A1" in raw.rejects.found[0].reason


def test_what_stands_in_an_unknown_element_is_not_taken_for_the_childs(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode(), more="<Old><Sex>F</Sex></Old>")))
    assert column(raw, "ChildIdentifiers", "Sex") == [None]
    assert [reject.column for reject in raw.rejects.found] == ["Old"]


def test_a_value_given_twice_keeps_the_first_and_lists_the_second(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode(), more="<Sex>F</Sex><Sex>M</Sex>")))
    assert column(raw, "ChildIdentifiers", "Sex") == ["F"]
    assert rejected(raw) == [(6, "Sex", "M")]


def test_text_between_elements_is_listed_and_never_joined_to_a_value(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode(), more="Sex<Sex>F</Sex>")))
    assert column(raw, "ChildIdentifiers", "Sex") == ["F"]
    assert rejected(raw) == [(6, "", "Sex")]


def test_a_value_where_elements_should_stand_is_listed(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", "<CINdetails>none</CINdetails>")))
    assert rejected(raw) == [(8, "CINdetails", "none")]


def test_a_child_without_identifier_keeps_its_rows_without_one(tmp_path: Path) -> None:
    raw = load(tmp_path, census(child("A1", episode()), child("", episode()), child("C3", episode())))
    assert column(raw, "CINdetails", "LAchildID") == ["A1", None, "C3"]


VALUES = st.text(alphabet="AZ09-/&<>é' ", max_size=6)


@st.composite
def element(draw: st.DrawFn, name: str = "Message") -> etree._Element:
    """An element of the census with any of the elements it may hold, and now and then one it may not."""
    made = etree.Element(name)
    if name not in INSIDE:
        made.text = draw(VALUES)
        return made
    names = draw(st.lists(st.sampled_from(INSIDE[name]), max_size=4))
    if name in {"Message", "Children"}:
        names = [*INSIDE[name], *(names if name == "Children" else [])]
    if draw(st.integers(0, 15)) == 0:
        names.append("Odd")
    for inner in names:
        made.append(draw(element(inner)))
        made[-1].tail = draw(st.sampled_from(["", "\n", "\n  "]))
    return made


def test_a_review_of_which_only_an_unknown_element_is_told_is_a_row_without_a_day(tmp_path: Path) -> None:
    plan = "<ChildProtectionPlans><Reviews><Odd>1</Odd></Reviews></ChildProtectionPlans>"
    raw = load(tmp_path, census(child("A1", f"<CINdetails>{plan}</CINdetails>")))
    assert column(raw, "Reviews", "CPPreviewDate") == [None]


def flattened(root: etree._Element) -> dict[str, list[tuple[str | None, ...]]]:
    """A second reading, by walking the tree: for each table, child, link and values of each row."""
    found: dict[str, list[tuple[str | None, ...]]] = {table.name: [] for table in TABLES}
    for who in root.iterfind("Children/Child"):
        named = [text.text for text in who.iterfind("ChildIdentifiers/LAchildID")]
        child_id = (named[0] or "").strip() or None if named else None
        for table in TABLES:
            for row in who.iter(table.element):
                if all(above.tag in INSIDE for above in row.iterancestors()) and _in_place(row):
                    found[table.name].append((child_id, *_row(table.columns, table.value, row)))
            if table.element == "CPPreviewDate":
                dateless = (one for one in who.iter("Reviews") if one.find("CPPreviewDate") is None)
                found[table.name] += [(child_id, None) for _ in dateless]
    return found


def _in_place(row: etree._Element) -> bool:
    above = [row, *row.iterancestors()]
    return all(inner.tag in INSIDE[outer.tag] for inner, outer in pairwise(above))


def _row(columns: tuple[str, ...], value: str | None, row: etree._Element) -> tuple[str | None, ...]:
    if value:
        return ((row.text or "").strip() or None,)
    texts = {name: row.find(name) for name in columns if name != "LAchildID"}
    return tuple((text.text or "").strip() or None if text is not None else None for text in texts.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(root=element(), block=st.sampled_from([64, 300, 4 << 20]), odd=st.booleans())
def test_any_census_reads_as_a_walk_through_its_tree_does(
    tmp_path_factory: pytest.TempPathFactory, root: etree._Element, block: int, odd: bool
) -> None:
    path = tmp_path_factory.mktemp("census") / "census.xml"
    text = etree.tostring(root, encoding="utf-8")
    path.write_bytes(text + b"<!-- the end -->" if odd else text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cin_census_xml, "BLOCK", block)
        raw = load_tables(path)
    for name, rows in flattened(root).items():
        links = {"_line", "CINdetailsID", "AssessmentID", "CPPID"}
        got = raw.tables[name].select(pl.exclude(links)).rows()
        own = [name for name in raw.tables[name].columns if name not in links]
        assert sorted(map(repr, got)) == sorted(map(repr, rows)), (name, own)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(root=element())
def test_every_value_of_a_census_is_in_a_table_or_among_the_rejects(
    tmp_path_factory: pytest.TempPathFactory, root: etree._Element
) -> None:
    leaves = [leaf for leaf in root.iter() if not len(leaf) and leaf.tag != "CBDSLevel"]
    for number, leaf in enumerate(leaves):
        leaf.text = f"v{number}"
    path = tmp_path_factory.mktemp("census") / "census.xml"
    path.write_bytes(etree.tostring(root, encoding="utf-8"))
    raw = load_tables(path)
    found = {word for reject in raw.rejects.found for word in reject.value.split()}
    for frame in raw.tables.values():
        found |= {value for row in frame.iter_rows() for value in row if isinstance(value, str)}
    assert {leaf.text for leaf in leaves} <= found


def test_the_repeated_values_are_the_ones_with_tables_of_their_own() -> None:
    assert {table.element for table in TABLES if table.value} == REPEATED


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (census(child("A1", episode())), True),
        (census(child("A1", episode()))[:-20], False),
        (census(child("A1", "<!-- -->", episode())), False),
        (census(child("A1", "<?a b?>", episode())), False),
        (census(child("<![CDATA[A1]]>", episode())), False),
        (census(child("A1", episode())).replace("<Child>", '<Child a="1">'), False),
        ("<!DOCTYPE Message [<!ENTITY a 'b'>]>" + census(child("A1", episode())), False),
        (census(child("&lt;&amp;", episode())), True),
        (census(child("&a;", episode())), False),
        ("", False),
    ],
)
def test_only_a_file_of_tags_and_text_to_its_end_is_sound(tmp_path: Path, text: str, sound: bool) -> None:
    path = tmp_path / "census.xml"
    path.write_text(text)
    assert (cin_census_sound.asked_apart(path, 0).wait() == 0) is sound
    with path.open("rb") as opened:
        assert cin_census_sound.is_sound(opened, 0) is sound
