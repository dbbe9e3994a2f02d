"""The report's sentences: why each thing is due when it is, in words."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from goldenthread.dates import Counting
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.model import Authority, Chain, Clock, HolidayEnd, Limit, Rule, Seen
from goldenthread.timeliness.status import IN_TIME

COUNTED = {
    Counting.wd_day0: "the next working day counting as day 1",
    Counting.york_20: "read as working days until the authority says otherwise",
    Counting.court_days: "the day of issue counting as day 1",
    Counting.calendar_day0: "the next day counting as day 1",
    Counting.beginning_with: "that day itself counting as day 1",
    Counting.weeks_not_more_than: "to the same day of the week",
    Counting.months_corresponding: "to the same day of the month",
    Counting.month_same_date: "to the same day of the month, or the next working day",
    Counting.month_day_after: "from the day after",
    Counting.age: "by complete years",
    Counting.elapsed_hours: "by the clock, nights and weekends included",
    Counting.before_event: "counting backwards",
}
"""How each counting rule is said at the end of a sentence."""

READ_AT = {
    Seen.primary: "",
    Seen.secondary: "The number was read in another body's account of the text, not in the text itself.",
    Seen.partial: "Only part of the text behind this rule was read, and not the number: check before relying on it.",
    Seen.york_report: "The number was read in a City of York report, not in the text itself.",
    Seen.open_source: "The number was read in open-source code, not in the text itself.",
    Seen.not_seen: "The text behind this rule was not read at its source: check before relying on it.",
}
"""What to say, after the citation, of how the text was read; nothing where it was read itself."""

DAY = "%-d %B %Y"
MOMENT = "%-d %B %Y at %H:%M"
_LAST = ("read_at", "holiday", "readings")
"""What comes after the citation, where there is anything to say."""


def clock_words(clocks: Sequence[Clock]) -> pl.DataFrame:
    """One row a clock: clock, title, obligation, stage, rule_kind, authority, set_by, citation, seen, read_at, note,
    chain (why it may be counted from another clock's beginning), holiday (that it may outlast one), other (its other
    reading); empty where it has none.
    """
    rows = [
        {
            "clock": clock.id,
            "title": clock.rule.title,
            "obligation": clock.rule.obligation,
            "stage": clock.rule.stage,
            "rule_kind": clock.rule.kind.value,
            "authority": clock.rule.authority.value,
            "set_by": set_by(clock),
            "citation": citation(clock),
            "seen": seen(clock),
            "read_at": read_at(clock),
            "note": clock.standard.note if clock.standard else clock.rule.note,
            "chain": note_words(clock.rule.chained_to) if clock.rule.chained_to else "",
            "holiday": note_words(clock.holiday_end) if clock.holiday_end else "",
            "other": limit_words(clock.other_reading) if clock.other_reading else "",
        }
        for clock in clocks
    ]
    names = ("clock", "title", "obligation", "stage", "rule_kind", "authority", "set_by", "citation", "seen")
    return pl.DataFrame(rows, schema=dict.fromkeys((*names, "read_at", "note", "chain", "holiday", "other"), pl.String))


def set_by(clock: Clock) -> str:
    """Whose number it is: the law's kind, or the authority whose own standard it is."""
    if clock.standard:
        return f"{clock.standard.local_authority}'s own standard"
    if clock.rule.local_authority:
        return f"{clock.rule.local_authority}'s own standard"
    if clock.rule.authority is Authority.local:
        return "local practice, with no national rule"
    return clock.rule.authority.value.replace("_", " ")


def citation(clock: Clock) -> str:
    """The first source of the number, with its provision; for an authority's own number, what it says of it.

    Of a text that was not seen, the provision alone: what stands for its title says only that it was not.
    """
    if clock.standard:
        return clock.standard.note.rstrip(".")
    if not clock.rule.sources:
        return ""
    first = clock.rule.sources[0]
    return first.provision if first.seen is Seen.not_seen else f"{first.title}, {first.provision}"


def seen(clock: Clock) -> str:
    """How the source of the number was read; anything but `primary` wants checking before it is relied on."""
    sources = (clock.standard.sources if clock.standard else ()) or clock.rule.sources
    return sources[0].seen.value if sources else ""


def read_at(clock: Clock) -> str:
    """The sentence of `READ_AT` for the source of the number; empty where the text itself was read."""
    how = seen(clock)
    return READ_AT[Seen(how)] if how else ""


def note_words(part: Chain | HolidayEnd) -> str:
    """Why the clock is counted from another day, or to one, on what authority, and how that was read."""
    cited = f"{part.note} Source: {part.source.provision}."
    return f"{cited} {READ_AT[part.source.seen]}".rstrip()


