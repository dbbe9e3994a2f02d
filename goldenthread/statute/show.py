"""`goldenthread statute`: the book as in force on a day, one rule with its citations, and a diff of two days."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from goldenthread.dates import MEANING
from goldenthread.dates.asked import day_asked
from goldenthread.statute.as_json import difference_as_dict, rule_as_dict
from goldenthread.statute.book import Difference, StatuteBook, UnknownRule
from goldenthread.statute.faults import StatuteError
from goldenthread.statute.load import DEFAULT_LOCAL, load_book
from goldenthread.statute.model import Basis, Condition, LegalDate, LocalStandard, Rule, Seen, Source

READ_AS = {
    Seen.primary: "read in the text itself",
    Seen.secondary: "read in a page that quotes it",
    Seen.partial: "PARTLY READ: the number is from general knowledge",
    Seen.york_report: "read in a City of York report",
    Seen.open_source: "read in an open-source validator",
    Seen.not_seen: "NOT SEEN: from general knowledge, to be checked",
}
BASIS = {
    Basis.seen: "",
    Basis.no_end_seen: "",
    Basis.general_knowledge: "date from general knowledge",
    Basis.guidance_date: "date of the guidance",
    Basis.report_date: "date of the report that prints it; may be older",
    Basis.not_established: "start not established, taken as always",
    Basis.not_commenced: "waits for a day to be appointed",
}
UNCHECKED = {Seen.partial, Seen.not_seen}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the `statute` command."""
    parser = subparsers.add_parser("statute", help="the statute book as in force on a day")
    parser.add_argument("rule", nargs="?", metavar="RULE", help="one rule in full, by its name")
    parser.add_argument("--on", type=day_asked, metavar="DAY", help="the law as in force on this day")
    parser.add_argument("--diff", type=day_asked, metavar="DAY2", help="what changed between --on and this day")
    parser.add_argument("--stage", help="only this stage of the journey")
    parser.add_argument("--local", default=DEFAULT_LOCAL, help="an authority's own file, a shipped layer, or 'none'")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what was asked for. Gives 0, 1 if the book has faults (all listed), 2 for an unknown rule or stage."""
    try:
        book = load_book(None if args.local == "none" else Path(args.local) if "." in args.local else args.local)
        _check(book, args)
    except StatuteError as problem:
        print(problem, file=sys.stderr)
        return 1
    except (UnknownRule, ValueError) as problem:
        print(f"goldenthread statute: {problem}", file=sys.stderr)
        return 2
    if args.format == "json":
        print(json.dumps(_as_json(book, args), ensure_ascii=False, indent=2))
    else:
        Console(highlight=False).print(_as_text(book, args))
    return 0


def _check(book: StatuteBook, args: argparse.Namespace) -> None:
    if args.rule:
        book.versions(args.rule)
    stages = sorted({rule.stage for rule in book.rules})
    if args.stage and args.stage not in stages:
        raise ValueError(f"no stage {args.stage!r}; the stages are {', '.join(stages)}")
    if args.diff and not args.on:
        raise ValueError("--diff DAY2 needs --on DAY1 to compare with")


def _chosen(book: StatuteBook, args: argparse.Namespace) -> list[Rule]:
    if args.rule:
        current = args.on and book.version_for(args.rule, args.on)
        return [current] if current else list(book.versions(args.rule))
    rules = book.in_force(args.on) if args.on else book.rules
    # What is enacted and waiting is always shown with the law, marked as such.
    waiting = tuple(rule for rule in book.rules if args.on and not rule.commenced)
    return [rule for rule in (*rules, *waiting) if args.stage in (None, rule.stage)]


def _as_json(book: StatuteBook, args: argparse.Namespace) -> dict[str, object]:
    if args.diff:
        return difference_as_dict(book.diff(args.on, args.diff))
    rules = [rule_as_dict(book, rule, args.on) for rule in _chosen(book, args)]
    return {"on": args.on.isoformat() if args.on else None, "local_authority": book.local_authority, "rules": rules}


def _as_text(book: StatuteBook, args: argparse.Namespace) -> RenderableType:
    if args.diff:
        return difference_text(book.diff(args.on, args.diff), args.stage)
    if args.rule:
        return Group(*(rule_text(book, rule, args.on) for rule in _chosen(book, args)))
    return book_list(book, _chosen(book, args), args.on)


def book_list(book: StatuteBook, rules: Iterable[Rule], on: date | None) -> RenderableType:
    """The rules by stage, two lines each: name and limit; then what must be done, on whose word, and local numbers.

    Marks the rules whose number was never read in a source, and those not commenced.
    """
    rules = sorted(rules, key=lambda rule: rule.stage)
    title = f"The statute book as in force on {on:%-d %B %Y}" if on else "The statute book, all dates"
    lines = [Text(f"{title}: {len(rules)} rules", style="bold")]
    stage = ""
    for rule in rules:
        if rule.stage != stage:
            lines.append(Text(f"\n{rule.stage.replace('_', ' ').upper()}", style="bold cyan"))
        lines.append(_two_lines(book, rule, on))
        stage = rule.stage
    lines.append(Text("\n? no source for the number was read: check before relying on it.   ‡ not commenced."))
    return Group(*lines)


def _two_lines(book: StatuteBook, rule: Rule, on: date | None) -> Text:
    marks = ("" if _checked(rule) else " ?") + ("" if rule.commenced else " ‡")
    limit = "no number" if rule.limit.number is None else str(rule.limit)
    local = "; ".join(f"in {s.local_authority} {s.limit}" for s in book.standards_for(rule, on) if s.limit)
    word = rule.authority.value.replace("_", " ")
    return Text.assemble(
        (f"{rule.id}", "bold"),
        f"  {limit}",
        (marks, "bold red"),
        (f"  {local}" if local else "", "green"),
        (f"\n    {rule.title} ({rule.kind.value}, {word})", "dim"),
    )


def _checked(rule: Rule) -> bool:
    return any(source.seen not in UNCHECKED for source in rule.sources)


def rule_text(book: StatuteBook, rule: Rule, on: date | None) -> RenderableType:
    """One rule in full: clock, events, conditions, dates, local standards, and every citation with how it was read."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in _facts(rule, on):
        if value:
            grid.add_row(name, Text(value))
    for standard in book.standards_for(rule, on):
        grid.add_row(f"In {standard.local_authority}", Text(_standard_text(standard)))
    for source in (*rule.sources, *(part.source for part in (rule.chained_to, rule.holiday_end) if part)):
        grid.add_row("Citation", _source_text(source))
    return Group(Text(f"{rule.title}  ({rule.id})", style="bold underline"), grid, Text())


