"""Looked-after children: how many, where they live, how often they move, whether they are seen, and permanence."""

from goldenthread.indicators.looked_after import homes, numbers, permanence, social_work, stability

INDICATORS = (
    *numbers.INDICATORS,
    *stability.INDICATORS,
    *homes.INDICATORS,
    *social_work.INDICATORS,
    *permanence.INDICATORS,
)
