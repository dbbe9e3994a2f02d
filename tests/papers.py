"""What a PDF says and how it looks, as poppler's tools read it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.pictures import PICTURES, place_of

TOOLS = ("pdftotext", "pdftoppm")
NEEDS_POPPLER = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="poppler is not installed (apt-get install poppler-utils)"
)
"""The mark of tests that read a PDF."""
TAGGED = (b"/StructTreeRoot", b"/Lang", b"/MarkInfo", b"pdfuaid")
"""What a PDF/UA holds: the tree of its tags, its language, that it is tagged, and that it says what it is."""
DOTS_AN_INCH = "90"


def words_of(made: bytes) -> str:
    """The words of the PDF in the order in which they are written in it, as they are read out."""
    asked = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(asked, input=made, capture_output=True, check=True).stdout.decode()


def paper_pictured(made: bytes, name: str) -> None:
    """A picture of every page, where pictures are wanted: its number is added to the name."""
    if PICTURES:
        asked = ["pdftoppm", "-png", "-gray", "-r", DOTS_AN_INCH, "-", str(place_of(name))]
        subprocess.run(asked, input=made, check=True)
