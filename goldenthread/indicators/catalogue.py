"""Every indicator, in the order of the printed board, then of the child's journey; and those not computed."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from goldenthread.indicators import (
    adoption,
    assessment,
    child_in_need,
    child_protection,
    early_help,
    front_door,
    leaving_care,
    looked_after,
    voice,
    wellbeing,
    workforce,
)
from goldenthread.indicators.model import Indicator, NotComputed

STAGES = (
    front_door,
    assessment,
    child_in_need,
    child_protection,
    looked_after,
    wellbeing,
    adoption,
    leaving_care,
    workforce,
    early_help,
    voice,
)

PRINTED_ORDER = (
    "MI Pack 1",
    "CSB05",
    "CSC02",
    "CSC020/0-10",
    "CSC020/11-30",
    "CSC020/31-45",
    "CSC020/within-45",
    "CSC020/over-45",
    "EFL3",
    "CSC050",
    "EFL4",
    "EFL2",
    "65",
    "65a",
    "EFL1",
    "EH4",
    "CF4",
    "CIC1",
    "CSC057/foster",
    "CSC057/residential",
    "62",
    "CSS9a",
    "CSS9b",
    "RAASC001",
    "RAASC001/York",
    "RAASC002",
    "RAASC002/York",
    "RAASC003",
    "RAASC003/York",
    "CSC039",
    "147",
    "148",
    "CSC058",
    "CSC059",
    "CSC060",
    "STF100",
    "STF100/childrens",
    "CSWF02",
    "CSWF01",
    "STF202",
    "STF202/childrens",
)
"""The 41 rows of the board of August 2019, from the top; three of them are the regional agency's."""

JOURNEY = (
    "EHA_INITIATED",
    "EHA_OPEN",
    "STAT_INTERVENTIONS",
    "REF_DECISION_24H",
    "SEEN_24H",
    "SEEN_5WD",
    "ICPC_15",
    "CP_VISIT_20D",
    "CORE_GROUP_4W",
    "CP_DURATION",
    "PERM_MEETINGS",
    "CARE_ORDERS",
    "LAC_VISIT",
    "EDUCATION/KS2",
    "EDUCATION/KS4",
)
"""The fourteen indicators of the journey table that the printed board lacks; attainment has a row a key stage."""

OF_OUR_OWN = ("VOICE_HEARD", "VOICE_ANSWERED")
"""What neither names and a board should ask."""

ROWS = (*PRINTED_ORDER, *JOURNEY, *OF_OUR_OWN)


def _in_order() -> dict[str, Indicator]:
    declared = {indicator.key: indicator for stage in STAGES for indicator in stage.INDICATORS}
    first = [key for key in ROWS if key in declared]
    return {key: declared[key] for key in (*first, *(key for key in declared if key not in first))}


INDICATORS: Mapping[str, Indicator] = _in_order()
"""Every indicator by key."""

BOARD: tuple[Indicator, ...] = tuple(INDICATORS[key] for key in ROWS if key in INDICATORS)
"""The rows of the board: those printed in 2019 that one authority can compute, the journey table's, then our own."""

NOT_COMPUTED: tuple[NotComputed, ...] = (
    *adoption.NOT_COMPUTED,
    NotComputed(
        "CLA_SCHOOL",
        "",
        "Looked-after children",
        "Mid-year school moves",
        "Needs pupils matched with the national pupil database, which no authority holds.",
    ),
)
"""What the printed board or the published lists name and one authority's dataset cannot answer."""

PUBLISHED: Mapping[str, str] = {
    **{indicator.published: key for key, indicator in INDICATORS.items() if indicator.published},
    "CL_EET": "CL_EET/19-21",
}
"""Published id to the key of the indicator that computes it, where the two differ."""


class UnknownIndicator(KeyError):
    """No indicator of that name; the message names the nearest, or says why it cannot be computed."""

    def __str__(self) -> str:
        return str(self.args[0])


def find(name: str) -> Indicator:
    """The indicator with that key or published id, in capitals or not. Raises UnknownIndicator."""
    names = {key.casefold(): key for key in INDICATORS}
    names |= {published.casefold(): key for published, key in PUBLISHED.items() if published.casefold() not in names}
    if (asked := name.strip().casefold()) in names:
        return INDICATORS[names[asked]]
    for row in NOT_COMPUTED:
        if row.key.casefold() == asked:
            raise UnknownIndicator(f"{row.key} is not computed. {row.why}")
    rows = [key for key in INDICATORS if key.casefold().startswith(f"{asked}/")]
    near = rows or [names[found] for found in get_close_matches(asked, names, n=3, cutoff=0.5)]
    hint = f" Did you mean {', '.join(dict.fromkeys(near))}?" if near else " 'goldenthread indicators' lists them."
    raise UnknownIndicator(f"There is no indicator called {name!r}.{hint}")
