"""A dataset: one authority's canonical tables as at a day, in a folder of Parquet with a manifest."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from goldenthread.dataset.engines import POLARS, Engine, Lazy, engine_named
from goldenthread.dataset.tables import TABLES

MANIFEST = "manifest.json"


class DatasetError(Exception):
    """A dataset cannot be read or written; the message says which file and what to do."""


def cannot_write(path: Path, fault: OSError) -> DatasetError:
    """The error that says `path` could not be written, why, and what to do."""
    why = fault.strerror or str(fault)
    return DatasetError(f"{path} cannot be written: {why}. Name another place, or make room there and try again.")


@dataclass(frozen=True, slots=True)
class Source:
    """A file the dataset was made from. `sha256` is of its bytes; counts are of rows."""

    file: str
    kind: str
    sha256: str
    rows_in: int
    rows_out: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dataset is: whose, as at when, made from what, by which reader, with how many rows.

    `notes` are the sentences of its making: where the day came from, what the sources lacked, what is not held.
    """

    as_at: date
    authority: str | None = None
    authority_name: str | None = None
    made_by: str = ""
    sources: tuple[Source, ...] = ()
    tables: Mapping[str, int] = field(default_factory=dict)
    history_from: date | None = None
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=str, indent=2, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Raises KeyError, TypeError or ValueError when a field is missing or is not what it should be."""
        found: dict[str, Any] = json.loads(text)
        if not isinstance(found, dict) or not isinstance(found.get("tables", {}), dict):
            raise ValueError("it does not name fields and tables")
        history = found.get("history_from")
        return cls(
            as_at=date.fromisoformat(found["as_at"]),
            authority=found.get("authority"),
            authority_name=found.get("authority_name"),
            made_by=found.get("made_by", ""),
            sources=tuple(Source(**source) for source in found.get("sources", ())),
            tables=found.get("tables", {}),
            history_from=date.fromisoformat(history) if history else None,
            notes=tuple(found.get("notes", ())),
        )


@dataclass(frozen=True, slots=True)
class Dataset:
    """The canonical tables of one authority, opened on an engine.

    `lazy` gives a table with every declared column; a table the sources did not hold is empty.
    """

    manifest: Manifest
    engine: Engine
    frames: Mapping[str, Lazy]

    def lazy(self, table: str) -> Lazy:
        """The table, as a Narwhals lazy frame. KeyError when no table of that name is declared."""
        declared = TABLES[table]
        return self.frames[table] if table in self.frames else self.engine.adopt(declared.empty())

    def adopt(self, frame: pl.DataFrame) -> Lazy:
        """A small frame made here, on the dataset's own engine, to join with."""
        return self.engine.adopt(frame)

    def collect(self, *frames: Lazy) -> list[pl.DataFrame]:
        """The results of several plans, computed together."""
        return self.engine.collect(list(frames))

    def rows(self, table: str) -> int:
        """Rows held in the table, from the manifest."""
        return self.manifest.tables.get(table, 0)


def open_dataset(folder: Path, engine: str = "polars") -> Dataset:
    """The dataset in `folder`. Raises DatasetError when it is not one or a table is not as declared."""
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise DatasetError(
            f"{folder} is not a dataset: it has no {MANIFEST}. Make one with 'goldenthread import'."
        ) from None
    except OSError as fault:
        raise DatasetError(f"{folder / MANIFEST} cannot be read: {fault.strerror}. Check the folder.") from fault
    except (KeyError, TypeError, ValueError) as fault:
        raise DatasetError(f"{folder / MANIFEST} cannot be read: {fault}. Import the sources again.") from fault
    chosen = engine_named(engine)
    frames: dict[str, Lazy] = {}
    for name in manifest.tables:
        path = folder / f"{name}.parquet"
        if name not in TABLES:
            raise DatasetError(f"{path} is no table this version knows. Import the sources again.")
        if not path.exists():
            raise DatasetError(f"{path} is missing, though the manifest names it. Import the sources again.")
        held = _columns_of(path)
        if wrong := [column for column, dtype in TABLES[name].schema.items() if held.get(column) != dtype]:
            raise DatasetError(f"{path} was made by another version: {', '.join(wrong)}. Import the sources again.")
        frames[name] = chosen.scan(path, TABLES[name])
    return Dataset(manifest, chosen, frames)


def _columns_of(path: Path) -> Mapping[str, pl.DataType]:
    try:
        return pl.read_parquet_schema(path)
    except (OSError, pl.exceptions.ComputeError) as fault:
        raise DatasetError(f"{path} is damaged or cut short: {fault}. Import the sources again.") from fault


def dataset_of(frames: Mapping[str, pl.DataFrame], manifest: Manifest, engine: Engine = POLARS) -> Dataset:
    """A dataset held in memory. Columns left out of a frame are empty; ValueError for one never declared."""
    complete = {name: conform(name, frame) for name, frame in frames.items()}
    counts = {name: frame.height for name, frame in complete.items()}
    held = Manifest(**{**_fields(manifest), "tables": counts})
    return Dataset(held, engine, {name: engine.adopt(frame) for name, frame in complete.items()})


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with exactly the declared columns and types of table `name`; ValueError for an unknown column."""
    schema = TABLES[name].schema
    if unknown := set(frame.columns) - set(schema):
        raise ValueError(f"Table {name} has no columns {sorted(unknown)}")
    return frame.select(
        (pl.col(column) if column in frame.columns else pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in schema.items()
    )


def write_dataset(
    folder: Path,
    frames: Mapping[str, pl.DataFrame],
    manifest: Manifest,
    beside: Mapping[str, str] | None = None,
) -> Manifest:
    """Write the tables and the manifest, whole or not at all, and give the manifest with its counts.

    `beside` gives texts to write in the same folder, by file name (the list of what was rejected). Raises
    DatasetError when `folder` holds something that is not a dataset, or cannot be written to.
    """
    try:
        return _write_and_rename(folder, frames, manifest, beside or {})
    except OSError as fault:
        raise cannot_write(folder, fault) from fault


def _write_and_rename(
    folder: Path, frames: Mapping[str, pl.DataFrame], manifest: Manifest, beside: Mapping[str, str]
) -> Manifest:
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise DatasetError(f"{folder} holds other files. Name an empty folder, or an earlier dataset to replace.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name in TABLES:
            if name in frames and frames[name].height:
                complete = conform(name, frames[name])
                complete.write_parquet(scratch / f"{name}.parquet", compression="zstd", statistics=True)
                counts[name] = complete.height
        written = Manifest(**{**_fields(manifest), "tables": counts})
        for name, text in beside.items():
            (scratch / name).write_text(text, encoding="utf-8")
        (scratch / MANIFEST).write_text(written.to_json(), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        scratch.chmod(0o755)
        scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return written


def _fields(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
