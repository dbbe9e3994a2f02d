"""python -m casework.frontend.gather NODE_MODULES OUT: take from the npm packages what the pages need.

The style sheets are changed in three ways only. Pictures are looked for beside the sheet, so that any address may serve
them. Source maps are not mentioned, as they are not served. And the GDS Transport typeface and its files are left out:
it may be used on GOV.UK's own domain only, and an authority's record is not there.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

TYPEFACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+?( \*/)?\s*$")
PICTURE = re.compile(r"url\(/assets/(images/[^)]+)\)")
VARIABLE = re.compile(r"(--govuk-[a-z-]+):([^;}]+)")
VERSION = re.compile(r":root\{--govuk-frontend-version:[^}]*\}")


class FrontendTrouble(RuntimeError):
    """The packages are not what this project was written for; the message says how."""


@dataclass(frozen=True)
class Package:
    """One npm package: where its built files are, their name, and which pictures pages refer to themselves."""

    folder: str
    name: str
    built: str
    pictures: tuple[str, ...] = ()


GOVUK = Package("govuk", "govuk-frontend", "govuk-frontend/dist/govuk")
MOJ = Package("moj", "moj-frontend", "@ministryofjustice/frontend/moj", ("icon-*.svg",))


def gather(modules: Path, out: Path) -> None:
    """Fill the folder with a folder for each package: its style sheet, its script and its pictures."""
    sheets = {
        package: (modules / package.built / f"{package.name}.min.css").read_text(encoding="utf-8")
        for package in (GOVUK, MOJ)
    }
    check_same_variables(sheets[GOVUK], sheets[MOJ])
    for package, given in sheets.items():
        source, target = modules / package.built, out / package.folder
        pictures = target / "assets" / "images"
        pictures.mkdir(parents=True)
        sheet = plain_sheet(given)
        script = (source / f"{package.name}.min.js").read_text(encoding="utf-8")
        (target / f"{package.name}.min.css").write_text(sheet, encoding="utf-8")
        (target / f"{package.name}.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
        for picture in pictures_of(sheet) | {
            found.name for pattern in package.pictures for found in (source / "assets/images").glob(pattern)
        }:
            shutil.copy(source / "assets/images" / picture, pictures)


def plain_sheet(text: str) -> str:
    """The style sheet without the typeface, the source map and the root address of its pictures."""
    text = SOURCE_MAP.sub("", TYPEFACE.sub("", text)).replace("GDS Transport,arial", "arial")
    text = PICTURE.sub(r"url(assets/\1)", text)
    for left in ("GDS Transport,", "url(/", "url(http"):
        if left in text:
            raise FrontendTrouble(f"A style sheet still has {left!r}: bring gather.py up to its version.")
    return VERSION.sub("", text) if ".moj-" in text else text


def pictures_of(sheet: str) -> set[str]:
    return set(re.findall(r"url\(assets/images/([^)]+)\)", sheet))


def check_same_variables(govuk: str, moj: str) -> None:
    """MOJ's sheet repeats GOV.UK's colours as they were when it was built: they must be today's, or pages would mix."""
    names = dict[str, set[str]]()
    for name, value in VARIABLE.findall(govuk):
        names.setdefault(name, set()).add(value)
    other = {f"{name}: {value}" for name, value in VARIABLE.findall(moj) if value not in names.get(name, {value})}
    other = {one for one in other if not one.startswith("--govuk-frontend-version")}
    if other:
        raise FrontendTrouble(f"The MOJ style sheet differs from GOV.UK's: {sorted(other)}. Pin two that agree.")


if __name__ == "__main__":
    gather(Path(sys.argv[1]), Path(sys.argv[2]))
