"""The letter as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import typst

from casework.common.refused import Refused
from casework.letters.paper.tree import Paper, as_data

SOURCE = Path(__file__).with_name("letter.typ")
STANDARD: typst.PDFStandard = "ua-1"
NOT_SHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.S)


def pdf(paper: Paper, at: datetime) -> bytes:
    """The document's bytes: the same for the same paper and moment.

    The words go in as data beside the source, so that no name or sentence can be read as Typst. Raises Refused for
    letters that no typeface of this machine has: PDF/UA lets nothing stand that cannot be shown.
    """
    try:
        made = typst.compile(
            SOURCE.read_bytes(),
            format="pdf",
            sys_inputs={"paper": json.dumps(as_data(paper), ensure_ascii=False)},
            pdf_standards=STANDARD,
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert isinstance(made, bytes)  # one document, not one a page
    return made


def _refusal(error: typst.TypstError) -> Exception:
    """What the writer can do about it; the error itself where it is ours."""
    words = NOT_SHOWN.search(str(error))
    if words is None:
        return error
    return Refused(
        f"“{words[1]}” cannot be printed: no typeface here has these letters. Write it in Latin letters, or ask your "
        "service desk to install a typeface that has them."
    )
