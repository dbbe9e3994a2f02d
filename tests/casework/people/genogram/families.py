"""Families to draw, as tables. Everybody in them is made up."""

from datetime import date

from casework.people.genogram import Family, Household, Person, Relationship, Stay

ON = date(2026, 6, 1)
FLAGS = {"focus": "focus", "concern": "concern", "restricted": "restricted", "about": "birth_date_estimated"}


def family(people: str, relationships: str = "", households: str = "") -> Family:
    """A family from three tables: `id | name | sex | born or due | flags`, `person kind related [PR|no-PR] [ended]`
    and `household: ids`. A date after `due`, or after `died`, is that date."""
    return Family(
        tuple(_person(line) for line in _lines(people)),
        tuple(_relationship(line) for line in _lines(relationships)),
        tuple(_household(line) for line in _lines(households)),
    )


def _lines(table: str) -> list[str]:
    return [line.strip() for line in table.splitlines() if line.strip()]


def _person(line: str) -> Person:
    ident, name, sex, born, flags = (cell.strip() for cell in line.split("|"))
    words = flags.split()
    due, day = born.startswith("due"), born.removeprefix("due").strip()
    died = next((date.fromisoformat(word[5:]) for word in words if word.startswith("died=")), None)
    return Person(
        ident,
        name,
        sex or "U",
        born_on=date.fromisoformat(day) if day and not due else None,
        expected_on=date.fromisoformat(day) if day and due else None,
        unborn=due,
        died_on=died,
        href=f"/people/{ident}/" if "link" in words else "",
        **{FLAGS[word]: True for word in words if word in FLAGS},  # type: ignore[arg-type]
    )


def _relationship(line: str) -> Relationship:
    person, kind, related, *rest = line.split()
    responsible = True if "PR" in rest else False if "no-PR" in rest else None
    ended = date(2024, 1, 31) if "ended" in rest else None
    return Relationship(person, related, kind, responsible, None, ended)


def _household(line: str) -> Household:
    name, _, ids = line.partition(":")
    return Household(name.strip(), tuple(Stay(one) for one in ids.split()))


SIMPLE = family(
    """
    ava | Ava Example     | F | 2017-05-03 | focus concern link
    ben | Ben Example     | M | 2019-11-20 | link
    due | Baby Example    | U | due 2026-09-14 | link
    mia | Mia Example     | F | 1991-02-11 | link
    dan | Dan Sampleton   | M | 1988-07-01 | link
    """,
    """
    ava mother mia PR
    ava father dan PR
    ben mother mia PR
    ben father dan PR
    due mother mia
    due father dan
    """,
    "12 Sample Street: ava ben mia",
)

SEVERAL_FATHERS = family(
    """
    ava | Ava Example        | F | 2014-05-03 | focus
    ben | Ben Example        | M | 2016-11-20 | concern
    cal | Callum Pretend     | M | 2019-03-09 |
    dee | Dee Pretend        | F | 2021-08-30 |
    eli | Eli Notreal        | M | 2024-01-05 |
    mia | Mia Example        | F | 1991-02-11 |
    f1  | Dan Sampleton      | M | 1988-07-01 | died=2020-04-12
    f2  | Kofi Pretend       | M | 1986-12-24 |
    f3  | Leo Notreal        | M | 1993-01-01 | about
    gm  | Sheila Example     | F | 1963-06-06 |
    gf  | Ron Example        | M | 1960-01-30 | died=2018-10-02
    aun | Tess Example       | F | 1994-09-09 |
    pat | Paternal Gran Sampleton | F | 1958-04-04 |
    """,
    """
    ava mother mia PR
    ava father f1 PR
    ben mother mia PR
    ben father f1
    cal mother mia PR
    cal father f2 no-PR
    dee mother mia PR
    dee father f2 PR
    eli mother mia PR
    eli father f3 PR
    mia mother gm
    mia father gf
    aun mother gm
    aun father gf
    f1 mother pat
    ava aunt_uncle aun
    ava step_parent f3
    ben step_parent f3
    """,
    """
    12 Sample Street: ava ben eli mia f3
    Flat 3, Mock House: cal dee f2
    """,
)

