"""The census as the XML file that is sent, made some thousands of children at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

import polars as pl

from goldenthread.dataset.readers import cin_census_shape as shape
from goldenthread.dataset.readers.cin_census_structure import HEADER, ONE_CHILD, Element, of_year
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.dataset.store import DatasetError, cannot_write
from goldenthread.writers.built import Built
from goldenthread.writers.cin_census.rows import SHAPES

AT_ONCE = 4000
"""Children made into text together: enough for the work on columns to pay, some ten megabytes of text."""
OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<Message>'
BY_ELEMENT: Mapping[str, shape.RawTable] = {table.element: table for table in SHAPES.values()}
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
KEY, TEXT, BATCH = "__key", "__text", "__batch"

Tables = Mapping[str, pl.DataFrame]


def write_xml(built: Built, path: Path) -> None:
    """Write the census to `path`, whole or not at all, in the elements and order of its year (`structure`).

    Raises DatasetError, with nothing written, when no child is in it or the place cannot be written to.
    """
    if built.tables["ChildIdentifiers"].is_empty():
        raise DatasetError(f"No child is in the census, so {path} was not written: a census holds at least one.")
    with _whole(path) as file:
        for text in xml_texts(built):
            file.write(text.encode())


def xml_texts(built: Built) -> Iterator[str]:
    """The file's text, in parts."""
    year = int(built.tables["Header"]["Year"][0])
    tables = {name: _escaped(frame) for name, frame in built.tables.items()}
    yield OPENING
    yield _header(tables["Header"].row(0, named=True))
    yield "\n<Children>"
    child = of_year(ONE_CHILD, year)
    for batch in _batches(tables):
        yield "".join(_children(child, batch))
    yield "\n</Children>\n</Message>\n"


def _header(values: Mapping[str, str | None]) -> str:
    return f"\n<Header>{''.join(_header_group(each, values) for each in HEADER.inside)}\n</Header>"


def _header_group(element: Element, values: Mapping[str, str | None]) -> str:
    held = [f"<{each.name}>{values[each.name] or ''}</{each.name}>"
            for each in element.inside if each.required or values[each.name]]  # fmt: skip
    return f"\n<{element.name}>{''.join(held)}</{element.name}>"


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    marked = frame.select(pl.all().str.contains_any(list(ESCAPED)).any())
    touched = [name for name in frame.columns if marked[name].item()]
    return frame.with_columns(pl.col(touched).str.replace_many(ESCAPED)) if touched else frame


def _batches(tables: Tables) -> Iterator[Tables]:
    """The tables of so many children at a time, in the order of the file."""
    children = tables["ChildIdentifiers"].height
    if children <= AT_ONCE:
        yield tables
        return
    place = pl.int_range(pl.len()) // AT_ONCE
    batch = tables["ChildIdentifiers"].select(CHILD, place.alias(BATCH))
    parted = {name: _parted(tables[name], batch) for name in SHAPES}
    for number in range((children - 1) // AT_ONCE + 1):
        yield {name: parts.get((number,), tables[name].clear()) for name, parts in parted.items()}


def _parted(frame: pl.DataFrame, batch: pl.DataFrame) -> dict[tuple[object, ...], pl.DataFrame]:
    placed = frame.join(batch, on=CHILD, how="left", maintain_order="left")
    return placed.partition_by(BATCH, as_dict=True, include_key=False, maintain_order=True)


def _children(child: Element, tables: Tables) -> pl.Series:
    """The text of each child."""
    found = tables["ChildIdentifiers"].select(CHILD)
    for inner in child.inside:
        found = _beside(found, inner, tables, CHILD)
    return found.select(_enclosed("Child", [pl.col(inner.name) for inner in child.inside]))[TEXT]


def _beside(rows: pl.DataFrame, element: Element, tables: Tables, own: str) -> pl.DataFrame:
    """`rows` with a column of the element's name: all of it that stands in each row."""
    texts = _texts(element, tables).rename({KEY: own, TEXT: element.name})
    return rows.join(texts, on=own, how="left", maintain_order="left")


def _texts(element: Element, tables: Tables) -> pl.DataFrame:
    """The element's text in each row of what it stands in: `KEY`, the identifier of that row, and `TEXT`."""
    table = BY_ELEMENT.get(element.name)
    if table is None:  # a list of one kind of value
        (value,) = element.inside
        return _texts(value, tables).select(KEY, _enclosed(element.name, [pl.col(TEXT)]))
    own, outer = _links(table)
    rows = tables[table.name]
    if table.value:
        written = rows.select(pl.col(outer).alias(KEY), _enclosed(element.name, [pl.col(table.value)], line=""))
    else:
        for inner in element.inside:
            if inner.inside:
                rows = _beside(rows, inner, tables, own)
        cells = [_cell(each) for each in element.inside]
        written = rows.select(pl.col(outer).alias(KEY), _enclosed(element.name, cells))
    return written.group_by(KEY, maintain_order=True).agg(pl.col(TEXT).str.join("")) if element.many else written


def _links(table: shape.RawTable) -> tuple[str, str]:
    """The table's own identifier and that of what its rows stand in; the child's where it has none."""
    links = [CHILD, *table.links]
    own = next((link for link, element in table.links.items() if element == table.element), CHILD)
    return own, next(link for link in reversed(links) if link != own or link == CHILD)


def _cell(element: Element) -> pl.Expr:
    """The element with its value, null where it is left out; a group is text already."""
    value = pl.col(element.name)
    if element.inside:
        return value
    return pl.format(f"<{element.name}>{{}}</{element.name}>", value.fill_null("") if element.required else value)


def _enclosed(name: str, parts: list[pl.Expr], line: str = "\n") -> pl.Expr:
    return pl.concat_str(pl.lit(f"{line}<{name}>"), *parts, pl.lit(f"</{name}>"), ignore_nulls=True).alias(TEXT)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write in that becomes `path` when all is written, and leaves nothing behind otherwise."""
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Give the name of a file to write in it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as scratch:
            unfinished = Path(scratch.name)
            try:
                yield scratch
                scratch.flush()
                unfinished.chmod(0o644)
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as fault:
        raise cannot_write(path, fault) from fault
