"""Latitude and longitude become places on the National Grid."""

from __future__ import annotations

import numpy as np
import pytest

from goldenthread.quality.reference.grid import national_grid, projected


def test_the_worked_example_of_the_ordnance_survey_comes_out_to_the_millimetre() -> None:
    latitude, longitude = np.radians([52 + 39 / 60 + 27.2531 / 3600]), np.radians([1 + 43 / 60 + 4.5177 / 3600])
    easting, northing = projected(latitude, longitude)
    assert easting[0] == pytest.approx(651409.903, abs=0.001)
    assert northing[0] == pytest.approx(313177.270, abs=0.001)


@pytest.mark.parametrize(
    ("latitude", "longitude", "easting", "northing"),
    [
        (50.90006, -3.50197, 294478, 112252),
        (51.50101, -0.141563, 529090, 179645),
        (51.411831, 0.178871, 551626, 170342),
    ],
    ids=["EX16 5BL", "SW1A 1AA", "BR8 7RE"],
)
def test_published_places_of_postcodes_agree_within_five_metres(
    latitude: float, longitude: float, easting: int, northing: int
) -> None:
    east, north = national_grid(np.array([latitude]), np.array([longitude]))
    assert east[0] == pytest.approx(easting, abs=5)
    assert north[0] == pytest.approx(northing, abs=5)
