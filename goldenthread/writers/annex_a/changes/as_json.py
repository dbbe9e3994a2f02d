"""The changes as one JSON document."""

from __future__ import annotations

import json

from goldenthread.writers.annex_a.changes.compare import Changes


def changes_json(changes: Changes) -> str:
    """Keys: before, after (days of the runs), lists (`totals`) and changes (`rows`), as `Changes` describes them."""
    document = {
        "before": changes.before,
        "after": changes.after,
        "lists": changes.totals.to_dicts(),
        "changes": changes.rows.to_dicts(),
    }
    return json.dumps(document, default=str, ensure_ascii=False, indent=1) + "\n"
