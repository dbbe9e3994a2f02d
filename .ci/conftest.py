"""Where the reference data is: `--shared DIR`."""

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shared", required=True, type=Path)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Path:
    folder: Path = pytestconfig.getoption("--shared")
    assert (folder / "reference").is_dir(), f"{folder} does not hold the reference data"
    return folder
