"""The virus check: ours speaks as Debian's does; found, clean, too big and down are told apart."""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from casework.documents.scanning import Scan, ScannerDown, scan
from tests.casework.documents.clamd import CLAMD, HARMLESS_VIRUS, LIMIT, NAME, a_clamd, debians_clamd


@pytest.fixture(scope="module", params=["ours", "Debian's"])
def clamd(request: Any) -> Iterator[str]:
    if request.param != "ours" and CLAMD is None:
        pytest.skip("clamd is not installed (apt-get install clamav-daemon)")
    with tempfile.TemporaryDirectory() as folder:
        start = a_clamd if request.param == "ours" else debians_clamd
        with start(Path(folder)) as address:
            yield address


def test_a_clean_file_is_clean(clamd: str) -> None:
    content = BytesIO(b"A letter." * 20_000)
    assert scan(content, clamd) == Scan(done=True)
    assert content.tell() == 0


def test_a_virus_is_named(clamd: str) -> None:
    assert scan(BytesIO(HARMLESS_VIRUS), clamd) == Scan(done=True, virus=f"{NAME}.UNOFFICIAL")


def test_a_file_that_it_will_not_take_is_not_called_clean(clamd: str) -> None:
    with pytest.raises(ScannerDown):
        scan(BytesIO(b"x" * (LIMIT + 1024 * 1024)), clamd)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.socket", "tcp:127.0.0.1:9", "clamd"])
def test_one_that_does_not_answer_is_down(address: str) -> None:
    with pytest.raises(ScannerDown):
        scan(BytesIO(b"A letter."), address)


def test_none_is_said_to_be_none() -> None:
    assert scan(BytesIO(b"A letter."), "") == Scan(done=False)
