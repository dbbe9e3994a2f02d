"""How fast a CIN census becomes a dataset, beside reading its bytes and parsing its XML without building anything.

    python bench/cin_census.py [--children 40000] [--seed 1] [--runs 3]

The reference and the reader run in turn in the same process, on the same file; the least time of each is printed, and
the ratio of the two. The file is made here from the seed, with several episodes, assessments, enquiries and plans for
a child. The last figure is the whole import: reading, the schema checks, and writing the Parquet files.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.parsers import expat

from goldenthread.dataset.checks import check_tables
from goldenthread.dataset.readers.cin_census import read_cin_census
from goldenthread.dataset.store import Manifest, write_dataset

REFERENCE_DAY = date(2026, 3, 31)
FACTORS = ("1A", "1B", "2B", "3A", "3B", "4A", "4B", "5A", "8B", "10A", "11A", "15A", "16A", "17A", "18B", "18C", "20")
ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WIRI", "WOTH", "MWBC", "AIND", "BAFR", "CHNE", "OOTH", "NOBT")
SOURCES = ("1A", "1B", "1D", "2A", "2B", "3A", "3E", "4", "5A", "5D", "6", "7", "8", "9", "10")


def element(name: str, value: object, depth: int) -> str:
    return f"{'  ' * depth}<{name}>{value}</{name}>\n"


def group(name: str, inside: str, depth: int) -> str:
    return f"{'  ' * depth}<{name}>\n{inside}{'  ' * depth}</{name}>\n"


def assessment(rng: Random, start: date) -> str:
    body = element("AssessmentActualStartDate", start, 5)
    if rng.random() < 0.9:
        body += element("AssessmentInternalReviewDate", start + timedelta(days=10), 5)
        body += element("AssessmentAuthorisationDate", start + timedelta(days=rng.randint(5, 70)), 5)
        factors = "".join(element("AssessmentFactors", f, 6) for f in rng.sample(FACTORS, rng.randint(1, 6)))
        body += group("FactorsIdentifiedAtAssessment", factors, 5)
    return group("Assessments", body, 4)


def enquiry(rng: Random, start: date) -> str:
    body = element("S47ActualStartDate", start, 5)
    body += element("InitialCPCtarget", start + timedelta(days=21), 5)
    if rng.random() < 0.5:
        body += element("DateOfInitialCPC", start + timedelta(days=rng.randint(8, 30)), 5)
    body += element("ICPCnotRequired", "false", 5)
    return group("Section47", body, 4)


def protection_plan(rng: Random, start: date, ended: date | None) -> str:
    body = element("CPPstartDate", start, 5)
    body += element("CPPendDate", ended, 5) if ended else ""
    body += element("InitialCategoryOfAbuse", rng.choice(("NEG", "EMO", "PHY", "SAB", "MUL")), 5)
    body += element("LatestCategoryOfAbuse", rng.choice(("NEG", "EMO", "PHY", "SAB", "MUL")), 5)
    body += element("NumberOfPreviousCPP", rng.randint(0, 3), 5)
    held = [start + timedelta(days=85 + 60 * n) for n in range(rng.randint(0, 4))]
    dates = "".join(element("CPPreviewDate", day, 6) for day in held if day < (ended or REFERENCE_DAY))
    return group("ChildProtectionPlans", body + (group("Reviews", dates, 5) if dates else ""), 4)


def episode(rng: Random, start: date, ended: date | None) -> str:
    """An episode of need; all but a child's last have ended, and their plans with them."""
    body = element("CINreferralDate", start, 4)
    body += element("ReferralSource", rng.choice(SOURCES), 4) + element("PrimaryNeedCode", f"N{rng.randint(1, 8)}", 4)
    if ended:
        body += element("CINclosureDate", ended, 4) + element("ReasonForClosure", f"RC{rng.randint(1, 9)}", 4)
    body += "".join(assessment(rng, start + timedelta(days=75 * n)) for n in range(rng.randint(1, 3)))
    plan = element("CINPlanStartDate", start + timedelta(days=45), 5)
    body += group("CINPlanDates", plan + (element("CINPlanEndDate", ended, 5) if ended else ""), 4)
    body += "".join(enquiry(rng, start + timedelta(days=50 * n)) for n in range(rng.randint(0, 2)))
    body += element("ReferralNFA", "false", 4)
    if rng.random() < 0.35:
        body += protection_plan(rng, start + timedelta(days=40), ended)
    return group("CINdetails", body, 3)


