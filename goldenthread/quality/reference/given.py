"""The reference data of one check, however it was given: a mapping, a folder, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from goldenthread.dataset.hostile import ordinary_folder, utf8_text
from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.reference.authorities import authority_code
from goldenthread.quality.reference.postcodes import Postcodes, postcodes_of
from goldenthread.quality.reference.provider_lists import read_providers
from goldenthread.quality.reference.providers import normalised

KNOWN = ("local_authority", "providers", "postcodes", "format")
FORMATS = ("csv", "xml")
POSTCODES, PROVIDERS, AUTHORITY = "postcodes.parquet", "providers.parquet", "authority.txt"
RECORDS = ("manifest.json", "rejects.csv")
"""What `goldenthread reference` writes beside the data for people to read."""
LISTS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Reference:
    """What rules may look up; None is what was not given.

    `local_authority`: the authority's code, nine characters where it is one that is known. `providers`: a frame in the
    columns of `goldenthread.quality.reference.providers`. `postcodes`: the look-up, in memory or on disk. `format` is
    that of the upload, "csv" or "xml": an item that only one of them holds is checked only there.
    """

    local_authority: str | None = None
    providers: pl.DataFrame | None = None
    postcodes: Postcodes | None = None
    format: str = "csv"

    def has(self, name: str) -> bool:
        """Whether that reference data was given; "xml" is whether the upload is XML."""
        return self.format == "xml" if name == "xml" else getattr(self, name) is not None


def reference_of(given: Mapping[str, object] | Path | str | Reference | None) -> Reference:
    """The reference data in a mapping or a folder.

    In a mapping, `providers` and `postcodes` are a frame or the path of a file. A folder holds what
    `goldenthread reference` writes, or Ofsted's own workbooks in place of providers.parquet; what is there is used.
    ValueError for a name or value in a mapping that is not understood; RefusedFile, saying what to do, for a folder or
    file.
    """
    if given is None:
        return Reference()
    if isinstance(given, Reference):
        return given
    return _from_mapping(given if isinstance(given, Mapping) else _in_folder(Path(given)))


def _from_mapping(given: Mapping[str, object]) -> Reference:
    if unknown := sorted(set(given) - set(KNOWN)):
        raise ValueError(f"There is no reference data called {', '.join(unknown)}; there is {', '.join(KNOWN)}")
    postcodes = _postcodes(given.get("postcodes"))
    authority = given.get("local_authority")
    written = given.get("format") or "csv"
    if written not in FORMATS:
        raise ValueError(f"There is no format {written!r}; an upload is {' or '.join(FORMATS)}")
    return Reference(
        local_authority=None if authority is None else _authority(str(authority)) or None,
        providers=_providers(given.get("providers"), postcodes),
        postcodes=postcodes,
        format=str(written),
    )


def _authority(text: str) -> str:
    """The code in use, or the text in capitals, as the return's own texts are, where it is no authority known."""
    return authority_code(text) or text.strip().upper()


def _postcodes(given: object) -> Postcodes | None:
    match given:
        case None:
            return None
        case pl.DataFrame() | Path():
            return postcodes_of(given)
        case str():
            return postcodes_of(Path(given))
        case _:
            raise ValueError("The reference data postcodes must be a frame or the path of a file")


def _providers(given: object, postcodes: Postcodes | None) -> pl.DataFrame | None:
    match given:
        case None:
            return None
        case pl.DataFrame():
            return normalised(given, postcodes)
        case str() | Path():
            return normalised(_provider_file(Path(given)), postcodes)
        case [*paths]:
            return normalised(pl.concat(_provider_file(Path(str(path))) for path in paths), postcodes)
        case _:
            raise ValueError("The reference data providers must be a frame or the path of a file")


def _provider_file(path: Path) -> pl.DataFrame:
    if path.suffix.lower() != ".parquet":
        return read_providers(path)
    try:
        return normalised(pl.read_parquet(path))
    except (pl.exceptions.PolarsError, OSError, ValueError) as fault:
        why = str(fault).splitlines()[0]
        raise RefusedFile(
            f"{path} cannot be read ({why}). Make it with `goldenthread reference --providers`."
        ) from None


def _in_folder(folder: Path) -> Mapping[str, object]:
    found = dict(_understood(folder))
    if not found:
        raise RefusedFile(
            f"{folder} holds no reference data: {POSTCODES}, {PROVIDERS} or {AUTHORITY}. Make them with "
            "`goldenthread reference`."
        )
    return found


def _authority_in(path: Path) -> str:
    text = utf8_text(path).strip()
    code = authority_code(text)
    if code is None:
        raise RefusedFile(f"{path} names no authority that is known: {text[:60]!r}. Write its code, such as E06000014.")
    return code


def _understood(folder: Path) -> Iterator[tuple[str, object]]:
    lists = []
    for path in ordinary_folder(folder):
        if path.name == POSTCODES:
            yield "postcodes", path
        elif path.name == AUTHORITY:
            yield "local_authority", _authority_in(path)
        elif path.name == PROVIDERS or (path.suffix.lower() in LISTS and not path.name.startswith("~$")):
            lists.append(path)
        elif path.name not in RECORDS and not path.name.startswith((".", "~$")):
            raise RefusedFile(
                f"{path} is no reference data that is known. A folder of it holds {POSTCODES}, {PROVIDERS} or Ofsted's "
                f"workbooks, and {AUTHORITY}. Take the file away."
            )
    if lists:
        yield "providers", lists
