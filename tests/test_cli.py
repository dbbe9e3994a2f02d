"""The command line: every command answers for itself, and wrong use is told apart from bad input."""

import subprocess
import sys
from pathlib import Path

import pytest

from goldenthread.cli import COMMANDS, main


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert f"goldenthread {command}" in capsys.readouterr().out


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(command in shown for command in COMMANDS)


@pytest.mark.parametrize("words", [[], ["bord"], ["board"], ["board", "--dataset"]])
def test_wrong_use_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["board", "timeliness"])
def test_a_folder_that_is_no_dataset_exits_2_and_says_so(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--dataset", str(tmp_path), "--as-at", "2019-06-30"]) == 2
    assert "is not a dataset" in capsys.readouterr().err


def test_a_reader_that_stops_early_is_no_error() -> None:
    shown = subprocess.run(
        f"{sys.executable} -m goldenthread.cli statute | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in shown.stderr
