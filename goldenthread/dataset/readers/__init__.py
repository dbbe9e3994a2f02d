"""Readers: an authority's files to canonical tables. Strict: every cell and row that is not loaded is listed.

To add a reader, write its module and add it to `READERS`; `goldenthread import` then offers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.dataset.readers.common import ReadResult


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader as the command offers it: its `name`, what it takes, and the `module` and `function` that read.

    The function takes a path and `as_at` (a day or None, when the files are to say) and gives a `ReadResult`. Where
    `together` is true it also takes several paths, the years of one return, which only together tell the whole.
    Modules are imported when asked for, so that reading one return does not load the others.
    """

    name: str
    takes: str
    module: str
    function: str
    together: bool = False

    def read(self, path: Path | tuple[Path, ...], as_at: date | None) -> ReadResult:
        """The canonical tables in the file or folder. RefusedFile when it cannot be read at all."""
        function: Callable[..., ReadResult] = getattr(import_module(self.module), self.function)
        return function(path, as_at=as_at)


READERS: Mapping[str, Reader] = {
    reader.name: reader
    for reader in (
        Reader("annex-a", "FILE.xlsx", f"{__name__}.annex_a", "read_annex_a"),
        Reader("ssda903", "DIR_OR_XML", f"{__name__}.ssda903", "read_ssda903", together=True),
        Reader("cin-census", "FILE.xml", f"{__name__}.cin_census", "read_cin_census"),
    )
}
"""Every reader by the name it has on the command line."""
