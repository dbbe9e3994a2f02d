"""Every indicator is declared whole, and every printed and published one is computed or said not to be."""

import re

import pytest

from goldenthread.dataset.tables import TABLES
from goldenthread.indicators import BOARD, INDICATORS, NOT_COMPUTED, PUBLISHED, UnknownIndicator, find
from goldenthread.indicators.catalogue import JOURNEY, PRINTED_ORDER
from goldenthread.statute.load import load_book

PUBLISHED_LIST = [
    "REF_RATE",
    "REREF_12M",
    "REF_NFA",
    "REF_NOT_IN_NEED",
    "CONTACT_CONV",
    "ASSESS_45",
    "S47_RATE",
    "ICPC_RATE",
    "ICPC_15",
    "CIN_RATE",
    "CPP_RATE",
    "CPP_REPEAT_EVER",
    "CPP_REPEAT_2Y",
    "CPP_2Y_ACTIVE",
    "CPP_2Y_CEASED",
    "CPP_REVIEW",
    "CLA_RATE",
    "CLA_START",
    "CLA_CEASE",
    "CLA_3PLUS",
    "CLA_LONG_STABLE",
    "CLA_20MILES",
    "CLA_SW3",
    "CLA_SCHOOL",
    "CLA_HEALTH",
    "CLA_DENTAL",
    "CLA_IMMS",
    "CLA_SDQ",
    "CLA_CONV",
    "CLA_MISSING",
    "IHA_20WD",
    "PEP",
    "ADOPT_PCT",
    "SGO_PCT",
    "ADOPT_A1",
    "ADOPT_A2",
    "ADOPT_A3",
    "CL_EET",
    "CL_ACCOM",
    "CL_TOUCH",
    "CL_STAYPUT",
    "WF_VAC",
    "WF_AGENCY",
    "WF_TURN",
    "WF_CASELOAD",
    "WF_ABSENCE",
]


def test_board_prints_41_rows_of_31_indicators_of_which_three_are_the_regional_agencys() -> None:
    assert len(PRINTED_ORDER) == 41
    assert len({key.partition("/")[0] for key in PRINTED_ORDER}) == 31
    absent = {key for key in PRINTED_ORDER if key not in INDICATORS}
    assert absent == {"RAASC001", "RAASC002", "RAASC003"}
    assert absent <= {each.key for each in NOT_COMPUTED}


def test_journey_adds_fourteen_indicators() -> None:
    assert len({key.partition("/")[0] for key in JOURNEY}) == 14
    assert set(JOURNEY) <= set(INDICATORS)
    assert [indicator.key for indicator in BOARD][-3:] == [JOURNEY[-1], "VOICE_HEARD", "VOICE_ANSWERED"]


@pytest.mark.parametrize("published", PUBLISHED_LIST)
def test_published_definition_is_computed_or_said_not_to_be(published: str) -> None:
    never = {each.key for each in NOT_COMPUTED}
    assert (published in INDICATORS) + (published in PUBLISHED) + (published in never) == 1


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_declaration_is_whole(indicator: object) -> None:
    each = find(getattr(indicator, "key", ""))
    words = (each.title, each.question, each.numerator, each.denominator, each.exclusions, each.missing, each.source)
    assert all(words)
    assert each.reasons
    assert all(sentence.endswith(".") for _, sentence in each.reasons)
    for one in (one for need in each.needs for one in need.split("|")):
        table, _, column = one.partition(".")
        assert not column or TABLES[table].column(column)
        assert TABLES[table]


def test_every_rule_named_is_in_the_statute_book() -> None:
    book = load_book()
    for indicator in INDICATORS.values():
        for rule in indicator.rules:
            assert book.rule(rule).id == rule


def test_printed_rows_of_one_id_are_numbered_apart() -> None:
    numbered = [(each.id, each.printed_row) for each in INDICATORS.values()]
    assert len(numbered) == len(set(numbered))


def test_an_indicator_is_found_by_key_or_published_id_in_any_capitals() -> None:
    assert find("csb05") is find("REREF_12M") is INDICATORS["CSB05"]
    assert find("CSC020/31-45").row == "31-45"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CSB5", "CSB05"),
        ("CSC020", "CSC020/within-45"),
        ("RAASC001", "agency's figures"),
        ("zzzzzz", "lists them"),
    ],
)
def test_unknown_indicator_says_what_was_meant(name: str, said: str) -> None:
    with pytest.raises(UnknownIndicator, match=re.escape(said)):
        find(name)