def limit_words(limit: Limit) -> str:
    """A limit in words: `20 working days, the next working day counting as day 1`."""
    return f"{limit}, {COUNTED[limit.counting]}" if limit.counting in COUNTED else str(limit)


def editions(rules: Sequence[Rule]) -> pl.DataFrame:
    """The editions of guidance that carried each rule, by start. Columns: rule, edition_from (Date), edition."""
    rows = {
        (rule.id, edition.start.first, edition.name) for rule in rules for edition in rule.editions if edition.start
    }
    schema = {"rule": pl.String, "edition_from": pl.Date, "edition": pl.String}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row").sort("edition_from", "rule")


def with_words(lines: pl.DataFrame, clocks: Sequence[Clock]) -> pl.DataFrame:
    """The obligations with the columns of `clock_words`, `law` (which law, since when), `readings` and `why`.

    `readings` sets the two readings of a rule side by side, and says so if the line is in time by one only; empty where
    there is one. `why` says what began the clock, how it is counted, the source, how that was read, and the readings.
    """
    lines = lines.join(clock_words(clocks), on="clock", how="left", maintain_order="left")
    known = editions([clock.rule for clock in clocks])
    lines = (
        lines.with_row_index("__row")
        .sort("trigger_on")
        .join_asof(known, left_on="trigger_on", right_on="edition_from", by="rule", check_sortedness=False)
        .sort("__row")
        .drop("__row", "edition_from", strict=False)
    )
    lines = lines.with_columns(law=_law(), readings=_readings())
    return lines.with_columns(why=_why(clocks))


def _law() -> pl.Expr:
    since = pl.concat_str(pl.lit("in force since "), pl.col("law_from").dt.strftime(DAY))
    standing = since.fill_null("start of force not established")
    return pl.concat_str(pl.coalesce("edition", "set_by"), pl.lit(", "), standing)


def _why(clocks: Sequence[Clock]) -> pl.Expr:
    limits = {limit for clock in clocks for limit in (clock.limit, clock.repeat.limit if clock.repeat else clock.limit)}
    said = {_key(limit): limit_words(limit) for limit in limits}
    key = pl.concat_str("number", "unit", "counting", separator=" ")
    when = pl.coalesce(pl.col("trigger_at").dt.strftime(MOMENT), pl.col("trigger_on").dt.strftime(DAY))
    since = pl.coalesce(pl.col("chained_at").dt.strftime(MOMENT), pl.col("chained_on").dt.strftime(DAY))
    chained = pl.concat_str(
        pl.lit(" Counted from "), since, pl.lit(": "), _said("chained_kind"), pl.lit(". "), pl.col("chain")
    )
    due = pl.coalesce(pl.col("due_at").dt.strftime(MOMENT), pl.col("due_on").dt.strftime(DAY))
    return pl.concat_str(
        _said("trigger_kind"),
        pl.lit(" ("),
        when,
        pl.lit(")."),
        chained.fill_null(""),
        pl.lit(" Then "),
        key.replace_strict(said, return_dtype=pl.String),
        pl.lit(": due by "),
        due,
        pl.lit(". Source: "),
        pl.col("citation"),
        pl.lit(" ("),
        pl.col("law"),
        pl.lit(")."),
        *(pl.when(pl.col(name) != "").then(pl.concat_str(pl.lit(" "), name)).otherwise(pl.lit("")) for name in _LAST),
    )


def _said(kind: str) -> pl.Expr:
    said = {name: known.description.rstrip(".") for name, known in KINDS.items()}
    return pl.col(kind).replace_strict(said, return_dtype=pl.String)


def _readings() -> pl.Expr:
    """Which reading is followed, what the other gives, and whether they come to the same."""
    in_time = pl.col("status").is_in([status.value for status in IN_TIME])
    comes_to = (
        pl.when(~pl.col("disputed"))
        .then(pl.lit("so both come to the same."))
        .when(in_time)
        .then(pl.lit("so this is in time by the reading followed here and late by the other."))
        .otherwise(pl.lit("so this is late by the reading followed here and in time by the other."))
    )
    day = pl.col("other_due_on").dt.strftime(DAY)
    other = (pl.lit("The source can be read two ways. By the other, "), "other", pl.lit(", the last day is "), day)
    return pl.concat_str(*other, pl.lit(", "), comes_to).fill_null("")


def _key(limit: Limit) -> str:
    return f"{limit.number} {limit.unit.value} {limit.counting.value}"
