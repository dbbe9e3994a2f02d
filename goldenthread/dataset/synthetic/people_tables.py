"""People and what belongs to them: parents, brothers and sisters, addresses, identifiers and disabilities."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.cases import Children, History
from goldenthread.dataset.synthetic.chance import NONE, YEAR, Mask, Whole, chosen, happens, known, spread, stream
from goldenthread.dataset.synthetic.families import Families
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.pupil_numbers import pupil_numbers
from goldenthread.dataset.synthetic.tabulate import Cells, Chosen, Tabulator, codes, constant

UNKNOWN_ETHNICITY = "NOBT"
DISABILITIES = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA")


def people_tables(tabulator: Tabulator, book: Parameters, history: History, by: Chosen) -> dict[str, pl.DataFrame]:
    """people, identifiers, relationships, addresses and disabilities. `by` is the worker who first met each child."""
    rng = stream(tabulator.seed, tabulator.district, "people")
    children, families = history.children, history.lives.families
    met = _first_met(history)
    born_known = children.born <= tabulator.as_at
    known_families = np.unique(children.family)
    has_father = ~families.lone_parent[known_families] | happens(rng, 0.45, len(known_families))
    parents = _parents(rng, tabulator, children, families, known_families, has_father)
    people = pl.concat(
        [_children(rng, tabulator, book, children, families, met, born_known, by), parents.people],
        how="diagonal",
    )
    ours = np.searchsorted(known_families, children.family)
    return {
        "people": people,
        "identifiers": _identifiers(rng, tabulator, children, met),
        "relationships": _relationships(tabulator, children, families, met, parents, ours),
        "addresses": _addresses(rng, tabulator, children, families, met, known_families, ours, parents),
        "disabilities": _disabilities(rng, tabulator, children, met),
    }


def _first_met(history: History) -> Whole:
    """The day each child was first heard of."""
    contacts = history.lives.contacts
    days = contacts.day[contacts.contact[history.contact_rows]]
    met = np.full(len(history.children.number), np.iinfo(np.int64).max)
    np.minimum.at(met, history.contact_child, days)
    return met


def ward_of(family: Whole, seed: int) -> Whole:
    """The ward a family lives in at first; wards differ in how many families come to notice."""
    mixed = (family * 2654435761 + seed) % 1009
    return np.floor((mixed / 1009) ** 1.4 * len(names.WARDS)).astype(np.int64)


def _children(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    children: Children,
    families: Families,
    met: Whole,
    born_known: Mask,
    by: Chosen,
) -> pl.DataFrame:
    count = len(children.number)
    boys = children.sex == 0
    first_names = list(names.BOYS) + list(names.GIRLS)
    forename = np.where(boys, 0, len(names.BOYS)) + rng.integers(0, 26, count)
    ethnicities = (*book.choices("families.ethnicity"), UNKNOWN_ETHNICITY)
    unsaid = happens(rng, book.value("people.ethnicity_not_obtained"), count)
    ethnicity = np.where(unsaid, len(ethnicities) - 1, families.ethnicity[children.family])
    foreign = ethnicities.index("BAFR")
    ethnicity = np.where(children.alone, foreign, ethnicity)
    school_age = tabulator.as_at - children.born > 4.6 * YEAR
    upn = pl.Series(pupil_numbers(tabulator.first + np.arange(count)), dtype=pl.String)
    former_upn = pl.Series(pupil_numbers(tabulator.first + np.arange(count), former=True), dtype=pl.String)
    has_upn = born_known & school_age & happens(rng, 0.97, count) & ~children.alone
    # Too young; never at a state-funded school, as those who came alone; and those whose records do not agree.
    unknown_reason = np.where(has_upn, -1, np.where(~school_age, 0, np.where(children.alone, 1, 2)))
    cells: dict[str, Cells] = {
        "person_id": children.identifiers,
        "is_child": np.ones(count, dtype=np.bool_),
        "forename": codes([*first_names, "Unborn"], np.where(born_known, forename, len(first_names))),
        "surname": codes(names.SURNAMES, families.surname[children.family]),
        "born_on": children.born,
        "birth_date_estimated": children.alone,
        "expected_on": np.where(met < children.born, children.born - spread(rng, -9, 9, count), NONE),
        "sex": codes(("M", "F", "U"), np.where(born_known, np.where(boys, 0, 1), 2)),
        "gender": codes(("1", "2", "0"), np.where(born_known, np.where(boys, 0, 1), 2)),
        "ethnicity": codes(ethnicities, ethnicity),
        "disabled": children.disabled,
        "upn": Chosen(upn, np.where(has_upn, np.arange(count), -1)),
        "former_upn": Chosen(former_upn, np.where(has_upn & happens(rng, 0.01, count), np.arange(count), -1)),
        "upn_unknown_reason": codes(("UN1", "UN2", "UN5"), unknown_reason),
        "is_mother": (children.sex == 1) & (tabulator.as_at - children.born > 16 * YEAR) & happens(rng, 0.04, count),
        "unaccompanied": children.alone,
        "unaccompanied_until": np.where(children.alone, children.born + int(18 * YEAR), NONE),
        "first_language": codes(
            ("English", "Polish", "Arabic", "Kurdish", "Tigrinya"), _language(rng, children, count)
        ),
        "ward": codes(names.WARDS, ward_of(children.family, tabulator.seed)),
    }
    return tabulator.table("people", cells, by=by, recorded_on=met)


def _language(rng: np.random.Generator, children: Children, count: int) -> Whole:
    spoken = np.where(happens(rng, 0.04, count), rng.integers(1, 3, count), 0)
    return np.where(children.alone, rng.integers(2, 5, count), spoken)


class _Parents:
    """Mothers and fathers: who they are, and where each stands in the families known."""

    def __init__(self, people: pl.DataFrame, mothers: pl.Series, fathers: pl.Series, has_father: Mask) -> None:
        self.people, self.mothers, self.fathers, self.has_father = people, mothers, fathers, has_father


def _parents(
    rng: np.random.Generator,
    tabulator: Tabulator,
    children: Children,
    families: Families,
    known_families: Whole,
    has_father: Mask,
) -> _Parents:
    count = len(known_families)
    eldest = families.born[families.first_child[known_families]]
    mother_born = eldest - np.rint((17 + rng.gamma(3.0, 3.0, count)) * YEAR).astype(np.int64)
    father_born = mother_born - spread(rng, -900, 2500, count)
    mothers = tabulator.identifiers("M", count)
    fathers = tabulator.identifiers("F", count)
    solitary = families.size[known_families] == 1
    solitary &= np.isin(known_families, children.family[children.alone])
    met = np.full(families.count, np.iinfo(np.int64).max)
    np.minimum.at(met, families.family, families.noticed[families.family])
    frames = []
    for ids, born, woman, there in (
        (mothers, mother_born, True, ~solitary),
        (fathers, father_born, False, has_father & ~solitary),
    ):
        rows = np.flatnonzero(there)
        surname = families.surname[known_families]
        if not woman:
            surname = np.where(rng.random(count) < 0.4, rng.integers(0, len(names.SURNAMES), count), surname)
        forenames = names.GIRLS if woman else names.BOYS
        cells: dict[str, Cells] = {
            "person_id": Chosen(ids, rows),
            "is_child": np.zeros(len(rows), dtype=np.bool_),
            "forename": codes(forenames, rng.integers(0, 26, count)[rows]),
            "surname": codes(names.SURNAMES, surname[rows]),
            "born_on": born[rows],
            "sex": constant("F" if woman else "M", len(rows)),
            "gender": constant("2" if woman else "1", len(rows)),
            "is_mother": np.full(len(rows), woman),
        }
        frames.append(tabulator.table("people", cells, recorded_on=families.noticed[known_families][rows]))
    return _Parents(pl.concat(frames, how="diagonal"), mothers, fathers, has_father & ~solitary)


def _relationships(
    tabulator: Tabulator, children: Children, families: Families, met: Whole, parents: _Parents, ours: Whole
) -> pl.DataFrame:
    """To the mother, the father where he is known, and every brother and sister known."""
    everyone = np.arange(len(children.number))
    mothered = everyone[~children.alone]
    fathered = everyone[parents.has_father[ours]]
    a, b = _sibling_pairs(children.family)
    people = pl.concat(
        [children.identifiers.gather(pl.Series(rows.astype(np.uint32))) for rows in (mothered, fathered, a)]
    )
    related = pl.concat(
        [
            parents.mothers.gather(pl.Series(ours[mothered].astype(np.uint32))),
            parents.fathers.gather(pl.Series(ours[fathered].astype(np.uint32))),
            children.identifiers.gather(pl.Series(b.astype(np.uint32))),
        ]
    )
    kind = np.repeat(np.arange(3), [len(mothered), len(fathered), len(a)])
    owner = np.concatenate([mothered, fathered, a])
    started = np.where(
        kind == 2,
        np.maximum(
            children.born[owner],
            np.concatenate([mothered, fathered, b]) * 0 + children.born[np.concatenate([mothered, fathered, b])],
        ),
        children.born[owner],
    )
    cells: dict[str, Cells] = {
        "person_id": people,
        "related_person_id": related,
        "relationship": codes(("mother", "father", "sibling"), kind),
        "parental_responsibility": np.where(kind == 0, 1, np.where(kind == 1, (owner % 5 != 0).astype(np.int64), 0)),
        "started_on": started,
    }
    return tabulator.table("relationships", cells, recorded_on=np.maximum(met[owner], started))


def _sibling_pairs(family: Whole) -> tuple[Whole, Whole]:
    """Every ordered pair of different children of one family; `family` is in order."""
    starts = np.searchsorted(family, family, side="left")
    ends = np.searchsorted(family, family, side="right")
    size = ends - starts
    a = np.repeat(np.arange(len(family)), size)
    place = np.arange(len(a)) - np.repeat(np.cumsum(size) - size, size)
    b = starts[a] + place
    return a[a != b], b[a != b]


def _addresses(
    rng: np.random.Generator,
    tabulator: Tabulator,
    children: Children,
    families: Families,
    met: Whole,
    known_families: Whole,
    ours: Whole,
    parents: _Parents,
) -> pl.DataFrame:
    """The family's homes one after another; everyone in it has the same."""
    count = len(known_families)
    eldest = families.born[families.first_child[known_families]]
    opening = np.maximum(eldest - 400, families.noticed[known_families] - 2500)
    moves = np.minimum(rng.poisson(0.9, count), 4) + 1
    family = np.repeat(np.arange(count), moves)
    nth = np.arange(len(family)) - np.repeat(np.cumsum(moves) - moves, moves)
    length = spread(rng, 300, 2600, len(family))
    walked = np.cumsum(length)
    base = walked - length
    start = opening[family] + base - base[np.cumsum(moves) - moves][family]
    last = nth == moves[family] - 1
    end = np.where(last, NONE, start + length - 1)
    ward = np.where(
        nth == 0, ward_of(known_families[family], tabulator.seed), rng.integers(0, len(names.WARDS), len(family))
    )
    house = rng.integers(1, 160, len(family))
    street = rng.integers(0, len(names.STREETS), len(family))
    mothers = pl.Series(np.arange(count))
    persons = np.concatenate([np.arange(len(children.number)), len(children.number) + np.arange(count)])
    identifiers = pl.concat([children.identifiers, parents.mothers.gather(mothers)])
    homes_of = np.concatenate([ours, np.arange(count)])
    with_mother = np.concatenate(
        [np.ones(len(children.number), dtype=np.bool_), ~_motherless(children, known_families)]
    )
    persons, homes_of = persons[with_mother], homes_of[with_mother]
    begins = np.cumsum(moves) - moves
    repeats = moves[homes_of]
    person = np.repeat(persons, repeats)
    home = np.repeat(begins[homes_of], repeats) + (
        np.arange(len(person)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    )
    is_child = person < len(children.number)
    born = np.where(is_child, children.born[np.minimum(person, len(children.number) - 1)], NONE)
    begin = np.maximum(start[home], born)
    lived = (begin <= tabulator.as_at) & (~known(end[home]) | (end[home] >= begin))
    person, home, begin = person[lived], home[lived], begin[lived]
    lines = pl.Series([f"{number} {name}" for name in names.STREETS for number in range(1, 160)])
    postcodes = pl.Series(
        [
            f"ZZ{ward % 9 + 1} {sector}{chr(65 + street % 26)}{chr(65 + ward)}"
            for ward in range(len(names.WARDS))
            for sector in range(1, 10)
            for street in range(len(names.STREETS))
        ]
    )
    place = ward[home] * (9 * len(names.STREETS)) + (house[home] % 9) * len(names.STREETS) + street[home]
    cells: dict[str, Cells] = {
        "address_id": tabulator.identifiers("A", len(person)),
        "person_id": Chosen(identifiers, person),
        "kind": constant("home", len(person)),
        "lines": Chosen(lines, street[home] * 159 + house[home] - 1),
        "postcode": Chosen(postcodes, place),
        "ward": codes(names.WARDS, ward[home]),
        "started_on": begin,
        "ended_on": end[home],
    }
    child = np.minimum(person, len(children.number) - 1)
    heard = np.where(
        person < len(children.number),
        met[child],
        families.noticed[known_families][np.maximum(person - len(children.number), 0)],
    )
    return tabulator.table("addresses", cells, recorded_on=np.maximum(heard, begin))


def _motherless(children: Children, known_families: Whole) -> Mask:
    return np.isin(known_families, children.family[children.alone])


def _identifiers(rng: np.random.Generator, tabulator: Tabulator, children: Children, met: Whole) -> pl.DataFrame:
    """An NHS number for most (of the range kept for tests), a Home Office number for those who came alone."""
    count = len(children.number)
    nhs = np.flatnonzero(happens(rng, 0.9, count) & ~children.alone)
    office = np.flatnonzero(children.alone)
    rows = np.concatenate([nhs, office])
    numbers = rng.integers(0, 10**7, len(rows)).tolist()
    values = [f"999{number:07d}" for number in numbers[: len(nhs)]] + [
        f"Z{number:07d}" for number in numbers[len(nhs) :]
    ]
    cells: dict[str, Cells] = {
        "person_id": children.named(rows),
        "kind": codes(("nhs", "home_office"), (np.arange(len(rows)) >= len(nhs)).astype(np.int64)),
        "value": pl.Series(values, dtype=pl.String),
    }
    return tabulator.table("identifiers", cells, recorded_on=met[rows])


def _disabilities(rng: np.random.Generator, tabulator: Tabulator, children: Children, met: Whole) -> pl.DataFrame:
    rows = np.flatnonzero(children.disabled)
    shares = np.array([8, 3, 5, 4, 12, 26, 4, 3, 14, 3, 22, 6], dtype=np.float64)
    first = chosen(rng, shares, len(rows))
    second = np.where(happens(rng, 0.4, len(rows)), (first + 1 + rng.integers(0, 11, len(rows))) % 12, -1)
    owner = np.concatenate([rows, rows[second >= 0]])
    kind = np.concatenate([first, second[second >= 0]])
    cells: dict[str, Cells] = {"child_id": children.named(owner), "disability": codes(DISABILITIES, kind)}
    return tabulator.table("disabilities", cells, recorded_on=met[owner] + 20)
