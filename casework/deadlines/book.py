"""Rules of the statute book as a page needs them: as in force on a day, and where they are written."""

from __future__ import annotations

from datetime import date

from goldenthread.statute import Rule, load_book


def rule_on(name: str, on: date) -> Rule:
    """The rule as it was in force on a day. LookupError where it was not."""
    rule = load_book().version_for(name, on)
    if rule is None:
        raise LookupError(f"The statute book has no {name} on {on:%-d %B %Y}.")
    return rule


def cited(rule: Rule) -> str:
    """Where the limit comes from: the title of the rule, and its first source."""
    source = rule.sources[0]
    where = source.provision if source.seen == "not_seen" else source.title
    return f"{rule.title} ({where})"
