"""Data accuracy: every rule of the returns, checked at once, explained down to the cell, and kept from run to run."""

from goldenthread.quality.check import check
from goldenthread.quality.result import Result
from goldenthread.quality.rule import Rule, Severity, Year

__all__ = ["Result", "Rule", "Severity", "Year", "check"]
