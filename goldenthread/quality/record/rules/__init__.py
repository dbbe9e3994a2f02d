"""Every rule on the record itself, by subject. To add one, write it in the module of its subject."""

from __future__ import annotations

from goldenthread.quality.record.rules import care, dates, people, work
from goldenthread.quality.rule import Rule

RULES: tuple[Rule, ...] = (*care.RULES, *dates.RULES, *people.RULES, *work.RULES)
