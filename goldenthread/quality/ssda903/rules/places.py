"""Rules on where a placement is: postcodes, the distance from home and the authority it lies in."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.conditions import Expr, among, any_given, apart, blank, col, differ, given, is_true, not_among
from goldenthread.quality.rule import Lazy, Rule, Severity, Year
from goldenthread.quality.ssda903.codes import NEAR_ENOUGH, RESPITE
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
POSTCODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$"
LOCATIONS = ("IN", "OUT")
AUTHORITY = r"^(E(06|07|08|09|10)[0-9]{6}|[0-9]{3}|WAL|SCO|NIR|NUK|CON)$"
"""Nine characters, the DfE's three digits, or a country outside England."""
FARTHEST = 999.9
"""Miles; no placement in the United Kingdom is so far from any home."""
FAR = 350

LOOKED_AFTER_IN_FULL: Expr = ~is_true(among("LS", RESPITE))
NOT_UASC: Expr = ~col("is_uasc")
SAME_EPISODE: Expr = (col("nth") == 1) & (col("DECOM") == col("last_latest_DECOM")) & ~differ("RNE", "last_latest_RNE")
"""This year's first episode is last year's last, by its start and its reason."""


def _unknown_postcodes(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    wrong = is_true(~col("HOME_POST").str.contains(POSTCODE)) | is_true(~col("PL_POST").str.contains(POSTCODE))
    unknown = is_true(~col("HOME_POST_known")) | is_true(~col("PL_POST_known"))
    return {"Episodes": views.tables["Episodes"].filter(wrong | unknown)}


def _rule(code: str, says: str, fields: tuple[str, ...], where: Expr, examples: str, *needs: str) -> Rule:
    named = tuple(f"Episodes.{field}" for field in fields)
    return Rule(code, says, named, needs or EPISODES, SOURCE + code, examples, on="Episodes", where=where)


RULES: tuple[Rule, ...] = (
    _rule(
        "164",
        "The distance between home and placement is impossible. Check both postcodes.",
        ("PL_DISTANCE",),
        LOOKED_AFTER_IN_FULL & NOT_UASC & ((col("PL_DISTANCE") < 0) | (col("PL_DISTANCE") > FARTHEST)),
        """
            Episodes 1 PL_DISTANCE=1000          !
            Episodes 2 PL_DISTANCE=999.9            # boundary
            Episodes 3 PL_DISTANCE=1000 LS=V3
            Episodes 4 PL_DISTANCE=-1            !
            Episodes 5                              # missing
        """,
        "Episodes.PL_DISTANCE",
    ),
    _rule(
        "169",
        "The authority in which the placement lies is not known. Check the placement's postcode.",
        ("PL_LA",),
        LOOKED_AFTER_IN_FULL & (blank("PL_LA") | ~col("PL_LA").str.contains(AUTHORITY)),
        """
            Episodes 1 PL_LA=NOWHERE    !
            Episodes 2 PL_LA=E06000014
            Episodes 3 PL_LA=SCO           # boundary: outside England
            Episodes 4 LS=C2            !  # missing
            Episodes 5 LS=V4
        """,
        "Episodes.PL_LA",
    ),
    _rule(
        "179",
        "The placement is inside the authority (IN) or outside it (OUT); this is neither. Check the postcode.",
        ("PL_LOCATION",),
        not_among("PL_LOCATION", LOCATIONS),
        """
            Episodes 1 PL_LOCATION=HERE   !
            Episodes 2 PL_LOCATION=IN
            Episodes 3 PL_LOCATION=INN    !  # boundary
            Episodes 4                       # missing
        """,
        "Episodes.PL_LOCATION",
    ),
    _rule(
        "214",
        "Of a short break neither the placement's postcode nor Ofsted's number is asked. Clear them, or correct the "
        "legal status.",
        ("PL_POST", "URN"),
        among("LS", RESPITE) & any_given("PL_POST", "URN"),
        """
            Episodes 1 LS=V3 URN=SC111111      !
            Episodes 2 LS=V4 PL_POST="YO1 9ZZ" !
            Episodes 3 LS=V2 PL_POST="YO1 9ZZ"    # boundary: not a short break
            Episodes 4 LS=V3                      # missing
        """,
    ),
    _rule(
        "392a",
        "The child is looked after, and no distance from home can be worked out. Check both postcodes.",
        ("PL_DISTANCE",),
        LOOKED_AFTER_IN_FULL & NOT_UASC & blank("PL_DISTANCE"),
        """
            Episodes 1 LS=C2                  !  # missing
            Episodes 2 LS=C2 PL_DISTANCE=0.0     # boundary: next door
            Episodes 3 LS=V3
            Episodes 4 LS=C2
            UASC     4
        """,
        "Episodes.PL_DISTANCE",
    ),
    _rule(
        "392b",
        "The child is looked after, so the postcodes of home and placement are asked. Give both.",
        ("HOME_POST", "PL_POST"),
        LOOKED_AFTER_IN_FULL & NOT_UASC & (blank("HOME_POST") | blank("PL_POST")),
        """
            Episodes 1 LS=C2 HOME_POST="YO1 9ZZ"                    !
            Episodes 2 LS=C2 HOME_POST="YO1 9ZZ" PL_POST="YO1 8ZZ"
            Episodes 3 LS=V4                                           # boundary: a short break
            Episodes 4                                              !  # missing
        """,
    ),
    Rule(
        "392c",
        "This is no postcode in use. Correct it; the space may be left out.",
        ("Episodes.HOME_POST", "Episodes.PL_POST"),
        EPISODES,
        SOURCE + "392c",
        """
            Episodes 1 HOME_POST="YO1 9ZZ" PL_POST=NOWHERE  !
            Episodes 2 HOME_POST=YO19ZZ
            Episodes 3 HOME_POST="YO1 9Z"                   !  # boundary: a letter short
            Episodes 4                                         # missing
        """,
        search=_unknown_postcodes,
    ),
    _rule(
        "392d",
        "The child lives at the postcode of home, which only a placement with parents (P1) does. Check both.",
        ("HOME_POST", "PL_POST", "PLACE"),
        (col("HOME_POST") == col("PL_POST")) & not_among("PLACE", ["P1"]),
        """
            Episodes 1 HOME_POST="YO1 9ZZ" PL_POST="YO1 9ZZ" PLACE=U6  !
            Episodes 2 HOME_POST="YO1 9ZZ" PL_POST="YO1 9ZZ" PLACE=P1
            Episodes 3 HOME_POST="YO1 9ZZ" PL_POST="YO1 8ZZ" PLACE=U6     # boundary: next door
            Episodes 4 HOME_POST="YO1 9ZZ" PLACE=U6                       # missing
        """,
    ),
    _rule(
        "398",
        "Of a short break no postcodes are asked. Clear them, or correct the legal status.",
        ("LS", "HOME_POST", "PL_POST"),
        among("LS", RESPITE) & any_given("HOME_POST", "PL_POST"),
        """
            Episodes 1 LS=V3 HOME_POST="YO1 9ZZ"  !
            Episodes 2 LS=C2 HOME_POST="YO1 9ZZ"
            Episodes 3 LS=V2 PL_POST="YO1 9ZZ"       # boundary: not a short break
            Episodes 4 LS=V4                         # missing
        """,
    ),
    _rule(
        "406",
        "The child is or was an unaccompanied asylum seeker, whose distance from home is not asked. Clear the home "
        "postcode.",
        ("PL_DISTANCE",),
        col("is_uasc") & given("PL_DISTANCE"),
        """
            Episodes 1 PL_DISTANCE=3.5   !
            UASC     1
            Episodes 2 PL_DISTANCE=3.5
            Episodes 3                      # missing
            UASC     3
            Episodes 4 PL_DISTANCE=0.0   !  # boundary
            UASC     4
        """,
        "Episodes.PL_DISTANCE",
    ),
    Rule(
        "411",
        "Inside or outside the authority does not agree with the authority of the placement. Check the postcode.",
        ("Episodes.PL_LOCATION", "Episodes.PL_LA"),
        ("Episodes.PL_LA", "Episodes.PL_LOCATION", "local_authority"),
        SOURCE + "411",
        """
            authority E06000014
            Episodes 1 PL_LOCATION=IN PL_LA=E06000011   !
            Episodes 2 PL_LOCATION=OUT PL_LA=E06000014  !
            Episodes 3 PL_LOCATION=IN PL_LA=E06000014      # boundary: as it should be
            Episodes 4 PL_LOCATION=IN                      # missing
        """,
        on="Episodes",
        where=lambda year: (
            (col("PL_LOCATION") == "IN") & (col("PL_LA") != (year.authority or ""))
            | (col("PL_LOCATION") == "OUT") & (col("PL_LA") == (year.authority or ""))
        ),
    ),
    _rule(
        "420",
        "Of a short break the placement's authority is not asked. Clear the postcode, or correct the status.",
        ("PL_LA", "LS"),
        among("LS", RESPITE) & given("PL_LA"),
        """
            Episodes 1 LS=V3 PL_LA=E06000014  !
            Episodes 2 LS=C2 PL_LA=E06000014
            Episodes 3 LS=V2 PL_LA=E06000014     # boundary: not a short break
            Episodes 4 LS=V3                     # missing
        """,
        "Episodes.PL_LA",
    ),
    _rule(
        "452",
        "The same episode lay in another authority in last year's return. Check the postcode of both years.",
        ("PL_LA",),
        SAME_EPISODE & differ("PL_LA", "last_latest_PL_LA"),
        """
            Episodes      1 DECOM=01/06/2024 RNE=P PL_LA=E06000014  !
            Episodes_last 1 DECOM=01/06/2024 RNE=P PL_LA=E06000011
            Episodes      2 DECOM=02/06/2024 RNE=P PL_LA=E06000014     # boundary: another episode
            Episodes_last 2 DECOM=01/06/2024 RNE=P PL_LA=E06000011
            Episodes      3 PL_LA=E06000014                            # missing
            Episodes_last 3 PL_LA=E06000011
        """,
        "Episodes.PL_LA",
        "Episodes_last.PL_LA",
    ),
    _rule(
        "453",
        "The same episode lay at another distance from home in last year's return. Check the postcodes of both years.",
        ("PL_DISTANCE",),
        SAME_EPISODE & apart("PL_DISTANCE", "last_latest_PL_DISTANCE", NEAR_ENOUGH),
        """
            Episodes      1 DECOM=01/06/2024 RNE=P PL_DISTANCE=10.5  !
            Episodes_last 1 DECOM=01/06/2024 RNE=P PL_DISTANCE=10
            Episodes      2 DECOM=01/06/2024 RNE=P PL_DISTANCE=10.1     # boundary: by rounding
            Episodes_last 2 DECOM=01/06/2024 RNE=P PL_DISTANCE=10
            Episodes      3 DECOM=01/06/2024 RNE=P                      # missing
            Episodes_last 3 DECOM=01/06/2024 RNE=P PL_DISTANCE=10
        """,
        "Episodes.PL_DISTANCE",
        "Episodes_last.PL_DISTANCE",
    ),
    Rule(
        "454",
        "The placement is more than 350 miles from home. Check both postcodes.",
        ("Episodes.PL_DISTANCE",),
        ("Episodes.PL_DISTANCE",),
        SOURCE + "454",
        """
            Episodes 1 PL_DISTANCE=350.1  !
            Episodes 2 PL_DISTANCE=350       # boundary
            Episodes 3                       # missing
        """,
        on="Episodes",
        where=NOT_UASC & (col("PL_DISTANCE") > FAR),
        severity=Severity.QUERY,
        years=(2026, None),
    ),
)
