"""Rules on the modules of the return agreeing on who the children are: present in the header, once, born alike."""

from __future__ import annotations

from goldenthread.quality.conditions import blank, col, count_in, given
from goldenthread.quality.rule import Rule

SOURCE = "DfE, SSDA903 validation rules, check "

# table: the number of the check that its children are in the header, born as the header says, and there once
IN_HEADER = {
    "AD1": "INT01",
    "PlacedAdoption": "INT02",
    "Episodes": "INT03",
    "Missing": "INT04",
    "OC2": "INT05",
    "OC3": "INT06",
    "PrevPerm": "INT07",
    "Reviews": "INT08",
    "UASC": "INT09",
}
BORN_ALIKE = {
    "AD1": "INT11",
    "PlacedAdoption": "INT12",
    "Missing": "INT13",
    "OC2": "INT14",
    "OC3": "INT15",
    "PrevPerm": "INT16",
    "Reviews": "INT17",
    "UASC": "INT18",
}
ONCE = {"AD1": "INT31", "Header": "INT32", "OC2": "INT33", "OC3": "INT34", "PrevPerm": "INT35", "UASC": "INT36"}


def _in_header(table: str, code: str) -> Rule:
    return Rule(
        code=code,
        says=f"This child of the module {table} is not in the header. Add the child there, or correct the number.",
        fields=(f"{table}.CHILD",),
        needs=("Header", table),
        source=SOURCE + code,
        on=table,
        where=given("CHILD") & blank("header_row"),
        examples=f"""
            Header  1
            {table} 1
            {table} 2   !
            {table} 11  !  # boundary: a number that begins like another
            {table} -      # missing
        """,
    )


def _alike(table: str, code: str, column: str, one: str, other: str) -> Rule:
    written = f"{column}_text" if column == "DOB" else column
    what = "date of birth" if column == "DOB" else "sex"
    return Rule(
        code=code,
        says=f"The child's {what} in the module {table} is not that of the header. Correct one of the two.",
        fields=(f"{table}.{column}", f"Header.{column}"),
        needs=("Header", table),
        source=SOURCE + code,
        on=table,
        where=col(written) != col(f"header_{written}"),
        points={table: "row"},
        examples=f"""
            Header  1 {column}={one}
            {table} 1 {column}={other}  !
            Header  2 {column}={one}
            {table} 2 {column}={one}       # boundary: the same
            Header  3
            {table} 3 {column}={one}       # missing
        """,
    )


def _once(table: str, code: str) -> Rule:
    return Rule(
        code=code,
        says=f"This child stands more than once in the module {table}. Keep one row.",
        fields=(f"{table}.CHILD",),
        needs=(table,),
        source=SOURCE + code,
        on=table,
        where=count_in("CHILD", given("CHILD")) > 1,
        examples=f"""
            {table} 1  !
            {table} 1  !
            {table} 2     # boundary: once
            {table} -     # missing
            {table} -
        """,
    )


RULES: tuple[Rule, ...] = (
    *(_in_header(table, code) for table, code in IN_HEADER.items()),
    *(_alike(table, code, "DOB", "01/06/2015", "02/06/2015") for table, code in BORN_ALIKE.items()),
    _alike("UASC", "INT21", "SEX", "M", "F"),
    *(_once(table, code) for table, code in ONCE.items()),
)