FOSTERED = family(
    """
    ava | Ava Example       | F | 2015-05-03 | focus
    ben | Ben Example       | M | 2018-11-20 | focus
    sib | Zed Example       | U | 2012-03-03 | about
    hal | Hal Otherwise     | M | 2009-02-02 |
    mia | Mia Example       | F | 1991-02-11 |
    sec | Hidden Person     | M | 1985-02-11 | restricted link
    pat | Pat Fosterington  | F | 1970-02-11 |
    sam | Sam Fosterington  | M | 1969-02-11 |
    old | Olga Formerly     | F | 1965-02-11 |
    kid | Kit Fosterington  | U | 2010-02-11 |
    nan | Nana Example      | F | 1960-02-11 |
    nei | Nia Neighbour     | F | 1980-02-11 |
    """,
    """
    ava mother mia PR
    ava father sec
    ben mother mia PR
    ben father sec
    ava sibling sib
    ava half_sibling hal
    ava foster_carer pat
    ava foster_carer sam
    ben foster_carer pat
    ben foster_carer sam
    ava foster_carer old ended
    kid mother pat
    kid father sam
    ava grandparent nan
    ben grandparent nan
    ava other nei
    """,
    "Foster home: ava ben pat sam kid sec",
)

CONTRADICTORY = family(
    """
    ava | Ava Example     | F | 2015-05-03 | focus
    mia | Mia Example     | F | 1991-02-11 |
    gf  | Gerald Example  | M | 1965-02-11 |
    gm  | Sheila Example  | F | 1967-02-11 |
    x   | Xan Circular    | M | 1990-01-01 |
    y   | Yve Circular    | F |            |
    """,
    """
    ava mother mia
    ava father gf
    mia father gf
    mia mother gm
    gf mother ava
    x father y
    y father x
    x sibling y
    ava father ava
    ava other ghost
    """,
)

WIDE = family(
    "\n".join(
        [
            "foc | Freya Example | F | 2015-01-01 | focus",
            *(f"c{n} | Child{n} Of-Many Example | {'MF'[n % 2]} | {2008 + n}-01-0{n % 9 + 1} |" for n in range(1, 13)),
            *(f"m{n} | Mother{n} Example | F | {1984 + n}-02-02 |" for n in range(1, 6)),
            *(f"f{n} | Father{n} Example | M | {1984 + n}-02-02 |" for n in range(1, 9)),
            *(f"g{n} | Grandparent{n} Example | {'MF'[n % 2]} | {1955 + n}-02-02 |" for n in range(1, 9)),
            *(f"p{n} | Partner{n} Example | {'MF'[n % 2]} | {1980 + n}-02-02 |" for n in range(1, 4)),
            *(f"h{n} | Great{n} Example | {'MF'[n % 2]} | {1930 + n}-02-02 |" for n in range(1, 3)),
        ]
    ),
    "\n".join(
        [
            "foc mother m1",
            "foc father f1",
            *(f"c{n} mother m{(n + 1) // 3 + 1} PR" for n in range(1, 13)),
            *(f"c{n} father f{(n + 1) // 2 + 1}" for n in range(1, 13)),
            *(f"m{n} mother g{2 * ((n - 1) // 2) + 1}" for n in range(1, 6)),
            *(f"m{n} father g{2 * ((n - 1) // 2) + 2}" for n in range(1, 6)),
            "f1 mother g7",
            "f1 father g8",
            "g1 mother h1",
            "g1 father h2",
            *(f"c{n} step_parent p{n}" for n in range(1, 4)),
        ]
    ),
    "1 Long Lane: foc c1 c2 m1 f1",
)

FAMILIES = {
    "simple": SIMPLE,
    "several fathers": SEVERAL_FATHERS,
    "fostered": FOSTERED,
    "contradictory": CONTRADICTORY,
    "wide": WIDE,
}