def child(rng: Random, place: int) -> str:
    born = REFERENCE_DAY - timedelta(days=rng.randint(30, 6500))
    body = element("LAchildID", f"GT{place:010d}", 4) + element("UPN", f"A{rng.randrange(10**12):012d}", 4)
    body += element("PersonBirthDate", born, 4) + element("Sex", rng.choice("MF"), 4)
    traits = element("Ethnicity", rng.choice(ETHNICITIES), 4)
    if rng.random() < 0.12:
        kinds = rng.sample(("MOB", "LD", "HEAR", "VIS", "BEH", "AUT"), 2)
        traits += group("Disabilities", "".join(element("Disability", k, 5) for k in kinds), 4)
    text = group("ChildIdentifiers", body, 3) + group("ChildCharacteristics", traits, 3)
    episodes = rng.choice((1, 1, 2, 3))
    start = REFERENCE_DAY - timedelta(days=450 * episodes - rng.randint(0, 150))
    for number in range(episodes):
        closed = number + 1 < episodes or rng.random() < 0.4
        ended = start + timedelta(days=rng.randint(235, 290))
        text += episode(rng, start, ended if closed else None)
        start += timedelta(days=450)
    return group("Child", text, 2)


def census(children: int, seed: int) -> Iterator[str]:
    """The text of a census of so many children, the same for the same seed."""
    rng = Random(seed)
    collection = element("Collection", "CIN", 3) + element("Year", 2026, 3) + element("ReferenceDate", REFERENCE_DAY, 3)
    source = element("SourceLevel", "L", 3) + element("LEA", "999", 3) + element("SerialNo", "001", 3)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n'
    yield group("Header", group("CollectionDetails", collection, 2) + group("Source", source, 2), 1)
    yield "  <Children>\n"
    for number in range(children):
        yield child(rng, number)
    yield "  </Children>\n</Message>\n"


def parse_only(path: Path) -> None:
    """The reference: every byte read and parsed, nothing built."""
    parser = expat.ParserCreate()
    with path.open("rb") as opened:
        parser.ParseFile(opened)


def to_dataset(path: Path, out: Path) -> int:
    """Read, check and write, as the import command does; gives the rows read."""
    result = read_cin_census(path)
    checked = check_tables(result.tables, as_at=result.as_at, source=path.name)
    write_dataset(out, checked.tables, Manifest(as_at=REFERENCE_DAY, sources=result.sources))
    return result.sources[0].rows_in


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "census.xml", Path(folder) / "dataset"
        with path.open("w", encoding="utf-8") as opened:
            opened.writelines(census(args.children, args.seed))
        pairs = [
            (
                seconds(lambda: parse_only(path)),
                seconds(lambda: read_cin_census(path)),
                seconds(lambda: to_dataset(path, out)),
            )
            for _ in range(args.runs)
        ]
        parsed, read, written = (min(column) for column in zip(*pairs, strict=True))
        size = path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{args.children:,} children, {size:,.0f} MB")
    print(f"parse only (reference)  {parsed:6.2f} s")
    print(f"read to tables          {read:6.2f} s   {read / parsed:5.2f} x the reference")
    print(f"read, check and write   {written:6.2f} s   {written / parsed:5.2f} x the reference")
    print(f"most memory used        {peak:6,.0f} MB")


if __name__ == "__main__":
    main()
