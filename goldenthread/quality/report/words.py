"""The sentences that every form of the report shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.quality.report.model import CheckReport

STATUS = {"ran": "Yes", "skipped": "No: skipped", "failed": "NO: THE RULE FAILED"}


def status_words(status: str) -> str:
    """Whether a rule was checked."""
    return STATUS[status]


def counted(number: int, one: str, many: str) -> str:
    """A number and its noun: `1 error`, `2,000 errors`."""
    return f"{number:,} {one if number == 1 else many}"


def printable(text: str) -> str:
    """The text with a space for every sign that is no writing: a file may hold what would steer a terminal."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)


def writable(name: str) -> str:
    """The name of a file as text that can be written anywhere: one with bytes that are no text has ? for them."""
    return name.encode("utf-8", "replace").decode()


def headline(report: CheckReport) -> list[str]:
    """What a reader must know first, a sentence each; what failed comes before everything else."""
    totals = report.totals
    told = []
    if totals["rules_failed"]:
        told.append(f"{_rules(totals['rules_failed'])} FAILED and found nothing because of it: see which, and why.")
    if totals["structure"]:
        told.append(f"The file has {counted(totals['structure'], 'fault', 'faults')} of structure and will be refused.")
    if totals["not_read"]:
        cells = counted(totals["not_read"], "cell, row or element", "cells, rows or elements")
        told.append(f"{cells} could not be read, and the rules did not see them.")
    errors, queries = counted(totals["errors"], "error", "errors"), counted(totals["queries"], "query", "queries")
    told.append(f"{errors} to mend and {queries} to look at, in {counted(totals['children'], 'child', 'children')}.")
    checked = f"{_rules(totals['rules_ran'])} checked"
    told.append(f"{checked}, {totals['rules_skipped']:,} skipped for want of something they need.")
    return told


def _rules(number: int) -> str:
    return counted(number, "rule", "rules")