def _facts(rule: Rule, on: date | None) -> Iterable[tuple[str, str]]:
    yield "Starts with", rule.trigger
    yield "Must be done", rule.obligation
    yield "Limit", f"{rule.limit}: {MEANING[rule.limit.counting]}"
    if rule.repeat:
        every = "as the plan says" if rule.repeat.as_planned else f"every {rule.repeat.limit}"
        until = " or ".join(rule.repeat.until)
        yield "Repeats", f"{every}{f', until {until}' if until else ''}"
    if rule.other_reading:
        yield "Or read as", f"{rule.other_reading}: {MEANING[rule.other_reading.counting]}"
    if rule.chained_to:
        yield "Counted from", f"what began {rule.chained_to.rule}, where that is still running. {rule.chained_to.note}"
        yield "Counted so when", " or ".join(_conditions_text(each) for each in rule.chained_to.applies_when)
    if rule.holiday_end:
        yield "On a holiday", f"until {rule.holiday_end.until} on the next day that is none. {rule.holiday_end.note}"
    yield "Kind", rule.kind.value + (f". {rule.why_no_obligation}" if rule.why_no_obligation else "")
    yield (
        "On whose word",
        rule.authority.value.replace("_", " ") + (f", {rule.local_authority}" * bool(rule.local_authority)),
    )
    yield "In force", _dates_text(rule)
    if on:
        yield f"On {on:%-d %B %Y}", rule.status(on)
    yield "Trigger events", ", ".join(rule.trigger_events)
    yield "Satisfied by", ", ".join(rule.satisfied_by)
    yield "Ends with", ", ".join(rule.ends_with)
    yield "Applies when", " or ".join(_conditions_text(each) for each in rule.applies_when)
    yield "Suspends", ", ".join(rule.suspends)
    yield "Exceptions", rule.exceptions
    yield "Note", rule.note
    for edition in rule.editions:
        start = edition.start.text if edition.start else "date not known"
        yield "Edition", f"{edition.name}, {start}{'' if edition.text_seen else ' (TEXT NOT SEEN)'}"


def _dates_text(rule: Rule) -> str:
    def one(day: LegalDate | None, basis: Basis, missing: str) -> str:
        return (day.text if day else missing) + (f" ({BASIS[basis]})" if BASIS[basis] else "")

    if not rule.commenced:
        return "enacted, not commenced"
    start = one(rule.effective_from, rule.effective_from_basis, "always")
    return f"{start} to {one(rule.effective_to, rule.effective_to_basis, 'now, no end seen')}"


def _conditions_text(conditions: tuple[Condition, ...]) -> str:
    def one(condition: Condition) -> str:
        value = ", ".join(condition.value) if isinstance(condition.value, tuple) else str(condition.value).lower()
        return f"{condition.name}: {value}"

    return "[" + "; ".join(map(one, conditions)) + "]"


def _standard_text(standard: LocalStandard) -> str:
    limit = f"{standard.limit}: {MEANING[standard.limit.counting]}. " if standard.limit else ""
    return f"{limit}{standard.note}"


def _source_text(source: Source) -> Text:
    where = f"{source.title}, {source.provision}"
    style = "bold red" if source.seen in UNCHECKED else "green" if source.seen is Seen.primary else "yellow"
    text = Text.assemble(where, "\n", (f"[{READ_AS[source.seen]}]", style))
    if source.quote:
        text.append(f"\n“{source.quote}”", style="italic")
    if source.address:
        text.append(f"\n{source.address}", style="dim")
    return text


def difference_text(difference: Difference, stage: str | None) -> RenderableType:
    """What came in, ended and was replaced between two days."""
    lines = [Text(f"From {difference.before:%-d %B %Y} to {difference.after:%-d %B %Y}", style="bold")]

    def section(heading: str, found: Iterable[tuple[Rule, str]], style: str) -> None:
        kept = [line for rule, line in found if stage in (None, rule.stage)]
        if kept:
            lines.extend((Text(f"\n{heading}"), *(Text.from_markup(f"[{style}]{escape(line)}[/]") for line in kept)))

    section("Changed", ((new, f"~ {old.id} -> {new.id}: {new.title}") for old, new in difference.replaced), "yellow")
    section("Came into force", ((r, f"+ {r.id}: {r.title} ({_dates_text(r)})") for r in difference.started), "green")
    section("Ended", ((r, f"- {r.id}: {r.title} ({_dates_text(r)})") for r in difference.ended), "red")
    for mark, standards in (("+", difference.standards_started), ("-", difference.standards_ended)):
        lines.extend(Text(f"{mark} {s.local_authority}, {s.rule}: {_standard_text(s)}") for s in standards)
    return Group(*lines) if len(lines) > 1 else Group(*lines, Text("Nothing changed."))
