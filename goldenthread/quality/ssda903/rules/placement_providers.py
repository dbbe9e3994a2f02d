"""Rules on who provides a placement, and Ofsted's number (URN) for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import narwhals as nw

from goldenthread.quality.conditions import (
    Expr,
    among,
    blank,
    col,
    given,
    is_true,
    not_among,
    when_given,
)
from goldenthread.quality.rule import Lazy, Rule, Search, Severity, Year
from goldenthread.quality.ssda903.codes import FOSTER, PLACED_FOR_ADOPTION, RESPITE, TEMPORARY, codes
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
WITH_PROVIDERS = ("Episodes", "providers")
NOT_KNOWN_YET = "XXXXXXX"
"""Stands for a number that was asked for and has not come."""
OUTSIDE_ENGLAND = ("WAL", "SCO", "NIR", "NUK")
OWN, ANOTHER_AUTHORITY = "PR1", "PR2"
AT_THE_ADDRESS = ("H5", "K1", "K2", "R3", "S1")
"""Placements registered at the address where the child lives; an agency's address is not a carer's."""
OTHER_PLACEMENTS_SPLIT = 2026
"""Z1 was replaced by Z11 to Z14 for the collection of 2025/26."""

HAS_URN: Expr = given("URN") & (col("URN") != NOT_KNOWN_YET)


def other_placements(year: Year) -> tuple[str, ...]:
    """The codes of that collection for placements that none of the named kinds fits."""
    return ("Z11", "Z12", "Z13", "Z14") if year.number >= OTHER_PLACEMENTS_SPLIT else ("Z1",)


def without_provider(year: Year) -> tuple[str, ...]:
    """Placements of which no provider is asked."""
    return (*TEMPORARY, *other_placements(year))


def without_urn(year: Year) -> tuple[str, ...]:
    """Placements that Ofsted does not register."""
    retired = [code for code, last in (("H5", 2023), ("P2", 2024)) if year.number <= last]
    return (*retired, "P1", "P3", "R1", "R2", "R5", *TEMPORARY, *other_placements(year))


def _unlike(provider: Callable[[Ssda903Views], Lazy], on: Sequence[str], where: Expr) -> Search:
    """Episodes whose number is in the list, of which no entry agrees with the episode in the columns `on`."""

    def search(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
        listed = views.providers.select("URN").unique()
        episodes = views.tables["Episodes"].filter(HAS_URN & where).join(listed, on="URN", how="inner")
        return {"Episodes": episodes.join(provider(views), on=list(on), how="anti")}

    return search


def _not_registered(ended_by: Callable[[Expr], Expr], day: Expr) -> Search:
    """Episodes of listed numbers of which every entry had been closed by the day."""

    def search(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
        episodes = views.view("Episodes").filter(HAS_URN).select("row", "URN", day=day).filter(given("day"))
        beside = episodes.join(views.providers.select("URN", "REG_END"), on="URN", how="inner")
        closed = is_true(ended_by(col("REG_END")))
        standing = beside.filter(~closed).select("row").unique()
        return {"Episodes": beside.filter(closed).join(standing, on="row", how="anti")}

    return search


def _another_authoritys(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    authority = "" if year.authority is None else year.authority
    entries = views.providers.filter(given("LA_CODE"))
    own = entries.filter(col("LA_CODE") == authority).select("URN").unique()
    known = entries.select("URN").unique()
    episodes = views.tables["Episodes"].filter(HAS_URN).join(known, on="URN", how="inner")
    not_own = episodes.filter(col("PLACE_PROVIDER") == OWN).join(own, on="URN", how="anti")
    really_own = episodes.filter(col("PLACE_PROVIDER") == ANOTHER_AUTHORITY).join(own, on="URN", how="inner")
    return {"Episodes": nw.concat([not_own.select("row"), really_own.select("row")], how="vertical")}


def _never(code: str, provider: str, placements: Sequence[str], says: str) -> Rule:
    return Rule(
        code=code,
        says=says,
        fields=("Episodes.PLACE", "Episodes.PLACE_PROVIDER"),
        needs=EPISODES,
        source=SOURCE + code,
        on="Episodes",
        where=(col("PLACE_PROVIDER") == provider) & among("PLACE", placements),
        examples=f"""
            Episodes 1 PLACE={placements[0]} PLACE_PROVIDER={provider}   !
            Episodes 2 PLACE={placements[-1]} PLACE_PROVIDER={provider}  !  # boundary: the last of the list
            Episodes 3 PLACE=R1 PLACE_PROVIDER={provider}
            Episodes 4 PLACE={placements[0]} PLACE_PROVIDER=PR0
            Episodes 5 PLACE={placements[0]}                                # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="1008",
        says="This number (URN) is in none of Ofsted's lists. Correct it, or write XXXXXXX until it is known.",
        fields=("Episodes.URN",),
        needs=WITH_PROVIDERS,
        source=SOURCE + "1008",
        search=lambda views, year: {
            "Episodes": views.tables["Episodes"]
            .filter(HAS_URN)
            .join(views.providers.select("URN").unique(), on="URN", how="anti")
        },
        examples="""
            provider URN=SC111111
            Episodes 1 URN=SC999999  !
            Episodes 2 URN=SC111111
            Episodes 3 URN=XXXXXXX      # boundary: not known yet
            Episodes 4                  # missing
        """,
    ),
    Rule(
        code="1015",
        says="The placement is the authority's own, but lies in another. Check the provider and the postcode.",
        fields=("Episodes.PL_LA", "Episodes.PLACE_PROVIDER"),
        needs=("Episodes.PL_LA", "local_authority"),
        source=SOURCE + "1015",
        on="Episodes",
        where=lambda year: (
            (col("PLACE_PROVIDER") == OWN)
            & not_among("LS", RESPITE)
            & not_among("PLACE", (*FOSTER, *without_provider(year)))
            & (col("PL_LA") != (year.authority or ""))
        ),
        severity=Severity.QUERY,
        examples="""
            authority E06000014
            Episodes 1 PLACE_PROVIDER=PR1 LS=C2 PLACE=K2 PL_LA=E06000011  !
            Episodes 2 PLACE_PROVIDER=PR1 LS=C2 PLACE=K2 PL_LA=E06000014
            Episodes 3 PLACE_PROVIDER=PR1 LS=C2 PLACE=U6 PL_LA=E06000011     # boundary: carers may live anywhere
            Episodes 4 PLACE_PROVIDER=PR1 LS=C2 PLACE=K2                     # missing
        """,
    ),
    Rule(
        code="178",
        says="Who provides the placement is missing, or is no code for it. Choose one from the list.",
        fields=("Episodes.PLACE_PROVIDER",),
        needs=EPISODES,
        source=SOURCE + "178",
        on="Episodes",
        where=lambda year: (
            not_among("PLACE_PROVIDER", codes("placement_provider", year))
            | (blank("PLACE_PROVIDER") & not_among("PLACE", without_provider(year)))
        ),
        examples="""
            Episodes 1 PLACE=U6 PLACE_PROVIDER=PR9  !
            Episodes 2 PLACE=U6 PLACE_PROVIDER=PR1
            Episodes 3 PLACE=T0                        # boundary: not asked of a temporary placement
            Episodes 4 PLACE=U6                     !  # missing
        """,
    ),
    Rule(
        code="213",
        says="No provider is asked of this kind of placement. Clear the provider, or correct the placement.",
        fields=("Episodes.PLACE_PROVIDER", "Episodes.PLACE"),
        needs=EPISODES,
        source=SOURCE + "213",
        on="Episodes",
        where=lambda year: among("PLACE", without_provider(year)) & given("PLACE_PROVIDER"),
        examples="""
            Episodes 1 PLACE=T0 PLACE_PROVIDER=PR1   !
            Episodes 2 PLACE=Z11 PLACE_PROVIDER=PR1  !
            Episodes 3 PLACE=K2 PLACE_PROVIDER=PR1
            Episodes 4 PLACE=Z1 PLACE_PROVIDER=PR1      # boundary: not a code of this year
            Episodes 5 PLACE=T0                         # missing
        """,
    ),
    Rule(
        code="218",
        says="Ofsted registers this kind of placement, so its number (URN) is wanted. Give it, or XXXXXXX until known.",
        fields=("Episodes.URN",),
        needs=EPISODES,
        source=SOURCE + "218",
        on="Episodes",
        where=lambda year: (
            blank("URN")
            & not_among("PLACE", without_urn(year))
            & (blank("DEC") | (col("DEC") >= col("year_start")))
            & ~is_true(among("LS", RESPITE))
            & ~is_true(among("PL_LA", OUTSIDE_ENGLAND))
        ),
        examples="""
            Episodes 1 PLACE=K2                    !  # missing
            Episodes 2 PLACE=P1
            Episodes 3 PLACE=K2 URN=XXXXXXX
            Episodes 4 PLACE=K2 DEC=31/03/2025        # boundary: ended before the year
            Episodes 5 PLACE=K2 PL_LA=WAL
        """,
    ),
    Rule(
        code="219",
        says="Ofsted's list has this number (URN) for another kind of placement. Correct the number, or the placement.",
        fields=("Episodes.URN", "Episodes.PLACE"),
        needs=WITH_PROVIDERS,
        source=SOURCE + "219",
        search=_unlike(lambda views: views.provider_places, ("URN", "PLACE"), given("PLACE")),
        examples="""
            provider URN=SC111111 PLACE_CODES=K2
            provider URN=SC222222 PLACE_CODES=U1,U2
            Episodes 1 URN=SC111111 PLACE=K1  !
            Episodes 2 URN=SC111111 PLACE=K2
            Episodes 3 URN=SC222222 PLACE=U2     # boundary: one of two
            Episodes 4 URN=SC111111              # missing
        """,
    ),
    Rule(
        code="221",
        says="Ofsted's list has this number (URN) at another postcode. Correct the number, or the postcode.",
        fields=("Episodes.PL_POST", "Episodes.URN"),
        needs=WITH_PROVIDERS,
        source=SOURCE + "221",
        search=_unlike(
            lambda views: views.providers.filter(given("POSTCODE")).select("URN", postcode=col("POSTCODE")),
            ("URN", "postcode"),
            among("PLACE", AT_THE_ADDRESS) & given("PL_POST"),
        ),
        examples="""
            provider URN=SC111111 POSTCODE="YO1 9ZZ"
            Episodes 1 URN=SC111111 PLACE=K2 PL_POST="YO1 8ZZ"  !
            Episodes 2 URN=SC111111 PLACE=K2 PL_POST=YO19ZZ        # boundary: written without the space
            Episodes 3 URN=SC111111 PLACE=U6 PL_POST="YO1 8ZZ"
            Episodes 4 URN=SC111111 PLACE=K2                       # missing
        """,
    ),
    Rule(
        code="222",
        says="Ofsted does not register this kind of placement, so it has no number (URN). Clear it, or correct the "
        "placement.",
        fields=("Episodes.URN", "Episodes.PLACE"),
        needs=EPISODES,
        source=SOURCE + "222",
        on="Episodes",
        where=lambda year: among("PLACE", without_urn(year)) & HAS_URN,
        examples="""
            Episodes 1 PLACE=P1 URN=SC111111  !
            Episodes 2 PLACE=K2 URN=SC111111
            Episodes 3 PLACE=P2 URN=SC111111     # boundary: not a code of this year
            Episodes 4 PLACE=P1                  # missing
        """,
    ),
    Rule(
        code="224",
        says="Ofsted's list has this number (URN) for another kind of provider. Correct the number, or the provider.",
        fields=("Episodes.PLACE_PROVIDER", "Episodes.URN"),
        needs=WITH_PROVIDERS,
        source=SOURCE + "224",
        search=_unlike(lambda views: views.provider_kinds, ("URN", "PLACE_PROVIDER"), given("PLACE_PROVIDER")),
        examples="""
            provider URN=SC111111 PROVIDER_CODES=PR1,PR2
            Episodes 1 URN=SC111111 PLACE_PROVIDER=PR4  !
            Episodes 2 URN=SC111111 PLACE_PROVIDER=PR2     # boundary: one of two
            Episodes 3 URN=SC999999 PLACE_PROVIDER=PR4
            Episodes 4 URN=SC111111                        # missing
        """,
    ),
    Rule(
        code="227",
        says="The home or agency with this number (URN) had closed when the episode started. Check the number and the "
        "date.",
        fields=("Episodes.URN", "Episodes.DECOM"),
        needs=WITH_PROVIDERS,
        source=SOURCE + "227",
        search=_not_registered(lambda ended: ended <= col("day"), col("DECOM")),
        examples="""
            provider URN=SC111111 REG_END=01/06/2025
            provider URN=SC222222
            Episodes 1 URN=SC111111 DECOM=01/06/2025  !  # boundary: the day it closed
            Episodes 2 URN=SC111111 DECOM=31/05/2025
            Episodes 3 URN=SC222222 DECOM=01/06/2025
            Episodes 4 URN=SC111111                      # missing
        """,
    ),
    Rule(
        code="228",
        says="The home or agency with this number (URN) had closed before the episode ended. Check the number and the "
        "date.",
        fields=("Episodes.URN", "Episodes.DEC"),
        needs=WITH_PROVIDERS,
        source=SOURCE + "228",
        search=_not_registered(lambda ended: ended < col("day"), when_given("DEC", "year_end")),
        examples="""
            provider URN=SC111111 REG_END=01/06/2025
            provider URN=SC222222
            Episodes 1 URN=SC111111 DEC=02/06/2025  !
            Episodes 2 URN=SC111111 DEC=01/06/2025     # boundary: the day it closed
            Episodes 3 URN=SC111111                 !  # missing: the episode goes on
            Episodes 4 URN=SC222222 DEC=02/06/2025
        """,
    ),
    Rule(
        code="229",
        says="The provider given and the authority in Ofsted's list disagree on whose placement this is. Correct the "
        "provider, or the number.",
        fields=("Episodes.URN", "Episodes.PLACE_PROVIDER"),
        needs=("Episodes", "providers", "local_authority"),
        source=SOURCE + "229",
        search=_another_authoritys,
        examples="""
            authority E06000014
            provider URN=SC111111 LA_CODE=E06000014
            provider URN=SC222222 LA_CODE=E06000011
            Episodes 1 URN=SC222222 PLACE_PROVIDER=PR1  !
            Episodes 2 URN=SC111111 PLACE_PROVIDER=PR2  !
            Episodes 3 URN=SC111111 PLACE_PROVIDER=PR1
            Episodes 4 URN=SC222222 PLACE_PROVIDER=PR4     # boundary: private
            Episodes 5 URN=SC222222                        # missing
        """,
    ),
    Rule(
        code="526",
        says="Who provides this placement is not given. Choose a provider from the list.",
        fields=("Episodes.PLACE", "Episodes.PLACE_PROVIDER"),
        needs=EPISODES,
        source=SOURCE + "526",
        on="Episodes",
        where=lambda year: blank("PLACE_PROVIDER") & not_among("PLACE", without_provider(year)),
        examples="""
            Episodes 1 PLACE=K2                       !
            Episodes 2 PLACE=K2 PLACE_PROVIDER=PR1
            Episodes 3 PLACE=Z14                         # boundary: not asked
            Episodes 4                                   # missing
        """,
    ),
    _never("527", OWN, ("P1", "R2", "R5"), "The authority does not provide this placement. Correct one."),
    _never(
        "528",
        ANOTHER_AUTHORITY,
        ("P1", "R2", "R5"),
        "No other authority provides this placement. Correct the provider, or the placement.",
    ),
    _never(
        "529",
        "PR3",
        ("P1", *PLACED_FOR_ADOPTION, "K1", "K2", *FOSTER),
        "No other public body provides this placement. Correct the provider, or the placement.",
    ),
    _never("530", "PR4", ("P1",), "Parents are not a private provider. Correct one of the two."),
    _never("531", "PR5", ("P1",), "Parents are not a voluntary provider. Correct one of the two."),
    Rule(
        code="550",
        says="Only parents are provider PR0, and only of placement P1. Correct the provider, or the placement.",
        fields=("Episodes.PLACE", "Episodes.PLACE_PROVIDER"),
        needs=EPISODES,
        source=SOURCE + "550",
        on="Episodes",
        where=(col("PLACE_PROVIDER") == "PR0") & not_among("PLACE", ["P1"]),
        examples="""
            Episodes 1 PLACE=U6 PLACE_PROVIDER=PR0  !
            Episodes 2 PLACE=P1 PLACE_PROVIDER=PR0     # boundary: the one that fits
            Episodes 3 PLACE=U6 PLACE_PROVIDER=PR1
            Episodes 4 PLACE_PROVIDER=PR0              # missing
        """,
    ),
)
