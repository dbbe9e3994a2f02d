"""Child protection: conferences, plans, plans again, how long plans last, and whether each is kept to."""

from goldenthread.indicators.child_protection import conferences, keeping_to_plans, plans, plans_again

INDICATORS = (
    *plans.RATES,
    *plans_again.INDICATORS,
    *conferences.INDICATORS,
    *plans.LENGTHS,
    *keeping_to_plans.INDICATORS,
)
