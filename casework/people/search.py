"""Finding people by any part of a name, a number, a birth date or a postcode: one query on indexed columns.

A name is compared word by word, in any order: as written, as it begins, as it sounds, and, where few are found so, by
its likeness. Nobody whose record is restricted from the reader is found. Former names that are kept closed are compared
only for those who may restrict records. The columns compared follow the rows by themselves (migration 0002).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from casework.access.rules import may
from casework.accounts.models import User
from casework.common import clock
from casework.common.coded import meaning
from casework.common.sql import Sql
from casework.people.asked import Asked

SHOWN = 30
ENOUGH = 10
"""With so many found as written or by sound, likeness is not asked; with a page full as written, nor is sound."""
LIKENESS = "0.45"
"""The least that a word may share with a name to be like it; set on each connection as it is made."""
RANKED_AT_MOST = 400
"""Of each kind of match, the youngest so many are ranked."""
NUMBER, WHOLE, BEGINS, SOUNDS, LIKE = 5, 4, 3, 2, 1
WHY = {WHOLE: "name", BEGINS: "name begins so", SOUNDS: "name sounds alike", LIKE: "name is spelt much the same"}


@dataclass(frozen=True)
class Match:
    """Somebody found: their key, how well (NUMBER the best, LIKE the least), and why in words."""

    person: int
    kind: int
    why: str


def find(asked: Asked, user: User, limit: int = SHOWN) -> list[Match]:
    """The best matches first, the youngest first among equals; at most `limit` of them."""
    if not asked.anything:
        return []
    closed_too = may(user, "restrict.manage")
    written = _arms(BEGINS, asked, closed_too) + _by_number(asked) + _by_date_or_place(asked)
    steps = [written, _arms(SOUNDS, asked, closed_too), _arms(LIKE, asked, closed_too)]
    values = [value for arms in steps for arm in arms for value in arm.values]
    sql = RANKED.format(*(_union(arms) for arms in steps), enough=SHOWN + 1)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, " ".join(asked.words), *_hidden_from(user), limit])
        return [Match(key, kind, _why(kind, detail, asked)) for key, kind, detail in cursor.fetchall()]


HIDDEN = """
    SELECT r.person_id FROM access_restriction r WHERE r.lifted_at IS NULL AND r.owner_id <> %s
    AND NOT EXISTS (SELECT FROM access_named n WHERE n.restriction_id = r.id AND n.user_id = %s)
    AND NOT EXISTS (SELECT FROM access_breakglass b WHERE b.person_id = r.person_id AND b.user_id = %s AND b.until > %s)
"""
"""People who may not appear: restricted, and the reader neither named nor let in with a reason."""
NOBODY = "SELECT 0::bigint AS id, 0 AS kind, '' AS plain_name, '' AS detail WHERE false"
RANKED = f"""
    WITH written AS MATERIALIZED ({{}}),
    near AS MATERIALIZED (
        SELECT * FROM written UNION ALL
        SELECT * FROM ({{}}) sounds WHERE (SELECT count(DISTINCT id) FROM written) < {{enough}}),
    found AS (
        SELECT * FROM near UNION ALL
        SELECT * FROM ({{}}) far WHERE (SELECT count(DISTINCT id) FROM near) < {ENOUGH}),
    best AS (
        SELECT DISTINCT ON (led.id) led.id, found.kind, found.detail, led.born_on, led.expected_on,
               word_similarity(%s, found.plain_name) AS likeness
        FROM found JOIN people_person f ON f.id = found.id
             JOIN people_person led ON led.id = coalesce(f.merged_into_id, f.id)
        WHERE led.id NOT IN ({HIDDEN})
        ORDER BY led.id, found.kind DESC, likeness DESC
    )
    SELECT id, kind, detail FROM best
    ORDER BY kind DESC, CASE WHEN kind <= {SOUNDS} THEN round(likeness::numeric, 1) END DESC,
             coalesce(born_on, expected_on) DESC NULLS LAST, id
    LIMIT %s
"""


def _union(arms: list[Sql]) -> str:
    return " UNION ALL ".join(f"({arm.text})" for arm in arms) or NOBODY


def _hidden_from(user: User) -> tuple[Any, ...]:
    """The values of HIDDEN for this reader."""
    return (user.pk, user.pk, user.pk, clock.now())


def set_likeness(connection: Any, **_kwargs: Any) -> None:
    """Have this connection compare words as the search does. Nothing else compares words by likeness."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [LIKENESS])


