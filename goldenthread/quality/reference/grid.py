"""Latitude and longitude to the National Grid, in metres.

The postcode directory gives Northern Ireland on the Irish Grid, whose numbers mean another place on the National Grid
(Belfast would lie near Manchester). Its latitude and longitude hold everywhere, and are brought to the one grid here.
Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", sections 6.6 and annex C. Good to 5 metres.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

AIRY = (6377563.396, 6356256.909)
WGS84 = (6378137.0, 6356752.3142)
"""Half the axes of the two ellipsoids, in metres: the National Grid's, and the one satellites use."""
SHIFT = (-446.448, 125.157, -542.060)
TURN_SECONDS = (-0.1502, -0.2470, -0.8421)
SCALE = 20.4894e-6
"""From WGS84 to the National Grid's datum: metres, seconds of arc, and parts of one."""
CENTRAL_SCALE = 0.9996012717
ORIGIN_LATITUDE, ORIGIN_LONGITUDE = np.radians(49), np.radians(-2)
FALSE_EASTING, FALSE_NORTHING = 400_000, -100_000
STEPS = 5
"""Turns of the search for a latitude; four already give a millimetre."""


def national_grid(latitude: Numbers, longitude: Numbers) -> tuple[Numbers, Numbers]:
    """Easting and northing in metres of places given in degrees as satellites see them (WGS84)."""
    return projected(*_on_airy(np.radians(latitude), np.radians(longitude)))


def projected(latitude: Numbers, longitude: Numbers) -> tuple[Numbers, Numbers]:
    """Easting and northing of a latitude and longitude in radians on the Airy ellipsoid (annex C.1)."""
    a, b = AIRY
    squared = 1 - (b / a) ** 2
    sin, cos, tan2 = np.sin(latitude), np.cos(latitude), np.tan(latitude) ** 2
    nu = a * CENTRAL_SCALE / np.sqrt(1 - squared * sin**2)
    eta2 = (1 - squared * sin**2) / (1 - squared) - 1
    east = (longitude - ORIGIN_LONGITUDE) * cos
    northing = (
        FALSE_NORTHING
        + _meridian(latitude)
        + nu
        * (sin / cos)
        * east**2
        * (1 / 2 + east**2 / 24 * (5 - tan2 + 9 * eta2) + east**4 / 720 * (61 - 58 * tan2 + tan2**2))
    )
    easting = FALSE_EASTING + nu * east * (
        1 + east**2 / 6 * (1 + eta2 - tan2) + east**4 / 120 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2)
    )
    return easting, northing


def _meridian(latitude: Numbers) -> Numbers:
    """Metres along the central meridian from the true origin, scaled."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    metres: Numbers = (b * CENTRAL_SCALE) * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )
    return metres


def _on_airy(latitude: Numbers, longitude: Numbers) -> tuple[Numbers, Numbers]:
    """The same place's latitude and longitude on the Airy ellipsoid, in radians, by the seven-number transformation."""
    a, b = WGS84
    squared = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    x, y = (nu * np.cos(latitude) * turn(longitude) for turn in (np.cos, np.sin))
    z = (1 - squared) * nu * np.sin(latitude)
    rx, ry, rz = (np.radians(seconds / 3600) for seconds in TURN_SECONDS)
    tx, ty, tz = SHIFT
    return _from_centre(
        tx + (1 + SCALE) * x - rz * y + ry * z,
        ty + rz * x + (1 + SCALE) * y - rx * z,
        tz - ry * x + rx * y + (1 + SCALE) * z,
    )


def _from_centre(x: Numbers, y: Numbers, z: Numbers) -> tuple[Numbers, Numbers]:
    a, b = AIRY
    squared = 1 - (b / a) ** 2
    out = np.hypot(x, y)
    latitude = np.arctan2(z, out * (1 - squared))
    for _ in range(STEPS):
        nu = a / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + squared * nu * np.sin(latitude), out)
    return latitude, np.arctan2(y, x)
