"""Indicators: each declared once, computed for any number of days at a time, and able to show the rows it counted."""

from goldenthread.indicators.answerable import why_not
from goldenthread.indicators.catalogue import BOARD, INDICATORS, NOT_COMPUTED, PUBLISHED, UnknownIndicator, find
from goldenthread.indicators.compute import figures
from goldenthread.indicators.explanation import explain
from goldenthread.indicators.grouping import Dimension
from goldenthread.indicators.model import Basis, Figure, Indicator, NotComputed, Unit

__all__ = [
    "BOARD",
    "INDICATORS",
    "NOT_COMPUTED",
    "PUBLISHED",
    "Basis",
    "Dimension",
    "Figure",
    "Indicator",
    "NotComputed",
    "Unit",
    "UnknownIndicator",
    "explain",
    "figures",
    "find",
    "why_not",
]