def _by_number(asked: Asked) -> list[Sql]:
    if not asked.number:
        return []
    two = (asked.number, asked.number.lower())
    return [
        Sql(
            f"SELECT p.id, {NUMBER} AS kind, '' AS plain_name, '' AS detail FROM people_person p WHERE p.reference "
            "IN (%s, %s) OR (p.upn = %s AND p.upn <> '') OR (p.former_upn = %s AND p.former_upn <> '')",
            (*two, asked.number, asked.number),
        ),
        Sql(f"SELECT person_id, {NUMBER}, '', kind FROM people_identifier WHERE value IN (%s, %s)", two),
    ]


def _by_date_or_place(asked: Asked) -> list[Sql]:
    """Everybody born then or who has lived there, where no name was typed."""
    if asked.words or not (asked.born or asked.postcodes):
        return []
    where = _born(asked) & _lived(asked)
    return [
        Sql(
            f"SELECT p.id, {BEGINS} AS kind, '' AS plain_name, '' AS detail FROM people_person p WHERE {where.text} "
            f"ORDER BY coalesce(p.born_on, p.expected_on) DESC NULLS LAST LIMIT {RANKED_AT_MOST}",
            where.values,
        )
    ]


def _born(asked: Asked) -> Sql:
    if asked.born is None:
        return Sql("true")
    return Sql("(p.born_on BETWEEN %s AND %s OR p.expected_on BETWEEN %s AND %s)", (*asked.born, *asked.born))


def _lived(asked: Asked) -> Sql:
    if not asked.postcodes:
        return Sql("true")
    either = " OR ".join(["a.plain_postcode LIKE %s"] * len(asked.postcodes))
    there = f"p.id IN (SELECT a.person_id FROM people_address a WHERE {either})"
    return Sql(there, tuple(f"{postcode}%" for postcode in asked.postcodes))


OWN_NAMES = "people_person p", "p", "''"
OTHER_NAMES = "people_othername n JOIN people_person p ON p.id = n.person_id", "n", "n.forename || ' ' || n.surname"


def _arms(kind: int, asked: Asked, closed_too: bool) -> list[Sql]:
    """A search of people's own names, and one of their other names."""
    if not any(len(word) > 1 for word in asked.words):
        return []
    return [
        _arm(kind, names, asked, Sql("true") if closed_too or names is OWN_NAMES else Sql("NOT n.restricted"))
        for names in (OWN_NAMES, OTHER_NAMES)
    ]


def _arm(kind: int, names: tuple[str, str, str], asked: Asked, only: Sql) -> Sql:
    table, of, detail = names
    where = only & _born(asked) & _lived(asked)
    for word in asked.words:
        where = where & _word(kind, word, of)
    whole = " AND ".join([f"{of}.plain_name LIKE '%% ' || btrim(people_plain(%s)) || ' %%'"] * len(asked.words))
    shown = f"CASE WHEN {whole} THEN {WHOLE} ELSE {BEGINS} END" if kind == BEGINS else str(kind)
    return Sql(
        f"SELECT p.id, {shown} AS kind, {of}.plain_name AS plain_name, {detail} AS detail FROM {table} "
        f"WHERE {where.text} ORDER BY coalesce(p.born_on, p.expected_on) DESC NULLS LAST LIMIT {RANKED_AT_MOST}",
        (*(asked.words if kind == BEGINS else ()), *where.values),
    )


def _word(kind: int, word: str, of: str) -> Sql:
    """That a name holds the word: begins so; or sounds so; or is like it. An initial only begins so."""
    ways = [f"{of}.plain_name LIKE '%% ' || btrim(people_plain(%s)) || '%%'"]
    if kind <= SOUNDS and len(word) > 1:
        ways.append(f"{of}.sounds && people_sounds(people_plain(%s))")
    if kind == LIKE and len(word) > 2:
        ways.append(f"btrim(people_plain(%s)) <%% {of}.plain_name")
    return Sql(f"({' OR '.join(ways)})", (word,) * len(ways))


def _why(kind: int, detail: str, asked: Asked) -> str:
    if kind == NUMBER:
        return meaning("identifier_kind", detail) if detail else "number"
    found = []
    if asked.words:
        found.append(WHY[kind] + (f" (also {detail.strip()})" if detail.strip() else ""))
    if asked.born:
        found.append("born" if asked.born[0] == asked.born[1] else "born in that time")
    return ", ".join(found + (["postcode"] if asked.postcodes else []))
