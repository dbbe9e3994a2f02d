"""Rows of a CSV with their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from goldenthread.dataset.packaged.marked import DataFileError


def csv_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line. Raises DataFileError when a column is missing or a row has too few or too many values."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        absent = [column for column in columns if column not in (reader.fieldnames or ())]
        if absent:
            raise DataFileError(f"{path.name} line 1: no column {', '.join(absent)}.")
        for row in reader:
            if None in row or None in row.values():
                wanted = len(reader.fieldnames or ())
                raise DataFileError(f"{path.name} line {reader.line_num}: expected {wanted} values.")
            yield reader.line_num, row
