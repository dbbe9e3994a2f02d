"""Write docs/reference from the declarations, or with --check say which page is out of date.

A page is never edited by hand: change the declaration it comes from, then run this.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from goldenthread.dataset.schema import Column, Table
from goldenthread.dataset.tables import TABLES
from goldenthread.indicators import INDICATORS, NOT_COMPUTED
from goldenthread.indicators.model import Indicator
from goldenthread.quality.record.rules import RULES as RECORD_RULES
from goldenthread.quality.returns import checked
from goldenthread.quality.rule import Rule as CheckRule
from goldenthread.statute.book import StatuteBook
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.load import load_book
from goldenthread.statute.model import Rule

FOLDER = Path(__file__).parent / "reference"
MADE = "<!-- Written by docs/build_reference.py from the declarations. Do not edit. -->\n\n"


def words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def cell(text: object) -> str:
    return str(text or "").replace("|", "\\|").replace("\n", " ")


def table_of(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def tables_page() -> str:
    parts = ["# Tables\n\nEvery table of the canonical dataset. A column in bold is needed for a row to be used.\n"]
    for table in TABLES.values():
        parts.append(f"## {table.name}\n\n{table.description}\n\n{_facts(table)}\n{_columns(table)}")
    return "\n".join(parts)


def _facts(table: Table) -> str:
    facts = [f"Key: {', '.join(table.key)}."]
    if table.episode:
        overlap = "may" if table.episode.overlap_allowed else "may not"
        facts.append(
            f"A span from `{table.episode.start}` to `{table.episode.end}`; two of one "
            f"`{table.episode.owner}` {overlap} overlap."
        )
    facts += [f"`{first}` is never after `{second}`." for first, second in table.order]
    return " ".join(facts) + "\n"


def _columns(table: Table) -> str:
    def row(column: Column) -> tuple[str, ...]:
        name = f"**{column.name}**" if column.required else column.name
        holds = f"{column.kind} of [{column.codes}](codes.md#{column.codes})" if column.codes else column.kind.value
        to = f" → {column.links_to}" if column.links_to else ""
        unit = f", {column.unit}" if column.unit and column.unit not in ("date", "local date and time") else ""
        maps = (column.annex_a, column.ssda903, column.cin, column.ssd)
        return (name, f"{holds}{unit}{to}", column.description, *(part or "" for part in maps))

    return table_of(("column", "holds", "meaning", "Annex A", "SSDA903", "CIN census", "SSD"), map(row, table.columns))


def codes_page() -> str:
    parts = ["# Code sets\n\nA code without dates is valid whenever the return has existed.\n"]
    for path in sorted(files("goldenthread.codesets").joinpath("data").iterdir(), key=lambda found: found.name):
        with path.open(encoding="utf-8") as file:
            rows = [tuple(row.values()) for row in csv.DictReader(file)]
        parts.append(f"## {path.name.removesuffix('.csv')}\n\n{table_of(('code', 'meaning', 'from', 'to'), rows)}")
    return "\n".join(parts)


def events_page() -> str:
    parts = ["# Event kinds\n\nThe one vocabulary that the law and a child's journey share.\n"]
    for stage, kinds in groupby(KINDS.values(), key=lambda kind: kind.stage):
        parts.append(
            f"## {words(stage)}\n\n"
            + table_of(("kind", "meaning"), ((f"`{kind.name}`", kind.description) for kind in kinds))
        )
    return "\n".join(parts)


def timescales_page(book: StatuteBook) -> str:
    parts = [
        "# Timescales\n\nEvery entry of the statute book. *Read* says how the text behind a citation was read; "
        "anything but `primary` should be checked before it is relied on.\n"
    ]
    ordered = sorted(book.rules, key=lambda rule: rule.stage)
    for stage, rules in groupby(ordered, key=lambda rule: rule.stage):
        parts.append(f"## {words(stage)}\n")
        parts += [_timescale(book, rule) for rule in rules]
    return "\n".join(parts)


def _timescale(book: StatuteBook, rule: Rule) -> str:
    force = (
        f"{rule.effective_from.text if rule.effective_from else 'not established'} to "
        f"{rule.effective_to.text if rule.effective_to else 'no end seen'}"
    )
    conditions = " or ".join(
        " and ".join(f"{asked.name} = {asked.value}" for asked in together) for together in rule.applies_when
    )
    facts = [
        (
            "Starts with",
            f"{rule.trigger} (`{'`, `'.join(rule.trigger_events)}`)" if rule.trigger_events else rule.trigger,
        ),
        (
            "Obligation",
            f"{rule.obligation} (`{'`, `'.join(rule.satisfied_by)}`)" if rule.satisfied_by else rule.obligation,
        ),
        ("Limit", f"{rule.limit}, counted {rule.limit.counting.value}"),
        ("Applies", conditions or "always"),
        ("In force", force if rule.commenced else f"enacted, not commenced ({force})"),
        ("Authority", words(rule.authority.value)),
        ("On a public holiday", rule.holiday_end.note if rule.holiday_end else ""),
        ("Why no clock", rule.why_no_obligation),
        ("Note", rule.note),
    ]
    facts += [
        ("Local standard", f"{found.local_authority}: {found.limit or found.note}")
        for found in book.standards
        if found.rule == rule.id
    ]
    sources = (*rule.sources, *(part.source for part in (rule.chained_to, rule.holiday_end) if part))
    cited = "\n".join(f"- {source.title}, {source.provision}. *Read: {source.seen.value}.*" for source in sources)
    listed = "\n".join(f"- {name}: {fact}" for name, fact in facts if fact)
    return f"### {rule.title}\n\n`{rule.id}`, {rule.kind.value}\n\n{listed}\n\nSources:\n\n{cited}\n"


def indicators_page() -> str:
    parts = ["# Indicators\n\nEvery indicator that is computed, then those that are not and why.\n"]
    sections = dict.fromkeys(indicator.section for indicator in INDICATORS.values())
    for section in sections:
        found = [indicator for indicator in INDICATORS.values() if indicator.section == section]
        parts.append(f"## {section}\n")
        parts += [_indicator(indicator) for indicator in found]
    parts.append(
        "## Not computed\n\n"
        + table_of(("indicator", "title", "why"), ((found.key, found.title, found.why) for found in NOT_COMPUTED))
    )
    return "\n".join(parts)


def _indicator(indicator: Indicator) -> str:
    facts = [
        ("Question", indicator.question),
        ("Numerator", indicator.numerator),
        ("Denominator", indicator.denominator),
        ("Left out", indicator.exclusions),
        ("Period", indicator.basis.value),
        ("Unit", f"{words(indicator.unit.value)}, {indicator.places} decimal places, half up"),
        ("National definition", indicator.national_definition),
        ("Source", indicator.source),
    ]
    listed = "\n".join(f"- {name}: {fact}" for name, fact in facts if fact)
    return f"### {indicator.title}\n\n`{indicator.key}`\n\n{listed}\n"


CHECKS = {"ssda903": "SSDA903", "cin-census": "CIN census"}


def rules_page(title: str, rules: Iterable[CheckRule]) -> str:
    head = ("Rule", "What is wrong, and how to mend it", "Kind", "Fields", "Needs", "Years", "Source")
    rows = [
        (
            rule.code,
            rule.says,
            rule.severity.value,
            ", ".join(rule.fields),
            ", ".join(rule.needs),
            _years(rule),
            rule.source,
        )
        for rule in sorted(rules, key=lambda rule: (len(rule.code), rule.code))
    ]
    return f"# Rules: {title}\n\n{len(rows)} rules, each one declaration with its examples.\n\n{table_of(head, rows)}"


def _years(rule: CheckRule) -> str:
    first, last = rule.years
    return f"{first} to {last}" if last else f"from {first}"


def pages() -> dict[str, str]:
    made = {
        "tables.md": tables_page(),
        "codes.md": codes_page(),
        "events.md": events_page(),
        "timescales.md": timescales_page(load_book()),
        "indicators.md": indicators_page(),
        "rules-record.md": rules_page("the record itself", RECORD_RULES),
        **{f"rules-{kind}.md": rules_page(title, checked(kind).rules) for kind, title in CHECKS.items()},
    }
    return {name: MADE + text.rstrip() + "\n" for name, text in made.items()}


def main(check: bool) -> int:
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"docs/reference is out of date ({', '.join(stale)}): run .venv/bin/python docs/build_reference.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
