"""The demonstration authority's board as at 30 June 2019 comes out close to the printed one."""

import subprocess
import sys
from pathlib import Path


def test_computed_is_near_printed(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "goldenthread.cli", "synthesise", "--as-at", "2019-06-30", "--out", tmp_path / "d"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    shown = subprocess.run(
        [
            sys.executable,
            "-m",
            "goldenthread.cli",
            "board",
            "--dataset",
            tmp_path / "d",
            "--as-at",
            "2019-06-30",
            "--printed",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    print(shown.stdout)
    assert shown.returncode == 0, shown.stdout
