"""The reference data of one check, however it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

KNOWN = ("local_authority", "providers", "postcodes", "format")


@dataclass(frozen=True, slots=True)
class Reference:
    """`local_authority`: its code. `providers`: a frame with URN. `postcodes`: the built look-up. None: not given.

    `format` is that of the upload, "csv" or "xml": an item that only one of them holds is checked only there.
    """

    local_authority: str | None = None
    providers: pl.DataFrame | None = None
    postcodes: pl.DataFrame | None = None
    format: str = "csv"

    def has(self, name: str) -> bool:
        """Whether that reference data was given; "xml" is whether the upload is XML."""
        return self.format == "xml" if name == "xml" else getattr(self, name) is not None


def reference_of(given: Mapping[str, object] | Path | str | Reference | None) -> Reference:
    """The reference data in a mapping or a folder. ValueError for a name or a value that cannot be used."""
    if given is None:
        return Reference()
    if isinstance(given, Reference):
        return given
    if isinstance(given, Mapping):
        return _from_mapping(given)
    raise NotImplementedError


def _from_mapping(given: Mapping[str, object]) -> Reference:
    if unknown := sorted(set(given) - set(KNOWN)):
        raise ValueError(f"There is no reference data called {', '.join(unknown)}; there is {', '.join(KNOWN)}")
    authority = given.get("local_authority")
    frames = {name: given.get(name) for name in ("providers", "postcodes")}
    for name, frame in frames.items():
        if frame is not None and not isinstance(frame, pl.DataFrame):
            raise ValueError(f"The reference data {name} must be a frame")
    return Reference(
        None if authority is None else str(authority),
        **frames,  # type: ignore[arg-type]  # checked above
        format=str(given.get("format", "csv")),
    )
