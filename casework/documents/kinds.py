"""What a file is, by its content and not by its name: the kinds that are taken, and how each is shown."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import IO

from casework.common.refused import Refused

BIGGEST = 25 * 1024 * 1024
LONGEST_NAME = 150


@dataclass(frozen=True)
class Kind:
    """A kind of file. `shown` is how a page shows it in place: image, pdf, text, or empty for not at all."""

    code: str
    label: str
    mime: str
    endings: tuple[str, ...]
    shown: str = ""


PDF = Kind("pdf", "PDF", "application/pdf", ("pdf",), "pdf")
PNG = Kind("png", "picture (PNG)", "image/png", ("png",), "image")
JPEG = Kind("jpeg", "picture (JPEG)", "image/jpeg", ("jpg", "jpeg"), "image")
GIF = Kind("gif", "picture (GIF)", "image/gif", ("gif",), "image")
WEBP = Kind("webp", "picture (WebP)", "image/webp", ("webp",), "image")
HEIC = Kind("heic", "picture (HEIC)", "image/heic", ("heic", "heif"))
TEXT = Kind("text", "text", "text/plain", ("txt", "csv", "md"), "text")
RTF = Kind("rtf", "rich text", "application/rtf", ("rtf",))
OLE = Kind("ole", "older Office file or e-mail", "application/x-ole-storage", ("doc", "xls", "ppt", "msg"))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("docx", "Word document", f"{_OFFICE}wordprocessingml.document", ("docx",))
XLSX = Kind("xlsx", "workbook", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("pptx", "presentation", f"{_OFFICE}presentationml.presentation", ("pptx",))
ODT = Kind("odt", "OpenDocument text", "application/vnd.oasis.opendocument.text", ("odt",))
KINDS = {
    kind.code: kind
    for kind in (PDF, PNG, JPEG, GIF, WEBP, HEIC, TEXT, RTF, OLE, DOCX, XLSX, PPTX, ODT)
}  # fmt: skip
TAKEN = "PDF, pictures, Word, Excel, PowerPoint, OpenDocument, e-mail (.msg) and text"
STARTS: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"%PDF-", PDF), (0, b"\x89PNG\r\n\x1a\n", PNG), (0, b"\xff\xd8\xff", JPEG), (0, b"GIF87a", GIF),
    (0, b"GIF89a", GIF), (8, b"WEBP", WEBP), (4, b"ftypheic", HEIC), (4, b"ftypheix", HEIC), (4, b"ftypmif1", HEIC),
    (0, b"{\\rtf", RTF), (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)  # fmt: skip
INSIDE_ZIP = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))


def kind_of(content: IO[bytes], name: str) -> Kind:
    """The kind that the content is. Raises Refused for any that is not taken, or whose name ends as another kind's."""
    kind = _by_content(content)
    content.seek(0)
    ending = name.rpartition(".")[2].lower()
    if kind is None:
        raise Refused(f"“{name}” is not a kind of file that is kept here. These are: {TAKEN}.")
    if ending not in kind.endings:
        right = kind.endings[0]
        raise Refused(f"“{name}” is a {kind.label}, but its name does not end in .{right}. Rename it, or check it.")
    return kind


def _by_content(content: IO[bytes]) -> Kind | None:
    content.seek(0)
    start = content.read(64)
    for at, signature, kind in STARTS:
        if start[at:].startswith(signature):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    return TEXT if start and _is_text(content) else None


def _in_zip(content: IO[bytes]) -> Kind | None:
    """An Office file, by the names in it: nothing is unpacked. One with macros is not taken."""
    try:
        with zipfile.ZipFile(content) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    if "content.xml" in names and "mimetype" in names:
        return ODT
    return next((kind for part, kind in INSIDE_ZIP if part in names), None)


def _is_text(content: IO[bytes]) -> bool:
    content.seek(0)
    whole = content.read(BIGGEST)
    try:
        return "\x00" not in whole.decode("utf-8")
    except UnicodeDecodeError:
        return False


def clean_name(name: str) -> str:
    """The name without folders, control characters or marks that turn the direction of writing; never empty."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in name)
    name = re.sub(r'[<>:"|?*\s]+', " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST_NAME:
        name = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[:LONGEST_NAME]
    return name or "file"
