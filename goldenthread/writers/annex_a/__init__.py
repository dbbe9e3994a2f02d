"""Annex A: Ofsted's eleven lists from the record, the workbook that is sent, and the runs kept of them."""

from goldenthread.writers.annex_a.build import build
from goldenthread.writers.annex_a.workbook import write_workbook

__all__ = ["build", "write_workbook"]
