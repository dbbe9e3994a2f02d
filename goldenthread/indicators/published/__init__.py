"""The Department for Education's published percentages and rates, worked out again from its published counts.

This proves three things an authority's own figures rest on: which count divides which, which year's population a
rate uses, and that halves go up. It cannot prove the rules that decide who is counted: the published counts are
already added up.
"""

from goldenthread.indicators.published.agreement import agreement, compared, disagreements
from goldenthread.indicators.published.measure import Measure
from goldenthread.indicators.published.measures import MEASURES

__all__ = ["MEASURES", "Measure", "agreement", "compared", "disagreements"]
