"""Every percentage, rate and average in the Department's files that their own counts allow, each declared once.

Read and left out, because no counts beside them allow it: percentiles and medians of durations; the national times
between stages of adoption (months, averaged per child); the statistical-neighbour list.

Where the figure was published elsewhere (``published`` empty) it can be checked against a file of such figures. Such
figures come from a later release: a few authorities' assessments of 2017 and conferences of 2016 and 2017 were probably
revised between the two (not verified), and differ by up to 0.7.
"""

from __future__ import annotations

from goldenthread.indicators.published.children_in_need import CHILDREN_IN_NEED
from goldenthread.indicators.published.looked_after import LOOKED_AFTER_CHILDREN
from goldenthread.indicators.published.measure import Measure
from goldenthread.indicators.published.workforce import SOCIAL_WORKERS

MEASURES: tuple[Measure, ...] = (*CHILDREN_IN_NEED, *LOOKED_AFTER_CHILDREN, *SOCIAL_WORKERS)
