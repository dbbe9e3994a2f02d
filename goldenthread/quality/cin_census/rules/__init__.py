"""Every CIN census rule, by subject. To add one, write it in the module of its subject."""

from __future__ import annotations

from goldenthread.quality.cin_census.rules import (
    activity,
    assessments,
    child,
    conferences,
    date_order,
    death,
    episodes,
    identity,
    in_year,
    plans,
    whole_return,
)
from goldenthread.quality.rule import Rule

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *child.RULES,
    *death.RULES,
    *episodes.RULES,
    *activity.RULES,
    *date_order.RULES,
    *in_year.RULES,
    *assessments.RULES,
    *conferences.RULES,
    *plans.RULES,
    *whole_return.RULES,
)
