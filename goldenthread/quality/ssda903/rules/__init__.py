"""Every SSDA903 rule, by subject. To add one, write it in the module of its subject."""

from __future__ import annotations

from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.rules import (
    adopters,
    adoption_and_care,
    adoption_decisions,
    asylum,
    care_ends,
    care_leavers,
    children,
    deprivation_of_liberty,
    episode_last_year,
    episode_order,
    episode_values,
    health_and_outcomes,
    legal_status,
    missing,
    modules_agree,
    mothers,
    placement_providers,
    placements,
    places,
    previous_permanence,
    reviews,
    social_workers,
)

RULES: tuple[Rule, ...] = (
    *adopters.RULES,
    *adoption_and_care.RULES,
    *adoption_decisions.RULES,
    *asylum.RULES,
    *care_ends.RULES,
    *care_leavers.RULES,
    *children.RULES,
    *deprivation_of_liberty.RULES,
    *episode_last_year.RULES,
    *episode_order.RULES,
    *episode_values.RULES,
    *health_and_outcomes.RULES,
    *legal_status.RULES,
    *missing.RULES,
    *modules_agree.RULES,
    *mothers.RULES,
    *placement_providers.RULES,
    *placements.RULES,
    *places.RULES,
    *previous_permanence.RULES,
    *reviews.RULES,
    *social_workers.RULES,
)
