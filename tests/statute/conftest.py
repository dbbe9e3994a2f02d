"""The book as it ships, and a way to write one with faults."""

from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.statute import StatuteBook, StatuteError, load_book


@pytest.fixture(scope="session")
def book() -> StatuteBook:
    return load_book()


RULE = """\
  - id: {id}
    title: A test rule
    kind: deadline
    authority: regulations
    trigger: A referral is received.
    obligation: Someone decides.
    limit: {{number: 1, unit: working_days, counting: wd_day0}}
    trigger_events: [referral.received]
    satisfied_by: [referral.decided]
    effective_from: {start}
    effective_from_basis: seen
    effective_to: {end}
    effective_to_basis: no_end_seen
    sources:
      - {{title: Somewhere, provision: page 1, seen: primary}}
"""


def rule(id: str = "one", start: str = "null", end: str = "null", **changes: str) -> str:
    """A sound rule as text, with lines replaced by field name; an empty replacement leaves the field out."""
    lines = RULE.format(id=id, start=start, end=end).splitlines()
    for field, text in changes.items():
        at = next(n for n, line in enumerate(lines) if line.strip(" -").startswith(f"{field}:"))
        lines[at : at + (2 if field == "sources" else 1)] = [f"    {text}"] if text else []
    return "\n".join(lines) + "\n"


Written = Callable[..., StatuteBook]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Load a book made of these rules, and of a local file if one is given."""

    def load(*rules: str, local: str | None = None) -> StatuteBook:
        (tmp_path / "book").mkdir(exist_ok=True)
        (tmp_path / "book" / "front_door.yaml").write_text("stage: front_door\nrules:\n" + "".join(rules))
        if local is not None:
            (tmp_path / "local.yaml").write_text(local)
        return load_book(tmp_path / "local.yaml" if local is not None else None, book=tmp_path / "book")

    return load


def faults_of(load: Written, *rules: str, local: str | None = None) -> list[str]:
    with pytest.raises(StatuteError) as caught:
        load(*rules, local=local)
    return [str(fault) for fault in caught.value.faults]
