"""A file is written whole or not at all: under another name first, and then renamed."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from goldenthread.dataset.store import DatasetError, cannot_write


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`, making its folder where there is none; nobody ever finds half of it.

    DatasetError, with nothing left behind, when the place is a folder, may not be written to or is full.
    """
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Give the name of a file to write in it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_and_rename(path, content)
    except OSError as fault:
        raise cannot_write(path, fault) from fault


def _write_and_rename(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as scratch:
        unfinished = Path(scratch.name)
        try:
            scratch.write(content)
            scratch.flush()
            unfinished.chmod(0o644)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
