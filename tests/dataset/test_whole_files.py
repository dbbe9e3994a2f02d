"""A file is written whole or not at all, and what hinders it is said."""

from pathlib import Path

import pytest

from goldenthread.dataset.store import DatasetError
from goldenthread.dataset.whole_files import write_whole


def test_a_file_takes_the_place_of_the_one_before_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "board.html"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert [one.name for one in path.parent.iterdir()] == ["board.html"]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is a folder"):
        write_whole(tmp_path, b"text")
    assert list(tmp_path.iterdir()) == []


def test_a_place_inside_a_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(DatasetError, match=r"cannot be written: .*\. Name another place"):
        write_whole(tmp_path / "file" / "board.html", b"text")
    assert (tmp_path / "file").read_text() == "kept"
