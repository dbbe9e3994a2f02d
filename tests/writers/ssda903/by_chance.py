"""Returns drawn by chance, of what the guide to the collection of 2023/24 allows."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import strategies as st

from goldenthread.codesets import code_set
from goldenthread.dataset.readers.ssda903_tables import COLUMNS
from goldenthread.writers.ssda903.codes import ACCOMMODATION, ACTIVITIES

CHILDREN = [f"C{number}" for number in range(6)]
"""C0 to C3 are looked after all year, C4 for a part of it; C5 is a care leaver. C3 is adopted."""
FIRST, LAST = date(2023, 4, 1), date(2024, 3, 31)


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[str]:
    return st.dates(first, last).map(written)


def code(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(code_set(name).codes)


def maybe(cells: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | cells


YES_NO = maybe(st.sampled_from(["0", "1"]))
POSTCODES = st.from_regex(r"ZZ[1-9] [1-9][A-H]{2}", fullmatch=True)
AFTER_CARE = ("DIED", "RHOM")


@st.composite
def spans(draw: st.DrawFn, first: date, last: date) -> list[tuple[str, str | None]]:
    """Up to three spans after one another, the last of them perhaps open."""
    marks = sorted(draw(st.sets(st.dates(first, last), max_size=6)))
    pairs: list[tuple[str, str | None]] = [
        (written(start), written(end)) for start, end in zip(marks[::2], marks[1::2], strict=False)
    ]
    return [*pairs, (written(marks[-1]), None)] if len(marks) % 2 else pairs


@st.composite
def care(draw: st.DrawFn, child: str) -> list[dict[str, str | None]]:
    """The episodes of one child."""
    begun = draw(st.dates(date(2020, 1, 1), FIRST)) if child != "C4" else draw(st.dates(date(2023, 4, 2), LAST))
    moves = (
        sorted(draw(st.sets(st.dates(begun + timedelta(1), LAST - timedelta(30)), max_size=3))) if child != "C4" else []
    )
    moves = [begun, *(move for move in moves if move > FIRST)]
    found: list[dict[str, str | None]] = []
    for place, start in enumerate(moves):
        more = place + 1 < len(moves)
        found.append(
            {
                "CHILD": child,
                "DECOM": written(start),
                "RNE": "S" if not place else draw(st.sampled_from("PLTUB")),
                "LS": draw(st.sampled_from(["C1", "C2", "E1", "V2"])),
                "CIN": draw(maybe(st.sampled_from([f"N{number}" for number in range(1, 9)]))),
                "PLACE": draw(maybe(st.sampled_from(["U4", "U6", "K2", "A3", "P1", "R1"]))),
                "PLACE_PROVIDER": draw(maybe(code("placement_provider"))),
                "DEC": written(moves[place + 1]) if more else None,
                "REC": "X1" if more else None,
                "REASON_PLACE_CHANGE": draw(maybe(code("placement_change_reason"))) if more else None,
                "HOME_POST": draw(maybe(POSTCODES)),
                "PL_POST": draw(maybe(POSTCODES)),
                "URN": draw(maybe(st.sampled_from(["SC12", "XXXXXXX"]))),
            }
        )
    if child == "C3":
        found[-1] |= {"DEC": written(LAST), "REC": draw(st.sampled_from(["E11", "E12"]))}
    return found


@st.composite
def returns(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """The tables of a return, by name."""
    births = {child: written(draw(st.dates(date(2013, 4, 1), date(2014, 3, 31)))) for child in CHILDREN}
    births["C5"] = written(draw(st.dates(date(2003, 4, 1), date(2006, 3, 31))))
    sexes = {child: draw(maybe(st.sampled_from(["1", "2"]))) for child in CHILDREN}
    rows: dict[str, list[dict[str, str | None]]] = {name: [] for name in COLUMNS if name != "DoLo"}
    for child in CHILDREN:
        girl = sexes[child] == "2" and child != "C5"
        mother = draw(YES_NO) if girl else None
        rows["Header"].append(
            {
                "SEX": sexes[child],
                "ETHNIC": draw(maybe(code("ethnicity"))),
                "UPN": draw(maybe(st.sampled_from(["A123456789012", "UN1", "UN5"]))),
                "MOTHER": mother,
                "MC_DOB": draw(maybe(days())) if mother == "1" else None,
            }
        )
        if child == "C5":
            touch = draw(code("in_touch"))
            gone = touch in AFTER_CARE
            known = ACTIVITIES if touch == "YES" else (*ACTIVITIES, "0")
            homes = ACCOMMODATION if touch == "YES" else (*ACCOMMODATION, "0")
            rows["OC3"].append(
                {
                    "IN_TOUCH": touch,
                    "ACTIV": None if gone else draw(st.sampled_from(known)),
                    "ACCOM": None if gone else draw(st.sampled_from(homes)),
                }
            )
        else:
            for name, own in draw(of_a_looked_after_child(child)).items():
                rows[name].extend(own)
        for own in (rows[name] for name in rows):
            for row in own:
                row.setdefault("CHILD", child)
    for own in rows.values():
        for row in own:
            row |= {"DOB": births[row["CHILD"] or ""], "SEX": sexes[row["CHILD"] or ""]}
    return {
        name: pl.DataFrame(
            [{column: row.get(column) for column in COLUMNS[name]} for row in own],
            schema=dict.fromkeys(COLUMNS[name], pl.String()),
        )
        for name, own in rows.items()
    }


@st.composite
def of_a_looked_after_child(draw: st.DrawFn, child: str) -> dict[str, list[dict[str, str | None]]]:
    found: dict[str, list[dict[str, str | None]]] = {"Episodes": draw(care(child))}
    reviews = sorted(draw(st.sets(st.dates(FIRST, LAST), max_size=3)))
    found["Reviews"] = [{"REVIEW": written(day), "REVIEW_CODE": draw(maybe(code("participation")))} for day in reviews]
    if draw(st.booleans()):
        found["UASC"] = [{"DUC": draw(maybe(days()))}]
    if draw(st.booleans()):
        found["PrevPerm"] = [
            {
                "PREV_PERM": draw(code("previous_permanence")),
                "LA_PERM": draw(maybe(st.sampled_from(["816", "WAL"]))),
                "DATE_PERM": draw(maybe(st.sampled_from(["01/02/2019", "ZZ/05/2018", "ZZ/ZZ/ZZZZ"]))),
            }
        ]
    if child in ("C0", "C1", "C2"):
        found["OC2"] = [draw(outcomes())]
        found["Missing"] = [
            {"MISSING": draw(maybe(code("missing_kind"))), "MIS_START": start, "MIS_END": end}
            for start, end in draw(spans(FIRST, LAST))
        ]
        found["SWEpisodes"] = [
            {
                "SW_ID": draw(maybe(st.sampled_from(["SW1", "SW2", "XX3"]))),
                "SW_DECOM": start,
                "SW_DEC": end,
                "SW_REASON": draw(maybe(code("worker_change_reason"))),
            }
            for start, end in draw(spans(FIRST, LAST))
        ]
    decided = days(date(2022, 1, 1), LAST)
    if child == "C2" and draw(st.booleans()):
        found["PlacedAdoption"] = [
            {
                "DATE_PLACED": draw(decided),
                "DATE_PLACED_CEASED": draw(days(LAST, LAST)),
                "REASON_PLACED_CEASED": draw(maybe(code("adoption_reversed_reason"))),
            }
        ]
    if child == "C3":
        day = draw(decided)
        found["PlacedAdoption"] = [{"DATE_PLACED": day}]
        found["AD1"] = [
            {
                "DATE_INT": day,
                "DATE_MATCH": draw(maybe(days())),
                "FOSTER_CARE": draw(YES_NO),
                "NB_ADOPTR": draw(maybe(st.sampled_from(["1", "2"]))),
                "SEX_ADOPTR": draw(maybe(code("adopter_sex"))),
                "LS_ADOPTR": draw(maybe(code("adopter_legal_status"))),
            }
        ]
    return found


@st.composite
def outcomes(draw: st.DrawFn) -> dict[str, str | None]:
    """OC2 of a child of nine or ten: no conviction and no development check are asked of all of them."""
    score = draw(maybe(st.integers(0, 40).map(str)))
    misuse = draw(YES_NO)
    received = draw(YES_NO) if misuse == "1" else None
    return {
        "SDQ_SCORE": score,
        "SDQ_REASON": draw(maybe(code("sdq_missing_reason"))) if score is None else None,
        "IMMUNISATIONS": draw(YES_NO),
        "TEETH_CHECK": draw(YES_NO),
        "HEALTH_ASSESSMENT": draw(YES_NO),
        "SUBSTANCE_MISUSE": misuse,
        "INTERVENTION_RECEIVED": received,
        "INTERVENTION_OFFERED": draw(YES_NO) if misuse == "1" and received != "1" else None,
    }
