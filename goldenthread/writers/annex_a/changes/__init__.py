"""What changed between two runs of Annex A, child by child: as a frame, a page, a workbook and JSON."""

from goldenthread.writers.annex_a.changes.as_html import changes_html
from goldenthread.writers.annex_a.changes.as_json import changes_json
from goldenthread.writers.annex_a.changes.as_xlsx import changes_xlsx
from goldenthread.writers.annex_a.changes.compare import Changes, What, compare

__all__ = ["Changes", "What", "changes_html", "changes_json", "changes_xlsx", "compare"]
