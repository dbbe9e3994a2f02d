"""The statute book: every timescale of children's social care in England, dated and cited, and its event kinds."""

from goldenthread.statute.book import ENDS_EVERY_CHILD_CLOCK, Difference, Inert, StatuteBook, UnknownRule
from goldenthread.statute.conditions import CONDITIONS, ConditionKind
from goldenthread.statute.faults import Fault, StatuteError
from goldenthread.statute.kinds import KINDS, EventKind
from goldenthread.statute.load import load_book
from goldenthread.statute.model import (
    Authority,
    Chain,
    Clock,
    Condition,
    Limit,
    LocalStandard,
    Repeat,
    Rule,
    RuleKind,
    Seen,
    Source,
)

__all__ = [
    "CONDITIONS",
    "ENDS_EVERY_CHILD_CLOCK",
    "KINDS",
    "Authority",
    "Chain",
    "Clock",
    "Condition",
    "ConditionKind",
    "Difference",
    "EventKind",
    "Fault",
    "Inert",
    "Limit",
    "LocalStandard",
    "Repeat",
    "Rule",
    "RuleKind",
    "Seen",
    "Source",
    "StatuteBook",
    "StatuteError",
    "UnknownRule",
    "load_book",
]
