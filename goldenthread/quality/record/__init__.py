"""Checks on the record itself, of one child or of all: what an inspector sees by eye, and every rule of the returns.

`check_record` runs both on a dataset as at a day, and says of each fault which field of which record to mend.
"""

from goldenthread.quality.record.check import RecordResult, check_record

__all__ = ["RecordResult", "check_record"]
