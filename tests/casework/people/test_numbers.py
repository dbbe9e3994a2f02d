"""Numbers of other services."""

import pytest

from casework.people.numbers import nhs_number_fits, pupil_number_fits, tidy_number, tidy_postcode, warnings


@pytest.mark.parametrize(
    ("number", "fits"),
    [("9434765919", True), ("9434765918", False), ("9434765870", True), ("943476591", False), ("", False)],
)
def test_an_nhs_number_has_a_figure_that_checks_it(number: str, fits: bool) -> None:
    assert nhs_number_fits(number) is fits


@pytest.mark.parametrize(
    ("number", "fits"),
    [("T000000000001", False), ("P000000000001", True), ("H801200001001", True),
     ("A000000000000", True), ("A00000000000A", True), ("I000000000000", False), ("A00000000000", False)],
)  # fmt: skip
def test_a_pupil_number_has_a_letter_that_checks_it(number: str, fits: bool) -> None:
    assert pupil_number_fits(number) is fits


def test_what_does_not_fit_is_warned_of() -> None:
    assert "does not fit" in warnings("nhs", "9434765918")
    assert warnings("nhs", "9434765919") == warnings("nhs", "") == warnings("home_office", "1") == ""


def test_numbers_and_postcodes_are_tidied() -> None:
    assert tidy_number(" 943 476-5919 ") == "9434765919"
    assert [tidy_postcode(text) for text in ("yo17zz", "YO10 3ab", "not known")] == ["YO1 7ZZ", "YO10 3AB", "not known"]
